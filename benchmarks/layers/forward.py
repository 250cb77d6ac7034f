"""Forward alone, beside PyTorch and ONNX Runtime."""

from __future__ import annotations

from contest import section
from goals import Aim, AnyOf, Goal, missed, verdict
from layers.layer import HEAD, all_layers
from layers.sides import LayerContest, beside, peer_process
from page import Section, share, table
from setting import Setting

HEADING = "Layers: forward"
HOW = (
    "PyTorch runs in inference mode. The ratio is to the faster of the two peers; the share "
    "is of the FMA peak that was measured in the same run."
)
# One of the two is enough.
LEAST_RATIO, LEAST_SHARE = 1.2, 0.85


def goals(contest: LayerContest) -> list[Aim]:
    reached = contest.measured[0].median("fraction_of_peak")
    return [AnyOf((Goal(contest.ratio, LEAST_RATIO), Goal(reached, LEAST_SHARE, unit="%")))]


def row(contest: LayerContest) -> list[str]:
    ours = contest.measured[0]
    return [
        *contest.layer.cells, *(side.time_text for side in contest.measured),
        f"{contest.ratio:.2f}", share(ours.median("fraction_of_peak")), *verdict(goals(contest)),
    ]


def measure(setting: Setting) -> Section:
    with peer_process(setting) as process:
        contests = [
            beside(setting, process, layer, ("torch", "onnxruntime"))
            for layer in all_layers("forward")
        ]
    head = [*HEAD, "SeqNet ms", "PyTorch ms", "ONNX Runtime ms", "ratio", "share of peak", "goal", ""]
    lost = [text for c in contests for text in missed(c.title, goals(c))]
    return section(setting, contests, HOW, table(head, [row(c) for c in contests]), lost)
