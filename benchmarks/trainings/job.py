"""A training that both sides do."""

from __future__ import annotations

from dataclasses import dataclass

from trainings.comparison import Limits


@dataclass(frozen=True)
class Job:
    """A training that both sides do. Numbers of updates suit two cores: a speed run is
    some 10 seconds of PyTorch."""

    name: str
    title: str
    # As `seqnet train` names it, and a program of peers/.
    task: str
    peer: str
    # Files below the data folder, options of both sides, of each alone.
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
    peer_options: str = ""
    # Lines of the validation text in a speed run; None for all.
    speed_valid_lines: int | None = None


# Everything that decides the result is given to both sides; no default is relied upon.
TRAINING = (
    "--optimizer adam --learning-rate 0.002 --clip-norm 5 --weight-decay 0 --dropout 0 --seed 1"
)
