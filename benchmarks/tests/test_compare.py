"""compare.py with two made-up programs in place of SeqNet and its peer."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import compare
import results

# Prints what `train --json` prints; the speed grows with each run, the loss is in LOSS.
PROGRAM = """\
#!{python}
import json, os, sys
if sys.argv[1:] == ["--version"]:
    print("9.9 (test)"); sys.exit()
with open({log!r}, "a+") as log:
    log.seek(0)
    run = sum(line.startswith({name!r}) for line in log)
    log.write({name!r} + " " + " ".join(sys.argv[1:]) + "\\n")
option = dict(zip(sys.argv, sys.argv[1:]))
assert os.path.getsize(option["--train"]) > 0
print(json.dumps(dict(
    parameters={parameters}, steps=int(option.get("--max-steps", 7)), tokens=70,
    tokens_per_second={speed} + run, peak_rss_bytes=5000000, valid=dict(loss={loss}),
    runtime={name!r} + " 1.2")))
"""


class CompareTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.log = self.folder / "calls.log"
        (self.folder / "peers").mkdir()
        (self.folder / "data/tinyshakespeare").mkdir(parents=True)
        (self.folder / "data/tinyshakespeare/input.txt").write_text("To be\n")
        self.page = self.folder / "RESULTS.md"
        self.program("seqnet", "seqnet", 300, 1.51)
        for name in ("character_language_model.py", "word_language_model.py"):
            self.program(f"peers/{name}", "peer", 100, 1.5)
        patch = mock.patch.object(compare, "BENCHMARKS", self.folder)
        patch.start()
        self.addCleanup(patch.stop)

    def program(self, path: str, name: str, speed: int, loss: float, parameters: int = 1000) -> None:
        text = PROGRAM.format(python=sys.executable, log=str(self.log), name=name, speed=speed,
                              loss=loss, parameters=parameters)
        (self.folder / path).write_text(text)
        (self.folder / path).chmod(0o755)

    def run_compare(self, *arguments: str) -> tuple[int, str, str]:
        output, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(errors):
            code = compare.main([
                "--seqnet", str(self.folder / "seqnet"), "--data", str(self.folder / "data"),
                "--results", str(self.page), "--threads", "2", *arguments,
            ])
        return code, output.getvalue(), errors.getvalue()

    def test_sides_take_turns_and_medians_are_written(self) -> None:
        code, output, _ = self.run_compare("--only", "character-lstm", "--rounds", "3")
        self.assertEqual(code, 0)
        calls = self.log.read_text().splitlines()
        self.assertEqual([call.split()[0] for call in calls], ["seqnet", "peer"] * 3)
        page = self.page.read_text()
        self.assertIn("| characters, LSTM 256 | 450 | 301 (300–302) | 101 (100–102) | 2.98 |", page)
        self.assertIn("2 threads, seqnet 9.9 (test), peer 1.2.", page)
        self.assertIn("characters, LSTM 256", output)

    def test_both_sides_get_the_same_options(self) -> None:
        self.run_compare("--only", "character-gru", "--rounds", "1")
        seqnet, peer = (set(c.split()[1:]) for c in self.log.read_text().splitlines())
        self.assertEqual(peer - seqnet, set())
        self.assertEqual({o for o in seqnet - peer if o.startswith("--")}, {"--tokens", "--json", "--out"})

    def test_page_shows_no_path_of_this_machine(self) -> None:
        self.run_compare("--only", "character-lstm", "--rounds", "1")
        page = self.page.read_text()
        self.assertNotIn(str(self.folder), page)
        self.assertNotIn(tempfile.gettempdir(), page)
        self.assertIn("seqnet train lm --tokens characters --train ../shared/data/tinyshakespeare", page)

    def test_missing_data_skip_a_row_visibly(self) -> None:
        code, _, errors = self.run_compare("--rounds", "1")
        self.assertEqual(code, 0)
        self.assertIn("skipped, ../shared/data/wikitext-2/train.txt.gz is missing", errors)
        self.assertIn("skipped: ../shared/data/wikitext-2/train.txt.gz is missing", self.page.read_text())

    def test_seqnet_gets_the_unpacked_text(self) -> None:
        words = self.folder / "data/wikitext-2"
        words.mkdir()
        with gzip.open(words / "train.txt.gz", "wb") as packed:
            packed.write(b" a b \n")
        (words / "valid.txt").write_text(" a \n" * 300)
        self.assertEqual(self.run_compare("--only", "word-lstm", "--rounds", "1")[0], 0)
        call = self.log.read_text().splitlines()[0].split()
        self.assertEqual(Path(call[call.index("--train") + 1]).name, "train.txt")
        self.assertEqual(Path(call[call.index("--valid") + 1]).name, "first-200-lines-of-valid.txt")

    def test_failing_command_shows_its_errors_and_keeps_the_page(self) -> None:
        self.page.write_text("earlier")
        (self.folder / "seqnet").write_text("#!/bin/sh\necho 'no such option' >&2\nexit 64\n")
        code, _, errors = self.run_compare("--rounds", "1")
        self.assertEqual(code, 1)
        self.assertIn("exit code 64; it wrote:\nno such option", errors)
        self.assertEqual(self.page.read_text(), "earlier")

    def test_output_that_is_not_json_is_an_error(self) -> None:
        (self.folder / "seqnet").write_text("#!/bin/sh\necho done\n")
        code, _, errors = self.run_compare("--rounds", "1")
        self.assertEqual(code, 1)
        self.assertIn("its output is not the JSON object", errors)

    def test_different_work_is_not_compared(self) -> None:
        for parameters, loss, reason in ((1011, 1.5, "parameters differ"), (1000, 1.3, "nats apart")):
            with self.subTest(reason):
                self.program("seqnet", "seqnet", 300, loss, parameters)
                code, _, errors = self.run_compare("--only", "character-lstm", "--rounds", "1")
                self.assertEqual(code, 1)
                self.assertIn(reason, errors)
                self.assertFalse(self.page.exists())

    def test_a_missed_goal_is_written_and_fails(self) -> None:
        self.program("seqnet", "seqnet", 300, 1.53)
        code, _, errors = self.run_compare("--only", "character-lstm", "--rounds", "1", "--full")
        self.assertEqual(code, 1)
        self.assertIn("the goal is at most +0.0200", errors)
        self.assertIn("| +0.0300 | +0.0200 |", self.page.read_text())

    def test_speed_run_keeps_the_outcome_section(self) -> None:
        self.run_compare("--only", "character-lstm", "--rounds", "1", "--full")
        outcome = results.read_sections(self.page)[results.OUTCOME]
        self.run_compare("--only", "character-gru", "--rounds", "1")
        sections = results.read_sections(self.page)
        self.assertEqual(sections[results.OUTCOME], outcome)
        self.assertNotIn("LSTM 256", sections[results.SPEED])
        self.assertIn("GRU 256", sections[results.SPEED])


if __name__ == "__main__":
    unittest.main()
