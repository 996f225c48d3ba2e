"""What the second step shares: a document with its scope, and the draft of the Api.

The second step makes the model of raw records. Its parts get a `Reading`, which knows
one document, and put what they make into the `Draft`, which all documents fill.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from generator.diagnostics import Diagnostics
from generator.model import (
    Annotation,
    AnyType,
    Constraints,
    ListOf,
    Operation,
    Place,
    Root,
    TypeDef,
    TypeRef,
)
from generator.readers.csdl.codes import report
from generator.readers.csdl.document import Document
from generator.readers.csdl.names import BadType, Scope
from generator.readers.csdl.xml import Element

BOOLEANS = {"true": True, "false": False, "1": True, "0": False}
"""The literals of XML Schema's boolean, the type of truth values in CSDL XML."""

_SIZES = frozenset({"MaxLength", "Precision", "Scale"})
_SYMBOLS = {"MaxLength": ("max",), "Precision": (), "Scale": ("variable", "floating")}


@dataclass(frozen=True, slots=True)
class Term:
    """A term that a document defines: what annotations without a value need of it."""

    name: str
    type: TypeRef
    default: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Import:
    """An action or function import: its name, and the operation's."""

    name: str
    operation: str
    place: Place


@dataclass(frozen=True, slots=True)
class Container:
    """An entity container by its full name; `given` is False for one of another
    service, whose document was only reached by reference."""

    name: str
    extends: str
    roots: tuple[Root, ...]
    imports: tuple[Import, ...]
    given: bool
    place: Place


@dataclass(slots=True)
class Draft:
    """What the documents read so far have given."""

    types: dict[str, TypeDef] = field(default_factory=dict[str, TypeDef])
    operations: dict[str, Operation] = field(default_factory=dict[str, Operation])
    terms: dict[str, Term] = field(default_factory=dict[str, Term])
    containers: dict[str, Container] = field(default_factory=dict[str, Container])
    annotations: dict[str, list[Annotation]] = field(
        default_factory=dict[str, list[Annotation]]
    )


class Placed(Protocol):
    """A definition that knows where it stands."""

    @property
    def place(self) -> Place | None: ...


Definition = TypeVar("Definition", bound=Placed)


class Reading:
    """One document, on its way into the draft."""

    __slots__ = ("document", "draft", "diagnostics", "scope")

    def __init__(
        self, document: Document, draft: Draft, diagnostics: Diagnostics
    ) -> None:
        self.document = document
        self.draft = draft
        self.diagnostics = diagnostics
        self.scope: Scope = document.scope

    def report(self, code: str, message: str, place: Place | None) -> None:
        """Add a finding with the severity of its code."""
        report(self.diagnostics, code, message, place)

    def boolean(self, element: Element, name: str) -> bool | None:
        """Read a truth value; None where the attribute is absent or cannot be read."""
        text = element.attributes.get(name)
        if text is None:
            return None
        value = BOOLEANS.get(text)
        if value is None:
            message = f'expected {name}="true" or "false", found {text!r}'
            self.report("csdl-bad-boolean", message, element.place)
        return value

    def type(self, element: Element, name: str = "Type") -> tuple[TypeRef, bool]:
        """Read a type expression, and whether a single value of it may be null.

        On a collection, Nullable is about its items, and a client cannot assume
        anything where it is absent (CSDL 4.01 section 7.2.1).
        """
        nullable = self.boolean(element, "Nullable")
        text = element.attributes[name]
        try:
            found = self.scope.type(text, nullable)
        except BadType as error:
            self.report(error.code, str(error), element.place)
            found = AnyType()
        return found, nullable is not False and not isinstance(found, ListOf)

    def constraints(self, element: Element) -> Constraints | None:
        """Read the facets that limit a value (CSDL 4.01 section 7.2), or None for no
        limit."""
        if _SIZES.isdisjoint(element.attributes):
            return None
        found = Constraints(
            max_length=self._size(element, "MaxLength"),
            precision=self._size(element, "Precision"),
            scale=self._size(element, "Scale"),
        )
        return found if found != Constraints() else None

    def _size(self, element: Element, name: str) -> int | None:
        text = element.attributes.get(name)
        if text is None or text.lower() in _SYMBOLS[name]:
            return None
        if text.isascii() and text.isdigit() and len(text) < 19:
            return int(text)
        message = f"{name} is {text!r}, which is no number of digits or characters"
        self.report("csdl-bad-facet", message, element.place)
        return None

    def members(
        self, element: Element, kinds: frozenset[str], owner: str
    ) -> Iterator[Element]:
        """Give the children of some kinds, whose names must differ; the first of those
        that bear one name counts, and the others are reported."""
        known: dict[str, Place] = {}
        for child in element.children:
            if child.name in kinds:
                name = child.attributes["Name"]
                if name in known:
                    message = f"{owner} has {name} twice, first at {known[name]}"
                    self.report("csdl-duplicate-name", message, child.place)
                else:
                    known[name] = child.place
                    yield child

    def define(
        self,
        known: dict[str, Definition],
        name: str,
        definition: Definition,
        place: Place,
    ) -> None:
        """Put a definition into the draft.

        A second document may define it again in the same words, as an extract with
        annotations does; anything else is a duplicate, and the first one stays.
        """
        first = known.setdefault(name, definition)
        if first is definition:
            return
        alone = first.place is None or first.place.file == place.file
        if alone or not same(first, definition):
            message = f"{name} is already defined at {first.place}"
            self.report("csdl-duplicate-name", message, place)


def same(one: object, other: object) -> bool:
    """Tell whether two parts of the model are equal wherever they stand."""
    if isinstance(one, Place):
        return isinstance(other, Place)
    if dataclasses.is_dataclass(one) and type(one) is type(other):
        return all(
            same(getattr(one, part.name), getattr(other, part.name))
            for part in dataclasses.fields(one)
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        parts = cast("tuple[object, ...]", one)
        others = cast("tuple[object, ...]", other)
        return len(parts) == len(others) and all(map(same, parts, others))
    return one == other
