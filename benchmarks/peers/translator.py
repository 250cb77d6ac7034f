"""Trains a translator with PyTorch as `seqnet train translate` does.

Prints one JSON object on stdout with the keys of `seqnet train translate --json`; tokens are
those of the targets. B is the batch size, S and T the greatest lengths of its sources and
targets, H the hidden size.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_packed_sequence, pad_sequence

import record_order
import texts
import training
from record_training import RecordTask, like
from training import State

DEFAULT_FOLDER = Path(__file__).parents[3] / "shared/data/eng-fra"
# Pairs of one forward pass in a validation.
VALIDATION_BATCH = 64
# The number of <eos>, which a target also begins after.
START = 1
# Where a target has ended.
NO_TARGET = -100


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = training.argument_parser(__doc__.splitlines()[0])
    parser.set_defaults(cell="gru", embedding_size=256, batch_size=64)
    texts.add_word_options(parser)
    add = parser.add_argument
    add("--train", type=Path, default=DEFAULT_FOLDER / "train.tsv", metavar="FILE",
        help="source TAB target")
    add("--valid", type=Path, default=DEFAULT_FOLDER / "valid.tsv", metavar="FILE",
        help="source TAB target")
    add("--bidirectional", action="store_true",
        help="run the encoder both ways, each with half the hidden size")
    add("--attention", choices=("none", "dot", "general", "additive"), default="dot",
        help="how the decoder looks at the source")
    add("--input-feeding", action="store_true",
        help="let each step read what the step before predicted its token by")
    options = parser.parse_args(arguments)
    if options.input_feeding and options.attention == "none":
        parser.error("--input-feeding needs an attention")
    return options


@dataclass(frozen=True)
class Part:
    """Sentence pairs as word numbers, <eos> included."""

    sources: list[Tensor]
    targets: list[Tensor]


@dataclass(frozen=True)
class Batch:
    """Pairs by the length of the source, the longest first."""

    sources: PackedSequence
    # [T, B]: what the decoder reads, and what it is to predict, NO_TARGET behind the end.
    inputs: Tensor
    targets: Tensor


def batch_of(part: Part, chosen: Sequence[int]) -> Batch:
    chosen = sorted(chosen, key=lambda pair: (-len(part.sources[pair]), pair))
    targets = pad_sequence([part.targets[pair] for pair in chosen], padding_value=NO_TARGET)
    inputs = targets.roll(1, 0)
    inputs[0] = START
    return Batch(
        pack_sequence([part.sources[pair] for pair in chosen]), inputs.clamp_(min=0), targets)


class Attention(nn.Module):
    """Scores of Luong et al. 2015 (dot, general) or Bahdanau et al. 2015 (additive), and
    a = tanh(W [c; h] + b) of the context c and the decoder's state h."""

    def __init__(self, kind: str, size: int) -> None:
        super().__init__()
        self.kind = kind
        if kind != "dot":
            self.key = nn.Linear(size, size, bias=False)
        if kind == "additive":
            self.query = nn.Linear(size, size)
            self.score = nn.Parameter(torch.empty(size).uniform_(-(size**-0.5), size**-0.5))
        self.combination = nn.Linear(2 * size, size)

    def keys(self, memory: PackedSequence) -> Tensor:
        """[B, S, H], once for all steps."""
        projected = memory if self.kind == "dot" else like(memory, self.key(memory.data))
        return pad_packed_sequence(projected, batch_first=True)[0]

    def forward(self, h: Tensor, keys: Tensor, values: Tensor, is_over: Tensor) -> Tensor:
        """h [B, T, H], values [B, S, H], is_over [B, 1, S] → a [B, T, H]."""
        if self.kind == "additive":
            scores = torch.tanh(self.query(h).unsqueeze(2) + keys.unsqueeze(1)) @ self.score
        else:
            scores = h @ keys.transpose(1, 2)
        context = scores.masked_fill(is_over, float("-inf")).softmax(2) @ values
        return torch.tanh(self.combination(torch.cat((context, h), dim=2)))


class Translator(nn.Module):
    """Encoder on packed sequences, bridge, decoder with attention, linear output."""

    def __init__(self, options: argparse.Namespace, sources: int, targets: int) -> None:
        super().__init__()
        size, width = options.hidden_size, options.embedding_size
        self.layers, self.has_cell = options.layers, options.cell == "lstm"
        self.feeds_input = options.input_feeding
        self.source_embedding = nn.Embedding(sources, width)
        self.encoder = training.recurrent_layers(
            options, width, size // 2 if options.bidirectional else size, options.bidirectional)
        self.hidden_bridge, self.cell_bridge = (
            nn.ModuleList(nn.Linear(size, size) for _ in range(options.layers if is_used else 0))
            for is_used in (True, self.has_cell)
        )
        self.target_embedding = nn.Embedding(targets, width)
        self.decoder = training.recurrent_layers(
            options, width + (size if self.feeds_input else 0), size)
        self.attention = (
            None if options.attention == "none" else Attention(options.attention, size))
        self.output = nn.Linear(size, targets)
        self.dropout = nn.Dropout(options.dropout)

    def bridged(self, final: State) -> State:
        """The decoder's initial states [layers, B, H] of the encoder's final ones."""
        def layers(states: Tensor, bridge: nn.ModuleList) -> Tensor:
            directions = len(states) // self.layers
            joined = states.unflatten(0, (self.layers, directions)).transpose(1, 2).flatten(2)
            return torch.stack([linear(layer) for linear, layer in zip(bridge, joined)])

        if isinstance(final, tuple):
            return (torch.tanh(layers(final[0], self.hidden_bridge)),
                    layers(final[1], self.cell_bridge))
        return torch.tanh(layers(final, self.hidden_bridge))

    def forward(self, batch: Batch) -> Tensor:
        """The logits of the target tokens, [tokens, words], step by step as in the batch."""
        x = self.dropout(self.source_embedding(batch.sources.data))
        memory, final = self.encoder(like(batch.sources, x))
        state = self.bridged(final)
        x = self.dropout(self.target_embedding(batch.inputs))
        if self.attention is None:
            a = self.decoder(x, state)[0]
        else:
            values, lengths = pad_packed_sequence(memory, batch_first=True)
            is_over = (torch.arange(values.shape[1]) >= lengths.unsqueeze(1)).unsqueeze(1)
            memory = (self.attention.keys(memory), values, is_over)
            a = self.fed(x, state, memory) if self.feeds_input else self.attended(x, state, memory)
        return self.output(self.dropout(a[batch.targets != NO_TARGET]))

    def attended(self, x: Tensor, state: State, memory: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        h = self.decoder(x, state)[0].transpose(0, 1)
        return self.attention(h, *memory).transpose(0, 1)

    def fed(self, x: Tensor, state: State, memory: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The same step by step, each of which also reads a of the one before."""
        a = torch.zeros(1, x.shape[1], self.output.in_features)
        outputs = []
        for step in x.split(1):
            h, state = self.decoder(torch.cat((step, a), dim=2), state)
            a = self.attention(h.transpose(0, 1), *memory).transpose(0, 1)
            outputs.append(a)
        return torch.cat(outputs)


class TranslatorTask(RecordTask):
    name = "translate"

    def __init__(self, options: argparse.Namespace) -> None:
        splitter = texts.WordSplitter(options)

        def pairs(path: Path) -> list[list[list[str]]]:
            lines = texts.read_normalised(path.read_bytes()).rstrip("\n").split("\n")
            return [[[*splitter.words(side), texts.END_OF_SENTENCE] for side in line.split("\t")]
                    for line in lines]

        train = pairs(options.train)
        numbers = [
            texts.numbered((word for pair in train for word in pair[side]), options.min_count)
            for side in (0, 1)
        ]

        def part(pairs: list[list[list[str]]]) -> Part:
            return Part(*(
                [torch.tensor([number.get(word, 0) for word in pair[side]]) for pair in pairs]
                for side, number in enumerate(numbers)
            ))

        self.train, self.valid = part(train), part(pairs(options.valid))
        super().__init__(
            options, [len(s) + len(t) for s, t in zip(self.train.sources, self.train.targets)])
        self.vocabulary_size = len(numbers[1])
        self.model = Translator(options, len(numbers[0]), len(numbers[1]))

    def loss_of(self, batch: Batch, reduction: str) -> tuple[Tensor, int]:
        targets = batch.targets[batch.targets != NO_TARGET]
        loss = functional.cross_entropy(self.model(batch), targets, reduction=reduction)
        return loss, len(targets)

    def loss(self, chosen: list[int]) -> tuple[Tensor, int, int]:
        loss, targets = self.loss_of(batch_of(self.train, chosen), "mean")
        return loss, targets, targets

    @torch.inference_mode()
    def validate(self) -> dict[str, float]:
        self.model.eval()
        lengths = [len(target) for target in self.valid.targets]
        loss = sum(
            self.loss_of(batch_of(self.valid, chosen), "sum")[0].item()
            for chosen in record_order.sorted_batches(range(len(lengths)), lengths, VALIDATION_BATCH)
        )
        return {"loss": loss / sum(lengths)}


def main() -> None:
    options = parse_arguments()
    training.prepare(options)
    training.run(options, TranslatorTask(options), STARTED)


if __name__ == "__main__":
    main()
