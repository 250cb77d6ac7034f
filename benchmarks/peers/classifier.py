"""Trains a classifier of texts with PyTorch as `seqnet train classify` does.

Prints one JSON object on stdout with the keys of `seqnet train classify --json`.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import argparse
import csv
import io
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_packed_sequence

import record_order
import texts
import training
from padded_layers import PaddedLayers
from record_training import RecordTask, final_hidden, like

DEFAULT_FILE = Path(__file__).parents[3] / "shared/data/clothing-reviews/clothing-reviews.csv.gz"
# Texts of one forward pass in a validation.
VALIDATION_BATCH = 64


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = training.argument_parser(__doc__.splitlines()[0])
    parser.set_defaults(hidden_size=128, embedding_size=100)
    texts.add_word_options(parser)
    add = parser.add_argument
    add("--train", type=Path, default=DEFAULT_FILE, metavar="FILE",
        help="CSV with a header, as it is or compressed by gzip")
    add("--split", default="0.8,0.1,0.1", metavar="A,B,C",
        help="shares of training, validation and test, after a shuffle")
    add("--text-column", default="Review Text", help="by name")
    add("--label-column", default="Rating", help="by name")
    add("--bidirectional", action="store_true", help="run every layer both ways")
    add("--padded", action="store_true", help="pad the sequences instead of packing them")
    add("--pooling", choices=("last", "mean", "max", "attention"), default="max",
        help="how the states of a text become one vector")
    add("--class-weights", action="store_true", help="let every label count alike")
    return parser.parse_args(arguments)


@dataclass(frozen=True)
class Part:
    """Texts, none of them empty, as word numbers, and the number of each one's label."""

    texts: list[Tensor]
    labels: Tensor

    @property
    def lengths(self) -> list[int]:
        return [len(text) for text in self.texts]


@dataclass(frozen=True)
class Corpus:
    train: Part
    valid: Part
    vocabulary_size: int
    label_count: int


def read_corpus(options: argparse.Namespace) -> Corpus:
    """Texts with their labels; records without text are left out."""
    lines = io.StringIO(texts.read_bytes(options.train).decode("utf-8-sig"), newline="")
    splitter = texts.WordSplitter(options)
    records = [
        (splitter.words(record[options.text_column]), record[options.label_column])
        for record in csv.DictReader(lines, strict=True)
    ]
    train, valid = record_order.split(records, options.split, options.seed)
    number = texts.numbered((word for words, _ in train for word in words), options.min_count)
    labels = {label: index for index, label in enumerate(sorted({label for _, label in train}))}

    def encoded(part: list[tuple[list[str], str]]) -> Part:
        kept = [(words, label) for words, label in part if words]
        return Part(
            [torch.tensor([number.get(w, 0) for w in words], dtype=torch.int32) for words, _ in kept],
            torch.tensor([labels[label] for _, label in kept]),
        )

    return Corpus(encoded(train), encoded(valid), len(number), len(labels))


class Pooling(nn.Module):
    """One vector of the states of each text."""

    def __init__(self, kind: str, size: int, directions: int) -> None:
        super().__init__()
        self.kind, self.directions = kind, directions
        if kind == "attention":
            self.projection = nn.Linear(size, size)
            self.query = nn.Parameter(torch.empty(size).uniform_(-(size**-0.5), size**-0.5))

    def forward(self, states: PackedSequence, final: Tensor | tuple[Tensor, Tensor]) -> Tensor:
        if self.kind == "last":
            return final_hidden(final, self.directions)
        if self.kind == "max":
            return pad_packed_sequence(states, padding_value=float("-inf"))[0].max(0).values
        padded, lengths = pad_packed_sequence(states)
        if self.kind == "mean":
            return padded.sum(0) / lengths.unsqueeze(1)
        scores = torch.tanh(self.projection(states.data)) @ self.query
        scores, _ = pad_packed_sequence(like(states, scores), padding_value=float("-inf"))
        return torch.einsum("tb,tbh->bh", scores.softmax(0), padded)


class Classifier(nn.Module):
    """Embedding, recurrent layers on packed or padded sequences, pooling, linear output."""

    def __init__(self, options: argparse.Namespace, vocabulary_size: int, labels: int) -> None:
        super().__init__()
        directions = 2 if options.bidirectional else 1
        size = options.hidden_size * directions
        self.embedding = nn.Embedding(vocabulary_size, options.embedding_size)
        layers = PaddedLayers if options.padded else training.recurrent_layers
        self.rnn = layers(
            options, options.embedding_size, options.hidden_size, options.bidirectional)
        self.pooling = Pooling(options.pooling, size, directions)
        self.output = nn.Linear(size, labels)
        self.dropout = nn.Dropout(options.dropout)

    def forward(self, words: PackedSequence) -> Tensor:
        """Logits, [texts, labels]."""
        states, final = self.rnn(like(words, self.dropout(self.embedding(words.data))))
        return self.output(self.dropout(self.pooling(states, final)))


class ClassifierTask(RecordTask):
    name = "classify"

    def __init__(self, options: argparse.Namespace, corpus: Corpus) -> None:
        super().__init__(options, corpus.train.lengths)
        self.corpus = corpus
        self.vocabulary_size = corpus.vocabulary_size
        self.model = Classifier(options, corpus.vocabulary_size, corpus.label_count)
        self.label_weights = None
        if options.class_weights:
            counts = torch.bincount(corpus.train.labels)
            self.label_weights = counts.sum() / (len(counts) * counts)

    def loss(self, chosen: list[int]) -> tuple[Tensor, int, int]:
        words = pack_sequence([self.corpus.train.texts[record] for record in chosen])
        loss = functional.cross_entropy(
            self.model(words), self.corpus.train.labels[chosen], weight=self.label_weights)
        return loss, len(chosen), len(words.data)

    @torch.inference_mode()
    def validate(self) -> dict[str, float]:
        self.model.eval()
        valid = self.corpus.valid
        loss, right = 0.0, 0
        for chosen in record_order.sorted_batches(
            range(len(valid.texts)), valid.lengths, VALIDATION_BATCH
        ):
            logits = self.model(pack_sequence([valid.texts[record] for record in chosen]))
            labels = valid.labels[chosen]
            loss += functional.cross_entropy(logits, labels, reduction="sum").item()
            right += int((logits.argmax(1) == labels).sum())
        return {"accuracy": right / len(valid.texts), "loss": loss / len(valid.texts)}


def main() -> None:
    options = parse_arguments()
    training.prepare(options)
    training.run(options, ClassifierTask(options, read_corpus(options)), STARTED)


if __name__ == "__main__":
    main()
