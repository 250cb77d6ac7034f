"""A layer of torch.nn.RNN, GRU or LSTM: what it computes and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from layer_tensors import Tensors
from timing import STREAM_BLOCK, timed


def rows_of(batch: Tensor | PackedSequence) -> Tensor:
    """[T, B, N] or packed → [rows, N]: the steps one after another."""
    return batch.data if isinstance(batch, PackedSequence) else batch.flatten(0, 1)


def packed(rows: Tensor, lengths: np.ndarray) -> PackedSequence:
    """Rows [sum of lengths, I], steps one after another, of sequences of descending lengths."""
    sizes = [int((lengths > step).sum()) for step in range(int(lengths[0]))]
    return PackedSequence(rows, torch.tensor(sizes))


@dataclass
class TorchLayer:
    """The layer and its input: x [T, B, I] or packed; of a stream [steps, 1, I]."""

    layer: nn.RNNBase
    x: Tensor | PackedSequence

    @staticmethod
    def version() -> str:
        return torch.__version__

    @torch.inference_mode()
    def outputs(self) -> Tensors:
        """y [rows, D·H] from a zero state."""
        return {"y": rows_of(self.layer(self.x)[0]).numpy()}

    @torch.inference_mode()
    def stream_outputs(self) -> Tensors:
        """y [steps, H], one step after another from a zero state."""
        state, rows = None, []
        for step in self.x:
            y, state = self.layer(step.unsqueeze(0), state)
            rows.append(y.flatten(0, 1))
        return {"y": torch.cat(rows).numpy()}

    def outputs_and_gradients(self) -> Tensors:
        """y as `outputs`, and the gradients of its sum for the input and every parameter."""
        x = self.leaf()
        y = self.train_step(x)
        gradients = {f"grad.rnn.{name}": p.grad for name, p in self.layer.named_parameters()}
        gradients["grad.x"] = (x.data if isinstance(x, PackedSequence) else x).grad
        return {
            "y": y.detach().numpy(),
            **{
                name: (gradient.flatten(0, 1) if gradient.dim() == 3 else gradient).numpy()
                for name, gradient in gradients.items()
            },
        }

    def leaf(self) -> Tensor | PackedSequence:
        """The input, asking for its own gradient."""
        if isinstance(self.x, PackedSequence):
            return self.x._replace(data=self.x.data.detach().requires_grad_())
        return self.x.detach().requires_grad_()

    def train_step(self, x: Tensor | PackedSequence) -> Tensor:
        """One forward and backward pass; gradients are made anew, not added up."""
        self.layer.zero_grad(set_to_none=True)
        (x.data if isinstance(x, PackedSequence) else x).grad = None
        y = rows_of(self.layer(x)[0])
        y.sum().backward()
        return y

    def time_training(self, repeats: int) -> list[float]:
        x = self.leaf()
        return timed(lambda: self.train_step(x), repeats)

    @torch.inference_mode()
    def time_forward(self, repeats: int) -> list[float]:
        return timed(lambda: self.layer(self.x), repeats)

    @torch.inference_mode()
    def time_stream(self, repeats: int) -> list[float]:
        """Milliseconds a step, each from the state of the last, all with the first input."""
        x, state = self.x[:1], None

        def block() -> None:
            nonlocal state
            for _ in range(STREAM_BLOCK):
                state = self.layer(x, state)[1]

        return timed(block, repeats, STREAM_BLOCK)
