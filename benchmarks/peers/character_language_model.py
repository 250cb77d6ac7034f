"""Trains a character language model with PyTorch as `seqnet train lm` does.

Prints one JSON object on stdout with the keys of `seqnet train lm --json`.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import argparse
from pathlib import Path

import numpy as np

import language_model
import texts
from language_model import Text

DEFAULT_TEXT = Path(__file__).parents[3] / "shared/data/tinyshakespeare/input.txt"


def parse_arguments() -> argparse.Namespace:
    parser = language_model.argument_parser(__doc__.splitlines()[0])
    parser.add_argument("--train", type=Path, default=DEFAULT_TEXT, metavar="FILE", help="UTF-8 text")
    parser.add_argument("--split", default="0.9,0.05,0.05", metavar="A,B,C",
                        help="shares of training, validation and test, in file order")
    return parser.parse_args()


def cut(text: str, split: str) -> tuple[str, str]:
    """The training and the validation part; a part ends at floor(N · sum of shares)."""
    shares = [float(share) for share in split.split(",")]
    if len(shares) not in (2, 3) or min(shares) <= 0 or sum(shares) > 1 + 1e-9:
        raise SystemExit(f"--split {split}: give two or three positive shares that sum to at most 1")
    train_end = int(len(text) * shares[0] + 1e-6)
    valid_end = int(len(text) * (shares[0] + shares[1]) + 1e-6)
    return text[:train_end], text[train_end:valid_end]


def read_text(path: Path, split: str) -> Text:
    """Unicode scalars as token numbers; the vocabulary is that of the training part,
    with <unk> as token 0 and the newline, which a text begins after, always in it."""
    train, valid = cut(texts.read_normalised(path.read_bytes()), split)
    characters = sorted(set(train) | {"\n"})
    number = {character: index for index, character in enumerate(characters, start=1)}

    def encoded(part: str) -> np.ndarray:
        return np.fromiter((number.get(c, 0) for c in part), np.int32, len(part))

    return Text(encoded(train), encoded(valid), len(characters) + 1, number["\n"])


def main() -> None:
    options = parse_arguments()
    language_model.run(options, read_text(options.train, options.split), STARTED)


if __name__ == "__main__":
    main()
