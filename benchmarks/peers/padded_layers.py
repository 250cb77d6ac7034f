"""Recurrent layers over sequences of unequal lengths, padded: PyTorch's fastest on a CPU."""

from __future__ import annotations

import argparse

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

import training


class PaddedLayers(nn.Module):
    """What `torch.nn.LSTM` and its like compute of packed sequences, with as many parameters.

    The backward pass of a packed sequence fills a gradient of all rows with zeros at each step; of
    padded ones oneDNN computes a whole layer in one call. The second direction reads each sequence
    from its own end, so padding changes no result.
    """

    def __init__(
        self, options: argparse.Namespace, input_size: int, hidden_size: int, bidirectional: bool
    ) -> None:
        super().__init__()
        directions = 2 if bidirectional else 1
        one_layer = argparse.Namespace(**{**vars(options), "layers": 1})
        sizes = [input_size, *[directions * hidden_size] * (options.layers - 1)]
        self.layers = nn.ModuleList(
            nn.ModuleList(
                training.recurrent_layers(one_layer, size, hidden_size) for _ in range(directions))
            for size in sizes
        )
        self.dropout = nn.Dropout(options.dropout)

    def forward(self, batch: PackedSequence) -> tuple[PackedSequence, Tensor]:
        """The top layer's states, and those after the last step, [directions, sequences, …]."""
        active = batch.batch_sizes.unsqueeze(1)
        step, sequence = torch.arange(len(active)).unsqueeze(1), torch.arange(int(active[0]))
        is_row = sequence < active
        lengths = is_row.sum(0)
        backward = torch.where(is_row, lengths - 1 - step, step)
        # Of each place of the padded batch its packed row, read from either end; the inverse.
        row = (active.cumsum(0) - active + sequence).where(is_row, 0)
        rows = [row, row.gather(0, backward)]
        places = [(t * len(sequence) + sequence)[is_row] for t in (step, backward)]
        ends = (lengths - 1) * len(sequence) + sequence
        data = batch.data
        for number, layer in enumerate(self.layers):
            x = self.dropout(data) if number else data
            states = [
                rnn(x[read])[0].flatten(0, 1) for rnn, read in zip(layer, rows)
            ]
            data = torch.cat([own[place] for own, place in zip(states, places)], dim=1)
        return PackedSequence(data, batch.batch_sizes), torch.stack([own[ends] for own in states])
