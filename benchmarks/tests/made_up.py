"""Made-up programs in place of SeqNet and its peers, and compare.py run with them."""

from __future__ import annotations

import io
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import compare

# What all programs begin with: they log how they are called, and count the calls so far.
START = """\
#!{python}
import json, os, sys
def called(name, arguments):
    with open({log!r}, "a+") as log:
        log.seek(0)
        before = sum(line.split()[0] == name for line in log)
        log.write(" ".join([name, *arguments]) + "\\n")
    return before, dict(zip(arguments, arguments[1:]))
"""
# Prints what `train --json` prints; the speed grows with each run.
TRAINING = """\
run, option = called({name!r}, sys.argv[1:])
assert os.path.getsize(option["--train"]) > 0
print(json.dumps(dict(
    parameters={parameters}, steps=int(option.get("--max-steps", 7)), tokens=70,
    tokens_per_second={speed} + run, peak_rss_bytes={peak}, valid=dict(loss={loss}),
    runtime={name!r} + " 1.2")))
"""
# SeqNet: `--version`, `bench` with figures of its own, else `train`.
SEQNET = """\
isa = os.environ.get("SEQNET_ISA", "avx512")
if sys.argv[1:] == ["--version"]:
    print("seqnet 9.9 (" + isa + "; test)"); sys.exit()
if sys.argv[1] == "bench":
    run, option = called("seqnet", sys.argv[1:])
    if "--save-tensors" in option:
        open(option["--save-tensors"], "w").close()
    printed = dict(
        median_ms=2.0, min_ms=1.0, peak_gflops=500.0, fraction_of_peak=0.9, rows=40, isa=isa,
        fraction_of_bandwidth=0.8, instructions_per_ns=30.0 + run)
    printed.update({bench})
    print(json.dumps(printed)); sys.exit()
"""
# A peer of `bench rnn` or `bench gemm` that stays.
LAYER_PEER = """\
assert sys.argv[1:] == ["--serve"]
for line in sys.stdin:
    arguments = json.loads(line)
    run, option = called("peer", arguments)
    assert os.path.exists(option.get("--tensors", "."))
    printed = dict(
        median_ms=6.0, min_ms=6.0, version="1.2", greatest_difference=2e-6,
        differing_tensor="y", overhead_ms=0.001)
    printed.update({peer})
    print(json.dumps(printed), flush=True)
"""


class MadeUpPrograms(unittest.TestCase):
    """A folder with the programs, one small data set and a page."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.log = self.folder / "calls.log"
        (self.folder / "peers").mkdir()
        (self.folder / "data/tinyshakespeare").mkdir(parents=True)
        (self.folder / "data/tinyshakespeare/input.txt").write_text("To be\n")
        self.page = self.folder / "RESULTS.md"
        self.seqnet()
        self.training_peers()
        self.layer_peer()
        patch = mock.patch.object(compare, "BENCHMARKS", self.folder)
        patch.start()
        self.addCleanup(patch.stop)

    def write(self, path: str, text: str, **values: object) -> None:
        start = START.format(python=sys.executable, log=str(self.log))
        (self.folder / path).write_text(start + text.format(**values))
        (self.folder / path).chmod(0o755)

    def seqnet(
        self, bench: str = "dict()", speed: int = 300, loss: float = 1.51, parameters: int = 1000
    ) -> None:
        """`bench` is an expression of what differs, with `run` and `option` at hand."""
        self.write("seqnet", SEQNET + TRAINING, bench=bench, name="seqnet", speed=speed, loss=loss,
                   parameters=parameters, peak=5_000_000)

    def training_peers(self) -> None:
        for name in ("character_language_model.py", "word_language_model.py", "classifier.py"):
            self.write(f"peers/{name}", TRAINING, name="peer", speed=100, loss=1.5,
                       parameters=1000, peak=50_000_000)

    def layer_peer(self, peer: str = "dict()") -> None:
        for name in ("recurrent_layer.py", "matrix_product.py"):
            self.write(f"peers/{name}", LAYER_PEER, peer=peer)

    @property
    def calls(self) -> list[list[str]]:
        """The words of each call: the program's name and its arguments."""
        return [line.split() for line in self.log.read_text().splitlines()]

    def run_compare(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        output, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(errors):
            code = compare.main([
                "--seqnet", str(self.folder / "seqnet"), "--data", str(self.folder / "data"),
                "--results", str(self.page), "--threads", "2", *arguments,
            ])
        return code, output.getvalue(), errors.getvalue()
