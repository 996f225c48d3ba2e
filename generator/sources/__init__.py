"""Sources: from where a document is to its bytes.

The first step of the flow. A file, a folder, the standard input and the copy of a URL all
come to the readers, which never ask the network, as a `Source`. What a URL stands for is
fetched when there is no copy of it yet, and when the user asks for it (`refresh`).
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.hashes import plain_ends
from generator.locations import Location, StandardInput, Url
from generator.model import Place
from generator.readers.source import MAX_BYTES, Source, load_source, unpacked
from generator.sources.addresses import Refused
from generator.sources.copies import BrokenCopy, Copy
from generator.sources.fetching import Answer, FetchError, Limits, fetch
from generator.sources.folders import load_folder

__all__ = ["Refreshed", "load", "load_folder", "refresh", "require_copy"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the copy of a URL: "new", "changed" or "the same"."""

    url: Url
    change: str
    size: int


def load(
    location: Location,
    home: Path,
    *,
    allow_local: bool = False,
    limit: int = MAX_BYTES,
) -> list[Source]:
    """Read the documents at a location: one, or all that are in a folder.

    `home` is the folder of the configuration, where the copies of URLs are kept. Raises
    SpecError for what cannot be read.
    """
    match location:
        case Url():
            answer = _copied(location, home)
            if answer is None:
                _fetched(location, home, allow_local, limit)
                answer = _copied(location, home)
            return [Source(str(location), answer.data if answer else b"")]
        case StandardInput():
            data = location.read(limit)
            return [Source(str(location), _unpacked(data, location, limit))]
    if not os.path.isdir(location):  # what it may not be asked is no folder
        return [load_source(location, limit=limit)]
    found = load_folder(location)
    if not found:
        message = "there is no description in this folder"
        raise _failure("source-missing", message, location)
    return found


def require_copy(url: Url, home: Path) -> None:
    """Raise SpecError if a URL would have to be fetched before it can be read."""
    if _copied(url, home) is None:
        message = "there is no copy of it yet; specwright fetch gets it"
        raise _failure("source-missing", message, url)


def refresh(url: Url, home: Path, *, allow_local: bool = False) -> Refreshed:
    """Ask for a URL again, and keep what it gives if that has changed.

    Raises SpecError for what cannot be fetched or kept.
    """
    try:
        known = Copy(url, home).read()
    except BrokenCopy:
        known = None
    answer = _fetched(url, home, allow_local, MAX_BYTES, known)
    if known is None:
        return Refreshed(url, "new", len(answer.data))
    is_same = plain_ends(answer.data) == plain_ends(known.data)
    change = "the same" if is_same else "changed"
    return Refreshed(url, change, len(answer.data))


def _copied(url: Url, home: Path) -> Answer | None:
    try:
        return Copy(url, home).read()
    except BrokenCopy as error:
        message = f"{error}; specwright fetch gets it again"
        raise _failure("source-copy", message, url) from None


def _fetched(
    url: Url, home: Path, allow_local: bool, limit: int, known: Answer | None = None
) -> Answer:
    """Fetch a document and keep it; give the known one if that still holds."""
    try:
        answer = fetch(url, Limits(limit), allow_local=allow_local, known=known)
    except Refused as error:
        raise _failure("source-refused", f"not fetched: {error}", url) from None
    except FetchError as error:
        raise _failure("source-fetch", f"cannot be fetched: {error}", url) from None
    if answer is None and known is not None:
        return known
    # What is packed twice, as a file and for the journey, is kept unpacked.
    data = _unpacked(_unpacked(answer.data, url, limit), url, limit) if answer else b""
    if not answer or not data:  # which is no reason to lose what there is
        raise _failure("source-fetch", "the server sends nothing", url)
    answer = Answer(data, answer.etag, answer.last_modified)
    try:
        if answer != known:
            Copy(url, home).write(answer)
    except OSError as error:
        message = f"the copy cannot be kept: {error.strerror or error}"
        raise _failure("source-copy", message, url) from None
    return answer


def _unpacked(data: bytes, location: Location, limit: int) -> bytes:
    return unpacked(io.BytesIO(data), str(location), limit)


def _failure(code: str, message: str, location: Location) -> SpecError:
    place = Place(str(location))
    return SpecError((Diagnostic(code, Severity.ERROR, message, place),))
