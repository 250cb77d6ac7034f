"""results.py with a made-up program in place of SeqNet."""

from __future__ import annotations

import gzip
import io
import shlex
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import results
from outcomes.sections import Task
from outcomes.tasks import TASKS
from outcomes.trial import Figure, Trial

# Prints figures that depend on the seed; makes data, samples and checks them.
SEQNET = """\
#!{python}
import json, os, sys
arguments = sys.argv[1:]
option = dict(zip(arguments, arguments[1:]))
with open({log!r}, "a") as log:
    log.write(" ".join(arguments) + "\\n")
if arguments == ["--version"]:
    print("seqnet 9.9 (test)")
elif arguments[0] == "make-data":
    os.makedirs(option["--out"])
    for name in ("train.tsv", "valid.tsv", "test.tsv"):
        open(os.path.join(option["--out"], name), "w").close()
elif arguments[0] == "sample":
    print("X:1")
elif arguments[0] == "check-tunes":
    print(json.dumps(dict(tunes=100, sound=95 if "--known" in option else 99, copies=2)))
else:
    os.makedirs(option["--out"])
    assert all(os.path.exists(option[name]) for name in ("--train", "--valid") if name in option)
    seed = int(option["--seed"])
    figures = dict(accuracy=0.9 + seed / 100, macro_f1=0.5, mean_absolute_error=0.1, bleu=25.0,
                   chrf=40.0, bleu_detokenized=20.0, exact_match=1.0, perplexity=2.3, mse=0.02,
                   mae=0.1, naive_last_mse=0.03, naive_season_mse=0.04, linear_mse=0.02)
    print(json.dumps(dict(seconds=12.3, valid=figures, test=figures)))
"""


class ResultsTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.page = self.folder / "results.md"
        self.log = self.folder / "calls.log"
        program = self.folder / "seqnet"
        program.write_text(SEQNET.format(python=sys.executable, log=str(self.log)))
        program.chmod(0o755)
        self.data("a/train.txt.gz")

    def data(self, name: str) -> None:
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".gz":
            path.write_bytes(gzip.compress(b"text\n"))
        else:
            path.write_text("text\n")

    def run_results(self, *arguments: str) -> tuple[int, str]:
        errors = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(errors):
            code = results.main([
                "--seqnet", str(self.folder / "seqnet"), "--data", str(self.folder / "data"),
                "--results", str(self.page), "--threads", "2", *arguments])
        return code, errors.getvalue()

    def with_trial(self, trial: Trial) -> None:
        tasks = (Task("one", "One", "What it is.\n", (trial,)),)
        patch = mock.patch.object(results, "TASKS", tasks)
        patch.start()
        self.addCleanup(patch.stop)

    def test_medians_goals_and_commands_are_shown(self) -> None:
        self.with_trial(Trial(
            "small", "tag", {"--train": "a/train.txt.gz"}, "--column 'U X'",
            (Figure("accuracy", ("test", "accuracy"), 1, 0.925, is_share=True),
             Figure("MSE", ("test", "mse"), 3, 0.01, at_most=True)), seconds=60, seeds=(1, 2, 5)))
        code, errors = self.run_results("--keep", str(self.folder / "kept"))
        self.assertEqual(code, 0)
        self.assertTrue((self.folder / "kept/tag-small-5").is_dir())
        self.assertIn("missed: small: 92 %, the goal is ≥ 92.5 %", errors)
        page = self.page.read_text()
        self.assertIn("| small | accuracy | 92.0 % (91.0 %–95.0 %) | ≥ 92.5 % | missed |", page)
        self.assertIn("| small | MSE | 0.020 (0.020–0.020) | ≤ 0.01 | missed |", page)
        self.assertIn("| small | seconds | 12 (12–12) | ≤ 60 | reached |", page)
        self.assertIn(
            "# small, and with --seed 2, 5\ngunzip -c ../shared/data/a/train.txt.gz > train.txt\n", page)
        self.assertIn("seqnet train tag --train train.txt --column 'U X' --seed 1 --threads 2", page)
        self.assertNotIn(str(self.folder), page)

    def test_a_figure_that_is_no_number_ends_it(self) -> None:
        for keys in ("test", "nothing"), ("test",), ("nothing", "mse"):
            with self.subTest(keys=keys):
                task = Task("one", "One", "What it is.\n", (
                    Trial("small", "tag", {"--train": "a/train.txt.gz"}, "", (Figure("it", keys),)),))
                with mock.patch.object(results, "TASKS", (task,)):
                    code, errors = self.run_results()
                self.assertEqual(code, 1)
                self.assertIn(f"error: it: '{'.'.join(keys)}' is", errors)

    def test_missing_data_are_said(self) -> None:
        self.with_trial(Trial("small", "tag", {"--train": ("b/x.txt", "b/y.txt")}, "", ()))
        code, errors = self.run_results()
        self.assertEqual(code, 1)
        self.assertIn("small: skipped, ../shared/data/b/x.txt is missing", errors)
        self.assertFalse(self.page.exists())

    def test_every_task_of_the_page_can_be_measured(self) -> None:
        for task in TASKS:
            for trial in task.trials:
                for names in trial.files.values():
                    for name in () if trial.generate else (
                            (names,) if isinstance(names, str) else names):
                        self.data(name)
        code, errors = self.run_results()
        self.assertEqual((code, [line for line in errors.splitlines() if line.startswith("error")]), (0, []))
        page = self.page.read_text()
        for task in TASKS:
            self.assertIn(f"## {task.heading}\n\n{task.text}", page)
        self.assertIn("| the one over the other | 96.0 % (96.0 %–96.0 %) | ≥ 90 % | reached |", page)
        self.assertIn(
            "| with attention less without attention | BLEU, test, beam 5 | 0.0 | ≥ 5 | missed |", page)
        self.assertIn("missed: the first less the second: 0, the goal is ≥ 5", errors)
        self.assertIn("seqnet make-data dates --out generated\n", page)
        calls = [shlex.split(line) for line in self.log.read_text().splitlines()]
        known = next(call for call in calls if call[0] == "check-tunes" and "--known" in call)
        self.assertEqual(len(known) - known.index("--known") - 2, 14)


if __name__ == "__main__":
    unittest.main()
