"""microsoft.graph.entity."""

from __future__ import annotations

from .._runtime.model import Model, ReadOnly, field


class Entity(Model):
    """The base of all that has an id.

    Wire name: microsoft.graph.entity
    """

    __slots__ = ()
    _type_name = "microsoft.graph.entity"

    id: ReadOnly[str] = field("id", init=False)
    """The key, given by the service."""
