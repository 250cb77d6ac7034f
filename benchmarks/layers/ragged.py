"""Training on sequences of different lengths, beside PyTorch's packed sequences and
beside a rectangular batch of as many rows."""

from __future__ import annotations

from dataclasses import replace

from contest import section
from goals import Goal, missed, verdict
from layers.layer import CELLS, Layer
from layers.means import mean_table, missed_means
from layers.sides import LayerContest, SeqNet, beside, peer_process
from page import Section, table, whole
from peer_process import PeerProcess
from setting import Setting

HEADING = "Layers: ragged training"
TIME, BATCH, WIDTHS = 50, 32, (64, 128, 256, 512)
HOW = (
    f"T = {TIME}, B = {BATCH}; lengths are drawn uniformly from 1…T, and PyTorch has them as a "
    "packed sequence. The throughput, in rows a second, is that of SeqNet's ragged batch over "
    "that of SeqNet's batch of as many sequences of one length with, but for rounding, as many rows."
)
# Times PyTorch's speed: geometric mean over the widths, and at every single one.
MEAN_RATIOS = {"lstm": 4.0, "gru": 4.0, "rnn": 3.0}
LEAST_RATIO = 1.1
LEAST_THROUGHPUT = 0.85


def contest(setting: Setting, process: PeerProcess, layer: Layer) -> LayerContest:
    """SeqNet, PyTorch, SeqNet on the rectangular batch."""
    ours = SeqNet(setting, layer, setting.threads)
    rows = ours.measure(1, is_first=True)["rows"]
    even = replace(layer, time=max(1, round(rows / layer.batch)), ragged=False)
    reference = SeqNet(setting, even, setting.threads, name="SeqNet, one length")
    return beside(setting, process, layer, more=[reference])


def ratio_goal(c: LayerContest) -> Goal:
    return Goal(c.ratio, LEAST_RATIO)


def throughput_goal(c: LayerContest) -> Goal:
    ours, _, even = c.measured
    ragged, rectangular = (m.median("rows") / m.milliseconds for m in (ours, even))
    return Goal(ragged / rectangular, LEAST_THROUGHPUT)


def row(c: LayerContest) -> list[str]:
    ours, theirs, even = c.measured
    throughput = throughput_goal(c)
    return [
        c.layer.cell.upper(), str(c.layer.width), whole(ours.median("rows")),
        ours.time_text, theirs.time_text, f"{c.ratio:.2f}", *verdict([ratio_goal(c)]),
        whole(even.median("rows")), even.time_text, f"{throughput.value:.2f}", *verdict([throughput]),
    ]


def measure(setting: Setting) -> Section:
    layers = [Layer(cell, TIME, BATCH, width, ragged=True) for cell in CELLS for width in WIDTHS]
    with peer_process(setting) as process:
        contests = [contest(setting, process, layer) for layer in layers]
    head = ["cell", "I = H", "rows", "SeqNet ms", "PyTorch ms", "ratio", "goal", "",
            "rows, one length", "SeqNet ms, one length", "throughput", "goal", ""]
    tables = table(head, [row(c) for c in contests]) + "\n" + mean_table(contests, MEAN_RATIOS)
    lost: list[str] = []
    for c in contests:
        lost += missed(f"{c.title}, ratio", [ratio_goal(c)])
        lost += missed(f"{c.title}, throughput", [throughput_goal(c)])
    lost += missed_means("train, ragged", contests, MEAN_RATIOS)
    return section(setting, contests, HOW, tables, lost)
