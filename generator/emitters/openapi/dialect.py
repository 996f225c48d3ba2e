"""Dialects: where OpenAPI 3.0 and 3.1 say the same thing in different words.

3.1 takes its schemas from JSON Schema 2020-12, where null is a type like others and a
reference may have neighbours; 3.0 has `nullable`, and a reference stands alone (OpenAPI
3.0.4 sections 4.7.23 and 4.7.24).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from generator.model import Constraints, Deprecation, Doc

Json: TypeAlias = Any
"""A value as the json module has it."""

Schema: TypeAlias = dict[str, Json]

VERSIONS: Final[Mapping[str, str]] = {"3.0": "3.0.4", "3.1": "3.1.1"}

_NULL: Final = {"type": "null"}
_LISTS: Final = ("oneOf", "anyOf")
_MOST_DIGITS: Final = 4300
"""Python writes no longer numbers."""


class Dialect:
    """Writes what differs between the versions."""

    def __init__(self, version: str) -> None:
        self.openapi = VERSIONS[version]
        self.modern = version != "3.0"

    def nullable(self, schema: Schema) -> Schema:
        """Let a schema allow null; one that says nothing does already.

        A format is kept apart from null: tools that make values for a list of types do
        not look at it.
        """
        if not schema:
            return schema
        if "enum" in schema:
            schema = {**schema, "enum": [*schema["enum"], None]}
        if not self.modern:
            return {**self._alone(schema), "nullable": True}
        is_formatted = schema.get("type") == "string" and "format" in schema
        if isinstance(schema.get("type"), str) and not is_formatted:
            return {**schema, "type": [schema["type"], "null"]}
        for name in _LISTS:
            if name in schema:
                return {**schema, name: [*schema[name], _NULL]}
        return {"anyOf": [schema, _NULL]}

    def with_more(self, schema: Schema, more: Mapping[str, Json]) -> Schema:
        """Put something beside what a schema says."""
        if not more:
            return schema
        return {**(schema if self.modern else self._alone(schema)), **more}

    def _alone(self, schema: Schema) -> Schema:
        return {"allOf": [schema]} if "$ref" in schema else schema

    def constant(self, value: Json) -> Schema:
        """Give the schema of one value."""
        return {"const": value} if self.modern else {"enum": [value]}

    def bytes(self) -> Schema:
        """Give the schema of bytes in a JSON text."""
        if self.modern:
            return {"type": "string", "contentEncoding": "base64"}
        return {"type": "string", "format": "byte"}

    def examples(self, doc: Doc) -> Schema:
        """Give the examples of a schema; 3.0 has room for one."""
        values = [json.loads(text) for text in doc.examples]
        if not values:
            return {}
        return {"examples": values} if self.modern else {"example": values[0]}

    def said(self, doc: Doc, deprecation: Deprecation | None = None) -> Schema:
        """Give what is said of a schema in words, and what its source adds."""
        found: Schema = {}
        if doc.title:
            found["title"] = doc.title
        found.update(described(doc))
        if deprecation is not None:
            found["deprecated"] = True
        return {**found, **self.examples(doc), **extensions(doc)}

    def constraints(self, constraints: Constraints) -> Schema:
        """Give the facets of a value, but for the values that are allowed."""
        found: Schema = {
            "minLength": constraints.min_length,
            "maxLength": constraints.max_length,
            "pattern": constraints.pattern,
            # what is too small for a number of JSON would be 0
            "multipleOf": _number(constraints.multiple_of) or None,
            "minItems": constraints.min_items,
            "maxItems": constraints.max_items,
        }
        bounds = (
            (
                "minimum",
                "exclusiveMinimum",
                constraints.minimum,
                constraints.exclusive_minimum,
            ),
            (
                "maximum",
                "exclusiveMaximum",
                constraints.maximum,
                constraints.exclusive_maximum,
            ),
        )
        for plain, exclusive, bound, is_exclusive in bounds:
            number = _number(bound)
            if is_exclusive and self.modern:
                found[exclusive] = number
            else:
                found[plain] = number
                found[exclusive] = True if is_exclusive and number is not None else None
        return {name: value for name, value in found.items() if value is not None}


def _number(value: Decimal | None) -> int | float | None:
    """Give a number of JSON, None for what has none, or too many digits to be written."""
    if value is None or not value.is_finite() or value.adjusted() >= _MOST_DIGITS:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def prose(doc: Doc) -> str:
    """Give what is said of a thing as one text."""
    return "\n\n".join([part for part in (doc.summary, doc.description) if part])


def described(doc: Doc) -> Schema:
    """Give what is said of a thing as its description, where there is anything."""
    text = prose(doc)
    return {"description": text} if text else {}


def extensions(doc: Doc) -> Schema:
    """Give what the source adds in its own terms."""
    return {name: json.loads(text) for name, text in doc.extensions}


def external(doc: Doc) -> Schema:
    """Give the page about a thing as externalDocs; there is room for one."""
    if not doc.links:
        return {}
    link = doc.links[0]
    words = {"description": link.relation} if link.relation else {}
    return {"externalDocs": {**words, "url": link.href}}
