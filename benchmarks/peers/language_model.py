"""A recurrent language model in PyTorch, trained and measured as `seqnet train lm` is.

The programs `character_language_model.py` and `word_language_model.py` bring the text; the
model, how it reads a text and how it is evaluated are here.

T is the sequence length, B the batch size, V the vocabulary size, H the hidden size.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

import training
from training import Progress, State


@dataclass(frozen=True)
class Text:
    """A training and a validation text as token numbers."""

    train: np.ndarray
    valid: np.ndarray
    vocabulary_size: int
    # The token a text begins after: the input of the very first target.
    begin: int


def argument_parser(description: str) -> argparse.ArgumentParser:
    """The options both programs share; each program sets its own defaults of size."""
    parser = training.argument_parser(description)
    add = parser.add_argument
    add("--tie-weights", action="store_true", help="output weight = embedding weight")
    add("--sequence-length", type=int, default=64, help="steps of truncated BPTT")
    return parser


class LanguageModel(nn.Module):
    """Embedding, recurrent layers, linear output, with PyTorch's default initial weights:
    N(0, 1) for the embedding, which is also the tied output's weight, and uniform in
    ±1/sqrt(H) for everything else."""

    def __init__(self, options: argparse.Namespace, vocabulary_size: int) -> None:
        super().__init__()
        hidden, embedding = options.hidden_size, options.embedding_size
        if options.tie_weights and hidden != embedding:
            raise SystemExit(
                f"--tie-weights: --embedding-size {embedding} and --hidden-size {hidden} differ; "
                "give both the same value"
            )
        self.embedding = nn.Embedding(vocabulary_size, embedding)
        self.rnn = training.recurrent_layers(options, embedding, hidden)
        self.output = nn.Linear(hidden, vocabulary_size)
        self.dropout = nn.Dropout(options.dropout)
        if options.tie_weights:
            self.output.weight = self.embedding.weight

    def forward(self, tokens: Tensor, state: State) -> tuple[Tensor, State]:
        """tokens [T, B] → logits [T·B, V] and the state after the last step."""
        hidden, state = self.rnn(self.dropout(self.embedding(tokens)), state)
        return self.output(self.dropout(hidden).flatten(0, 1)), state


def detached(state: State) -> State:
    """The same state without its history: where truncated BPTT cuts."""
    if state is None:
        return None
    return state.detach() if isinstance(state, Tensor) else (state[0].detach(), state[1].detach())


def streams(tokens: np.ndarray, begin: int, batch_size: int) -> tuple[Tensor, Tensor]:
    """Cuts a text into `batch_size` contiguous streams: inputs and targets [N // B, B].

    Every token is a target, its input is the token before it. The last N mod B tokens
    are left out, so that all streams are equally long.
    """
    length = len(tokens) // batch_size
    if length == 0:
        raise SystemExit(
            f"the training text has {len(tokens)} tokens, too few for --batch-size {batch_size}"
        )
    used = length * batch_size
    before = np.concatenate((np.asarray([begin], tokens.dtype), tokens[: used - 1]))
    inputs, targets = (
        torch.from_numpy(np.ascontiguousarray(row.reshape(batch_size, length).T))
        for row in (before, tokens[:used])
    )
    return inputs, targets


@torch.inference_mode()
def validation_loss(model: LanguageModel, tokens: np.ndarray, chunk: int) -> float:
    """Mean nats a token, the text read as one stream from a zero state, each token but
    the first predicted from all before it; `chunk` tokens are computed at a time."""
    model.eval()
    stream = torch.from_numpy(tokens).unsqueeze(1)
    predicted = len(stream) - 1
    if predicted < 1:
        raise SystemExit("the validation text has fewer than two tokens")
    state: State = None
    total = 0.0
    for start in range(0, predicted, chunk):
        end = min(start + chunk, predicted)
        logits, state = model(stream[start:end], state)
        targets = stream[start + 1 : end + 1, 0].long()
        total += functional.cross_entropy(logits, targets, reduction="sum").item()
    return total / predicted


class LanguageModelTask:
    """A language model and its text."""

    name = "lm"

    def __init__(self, options: argparse.Namespace, text: Text) -> None:
        self.options, self.text = options, text
        self.vocabulary_size = text.vocabulary_size
        self.model = LanguageModel(options, text.vocabulary_size)
        self.inputs, self.targets = streams(text.train, text.begin, options.batch_size)

    def train_epoch(self, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
        """One pass over the streams from a zero state, the state carried from step to step;
        the last step is shorter where T does not divide the length of a stream."""
        options, model = self.options, self.model
        model.train()
        state: State = None
        loss_sum, epoch_tokens = 0.0, 0
        started = time.perf_counter()
        for start in range(0, len(self.inputs), options.sequence_length):
            if options.max_steps and progress.steps >= options.max_steps:
                break
            end = start + options.sequence_length
            target = self.targets[start:end].flatten().long()
            logits, state = model(self.inputs[start:end], detached(state))
            loss = functional.cross_entropy(logits, target)
            training.update(options, model, optimizer, loss)
            loss_sum += loss.item() * len(target)
            epoch_tokens += len(target)
            progress.steps += 1
        progress.training_seconds += time.perf_counter() - started
        progress.tokens += epoch_tokens
        progress.train_loss = loss_sum / max(epoch_tokens, 1)

    def validate(self) -> dict[str, float]:
        # As many tokens at a time as in a training step, so that evaluation never sets the peak.
        chunk = self.options.batch_size * self.options.sequence_length
        loss = validation_loss(self.model, self.text.valid, chunk)
        return {"loss": loss, "perplexity": math.exp(loss)}


def run(options: argparse.Namespace, text: Text, started: float) -> None:
    """Trains and prints; `started` is time.perf_counter() at the start of the program."""
    training.prepare(options)
    training.run(options, LanguageModelTask(options, text), started)
