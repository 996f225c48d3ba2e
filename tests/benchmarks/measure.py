"""How processes are measured, and how figures become Markdown.

A run is a process of its own, timed from before its start to after its end, with the peak
memory that the system reports for it (`os.wait4`). A figure is the median of several runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 5


class BenchmarkError(Exception):
    """A measured program failed; the text holds its command and its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a process: wall seconds, peak memory in MB, what it printed, and the
    seconds of processor time, which other work on the machine moves less."""

    seconds: float
    peak_mb: float
    output: str
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """The same thing measured several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value, which one odd run does not move."""
        return statistics.median(self.values)

    def text(self, unit: str, digits: int = 2) -> str:
        """Give the median with its unit, and the lowest and highest value behind it."""
        low, high = min(self.values), max(self.values)
        return (
            f"{self.median:,.{digits}f} {unit} ({low:,.{digits}f}–{high:,.{digits}f})"
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, what came out, and what was promised."""

    subject: str
    measured: str
    limit: str = ""


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end and measure it.

    `env` is added to the environment. Raises BenchmarkError if the command fails.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, env=_environment(env or {})
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise BenchmarkError(_failure(command, process.returncode, err.read()))
        return Run(
            seconds,
            _megabytes(usage.ru_maxrss),
            out.read().decode(),
            usage.ru_utime + usage.ru_stime,
        )


def in_turns(
    contestants: Mapping[str, Callable[[], Run]], runs: int = RUNS
) -> dict[str, list[Run]]:
    """Let contestants take turns, so that a slow spell of the machine hits all alike.

    Each is run once beforehand, unmeasured: its byte code is then written and its files
    are in the system's cache.
    """
    for start in contestants.values():
        start()
    results: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, start in contestants.items():
            results[name].append(start())
    return results


def seconds(runs: Iterable[Run]) -> Figure:
    """Give the wall times of runs."""
    return Figure(tuple(one.seconds for one in runs))


def processor(runs: Iterable[Run]) -> Figure:
    """Give the processor times of runs."""
    return Figure(tuple(one.processor for one in runs))


def peaks(runs: Iterable[Run]) -> Figure:
    """Give the peak memory of runs."""
    return Figure(tuple(one.peak_mb for one in runs))


def difference(more: Sequence[Run], less: Sequence[Run]) -> float:
    """Give by how many seconds the median of one is above the median of the other."""
    return seconds(more).median - seconds(less).median


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def interpreter(environment: Path | None = None) -> str:
    """Give the Python of a virtual environment, or the one that runs this."""
    return str(environment / "bin" / "python") if environment else sys.executable


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Give the environment, in which Python keeps byte code as it does for users."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}


def _megabytes(maxrss: int) -> float:
    return maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _failure(command: Sequence[str], code: int, errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return f"{' '.join(command)} ended with {code}: " + " / ".join(lines[-3:])
