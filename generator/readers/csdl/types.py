"""Types: entity, complex and enumeration types, type definitions, and their members.

A part of the reader's second step. What is read here is what the elements say
themselves (CSDL 4.01 sections 6 to 11); what annotations say of them is for a pass to
fold in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.model import (
    Alias,
    Enum,
    EnumMember,
    KeyPart,
    ListOf,
    Navigation,
    Property,
    Scalar,
    ScalarKind,
    Struct,
    TypeDef,
)
from generator.readers.csdl.annotations import annotate
from generator.readers.csdl.names import BadType
from generator.readers.csdl.reading import Reading
from generator.readers.csdl.xml import Element

_UNDERLYING = frozenset(
    {
        ScalarKind.BYTE,
        ScalarKind.SBYTE,
        ScalarKind.INT16,
        ScalarKind.INT32,
        ScalarKind.INT64,
    }
)
_PROPERTIES = frozenset({"Property", "NavigationProperty"})
_MEMBERS = frozenset({"Member"})
_INT64 = range(-(2**63), 2**63)


def read_type(reading: Reading, element: Element, namespace: str) -> None:
    """Read a type with its members, and put it and their annotations into the draft."""
    type_id = f"{namespace}.{element.attributes['Name']}"
    annotate(reading, element, type_id)
    definition = _READERS[element.name](reading, element, type_id)
    reading.define(reading.draft.types, type_id, definition, element.place)


def _read_struct(reading: Reading, element: Element, type_id: str) -> Struct:
    base = element.attributes.get("BaseType")
    return Struct(
        id=type_id,
        base=reading.scope.name(base) if base else None,
        abstract=reading.boolean(element, "Abstract") is True,
        open=reading.boolean(element, "OpenType") is True,
        is_entity=element.name == "EntityType",
        has_stream=reading.boolean(element, "HasStream") is True,
        key=_read_key(reading, element),
        properties=tuple(_properties(reading, element, type_id)),
        place=element.place,
    )


def _read_key(reading: Reading, element: Element) -> tuple[KeyPart, ...]:
    """Read the key of an entity type (CSDL XML 4.01 section 6.5), whose parts have
    names of their own."""
    parts: dict[str, KeyPart] = {}
    for child in element.children:
        if child.name == "Key":
            if not child.children:
                message = "the key names no property; it is ignored"
                reading.report("csdl-empty-key", message, child.place)
            for each in child.children:
                attributes = each.attributes
                part = KeyPart(attributes["Name"], attributes.get("Alias", ""))
                if parts.setdefault(part.name, part) is not part:
                    message = f"the key has {part.name} twice"
                    reading.report("csdl-duplicate-name", message, each.place)
    return tuple(parts.values())


def _properties(reading: Reading, element: Element, type_id: str) -> Iterator[Property]:
    for child in reading.members(element, _PROPERTIES, type_id):
        if child.name == "Property":
            yield _read_property(reading, child, type_id)
        else:
            yield _read_navigation(reading, child, type_id)


def _read_property(reading: Reading, element: Element, type_id: str) -> Property:
    attributes = element.attributes
    name = attributes["Name"]
    if element.children:
        annotate(reading, element, f"{type_id}/{name}")
    type_ref, nullable = reading.type(element)
    return Property(
        name=name,
        type=type_ref,
        nullable=nullable,
        default=attributes.get("DefaultValue"),
        constraints=reading.constraints(element),
        place=element.place,
    )


def _read_navigation(reading: Reading, element: Element, type_id: str) -> Property:
    name = element.attributes["Name"]
    target = f"{type_id}/{name}"
    annotate(reading, element, target)
    type_ref, nullable = reading.type(element)
    constraints: list[tuple[str, str]] = []
    on_delete = ""
    for child in element.children:
        if child.name == "ReferentialConstraint":
            dependent = reading.scope.path(child.attributes["Property"])
            principal = reading.scope.path(child.attributes["ReferencedProperty"])
            constraints.append((dependent, principal))
            annotate(reading, child, f"{target}/$ReferentialConstraint/{dependent}")
        elif child.name == "OnDelete":
            on_delete = child.attributes["Action"]
            annotate(reading, child, f"{target}/$OnDelete")
    return Property(
        name=name,
        type=type_ref,
        nullable=nullable,
        navigation=Navigation(
            contains=reading.boolean(element, "ContainsTarget") is True,
            partner=reading.scope.path(element.attributes.get("Partner", "")),
            on_delete=on_delete,
            referential_constraints=tuple(constraints),
        ),
        place=element.place,
    )


def _read_enum(reading: Reading, element: Element, type_id: str) -> Enum:
    return Enum(
        id=type_id,
        members=tuple(_members(reading, element, type_id)),
        underlying=_underlying(reading, element),
        is_flags=reading.boolean(element, "IsFlags") is True,
        is_open=True,
        place=element.place,
    )


def _underlying(reading: Reading, element: Element) -> ScalarKind:
    """Read what an enumeration is made of; Edm.Int32 unless said (CSDL 4.01 section
    10.1)."""
    text = element.attributes.get("UnderlyingType", "Edm.Int32")
    try:
        found = reading.scope.type(text)
    except BadType:
        found = None
    if isinstance(found, Scalar) and found.kind in _UNDERLYING:
        return found.kind
    message = f"expected an integer type under an enumeration, found {text!r}"
    reading.report("csdl-bad-type", message, element.place)
    return ScalarKind.INT32


def _members(reading: Reading, element: Element, type_id: str) -> Iterator[EnumMember]:
    """Read the members; one without a value is one more than that before it, and the
    first such is 0 (CSDL 4.01 section 10.3)."""
    following = 0
    for child in reading.members(element, _MEMBERS, type_id):
        name = child.attributes["Name"]
        if child.children:
            annotate(reading, child, f"{type_id}/{name}")
        value = _member_value(reading, child, following)
        following = value + 1
        yield EnumMember(name=name, value=value, place=child.place)


def _member_value(reading: Reading, element: Element, following: int) -> int:
    text = element.attributes.get("Value")
    if text is None:
        return following
    try:
        value = int(text)
        if value in _INT64:
            return value
    except ValueError:
        pass
    message = f"expected a 64-bit integer as value of an enumeration, found {text!r}"
    reading.report("csdl-bad-number", message, element.place)
    return following


def _read_definition(reading: Reading, element: Element, type_id: str) -> Alias:
    type_ref, _ = reading.type(element, "UnderlyingType")
    if isinstance(type_ref, ListOf):
        message = "a type definition names a primitive type, not a collection"
        reading.report("csdl-bad-type", message, element.place)
    return Alias(
        id=type_id,
        type=type_ref,
        constraints=reading.constraints(element),
        place=element.place,
    )


_READERS: Mapping[str, Callable[[Reading, Element, str], TypeDef]] = {
    "EntityType": _read_struct,
    "ComplexType": _read_struct,
    "EnumType": _read_enum,
    "TypeDefinition": _read_definition,
}
