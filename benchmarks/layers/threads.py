"""What further threads gain in training, beside what they gain in the FMA peak."""

from __future__ import annotations

from statistics import median

from contest import section
from goals import Goal, missed, verdict
from layers.layer import HEAD, all_layers
from layers.sides import LayerContest, SeqNet, contest
from page import Section, table
from setting import Setting

HEADING = "Layers: further threads"
HOW = (
    "Training with all threads and with one. The peak's gain is that of the FMA peaks which "
    "the same two runs measured; the last figure is the gain over the peak's gain, round by "
    "round."
)
LEAST_WIDTH = 128
LEAST_SHARE = 0.92


def gains(c: LayerContest) -> tuple[float, float, float]:
    """Of the layer, of the peak, and the first over the second; medians over the rounds."""
    many, one = c.measured
    layer = [b / a for a, b in zip(many.values("median_ms"), one.values("median_ms"))]
    peak = [a / b for a, b in zip(many.values("peak_gflops"), one.values("peak_gflops"))]
    return median(layer), median(peak), median(a / b for a, b in zip(layer, peak))


def goal(c: LayerContest) -> Goal:
    return Goal(gains(c)[2], LEAST_SHARE)


def row(c: LayerContest) -> list[str]:
    many, one = c.measured
    return [
        *c.layer.cells, many.time_text, one.time_text,
        *(f"{gain:.3f}" for gain in gains(c)), *verdict([goal(c)]),
    ]


def measure(setting: Setting) -> Section | None:
    """None with a single thread."""
    if setting.threads == 1:
        return None
    contests = [
        contest(setting, layer, [
            SeqNet(setting, layer, setting.threads),
            SeqNet(setting, layer, 1, name="SeqNet, one thread"),
        ])
        for layer in all_layers("train") if layer.width >= LEAST_WIDTH
    ]
    head = [*HEAD, f"{setting.threads} threads ms", "1 thread ms", "gain", "peak's gain",
            "gain / peak's gain", "goal", ""]
    lost = [text for c in contests for text in missed(f"{c.title}, threads", [goal(c)])]
    return section(setting, contests, HOW, table(head, [row(c) for c in contests]), lost)
