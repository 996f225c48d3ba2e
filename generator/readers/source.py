"""Sources: the bytes of a document and the name by which the user knows it.

The first step of every reader. A source is read once and whole, with a limit on its
size, so that a compressed file of a few kilobytes cannot fill the memory.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import Place

MAX_BYTES = 256 * 1024 * 1024
"""How large a document may be, after decompression; the largest known one has 17 MB."""

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its name, as diagnostics shall show it, and its bytes,
    decompressed."""

    name: str
    data: bytes


_READ: ContextVar[dict[str, str] | None] = ContextVar("_READ", default=None)


@contextmanager
def recorded() -> Iterator[dict[str, str]]:
    """Give a mapping that fills with the names of what is read meanwhile, and the
    SHA-256 of each as it stands on the disk; "" is for what is not there."""
    found: dict[str, str] = {}
    token = _READ.set(found)
    try:
        yield found
    finally:
        _READ.reset(token)


def record(name: str, data: bytes | None) -> None:
    """Tell `recorded` that something was read, None that it was not there."""
    found = _READ.get()
    if found is not None:
        found[name] = "" if data is None else sha256(data).hexdigest()


def load_source(path: Path, *, limit: int = MAX_BYTES) -> Source:
    """Read a file, plain or compressed with gzip (known by its first two bytes).

    Raises SpecError with one diagnostic if the file is missing, cannot be read, is not
    sound gzip, or has more than `limit` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
        record(str(path), data)
        if data.startswith(_GZIP_MAGIC):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
                data = unpacked.read(limit + 1)
    except FileNotFoundError:
        record(str(path), None)
        if {"http:", "https:"} & set(path.parts):
            message = "URLs are not read; save the document to a file"
            raise _failure("source-missing", message, path) from None
        raise _failure("source-missing", "there is no such file", path) from None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the file cannot be read: {reason}"
        raise _failure("source-unreadable", message, path) from error
    if len(data) > limit:
        message = f"the document has more than {limit:,} bytes"
        raise _failure("source-too-large", message, path)
    return Source(str(path), data)


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


def _failure(code: str, message: str, path: Path) -> SpecError:
    return SpecError((Diagnostic(code, Severity.ERROR, message, Place(str(path))),))
