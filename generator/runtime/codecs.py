"""Codecs as generated modules name them, and values written by their Python type.

The codecs of single values come from `scalars`. Added here are those that name another
generated class (`nested`, `flags`), which is imported when its first value is met, and
`encode` and `literal`, which write a value whose declared type nobody told: arguments
of actions and functions, properties of open types, filters on untyped paths.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Never

from .enums import Flags, OpenEnum
from .generated import generated
from .lists import list_of
from .scalars import (
    LOOKS,
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DECIMAL,
    DOUBLE,
    DURATION,
    GUID,
    INT64,
    INTEGER,
    STRING,
    TIME,
    Codec,
    quoted,
)
from .shapes import is_mapping, is_sequence
from .tracking import Owner

__all__ = (
    "ANY",
    "BINARY",
    "BOOLEAN",
    "DATE",
    "DATE_TIME",
    "DECIMAL",
    "DOUBLE",
    "DURATION",
    "GUID",
    "INT64",
    "INTEGER",
    "STRING",
    "TIME",
    "Codec",
    "Nested",
    "encode",
    "flags",
    "list_of",
    "literal",
    "nested",
    "type_name",
)


class Nested(Codec[Any]):
    """The codec of a generated class, which it imports when it is first needed.

    Until then the four functions are those that import; after that they are the ones
    of the class's own codec. "CODEC" is a codec itself, that of a type definition with a
    module of its own.
    """

    __slots__ = ("_as_flags", "_module", "_name")

    def __init__(
        self, module: str, name: str, kind: str = "", as_flags: bool = False
    ) -> None:
        super().__init__(
            self._first_load,
            self._first_dump,
            self._first_literal,
            self._first_view,
            kind=kind,
        )
        self._module = module
        self._name = name
        self._as_flags = as_flags

    def target(self) -> Any:
        """Import the class; raises ImportError or AttributeError if it is not there."""
        return generated(self._module, self._name)

    def chosen(self, wire: object, looks: int = LOOKS) -> Codec[Any] | None:
        """Let the codec of a type definition choose; a class leaves no choice."""
        return self.target().chosen(wire, looks) if self._name == "CODEC" else self

    def is_like(self, other: Nested) -> bool:
        """Whether the other is the codec of the same class."""
        return (self._module, self._name) == (other._module, other._name)

    def distance(self, kind: type) -> int | None:
        """Give how many steps a class is derived from the one meant here, None if it is
        not; nothing is imported for that."""
        for steps, base in enumerate(kind.__mro__):
            if base.__name__ == self._name:
                if base.__module__.endswith(f".models.{self._module}"):
                    return steps
        return None

    def _resolve(self) -> None:
        target = self.target()
        codec: Codec[Any]
        if self._name == "CODEC":
            codec = target
        else:
            codec = target._flags_codec() if self._as_flags else target._codec()
        self.load, self.dump, self.literal = codec.load, codec.dump, codec.literal
        self.view = codec.view or _view_of(codec)
        self.item, self.kind = codec.item, codec.kind

    def _first_load(self, wire: Any) -> Any:
        self._resolve()
        return self.load(wire)

    def _first_dump(self, value: Any) -> Any:
        self._resolve()
        return self.dump(value)

    def _first_literal(self, value: Any) -> str:
        self._resolve()
        return self.literal(value)

    def _first_view(self, wire: Any, owner: Owner, place: str) -> Any:
        self._resolve()
        view = self.view
        return view(wire, owner, place) if view is not None else self.load(wire)


def _view_of(codec: Codec[Any]) -> Any:
    """Give a `view` for values that do not change, and so need no owner."""
    load = codec.load

    def view(wire: Any, owner: Owner, place: str) -> Any:
        return load(wire)

    return view


def nested(module: str, name: str, kind: str = "") -> Codec[Never]:
    """Give the codec of the model or enumeration `name` in `<package>.models.module`.

    `kind` is said among the members of a union: see `Codec`. A checker does not see what
    it reads. `Never`, a subtype of every type, makes it fit wherever the place where it
    is used says the type.
    """
    return Nested(module, name, kind)


def flags(module: str, name: str) -> Codec[Never]:
    """Give the codec of sets of members of the `OpenFlag` in `<package>.models`."""
    return Nested(module, name, as_flags=True)


def _dump_enum(value: Any) -> str:
    return str.__str__(value)


def _enum_literal(value: Any) -> str:
    return quoted(str.__str__(value))


def _flags_literal(value: Any) -> str:
    return quoted(str(value))


_BY_TYPE: dict[type, Codec[Any]] = {
    str: STRING,
    bool: BOOLEAN,
    int: INTEGER,
    float: DOUBLE,
    Decimal: DECIMAL,
    bytes: BINARY,
    dt.datetime: DATE_TIME,
    dt.date: DATE,
    dt.time: TIME,
    dt.timedelta: DURATION,
    uuid.UUID: GUID,
    OpenEnum: Codec(str, _dump_enum, _enum_literal, kind="str"),
    Flags: Codec(str, str, _flags_literal, kind="str"),
}
"""Codecs by the type of the value; `model` adds its own."""


_EDM: dict[type, str] = {
    str: "Edm.String",
    bool: "Edm.Boolean",
    int: "Edm.Int64",
    float: "Edm.Double",
    Decimal: "Edm.Decimal",
    bytes: "Edm.Binary",
    dt.datetime: "Edm.DateTimeOffset",
    dt.date: "Edm.Date",
    dt.time: "Edm.TimeOfDay",
    dt.timedelta: "Edm.Duration",
    uuid.UUID: "Edm.Guid",
}


def type_name(kind: type[Any]) -> str:
    """Give the qualified name of the OData type that a Python type or a model is.

    Raises TypeError for types that have none.
    """
    name = _EDM.get(kind, getattr(kind, "_type_name", ""))
    if not name:
        raise TypeError(f"{kind.__name__} is no type that OData has a name for")
    return name


def register(kind: type, codec: Codec[Any]) -> None:
    """Let `encode` and `literal` write values of `kind` and its subclasses."""
    _BY_TYPE[kind] = codec


def _codec_for(value: object) -> Codec[Any] | None:
    for kind in type(value).__mro__:
        codec = _BY_TYPE.get(kind)
        if codec is not None:
            return codec
    return None


def encode(value: object) -> Any:
    """Give the JSON form of a value by its Python type.

    Models give their wire object, with "@odata.type" where only that tells the class;
    lists and mappings are encoded item by item; None is null. Raises TypeError for
    types that JSON has no form for, ValueError for values such as naive datetimes.
    """
    if value is None:
        return None
    codec = _codec_for(value)
    if codec is not None:
        return codec.dump(value)
    if is_mapping(value):
        return {str(name): encode(item) for name, item in value.items()}
    if is_sequence(value):
        return [encode(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def literal(value: object) -> str:
    """Give the OData URL literal of a value by its Python type, not percent-encoded.

    See the rule primitiveLiteral in the OData ABNF; an enumeration member is written by
    its name in quotes, as OData 4.01 and Microsoft Graph have it. Raises TypeError for
    models, lists and other values that only JSON can carry.
    """
    if value is None:
        return "null"
    codec = _codec_for(value)
    if codec is None:
        raise TypeError(f"{type(value).__name__} has no literal in a URL")
    return codec.literal(value)


def _as_it_is(wire: Any) -> Any:
    return wire


ANY: Codec[Any] = Codec(_as_it_is, encode, literal)
