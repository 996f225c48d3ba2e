"""Documents that the command line writes, in a process of their own: the files, and what
it took."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.packages import ROOT

# Runs the command line and tells what it took, the import of the program included. Of the
# memory, VmHWM: ru_maxrss counts that of the process from which this one was forked.
MEASURED = """
import re, sys, time
started = time.perf_counter()
from generator.cli import main
status = main(sys.argv[1:])
said = open("/proc/self/status").read()
used = int(re.search(r"VmHWM:\\s+(\\d+) kB", said)[1]) / 1024
print(f"took {time.perf_counter() - started:.1f} {used:.0f}")
sys.exit(status)
"""


@dataclass(frozen=True)
class Documents:
    """What a run wrote, by path, and what it took."""

    files: Mapping[str, str]
    seconds: float
    megabytes: float


def measured(options: Sequence[str], folder: Path) -> tuple[float, float]:
    """Generate something into a folder; give the seconds and megabytes that it took."""
    command = [sys.executable, "-c", MEASURED, "generate", "--quiet", *options]
    done = subprocess.run(
        [*command, "--out", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    _, seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def written_by(options: Sequence[str], package: str, folder: Path) -> Documents:
    """Generate the documents of a package into a folder."""
    seconds, megabytes = measured(options, folder)
    top = folder / f"{package}-docs"
    files = {
        path.relative_to(top).as_posix(): path.read_text("utf-8")
        for path in top.rglob("*")
        if path.is_file()
    }
    return Documents(files, seconds, megabytes)
