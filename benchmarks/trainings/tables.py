"""The sections of RESULTS.md about trainings: which there are, and their tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from goals import missed, verdict
from page import Section, shell, spread, table, whole
from setting import Setting
from trainings.comparison import Comparison
from trainings.job import Job
from trainings.language_models import LANGUAGE_MODELS
from trainings.record_models import RECORD_MODELS
from trainings.running import compare


@dataclass(frozen=True)
class TrainingTable:
    """A section of the page: jobs side by side, in short runs or in long ones."""

    heading: str
    jobs: tuple[Job, ...]
    is_full: bool = False

    def named(self, names: Sequence[str]) -> list[Job]:
        """The jobs of these names."""
        return [job for job in self.jobs if job.name in names]


SPEED = TrainingTable("Language models: speed and memory", LANGUAGE_MODELS)
OUTCOME = TrainingTable(
    "Language models: long trainings", tuple(job for job in LANGUAGE_MODELS if job.full_options),
    is_full=True)
RECORDS = TrainingTable("Models of records: speed and memory", RECORD_MODELS)
TABLES = (SPEED, OUTCOME, RECORDS)
SPEED_HEAD = [
    "job", "updates", "SeqNet tokens/s", "PyTorch tokens/s", "ratio", "goal", "",
    "SeqNet peak MB", "PyTorch peak MB", "of which import", "ratio", "goal", "",
    "SeqNet valid loss", "PyTorch valid loss",
]
OUTCOME_HEAD = [
    "job", "updates", "SeqNet valid loss", "PyTorch valid loss", "difference", "allowed", "",
    "SeqNet perplexity", "PyTorch perplexity", "ratio",
    "SeqNet tokens/s", "PyTorch tokens/s", "SeqNet peak MB", "PyTorch peak MB",
]


def speed_row(job: Job, c: Comparison) -> list[str]:
    """Tokens a second and peak memory of both sides, and that they learn alike."""
    speeds, peaks, losses = (
        [[getattr(run, key) for run in side] for side in (c.seqnet, c.peer)]
        for key in ("tokens_per_second", "peak_rss_bytes", "valid_loss")
    )
    imported = median(run.import_rss_bytes for run in c.peer)
    return [
        c.title, whole(c.seqnet[0].steps), spread(speeds[0]), spread(speeds[1]),
        f"{c.ratio('tokens_per_second'):.2f}", *verdict(c.speed_goals(job.limits)),
        *(spread([peak / 1e6 for peak in side]) for side in peaks), whole(imported / 1e6),
        f"{c.ratio('peak_rss_bytes'):.2f}", *verdict(c.memory_goals(job.limits)),
        f"{median(losses[0]):.3f}", f"{median(losses[1]):.3f}",
    ]


def outcome_row(_: Job, c: Comparison) -> list[str]:
    """Validation loss and perplexity after the same number of updates, one run a side."""
    ours, theirs = c.seqnet[0], c.peer[0]
    return [
        c.title, whole(ours.steps), f"{ours.valid_loss:.4f}", f"{theirs.valid_loss:.4f}",
        f"{c.excess:+.4f}", f"{c.allowed_excess:+.4f}", verdict(c.excess_goals())[1],
        f"{math.exp(ours.valid_loss):,.2f}", f"{math.exp(theirs.valid_loss):,.2f}",
        f"{math.exp(c.excess):.3f}", whole(ours.tokens_per_second), whole(theirs.tokens_per_second),
        whole(ours.peak_rss_bytes / 1e6), whole(theirs.peak_rss_bytes / 1e6),
    ]


def missed_goals(job: Job, c: Comparison, full: bool) -> tuple[str, ...]:
    if c.skipped:
        return ()
    if full:
        return missed(f"{c.title}, loss above the peer's", c.excess_goals())
    return (
        *missed(f"{c.title}, speed beside the peer", c.speed_goals(job.limits)),
        *missed(f"{c.title}, memory", c.memory_goals(job.limits)),
    )


def section(setting: Setting, jobs: Sequence[Job], full: bool) -> Section | None:
    """Runs the jobs, their long trainings when `full`, and makes their table; None if
    all were skipped."""
    comparisons = [compare(job, setting, full) for job in jobs]
    if all(c.skipped for c in comparisons):
        return None
    head, row = (OUTCOME_HEAD, outcome_row) if full else (SPEED_HEAD, speed_row)
    how = (
        "Best validation loss in nats a token, one run a side." if full else
        f"Medians (least–greatest), rounds: {setting.rounds}, the two sides in turn."
    )
    runtimes = {run.runtime for c in comparisons for run in c.peer}
    return Section(
        f"{setting.conditions(runtimes)} {how}\n\n{rows_text(head, row, jobs, comparisons)}",
        tuple(reason for c in comparisons for reason in c.disagreements()),
        tuple(text for job, c in zip(jobs, comparisons) for text in missed_goals(job, c, full)),
        is_binding=full,
    )


def rows_text(
    head: list[str], row: Callable[[Job, Comparison], list[str]],
    jobs: Sequence[Job], comparisons: Sequence[Comparison],
) -> str:
    """The table and the commands."""
    rows = [
        [c.title, f"skipped: {c.skipped}", *[""] * (len(head) - 2)] if c.skipped else row(job, c)
        for job, c in zip(jobs, comparisons)
    ]
    commands = [
        f"# {c.title}\n{c.seqnet_command}\n{c.peer_command}" for c in comparisons if not c.skipped
    ]
    return table(head, rows) + "\n" + shell("\n\n".join(commands))
