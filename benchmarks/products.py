"""Matrix products beside OpenBLAS."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from contest import OWN_KEYS, PEER_KEYS, Contest, Side, in_turn, section
from goals import Goal, missed, verdict
from page import Section, share, table, whole
from peer_process import PeerProcess
from setting import Printed, Setting, run_json

HEADING = "Matrix products"
HOW = (
    "The product of a [rows, inner] and an [inner, columns] matrix. SeqNet has packed the second "
    "one before, as a layer has its weights; OpenBLAS's sgemm, with the kernels that it chooses "
    "for this CPU, packs it in every call. Each library has a process of its own, as the threads "
    "of both wait by spinning. The share is of the FMA peak that was measured in the same run."
)
# Rows, columns, inner size, as the models use them: a step of a layer, all steps of one, an
# output layer.
Shape = tuple[int, int, int]
SHAPES: tuple[Shape, ...] = (
    (32, 2048, 512), (64, 1024, 256), (700, 800, 200), (1600, 2048, 512), (700, 33278, 200),
)
LEAST_RATIO = 0.95
LONGEST_SECONDS = 300.0
# Multiply-adds that both sides time together at least.
LEAST_WORK = 100_000_000
NO_OPENBLAS = "none here (Debian: libopenblas0)"


def calls_together(shape: Shape) -> int:
    rows, columns, inner = shape
    return max(1, LEAST_WORK // (rows * columns * inner))


def options(setting: Setting, shape: Shape, repeats: int) -> list[str]:
    """As `seqnet bench gemm` and the peer have them."""
    rows, columns, inner = map(str, shape)
    return ["--rows", rows, "--columns", columns, "--inner", inner,
            "--threads", str(setting.threads), "--repeats", str(repeats)]


@dataclass(frozen=True)
class SeqNet:
    """`seqnet bench gemm`, which compares with OpenBLAS before it times."""

    setting: Setting
    shape: Shape
    name: str = "SeqNet"

    @property
    def calls_a_repeat(self) -> int:
        return calls_together(self.shape)

    def command(self, repeats: int) -> list[str]:
        given = options(self.setting, self.shape, repeats)
        return [str(self.setting.seqnet), "bench", "gemm", *given, "--json"]

    def shown(self, repeats: int) -> str:
        return self.setting.shown(self.command(repeats))

    def measure(self, repeats: int, is_first: bool) -> Printed:
        return run_json(self.command(repeats), self.setting.root, LONGEST_SECONDS, OWN_KEYS)


@dataclass(frozen=True)
class OpenBLAS:
    """The product in OpenBLAS."""

    setting: Setting
    process: PeerProcess
    shape: Shape
    name: str = "OpenBLAS"

    @property
    def calls_a_repeat(self) -> int:
        return calls_together(self.shape)

    def shown(self, repeats: int) -> str:
        given = options(self.setting, self.shape, repeats)
        return self.setting.shown([*self.process.program, *given])

    def measure(self, repeats: int, is_first: bool) -> Printed:
        return self.process.ask(options(self.setting, self.shape, repeats), PEER_KEYS)


def peer_process(setting: Setting) -> PeerProcess:
    """OpenBLAS without the settings that this machine may have for it."""
    free = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    return PeerProcess(setting.peer("matrix_product.py"), setting.root, environment=free)


def contest(setting: Setting, process: PeerProcess, shape: Shape) -> Contest:
    """SeqNet and OpenBLAS; SeqNet alone where that is not installed."""
    ours = SeqNet(setting, shape)
    is_there = "openblas_ms" in ours.measure(1, is_first=True)
    sides: Sequence[Side] = [ours, OpenBLAS(setting, process, shape)] if is_there else [ours]
    title = f"product {'×'.join(map(str, shape))}"
    return Contest(title, in_turn(setting, title, sides))


def goals(c: Contest) -> list[Goal]:
    """None without OpenBLAS."""
    return [Goal(c.ratio, LEAST_RATIO)] if c.peers else []


def row(shape: Shape, c: Contest) -> list[str]:
    ours = c.measured[0]
    beside = [NO_OPENBLAS, "", "", ""]
    if c.peers:
        beside = [c.peers[0].time_text, f"{c.ratio:.2f}", *verdict(goals(c))]
    return [*map(whole, shape), ours.time_text, share(ours.median("fraction_of_peak")), *beside]


def measure(setting: Setting) -> Section:
    with peer_process(setting) as process:
        contests = [contest(setting, process, shape) for shape in SHAPES]
    head = ["rows", "columns", "inner", "SeqNet ms", "share of peak", "OpenBLAS ms", "ratio",
            "goal", ""]
    rows = [row(shape, c) for shape, c in zip(SHAPES, contests)]
    lost = [text for c in contests for text in missed(c.title, goals(c))]
    return section(setting, contests, HOW, table(head, rows), lost)
