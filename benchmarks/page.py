"""Figures, Markdown tables and pages of sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Section:
    """A part of the page and what its checks came to."""

    text: str
    # Why nothing may be published: the sides did not do the same work.
    broken: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    # Whether a missed goal makes the exit code 1: one that chance does not explain.
    is_binding: bool = False
    # Files beside the page, by name.
    pictures: Mapping[str, str] = field(default_factory=dict)


def whole(value: float) -> str:
    return f"{value:,.0f}"


def significant(value: float) -> str:
    """Three digits that mean something, more of a large number."""
    return whole(value) if value >= 99.95 else f"{value:#.3g}"


def share(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def spread(values: Sequence[float], shown: Callable[[float], str] = whole) -> str:
    """`median (least–greatest)`; the median alone for a single value."""
    middle = shown(median(values))
    return middle if len(values) == 1 else f"{middle} ({shown(min(values))}–{shown(max(values))})"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, rule, *rows])


def shell(*lines: str) -> str:
    """Commands as a block of code."""
    return "```sh\n" + "\n".join(lines) + "\n```\n"


def read_sections(path: Path) -> dict[str, str]:
    """The sections of an earlier page by their heading; empty if there is none."""
    if not path.exists():
        return {}
    parts = re.split(r"^## (.*)\n\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], (body.rstrip("\n") + "\n" for body in parts[2::2])))


def write_page(
    path: Path, header: str, empty: Mapping[str, str], new: Mapping[str, Section]
) -> None:
    """Rewrites a page and its pictures: new sections replace old ones, the others
    stay as they are. `header` is what stands above them; `empty` has all headings in their
    order, with what stands there before the first measurement."""
    written = read_sections(path)
    sections = {heading: written.get(heading, text) for heading, text in empty.items()}
    sections |= {heading: section.text for heading, section in new.items()}
    body = "".join(f"\n## {heading}\n\n{text}" for heading, text in sections.items())
    path.write_text(header + body, encoding="utf-8")
    for section in new.values():
        for name, picture in section.pictures.items():
            (path.parent / name).write_text(picture, encoding="utf-8")
