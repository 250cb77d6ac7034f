"""Trains the same language models with SeqNet and with PyTorch, in turn, on the same
data with the same number of threads, and rewrites RESULTS.md. README.md says how."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import machine
import results
from results import Comparison, Run

BENCHMARKS = Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent
DATA_AS_SHOWN = "../shared/data"

# Everything that decides the result is given to both sides; no default is relied upon.
TRAINING = (
    "--optimizer adam --learning-rate 0.002 --clip-norm 5 --weight-decay 0 --dropout 0 --seed 1"
)
CHARACTERS = (
    "--split 0.9,0.05,0.05 --layers 1 --hidden-size 256 --embedding-size 64 "
    f"--batch-size 32 --sequence-length 64 {TRAINING}"
)
WORDS = (
    "--layers 2 --hidden-size 200 --embedding-size 200 --tie-weights "
    f"--batch-size 20 --sequence-length 35 {TRAINING}"
)


class CommandFailed(Exception):
    """A side did not run or did not print what it must; the text is for the user."""


@dataclass(frozen=True)
class Job:
    """A training that both sides do. Numbers of updates suit two cores: a speed run is
    some 10 seconds of PyTorch."""

    name: str
    title: str
    # A program of peers/, files below the data folder, options of both sides, of SeqNet alone.
    peer: str
    files: dict[str, str]
    options: str
    seqnet_options: str
    speed_steps: int
    # Options of the long training, and the loss in nats allowed above the peer's after it.
    full_options: str
    full_excess: float
    # Loss in nats by which two short runs may differ: some twice what the seed does.
    speed_difference: float
    # Lines of the validation text in a speed run; None for all.
    speed_valid_lines: int | None = None


JOBS = (
    Job("character-lstm", "characters, LSTM 256", "character_language_model.py",
        {"--train": "tinyshakespeare/input.txt"}, f"--cell lstm {CHARACTERS}",
        "--tokens characters", 450, "--epochs 10", 0.02, 0.1),
    Job("character-gru", "characters, GRU 256", "character_language_model.py",
        {"--train": "tinyshakespeare/input.txt"}, f"--cell gru {CHARACTERS}",
        "--tokens characters", 300, "--epochs 5", 0.02, 0.1),
    # ln 1.02 = 0.0198: a perplexity at most 1.02 times the peer's.
    Job("word-lstm", "WikiText-2 words, tied LSTM 2×200", "word_language_model.py",
        {"--train": "wikitext-2/train.txt.gz", "--valid": "wikitext-2/valid.txt"},
        f"--cell lstm {WORDS}", "--tokens words --min-count 1", 40,
        "--epochs 1 --max-steps 1000", 0.0198, 0.15, speed_valid_lines=200),
)


@dataclass
class Setting:
    """Where both sides run."""

    seqnet: Path
    data: Path
    threads: int
    # A folder that is removed at the end: unpacked texts and SeqNet's runs.
    scratch: Path
    runs: int = field(default=0)

    def shown(self, command: list[str]) -> str:
        """A command as the reader can give it: no path of this machine."""
        names = {str(self.seqnet): "seqnet", sys.executable: "python"}
        shown = shlex.join(names.get(part, part) for part in command)
        for folder, name in (
            (f"{self.scratch}/", ""), (f"{self.data}", DATA_AS_SHOWN), (f"{BENCHMARKS}/", "benchmarks/")
        ):
            shown = shown.replace(folder, name)
        return shown


def prepared_text(setting: Setting, path: Path, lines: int | None = None) -> Path:
    """The text as SeqNet reads it: unpacked if it is a .gz file, cut to its first
    `lines` lines if asked; a file that is neither stays where it is."""
    if path.suffix != ".gz" and lines is None:
        return path
    name = path.stem if path.suffix == ".gz" else path.name
    prepared = setting.scratch / (name if lines is None else f"first-{lines}-lines-of-{name}")
    if not prepared.exists():
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as source, open(prepared, "wb") as target:
            if lines is None:
                shutil.copyfileobj(source, target)
            else:
                target.writelines(islice(source, lines))
    return prepared


def commands(job: Job, setting: Setting, full: bool) -> tuple[list[str], list[str]]:
    """The command lines of SeqNet and of the peer."""
    lines = None if full else job.speed_valid_lines
    texts: list[str] = []
    for option, name in job.files.items():
        text = prepared_text(setting, setting.data / name, lines if option == "--valid" else None)
        texts += [option, str(text)]
    setting.runs += 1
    length = job.full_options if full else f"--epochs 1 --max-steps {job.speed_steps}"
    shared = [*texts, *job.options.split(), *length.split(),
              "--threads", str(setting.threads), "--quiet"]
    seqnet = [str(setting.seqnet), "train", "lm", *job.seqnet_options.split(), *shared, "--json",
              "--out", str(setting.scratch / f"run-{setting.runs}")]
    return seqnet, [sys.executable, str(BENCHMARKS / "peers" / job.peer), *shared]


def run(command: list[str]) -> Run:
    """Runs one side and reads the JSON object it prints; CommandFailed says what went wrong."""
    shown = shlex.join(command)
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    except OSError as error:
        raise CommandFailed(f"{shown}\n{error}") from error
    if done.returncode != 0:
        raise CommandFailed(f"{shown}\nexit code {done.returncode}; it wrote:\n{done.stderr}")
    try:
        return Run.of(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError) as error:
        raise CommandFailed(
            f"{shown}\nits output is not the JSON object of `train --json` ({error!r}):\n"
            f"{done.stdout}{done.stderr}"
        ) from error


def compare(job: Job, setting: Setting, full: bool, rounds: int,
            run_command: Callable[[list[str]], Run] = run) -> Comparison:
    """Runs both sides in turn, `rounds` times; skips a job whose data are missing."""
    missing = [name for name in job.files.values() if not (setting.data / name).exists()]
    if missing:
        return Comparison(job.title, skipped=f"{DATA_AS_SHOWN}/{missing[0]} is missing")
    ours, theirs = [], []
    for index in range(rounds):
        seqnet, peer = commands(job, setting, full)
        if index == 0:
            first = setting.shown(seqnet), setting.shown(peer)
        ours.append(run_command(seqnet))
        theirs.append(run_command(peer))
        shutil.rmtree(seqnet[-1], ignore_errors=True)
        print(f"{job.name}, round {index + 1} of {rounds}: "
              f"SeqNet {ours[-1].tokens_per_second:,.0f} tokens/s, "
              f"peer {theirs[-1].tokens_per_second:,.0f}", file=sys.stderr)
    comparison = Comparison(job.title, *first, tuple(ours), tuple(theirs))
    if full:
        return replace(comparison, allowed_excess=job.full_excess)
    return replace(comparison, allowed_difference=job.speed_difference)


def conditions(comparisons: list[Comparison], options: argparse.Namespace) -> str:
    """The sentence that says where and with what a table was measured."""
    runtimes = sorted({run.runtime for c in comparisons for run in c.peer})
    version = machine.output_of(str(options.seqnet), "--version").replace("\n", ", ")
    measured = ", ".join(
        [f"Commit {machine.commit(ROOT)}", machine.cpu_model(), f"{options.threads} threads",
         f"seqnet {version or 'of unknown version'}", *runtimes]
    )
    return measured + "."


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--seqnet", type=Path, default=ROOT / ".build/release/seqnet", help="the program to measure")
    add("--data", type=Path, default=ROOT.parent / "shared/data", help="folder of the data sets")
    add("--threads", type=int, default=machine.physical_cores(), help="of both sides")
    add("--rounds", type=int, default=3, help="of each speed run")
    add("--full", action="store_true", help="also the long trainings: some half an hour more")
    add("--only", nargs="+", choices=[job.name for job in JOBS],
        help="these jobs alone; the page then shows no others")
    add("--results", type=Path, default=BENCHMARKS / "RESULTS.md", help="the page to rewrite")
    options = parser.parse_args(arguments)
    if options.threads < 1 or options.rounds < 1:
        parser.error("--threads and --rounds must be at least 1")
    program = shutil.which(options.seqnet)
    if program is None:
        parser.error(f"--seqnet {options.seqnet}: no such program; `swift build -c release` makes it")
    options.seqnet, options.data = Path(program).resolve(), options.data.resolve()
    return options


def measure(options: argparse.Namespace) -> dict[str, list[Comparison]]:
    """The comparisons of each section of RESULTS.md."""
    jobs = [job for job in JOBS if not options.only or job.name in options.only]
    with tempfile.TemporaryDirectory(prefix="seqnet-compare-") as scratch:
        setting = Setting(options.seqnet, options.data, options.threads, Path(scratch))
        measured = {results.SPEED: [compare(job, setting, False, options.rounds) for job in jobs]}
        if options.full:
            measured[results.OUTCOME] = [compare(job, setting, True, 1) for job in jobs]
    return measured


def report(options: argparse.Namespace, measured: dict[str, list[Comparison]]) -> int:
    """Prints the tables and rewrites the page, unless the sides did not do the same work."""
    sections, broken, missed = {}, [], []
    for heading, comparisons in measured.items():
        for comparison in comparisons:
            broken += comparison.disagreements()
            missed += comparison.missed_goals()
            if comparison.skipped:
                print(f"{comparison.title}: skipped, {comparison.skipped}", file=sys.stderr)
        if all(comparison.skipped for comparison in comparisons):
            broken.append(f"{heading}: nothing was measured")
            continue
        section = results.speed_section if heading == results.SPEED else results.outcome_section
        sections[heading] = section(comparisons, conditions(comparisons, options))
        print(f"## {heading}\n\n{sections[heading]}")
    for reason in broken:
        print(f"error: {reason}", file=sys.stderr)
    for reason in missed:
        print(f"missed: {reason}", file=sys.stderr)
    if broken:
        print(f"{options.results.name} is left as it was", file=sys.stderr)
    else:
        results.write_sections(options.results, sections)
    return 1 if broken or missed else 0


def main(arguments: list[str] | None = None) -> int:
    """0: measured and written; 1: a side failed, the two did not do the same work, or
    SeqNet learned less than it must (the page is rewritten in this last case alone)."""
    options = parse_arguments(arguments)
    if os.getloadavg()[0] > 0.5:
        print("warning: this machine is busy; figures will be low and uneven", file=sys.stderr)
    try:
        measured = measure(options)
    except CommandFailed as failure:
        print(f"error: {failure}\n{options.results.name} is left as it was", file=sys.stderr)
        return 1
    return report(options, measured)


if __name__ == "__main__":
    sys.exit(main())
