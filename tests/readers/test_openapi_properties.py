"""Schemas of objects: their properties, named, further and lacking."""

from __future__ import annotations

from typing import Any

import pytest
from readers.openapi import INT64, STRING, description, read_all, struct_of

from generator.model import Access, AnyType, Property, Struct


def test_properties() -> None:
    struct = struct_of(
        {
            "A": {
                "type": "object",
                "title": "An A",
                "description": "What it is.",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "integer", "readOnly": True},
                    "name": {
                        "type": "string",
                        "description": "Its name.",
                        "example": "a",
                        "default": "b",
                        "x-order": 3,
                    },
                    "secret": {"type": "string", "writeOnly": True},
                    "count": {"type": "integer", "default": 3, "deprecated": True},
                    "flag": {"type": "boolean", "default": False},
                },
            }
        }
    )
    assert (struct.doc.title, struct.doc.summary) == ("An A", "What it is.")
    assert not struct.open
    found = {each.name: each for each in struct.properties}
    assert found["id"].access is Access.READ and found["id"].computed
    assert found["id"].required and found["name"].required
    assert not found["secret"].required
    assert found["secret"].access is Access.WRITE and not found["secret"].computed
    assert found["name"].default == "b" and found["name"].doc.summary == "Its name."
    assert found["name"].doc.examples == ('"a"',)
    assert found["name"].doc.extensions == (("x-order", "3"),)
    assert found["count"].default == "3" and found["count"].deprecation is not None
    assert found["flag"].default == "false"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (False, None)),
        ({"additionalProperties": False}, (False, None)),
        ({"additionalProperties": True}, (True, None)),
        ({"additionalProperties": {}}, (True, None)),
        ({"additionalProperties": {"type": "integer"}}, (True, INT64)),
        ({"patternProperties": {"^x-": {"type": "string"}}}, (True, STRING)),
    ],
)
def test_further_properties(more: Any, expected: tuple[bool, Any]) -> None:
    properties = {"x": {"type": "string"}}
    struct = struct_of({"A": {"type": "object", "properties": properties, **more}})
    assert (struct.open, struct.additional) == expected


def test_required_properties_that_nobody_describes() -> None:
    struct = struct_of({"A": {"type": "object", "required": ["x"]}})
    assert struct.properties == (Property("x", AnyType(), required=True),)


def test_a_property_that_may_not_be_there() -> None:
    schema = {"type": "object", "properties": {"a": False, "b": True}}
    api, diagnostics = read_all(description({"A": schema}))
    struct = api.types["A"]
    assert isinstance(struct, Struct)
    assert [each.name for each in struct.properties] == ["b"]
    assert [each.code for each in diagnostics] == ["openapi-never"]
