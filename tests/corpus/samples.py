"""A value of every type on the wire, and what Python makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableSequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from corpus.metadata import Metadata, Use
from corpus.packages import Package

SCALARS: dict[str, tuple[Any, type]] = {
    "Edm.Binary": ("AQID", bytes),
    "Edm.Boolean": (True, bool),
    "Edm.Byte": (7, int),
    "Edm.Date": ("2026-11-23", dt.date),
    "Edm.DateTimeOffset": ("2026-11-23T10:15:30.123456Z", dt.datetime),
    "Edm.Decimal": (1.25, Decimal),
    "Edm.Double": (1.5, float),
    "Edm.Duration": ("P1DT2H", dt.timedelta),
    "Edm.Guid": ("0f0c2b1e-4b7e-4a64-9a8e-7d2a54d2f0d5", UUID),
    "Edm.Int16": (7, int),
    "Edm.Int32": (7, int),
    "Edm.Int64": (2**60 + 1, int),
    "Edm.Single": (1.5, float),
    "Edm.String": ("O'Neil", str),
    "Edm.TimeOfDay": ("10:15:30", dt.time),
}
"""For each type of OData that Graph uses: a value as Python writes it on the wire, and
the Python type."""


class Samples:
    """Values for a package that is importable."""

    def __init__(self, package: Package, metadata: Metadata) -> None:
        self._metadata = metadata
        self._flags: type = package.load("_runtime.enums").Flags
        models = package.load("models")
        index: dict[str, str] = package.load("models._index").TYPES
        self.classes: dict[str, Any] = {
            name: getattr(models, index[name].partition(":")[2])
            for name in metadata.types
        }

    def wire(self, use: Use) -> Any:
        """A value as it is on the wire; of a collection, two."""
        one = self._one(use.name)
        return [one, one] if use.many else one

    def fits(self, value: Any, use: Use) -> bool:
        """Whether a value in Python is what it should be."""
        kind = self._kind(use.name)
        if not use.many:
            return isinstance(value, kind)
        return isinstance(value, MutableSequence) and all(
            isinstance(item, kind) for item in value
        )

    def _one(self, name: str) -> Any:
        if name in SCALARS:
            return SCALARS[name][0]
        found = self._metadata.types[name]
        return (
            (found.members or ["newer"])[0] if found.is_enum else {"@odata.etag": "1"}
        )

    def _kind(self, name: str) -> type:
        if name in SCALARS:
            return SCALARS[name][1]
        if self._metadata.types[name].is_flags:
            return self._flags
        kind: type = self.classes[name]
        return kind
