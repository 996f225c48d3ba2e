"""Single files: what a command begins for its user, who owns it from then on, and the
copies of what is fetched.

Stands beside the writer, which keeps whole folders of generated files.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.writer import OutputError


def save_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, with the folders above it.

    Raises OutputError for one that is there, and where the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        # a folder above it may be what is there already, as a file
        if isinstance(error, FileExistsError) and os.path.lexists(path):
            raise OutputError(f"{path} is there already; remove it first") from None
        raise OutputError(f"cannot write {path}: {error}") from error


def save(path: Path, data: bytes) -> None:
    """Put a file in its place by renaming, so that a crash leaves the old or the new.

    Folders that are not there are made. Raises OSError where the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    """Give what the user takes away from the rights of new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
