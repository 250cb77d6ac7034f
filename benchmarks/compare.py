"""Measures SeqNet and its peers in turn, on the same data with the same number of threads:
trainings of models, recurrent layers, matrix products. Rewrites RESULTS.md; README.md says how."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import machine
import page
import products
from layers import (
    bidirectional, forward, instruction_sets, ragged, speed_map, streaming, threads, training,
)
from page import Section
from setting import CommandFailed, Setting
from trainings import tables
from trainings.tables import TABLES

BENCHMARKS = Path(__file__).resolve().parent
HEADER = """\
# Results

Written by `benchmarks/compare.py`, which `make bench` calls; not to be edited.
[README.md](README.md) says what is measured and how. MB are 10^6 bytes. Goals are those
that the project has set itself; a missed one is said so.
"""
Measure = Callable[[Setting], Section | None]
# The sections beside those of trainings, by their names for --only, in the order of the
# page: heading and what measures it.
SECTIONS: dict[str, tuple[str, Measure]] = {
    name: (module.HEADING, module.measure) for name, module in (
        ("training", training), ("forward", forward), ("ragged", ragged),
        ("bidirectional", bidirectional), ("streaming", streaming), ("threads", threads),
        ("instruction-sets", instruction_sets), ("speed-map", speed_map), ("products", products),
    )
}


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    root = BENCHMARKS.parent
    jobs = list(dict.fromkeys(job.name for table in TABLES for job in table.jobs))
    names = [*jobs, *SECTIONS]
    add = parser.add_argument
    add("--seqnet", type=Path, default=root / ".build/release/seqnet", help="the program to measure")
    add("--data", type=Path, default=root.parent / "shared/data", help="folder of the data sets")
    add("--threads", type=int, default=machine.physical_cores(), help="of both sides")
    add("--rounds", type=int, default=3, help="of each measurement")
    add("--seconds", type=float, default=0.4,
        help="of one measurement of a layer or a product, of the order of")
    add("--full", action="store_true", help="also the long trainings: some half an hour more")
    add("--only", nargs="+", choices=names, metavar="NAME",
        help=f"these alone: trainings {', '.join(jobs)}, whose table then shows no others; "
             f"sections {', '.join(SECTIONS)}. What is not measured stays on the page")
    add("--results", type=Path, default=BENCHMARKS / "RESULTS.md", help="the page to rewrite")
    options = parser.parse_args(arguments)
    if options.threads < 1 or options.rounds < 1 or not 0 < options.seconds <= 60:
        parser.error("--threads and --rounds must be at least 1, --seconds above 0 and at most 60")
    program = shutil.which(options.seqnet)
    if program is None:
        parser.error(f"--seqnet {options.seqnet}: no such program; `swift build -c release` makes it")
    options.only = options.only or names
    options.seqnet, options.data = Path(program).resolve(), options.data.resolve()
    return options


def chosen(options: argparse.Namespace) -> Iterator[tuple[str, Measure]]:
    """The headings of what is asked for, and what measures each."""
    for table in TABLES:
        jobs = table.named(options.only)
        if jobs and (options.full or not table.is_full):
            yield table.heading, partial(tables.section, jobs=jobs, full=table.is_full)
    yield from (section for name, section in SECTIONS.items() if name in options.only)


def measure(options: argparse.Namespace, sections: dict[str, Section]) -> None:
    """Adds the sections by heading, without those that had nothing to measure. Those from before
    a CommandFailed are there when it is raised."""
    with tempfile.TemporaryDirectory(prefix="seqnet-compare-") as scratch:
        setting = Setting(options.seqnet, options.data, BENCHMARKS, Path(scratch),
                          options.threads, options.rounds, options.seconds)
        for heading, measure_section in chosen(options):
            print(f"{heading} …", file=sys.stderr)
            section = measure_section(setting)
            if section is None:
                print(f"{heading}: skipped", file=sys.stderr)
            else:
                sections[heading] = section
                print(f"## {heading}\n\n{section.text}")


def empty_page() -> dict[str, str]:
    """All headings, with what stands below them before they are measured."""
    command = "benchmarks/.venv/bin/python benchmarks/compare.py"
    names = {table.heading: " --full" if table.is_full else "" for table in TABLES}
    names |= {heading: f" --only {name}" for name, (heading, _) in SECTIONS.items()}
    return {
        heading: f"Not measured yet: `{command}{name}` does it.\n" for heading, name in names.items()
    }


def report(path: Path, sections: dict[str, Section]) -> int:
    """Rewrites the page, unless the sides did not do the same work; the exit code."""
    broken = [reason for section in sections.values() for reason in section.broken]
    if not sections:
        broken.append("nothing was measured")
    for reason in broken:
        print(f"error: {reason}", file=sys.stderr)
    for section in sections.values():
        for reason in section.missed:
            print(f"missed: {reason}", file=sys.stderr)
    if broken:
        print(f"{path.name} is left as it was", file=sys.stderr)
        return 1
    page.write_page(path, HEADER, empty_page(), sections)
    return 1 if any(section.is_binding and section.missed for section in sections.values()) else 0


def main(arguments: list[str] | None = None) -> int:
    """0: measured and written; 1: a side failed (what was measured before is written), the
    sides did not do the same work (nothing is), or SeqNet learned less than it must. A missed
    goal of speed or memory is shown and does not count."""
    options = parse_arguments(arguments)
    if os.getloadavg()[0] > 0.5:
        print("warning: this machine is busy; figures will be low and uneven", file=sys.stderr)
    sections: dict[str, Section] = {}
    try:
        measure(options, sections)
    except CommandFailed as failure:
        print(f"error: {failure}", file=sys.stderr)
        if sections:
            report(options.results, sections)
        else:
            print(f"{options.results.name} is left as it was", file=sys.stderr)
        return 1
    return report(options.results, sections)


if __name__ == "__main__":
    sys.exit(main())
