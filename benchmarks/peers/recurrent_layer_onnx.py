"""A layer of torch.nn.RNN, GRU or LSTM as an ONNX model, run step by step."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from timing import STREAM_BLOCK, timed

# PyTorch's order of gates (LSTM i f g o, GRU r z n) in ONNX's (i o f c; z r h).
ONNX_GATES = {"RNN": (0,), "GRU": (1, 0, 2), "LSTM": (0, 3, 1, 2)}
# Old enough for every ONNX Runtime in requirements.txt.
OPSET, IR_VERSION = 17, 8


def gates_reordered(array: np.ndarray, kind: str) -> np.ndarray:
    """[G·H, …] in PyTorch's order of gates → the same in ONNX's."""
    blocks = np.split(array, len(ONNX_GATES[kind]))
    return np.concatenate([blocks[gate] for gate in ONNX_GATES[kind]])


def layer_weights(layer: nn.RNNBase, index: int) -> dict[str, onnx.TensorProto]:
    """W, R and B of one layer, directions first, as ONNX wants them."""
    kind = type(layer).__name__
    suffixes = ("", "_reverse") if layer.bidirectional else ("",)

    def stacked(*names: str) -> np.ndarray:
        return np.stack([
            np.concatenate([
                gates_reordered(getattr(layer, f"{name}_l{index}{suffix}").detach().numpy(), kind)
                for name in names
            ])
            for suffix in suffixes
        ])

    arrays = {
        "W": stacked("weight_ih"), "R": stacked("weight_hh"), "B": stacked("bias_ih", "bias_hh")
    }
    return {key: numpy_helper.from_array(a, f"{key}{index}") for key, a in arrays.items()}


class OnnxLayer:
    """The layer in an ONNX Runtime session, its buffers bound once: a call copies
    nothing but what the runtime itself does. The state passes from call to call."""

    def __init__(
        self, layer: nn.RNNBase, x: np.ndarray, threads: int, copies_only: bool = False
    ) -> None:
        """x [T, B, I] is the input of every call. `copies_only` makes a model of a
        single step that only copies its inputs to its outputs, to time the call itself."""
        self.layer, self.x = layer, np.ascontiguousarray(x)
        self.states = ("h", "c") if isinstance(layer, nn.LSTM) else ("h",)
        self.directions = 2 if layer.bidirectional else 1
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
        # Flush-to-zero, as PyTorch is set here.
        settings.add_session_config_entry("session.set_denormal_as_zero", "1")
        nodes, weights = self.copying_nodes() if copies_only else self.recurrent_nodes()
        self.session = onnxruntime.InferenceSession(
            self.model(nodes, weights).SerializeToString(), settings,
            providers=["CPUExecutionProvider"],
        )
        self.bind()

    @staticmethod
    def version() -> str:
        return onnxruntime.__version__

    def carried(self) -> list[tuple[str, str]]:
        """Names of each layer's initial state and of the final state that follows it."""
        return [(f"{s}{i}", f"{s}{i}_next") for i in range(self.layer.num_layers) for s in self.states]

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of the model's inputs and outputs by name."""
        steps, batch, _ = self.x.shape
        hidden = self.layer.hidden_size
        state = (self.directions, batch, hidden)
        return {
            "x": self.x.shape, "y": (steps, batch, self.directions * hidden),
            **{name: state for pair in self.carried() for name in pair},
        }

    def recurrent_nodes(self) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
        """One ONNX node a layer, and what brings its output [T, D, B, H] to [T, B, D·H]."""
        kind = type(self.layer).__name__
        attributes = {"linear_before_reset": 1} if kind == "GRU" else {}
        direction = "bidirectional" if self.layer.bidirectional else "forward"
        _, batch, _ = self.x.shape
        width = self.directions * self.layer.hidden_size
        shape = numpy_helper.from_array(np.asarray([-1, batch, width], np.int64), "row_shape")
        nodes, weights = [], [shape]
        entering = "x"
        for i in range(self.layer.num_layers):
            weights += layer_weights(self.layer, i).values()
            leaving = "y" if i == self.layer.num_layers - 1 else f"rows{i}"
            nodes.append(helper.make_node(
                kind,
                [entering, f"W{i}", f"R{i}", f"B{i}", "", *(f"{s}{i}" for s in self.states)],
                [f"y{i}", *(f"{s}{i}_next" for s in self.states)],
                hidden_size=self.layer.hidden_size, direction=direction, **attributes,
            ))
            turned = f"y{i}"
            if self.layer.bidirectional:
                turned = f"turned{i}"
                nodes.append(helper.make_node("Transpose", [f"y{i}"], [turned], perm=[0, 2, 1, 3]))
            nodes.append(helper.make_node("Reshape", [turned, "row_shape"], [leaving]))
            entering = leaving
        return nodes, weights

    def copying_nodes(self) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
        """The inputs and outputs of a single step without the work: states are copied,
        and y is a copy of the last layer's h, which has its shape there."""
        nodes = [helper.make_node("Identity", [a], [b]) for a, b in self.carried()]
        nodes.append(helper.make_node("Identity", [f"h{self.layer.num_layers - 1}"], ["y"]))
        return nodes, []

    def model(
        self, nodes: list[onnx.NodeProto], weights: list[onnx.TensorProto]
    ) -> onnx.ModelProto:
        shapes = self.shapes()
        carried = self.carried()

        def described(names: list[str]) -> list[onnx.ValueInfoProto]:
            return [helper.make_tensor_value_info(n, TensorProto.FLOAT, shapes[n]) for n in names]

        graph = helper.make_graph(
            nodes, "layer",
            described(["x", *(a for a, _ in carried)]), described(["y", *(b for _, b in carried)]),
            weights,
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
        )

    def bind(self) -> None:
        """Two sets of state buffers, read and written in turn, and a binding for each way."""
        shapes = self.shapes()

        def buffer(array: np.ndarray) -> onnxruntime.OrtValue:
            return onnxruntime.OrtValue.ortvalue_from_numpy(array)

        # A buffer of its own, which `outputs` may write to.
        self.entering = buffer(self.x.copy())
        self.y = buffer(np.zeros(shapes["y"], np.float32))
        sides = [
            {a: buffer(np.zeros(shapes[a], np.float32)) for a, _ in self.carried()} for _ in range(2)
        ]
        self.bindings = []
        for read, written in (sides, sides[::-1]):
            binding = self.session.io_binding()
            binding.bind_ortvalue_input("x", self.entering)
            binding.bind_ortvalue_output("y", self.y)
            for a, b in self.carried():
                binding.bind_ortvalue_input(a, read[a])
                binding.bind_ortvalue_output(b, written[a])
            self.bindings.append(binding)
        self.calls = 0

    def steps(self, count: int) -> None:
        """`count` calls, each from the state of the last."""
        for _ in range(count):
            self.session.run_with_iobinding(self.bindings[self.calls % 2])
            self.calls += 1

    def outputs(self, x: np.ndarray) -> np.ndarray:
        """y [rows, D·H] of an input of as many steps as a call has, or of a multiple of
        them; of a new layer, from a zero state. The buffers then hold the first call's
        input again."""
        steps, rows = len(self.x), []
        for start in range(0, len(x), steps):
            self.entering.update_inplace(np.ascontiguousarray(x[start:start + steps]))
            self.steps(1)
            rows.append(self.y.numpy().reshape(-1, self.shapes()["y"][2]).copy())
        self.entering.update_inplace(self.x)
        return np.concatenate(rows)

    def times(self, repeats: int) -> list[float]:
        """Milliseconds a call."""
        return timed(lambda: self.steps(1), repeats)

    def step_times(self, repeats: int) -> list[float]:
        """Milliseconds a call, many timed together."""
        return timed(lambda: self.steps(STREAM_BLOCK), repeats, STREAM_BLOCK)
