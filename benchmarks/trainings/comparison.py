"""What both sides printed about a training, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import ClassVar

from goals import Goal
from setting import Printed


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

    KEYS: ClassVar = (
        "parameters", "steps", "tokens", "tokens_per_second", "peak_rss_bytes", "valid"
    )

    @staticmethod
    def of(printed: Printed) -> Run:
        """Reads the JSON object of `train --json`."""
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
class Limits:
    """What is expected of SeqNet beside its peer."""

    # Least ratio of the speeds, greatest ratio of the peaks of memory; None: no goal.
    speed: float | None
    memory: float | None = 0.25
    # Instead of that ratio, the greatest peak in bytes: so many a parameter, and so many more.
    bytes_a_parameter: tuple[float, float] | None = None


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
        """SeqNet's validation loss minus its peer's, medians, in nats."""
        return median(r.valid_loss for r in self.seqnet) - median(r.valid_loss for r in self.peer)

    def ratio(self, key: str) -> float:
        """SeqNet's figure over its peer's, medians."""
        ours, theirs = (median(getattr(r, key) for r in side) for side in (self.seqnet, self.peer))
        return ours / theirs

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

    def speed_goals(self, limits: Limits) -> list[Goal]:
        if limits.speed is None:
            return []
        return [Goal(self.ratio("tokens_per_second"), limits.speed)]

    def memory_goals(self, limits: Limits) -> list[Goal]:
        if limits.memory is None:
            return []
        if not limits.bytes_a_parameter:
            return [Goal(self.ratio("peak_rss_bytes"), limits.memory, at_most=True)]
        each, more = limits.bytes_a_parameter
        peak = median(run.peak_rss_bytes for run in self.seqnet) / 1e6
        bound = round((each * self.seqnet[0].parameters + more) / 1e6)
        return [Goal(peak, bound, at_most=True, unit="MB")]

    def excess_goals(self) -> list[Goal]:
        """Of a long training: that SeqNet learned as much."""
        return [Goal(self.excess, self.allowed_excess or 0.0, at_most=True, unit="nats")]
