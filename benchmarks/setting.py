"""Where both sides run, and running one command of a side."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import machine

DATA_AS_SHOWN = "../shared/data"
# What a side prints with --json.
Printed = dict[str, Any]


class CommandFailed(Exception):
    """A side did not run or did not print what it must; the text is for the user."""


@dataclass
class Setting:
    """Where both sides run, and how often."""

    seqnet: Path
    data: Path
    # This folder: the peers' programs lie below it.
    benchmarks: Path
    # A folder that is removed at the end: unpacked texts, SeqNet's runs, tensors.
    scratch: Path
    threads: int
    rounds: int
    # Of one measurement of a layer or a product, of the order of.
    seconds: float
    # A folder that SeqNet's runs are left in; None: they are removed.
    keep: Path | None = None
    runs: int = field(default=0)

    @property
    def root(self) -> Path:
        return self.benchmarks.parent

    def peer(self, program: str) -> list[str]:
        """The command that runs a program of peers/."""
        return [sys.executable, str(self.benchmarks / "peers" / program)]

    def shown(self, command: Iterable[str]) -> str:
        """A command as the reader can give it: no path of this machine."""
        names = {str(self.seqnet): "seqnet", sys.executable: "python"}
        shown = shlex.join(names.get(part, part) for part in command)
        folders = {f"{self.scratch}/": "", f"{self.data}": DATA_AS_SHOWN,
                   f"{self.benchmarks}/": "benchmarks/"}
        if self.keep is not None:
            folders[f"{self.keep}/"] = ""
        for folder, name in folders.items():
            shown = shown.replace(folder, name)
        return shown

    def has_instruction_set(self, isa: str) -> bool:
        """Whether SeqNet runs with it on this CPU."""
        version = machine.output_of(
            str(self.seqnet), "--version", environment={"SEQNET_ISA": isa}
        )
        return f"({isa};" in version

    def conditions(self, runtimes: Iterable[str] = ()) -> str:
        """The sentence that says where and with what a table was measured."""
        version = machine.output_of(str(self.seqnet), "--version").replace("\n", ", ")
        return ", ".join([
            f"Commit {machine.commit(self.root)}", machine.cpu_model(), f"{self.threads} threads",
            version or "seqnet of unknown version", *sorted(set(runtimes)),
        ]) + "."


def run_json(
    command: list[str], folder: Path, seconds: float, keys: Iterable[str],
    environment: Mapping[str, str] | None = None,
) -> Printed:
    """Runs a command for at most `seconds` and reads the JSON object it prints, which
    must have the keys; CommandFailed says what went wrong."""
    output, errors = run_text(command, folder, seconds, environment)
    try:
        return parsed(output, keys)
    except ValueError as error:
        raise CommandFailed(
            f"{shlex.join(command)}\n{error}; it wrote:\n{output}{errors}") from error


def run_text(
    command: list[str], folder: Path, seconds: float, environment: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Runs a command for at most `seconds`; what it wrote to stdout and stderr."""
    shown = shlex.join(command)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, timeout=seconds,
            env={**os.environ, **(environment or {})},
        )
    except OSError as error:
        raise CommandFailed(f"{shown}\n{error}") from error
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(f"{shown}\nnot done after {seconds:,.0f} seconds; ended") from error
    if done.returncode != 0:
        raise CommandFailed(f"{shown}\nexit code {done.returncode}; it wrote:\n{done.stderr}")
    return done.stdout, done.stderr


def parsed(output: str, keys: Iterable[str]) -> Printed:
    """The JSON object of an output; ValueError says what it lacks."""
    try:
        printed = json.loads(output)
    except ValueError as error:
        raise ValueError(f"its output is not a JSON object ({error})") from error
    if not isinstance(printed, dict):
        raise ValueError("its output is not a JSON object")
    missing = [key for key in keys if key not in printed]
    if missing:
        raise ValueError(f"its JSON object has no {missing[0]!r}")
    return printed
