"""Sources: the bytes of a document and the name by which the user knows it.

The first step of every reader. A source is read once and whole, with a limit on its
size, so that a compressed file of a few kilobytes cannot fill the memory.
"""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import Place
from generator.recording import record

MAX_BYTES = 256 * 1024 * 1024
"""How large a document may be, after decompression; the largest known one has 17 MB."""

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its name, as diagnostics shall show it, and its bytes,
    decompressed."""

    name: str
    data: bytes


def load_source(path: Path, *, limit: int = MAX_BYTES) -> Source:
    """Read a file, plain or compressed with gzip (known by its first two bytes).

    Raises SpecError with one diagnostic if the file is missing, cannot be read, is not
    sound gzip, or has more than `limit` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
        record(str(path), data)
        return Source(str(path), unpacked(io.BytesIO(data), str(path), limit))
    except FileNotFoundError:
        record(str(path), None)
        message = "there is no such file"
        raise _failure("source-missing", message, str(path)) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, str(path)) from error


def unpacked(file: BinaryIO, name: str, limit: int) -> bytes:
    """Read a document that may be compressed with gzip (known by its first two bytes).

    Raises SpecError, which shows the document by its name, for what is not sound gzip
    and for more than `limit` bytes.
    """
    start = file.read(2)
    file.seek(0)
    try:
        if start == _GZIP_MAGIC:
            with gzip.GzipFile(fileobj=file) as inside:
                data = inside.read(limit + 1)
        else:
            data = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(error, name) from error
    if len(data) > limit:
        message = f"the document has more than {limit:,} bytes"
        raise _failure("source-too-large", message, name)
    return data


_CSDL = (".csdl", ".edmx", ".xml")
_PLAIN = (".json", ".yaml", ".yml")


def candidates(folder: Path) -> list[Path]:
    """Give the files in a folder that may be descriptions, by name; all may be
    compressed (.gz). Raises OSError."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if (
            _suffix(path) in (*_CSDL, *_PLAIN)
            and path.name[0] != "."
            and path.is_file()
        ):
            found.append(path)
    return found


def is_named_csdl(path: Path) -> bool:
    """Say whether a file is CSDL by its name."""
    return _suffix(path) in _CSDL


def _suffix(path: Path) -> str:
    return Path(path.name.lower().removesuffix(".gz")).suffix


def listing(folder: Path) -> bytes:
    """Give what counts of a folder that is read: the names of its `candidates`. Raises
    OSError."""
    return "\n".join(path.name for path in candidates(folder)).encode(
        "utf-8", "surrogateescape"
    )


def beside(uri: str, folder: Path, root: Path) -> Path | None:
    """Give the file that a reference from a document in a folder means, or None if it
    is a folder or leads out of `root`."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    name = unquote(parts.path)
    if parts.scheme or parts.netloc or not name.isprintable() or "\\" in name:
        return None
    path = folder / name
    real, top = path.resolve(), root.resolve()
    return path if name and real != top and real.is_relative_to(top) else None


def _unreadable(error: Exception, name: str) -> SpecError:
    reason = getattr(error, "strerror", None) or str(error)
    return _failure("source-unreadable", f"the file cannot be read: {reason}", name)


def _failure(code: str, message: str, name: str) -> SpecError:
    return SpecError((Diagnostic(code, Severity.ERROR, message, Place(name)),))
