"""A peer that stays, so that its library is imported once for many measurements."""

from __future__ import annotations

import json
import queue
import shlex
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

from setting import CommandFailed, Printed, parsed

# A measurement that takes longer hangs; the first one imports the library too.
LONGEST_SECONDS = 300.0
# For a peer that was asked to leave.
FAREWELL_SECONDS = 10.0


class PeerProcess:
    """A program of peers/ with --serve: a line of options in, a line of results out.
    The process ends with the `with` statement, whatever happens in it."""

    def __init__(
        self, program: list[str], folder: Path, seconds: float = LONGEST_SECONDS,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`environment` takes the place of this process's own."""
        self.program = program
        self.seconds = seconds
        self.answers: queue.Queue[str] = queue.Queue()
        self.errors: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        try:
            self.process = subprocess.Popen(
                [*program, "--serve"], cwd=folder, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                env=environment,
            )
        except OSError as error:
            self.errors.close()
            raise CommandFailed(f"{shlex.join(program)}\n{error}") from error
        assert self.process.stdin and self.process.stdout, "both were asked for"
        self.requests, self.replies = self.process.stdin, self.process.stdout
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def __enter__(self) -> PeerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            # It may be in the middle of a measurement.
            self.process.kill()
        try:
            self.requests.close()
        except OSError:
            # It is gone, with a line unread.
            pass
        try:
            self.process.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.replies.close()
        self.errors.close()

    def ask(self, arguments: list[str], keys: Iterable[str]) -> Printed:
        """What the program prints with these arguments; CommandFailed when it dies, is
        silent for too long or prints something else."""
        command = shlex.join([*self.program, *arguments])
        try:
            self.requests.write(json.dumps(arguments) + "\n")
            self.requests.flush()
            answer = self.answers.get(timeout=self.seconds)
        except OSError as error:
            raise self._died(command) from error
        except queue.Empty as error:
            raise CommandFailed(f"{command}\nnot done after {self.seconds:,.0f} seconds") from error
        if not answer:
            raise self._died(command)
        try:
            return parsed(answer, keys)
        except ValueError as error:
            raise CommandFailed(f"{command}\n{error}; it wrote:\n{answer}") from error

    def _read(self) -> None:
        """Lines as they come; an empty one at the end."""
        for line in self.replies:
            self.answers.put(line)
        self.answers.put("")

    def _died(self, command: str) -> CommandFailed:
        try:
            code = str(self.process.wait(FAREWELL_SECONDS))
        except subprocess.TimeoutExpired:
            code = "none, its output is closed"
        self.errors.seek(0)
        return CommandFailed(f"{command}\nexit code {code}; it wrote:\n{self.errors.read()}")
