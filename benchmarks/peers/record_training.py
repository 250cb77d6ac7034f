"""Training on records of unequal lengths, in batches of like lengths."""

from __future__ import annotations

import argparse
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

import record_order
import training
from training import Progress


class RecordTask(ABC):
    """A model and its records; a task says what the loss of a batch is."""

    name: str
    model: nn.Module
    vocabulary_size: int

    def __init__(self, options: argparse.Namespace, lengths: Sequence[int]) -> None:
        """`lengths` are those of the training records."""
        self.options, self.lengths = options, lengths
        self.epoch = 0

    @abstractmethod
    def loss(self, chosen: list[int]) -> tuple[Tensor, int, int]:
        """Of training records, the longest first: the mean loss, of how many targets it is the
        mean, and how many tokens were read."""

    @abstractmethod
    def validate(self) -> dict[str, float]: ...

    def train_epoch(self, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
        """One pass over the records. Making a batch is part of a training step."""
        options = self.options
        self.model.train()
        batches = record_order.batches_of_epoch(
            self.lengths, options.batch_size, options.seed, self.epoch)
        self.epoch += 1
        if options.max_steps:
            batches = batches[: options.max_steps - progress.steps]
        loss_sum, epoch_targets = 0.0, 0
        started = time.perf_counter()
        for chosen in batches:
            loss, targets, tokens = self.loss(chosen)
            training.update(options, self.model, optimizer, loss)
            loss_sum += loss.item() * targets
            epoch_targets += targets
            progress.tokens += tokens
            progress.steps += 1
        progress.training_seconds += time.perf_counter() - started
        progress.train_loss = loss_sum / max(epoch_targets, 1)


def like(batch: PackedSequence, data: Tensor) -> PackedSequence:
    """Other data for the rows of a batch that is sorted by length."""
    return PackedSequence(data, batch.batch_sizes)


def final_hidden(state: Tensor | tuple[Tensor, Tensor], directions: int) -> Tensor:
    """The last layer's hidden states after the last step, of all directions, [sequences, …]."""
    hidden = state[0] if isinstance(state, tuple) else state
    return torch.cat(tuple(hidden[-directions:]), dim=1)
