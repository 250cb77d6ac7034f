"""Trains a tagger of words with PyTorch as `seqnet train tag` does.

Prints one JSON object on stdout with the keys of `seqnet train tag --json`.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_sequence

import record_order
import texts
import training
from record_training import RecordTask, final_hidden, like

DEFAULT_FOLDER = Path(__file__).parents[3] / "shared/data/ud-english-ewt"
CONLLU_COLUMNS = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC".split()
# Sentences of one forward pass in a validation.
VALIDATION_BATCH = 32
# Of a longer word the first and last letters are read, half of each.
MOST_LETTERS = 64
# Words that occur in training no more often than this are rare.
RARE_COUNT = 3

Sentence = tuple[list[str], list[str]]


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = training.argument_parser(__doc__.splitlines()[0])
    parser.set_defaults(hidden_size=200, embedding_size=100)
    add = parser.add_argument
    add("--train", type=Path, default=DEFAULT_FOLDER / "en_ewt-ud-train.conllu.gz", metavar="FILE",
        help="CoNLL-U, as it is or compressed by gzip")
    add("--valid", type=Path, default=DEFAULT_FOLDER / "en_ewt-ud-dev.conllu", metavar="FILE",
        help="CoNLL-U, as it is or compressed by gzip")
    add("--column", choices=CONLLU_COLUMNS, default="UPOS", help="that of the tags")
    add("--min-count", type=int, default=2, help="occurrences below which a word or letter is <unk>")
    add("--lowercase-words", action="store_true", help="look words, not letters, up in lower case")
    add("--word-dropout", type=float, default=0.0,
        help="probability that a rare word is taken for <unk> in training")
    add("--character-lstm", action="store_true", help="read the letters of each word")
    add("--character-embedding-size", type=int, default=30, help="width of a letter's embedding")
    add("--character-hidden-size", type=int, default=50, help="units of each direction over letters")
    add("--bidirectional", action="store_true", help="run every layer both ways")
    return parser.parse_args(arguments)


def read_sentences(path: Path, column: str) -> list[Sentence]:
    """Words and tags; ranges such as 8-9 and empty nodes such as 8.1 are no words."""
    tag = CONLLU_COLUMNS.index(column)
    sentences = []
    for block in texts.read_normalised(texts.read_bytes(path)).split("\n\n"):
        lines = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        lines = [fields for fields in lines if fields[0].isdigit()]
        if lines:
            sentences.append(([fields[1] for fields in lines], [fields[tag] for fields in lines]))
    return sentences


@dataclass(frozen=True)
class Part:
    """Sentences, each as places in a table of the different words, with the words' tags."""

    words: list[Tensor]
    tags: list[Tensor]
    # Of each different word: its number, its letters [words, most letters], how many they are.
    numbers: Tensor
    letters: Tensor
    letter_counts: Tensor

    @property
    def lengths(self) -> list[int]:
        return [len(words) for words in self.words]


@dataclass(frozen=True)
class Batch:
    """Sentences, the longest first, and the different words among them."""

    # The number of each row's word.
    words: PackedSequence
    # A sequence for each different word, the longest first, and which one each row has.
    letters: PackedSequence
    word_of_row: Tensor


class Encoder:
    """Numbers of words, letters and tags, those of the training sentences."""

    def __init__(self, sentences: list[Sentence], options: argparse.Namespace) -> None:
        self.lowercase = options.lowercase_words
        words = [word for words, _ in sentences for word in words]
        self.words = texts.numbered(map(self.looked_up, words), options.min_count)
        self.letters = texts.numbered(
            (letter for word in words for letter in word), options.min_count, (texts.UNKNOWN, "\n"))
        names = sorted({tag for _, tags in sentences for tag in tags})
        self.tags = {name: index for index, name in enumerate(names)}
        counts = Counter(self.words.get(self.looked_up(word), 0) for word in words)
        self.is_rare = torch.tensor([counts[n] <= RARE_COUNT for n in range(len(self.words))])

    def looked_up(self, word: str) -> str:
        return word.lower() if self.lowercase else word

    def letters_of(self, word: str) -> Tensor:
        if len(word) > MOST_LETTERS:
            word = word[: MOST_LETTERS // 2] + word[-MOST_LETTERS // 2 :]
        return torch.tensor([self.letters.get(letter, 0) for letter in word], dtype=torch.int32)

    def part(self, sentences: list[Sentence]) -> Part:
        """A tag that is not known has the number of none, -1."""
        places: dict[str, int] = {}
        words = [torch.tensor([places.setdefault(word, len(places)) for word in words])
                 for words, _ in sentences]
        tags = [torch.tensor([self.tags.get(tag, -1) for tag in tags]) for _, tags in sentences]
        letters = [self.letters_of(word) for word in places]
        return Part(
            words, tags, torch.tensor([self.words.get(self.looked_up(word), 0) for word in places]),
            pad_sequence(letters, batch_first=True), torch.tensor([len(row) for row in letters]),
        )


def batch_of(part: Part, chosen: list[int]) -> Batch:
    places = pack_sequence([part.words[sentence] for sentence in chosen])
    different, word_of_row = torch.unique(places.data, return_inverse=True)
    counts, order = part.letter_counts[different].sort(descending=True, stable=True)
    rank = torch.empty_like(order)
    rank[order] = torch.arange(len(order))
    letters = part.letters[different[order], : int(counts[0])]
    return Batch(
        like(places, part.numbers[places.data]),
        pack_padded_sequence(letters, counts, batch_first=True), rank[word_of_row],
    )


class Tagger(nn.Module):
    """A word's embedding, joined with the last states of an LSTM that reads its letters both
    ways → recurrent layers on packed sequences → linear output."""

    def __init__(self, options: argparse.Namespace, encoder: Encoder) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(encoder.words), options.embedding_size)
        size = options.embedding_size
        self.reads_letters = options.character_lstm
        if self.reads_letters:
            width, hidden = options.character_embedding_size, options.character_hidden_size
            self.character_embedding = nn.Embedding(len(encoder.letters), width)
            self.character_rnn = nn.LSTM(width, hidden, bidirectional=True)
            size += 2 * hidden
        self.rnn = training.recurrent_layers(
            options, size, options.hidden_size, options.bidirectional)
        directions = 2 if options.bidirectional else 1
        self.output = nn.Linear(directions * options.hidden_size, len(encoder.tags))
        self.dropout = nn.Dropout(options.dropout)

    def forward(self, batch: Batch) -> Tensor:
        """Logits, [rows, tags]."""
        x = self.embedding(batch.words.data)
        if self.reads_letters:
            letters = like(batch.letters, self.character_embedding(batch.letters.data))
            words = final_hidden(self.character_rnn(letters)[1], directions=2)
            x = torch.cat((x, words[batch.word_of_row]), dim=1)
        states, _ = self.rnn(like(batch.words, self.dropout(x)))
        return self.output(self.dropout(states.data))


class TaggerTask(RecordTask):
    name = "tag"

    def __init__(self, options: argparse.Namespace) -> None:
        sentences = read_sentences(options.train, options.column)
        self.encoder = Encoder(sentences, options)
        self.train = self.encoder.part(sentences)
        self.valid = self.encoder.part(read_sentences(options.valid, options.column))
        super().__init__(options, self.train.lengths)
        self.vocabulary_size = len(self.encoder.words)
        self.model = Tagger(options, self.encoder)

    def loss(self, chosen: list[int]) -> tuple[Tensor, int, int]:
        batch = batch_of(self.train, chosen)
        words = batch.words.data
        if self.options.word_dropout > 0:
            is_dropped = torch.rand(len(words)) < self.options.word_dropout
            words.masked_fill_(self.encoder.is_rare[words] & is_dropped, 0)
        tags = pack_sequence([self.train.tags[sentence] for sentence in chosen]).data
        return functional.cross_entropy(self.model(batch), tags), len(tags), len(tags)

    @torch.inference_mode()
    def validate(self) -> dict[str, float]:
        """Accuracy over all words, the loss over those whose tags are known."""
        self.model.eval()
        part = self.valid
        loss, right, known = 0.0, 0, 0
        for chosen in record_order.sorted_batches(
            range(len(part.words)), part.lengths, VALIDATION_BATCH
        ):
            logits = self.model(batch_of(part, chosen))
            tags = pack_sequence([part.tags[sentence] for sentence in chosen]).data
            loss += functional.cross_entropy(logits, tags, ignore_index=-1, reduction="sum").item()
            right += int((logits.argmax(1) == tags).sum())
            known += int((tags >= 0).sum())
        return {"accuracy": right / sum(part.lengths), "loss": loss / known}


def main() -> None:
    options = parse_arguments()
    training.prepare(options)
    training.run(options, TaggerTask(options), STARTED)


if __name__ == "__main__":
    main()
