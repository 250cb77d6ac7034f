"""The order in which SeqNet takes records, drawn with its random numbers, so that both sides
train on the same batches: the split into parts, and batches of like lengths."""

from __future__ import annotations

from collections.abc import Iterator, MutableSequence, Sequence

import numpy as np

# Purposes of random streams, in their upper byte.
ORDER_STREAM, SPLIT_STREAM = 4 << 56, 5 << 56
# Batches that are sorted by length together.
POOL_BATCHES = 50
# Blocks of random bits that are computed together.
BLOCKS = 4096
LOW_HALF = np.uint64(0xFFFFFFFF)
HALF_BITS = np.uint64(32)


def philox_blocks(seed: int, stream: int, first: int, count: int) -> np.ndarray:
    """Blocks of Philox 4x32-10 (Salmon et al. 2011) as numbers of 64 bits, two a block."""
    index = np.arange(first, first + count, dtype=np.uint64)
    c0, c1 = index & LOW_HALF, index >> HALF_BITS
    c2 = np.full_like(index, stream & 0xFFFFFFFF)
    c3 = np.full_like(index, stream >> 32)
    key0, key1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        product0, product1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0 = (product1 >> HALF_BITS) ^ c1 ^ np.uint64(key0)
        c1 = product1 & LOW_HALF
        c2 = (product0 >> HALF_BITS) ^ c3 ^ np.uint64(key1)
        c3 = product0 & LOW_HALF
        key0, key1 = (key0 + 0x9E3779B9) & 0xFFFFFFFF, (key1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack((c1 << HALF_BITS | c0, c3 << HALF_BITS | c2), axis=1).ravel()


def random_bits(seed: int, stream: int) -> Iterator[int]:
    """The numbers of 64 bits of a stream."""
    first = 0
    while True:
        yield from philox_blocks(seed, stream, first, BLOCKS).tolist()
        first += BLOCKS


def below(bound: int, bits: Iterator[int]) -> int:
    """An integer in 0 … bound-1, each equally likely (Lemire 2019)."""
    product = bound * next(bits)
    while product % 2**64 < 2**64 % bound:
        product = bound * next(bits)
    return product >> 64


def shuffle(elements: MutableSequence, bits: Iterator[int]) -> None:
    """Fisher and Yates, from the end."""
    for last in range(len(elements) - 1, 0, -1):
        other = below(last + 1, bits)
        elements[last], elements[other] = elements[other], elements[last]


def split(records: Sequence, shares: str, seed: int) -> tuple[list, list]:
    """The training and the validation part of shuffled records, by shares such as 0.8,0.1,0.1."""
    numbers = [float(share) for share in shares.split(",")]
    if len(numbers) not in (2, 3) or min(numbers) < 0 or sum(numbers) > 1 + 1e-9:
        raise SystemExit(f"--split {shares}: give two or three shares that sum to at most 1")
    shuffled = list(records)
    shuffle(shuffled, random_bits(seed, SPLIT_STREAM))
    train_end = int(len(shuffled) * numbers[0] + 1e-6)
    valid_end = int(len(shuffled) * (numbers[0] + numbers[1]) + 1e-6)
    return shuffled[:train_end], shuffled[train_end:valid_end]


def sorted_batches(records: Sequence[int], lengths: Sequence[int], size: int) -> list[list[int]]:
    """Batches of records, the longest first throughout."""
    order = sorted(records, key=lambda record: (-lengths[record], record))
    return [order[start : start + size] for start in range(0, len(order), size)]


def batches_of_epoch(
    lengths: Sequence[int], batch_size: int, seed: int, epoch: int
) -> list[list[int]]:
    """Batches of like lengths, the longest record first in each: pools of shuffled records are
    sorted and cut, and the batches of all pools are shuffled. Epochs count from 0."""
    bits = random_bits(seed, ORDER_STREAM | epoch)
    order = list(range(len(lengths)))
    shuffle(order, bits)
    batches: list[list[int]] = []
    pool = POOL_BATCHES * batch_size
    for start in range(0, len(order), pool):
        batches += sorted_batches(order[start : start + pool], lengths, batch_size)
    shuffle(batches, bits)
    return batches
