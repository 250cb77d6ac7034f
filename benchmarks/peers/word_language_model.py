"""Trains a word language model with PyTorch as `seqnet train lm --tokens words` does.

Prints one JSON object on stdout with the keys of `seqnet train lm --json`.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import argparse
import gzip
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import language_model
import texts
from language_model import Text
from texts import END_OF_SENTENCE, UNKNOWN

DEFAULT_FOLDER = Path(__file__).parents[3] / "shared/data/wikitext-2"


def parse_arguments() -> argparse.Namespace:
    parser = language_model.argument_parser(__doc__.splitlines()[0])
    parser.set_defaults(
        hidden_size=200, embedding_size=200, layers=2, batch_size=20, sequence_length=35
    )
    parser.add_argument("--train", type=Path, default=DEFAULT_FOLDER / "train.txt.gz",
                        metavar="FILE", help="UTF-8 text, as it is or compressed by gzip")
    parser.add_argument("--valid", type=Path, default=DEFAULT_FOLDER / "valid.txt",
                        metavar="FILE", help="UTF-8 text, as it is or compressed by gzip")
    return parser.parse_args()


def words(path: Path) -> Iterator[str]:
    """The words of a text, split at white space, with <eos> after each line.
    Reads line by line, so that the text never sets the peak of memory."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as lines:
        for line in lines:
            yield from texts.read_normalised(line).split()
            yield END_OF_SENTENCE


def read_text(train_path: Path, valid_path: Path) -> Text:
    """Words as token numbers; every word of the training text is in the vocabulary."""
    number = {UNKNOWN: 0, END_OF_SENTENCE: 1}
    train = array("i", (number.setdefault(word, len(number)) for word in words(train_path)))
    valid = array("i", (number.get(word, 0) for word in words(valid_path)))
    return Text(
        np.frombuffer(train, np.int32), np.frombuffer(valid, np.int32),
        len(number), number[END_OF_SENTENCE],
    )


def main() -> None:
    options = parse_arguments()
    language_model.run(options, read_text(options.train, options.valid), STARTED)


if __name__ == "__main__":
    main()
