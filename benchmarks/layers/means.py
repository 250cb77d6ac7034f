"""Geometric means over the rows of a table, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import geometric_mean

from goals import Goal, missed, verdict
from layers.layer import CELLS
from layers.sides import LayerContest
from page import table


def goals(contests: Sequence[LayerContest], bounds: Mapping[str, float]) -> Iterator[tuple[str, Goal]]:
    """Each cell with the mean of its ratios and what it must be."""
    for cell in CELLS:
        ratios = [contest.ratio for contest in contests if contest.layer.cell == cell]
        yield cell.upper(), Goal(geometric_mean(ratios), bounds[cell])


def mean_table(contests: Sequence[LayerContest], bounds: Mapping[str, float]) -> str:
    rows = [[cell, f"{goal.value:.2f}", *verdict([goal])] for cell, goal in goals(contests, bounds)]
    return table(["cell", "geometric mean of the ratios", "goal", ""], rows)


def missed_means(of: str, contests: Sequence[LayerContest], bounds: Mapping[str, float]) -> list[str]:
    return [
        text for cell, goal in goals(contests, bounds)
        for text in missed(f"{of}, {cell}, geometric mean", [goal])
    ]
