"""Single files, written whole or not at all.

Stands beside the writer, which looks after generated folders: this is for the copies of
what is fetched, and for a configuration that `init` begins.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
