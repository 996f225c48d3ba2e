"""What was set since an object was read, and who is told of it.

Models and lists are views over parts of one JSON value. A view that was read from
another one is told its owner and the name under which it stands there; what is set in
the view is noted in the owner, up to the object that was read as a whole, which holds
all notes. `model` and `lists` write the notes, `bodies` reads them.

Untyped values are handed out as they are, and cannot tell of changes. Their text at
that time is noted instead, and compared when the notes are read.
"""

from __future__ import annotations

from typing import Any, Final, Protocol, TypeAlias

Changes: TypeAlias = "dict[str, Changes | str | None]"
"""Wire names of what was set; None: the whole value, a dict: only those parts of it.

A text is the `repr` of an untyped value when it was handed out.
"""

MUTABLE: Final = (dict, list)
"""The types of JSON values that whoever reads them can change."""


class Owner(Protocol):
    """A view that hands out views of its parts."""

    def _part(self, place: str, wire: object) -> Changes | None:
        """Give the notes about a part, for reading; asking changes nothing.

        None means that all of the part counts as set, or that `wire` no longer stands
        at `place`, because another value was put there.
        """
        ...

    def _noting(self, place: str, wire: object, lent: bool) -> Changes | None:
        """Give the notes about a part, to be added to, as something in it is set.

        With `lent` it is not set but handed out. None means that nothing is to be added
        by the part: see `_part`, or the owner has noted it.
        """
        ...

    def _lend(self, place: str, wire: object) -> None:
        """Note what the untyped part `wire` is like, before it is handed out."""
        ...

    def _whole(self, place: str, wire: object) -> None:
        """Note that the part `wire` at `place` is to be sent whole."""
        ...

    def _label(self, place: str) -> str:
        """Name a part for messages, such as "User.mailbox_settings"."""
        ...


class _Taken:
    """The owner of an object that was made and then put into another value.

    That value counts as set as a whole, so that nothing needs noting.
    """

    def _part(self, place: str, wire: object) -> Changes | None:
        return None

    def _noting(self, place: str, wire: object, lent: bool) -> Changes | None:
        return None

    def _lend(self, place: str, wire: object) -> None: ...

    def _whole(self, place: str, wire: object) -> None: ...

    def _label(self, place: str) -> str:
        return place


TAKEN: Final = _Taken()


def touched(tree: Changes, wire: dict[str, Any]) -> dict[str, Changes | None]:
    """Give the notes that tell of a change in `wire`, without those merely lent."""
    found: dict[str, Changes | None] = {}
    for name, note in tree.items():
        if not isinstance(note, str):
            found[name] = note
        elif name in wire and repr(wire[name]) != note:
            found[name] = None
    return found
