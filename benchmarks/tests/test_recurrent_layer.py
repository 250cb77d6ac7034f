"""The peers of `seqnet bench rnn` on tensors of a file; skipped without their libraries."""

from __future__ import annotations

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))

try:
    import onnxruntime  # noqa: F401
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch or ONNX Runtime is not installed: benchmarks/README.md says how")

import numpy as np

import recurrent_layer
from layer_tensors import Tensors, greatest_difference, read_tensors

SIZES = "--input 3 --hidden 4 --threads 1 --repeats 1".split()


def write_tensors(path: Path, tensors: Tensors) -> None:
    """A safetensors file."""
    header, data = {"__metadata__": {"format": "test"}}, b""
    for name, values in tensors.items():
        values = np.ascontiguousarray(values, np.float32)
        end = len(data) + values.nbytes
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), end]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


class RecurrentLayerTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "layer.safetensors"
        torch.manual_seed(1)

    def layer(self, cell: str, layers: int = 1, bidirectional: bool = False) -> torch.nn.RNNBase:
        return recurrent_layer.LAYERS[cell](3, 4, layers, bidirectional=bidirectional)

    def weights(self, layer: torch.nn.RNNBase) -> Tensors:
        return {f"rnn.{name}": p.detach().numpy() for name, p in layer.named_parameters()}

    def ragged(self, layer: torch.nn.RNNBase) -> Tensors:
        """Three sequences, each computed by itself, and their rows step by step."""
        lengths = [3, 2, 2]
        sequences = [torch.randn(length, 3, requires_grad=True) for length in lengths]
        outputs = [layer(sequence)[0] for sequence in sequences]
        sum(output.sum() for output in outputs).backward()

        def rows(parts: list[torch.Tensor]) -> np.ndarray:
            return torch.stack([
                part[step] for step in range(3) for part in parts if step < len(part)
            ]).detach().numpy()

        return {
            "x": rows(sequences), "y": rows(outputs), "lengths": np.asarray(lengths),
            "grad.x": rows([sequence.grad for sequence in sequences]),
            **self.weights(layer),
            **{f"grad.rnn.{name}": p.grad.numpy() for name, p in layer.named_parameters()},
        }

    def measure(self, *arguments: str) -> dict[str, object]:
        options = [*SIZES, *arguments, "--tensors", str(self.file)]
        return recurrent_layer.measure(recurrent_layer.parse_arguments(options))

    def test_ragged_training_is_as_each_sequence_by_itself(self) -> None:
        for cell in recurrent_layer.GATES:
            with self.subTest(cell):
                write_tensors(self.file, self.ragged(self.layer(cell, 2, True)))
                printed = self.measure(
                    *f"--cell {cell} --layers 2 --bidirectional --ragged --batch 3 --time 3".split())
                self.assertLess(printed["greatest_difference"], 1e-6)
                self.assertEqual((printed["rows"], printed["compared_with"]), (7, "SeqNet"))

    def test_forward_of_both_runtimes_is_compared(self) -> None:
        layer = self.layer("gru", 2, True)
        x = torch.randn(5, 2, 3)
        y = layer(x)[0].detach()
        write_tensors(self.file, {
            "x": x.flatten(0, 1).numpy(), "y": y.flatten(0, 1).numpy(), "lengths": np.asarray([5, 5]),
            **self.weights(layer),
        })
        for runtime in ("torch", "onnxruntime"):
            with self.subTest(runtime):
                printed = self.measure(
                    "--runtime", runtime, *"--mode forward --cell gru --layers 2 --bidirectional".split(),
                    *"--batch 2 --time 5".split())
                self.assertLess(printed["greatest_difference"], 1e-6)

    def test_a_stream_carries_the_state(self) -> None:
        layer = self.layer("lstm")
        x = torch.randn(8, 3)
        tensors = {"x": x.numpy(), "y": layer(x)[0].detach().numpy(), **self.weights(layer)}
        write_tensors(self.file, tensors)
        for runtime in ("torch", "onnxruntime"):
            with self.subTest(runtime):
                printed = self.measure("--runtime", runtime, "--mode", "stream")
                self.assertLess(printed["greatest_difference"], 1e-6)
                self.assertEqual(printed["rows"], 1)

    def test_another_result_is_seen(self) -> None:
        tensors = self.ragged(self.layer("lstm"))
        arguments = "--ragged --batch 3 --time 3".split()
        for name in ("y", "grad.x", "grad.rnn.weight_hh_l0"):
            with self.subTest(name):
                wrong = tensors[name].copy()
                wrong.flat[-1] += 0.01 * np.abs(wrong).max()
                write_tensors(self.file, {**tensors, name: wrong})
                printed = self.measure(*arguments)
                self.assertEqual(printed["differing_tensor"], name)
                self.assertAlmostEqual(printed["greatest_difference"], 0.01, 3)

    def test_a_gradient_must_be_there(self) -> None:
        tensors = self.ragged(self.layer("rnn"))
        del tensors["grad.rnn.bias_hh_l0"]
        write_tensors(self.file, tensors)
        with self.assertRaisesRegex(SystemExit, "grad.rnn.bias_hh_l0"):
            self.measure(*"--cell rnn --ragged --batch 3 --time 3".split())

    def test_tensors_are_read_as_they_were_written(self) -> None:
        tensors = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.float32([0.5])}
        write_tensors(self.file, tensors)
        self.assertEqual({k: v.tolist() for k, v in read_tensors(self.file).items()},
                         {k: v.tolist() for k, v in tensors.items()})

    def test_nan_is_the_greatest_difference(self) -> None:
        one = np.ones(2, np.float32)
        found = {"a": one, "b": np.float32([1, np.nan]), "c": 2 * one}
        difference, name = greatest_difference(found, {"a": one, "b": one, "c": one})
        self.assertEqual(name, "b")
        self.assertTrue(np.isnan(difference))


if __name__ == "__main__":
    unittest.main()
