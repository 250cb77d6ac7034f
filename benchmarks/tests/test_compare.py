"""compare.py and its trainings."""

from __future__ import annotations

import gzip
import tempfile
import unittest
from pathlib import Path

import page
from tests.made_up import MadeUpPrograms
from trainings.tables import OUTCOME, RECORDS, SPEED


class CompareTests(MadeUpPrograms):
    def test_sides_take_turns_and_medians_are_written(self) -> None:
        code, output, _ = self.run_compare("--only", "character-lstm", "--rounds", "3")
        self.assertEqual(code, 0)
        self.assertEqual([call[0] for call in self.calls], ["seqnet", "peer"] * 3)
        written = self.page.read_text()
        self.assertIn(
            "| characters, LSTM 256 | 450 | 301 (300–302) | 101 (100–102) | 2.98 | ≥ 1.5 | reached |",
            written)
        self.assertIn("| 0.10 | ≤ 0.25 | reached |", written)
        self.assertIn("2 threads, seqnet 9.9 (avx512; test), peer 1.2.", written)
        self.assertIn("characters, LSTM 256", output)

    def test_both_sides_get_the_same_options(self) -> None:
        self.run_compare("--only", "character-gru", "--rounds", "1")
        seqnet, peer = (set(call[1:]) for call in self.calls)
        self.assertEqual(peer - seqnet, set())
        self.assertEqual({o for o in seqnet - peer if o.startswith("--")}, {"--tokens", "--json", "--out"})

    def test_a_model_of_records_has_a_table_of_its_own(self) -> None:
        reviews = self.folder / "data/clothing-reviews"
        reviews.mkdir()
        with gzip.open(reviews / "clothing-reviews.csv.gz", "wb") as packed:
            packed.write(b"Review Text,Rating\ngood,5\n")
        code, _, _ = self.run_compare(
            "--only", "classifier", "classifier-padded", "--rounds", "1", "--full")
        self.assertEqual(code, 0)
        seqnet, peer, _, padding_peer = self.calls
        self.assertEqual(padding_peer, [*peer, "--padded"])
        self.assertEqual(seqnet[1:5], ["train", "classify", "--tokens", "words"])
        self.assertEqual(set(peer[1:]) - set(seqnet), set())
        sections = page.read_sections(self.page)
        self.assertIn("| 3.00 | ≥ 2.5 | reached |", sections[RECORDS.heading])
        self.assertIn("| 2.98 |  |  |", sections[RECORDS.heading], "no goal")
        self.assertIn("seqnet train classify --tokens words --train clothing-reviews.csv "
                      "--text-column 'Review Text'", sections[RECORDS.heading])
        self.assertIn("Not measured yet", sections[SPEED.heading])

    def test_every_job_has_a_name_of_its_own_and_a_peer(self) -> None:
        jobs = [*SPEED.jobs, *RECORDS.jobs]
        self.assertEqual(len({job.name for job in jobs}), len(jobs))
        peers = Path(__file__).resolve().parents[1] / "peers"
        self.assertEqual([job.name for job in jobs if not (peers / job.peer).exists()], [])

    def test_page_shows_no_path_of_this_machine(self) -> None:
        self.run_compare("--only", "character-lstm", "streaming", "--rounds", "1")
        written = self.page.read_text()
        self.assertNotIn(str(self.folder), written)
        self.assertNotIn(tempfile.gettempdir(), written)
        self.assertIn("seqnet train lm --tokens characters --train ../shared/data/tinyshakespeare", written)
        self.assertIn("--tensors layer.safetensors", written)

    def test_missing_data_skip_a_row_visibly(self) -> None:
        code, _, errors = self.run_compare("--rounds", "1", "--only", "character-lstm", "word-lstm")
        self.assertEqual(code, 0)
        self.assertIn("skipped, ../shared/data/wikitext-2/train.txt.gz is missing", errors)
        self.assertIn("skipped: ../shared/data/wikitext-2/train.txt.gz is missing", self.page.read_text())

    def test_nothing_measured_is_an_error(self) -> None:
        code, _, errors = self.run_compare("--rounds", "1", "--only", "word-lstm")
        self.assertEqual(code, 1)
        self.assertIn("error: nothing was measured", errors)
        self.assertFalse(self.page.exists())

    def test_seqnet_gets_the_unpacked_text(self) -> None:
        words = self.folder / "data/wikitext-2"
        words.mkdir()
        with gzip.open(words / "train.txt.gz", "wb") as packed:
            packed.write(b" a b \n")
        (words / "valid.txt").write_text(" a \n" * 300)
        self.assertEqual(self.run_compare("--only", "word-lstm", "--rounds", "1")[0], 0)
        call = self.calls[0]
        self.assertEqual(Path(call[call.index("--train") + 1]).name, "train.txt")
        self.assertEqual(Path(call[call.index("--valid") + 1]).name, "first-200-lines-of-valid.txt")

    def test_failing_command_shows_its_errors_and_keeps_the_page(self) -> None:
        self.page.write_text("earlier")
        (self.folder / "seqnet").write_text("#!/bin/sh\necho 'no such option' >&2\nexit 64\n")
        for name in ("character-lstm", "training", "products"):
            with self.subTest(name):
                code, _, errors = self.run_compare("--rounds", "1", "--only", name)
                self.assertEqual(code, 1)
                self.assertIn("exit code 64; it wrote:\nno such option", errors)
                self.assertEqual(self.page.read_text(), "earlier")

    def test_output_that_is_not_what_it_must_be_is_an_error(self) -> None:
        for printed, reason in (
            ("done", "its output is not a JSON object"), ("[]", "its output is not a JSON object"),
            ('{"parameters": 1}', "its JSON object has no 'steps'"),
        ):
            with self.subTest(printed):
                (self.folder / "seqnet").write_text(f"#!/bin/sh\necho '{printed}'\n")
                code, _, errors = self.run_compare("--rounds", "1", "--only", "character-lstm")
                self.assertEqual(code, 1)
                self.assertIn(reason, errors)

    def test_different_work_is_not_compared(self) -> None:
        for parameters, loss, reason in ((1011, 1.5, "parameters differ"), (1000, 1.3, "nats apart")):
            with self.subTest(reason):
                self.seqnet(loss=loss, parameters=parameters)
                code, _, errors = self.run_compare("--only", "character-lstm", "--rounds", "1")
                self.assertEqual(code, 1)
                self.assertIn(reason, errors)
                self.assertFalse(self.page.exists())

    def test_learning_less_is_written_and_fails(self) -> None:
        self.seqnet(loss=1.53)
        code, _, errors = self.run_compare("--only", "character-lstm", "--rounds", "1", "--full")
        self.assertEqual(code, 1)
        self.assertIn("loss above the peer's: 0.03 nats, the goal is ≤ 0.02 nats", errors)
        self.assertIn("| +0.0300 | +0.0200 | missed |", self.page.read_text())

    def test_being_slow_is_written_and_does_not_fail(self) -> None:
        self.seqnet(speed=140)
        code, _, errors = self.run_compare("--only", "character-lstm", "--rounds", "1")
        self.assertEqual(code, 0)
        self.assertIn("missed: characters, LSTM 256, speed beside the peer: 1.4, the goal is ≥ 1.5", errors)
        self.assertIn("| 1.40 | ≥ 1.5 | missed |", self.page.read_text())

    def test_a_job_without_a_long_training_has_none(self) -> None:
        code, _, _ = self.run_compare("--only", "character-lstm-2x128", "--rounds", "1", "--full")
        self.assertEqual(code, 0)
        self.assertIn("Not measured yet", page.read_sections(self.page)[OUTCOME.heading])

    def test_sections_that_are_not_run_stay(self) -> None:
        self.run_compare("--only", "character-lstm", "--rounds", "1", "--full")
        outcome = page.read_sections(self.page)[OUTCOME.heading]
        self.run_compare("--only", "character-gru", "--rounds", "1")
        sections = page.read_sections(self.page)
        self.assertEqual(sections[OUTCOME.heading], outcome)
        self.assertNotIn("LSTM 256", sections[SPEED.heading])
        self.assertIn("GRU 256", sections[SPEED.heading])
        self.assertIn("compare.py --only training", sections["Layers: training"])


if __name__ == "__main__":
    unittest.main()
