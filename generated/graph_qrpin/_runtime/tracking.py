"""What was set since an object was read, and who is told of it.

Models and lists are views over parts of one JSON value. A view that was read from
another one is told its owner and the name under which it stands there; what is set in
the view is noted in the owner, up to the object that was read as a whole, which holds
all notes. `model` and `lists` write the notes, `bodies` reads them.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

Changes: TypeAlias = "dict[str, Changes | None]"
"""Wire names of what was set; None: the whole value, a dict: only those parts of it."""


class Owner(Protocol):
    """A view that hands out views of its parts."""

    def _part(self, place: str, wire: object) -> Changes | None:
        """Give the notes about a part, to be added to.

        None means that nothing needs noting: all of the part counts as set already, or
        `wire` no longer stands at `place`, because another value was put there.
        """
        ...

    def _whole(self, place: str, wire: object) -> None:
        """Note that the part `wire` at `place` is to be sent whole."""
        ...

    def _label(self, place: str) -> str:
        """Name a part for messages, such as "User.mailbox_settings"."""
        ...
