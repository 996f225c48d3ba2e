"""Statements that a source makes about its own elements, kept whole.

OData calls them annotations (CSDL 4.01 section 14); an OpenAPI extension is the same
thing with the extension's name as the term. Terms and record properties that nobody
knows are kept too.

A `Value` is a `str`, `bool`, `int` or `None` (a null expression), a tuple (a
collection), or one of the classes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.model.doc import Place


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of a type that JSON does not know, in CSDL's spelling.

    `kind` is the expression's name: Binary, Date, DateTimeOffset, Decimal, Duration,
    Float, Guid, TimeOfDay (CSDL 4.01 section 14.3).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EnumMembers:
    """One or, for flags, several members of an enumeration type, without the type's
    name."""

    type: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path expression; `kind` is Path, PropertyPath, NavigationPropertyPath,
    AnnotationPath or ModelElementPath (CSDL 4.01 section 14.4.1)."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record expression: its type, if written, and its property values in written
    order."""

    type: str
    properties: tuple[tuple[str, Value], ...]
    annotations: tuple[Annotation, ...] = ()

    def get(self, name: str, default: Value = None) -> Value:
        """Give the value of a property, or `default` where the record does not have
        it."""
        for key, value in self.properties:
            if key == name:
                return value
        return default

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in self.properties)


@dataclass(frozen=True, slots=True)
class Dynamic:
    """A dynamic expression kept as such (If, Apply, And, Eq, Cast, LabeledElement,
    ...): its name, its attributes and its operands (CSDL 4.01 section 14.4)."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    operands: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A term applied to an element, with its qualifier ("" for none) and its value.

    A term without a value says `True`, the default of a tagging term.
    """

    term: str
    value: Value = True
    qualifier: str = ""
    annotations: tuple[Annotation, ...] = ()
    place: Place | None = None


Value: TypeAlias = (
    str
    | bool
    | int
    | None
    | Constant
    | EnumMembers
    | PathValue
    | Record
    | Dynamic
    | tuple["Value", ...]
)
