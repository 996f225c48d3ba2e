"""What is read while something is done: the inputs of a run, for the lock file and for
those who watch them.

A leaf: whatever reads a document tells of it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from generator.hashes import digest, plain_ends

_READ: ContextVar[dict[str, str] | None] = ContextVar("_READ", default=None)


@contextmanager
def recorded() -> Iterator[dict[str, str]]:
    """Give a mapping that fills with the names of what is read meanwhile, and the
    SHA-256 of each as it stands on the disk, but for line ends; "" is for what is not
    there."""
    found: dict[str, str] = {}
    token = _READ.set(found)
    try:
        yield found
    finally:
        _READ.reset(token)
        around = _READ.get()
        if around is not None:
            around.update(found)


def record(name: str, data: bytes | None) -> None:
    """Tell `recorded` that something was read, None that it was not there."""
    found = _READ.get()
    if found is not None:
        found[name] = "" if data is None else digest(plain_ends(data))
