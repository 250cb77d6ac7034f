"""Samples of a generator of tunes: how many are sound, how many copies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from setting import Printed, Setting, run_json, run_text

NOTTINGHAM = tuple(
    f"nottingham/{name}.abc" for name in (
        "ashover", "hpps", "jigs", "morris", "playford", "reelsa-c", "reelsd-g", "reelsh-l",
        "reelsm-q", "reelsr-t", "reelsu-z", "slip", "waltzes", "xmas"))
SAMPLES = 100
LONGEST_SECONDS = 1800


def measure_samples(
    setting: Setting, run: Path, files: Sequence[str]
) -> tuple[Printed, list[str]]:
    """Writes tunes with a model, kinds drawn, by likely tokens; checks them and the real ones."""
    known = [file for file in files if not file.startswith("--")]
    book = setting.scratch / "samples.abc"
    sample = [str(setting.seqnet), "sample", str(run), "--count", str(SAMPLES), "--top-p", "0.5",
              "--seed", "1"]
    text, _ = run_text([*sample, "--quiet"], setting.root, LONGEST_SECONDS)
    book.write_text(text, encoding="utf-8")
    check = [str(setting.seqnet), "check-tunes", str(book), "--known", *known]
    keys = ("tunes", "sound", "copies")
    samples = run_json([*check, "--json"], setting.root, LONGEST_SECONDS, keys)
    real_check = [str(setting.seqnet), "check-tunes", *known]
    real = run_json([*real_check, "--json"], setting.root, LONGEST_SECONDS, keys)
    share, real_share = (each["sound"] / each["tunes"] for each in (samples, real))
    printed = {
        "samples": {"share": share, "relative": share / real_share,
                    "copied": samples["copies"] / samples["tunes"]},
        "real": {"share": real_share},
    }
    shown = [f"{setting.shown(sample)} > {book.name}", setting.shown(check),
             setting.shown(real_check)]
    return printed, shown
