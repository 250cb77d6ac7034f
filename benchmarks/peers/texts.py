"""Text as SeqNet reads it: decoded, cut into words, and the numbers of its words."""

from __future__ import annotations

import argparse
import gzip
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

UNKNOWN, END_OF_SENTENCE = "<unk>", "<eos>"


def read_normalised(data: bytes) -> str:
    """Decodes a text: UTF-8, no byte order mark, CRLF becomes LF."""
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def read_bytes(path: Path) -> bytes:
    """The content of a file, unpacked if it is compressed by gzip."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def add_word_options(parser: argparse.ArgumentParser) -> None:
    """How a text becomes words, and which of them have a number."""
    add = parser.add_argument
    add("--lowercase", action="store_true", help="lowercase the text")
    add("--split-punctuation", action="store_true", help="make every punctuation mark a word")
    add("--min-count", type=int, default=2, help="occurrences below which a word is <unk>")


class WordSplitter:
    """Cuts a line into words at white space, and at punctuation (the general categories P*)
    if that is asked for."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.lowercase = options.lowercase
        self.apart = {
            code: f" {chr(code)} " for code in range(sys.maxunicode + 1)
            if options.split_punctuation and unicodedata.category(chr(code)).startswith("P")
        }

    def words(self, line: str) -> list[str]:
        line = line.translate(self.apart)
        return (line.lower() if self.lowercase else line).split()


def numbered(
    tokens: Iterable[str], minimum_count: int, special: tuple[str, str] = (UNKNOWN, END_OF_SENTENCE)
) -> dict[str, int]:
    """Numbers of the tokens that are met so often; the special ones come first, and number 0
    is for all others."""
    counts = Counter(tokens)
    often = sorted(
        token for token, count in counts.items() if count >= minimum_count and token not in special
    )
    return {token: number for number, token in enumerate((*special, *often))}
