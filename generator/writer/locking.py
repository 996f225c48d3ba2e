"""Locks that keep other runs from what this one writes; the system drops those of a
run that dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.writer.comparison import OutputError

_PATIENCE = 10.0
_PAUSE = 0.02


@contextmanager
def locked(places: Iterable[Path]) -> Iterator[None]:
    """Keep other runs from package folders: hold this over `recover`, `compare` and
    `write`.

    Raises OutputError if another run has one of them, or where the disk refuses.
    """
    with ExitStack() as held:
        for place in places:
            try:
                held.enter_context(_lock(place))
            except BlockingIOError:
                message = f"another run of specwright is writing {place}; try again"
                raise OutputError(message) from None
            except OSError as error:
                message = f"cannot write to {place.parent}: {error}"
                raise OutputError(message) from error
        yield


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep other runs from a lock file: those that write other targets of the same
    configuration wait for one another.

    Raises OutputError if another run has it for long, or where the disk refuses.
    """
    give_up = time.monotonic() + _PATIENCE
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(locked([lock]))
                break
            except OutputError as error:
                if error.__cause__ is not None or time.monotonic() > give_up:
                    raise
                time.sleep(_PAUSE)
        yield


@contextmanager
def _lock(place: Path) -> Iterator[None]:
    path = place.with_name(f".{place.name}.specwright-lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _locked_file(path)
    except BlockingIOError:
        raise
    except OSError as error:
        # where nothing can be made, nothing can be written by anybody of our rights
        unwritable = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        if path.exists() or not unwritable:
            raise
        yield
        return
    try:
        yield
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(descriptor)


if sys.platform == "win32":

    def _locked_file(path: Path) -> int:
        """Make a file that the system removes when its process closes it or dies."""
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
        try:
            return os.open(path, flags)
        except (FileExistsError, PermissionError) as error:
            if path.exists():
                raise BlockingIOError from error
            raise

else:
    import fcntl

    def _locked_file(path: Path) -> int:
        """Lock a file, which must still be the one of that name afterwards: the run
        that had it before removes it."""
        while True:
            flags = os.O_CREAT | os.O_RDONLY | os.O_NOFOLLOW
            descriptor = os.open(path, flags, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                    return descriptor
            except FileNotFoundError:
                pass
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)
