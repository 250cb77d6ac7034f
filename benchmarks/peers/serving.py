"""A measuring program that runs once, or stays and measures again and again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable


def add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--serve", action="store_true",
        help="stay and measure for each line of stdin, a JSON array of the options above",
    )


def run(
    parse: Callable[[list[str] | None], argparse.Namespace],
    measure: Callable[[argparse.Namespace], dict[str, object]],
) -> None:
    """Prints a JSON object for the command line, or with --serve one for each line of stdin."""
    options = parse(None)
    if not options.serve:
        print(json.dumps(measure(options)))
        return
    for line in sys.stdin:
        print(json.dumps(measure(parse(json.loads(line)))), flush=True)
