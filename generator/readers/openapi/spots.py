"""Spots and uses: where a schema stands, and what it comes to there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model import AnyType, Constraints, Scalar, ScalarKind, TypeRef
from generator.readers.openapi.naming import Name, words_of
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.scalars import scalar_of
from generator.readers.openapi.views import ARRAY, NUMBER, OBJECT, STRING, View


@dataclass(frozen=True, slots=True)
class Use:
    """What a schema comes to where it is used."""

    type: TypeRef
    nullable: bool = False
    constraints: Constraints | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a schema stands: the name it would have, the id it has if it is a
    component, and whether bytes may stand there outside JSON."""

    name: Name
    id: str = ""
    as_stream: bool = False
    level: int = 0

    def below(self, step: str) -> Spot:
        """Give the spot of a schema inside this one."""
        return Spot(self.name / step, "", self.as_stream, self.level + 1)


ANYTHING = Use(AnyType(), nullable=True)


def guessed_kinds(view: View) -> list[str]:
    """Give the JSON types that the keywords of a schema without a type are about."""
    if view.has(OBJECT):
        return ["object"]
    if view.has(ARRAY):
        return ["array"]
    if view.has(STRING):
        return ["string"]
    if view.has(NUMBER):
        return ["number"]
    form = view.first("format")
    if not isinstance(form, str):
        return []
    of_string = scalar_of("string", view, as_stream=True)
    if of_string != Scalar(ScalarKind.STRING):
        return ["string"]
    if scalar_of("integer", view, as_stream=False) != Scalar(ScalarKind.INT64):
        return ["integer"]
    return ["number"] if form in ("int64", "float", "double") else []


def joined(one: Constraints | None, other: Constraints | None) -> Constraints | None:
    """Give the limits of a list and of its items as one."""
    if one is None or other is None:
        return one or other
    return replace(other, min_items=one.min_items, max_items=one.max_items)


_KEYWORDS = frozenset(
    {
        "$defs",
        "additionalProperties",
        "allOf",
        "anyOf",
        "components",
        "content",
        "definitions",
        "items",
        "oneOf",
        "paths",
        "prefixItems",
        "properties",
        "responses",
        "schema",
        "schemas",
    }
)
"""Steps of a pointer that no name is made of."""


def name_of(node: Node) -> Name:
    """Give the name of a schema that something refers to: its own where it stands among
    definitions, else the words on the way to it, those of its file for none."""
    steps = [step for step in node.pointer if isinstance(step, str)]
    telling = [words_of(step) for step in steps if step not in _KEYWORDS]
    if not telling:
        stem = node.document.name.replace("\\", "/").rpartition("/")[2]
        return Name(words_of(stem.partition(".")[0]))
    if steps[-2:-1] and steps[-2] in ("$defs", "definitions", "schemas"):
        return Name(telling[-1])
    return Name(telling[0], tuple(telling[1:]))
