"""Runs the trainings of a job on both sides."""

from __future__ import annotations

import gzip
import shlex
import shutil
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

from setting import DATA_AS_SHOWN, Setting, run_json
from trainings.comparison import Comparison, Run
from trainings.job import Job

# A training that takes longer hangs.
LONGEST_SECONDS = 3600


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
    shared = [*texts, *shlex.split(job.options), *length.split(),
              "--threads", str(setting.threads), "--quiet"]
    seqnet = [str(setting.seqnet), "train", job.task, *job.seqnet_options.split(), *shared,
              "--json", "--out", str(setting.scratch / f"run-{setting.runs}")]
    return seqnet, [*setting.peer(job.peer), *shared, *job.peer_options.split()]


def run(command: list[str], setting: Setting) -> Run:
    """Runs one side."""
    return Run.of(run_json(command, setting.root, LONGEST_SECONDS, Run.KEYS))


def compare(job: Job, setting: Setting, full: bool) -> Comparison:
    """Runs both sides in turn: a speed run as often as there are rounds, a long one once.
    Skips a job whose data are missing."""
    missing = [name for name in job.files.values() if not (setting.data / name).exists()]
    if missing:
        print(f"{job.title}: skipped, {DATA_AS_SHOWN}/{missing[0]} is missing", file=sys.stderr)
        return Comparison(job.title, skipped=f"{DATA_AS_SHOWN}/{missing[0]} is missing")
    rounds = 1 if full else setting.rounds
    ours, theirs = [], []
    for index in range(rounds):
        seqnet, peer = commands(job, setting, full)
        if index == 0:
            first = setting.shown(seqnet), setting.shown(peer)
        ours.append(run(seqnet, setting))
        theirs.append(run(peer, setting))
        shutil.rmtree(seqnet[-1], ignore_errors=True)
        print(f"{job.name}, round {index + 1} of {rounds}: "
              f"SeqNet {ours[-1].tokens_per_second:,.0f} tokens/s, "
              f"peer {theirs[-1].tokens_per_second:,.0f}", file=sys.stderr)
    comparison = Comparison(job.title, *first, tuple(ours), tuple(theirs))
    if full:
        return replace(comparison, allowed_excess=job.full_excess)
    return replace(comparison, allowed_difference=job.speed_difference)
