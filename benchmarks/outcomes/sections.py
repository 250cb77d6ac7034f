"""The sections of docs/results.md, a task each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goals import missed
from outcomes.trial import Outcome, Trial, run
from page import Section, shell, table
from setting import Setting

HEAD = ["model", "figure", "median (least–greatest)", "goal", ""]


@dataclass(frozen=True)
class Task:
    """A section: trials beside each other, and what a reader must know of them."""

    name: str
    heading: str
    text: str
    trials: tuple[Trial, ...]

    def section(self, setting: Setting) -> Section | None:
        """Runs the trials; None if all were skipped."""
        outcomes = [run(trial, setting) for trial in self.trials]
        if all(outcome.skipped for outcome in outcomes):
            return None
        return Section(
            f"{self.text}\n{setting.conditions()}\n\n{table(HEAD, rows(outcomes))}\n"
            + shell("\n\n".join(commands(outcome) for outcome in outcomes if not outcome.skipped)),
            missed=tuple(
                text for outcome in outcomes if not outcome.skipped
                for text in missed(outcome.trial.title, outcome.goals)),
        )


def rows(outcomes: Sequence[Outcome]) -> list[list[str]]:
    """The rows of all outcomes; one that says so of what was skipped."""
    rows: list[list[str]] = []
    for outcome in outcomes:
        if outcome.skipped:
            rows.append([outcome.trial.title, f"skipped: {outcome.skipped}", "", "", ""])
        else:
            rows += outcome.rows()
    return rows


def commands(outcome: Outcome) -> str:
    seeds = outcome.trial.seeds
    more = f", and with --seed {', '.join(map(str, seeds[1:]))}" if seeds[1:] else ""
    return f"# {outcome.trial.title}{more}\n" + "\n".join(outcome.commands)
