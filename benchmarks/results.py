"""Trains a model of every task on real data and writes docs/results.md: what each came to, with the
command. Takes three quarters of an hour on two cores."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import machine
from outcomes.sections import Task
from outcomes.tasks import TASKS
from page import Section, write_page
from setting import CommandFailed, Setting

BENCHMARKS = Path(__file__).resolve().parent
HEADER = """\
# Results on real data

Written by `benchmarks/results.py`, which `make results` calls; not to be edited. Each table shows
what a training came to on data that it has not seen, and the seconds that it took; goals are those
that the project has set itself, and a missed one is said so. The commands stand below: give them in
the repository, with the data sets in `../shared/data`.
The same command gives the same numbers on any number of threads of one kind of CPU.
"""


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    root = BENCHMARKS.parent
    names = [task.name for task in TASKS]
    add = parser.add_argument
    add("--seqnet", type=Path, default=root / ".build/release/seqnet", help="the program")
    add("--data", type=Path, default=root.parent / "shared/data", help="folder of the data sets")
    add("--threads", type=int, default=machine.physical_cores(), help="of each training")
    add("--only", nargs="+", choices=names, metavar="TASK",
        help=f"these alone: {', '.join(names)}. What is not run stays on the page")
    add("--keep", type=Path, metavar="FOLDER", help="leave the runs there, instead of removing them")
    add("--results", type=Path, default=root / "docs/results.md", help="the page to rewrite")
    options = parser.parse_args(arguments)
    if options.threads < 1:
        parser.error("--threads must be at least 1")
    program = shutil.which(options.seqnet)
    if program is None:
        parser.error(f"--seqnet {options.seqnet}: no such program; `make build` makes it")
    options.seqnet, options.data = Path(program).resolve(), options.data.resolve()
    if options.keep is not None:
        options.keep = options.keep.resolve()
    return options


def empty_page() -> dict[str, str]:
    """All headings, with what stands below them before they are measured."""
    return {
        task.heading: f"Not measured yet: `make results ARGS=\"--only {task.name}\"` does it.\n"
        for task in TASKS
    }


def measure(options: argparse.Namespace, tasks: list[Task], sections: dict[str, Section]) -> None:
    """Adds the sections by heading. Those from before a CommandFailed are there when it is
    raised."""
    with tempfile.TemporaryDirectory(prefix="seqnet-results-") as scratch:
        setting = Setting(options.seqnet, options.data, BENCHMARKS, Path(scratch), options.threads,
                          rounds=1, seconds=0, keep=options.keep)
        for task in tasks:
            print(f"{task.heading} …", file=sys.stderr)
            section = task.section(setting)
            if section is not None:
                sections[task.heading] = section
                write_page(options.results, HEADER, empty_page(), sections)


def main(arguments: list[str] | None = None) -> int:
    """0: measured and written; 1: a training failed (what was measured before is written), or
    nothing could be measured. A missed goal is shown and does not count."""
    options = parse_arguments(arguments)
    if os.getloadavg()[0] > 0.5:
        print("warning: this machine is busy; trainings will take longer", file=sys.stderr)
    tasks = [task for task in TASKS if not options.only or task.name in options.only]
    sections: dict[str, Section] = {}
    try:
        measure(options, tasks, sections)
    except CommandFailed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    for section in sections.values():
        for reason in section.missed:
            print(f"missed: {reason}", file=sys.stderr)
    if not sections:
        print(f"error: nothing was measured; {options.results.name} is left as it was",
              file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
