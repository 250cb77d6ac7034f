"""LSTM training beside PyTorch over many widths and batches, as a picture."""

from __future__ import annotations

from dataclasses import replace

from contest import section
from layers.heat_map import heat_map
from layers.layer import Layer
from layers.sides import LayerContest, beside, peer_process
from page import Section, share, significant
from setting import Setting

HEADING = "Layers: LSTM training by width and batch"
PICTURE = "layers.svg"
TIME = 32
WIDTHS = (32, 64, 128, 256, 512, 1024)
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)
# There are many cells: a measurement takes this part of the time that others take.
PART_OF_TIME = 0.3
HOW = (
    f"One layer, T = {TIME}, I = H. The figures are ratios of the medians: above 1, SeqNet is "
    "faster."
)


def grid(contests: list[LayerContest]) -> list[list[float]]:
    """Ratios, a row a width."""
    ratios = [contest.ratio for contest in contests]
    return [ratios[i:i + len(BATCHES)] for i in range(0, len(ratios), len(BATCHES))]


def measure(setting: Setting) -> Section:
    brief = replace(setting, seconds=setting.seconds * PART_OF_TIME)
    layers = [Layer("lstm", TIME, batch, width) for width in WIDTHS for batch in BATCHES]
    with peer_process(setting) as process:
        contests = [beside(brief, process, layer) for layer in layers]
    ratios = sorted(contest.ratio for contest in contests)
    faster = sum(ratio > 1 for ratio in ratios)
    picture = heat_map(
        "LSTM training: SeqNet's speed over PyTorch's", grid(contests),
        [str(width) for width in WIDTHS], [str(batch) for batch in BATCHES],
        row_label="width I = H", column_label="sequences B",
    )
    text = (
        f"![Ratios of speed over width and batch]({PICTURE})\n\n"
        f"SeqNet is faster at {faster} of {len(ratios)} points ({share(faster / len(ratios))}); "
        f"the ratios go from {significant(ratios[0])} to {significant(ratios[-1])}.\n"
    )
    return section(brief, contests, HOW, text, [], {PICTURE: picture})
