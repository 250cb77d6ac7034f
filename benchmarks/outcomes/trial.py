"""A training on real data whose result is measured: what is run, what it must come to."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from goals import Goal, verdict
from page import spread
from setting import DATA_AS_SHOWN, CommandFailed, Printed, Setting, run_json, run_text
from trainings.running import prepared_text

# A training that takes longer hangs.
LONGEST_SECONDS = 7200


@dataclass(frozen=True)
class Figure:
    """One number of what a training printed, and the least or greatest that its median over the
    seeds may be."""

    name: str
    # Keys from the outermost object inwards.
    keys: tuple[str, ...]
    digits: int = 3
    bound: float | None = None
    at_most: bool = False
    # Of a share, shown as a percentage.
    is_share: bool = False

    def of(self, printed: Printed) -> float:
        value: object = printed
        for key in self.keys:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, (int, float)):
            raise CommandFailed(f"{self.name}: '{'.'.join(self.keys)}' is {value}, not a number")
        return float(value)

    def shown(self, value: float) -> str:
        return f"{100 * value:.{self.digits}f} %" if self.is_share else f"{value:,.{self.digits}f}"

    def goals(self, value: float) -> list[Goal]:
        if self.bound is None:
            return []
        return [Goal(value, self.bound, self.at_most, "%" if self.is_share else "")]



@dataclass(frozen=True)
class Trial:
    """A training, run once a seed."""

    title: str
    task: str
    # Files below the data folder, by option; several are a tuple.
    files: dict[str, str | tuple[str, ...]]
    options: str
    figures: tuple[Figure, ...]
    # The greatest number of seconds that it may take; None: no goal.
    seconds: float | None = None
    seeds: tuple[int, ...] = (1,)
    # Makes the files below the scratch folder where they are not in the data folder.
    generate: str = ""
    # What is measured of the run after its training: given the setting, the run's folder and the
    # files, it returns more to be printed, and the commands as they are shown.
    after: Callable[[Setting, Path, Sequence[str]], tuple[Printed, list[str]]] | None = None

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        seconds = Figure("seconds", ("seconds",), 0, self.seconds, at_most=True)
        return (*self.figures, seconds)


@dataclass(frozen=True)
class Outcome:
    """What a trial printed, seed by seed, and the commands of the first seed."""

    trial: Trial
    printed: tuple[Printed, ...] = ()
    commands: tuple[str, ...] = ()
    skipped: str = ""

    def median(self, figure: Figure) -> float:
        return median(figure.of(printed) for printed in self.printed)

    @property
    def goals(self) -> list[Goal]:
        return [
            goal for figure in self.trial.all_figures
            for goal in figure.goals(self.median(figure))
        ]

    def rows(self) -> list[list[str]]:
        """A row for each figure."""
        return [
            [self.trial.title, figure.name,
             spread([figure.of(printed) for printed in self.printed], figure.shown),
             *verdict(figure.goals(self.median(figure)))]
            for figure in self.trial.all_figures
        ]


def missing_file(trial: Trial, setting: Setting) -> str | None:
    """The first of its files that the data folder lacks."""
    if trial.generate:
        return None
    for names in trial.files.values():
        for name in (names,) if isinstance(names, str) else names:
            if not (setting.data / name).exists():
                return f"{DATA_AS_SHOWN}/{name}"
    return None


def prepared_files(trial: Trial, setting: Setting) -> tuple[list[str], list[str]]:
    """The options that name the files, and the commands that unpack or generate them."""
    made: list[str] = []
    if trial.generate:
        command = [str(setting.seqnet), "make-data", *shlex.split(trial.generate),
                   "--out", str(setting.scratch / "generated")]
        run_text(command, setting.scratch, LONGEST_SECONDS)
        made.append(setting.shown(command))
    options: list[str] = []
    for option, names in trial.files.items():
        options.append(option)
        for name in (names,) if isinstance(names, str) else names:
            folder = setting.scratch / "generated" if trial.generate else setting.data
            prepared = prepared_text(setting, folder / name)
            options.append(str(prepared))
            if prepared != folder / name:
                made.append(f"gunzip -c {DATA_AS_SHOWN}/{name} > {prepared.name}")
    return options, made


def run(trial: Trial, setting: Setting) -> Outcome:
    """Trains once a seed; skips a trial whose data are missing."""
    missing = missing_file(trial, setting)
    if missing:
        print(f"{trial.title}: skipped, {missing} is missing", file=sys.stderr)
        return Outcome(trial, skipped=f"{missing} is missing")
    files, commands = prepared_files(trial, setting)
    printed: list[Printed] = []
    for seed in trial.seeds:
        name = f"{trial.title.replace(' ', '-')}-{seed}"
        out = (setting.keep or setting.scratch) / f"{trial.task}-{name}"
        command = [str(setting.seqnet), "train", trial.task, *files, *shlex.split(trial.options),
                   "--seed", str(seed), "--threads", str(setting.threads), "--quiet", "--json",
                   "--out", str(out)]
        result = run_json(command, setting.root, LONGEST_SECONDS, ("seconds", "test"))
        shown = [setting.shown(command)]
        if trial.after is not None:
            more, further = trial.after(setting, out, files)
            result |= more
            shown += further
        if seed == trial.seeds[0]:
            commands += shown
        printed.append(result)
        if setting.keep is None:
            shutil.rmtree(out, ignore_errors=True)
        figures = ", ".join(f"{f.name} {f.shown(f.of(result))}" for f in trial.all_figures)
        print(f"{trial.title}, seed {seed}: {figures}", file=sys.stderr)
    return Outcome(trial, tuple(printed), tuple(commands))
