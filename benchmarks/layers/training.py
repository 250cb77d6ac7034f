"""Training: forward and backward beside PyTorch."""

from __future__ import annotations

from contest import section
from goals import Goal, missed, verdict
from layers.layer import HEAD, WIDE, all_layers
from layers.means import mean_table, missed_means
from layers.sides import LayerContest, beside, peer_process
from page import Section, share, table
from setting import Setting

HEADING = "Layers: training"
HOW = (
    "A training step packs the weights, computes y and the gradients of its sum for all "
    "inputs and parameters. The share is of the FMA peak that was measured in the same run."
)
# Times PyTorch's speed: geometric mean over the shapes, and at every single one.
MEAN_RATIOS = {"lstm": 1.4, "gru": 3.0, "rnn": 2.2}
LEAST_RATIO = 1.0
LEAST_SHARE = 0.8


def goals(contest: LayerContest) -> list[Goal]:
    wanted = [Goal(contest.ratio, LEAST_RATIO)]
    if contest.layer.width >= WIDE:
        wanted.append(Goal(contest.measured[0].median("fraction_of_peak"), LEAST_SHARE, unit="%"))
    return wanted


def row(contest: LayerContest) -> list[str]:
    ours, theirs = contest.measured
    return [
        *contest.layer.cells, ours.time_text, theirs.time_text, f"{contest.ratio:.2f}",
        share(ours.median("fraction_of_peak")), *verdict(goals(contest)),
    ]


def measure(setting: Setting) -> Section:
    with peer_process(setting) as process:
        contests = [beside(setting, process, layer) for layer in all_layers("train")]
    head = [*HEAD, "SeqNet ms", "PyTorch ms", "ratio", "share of peak", "goal", ""]
    tables = table(head, [row(c) for c in contests]) + "\n" + mean_table(contests, MEAN_RATIOS)
    lost = [text for c in contests for text in missed(c.title, goals(c))]
    lost += missed_means("train", contests, MEAN_RATIOS)
    return section(setting, contests, HOW, tables, lost)
