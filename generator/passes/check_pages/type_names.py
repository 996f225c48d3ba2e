"""Type names: which type people mean by what they write.

Tables, titles and comments spell types in many ways: `qrPin`, `microsoft.graph.qrPin`,
`#microsoft.graph.qrPin`, `String collection`, `Collection(Edm.String)`, `Int64`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from generator.model import (
    Alias,
    AnyType,
    Api,
    ListOf,
    LiteralType,
    MapOf,
    UnionOf,
    Named,
    Protocol,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
)

SCALARS: Final[Mapping[str, frozenset[ScalarKind]]] = {
    "string": frozenset({ScalarKind.STRING}),
    "boolean": frozenset({ScalarKind.BOOLEAN}),
    "bool": frozenset({ScalarKind.BOOLEAN}),
    "byte": frozenset({ScalarKind.BYTE}),
    "sbyte": frozenset({ScalarKind.SBYTE}),
    "int16": frozenset({ScalarKind.INT16}),
    "int32": frozenset({ScalarKind.INT32}),
    "int64": frozenset({ScalarKind.INT64}),
    "int": frozenset({ScalarKind.INT16, ScalarKind.INT32, ScalarKind.INT64}),
    "integer": frozenset({ScalarKind.INT16, ScalarKind.INT32, ScalarKind.INT64}),
    "long": frozenset({ScalarKind.INT64}),
    "single": frozenset({ScalarKind.SINGLE}),
    "float": frozenset({ScalarKind.SINGLE, ScalarKind.DOUBLE}),
    "double": frozenset({ScalarKind.DOUBLE}),
    "number": frozenset(
        {
            ScalarKind.BYTE,
            ScalarKind.SBYTE,
            ScalarKind.INT16,
            ScalarKind.INT32,
            ScalarKind.INT64,
            ScalarKind.SINGLE,
            ScalarKind.DOUBLE,
            ScalarKind.DECIMAL,
        }
    ),
    "decimal": frozenset({ScalarKind.DECIMAL}),
    "binary": frozenset({ScalarKind.BINARY}),
    "date": frozenset({ScalarKind.DATE}),
    "datetimeoffset": frozenset({ScalarKind.DATE_TIME}),
    "timeofday": frozenset({ScalarKind.TIME}),
    "duration": frozenset({ScalarKind.DURATION}),
    "guid": frozenset({ScalarKind.GUID}),
    "uuid": frozenset({ScalarKind.GUID}),
}
"""The primitive types that a written name may stand for, by the name in lower case
without "Edm."."""

_TEXTS: Final = (
    ScalarKind.BINARY,
    ScalarKind.DATE,
    ScalarKind.DATE_TIME,
    ScalarKind.TIME,
    ScalarKind.DURATION,
    ScalarKind.GUID,
)
_OF_JSON: Final[Mapping[str, frozenset[ScalarKind]]] = {
    **SCALARS,
    "string": frozenset({ScalarKind.STRING, *_TEXTS}),
    "integer": SCALARS["integer"] | {ScalarKind.BYTE, ScalarKind.SBYTE},
}
"""The same for OpenAPI, where a text is a string whatever its format."""

_COLLECTION: Final = re.compile(
    r"collection\s*\(\s*(?P<inner>[^()]*?)\s*\)|(?P<before>.+?)\s+collection"
    r"|(?:collection|array)\s+of\s+(?P<after>.+)|(?P<array>.+?)\s*\[\s*\]",
    re.IGNORECASE,
)
_LONGEST: Final = 200
_STREAMS: Final = ("stream", "binary", "bytes")
_REMARK: Final = re.compile(r"\s*\([^()]*\)\s*$")
_NAME: Final = re.compile(r"#?[A-Za-z_]\w*(?:\.\w+)*")


class Written(NamedTuple):
    """A type as written: its name, and whether a collection of it is meant."""

    name: str
    many: bool


def parse_type(text: str) -> Written | None:
    """Take what a table says of a type apart; give None where that is not a type."""
    if len(text) > _LONGEST:
        return None
    stripped = text.strip().strip("`*").rstrip(".").strip()
    match = _COLLECTION.fullmatch(stripped)
    name = next(filter(None, match.groups()), "") if match else stripped
    if not match:
        name = _REMARK.sub("", name)
    name = name.strip().strip("`*").strip()
    return Written(name.lstrip("#"), bool(match)) if _NAME.fullmatch(name) else None


class TypeNames:
    """Looks up the types of an Api by what people write."""

    def __init__(self, api: Api) -> None:
        self._types = api.types
        is_odata = api.protocol is Protocol.ODATA
        self._scalars = SCALARS if is_odata else _OF_JSON
        self._main = api.namespace.lower()
        self._ids = {type_id.lower(): type_id for type_id in api.types}
        self._short: defaultdict[str, list[str]] = defaultdict(list)
        for type_id in api.types:
            self._short[type_id.rpartition(".")[2].lower()].append(type_id)

    def find(self, text: str, namespace: str = "") -> str:
        """Give the id of the type that a name means, "" if there is none or it could be
        several. `namespace` is where to look first."""
        name = text.strip().lstrip("#").lower()
        for form in (name, f"{namespace.lower()}.{name}", f"{self._main}.{name}"):
            if form in self._ids:
                return self._ids[form]
        found = self._candidates(name)
        return found[0] if len(found) == 1 else ""

    def _candidates(self, name: str) -> list[str]:
        """Give the types with a short name; a prefix that is no namespace is taken for
        an alias of one, or for the end of one."""
        prefix, _, last = name.rpartition(".")
        found = self._short.get(last, [])
        if prefix in ("", "graph", "self"):
            return found
        return [each for each in found if each.lower().endswith(f".{name}")]

    def is_type(self, name: str) -> bool:
        """Say whether a name means any type, or one of several."""
        low = name.lstrip("#").lower()
        primitive = low.removeprefix("edm.")
        if primitive in SCALARS or primitive in (*_STREAMS, "untyped"):
            return True
        return bool(self.find(name) or self._candidates(low))

    def fits(self, written: Written, ref: TypeRef) -> bool:
        """Say whether what is written means a type."""
        if isinstance(ref, ListOf):
            return written.many and self._fits_one(written.name, ref.item)
        return isinstance(ref, AnyType) or (
            not written.many and self._fits_one(written.name, ref)
        )

    def _fits_one(self, name: str, ref: TypeRef) -> bool:
        low = name.lower().removeprefix("edm.")
        match ref:
            case Scalar(kind):
                return kind in self._scalars.get(low, ())
            case Named(type_id):
                if type_id in (self.find(name), *self._candidates(name.lower())):
                    return True
                alias = self._types.get(type_id)
                return isinstance(alias, Alias) and self._fits_one(name, alias.type)
            case StreamType():
                return low in _STREAMS
            case UnionOf(members):
                return any(self._fits_one(name, member) for member in members)
            case AnyType() | ListOf() | MapOf() | LiteralType():
                return True


def shown(ref: TypeRef) -> str:
    """Give a type as tables write it."""
    match ref:
        case Scalar(kind):
            return _SHOWN.get(kind, kind.value.capitalize())
        case Named(type_id):
            return type_id.rpartition(".")[2]
        case ListOf(item):
            return f"{shown(item)} collection"
        case MapOf(value):
            return f"map of {shown(value)}"
        case UnionOf(members):
            return " or ".join(shown(member) for member in members)
        case LiteralType(value):
            return value
        case StreamType():
            return "Stream"
        case AnyType():
            return "Json"


_SHOWN: Final = {
    ScalarKind.DATE_TIME: "DateTimeOffset",
    ScalarKind.SBYTE: "SByte",
    ScalarKind.TIME: "TimeOfDay",
}
