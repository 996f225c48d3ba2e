"""Single files that a command writes for its user, who owns them from then on.

Stands beside the writer, which keeps whole folders of generated files.
"""

from __future__ import annotations

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
    except FileExistsError:
        raise OutputError(f"{path} is there already; remove it first") from None
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error
