"""Times nn.RNN, nn.GRU or nn.LSTM, or the same layer in ONNX Runtime: the counterpart
of `seqnet bench rnn`, whose options and JSON keys it has.

forward: a batch from a zero state, nothing kept for training
train:   forward + y.sum().backward() for all inputs and parameters
stream:  one step at batch 1, the state carried, in ms a step
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from recurrent_layer_onnx import OnnxLayer

GATES = {"rnn": 1, "gru": 3, "lstm": 4}
LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
# Steps timed together, since one alone is near the clock's own cost.
STREAM_BLOCK = 100


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--runtime", choices=("torch", "onnxruntime"), default="torch", help="whose layer")
    add("--cell", choices=tuple(GATES), default="lstm", help="recurrent cell")
    add("--time", type=int, default=50, help="steps T; a stream has one")
    add("--batch", type=int, default=32, help="rows B; a stream has one")
    add("--input", type=int, default=128, help="input width")
    add("--hidden", type=int, default=128, help="units of a layer")
    add("--layers", type=int, default=1, help="layers")
    add("--bidirectional", action="store_true", help="both directions")
    add("--ragged", action="store_true", help="lengths uniform in 1…T, as a packed sequence")
    add("--mode", choices=("forward", "train", "stream"), default="train", help="what is timed")
    add("--threads", type=int, default=torch.get_num_threads(), help="threads of one operation")
    add("--repeats", type=int, default=20, help="timed runs")
    add("--seed", type=int, default=1, help="of weights, inputs and lengths")
    options = parser.parse_args()
    if options.runtime == "onnxruntime" and (options.mode == "train" or options.ragged):
        parser.error("--runtime onnxruntime neither trains nor takes packed sequences")
    if options.mode == "stream" and (options.bidirectional or options.ragged):
        parser.error("--mode stream is one step of one sequence: no --bidirectional, no --ragged")
    if options.mode == "stream":
        options.time = options.batch = 1
    return options


def packed(x: Tensor, seed: int) -> PackedSequence:
    """x [T, B, I] cut to random lengths, the longest of which is T where B allows."""
    lengths = np.random.default_rng(seed).integers(1, len(x) + 1, x.shape[1])
    ordered = torch.from_numpy(np.sort(lengths)[::-1].copy())
    return pack_padded_sequence(x[: int(ordered[0])], ordered)


def multiply_adds(options: argparse.Namespace, rows: int) -> int:
    """Of one forward pass over `rows` rows; a training step does three times as many."""
    directions = 2 if options.bidirectional else 1
    total = 0
    for layer in range(options.layers):
        width = options.input if layer == 0 else options.hidden * directions
        total += directions * GATES[options.cell] * options.hidden * (width + options.hidden)
    return total * rows


def train_step(layer: nn.RNNBase, x: Tensor | PackedSequence) -> None:
    """One forward and backward pass; gradients are made anew, not added up."""
    layer.zero_grad(set_to_none=True)
    data = x.data if isinstance(x, PackedSequence) else x
    data.grad = None
    y = layer(x)[0]
    (y.data if isinstance(y, PackedSequence) else y).sum().backward()


def leaf(x: Tensor | PackedSequence) -> Tensor | PackedSequence:
    """The same input, asking for its own gradient."""
    if isinstance(x, PackedSequence):
        return x._replace(data=x.data.detach().requires_grad_())
    return x.detach().requires_grad_()


def torch_stream(layer: nn.RNNBase, x: Tensor) -> Callable[[], None]:
    """STREAM_BLOCK single steps, each from the state of the last."""
    state = None

    def block() -> None:
        nonlocal state
        for _ in range(STREAM_BLOCK):
            state = layer(x, state)[1]

    return block


def timed(work: Callable[[], None], repeats: int, parts: int = 1) -> list[float]:
    """Milliseconds of each of `repeats` runs divided by `parts`, after some warm-up."""
    for _ in range(max(3, repeats // 10)):
        work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1e3 / parts)
    return times


def measure_torch(options: argparse.Namespace, layer: nn.RNNBase, x: Tensor) -> tuple[list[float], int]:
    """The times and the number of active rows."""
    batch = packed(x, options.seed) if options.ragged else x
    rows = len(batch.data) if isinstance(batch, PackedSequence) else x.shape[0] * x.shape[1]
    if options.mode == "train":
        trainable = leaf(batch)
        return timed(lambda: train_step(layer, trainable), options.repeats), rows
    with torch.inference_mode():
        if options.mode == "stream":
            return timed(torch_stream(layer, x), options.repeats, STREAM_BLOCK), rows
        return timed(lambda: layer(batch), options.repeats), rows


def measure_onnx(
    options: argparse.Namespace, layer: nn.RNNBase, x: Tensor
) -> tuple[list[float], int, float]:
    """The times, the rows, and the cost in ms of the call itself, which is already taken
    from the times of a stream.

    That cost is the median time of a model with the same inputs and outputs that only
    copies them, called in the same way. Over a whole sequence it does not matter.
    """
    onnx_layer = OnnxLayer(layer, x.numpy(), options.threads)
    with torch.inference_mode():
        expected = layer(x)[0].numpy()
    difference = float(np.abs(onnx_layer.output() - expected).max())
    if not difference < 1e-4:
        raise SystemExit(f"ONNX Runtime and PyTorch differ by {difference:g}; nothing was timed")
    rows = x.shape[0] * x.shape[1]
    if options.mode == "forward":
        return timed(lambda: onnx_layer.steps(1), options.repeats), rows, 0.0
    copying = OnnxLayer(layer, x.numpy(), options.threads, copies_only=True)
    overhead = median(timed(lambda: copying.steps(STREAM_BLOCK), options.repeats, STREAM_BLOCK))
    times = timed(lambda: onnx_layer.steps(STREAM_BLOCK), options.repeats, STREAM_BLOCK)
    return [t - overhead for t in times], rows, overhead


def main() -> None:
    options = parse_arguments()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    layer = LAYERS[options.cell](
        options.input, options.hidden, options.layers, bidirectional=options.bidirectional
    )
    x = torch.randn(options.time, options.batch, options.input)
    printed: dict[str, object] = {key: value for key, value in vars(options).items() if key != "seed"}
    if options.runtime == "torch":
        times, rows = measure_torch(options, layer, x)
        printed["version"] = torch.__version__
    else:
        times, rows, overhead = measure_onnx(options, layer, x)
        printed |= {"version": OnnxLayer.version(), "overhead_ms": overhead}
    operations = 2 * multiply_adds(options, rows) * (3 if options.mode == "train" else 1)
    middle = median(times)
    printed |= {
        "median_ms": middle, "min_ms": min(times), "max_ms": max(times),
        "gflops": operations / middle / 1e6, "rows": rows,
    }
    print(json.dumps(printed))


if __name__ == "__main__":
    main()
