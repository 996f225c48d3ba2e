"""microsoft.graph.assignedLicense."""

from __future__ import annotations

import uuid
from collections.abc import MutableSequence

from .._runtime.codecs import GUID, STRING, list_of
from .._runtime.model import Field, Model, ReadOnly, field


class AssignedLicense(Model):
    """A licence that a user holds.

    Wire name: microsoft.graph.assignedLicense
    """

    __slots__ = ()
    _type_name = "microsoft.graph.assignedLicense"

    sku_id: Field[uuid.UUID] = field("skuId", GUID, default=None, immutable=True)
    disabled_plans: Field[MutableSequence[str]] = field(
        "disabledPlans", list_of(STRING), default=None
    )
    state: ReadOnly[str] = field("state", init=False)
