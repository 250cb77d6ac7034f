"""Training with narrower instruction sets than the CPU's best."""

from __future__ import annotations

from contest import section
from goals import Goal, missed, verdict
from layers.layer import CELLS, HEAD, SHAPES, WIDE, Layer
from layers.sides import LayerContest, SeqNet, contest
from page import Section, share, significant, spread, table
from setting import Setting

HEADING = "Layers: narrower instruction sets"
HOW = (
    "Training with SEQNET_ISA set; the share is of the FMA peak that the same run measured "
    "with that instruction set. A set that this CPU lacks is left out."
)
# AVX2 at every wide shape; generic code, which is for machines of other kinds, at one.
WIDE_SHAPES = tuple(shape for shape in SHAPES if shape[2] >= WIDE)
SETS = {"avx2": WIDE_SHAPES, "generic": WIDE_SHAPES[:1]}
LEAST_SHARES = {"avx2": 0.8}


def goals(isa: str, c: LayerContest) -> list[Goal]:
    """None for generic code, which is shown for information."""
    if isa not in LEAST_SHARES:
        return []
    return [Goal(c.measured[0].median("fraction_of_peak"), LEAST_SHARES[isa], unit="%")]


def row(isa: str, c: LayerContest) -> list[str]:
    ours = c.measured[0]
    return [
        isa, *c.layer.cells, ours.time_text, spread(ours.values("peak_gflops"), significant),
        share(ours.median("fraction_of_peak")), *verdict(goals(isa, c)),
    ]


def measure(setting: Setting) -> Section:
    layers = [
        (isa, Layer(cell, *shape))
        for isa, shapes in SETS.items() if setting.has_instruction_set(isa)
        for cell in CELLS for shape in shapes
    ]
    contests = [
        (isa, contest(setting, layer, [SeqNet(setting, layer, setting.threads, isa=isa)]))
        for isa, layer in layers
    ]
    head = ["set", *HEAD, "SeqNet ms", "peak GFLOP/s", "share of peak", "goal", ""]
    rows = [row(isa, c) for isa, c in contests]
    lost = [
        text for isa, c in contests for text in missed(f"{c.title}, {isa}", goals(isa, c))
    ]
    return section(setting, [c for _, c in contests], HOW, table(head, rows), lost)
