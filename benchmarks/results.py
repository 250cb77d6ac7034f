"""Medians, ratios and the Markdown of RESULTS.md."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HEADER = """\
# Results

Written by `benchmarks/compare.py`, which `make bench` calls; not to be edited.
[README.md](README.md) says what is measured and how. MB are 10^6 bytes.
"""
SPEED, OUTCOME = "Training speed", "Outcome of long trainings"
NOT_RUN = "Not measured yet: `benchmarks/.venv/bin/python benchmarks/compare.py --full` does it.\n"


@dataclass(frozen=True)
class Run:
    """What one training printed."""

    parameters: int
    steps: int
    tokens: int
    tokens_per_second: float
    peak_rss_bytes: int
    valid_loss: float
    # What importing the peer's library costs by itself; 0 for SeqNet.
    import_rss_bytes: int = 0
    # The peer's library and its version; empty for SeqNet.
    runtime: str = ""

    @staticmethod
    def of(printed: dict) -> Run:
        """Reads the JSON object of `train --json`; KeyError names a missing key."""
        return Run(
            parameters=printed["parameters"],
            steps=printed["steps"],
            tokens=printed["tokens"],
            tokens_per_second=printed["tokens_per_second"],
            peak_rss_bytes=printed["peak_rss_bytes"],
            valid_loss=printed["valid"]["loss"],
            import_rss_bytes=printed.get("import_rss_bytes", 0),
            runtime=printed.get("runtime", ""),
        )


@dataclass(frozen=True)
class Comparison:
    """The runs of one job on both sides, round by round, with the commands as shown to
    the reader. A job that was skipped has no runs and says why."""

    title: str
    seqnet_command: str = ""
    peer_command: str = ""
    seqnet: tuple[Run, ...] = ()
    peer: tuple[Run, ...] = ()
    # A short run: greatest distance in nats, up or down, of two losses that did the same
    # work. A long one: greatest loss in nats that SeqNet may have above its peer's.
    allowed_difference: float | None = None
    allowed_excess: float | None = None
    skipped: str = ""

    @property
    def excess(self) -> float:
        """SeqNet's validation loss minus its peer's, medians, in nats a token."""
        return median(r.valid_loss for r in self.seqnet) - median(r.valid_loss for r in self.peer)

    def disagreements(self) -> list[str]:
        """Why the two sides cannot have done the same work; empty if they have."""
        if self.skipped:
            return []
        ours, theirs = self.seqnet[0], self.peer[0]
        found = [
            f"{self.title}: {name} differ: SeqNet {a:,}, peer {b:,}"
            for name, a, b, tolerance in (
                ("parameters", ours.parameters, theirs.parameters, 0.01),
                ("updates", ours.steps, theirs.steps, 0.0),
                ("tokens trained", ours.tokens, theirs.tokens, 0.01),
            )
            if abs(a - b) > tolerance * b
        ]
        allowed = self.allowed_difference
        if allowed is not None and not abs(self.excess) <= allowed:
            found.append(
                f"{self.title}: validation losses are {self.excess:+.4f} nats apart, "
                f"more than the {allowed:g} that chance explains"
            )
        return found

    def missed_goals(self) -> list[str]:
        """Where SeqNet learned less than it must; the figures are good all the same."""
        if self.skipped or self.allowed_excess is None or self.excess <= self.allowed_excess:
            return []
        return [
            f"{self.title}: validation loss is {self.excess:+.4f} nats from the peer's, "
            f"the goal is at most {self.allowed_excess:+.4f}"
        ]


def spread(values: list[float], scale: float = 1.0) -> str:
    """`median (least–greatest)`; the median alone for a single value."""
    shown = [f"{value / scale:,.0f}" for value in (median(values), min(values), max(values))]
    return shown[0] if len(values) == 1 else f"{shown[0]} ({shown[1]}–{shown[2]})"


def ratio(ours: list[float], theirs: list[float]) -> str:
    """Ratio of the medians."""
    return f"{median(ours) / median(theirs):.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, rule, *rows])


def skipped_row(comparison: Comparison, columns: int) -> list[str]:
    return [comparison.title, f"skipped: {comparison.skipped}", *[""] * (columns - 2)]


def commands(comparisons: list[Comparison]) -> str:
    lines = [
        f"# {c.title}\n{c.seqnet_command}\n{c.peer_command}\n"
        for c in comparisons if not c.skipped
    ]
    return "```sh\n" + "\n".join(lines) + "```\n"


def speed_section(comparisons: list[Comparison], conditions: str) -> str:
    """Tokens a second and peak memory of both sides, and that they learn alike."""
    head = ["job", "updates", "SeqNet tokens/s", "PyTorch tokens/s", "ratio",
            "SeqNet peak MB", "PyTorch peak MB", "of which import", "ratio",
            "SeqNet valid loss", "PyTorch valid loss"]
    rows = []
    for c in comparisons:
        if c.skipped:
            rows.append(skipped_row(c, len(head)))
            continue
        speeds, peaks, losses = (
            [[getattr(run, key) for run in side] for side in (c.seqnet, c.peer)]
            for key in ("tokens_per_second", "peak_rss_bytes", "valid_loss")
        )
        imported = median(run.import_rss_bytes for run in c.peer)
        rows.append([
            c.title, f"{c.seqnet[0].steps:,}",
            spread(speeds[0]), spread(speeds[1]), ratio(*speeds),
            spread(peaks[0], 1e6), spread(peaks[1], 1e6), f"{imported / 1e6:,.0f}", ratio(*peaks),
            f"{median(losses[0]):.3f}", f"{median(losses[1]):.3f}",
        ])
    rounds = max((len(c.seqnet) for c in comparisons), default=0)
    return (
        f"{conditions} Medians (least–greatest), rounds: {rounds}, the two sides in turn.\n\n"
        + table(head, rows) + "\n" + commands(comparisons)
    )


def outcome_section(comparisons: list[Comparison], conditions: str) -> str:
    """Validation loss and perplexity after the same number of updates, one run a side."""
    head = ["job", "updates", "SeqNet valid loss", "PyTorch valid loss", "difference", "allowed",
            "SeqNet perplexity", "PyTorch perplexity", "ratio",
            "SeqNet tokens/s", "PyTorch tokens/s", "SeqNet peak MB", "PyTorch peak MB"]
    rows = []
    for c in comparisons:
        if c.skipped:
            rows.append(skipped_row(c, len(head)))
            continue
        ours, theirs = c.seqnet[0], c.peer[0]
        rows.append([
            c.title, f"{ours.steps:,}",
            f"{ours.valid_loss:.4f}", f"{theirs.valid_loss:.4f}",
            f"{c.excess:+.4f}", f"{c.allowed_excess:+.4f}",
            f"{math.exp(ours.valid_loss):,.2f}", f"{math.exp(theirs.valid_loss):,.2f}",
            f"{math.exp(c.excess):.3f}",
            f"{ours.tokens_per_second:,.0f}", f"{theirs.tokens_per_second:,.0f}",
            f"{ours.peak_rss_bytes / 1e6:,.0f}", f"{theirs.peak_rss_bytes / 1e6:,.0f}",
        ])
    return (
        f"{conditions} Best validation loss in nats a token, one run a side.\n\n"
        + table(head, rows) + "\n" + commands(comparisons)
    )


def read_sections(path: Path) -> dict[str, str]:
    """The sections of an earlier RESULTS.md by their heading; empty if there is none."""
    if not path.exists():
        return {}
    parts = re.split(r"^## (.*)\n\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], (body.rstrip("\n") + "\n" for body in parts[2::2])))


def write_sections(path: Path, new: dict[str, str]) -> None:
    """Rewrites RESULTS.md: new sections replace old ones, the others stay as they are."""
    sections = {SPEED: NOT_RUN, OUTCOME: NOT_RUN, **read_sections(path), **new}
    body = "".join(f"\n## {heading}\n\n{text}" for heading, text in sections.items())
    path.write_text(HEADER + body, encoding="utf-8")
