"""Whether a JSON value is one of a type: examples that a spec gives are believed only
where they are, and of a union they tell which member is meant.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from generator.emitters.structure import Structure
from generator.model import (
    Access,
    AnyType,
    Enum,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
)

Kind = ScalarKind

_NUMBERS: Final = (Kind.SINGLE, Kind.DOUBLE, Kind.DECIMAL)
_DURATION: Final = re.compile(
    r"P(?=[\dT])(\d{1,6}D)?(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?", re.ASCII
)

# How the texts that are no plain ones are read; ValueError for one that is none.
_READERS: Final[Mapping[ScalarKind, Callable[[str], object]]] = {
    Kind.GUID: UUID,
    Kind.DATE: lambda text: dt.datetime.strptime(text, "%Y-%m-%d"),
    Kind.DATE_TIME: lambda text: dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
    Kind.TIME: lambda text: dt.datetime.strptime(text, "%H:%M:%S"),
    Kind.BINARY: lambda text: b64decode(text, validate=True).decode("ascii"),
}


class Fitting:
    """Compares values with the types of an Api."""

    def __init__(self, types: Mapping[str, TypeDef], structure: Structure) -> None:
        self._types = types
        self._structure = structure

    def fits(self, ref: TypeRef, value: Any, unwanted: Access) -> bool:
        """Say whether a value is one of a type. Properties of the access `unwanted` must
        not be there: what callers send has no read-only ones."""
        ref = self._structure.settle(ref)[0]
        match ref:
            case Scalar(kind):
                return _is_scalar(kind, value)
            case LiteralType(text):
                return bool(value == json.loads(text))
            case ListOf(item):
                return isinstance(value, list) and all(
                    self.fits(item, each, unwanted) for each in value
                )
            case MapOf(item):
                return isinstance(value, dict) and all(
                    self.fits(item, each, unwanted) for each in value.values()
                )
            case UnionOf():
                return self.member(ref, value, unwanted) is not None
            case Named(type_id):
                return self._fits_type(type_id, value, unwanted)
            case AnyType():
                return True
            case _:
                return False

    def member(self, union: UnionOf, value: Any, unwanted: Access) -> TypeRef | None:
        """Give the member of a union of which a value is, None for none."""
        told = union.discriminator
        if told is not None and isinstance(value, dict):
            said = value.get(told.property)
            type_id = dict(told.mapping).get(said) if isinstance(said, str) else None
            if type_id is not None:
                return Named(type_id) if self._types.get(type_id) else None
        for each in union.members:
            if self.fits(each, value, unwanted):
                return each
        return None

    def _fits_type(self, type_id: str, value: Any, unwanted: Access) -> bool:
        definition = self._types[type_id]
        if isinstance(definition, Enum):
            is_text = isinstance(value, str) is not definition.is_numeric
            names = {member.name for member in definition.members}
            return is_text and not isinstance(value, bool) and str(value) in names
        if not isinstance(value, dict):
            return False
        actual = self._structure.actual(type_id, value)
        members = self._structure.members(actual)
        is_open = any(each.open for each in self._structure.chain(actual))
        return (
            (is_open or value.keys() <= members.keys())
            and all(
                name in value or not member.required or member.access is unwanted
                for name, member in members.items()
            )
            and all(
                self._fits_property(members[name], each, unwanted)
                for name, each in value.items()
                if name in members
            )
        )

    def _fits_property(self, member: Property, value: Any, unwanted: Access) -> bool:
        if member.access is unwanted:
            return False
        if value is None:
            return member.nullable
        return self.fits(member.type, value, unwanted)


def _is_scalar(kind: ScalarKind, value: Any) -> bool:
    if kind is Kind.BOOLEAN or isinstance(value, bool):
        return kind is Kind.BOOLEAN and isinstance(value, bool)
    if kind in _NUMBERS:
        return isinstance(value, int | float)
    if kind is Kind.STRING:
        return isinstance(value, str)
    if kind is Kind.DURATION:
        return isinstance(value, str) and _DURATION.fullmatch(value) is not None
    reader = _READERS.get(kind)
    if reader is None:
        return isinstance(value, int)
    try:
        return isinstance(value, str) and bool(reader(value) or value)
    except ValueError:
        return False
