"""Schemas that list their values: enumerations and how their members are named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from readers.openapi import description, types_of

from generator.diagnostics import Diagnostics
from generator.model import Enum, ScalarKind, Struct
from generator.readers.openapi import read
from generator.readers.source import Source


def test_enumerations() -> None:
    types = types_of(
        {
            "Color": {"type": "string", "enum": ["red", "dark blue", None]},
            "Level": {
                "type": "integer",
                "enum": [1, 2],
                "x-enum-varnames": ["LOW", "HIGH"],
                "x-enum-descriptions": ["Not much.", "Much."],
            },
            "One": {"enum": ["only"]},
            "Kind": {
                "type": "string",
                "enum": ["a", "b"],
                "x-ms-enum": {
                    "name": "kind",
                    "modelAsString": False,
                    "values": [
                        {"name": "Nothing"},
                        {"value": "b", "name": "Second", "description": "2"},
                    ],
                },
            },
            "Named": {"enum": ["a"], "x-enumNames": {"a": "First"}},
        }
    )
    color, level, kind = types["Color"], types["Level"], types["Kind"]
    assert (
        isinstance(color, Enum) and isinstance(level, Enum) and isinstance(kind, Enum)
    )
    assert [each.name for each in color.members] == ["red", "dark blue"]
    assert color.underlying is ScalarKind.STRING and not color.is_numeric
    assert [(m.name, m.value, m.label) for m in level.members] == [
        ("1", 1, "LOW"),
        ("2", 2, "HIGH"),
    ]
    assert level.is_numeric and level.underlying is ScalarKind.INT64
    assert level.members[1].doc.summary == "Much."
    assert [(m.label, m.doc.summary) for m in kind.members] == [
        ("", ""),
        ("Second", "2"),
    ]
    assert color.is_open and not kind.is_open
    assert isinstance(types["One"], Enum)
    assert isinstance(types["Named"], Enum)
    assert types["Named"].members[0].label == "First"


def test_a_union_of_texts_is_an_enumeration() -> None:
    found = types_of(
        {
            "A": {
                "oneOf": [
                    {"const": "a", "title": "First", "description": "The first."},
                    {"const": "b"},
                    {"enum": ["c", None, "d"]},
                ]
            },
            "Open": {"anyOf": [{"type": "string"}, {"enum": ["x", "y"]}]},
        }
    )
    enum, opened = found["A"], found["Open"]
    assert isinstance(enum, Enum) and isinstance(opened, Enum)
    assert [each.name for each in enum.members] == ["a", "b", "c", "d"]
    assert enum.members[0].label == "First"
    assert enum.members[0].doc.summary == "The first."
    assert [each.name for each in opened.members] == ["x", "y"]


def test_enumerations_that_hold_at_once() -> None:
    schema = {"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["b", "c", "d"]}]}
    enum = types_of({"A": schema})["A"]
    assert isinstance(enum, Enum)
    assert [each.name for each in enum.members] == ["b", "c"]


@pytest.mark.parametrize("other", ["odd", True, 1, None, [], {}])
def test_an_enumeration_beside_what_is_no_schema(other: Any) -> None:
    parts = [{"properties": {"p": each}} for each in ({"enum": ["a", "b"]}, other)]
    for all_of in (parts, parts[::-1]):
        diagnostics = Diagnostics()
        document = description({"A": {"type": "object", "allOf": all_of}})
        api = read([Source("a.json", json.dumps(document).encode())], diagnostics)
        struct = api.types["A"]
        assert isinstance(struct, Struct)
        assert [each.name for each in struct.properties] == ["p"]


@pytest.mark.parametrize("other", ["allOf", 1, None, []])
def test_what_is_no_schema_beside_one_that_says_nothing(other: Any) -> None:
    assert types_of({"A": {"allOf": [True, other]}}).keys() == {"A"}
