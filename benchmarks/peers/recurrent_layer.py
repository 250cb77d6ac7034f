"""Times nn.RNN, nn.GRU or nn.LSTM, or the same layer in ONNX Runtime: the counterpart
of `seqnet bench rnn`, whose options and JSON keys it has.

forward: a batch from a zero state, nothing kept for training
train:   forward + y.sum().backward() for all inputs and parameters
stream:  one step at batch 1, the state carried, in ms a step
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median

import numpy as np
import torch
from torch import nn

import serving
from layer_tensors import Tensors, greatest_difference, read_tensors
from recurrent_layer_onnx import OnnxLayer
from recurrent_layer_torch import TorchLayer, packed

GATES = {"rnn": 1, "gru": 3, "lstm": 4}
LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
# Steps of a stream that are computed to be compared.
STREAM_STEPS = 8


def argument_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--runtime", choices=("torch", "onnxruntime"), default="torch", help="whose layer")
    add("--cell", choices=tuple(GATES), default="lstm", help="recurrent cell")
    add("--time", type=int, default=50, help="steps T; a stream has one")
    add("--batch", type=int, default=32, help="sequences B; a stream has one")
    add("--input", type=int, default=128, help="input width I")
    add("--hidden", type=int, default=128, help="units H of a layer")
    add("--layers", type=int, default=1, help="layers")
    add("--bidirectional", action="store_true", help="both directions")
    add("--ragged", action="store_true", help="lengths uniform in 1…T, as a packed sequence")
    add("--mode", choices=("forward", "train", "stream"), default="train", help="what is timed")
    add("--threads", type=int, default=torch.get_num_threads(), help="threads of one operation")
    add("--repeats", type=int, default=20, help="timed runs")
    add("--seed", type=int, default=1, help="of weights, inputs and lengths")
    add("--tensors", type=Path, metavar="FILE",
        help="the weights, inputs, lengths and results of `seqnet bench rnn --save-tensors`, to "
             "compute with and to compare with before timing, instead of random ones")
    serving.add_serve(parser)
    return parser


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argument_parser()
    options = parser.parse_args(arguments)
    if options.runtime == "onnxruntime" and (options.mode == "train" or options.ragged):
        parser.error("--runtime onnxruntime neither trains nor takes packed sequences")
    if options.mode == "stream":
        if options.bidirectional or options.ragged:
            parser.error("--mode stream is one step of one sequence: no --bidirectional, no --ragged")
        options.time = options.batch = 1
    return options


def random_tensors(options: argparse.Namespace) -> Tensors:
    """x and lengths as --tensors has them; the layer keeps its own random weights."""
    generator = np.random.default_rng(options.seed)
    if options.mode == "stream":
        lengths = np.asarray([STREAM_STEPS])
    elif options.ragged:
        lengths = np.sort(generator.integers(1, options.time + 1, options.batch))[::-1]
    else:
        lengths = np.full(options.batch, options.time)
    x = generator.standard_normal((int(lengths.sum()), options.input), np.float32)
    return {"x": x, "lengths": lengths}


def torch_layer(options: argparse.Namespace, tensors: Tensors) -> TorchLayer:
    """The layer with the weights of the tensors, if they have any, and its input."""
    torch.manual_seed(options.seed)
    layer = LAYERS[options.cell](
        options.input, options.hidden, options.layers, bidirectional=options.bidirectional
    )
    weights = {
        name.removeprefix("rnn."): torch.from_numpy(values)
        for name, values in tensors.items() if name.startswith("rnn.")
    }
    if weights:
        layer.load_state_dict(weights)
    x = torch.from_numpy(tensors["x"])
    if options.ragged:
        return TorchLayer(layer, packed(x, tensors["lengths"]))
    return TorchLayer(layer, x.reshape(-1, options.batch, options.input))


def compared(found: Tensors, expected: Tensors, beside: str) -> dict[str, object]:
    difference, name = greatest_difference(found, expected)
    return {"greatest_difference": difference, "differing_tensor": name, "compared_with": beside}


def measure_torch(
    options: argparse.Namespace, ours: TorchLayer, expected: Tensors
) -> tuple[list[float], dict[str, object]]:
    """The times, and how far the results are from those expected, if any are."""
    compute, measure = {
        "train": (ours.outputs_and_gradients, ours.time_training),
        "forward": (ours.outputs, ours.time_forward),
        "stream": (ours.stream_outputs, ours.time_stream),
    }[options.mode]
    more = compared(compute(), expected, "SeqNet") if "y" in expected else {}
    return measure(options.repeats), {"version": TorchLayer.version(), **more}


def measure_onnx(
    options: argparse.Namespace, ours: TorchLayer, expected: Tensors
) -> tuple[list[float], dict[str, object]]:
    """The times, how far the results are from those expected, else from PyTorch's, and
    the cost in ms of the call itself, which is already taken from the times of a stream.

    That cost is the median time of a model with the same inputs and outputs that only
    copies them, called in the same way. Over a whole sequence it does not matter.
    """
    streams = options.mode == "stream"
    beside = "SeqNet"
    if "y" not in expected:
        beside, expected = "PyTorch", ours.stream_outputs() if streams else ours.outputs()
    x = ours.x.numpy()
    layer = OnnxLayer(ours.layer, x[:1] if streams else x, options.threads)
    more = {"version": OnnxLayer.version(), **compared({"y": layer.outputs(x)}, expected, beside)}
    if not streams:
        return layer.times(options.repeats), {**more, "overhead_ms": 0.0}
    copying = OnnxLayer(ours.layer, x[:1], options.threads, copies_only=True)
    overhead = median(copying.step_times(options.repeats))
    times = layer.step_times(options.repeats)
    return [t - overhead for t in times], {**more, "overhead_ms": overhead}


def multiply_adds(options: argparse.Namespace, rows: int) -> int:
    """Of one forward pass over `rows` rows; a training step does three times as many."""
    directions = 2 if options.bidirectional else 1
    total = 0
    for layer in range(options.layers):
        width = options.input if layer == 0 else options.hidden * directions
        total += directions * GATES[options.cell] * options.hidden * (width + options.hidden)
    return total * rows


def measure(options: argparse.Namespace) -> dict[str, object]:
    """The JSON object of one measurement."""
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    tensors = read_tensors(options.tensors) if options.tensors else random_tensors(options)
    ours = torch_layer(options, tensors)
    run = measure_torch if options.runtime == "torch" else measure_onnx
    times, more = run(options, ours, tensors)
    rows = 1 if options.mode == "stream" else len(tensors["x"])
    operations = 2 * multiply_adds(options, rows) * (3 if options.mode == "train" else 1)
    middle = median(times)
    shown = {k: v for k, v in vars(options).items() if k not in ("seed", "tensors", "serve")}
    return {
        **shown, **more, "median_ms": middle, "min_ms": min(times), "max_ms": max(times),
        "gflops": operations / middle / 1e6, "rows": rows,
    }


if __name__ == "__main__":
    serving.run(parse_arguments, measure)
