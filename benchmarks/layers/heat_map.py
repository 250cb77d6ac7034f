"""A heat map as an SVG picture that needs nothing but itself, in the look of SeqNet's charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

# Below 1, at 1, above 1: colours that people with a colour-vision deficiency tell apart
# (Okabe & Ito 2008), as in SeqNet's own charts.
BELOW, EVEN, ABOVE = (0xD5, 0x5E, 0x00), (0xF4, 0xF4, 0xF4), (0x00, 0x72, 0xB2)
# Ratios from 1/MOST to MOST have colours of their own, on a logarithmic scale.
MOST = 4.0
DARK_TEXT, LIGHT_TEXT = (0x22, 0x22, 0x22), (0xFF, 0xFF, 0xFF)
WIDTH, CELL_HEIGHT, GAP = 720, 44, 2
LEFT, TOP, RIGHT = 92, 52, 24
# Below the cells: their labels, the label of the columns, the scale and its labels.
# Each colour of the scale is whole pixels wide: edges within one would show as stripes.
AXIS_HEIGHT, SCALE_HEIGHT, SCALE_STEP = 60, 62, 4
STYLE = """\
<style>
.seqnet-chart text { fill: #222 } .seqnet-chart .ground { fill: #fff }
@media (prefers-color-scheme: dark) {
.seqnet-chart text { fill: #ddd } .seqnet-chart .ground { fill: #161616 } }
.seqnet-chart .on-light { fill: #222 } .seqnet-chart .on-dark { fill: #fff }
</style>"""
Colour = tuple[int, int, int]


def colour(ratio: float) -> Colour:
    """Of a cell: the further from 1, the stronger."""
    strength = max(-1.0, min(1.0, math.log(ratio) / math.log(MOST)))
    end = ABOVE if strength > 0 else BELOW
    red, green, blue = (round(a + (b - a) * abs(strength)) for a, b in zip(EVEN, end))
    return red, green, blue


def luminance(of: Colour) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in of)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Colour, b: Colour) -> float:
    """From 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def text_class(ground: Colour) -> str:
    """Of the text that is easier to read on the ground."""
    light = contrast(ground, LIGHT_TEXT) > contrast(ground, DARK_TEXT)
    return "on-dark" if light else "on-light"


def rectangle(x: float, y: float, width: float, height: float, fill: Colour) -> str:
    red, green, blue = fill
    return (f'<rect fill="#{red:02x}{green:02x}{blue:02x}" x="{x:.1f}" y="{y:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}"/>')


def text(content: str, x: float, y: float, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(content)}</text>'


def cells(ratios: Sequence[Sequence[float]], width: float) -> list[str]:
    parts = []
    for i, row in enumerate(ratios):
        for j, ratio in enumerate(row):
            x, y, fill = LEFT + j * width, TOP + i * CELL_HEIGHT, colour(ratio)
            parts.append(rectangle(x, y, width - GAP, CELL_HEIGHT - GAP, fill))
            parts.append(text(
                f"{ratio:.2f}", x + (width - GAP) / 2, y + CELL_HEIGHT / 2 + 3.5,
                more=f' class="{text_class(fill)}"',
            ))
    return parts


def scale(top: float) -> list[str]:
    """Which colour means what: many narrow rectangles, which every viewer draws alike."""
    width = WIDTH - LEFT - RIGHT
    count = width // SCALE_STEP
    parts = []
    for index in range(count):
        ratio = MOST ** (2 * (index + 0.5) / count - 1)
        parts.append(rectangle(LEFT + index * SCALE_STEP, top, SCALE_STEP, 12, colour(ratio)))
    for power in (-1.0, -0.5, 0.0, 0.5, 1.0):
        anchor = {-1.0: "start", 1.0: "end"}.get(power, "middle")
        label = f"{MOST ** power:g}" + {-1.0: " or less", 1.0: " or more"}.get(power, "")
        parts.append(text(label, LEFT + width * (power + 1) / 2, top + 30, anchor))
    return parts


def heat_map(
    title: str, ratios: Sequence[Sequence[float]], row_names: Sequence[str],
    column_names: Sequence[str], row_label: str, column_label: str,
) -> str:
    """The picture, readable on light and on dark ground; every cell says its ratio."""
    width = (WIDTH - LEFT - RIGHT) / len(column_names)
    bottom = TOP + CELL_HEIGHT * len(row_names)
    height = bottom + AXIS_HEIGHT + SCALE_HEIGHT
    middle = (TOP + bottom) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seqnet-chart" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="13" role="img" '
        f'aria-label="{escape(title)}">',
        STYLE, '<rect class="ground" width="100%" height="100%"/>',
        text(title, LEFT, 26, "start", ' font-size="16" font-weight="600"'),
        *cells(ratios, width),
        *(text(name, LEFT - 8, TOP + CELL_HEIGHT * (i + 0.5) + 3.5, "end")
          for i, name in enumerate(row_names)),
        *(text(name, LEFT + width * (j + 0.5), bottom + 18) for j, name in enumerate(column_names)),
        text(column_label, LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 40),
        text(row_label, 24, middle, more=f' transform="rotate(-90 24 {middle:.1f})"'),
        *scale(bottom + AXIS_HEIGHT),
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"
