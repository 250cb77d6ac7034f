"""Language models that both sides train, and how they are run."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from language_models.comparison import Comparison, Limits, Run
from setting import DATA_AS_SHOWN, Setting, run_json

# A training that takes longer hangs.
LONGEST_SECONDS = 3600
# Everything that decides the result is given to both sides; no default is relied upon.
TRAINING = (
    "--optimizer adam --learning-rate 0.002 --clip-norm 5 --weight-decay 0 --dropout 0 --seed 1"
)
CHARACTERS = (
    "--split 0.9,0.05,0.05 --layers 1 --hidden-size 256 --embedding-size 64 "
    f"--batch-size 32 --sequence-length 64 {TRAINING}"
)
TWO_LAYERS = (
    "--split 0.9,0.05,0.05 --layers 2 --hidden-size 128 --embedding-size 64 "
    f"--batch-size 50 --sequence-length 50 {TRAINING}"
)


def words(size: int) -> str:
    return (
        f"--layers 2 --hidden-size {size} --embedding-size {size} --tie-weights "
        f"--batch-size 20 --sequence-length 35 {TRAINING}"
    )


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
    # Loss in nats by which two short runs may differ: some twice what the seed does.
    speed_difference: float
    limits: Limits
    # Options of the long training, and the loss in nats allowed above the peer's after
    # it; "" for a job that has none.
    full_options: str = ""
    full_excess: float = 0.0
    # Lines of the validation text in a speed run; None for all.
    speed_valid_lines: int | None = None


SHAKESPEARE = {"--train": "tinyshakespeare/input.txt"}
WIKITEXT = {"--train": "wikitext-2/train.txt.gz", "--valid": "wikitext-2/valid.txt"}
CHARACTER_PEER, WORD_PEER = "character_language_model.py", "word_language_model.py"
JOBS = (
    Job("character-lstm", "characters, LSTM 256", CHARACTER_PEER, SHAKESPEARE,
        f"--cell lstm {CHARACTERS}", "--tokens characters", 450, 0.1, Limits(speed=1.5),
        "--epochs 10", 0.02),
    Job("character-lstm-2x128", "characters, LSTM 2×128", CHARACTER_PEER, SHAKESPEARE,
        f"--cell lstm {TWO_LAYERS}", "--tokens characters", 400, 0.1, Limits(speed=1.8)),
    Job("character-gru", "characters, GRU 256", CHARACTER_PEER, SHAKESPEARE,
        f"--cell gru {CHARACTERS}", "--tokens characters", 300, 0.1, Limits(speed=3),
        "--epochs 5", 0.02),
    # ln 1.02 = 0.0198: a perplexity at most 1.02 times the peer's.
    Job("word-lstm", "WikiText-2 words, tied LSTM 2×200", WORD_PEER, WIKITEXT,
        f"--cell lstm {words(200)}", "--tokens words --min-count 1", 40, 0.15, Limits(speed=3),
        "--epochs 1 --max-steps 1000", 0.0198, speed_valid_lines=200),
    Job("word-lstm-2x650", "WikiText-2 words, tied LSTM 2×650", WORD_PEER, WIKITEXT,
        f"--cell lstm {words(650)}", "--tokens words --min-count 1", 20, 0.1,
        Limits(speed=2, bytes_a_parameter=(16, 250e6)), speed_valid_lines=200),
)


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
    return seqnet, [*setting.peer(job.peer), *shared]


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


def selected(names: Sequence[str], full: bool) -> list[Job]:
    """The jobs of these names; of the long trainings, those that have one."""
    return [job for job in JOBS if job.name in names and (job.full_options or not full)]
