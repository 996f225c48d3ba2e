"""Watching: run again whenever something changes that the last run has read.

Files are looked at by their times and sizes, twice a second; what has to be done is then
decided by their hashes, as in every run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

PAUSE = 0.5
"""How long to wait before looking again, in seconds."""

_Look = dict[Path, tuple[int, int]]


def watch(
    run: Callable[[], object],
    files: Callable[[], Iterable[Path]],
    *,
    rounds: int | None = None,
) -> None:
    """Run, and run again whenever one of the files changes, comes or goes; `files` is
    asked for them after every run. Ends after so many runs, None for never."""
    while rounds is None or rounds > 0:
        before = _look(files())
        run()
        rounds = None if rounds is None else rounds - 1
        watched = set(files())
        # what was changed while the run went on has perhaps not been read
        before |= {path: _state(path) for path in watched - before.keys()}
        while rounds != 0 and _look(watched) == {
            each: before[each] for each in watched
        }:
            time.sleep(PAUSE)


def _look(files: Iterable[Path]) -> _Look:
    return {path: _state(path) for path in files}


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1)
    return (found.st_mtime_ns, found.st_size)
