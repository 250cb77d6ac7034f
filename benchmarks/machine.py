"""What a measurement must say about where it was taken; never a host name or a path."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")


def output_of(
    *command: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """What a command prints, or an empty string where it is missing or fails."""
    try:
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, check=True,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def cpuinfo_values(key: str) -> list[str]:
    """All values of a key in /proc/cpuinfo, one a logical CPU; empty outside Linux."""
    if not CPUINFO.exists():
        return []
    pairs = (line.partition(":") for line in CPUINFO.read_text().splitlines())
    return [value.strip() for name, _, value in pairs if name.strip() == key]


def cpu_model() -> str:
    """The processor's name as the system gives it."""
    names = cpuinfo_values("model name")
    if names:
        return names[0]
    return output_of("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()


def physical_cores() -> int:
    """Cores, not hyper-threads: what SeqNet uses by default."""
    cores = set(zip(cpuinfo_values("physical id"), cpuinfo_values("core id")))
    if cores:
        return len(cores)
    return int(output_of("sysctl", "-n", "hw.physicalcpu") or os.cpu_count() or 1)


def commit(repository: Path) -> str:
    """The commit that is checked out, and whether files of the program differ from it."""
    name = output_of("git", "rev-parse", "--short=12", "HEAD", cwd=repository)
    changed = output_of(
        "git", "status", "--porcelain", "--", ".", ":!benchmarks/RESULTS.md",
        ":!benchmarks/layers.svg", ":!docs/results.md", cwd=repository
    )
    return (name or "unknown") + (" with local changes" if changed else "")
