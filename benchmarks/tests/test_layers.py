"""The sections about layers and products."""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

from contest import suitable_repeats
from layers import bidirectional, instruction_sets, layer, ragged, speed_map
from peer_process import PeerProcess
from setting import CommandFailed
from tests.made_up import MadeUpPrograms


class SectionTests(MadeUpPrograms):
    """Each section with few shapes."""

    def setUp(self) -> None:
        super().setUp()
        for module, name, values in (
            (layer, "SHAPES", ((50, 32, 256, 1),)), (ragged, "WIDTHS", (64,)),
            (bidirectional, "SHAPES", ((50, 32, 128),)), (bidirectional, "MODES", ("train",)),
            (speed_map, "WIDTHS", (32, 64)), (speed_map, "BATCHES", (1, 4)),
            (instruction_sets, "SETS", {"avx2": ((25, 64, 1024, 1),)}),
        ):
            patch = mock.patch.object(module, name, values)
            patch.start()
            self.addCleanup(patch.stop)

    def section(self, name: str, *more: str) -> str:
        """The page after a section is measured in one round."""
        code, _, errors = self.run_compare("--only", name, "--rounds", "1", *more)
        self.assertEqual(code, 0, errors)
        return self.page.read_text()

    def test_sides_take_turns_on_the_same_options(self) -> None:
        self.run_compare("--only", "training", "--rounds", "2")
        first = self.calls[:6]
        self.assertEqual([call[0] for call in first], ["seqnet", "peer"] * 3)
        options = "--mode train --cell lstm --time 50 --batch 32 --input 256 --hidden 256 --layers 1"
        for call in first:
            self.assertIn(f" {options} --threads 2 ", " ".join(call))

    def test_tensors_are_written_once_and_compared_each_time(self) -> None:
        self.run_compare("--only", "training", "--rounds", "2")
        ours, theirs = ([c for c in self.calls[:6] if c[0] == side] for side in ("seqnet", "peer"))
        self.assertEqual(["--save-tensors" in call for call in ours], [True, False, False])
        self.assertTrue(all("--tensors" in call for call in theirs))

    def test_one_peer_process_serves_a_section(self) -> None:
        self.layer_peer('dict(version=str(os.getpid()))')
        names = [line for line in self.section("training").splitlines() if "PyTorch" in line]
        self.assertEqual(names[0].count("PyTorch "), 1)

    def test_repeats_fill_the_time(self) -> None:
        self.run_compare("--only", "training", "--rounds", "1", "--seconds", "0.1")
        ours, theirs = self.calls[2], self.calls[3]
        # A tenth of a second of 1 ms and of 6 ms.
        self.assertEqual(ours[ours.index("--repeats") + 1], "100")
        self.assertEqual(theirs[theirs.index("--repeats") + 1], "10")

    def test_repeats_are_round_and_bounded(self) -> None:
        for milliseconds, repeats in ((1, 500), (1.1, 200), (400, 3), (1e-9, 5000), (-1.0, 5000)):
            with self.subTest(milliseconds):
                self.assertEqual(suitable_repeats(milliseconds, 0.5), repeats)

    def test_the_instruction_rate_is_told(self) -> None:
        self.seqnet("dict(instructions_per_ns=[20.0, 32.0][run % 2])")
        self.assertIn(
            "A core issued 26 (20–32) instructions a nanosecond meanwhile",
            self.section("training", "--rounds", "2"))

    def test_training_shows_ratios_means_and_goals(self) -> None:
        written = self.section("training")
        self.assertIn(
            "| LSTM | 50 | 32 | 256 | 1 | 2.00 | 6.00 | 3.00 | 90 % | ≥ 1, ≥ 80 % | reached |", written)
        self.assertIn("| GRU | 3.00 | ≥ 3 | reached |", written)
        self.assertIn("differ by at most 2e-06 of a tensor's greatest magnitude (allowed: 0.0001)", written)
        self.assertIn("PyTorch 1.2.", written)

    def test_missed_goals_are_shown_and_do_not_fail(self) -> None:
        self.seqnet("dict(median_ms=3.0, fraction_of_peak=0.7)")
        code, _, errors = self.run_compare("--only", "training", "--rounds", "1")
        self.assertEqual(code, 0)
        self.assertIn("missed: train, LSTM 50×32, H 256: 70 %, the goal is ≥ 80 %", errors)
        self.assertIn("missed: train, GRU, geometric mean: 2, the goal is ≥ 3", errors)
        self.assertIn("| GRU | 2.00 | ≥ 3 | missed |", self.page.read_text())

    def test_what_was_measured_before_a_failure_is_kept(self) -> None:
        self.layer_peer("dict() if option['--mode'] == 'train' else sys.exit('no such mode')")
        code, _, errors = self.run_compare("--only", "training", "forward", "--rounds", "1")
        self.assertEqual(code, 1)
        self.assertIn("no such mode", errors)
        written = self.page.read_text()
        self.assertIn("| GRU | 3.00 | ≥ 3 | reached |", written)
        self.assertIn("compare.py --only forward` does it", written)

    def test_different_results_are_not_published(self) -> None:
        for difference in ("2e-4", "float('nan')"):
            with self.subTest(difference):
                self.layer_peer(f"dict(greatest_difference={difference}, differing_tensor='grad.x')")
                code, _, errors = self.run_compare("--only", "training", "--rounds", "1")
                self.assertEqual(code, 1)
                self.assertIn("error: train, LSTM 50×32, H 256: tensor 'grad.x' of PyTorch", errors)
                self.assertIn("RESULTS.md is left as it was", errors)
                self.assertFalse(self.page.exists())

    def test_a_peer_that_dies_shows_what_it_wrote(self) -> None:
        self.layer_peer("sys.exit('out of memory')")
        code, _, errors = self.run_compare("--only", "training", "--rounds", "1")
        self.assertEqual(code, 1)
        self.assertIn("exit code 1; it wrote:\nout of memory", errors)
        self.assertFalse(self.page.exists())

    def test_forward_is_beside_the_faster_peer(self) -> None:
        self.layer_peer("dict(median_ms=3.0 if option['--runtime'] == 'onnxruntime' else 6.0)")
        written = self.section("forward")
        self.assertIn("| 2.00 | 6.00 | 3.00 | 1.50 | 90 % | ≥ 1.2 or ≥ 85 % | reached |", written)
        self.assertEqual([c[0] for c in self.calls[3:6]], ["seqnet", "peer", "peer"])

    def test_forward_needs_one_of_its_goals(self) -> None:
        for ours, share, outcome in ((5.5, 0.9, "reached"), (4.0, 0.5, "reached"), (5.5, 0.5, "missed")):
            with self.subTest(f"{ours} ms, {share}"):
                self.seqnet(f"dict(median_ms={ours}, fraction_of_peak={share})")
                self.assertIn(f"| ≥ 1.2 or ≥ 85 % | {outcome} |", self.section("forward"))

    def test_ragged_is_beside_one_length_with_as_many_rows(self) -> None:
        # 800 rows of 32 sequences: 25 steps, which take 1.6 ms where the ragged batch takes 2.
        self.seqnet("dict(rows=800) if '--ragged' in sys.argv else dict(rows=800, median_ms=1.6)")
        written = self.section("ragged")
        self.assertIn(
            "| LSTM | 64 | 800 | 2.00 | 6.00 | 3.00 | ≥ 1.1 | reached | 800 | 1.60 | 0.80 | ≥ 0.85 | missed |",
            written)
        even = next(c for c in self.calls if c[0] == "seqnet" and "--ragged" not in c)
        self.assertEqual(even[even.index("--time") + 1], "25")

    def test_both_directions_are_beside_one(self) -> None:
        self.seqnet("dict() if '--bidirectional' in sys.argv else dict(median_ms=0.8)")
        written = self.section("bidirectional")
        self.assertIn("| LSTM | train | 50 | 32 | 128 | 2.00 | 0.800 | 2.500 | ≤ 2.05 | missed | 6.00 | 3.00 |", written)

    def test_streams_are_in_microseconds(self) -> None:
        self.seqnet("dict(median_ms=0.0019)")
        self.layer_peer("dict(median_ms=0.008)")
        written = self.section("streaming")
        self.assertIn("| LSTM | f32 | 64 | 1.90 | 8.00 | 1.00 | 4.21 | 80 % | ≥ 5, ≤ 2 µs | missed |", written)
        self.assertIn("| LSTM | bf16 | 512 | 1.90 | 8.00 | 1.00 | 4.21 | 80 % | ≥ 1.8 | reached |", written)
        self.assertIn("| GRU | f32 | 1024 | 1.90 | 8.00 | 1.00 | 4.21 | 80 % |  |  |", written)
        self.assertIn("overhead", written)

    def test_weights_are_bf16_on_our_side_alone(self) -> None:
        self.section("streaming")
        kinds = {(call[0], "bf16" in call) for call in self.calls}
        self.assertEqual(kinds, {("seqnet", True), ("seqnet", False), ("peer", False)})

    def test_gain_of_threads_is_held_against_the_peak(self) -> None:
        self.seqnet("dict() if option['--threads'] == '2' else dict(median_ms=3.6, peak_gflops=250.0)")
        self.assertIn("| 2.00 | 3.60 | 1.800 | 2.000 | 0.900 | ≥ 0.92 | missed |", self.section("threads"))

    def test_one_thread_gains_nothing(self) -> None:
        code, _, errors = self.run_compare("--only", "threads", "--threads", "1")
        self.assertEqual(code, 1)
        self.assertIn("Layers: further threads: skipped", errors)

    def test_instruction_sets_are_asked_for(self) -> None:
        written = self.section("instruction-sets")
        self.assertIn("| avx2 | LSTM | 25 | 64 | 1024 | 1 | 2.00 | 500 | 90 % | ≥ 80 % | reached |", written)
        self.assertIn("SEQNET_ISA=avx2 seqnet bench rnn", written)

    def test_another_instruction_set_is_an_error(self) -> None:
        self.seqnet("dict(isa='generic')")
        code, _, errors = self.run_compare("--only", "instruction-sets", "--rounds", "1")
        self.assertEqual(code, 1)
        self.assertIn("it used generic", errors)

    def test_a_picture_is_written_beside_the_page(self) -> None:
        self.seqnet("dict(median_ms=8.0 if option['--hidden'] == '32' else 2.0)")
        self.assertIn("SeqNet is faster at 2 of 4 points (50 %); the ratios go from 0.750 to 3.00",
                      self.section("speed-map"))
        picture = ElementTree.parse(self.folder / "layers.svg").getroot()
        texts = [element.text for element in picture.iter() if element.tag.endswith("text")]
        self.assertEqual(texts[1:5], ["0.75", "0.75", "3.00", "3.00"])
        self.assertEqual(texts[5:9], ["32", "64", "1", "4"])

    def test_products_take_turns_with_openblas(self) -> None:
        self.seqnet("dict(openblas_ms=3.0)")
        self.layer_peer("dict(median_ms=1.8, version=str(os.environ.get('OPENBLAS_CORETYPE')))")
        with mock.patch.dict(os.environ, {"OPENBLAS_CORETYPE": "Haswell"}):
            written = self.section("products")
        self.assertIn("| 32 | 2,048 | 512 | 2.00 | 90 % | 1.80 | 0.90 | ≥ 0.95 | missed |", written)
        self.assertIn("OpenBLAS None.", written)
        sides = [call[0] for call in self.calls]
        self.assertEqual(sides[:3], ["seqnet", "seqnet", "peer"])

    def test_products_without_openblas_say_so(self) -> None:
        self.assertIn("none here (Debian: libopenblas0)", self.section("products"))


class PeerProcessTests(unittest.TestCase):
    def peer(self, program: str, seconds: float = 60.0) -> PeerProcess:
        return PeerProcess([sys.executable, "-c", program], Path.cwd(), seconds)

    def test_waiting_is_bounded_and_the_process_ends(self) -> None:
        with self.assertRaises(CommandFailed) as failed:
            with self.peer("import sys; sys.stdin.read()", seconds=0.1) as peer:
                peer.ask(["--cell", "lstm"], [])
        self.assertIn("not done after", str(failed.exception))
        self.assertIsNotNone(peer.process.returncode)

    def test_the_process_ends_after_its_last_answer(self) -> None:
        program = "import sys\nfor line in sys.stdin: print('{\"a\": 1}', flush=True)"
        with self.peer(program) as peer:
            self.assertEqual(peer.ask([], ["a"]), {"a": 1})
        self.assertEqual(peer.process.returncode, 0)

    def test_an_answer_without_a_key_is_an_error(self) -> None:
        with self.assertRaises(CommandFailed) as failed:
            with self.peer("input(); print('{}')") as peer:
                peer.ask([], ["median_ms"])
        self.assertIn("has no 'median_ms'", str(failed.exception))

    def test_a_peer_that_is_gone_is_an_error(self) -> None:
        with self.assertRaises(CommandFailed) as failed:
            with self.peer("raise SystemExit('no torch')") as peer:
                peer.ask([], [])
        self.assertIn("exit code 1; it wrote:\nno torch", str(failed.exception))

    def test_a_program_that_is_not_there_is_an_error(self) -> None:
        with self.assertRaises(CommandFailed):
            PeerProcess(["/nowhere/python"], Path.cwd())


if __name__ == "__main__":
    unittest.main()
