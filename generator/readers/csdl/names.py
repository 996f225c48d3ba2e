"""Names: aliases expanded to namespaces, type expressions turned into references.

The scope of an alias is the document that declares it (CSDL 4.01 sections 4.2 and
5.1), so there is one `Scope` for each. Everything that leaves the reader bears full
names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from sys import intern

from generator.model import (
    AnyType,
    ListOf,
    Named,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
)

_ANY = AnyType()

_EDM_TYPES: Mapping[str, TypeRef] = {
    "Edm.String": Scalar(ScalarKind.STRING),
    "Edm.Boolean": Scalar(ScalarKind.BOOLEAN),
    "Edm.Byte": Scalar(ScalarKind.BYTE),
    "Edm.SByte": Scalar(ScalarKind.SBYTE),
    "Edm.Int16": Scalar(ScalarKind.INT16),
    "Edm.Int32": Scalar(ScalarKind.INT32),
    "Edm.Int64": Scalar(ScalarKind.INT64),
    "Edm.Single": Scalar(ScalarKind.SINGLE),
    "Edm.Double": Scalar(ScalarKind.DOUBLE),
    "Edm.Decimal": Scalar(ScalarKind.DECIMAL),
    "Edm.Binary": Scalar(ScalarKind.BINARY),
    "Edm.Date": Scalar(ScalarKind.DATE),
    "Edm.DateTimeOffset": Scalar(ScalarKind.DATE_TIME),
    "Edm.TimeOfDay": Scalar(ScalarKind.TIME),
    "Edm.Duration": Scalar(ScalarKind.DURATION),
    "Edm.Guid": Scalar(ScalarKind.GUID),
    "Edm.Stream": StreamType(),
    **{
        f"Edm.{kind}{shape}": _ANY
        for kind in ("Geography", "Geometry")
        for shape in (
            "",
            "Point",
            "LineString",
            "Polygon",
            "MultiPoint",
            "MultiLineString",
            "MultiPolygon",
            "Collection",
        )
    },
    **{
        f"Edm.{name}": _ANY
        for name in (
            "Untyped",
            "PrimitiveType",
            "ComplexType",
            "EntityType",
            "AnnotationPath",
            "AnyPropertyPath",
            "ModelElementPath",
            "NavigationPropertyPath",
            "PropertyPath",
        )
    },
}
"""The types of namespace Edm (CSDL 4.01 sections 3.3 to 3.5)."""

_COLLECTION = re.compile(r"\s*Collection\(([^()]*)\)\s*")
_WORD = re.compile(r"[^\s(),/@#]+")
_SPACE = re.compile(r"\s+")


class BadType(ValueError):
    """A type expression that cannot be read; `code` says in which way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Scope:
    """The aliases of one document."""

    __slots__ = ("_aliases", "_names", "_paths", "_types")

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._types: dict[tuple[str, bool | None], TypeRef] = {}

    def name(self, text: str) -> str:
        """Expand a qualified name: `graph.user` to `microsoft.graph.user`."""
        known = self._names.get(text)
        if known is None:
            prefix, _, simple = text.strip().rpartition(".")
            known = (
                f"{self._aliases.get(prefix, prefix)}.{simple}" if prefix else simple
            )
            known = self._names[text] = intern(known)
        return known

    def path(self, text: str) -> str:
        """Expand every qualified name in a path, an annotation target or a type, and
        take the spaces out: `self.f(Collection(graph.user), Edm.Int32)/ids`."""
        known = self._paths.get(text)
        if known is None:
            known = _WORD.sub(lambda word: self.name(word[0]), _SPACE.sub("", text))
            known = self._paths[text] = intern(known)
        return known

    def type(self, text: str, nullable_items: bool | None = None) -> TypeRef:
        """Read a type expression: a qualified name or a collection of one.

        Raises BadType for what is neither, and for a name that Edm does not have.
        """
        key = (text, nullable_items)
        known = self._types.get(key)
        if known is None:
            known = self._types[key] = self._read_type(text, nullable_items)
        return known

    def _read_type(self, text: str, nullable_items: bool | None) -> TypeRef:
        if match := _COLLECTION.fullmatch(text):
            return ListOf(self._single_type(match[1]), nullable_items)
        return self._single_type(text)

    def _single_type(self, text: str) -> TypeRef:
        name = self.name(text)
        if not name or _WORD.fullmatch(name) is None:
            message = f"expected a qualified name or Collection(...), found {text!r}"
            raise BadType("csdl-bad-type", message)
        if not name.startswith("Edm."):
            return Named(name)
        known = _EDM_TYPES.get(name)
        if known is None:
            raise BadType("csdl-unknown-type", f"OData 4 has no type {name}")
        return known
