"""Figures that SeqNet must reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Aim(Protocol):
    """What a row of a table is held against."""

    @property
    def reached(self) -> bool: ...

    @property
    def bound_text(self) -> str: ...

    @property
    def value_text(self) -> str: ...


@dataclass(frozen=True)
class Goal:
    """A figure, and the least or the greatest that it may be."""

    value: float
    bound: float
    at_most: bool = False
    # "%" says that value and bound are shares; another unit stands behind the number.
    unit: str = ""

    @property
    def reached(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    @property
    def bound_text(self) -> str:
        return ("≤ " if self.at_most else "≥ ") + self._shown(self.bound, ".4g")

    @property
    def value_text(self) -> str:
        return self._shown(self.value, ".3g")

    def _shown(self, value: float, digits: str) -> str:
        number = format(100 * value if self.unit == "%" else value, digits)
        return f"{number} {self.unit}".strip()


@dataclass(frozen=True)
class AnyOf:
    """Goals of which one is enough."""

    goals: tuple[Goal, ...]

    @property
    def reached(self) -> bool:
        return any(goal.reached for goal in self.goals)

    @property
    def bound_text(self) -> str:
        return " or ".join(goal.bound_text for goal in self.goals)

    @property
    def value_text(self) -> str:
        return " and ".join(goal.value_text for goal in self.goals)


def verdict(aims: Sequence[Aim]) -> list[str]:
    """Two cells of a table: the goals, and whether all of them are reached."""
    if not aims:
        return ["", ""]
    reached = all(aim.reached for aim in aims)
    return [", ".join(aim.bound_text for aim in aims), "reached" if reached else "missed"]


def missed(of: str, aims: Iterable[Aim]) -> tuple[str, ...]:
    """A line for each goal that is not reached."""
    return tuple(
        f"{of}: {aim.value_text}, the goal is {aim.bound_text}" for aim in aims if not aim.reached
    )
