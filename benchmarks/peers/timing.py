"""Times of a piece of work, run again and again."""

from __future__ import annotations

import time
from collections.abc import Callable

# Runs that are not counted: memory is then in place and the threads are awake.
WARM_UPS = 3
# Steps of a stream timed together, since one alone is near the clock's own cost.
STREAM_BLOCK = 100


def timed(work: Callable[[], object], repeats: int, parts: int = 1) -> list[float]:
    """Milliseconds of each of `repeats` runs divided by `parts`, after some warm-up."""
    for _ in range(WARM_UPS):
        work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1e3 / parts)
    return times
