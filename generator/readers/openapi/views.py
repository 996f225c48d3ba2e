"""Views: one schema as the sum of everything that it is made of.

A schema says what its own keywords say and what every member of its `allOf` and every
reference beside its keywords says (JSON Schema 2020-12 Core sections 10.2.1.1 and
8.2.3.1). A `View` has these parts side by side and answers for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.readers.openapi.nodes import Node
from generator.readers.openapi.reading import Reading
from generator.readers.openapi.references import reference_of

TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
OBJECT = frozenset(
    {"properties", "patternProperties", "additionalProperties", "required"}
)
ARRAY = frozenset({"items", "prefixItems", "minItems", "maxItems"})
STRING = frozenset(
    {"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"}
)
NUMBER = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
UNIONS = ("oneOf", "anyOf")
VALUES = frozenset({"enum", "const"})
DECIDING = (
    OBJECT | ARRAY | STRING | NUMBER | VALUES | {"type", "format", "allOf", *UNIONS}
)
"""The keywords that decide what values there are, as far as the model can tell."""

KEPT = frozenset(
    {
        "not",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "dependencies",
        "propertyNames",
        "unevaluatedProperties",
        "unevaluatedItems",
        "contains",
        "minContains",
        "maxContains",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "contentSchema",
        "xml",
    }
)
"""Keywords that are kept beside the extensions, since the model has no place for
them."""


class View:
    """The parts of a schema, none of which is a reference."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Node]) -> None:
        self.parts = parts

    def all(self, key: str) -> list[Node]:
        """Give the values of a keyword, one for each part that has it."""
        found = [part.get(key) for part in self.parts if key in part.value]
        return [node for node in found if node is not None]

    def first(self, key: str) -> Any:
        """Give the value of a keyword in the first part that has it, else None."""
        for part in self.parts:
            if key in part.value:
                return part.value[key]
        return None

    def has(self, keys: frozenset[str]) -> bool:
        """Tell whether any part has one of the keywords."""
        return any(not keys.isdisjoint(part.value) for part in self.parts)

    def properties(self) -> dict[str, list[Node]]:
        """Give what is said of each property."""
        found: dict[str, list[Node]] = {}
        for node in self.all("properties"):
            for name, child in node.members():
                found.setdefault(name, []).append(child)
        return found

    def required(self) -> dict[str, None]:
        """Give the names of the properties that must be there, in their order."""
        names: dict[str, None] = {}
        for node in self.all("required"):
            if isinstance(node.value, list):
                names.update({n: None for n in node.value if isinstance(n, str)})
        return names

    def types(self) -> frozenset[str] | None:
        """Give the JSON types that are allowed, None for all."""
        types: frozenset[str] | None = None
        for node in self.all("type"):
            named = node.value if isinstance(node.value, list) else [node.value]
            these = TYPES.intersection([n for n in named if isinstance(n, str)])
            if these:
                types = these if types is None else _both(types, these)
        return types


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Give the types in both; an integer is a number."""
    both = one & other
    if "integer" in one | other and "number" in one | other:
        both |= {"integer"} & (one | other)
    return both


def parts_of(reading: Reading, nodes: Sequence[Node]) -> list[Node]:
    """Give all parts of schemas that hold at once, what comes by `allOf` and reference
    before what stands beside it.

    A schema that is made of itself is reported, and is no part the second time; so is
    one of too many others, which may be a wide circle.
    """
    found: dict[int, Node] = {}
    for node in nodes:
        _expand(reading, node, found, ())
    return list(found.values())


# Each level takes several calls, of which Python allows a thousand.
_MOST_LEVELS = 100
_MOST_PARTS = 60


def _expand(
    reading: Reading, node: Node, found: dict[int, Node], chain: tuple[int, ...]
) -> None:
    value = node.value
    if not isinstance(value, dict) or id(value) in found:
        return
    if id(value) in chain or len(chain) > _MOST_PARTS:
        message = "the schema is made of itself by allOf or references"
        if id(value) not in chain:
            message = (
                f"more than {_MOST_PARTS} schemas are made of one another by allOf and"
                " references, each step of these counted"
            )
        reading.count("openapi-inheritance-cycle", message, node)
        return
    chain = (*chain, id(value))
    reference = reference_of(node)
    if reference is not None:
        target = reading.references.step(node, reference)
        if target is not None:
            _expand(reading, target, found, chain)
    for member in reading.sequence(node, "allOf"):
        _expand(reading, member, found, chain)
    found[id(value)] = node


def says_nothing(node: Node) -> bool:
    """Tell whether a schema leaves open what values there are."""
    value = node.value
    if not isinstance(value, dict):
        return value is True
    return reference_of(node) is None and DECIDING.isdisjoint(value)


def is_typeless(node: Node) -> bool:
    """Tell whether a schema only limits values of a type that is said elsewhere."""
    value = node.value
    if not isinstance(value, dict):
        return value is True
    if reference_of(node) is not None or "type" in value:
        return False
    named = {"properties", "patternProperties", "items", "prefixItems", "allOf"}
    return (named | VALUES | {*UNIONS}).isdisjoint(value)


def is_null(node: Node) -> bool:
    """Tell whether a schema allows null and nothing else."""
    value = node.value
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind == "null" or kind == ["null"]:
        return True
    enum = value.get("enum")
    return enum == [None] or ("const" in value and value["const"] is None)


def is_nullable(reading: Reading, node: Node, level: int = 0) -> bool:
    """Tell whether null satisfies a schema, in the words of any version: `nullable`
    (OpenAPI 3.0), a type, a value, a member of a union.

    A schema that is made of itself, or of more than anybody writes (`level` counts), is
    taken for one that null does not satisfy, where nothing else decides.
    """
    value = node.value
    if not isinstance(value, dict):
        return value is not False
    known = reading.nullable.get(id(value))
    if known is None and level > _MOST_LEVELS:
        message = f"more than {_MOST_LEVELS} schemas that are made of one another"
        reading.count("openapi-too-deep", message, node)
        return False
    if known is None:
        reading.nullable[id(value)] = False
        known = reading.nullable[id(value)] = _takes_null(reading, node, level + 1)
    return known


def _takes_null(reading: Reading, node: Node, level: int) -> bool:
    value = node.value
    if value.get("nullable") is True or is_null(node):
        return True
    kinds = value.get("type")
    if kinds is not None:
        return isinstance(kinds, list) and "null" in kinds
    if "enum" in value or "const" in value:
        return isinstance(value.get("enum"), list) and None in value["enum"]
    if reference_of(node) is not None:
        target = reading.references.target(node)
        return target is None or is_nullable(reading, target, level)
    for key, among in (("oneOf", any), ("anyOf", any), ("allOf", all)):
        child = node.get(key)
        if child is not None and isinstance(child.value, list) and child.value:
            members = list(child.items())
            return among([is_nullable(reading, member, level) for member in members])
    return DECIDING.isdisjoint(value)


def union_of(part: Node) -> Iterator[tuple[str, list[Node]]]:
    """Give the unions in a part: the keyword and its members."""
    for key in UNIONS:
        child = part.get(key)
        if child is not None and isinstance(child.value, list) and child.value:
            yield key, list(child.items())
