"""Both directions of a layer, beside one direction and beside PyTorch's."""

from __future__ import annotations

from dataclasses import replace

from contest import section
from goals import Goal, missed, verdict
from layers.layer import CELLS, Layer
from layers.sides import LayerContest, SeqNet, beside, peer_process
from page import Section, table
from peer_process import PeerProcess
from setting import Setting

HEADING = "Layers: both directions"
HOW = (
    "The factor is SeqNet's time for both directions over its time for one, the ratio its "
    "speed over PyTorch's, both with both directions."
)
# T, B, I = H of one layer: a second one would have wider inputs, and more than twice the work.
SHAPES = ((50, 32, 128), (50, 32, 512), (200, 8, 64))
MODES = ("train", "forward")
GREATEST_FACTOR = 2.05


def contest(setting: Setting, process: PeerProcess, layer: Layer) -> LayerContest:
    """SeqNet, PyTorch, SeqNet in one direction."""
    single = replace(layer, bidirectional=False)
    one = SeqNet(setting, single, setting.threads, name="SeqNet, one direction")
    return beside(setting, process, layer, more=[one])


def goal(c: LayerContest) -> Goal:
    ours, _, one = c.measured
    return Goal(one.faster_than(ours), GREATEST_FACTOR, at_most=True)


def row(c: LayerContest) -> list[str]:
    ours, theirs, one = c.measured
    layer = c.layer
    return [
        layer.cell.upper(), layer.mode, *map(str, (layer.time, layer.batch, layer.width)),
        ours.time_text, one.time_text, f"{goal(c).value:.3f}", *verdict([goal(c)]),
        theirs.time_text, f"{c.ratio:.2f}",
    ]


def measure(setting: Setting) -> Section:
    layers = [
        Layer(cell, *shape, mode=mode, bidirectional=True)
        for mode in MODES for cell in CELLS for shape in SHAPES
    ]
    with peer_process(setting) as process:
        contests = [contest(setting, process, layer) for layer in layers]
    head = ["cell", "mode", "T", "B", "I = H", "SeqNet ms", "SeqNet ms, one direction", "factor",
            "goal", "", "PyTorch ms", "ratio"]
    lost = [text for c in contests for text in missed(c.title, [goal(c)])]
    return section(setting, contests, HOW, table(head, [row(c) for c in contests]), lost)
