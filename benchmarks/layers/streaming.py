"""One step after another at batch 1, beside ONNX Runtime."""

from __future__ import annotations

from contest import section
from goals import Goal, missed, verdict
from layers.layer import WIDE, Layer
from layers.sides import LayerContest, beside, peer_process
from page import Section, share, significant, spread, table
from setting import Setting

HEADING = "Layers: streaming"
HOW = (
    "One step at batch 1, its input and state arriving, its output and state leaving, in µs. "
    "ONNX Runtime is called from Python with its buffers bound once; the overhead, which is "
    "the time of the same call of a model that only copies its inputs to its outputs, is "
    "already taken off its time; it runs with as many threads as SeqNet may use and with one, and "
    "the faster counts. With bf16 SeqNet keeps the weights in 16 bits and computes "
    "in 32; ONNX Runtime has those very weights in 32 bits. The share is of the speed at "
    "which the cache or memory that holds the weights was read in the same run."
)
# Times ONNX Runtime's speed by width: weights in 32 and in 16 bits.
RATIOS = {64: 5.0, 128: 3.0, 256: 2.2, 512: 1.3, 1024: 1.0}
BF16_RATIOS = {512: 1.8, 1024: 1.8}
LEAST_SHARE = 0.7
# Of a step at width 64, in µs.
GREATEST_TIMES = {64: 2.0}
# Cell, weights, width.
Stream = tuple[str, str, int]
STREAMS: tuple[Stream, ...] = (
    *(("lstm", "f32", width) for width in RATIOS),
    *(("lstm", "bf16", width) for width in BF16_RATIOS),
    *(("gru", "f32", width) for width in RATIOS),
)


def goals(stream: Stream, c: LayerContest) -> list[Goal]:
    """None for the GRU, which is shown for information."""
    cell, weights, width = stream
    if cell != "lstm":
        return []
    if weights == "bf16":
        return [Goal(c.ratio, BF16_RATIOS[width])]
    ours = c.measured[0]
    wanted = [Goal(c.ratio, RATIOS[width])]
    if width in GREATEST_TIMES:
        microseconds = 1e3 * ours.milliseconds
        wanted.append(Goal(microseconds, GREATEST_TIMES[width], at_most=True, unit="µs"))
    if width >= WIDE:
        wanted.append(Goal(ours.median("fraction_of_bandwidth"), LEAST_SHARE, unit="%"))
    return wanted


def row(stream: Stream, c: LayerContest) -> list[str]:
    cell, weights, width = stream
    ours, theirs = c.measured[0], min(c.peers, key=lambda peer: peer.milliseconds)
    microseconds = [
        spread([1e3 * t for t in side.values("median_ms")], significant) for side in (ours, theirs)
    ]
    return [
        cell.upper(), weights, str(width), *microseconds,
        significant(1e3 * theirs.median("overhead_ms")), f"{c.ratio:.2f}",
        share(ours.median("fraction_of_bandwidth")), *verdict(goals(stream, c)),
    ]


def measure(setting: Setting) -> Section:
    with peer_process(setting) as process:
        contests = [
            beside(setting, process, Layer(cell, 1, 1, width, mode="stream"), ("onnxruntime",), weights,
                   also_one_thread=True)
            for cell, weights, width in STREAMS
        ]
    head = ["cell", "weights", "I = H", "SeqNet µs", "ONNX Runtime µs", "overhead taken off",
            "ratio", "share of bandwidth", "goal", ""]
    rows = [row(stream, c) for stream, c in zip(STREAMS, contests)]
    lost = [
        text for stream, c in zip(STREAMS, contests)
        for text in missed(c.title, goals(stream, c))
    ]
    return section(setting, contests, HOW, table(head, rows), lost)
