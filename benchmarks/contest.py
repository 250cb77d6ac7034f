"""Several sides measured in turn, and what all tables made of that have in common."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from page import Section, shell, significant, spread
from setting import Printed, Setting

# Greatest difference of a peer's results, relative to the greatest magnitude in the tensor:
# 32-bit sums of some thousand terms, rounded in another order.
ALLOWED_DIFFERENCE = 1e-4
LEAST_REPEATS, MOST_REPEATS = 3, 5000
# Repeats of the first, short measurement; the fastest one tells the time.
FIRST_REPEATS = 2
# What every side prints, and what every peer prints besides.
KEYS = ("median_ms", "min_ms")
# What SeqNet prints besides.
OWN_KEYS = (*KEYS, "fraction_of_peak", "instructions_per_ns")
PEER_KEYS = (*KEYS, "version", "greatest_difference", "differing_tensor")


class Side(Protocol):
    """One program with one piece of work."""

    @property
    def name(self) -> str: ...

    @property
    def calls_a_repeat(self) -> int:
        """How many calls are timed together; the times printed are those of one."""
        ...

    def shown(self, repeats: int) -> str:
        """The command for the reader."""
        ...

    def measure(self, repeats: int, is_first: bool) -> Printed:
        """What the program prints: KEYS, or PEER_KEYS."""
        ...


@dataclass(frozen=True)
class Measured:
    """What one side printed, round by round, with the command as shown to the reader."""

    side: str
    command: str
    printed: tuple[Printed, ...]

    def values(self, key: str) -> list[float]:
        return [printed[key] for printed in self.printed]

    def median(self, key: str) -> float:
        return median(self.values(key))

    @property
    def is_peer(self) -> bool:
        return "greatest_difference" in self.printed[0]

    @property
    def milliseconds(self) -> float:
        return self.median("median_ms")

    @property
    def time_text(self) -> str:
        return spread(self.values("median_ms"), significant)

    def faster_than(self, other: Measured) -> float:
        """How many times as fast."""
        return other.milliseconds / self.milliseconds


@dataclass(frozen=True)
class Contest:
    """The sides of one row of a table, in the order in which they took turns, SeqNet first."""

    title: str
    measured: tuple[Measured, ...]

    @property
    def peers(self) -> list[Measured]:
        return [measured for measured in self.measured if measured.is_peer]

    @property
    def ratio(self) -> float:
        """How many times as fast SeqNet is as the fastest peer."""
        return min(self.measured[0].faster_than(peer) for peer in self.peers)

    @property
    def runtimes(self) -> set[str]:
        return {
            f"{peer.side.split(',')[0]} {printed['version']}"
            for peer in self.peers for printed in peer.printed
        }

    @property
    def differences(self) -> list[float]:
        """Of each peer and round."""
        return [value for peer in self.peers for value in peer.values("greatest_difference")]

    def disagreements(self) -> list[str]:
        """Why the sides cannot have computed the same; empty if they have."""
        return [
            f"{self.title}: tensor '{printed['differing_tensor']}' of {peer.side} differs by "
            f"{printed['greatest_difference']:.2g} of its greatest magnitude, more than the "
            f"{ALLOWED_DIFFERENCE:g} that rounding explains"
            for peer in self.peers for printed in peer.printed
            if not printed["greatest_difference"] <= ALLOWED_DIFFERENCE
        ]


def suitable_repeats(milliseconds: float, seconds: float) -> int:
    """How often work is repeated to fill the time: 1, 2 or 5 times a power of ten, or the
    least number that has a median to speak of."""
    wanted = min(seconds * 1e3 / max(milliseconds, 1e-6), MOST_REPEATS)
    steps = [base * 10**power for power in range(4) for base in (1, 2, 5)]
    return max([LEAST_REPEATS, *(step for step in steps if step <= wanted)])


def in_turn(setting: Setting, title: str, sides: Sequence[Side]) -> tuple[Measured, ...]:
    """One short measurement of each side tells how many repeats fill the time; then as
    many rounds as asked for, in each of them every side."""
    repeats = []
    for side in sides:
        fastest = side.measure(FIRST_REPEATS, is_first=True)["min_ms"]
        repeats.append(suitable_repeats(fastest * side.calls_a_repeat, setting.seconds))
    printed: list[list[Printed]] = [[] for _ in sides]
    for _ in range(setting.rounds):
        for index, side in enumerate(sides):
            printed[index].append(side.measure(repeats[index], is_first=False))
    measured = tuple(
        Measured(side.name, side.shown(n), tuple(p)) for side, n, p in zip(sides, repeats, printed)
    )
    times = ", ".join(f"{m.side} {significant(m.milliseconds)} ms" for m in measured)
    print(f"{title}: {times}", file=sys.stderr)
    return measured


def instruction_rate(contests: Sequence[Contest]) -> str:
    """How much of its cores SeqNet had; what else runs there slows the peers alike."""
    rates = [
        rate for contest in contests for measured in contest.measured if not measured.is_peer
        for rate in measured.values("instructions_per_ns")
    ]
    return (
        f"A core issued {median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f}) instructions a "
        "nanosecond meanwhile; fewer mean that other work shared it."
    )


def section(
    setting: Setting, contests: Sequence[Contest], how: str, tables: str,
    missed: Sequence[str], pictures: Mapping[str, str] | None = None,
) -> Section:
    """Conditions, tables, the commands of the first contest, and what is wrong."""
    runtimes = {runtime for contest in contests for runtime in contest.runtimes}
    sentences = [
        setting.conditions(runtimes),
        f"Medians (least–greatest), rounds: {setting.rounds}, the sides in turn.", how,
    ]
    differences = [difference for contest in contests for difference in contest.differences]
    if differences:
        sentences.append(
            f"Results differ by at most {max(differences):.1g} of a tensor's greatest magnitude "
            f"(allowed: {ALLOWED_DIFFERENCE:g})."
        )
    sentences.append(instruction_rate(contests))
    commands = shell(*(measured.command for measured in contests[0].measured))
    text = f"{' '.join(sentences)}\n\n{tables}\nThe commands of the first row:\n\n{commands}"
    broken = [reason for contest in contests for reason in contest.disagreements()]
    return Section(text, tuple(broken), tuple(missed), pictures=pictures or {})
