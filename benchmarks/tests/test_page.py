"""Figures, goals and colours of the page."""

from __future__ import annotations

import math
import tempfile
import unittest
from pathlib import Path

from goals import AnyOf, Goal, missed, verdict
from layers import heat_map
from page import Section, read_sections, significant, spread, write_page


class FigureTests(unittest.TestCase):
    def test_three_digits_that_mean_something(self) -> None:
        for value, text in ((0.01234, "0.0123"), (1.5, "1.50"), (99.94, "99.9"), (99.96, "100"),
                            (12345.6, "12,346")):
            self.assertEqual(significant(value), text)

    def test_a_single_value_has_no_spread(self) -> None:
        self.assertEqual(spread([1234.0]), "1,234")
        self.assertEqual(spread([3.0, 1.0, 2.0]), "2 (1–3)")


class GoalTests(unittest.TestCase):
    def test_bounds_count_as_reached(self) -> None:
        self.assertTrue(Goal(1.0, 1.0).reached)
        self.assertTrue(Goal(2.05, 2.05, at_most=True).reached)
        self.assertFalse(Goal(2.06, 2.05, at_most=True).reached)

    def test_nan_reaches_nothing(self) -> None:
        self.assertFalse(Goal(math.nan, 1.0).reached)
        self.assertFalse(Goal(math.nan, 1.0, at_most=True).reached)

    def test_all_goals_of_a_row_count(self) -> None:
        self.assertEqual(verdict([]), ["", ""])
        self.assertEqual(verdict([Goal(2, 1), Goal(0.5, 0.8, unit="%")]), ["≥ 1, ≥ 80 %", "missed"])

    def test_one_of_several_is_enough(self) -> None:
        aim = AnyOf((Goal(1.1, 1.2), Goal(0.9, 0.85, unit="%")))
        self.assertEqual(verdict([aim]), ["≥ 1.2 or ≥ 85 %", "reached"])

    def test_a_miss_says_what_and_by_how_much(self) -> None:
        goals = [Goal(2.5, 2.0, at_most=True, unit="µs"), Goal(3, 1)]
        self.assertEqual(missed("streaming", goals), ("streaming: 2.5 µs, the goal is ≤ 2 µs",))


class PageTests(unittest.TestCase):
    def test_headings_keep_their_order_and_old_text_stays(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "RESULTS.md"
            empty = {"A": "none\n", "B": "none\n", "C": "none\n"}
            write_page(path, "# Old\n", empty, {"C": Section("new c\n", pictures={"c.svg": "<svg/>"})})
            write_page(path, "# New\n", empty, {"A": Section("new a\n")})
            self.assertTrue(path.read_text().startswith("# New\n\n## A\n"))
            self.assertEqual(
                list(read_sections(path).items()), [("A", "new a\n"), ("B", "none\n"), ("C", "new c\n")])
            self.assertEqual((Path(folder) / "c.svg").read_text(), "<svg/>")


class HeatMapTests(unittest.TestCase):
    def test_every_figure_can_be_read_on_its_colour(self) -> None:
        for step in range(-40, 41):
            ground = heat_map.colour(heat_map.MOST ** (step / 40))
            text = {"on-light": heat_map.DARK_TEXT, "on-dark": heat_map.LIGHT_TEXT}
            # WCAG 2 asks 3 of large text and 4.5 of small text.
            self.assertGreater(heat_map.contrast(ground, text[heat_map.text_class(ground)]), 3.8)

    def test_colours_end_where_the_scale_ends(self) -> None:
        self.assertEqual(heat_map.colour(1.0), heat_map.EVEN)
        self.assertEqual(heat_map.colour(100.0), heat_map.ABOVE)
        self.assertEqual(heat_map.colour(0.01), heat_map.BELOW)


if __name__ == "__main__":
    unittest.main()
