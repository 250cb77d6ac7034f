"""The order of records, which is that of Sources/SeqNet; skipped without NumPy."""

from __future__ import annotations

import sys
import unittest
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))

try:
    import record_order
except ImportError:
    raise unittest.SkipTest("NumPy is not installed: benchmarks/README.md says how")


class RecordOrderTests(unittest.TestCase):
    def test_draws_are_those_of_seqnet(self) -> None:
        # The values of Tests/SeqNetTests/Core/RandomTests.swift.
        bits = record_order.random_bits(1, 2)
        self.assertEqual(
            [record_order.below(100, bits) for _ in range(8)], [55, 3, 85, 5, 35, 49, 39, 74])
        self.assertEqual((next(bits) >> 11) * 2.0**-53, 0.20003296384656954)
        next(bits)
        order = list(range(10))
        record_order.shuffle(order, bits)
        self.assertEqual(order, [9, 5, 7, 2, 0, 8, 1, 4, 3, 6])

    def test_numbers_go_on_after_a_chunk(self) -> None:
        bits = record_order.random_bits(7, 9)
        later = list(islice(bits, 2 * record_order.BLOCKS - 2, 2 * record_order.BLOCKS + 2))
        blocks = record_order.philox_blocks(7, 9, record_order.BLOCKS - 1, 2)
        self.assertEqual(later, blocks.tolist())

    def test_every_record_is_in_one_part(self) -> None:
        train, valid = record_order.split(range(10), "0.7,0.3", seed=1)
        self.assertEqual((len(train), len(valid)), (7, 3))
        self.assertEqual(sorted(train + valid), list(range(10)))
        with self.assertRaisesRegex(SystemExit, "at most 1"):
            record_order.split(range(10), "8,1", seed=1)

    def test_a_batch_has_like_lengths_the_longest_first(self) -> None:
        lengths = [1 + record * 17 % 40 for record in range(1003)]
        batches = record_order.batches_of_epoch(lengths, 8, seed=3, epoch=0)
        self.assertEqual(sorted(sum(batches, [])), list(range(1003)))
        self.assertEqual([len(batch) for batch in batches if len(batch) != 8], [3])
        for batch in batches:
            own = [lengths[record] for record in batch]
            self.assertEqual(own, sorted(own, reverse=True))
        self.assertNotEqual(batches, record_order.batches_of_epoch(lengths, 8, seed=3, epoch=1))

    def test_equal_lengths_keep_their_order(self) -> None:
        self.assertEqual(record_order.sorted_batches(range(3), [2, 5, 2], 10), [[1, 0, 2]])


if __name__ == "__main__":
    unittest.main()
