"""The sections of docs/results.md, a task each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goals import Goal, missed, verdict
from outcomes.trial import Figure, Outcome, Trial, run
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
    # By how much the first trial's median must lie above the second's.
    lead: Figure | None = None

    def section(self, setting: Setting) -> Section | None:
        """Runs the trials; None if all were skipped."""
        outcomes = [run(trial, setting) for trial in self.trials]
        if all(outcome.skipped for outcome in outcomes):
            return None
        led, lead_goals = self.led(outcomes)
        return Section(
            f"{self.text}\n{setting.conditions()}\n\n{table(HEAD, rows(outcomes) + led)}\n"
            + shell("\n\n".join(commands(outcome) for outcome in outcomes if not outcome.skipped)),
            missed=tuple(
                text for outcome in outcomes if not outcome.skipped
                for text in missed(outcome.trial.title, outcome.goals)
            ) + missed("the first less the second", lead_goals),
        )

    def led(self, outcomes: Sequence[Outcome]) -> tuple[list[list[str]], list[Goal]]:
        """The row of the difference, and its goals; nothing where there is none to be had."""
        if self.lead is None or any(outcome.skipped for outcome in outcomes[:2]):
            return [], []
        difference = outcomes[0].median(self.lead) - outcomes[1].median(self.lead)
        goals = self.lead.goals(difference)
        names = f"{outcomes[0].trial.title} less {outcomes[1].trial.title}"
        return [[names, self.lead.name, self.lead.shown(difference), *verdict(goals)]], goals


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
