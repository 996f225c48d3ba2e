"""Members: which properties pages must show, and which requests must not send."""

from __future__ import annotations

from generator.model import Access, Property, StreamType


def is_shown(member: Property) -> bool:
    """Say whether the page of a type must show a property: not a relationship, which
    has a table of its own, and no stream; one that is on its way out may be gone."""
    is_plain = member.navigation is None and not isinstance(member.type, StreamType)
    return is_plain and member.deprecation is None


def read_only(member: Property, *, is_update: bool) -> str:
    """Say why a request must not set a property, "" where it may."""
    if member.computed or member.access is Access.READ:
        return "is set by the service alone"
    return "cannot be changed" if is_update and member.immutable else ""
