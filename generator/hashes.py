"""By what a content is known again: its SHA-256, and that of what git made of it on
Windows, where it may write texts with other line ends than they were committed with.

A leaf, for all that notes hashes and compares with them.
"""

from __future__ import annotations

from hashlib import sha256


def digest(data: bytes) -> str:
    """Give the hash of a content."""
    return sha256(data).hexdigest()


def plain_ends(data: bytes) -> bytes:
    """Give a content with line ends as they are committed."""
    return data.replace(b"\r\n", b"\n")


def as_noted(data: bytes, known: str | None) -> bytes | None:
    """Give the content that has a hash: this one, or this one with plain line ends; None
    if neither has it."""
    if digest(data) == known:
        return data
    plain = plain_ends(data)
    return plain if plain != data and digest(plain) == known else None
