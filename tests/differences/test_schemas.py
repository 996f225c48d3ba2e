"""Differences of OpenAPI descriptions: of types, their properties and their members."""

from __future__ import annotations

from differences.comparing import told
from differences.descriptions import (
    ANIMAL,
    GONE,
    REF,
    SCHEMAS,
    Case,
    Edits,
    Told,
    compare,
    each,
    there_and_back,
)

CASES: list[Case] = [
    (
        "a member of a union",
        {f"{SCHEMAS} pet oneOf +": {"$ref": f"{REF}bird"}},
        ("type-widened", "pet", "b"),
        ("type-narrowed", "pet", "b"),
    ),
    (
        "another union",
        {f"{SCHEMAS} pet oneOf 0": {"$ref": f"{REF}bird"}},
        ("type-changed", "pet", "b"),
        ("type-changed", "pet", "b"),
    ),
    (
        "a union of a property",
        {f"{ANIMAL} friend anyOf": [{"type": "string"}]},
        ("type-narrowed", "animal/friend", "b"),
        ("type-widened", "animal/friend", "b"),
    ),
    (
        "a wider type that is only read",
        {f"{ANIMAL} born type": ["string", "boolean"]},
        ("type-widened", "animal/born", "b"),
        ("type-narrowed", "animal/born", "c"),
    ),
    (
        "a wider type that is only given",
        {f"{ANIMAL} code type": ["string", "boolean"]},
        ("type-widened", "animal/code", "c"),
        ("type-narrowed", "animal/code", "b"),
    ),
    (
        "what tells the types of a union apart",
        {
            f"{SCHEMAS} pet discriminator": {
                "propertyName": "kind",
                "mapping": {"c": "cat", "d": "dog"},
            }
        },
        ("discriminator", "pet", "c"),
        ("discriminator", "pet", "c"),
    ),
    (
        "what was only read is only given",
        {f"{ANIMAL} born": {"type": "string", "writeOnly": True}},
        ("access", "animal/born", "b"),
        ("access", "animal/born", "b"),
    ),
    (
        "what was only given goes both ways",
        {f"{ANIMAL} code": {"type": "string"}},
        ("access", "animal/code", "c"),
        ("access", "animal/code", "b"),
    ),
    (
        "a property",
        {f"{ANIMAL} age": GONE},
        ("property-removed", "animal/age", "b"),
        ("property-added", "animal/age", "c"),
    ),
    (
        "null",
        {f"{ANIMAL} age type": "integer"},
        ("nullability", "animal/age", "b"),
        ("nullability", "animal/age", "c"),
    ),
    (
        "a demand for a property",
        {f"{SCHEMAS} animal required": []},
        ("required", "animal/name", "c"),
        ("required", "animal/name", "b"),
    ),
    (
        "a list of a property",
        {f"{ANIMAL} nicks": {"type": "string"}},
        ("cardinality", "animal/nicks", "b"),
        ("cardinality", "animal/nicks", "b"),
    ),
    (
        "a bound",
        {f"{ANIMAL} name maxLength": 8},
        ("constraints", "animal/name", "b"),
        ("constraints", "animal/name", "c"),
    ),
    (
        "values of a map",
        {f"{ANIMAL} extra additionalProperties type": "integer"},
        ("type-changed", "animal/extra", "b"),
        ("type-changed", "animal/extra", "b"),
    ),
    (
        "values that nobody declares",
        {f"{SCHEMAS} animal additionalProperties": True},
        ("additional-properties", "animal", "b"),
        ("additional-properties", "animal", "b"),
    ),
    (
        "a member of an enumeration",
        {f"{SCHEMAS} size enum +": "huge"},
        ("enum-member-added", "size/huge", "c"),
        ("enum-member-removed", "size/huge", "b"),
    ),
    (
        "a type",
        {
            f"{SCHEMAS} extra": {
                "type": "object",
                "properties": {"a": {"type": "string"}},
            }
        },
        ("type-added", "extra", "c"),
        ("type-removed", "extra", "b"),
    ),
    (
        "an end of a type",
        {f"{SCHEMAS} meal deprecated": True},
        ("deprecation", "meal", "c"),
        ("deprecation", "meal", "c"),
    ),
]


@each(CASES)
def test_one_thing_changes(edits: Edits, there: Told, back: Told) -> None:
    assert there_and_back(edits) == ([there], [back])
    assert compare(edits, edits) == ()


def test_any_value_is_wider_than_some() -> None:
    edit = {f"{ANIMAL} friend": {}}
    assert told(compare({}, edit)) == [
        ("nullability", "animal/friend", "c"),
        ("type-widened", "animal/friend", "b"),
    ]
    assert told(compare(edit, {})) == [
        ("nullability", "animal/friend", "b"),
        ("type-narrowed", "animal/friend", "b"),
    ]


def test_names_of_members_are_names_in_python() -> None:
    found = told(compare({}, {f"{SCHEMAS} level x-enum-varnames 1": "top"}))
    assert ("enum-member-value", "level/2", "b") in found
