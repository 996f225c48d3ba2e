"""microsoft.graph.guest."""

from __future__ import annotations

from .._runtime.model import Required, field
from .user import User


class Guest(User):
    """A user from elsewhere.

    Wire name: microsoft.graph.guest
    """

    __slots__ = ()
    _type_name = "microsoft.graph.guest"

    sponsor: Required[str] = field("sponsor")
