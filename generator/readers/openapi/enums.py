"""Enumerations: `enum` and `const`, and what extensions call the members.

Values of one kind make an enumeration (x-ms-enum, x-enum-varnames, x-enumNames and
x-enum-descriptions name and describe them); a single value or a mixture are literals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.model import (
    AnyType,
    Doc,
    Enum,
    EnumMember,
    LiteralType,
    Named,
    Scalar,
    ScalarKind,
    TypeRef,
    UnionOf,
)
from generator.readers.openapi.docs import json_text
from generator.readers.openapi.naming import words_of
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.views import View

if TYPE_CHECKING:
    from generator.readers.openapi.schemas import Schemas
    from generator.readers.openapi.spots import Spot


@dataclass(frozen=True, slots=True)
class Labels:
    """What extensions say of the values of an enumeration, by JSON text of the value."""

    names: dict[str, str]
    texts: dict[str, str]
    title: str = ""


def read_values(
    schemas: Schemas, view: View, nodes: Sequence[Node], spot: Spot
) -> TypeRef | None:
    """Give the type of a schema that lists its values; None where it lists none but
    null."""
    values = _values(schemas, view)
    if not values:
        return None
    if all(isinstance(value, bool) for value in values) and len(values) == 2:
        return Scalar(ScalarKind.BOOLEAN)
    if len(values) == 1 and not spot.id:
        return _literal(values[0])
    part = next(part for part in view.parts if {"enum", "const"} & part.value.keys())
    labels = _labels(schemas, part)
    if all(isinstance(value, str) for value in values):
        kind = ScalarKind.STRING
    elif all(_whole(value) is not None for value in values):
        kind = ScalarKind.INT64
    else:
        literals = [_literal(value) for value in values]
        return literals[0] if len(literals) == 1 else _union(literals)
    members = [
        EnumMember(
            text,
            _whole(value),
            label=labels.names.get(text, ""),
            doc=Doc(labels.texts[text]) if text in labels.texts else Doc(),
        )
        for value in values
        for text in [_text(value)]
    ]
    return define_enum(schemas, members, kind, nodes, _titled(spot, labels))


def _titled(spot: Spot, labels: Labels) -> Spot:
    """Give a spot with the name that x-ms-enum gives to the enumeration there."""
    if not labels.title or spot.id:
        return spot
    name = type(spot.name)(words_of(labels.title))
    return replace(spot, name=name)


def define_enum(
    schemas: Schemas,
    members: list[EnumMember],
    kind: ScalarKind,
    nodes: Sequence[Node],
    spot: Spot,
) -> Named:
    """Define an enumeration."""
    type_id, is_new = (spot.id, True) if spot.id else schemas.token_of(nodes, spot.name)
    if is_new:
        main = nodes[-1]
        schemas.types[type_id] = Enum(
            type_id,
            tuple(members),
            underlying=kind,
            is_numeric=kind is not ScalarKind.STRING,
            is_open=_is_open(main),
            doc=schemas.doc(main),
            deprecation=schemas.deprecation(main),
            place=schemas.place(main),
        )
    return Named(type_id)


def _is_open(node: Node) -> bool:
    """Values may be added at any time, unless x-ms-enum says otherwise."""
    told = node.get("x-ms-enum")
    said = told.get("modelAsString") if told else None
    return said is None or said.value is not False


def _values(schemas: Schemas, view: View) -> list[Any]:
    """Give the values that all parts allow, each once, without null."""
    lists: list[list[Any]] = [[node.value] for node in view.all("const")]
    for node in view.all("enum"):
        if isinstance(node.value, list):
            lists.append(node.value)
        else:
            schemas.reading.wrong(node, "a list of values")
    if not lists:
        return []
    allowed = [{json_text(value) for value in values} for values in lists[1:]]
    found = {
        text: value
        for value in lists[0]
        if value is not None
        for text in [json_text(value)]
        if all(text in others for others in allowed)
    }
    if not found and any(value is not None for value in lists[0]):
        message = "no value is in all of its enumerations"
        schemas.reading.report("openapi-contradiction", message, view.parts[0])
    return list(found.values())


def _literal(value: Any) -> TypeRef:
    if isinstance(value, dict | list):
        return AnyType()
    return LiteralType(json_text(value))


def _union(literals: list[TypeRef]) -> TypeRef:
    if AnyType() in literals:
        return AnyType()
    return UnionOf(tuple(literals))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json_text(value)


def _labels(schemas: Schemas, node: Node) -> Labels:
    """Read what extensions call the values of an enumeration, and what they say of
    them."""
    values = node.value.get("enum")
    texts = [_text(v) for v in values] if isinstance(values, list) else []
    names = _pairs(node, texts, "x-enum-varnames", "x-enumNames", "x-enum-names")
    docs = _pairs(node, texts, "x-enum-descriptions", "x-enumDescriptions")
    told = schemas.reading.object(node, "x-ms-enum")
    if told is None:
        return Labels(names, docs)
    for item in schemas.reading.sequence(told, "values"):
        if isinstance(item.value, dict) and "value" in item.value:
            key = _text(item.value["value"])
            names.setdefault(key, schemas.reading.text(item, "name"))
            docs.setdefault(key, schemas.reading.text(item, "description"))
    return Labels(names, docs, schemas.reading.text(told, "name"))


def _pairs(node: Node, values: list[str], *keys: str) -> dict[str, str]:
    """Give what an extension says of each value: a list in their order, or an object."""
    for key in keys:
        told = node.value.get(key)
        if isinstance(told, list):
            pairs = zip(values, told, strict=False)
            return {value: text for value, text in pairs if isinstance(text, str)}
        if isinstance(told, dict):
            return {str(k): text for k, text in told.items() if isinstance(text, str)}
    return {}
