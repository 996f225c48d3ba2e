"""Schemas of which one holds: unions, and what tells their members apart."""

from __future__ import annotations

from typing import Any

from readers.openapi import (
    BASE,
    INT64,
    REF,
    STRING,
    codes_of,
    description,
    struct_of,
    read_all,
    types_of,
)

from generator.model import Alias, Discriminator, Named, Struct, UnionOf


def pet(kind: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"kind": {"const": kind}}}


def test_the_discriminator_of_a_union() -> None:
    schemas = {
        "A": {
            "oneOf": [
                {"$ref": "#/components/schemas/Cat"},
                {"$ref": "#/components/schemas/Dog"},
                {"$ref": "#/components/schemas/Cow"},
            ],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"kitten": "#/components/schemas/Cat"},
            },
        },
        "Cat": pet("cat"),
        "Dog": pet("dog"),
        "Cow": {"type": "object", "properties": {"kind": {"type": "string"}}},
    }
    union = alias_of(schemas, "A").type
    assert isinstance(union, UnionOf)
    assert union.members == (Named("Cat"), Named("Dog"), Named("Cow"))
    assert union.discriminator == Discriminator(
        "kind", (("Cow", "Cow"), ("dog", "Dog"), ("kitten", "Cat"))
    )


def alias_of(schemas: dict[str, Any], name: str) -> Alias:
    found = types_of(schemas)[name]
    assert isinstance(found, Alias)
    return found


def test_the_discriminator_of_a_base() -> None:
    base = {
        **BASE,
        "discriminator": {
            "propertyName": "@odata.type",
            "mapping": {"#ns.dog": "#/components/schemas/Dog"},
        },
    }
    types = types_of(
        {
            "B": base,
            "Dog": {"allOf": [REF, {"properties": {"x": {"type": "string"}}}]},
            "Cat": {"allOf": [REF]},
        }
    )
    found = types["B"], types["Dog"], types["Cat"]
    assert all(isinstance(each, Struct) for each in found)
    top, dog, cat = found
    assert (
        isinstance(top, Struct) and isinstance(dog, Struct) and isinstance(cat, Struct)
    )
    assert top.discriminator == Discriminator(
        "@odata.type", (("#ns.dog", "Dog"), ("Cat", "Cat"))
    )
    assert (dog.base, dog.tag, cat.base, cat.tag) == ("B", "#ns.dog", "B", "Cat")


def test_a_constant_tells_a_derived_type_apart() -> None:
    base = {**BASE, "discriminator": {"propertyName": "kind"}}
    types = types_of({"B": base, "Dog": {"allOf": [REF, pet("dog")]}})
    top, dog = types["B"], types["Dog"]
    assert isinstance(top, Struct) and isinstance(dog, Struct)
    assert dog.base == "B" and dog.tag == "dog"
    assert top.discriminator == Discriminator("kind", (("dog", "Dog"),))


def test_a_discriminator_that_is_said_where_a_base_is_used() -> None:
    used = {
        "allOf": [REF],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"d": "#/components/schemas/Dog"},
        },
    }
    own = {"properties": {"x": {"type": "string"}}}
    types = types_of({"Dog": {"allOf": [REF, own]}, "B": BASE, "A": obj_of(used)})
    top, dog = types["B"], types["Dog"]
    assert isinstance(top, Struct) and isinstance(dog, Struct)
    assert top.discriminator == Discriminator("kind", (("d", "Dog"),))
    assert dog.tag == "d"


def obj_of(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": schema}}


def test_a_discriminator_that_maps_to_nothing() -> None:
    schema = {
        **BASE,
        "discriminator": {"propertyName": "k", "mapping": {"a": "Nobody"}},
    }
    assert codes_of(description({"A": schema})) == ["openapi-discriminator"]


def test_properties_beside_a_union() -> None:
    struct = struct_of(
        {
            "A": {
                "type": "object",
                "properties": {"x": {"type": "string"}},
                "required": ["x"],
                "oneOf": [
                    {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                    {"properties": {"a": {"type": "integer"}, "b": {"type": "string"}}},
                    {"required": ["b"]},
                ],
            }
        }
    )
    found = {each.name: each for each in struct.properties}
    assert list(found) == ["x", "a", "b"]
    assert found["a"].type == UnionOf((STRING, INT64), exclusive=False)
    assert [each.required for each in found.values()] == [True, False, False]


def test_a_union_that_is_part_of_its_members_ends() -> None:
    """Written out, it would have three to the power of a hundred members."""
    again = {"allOf": [{"$ref": "#/components/schemas/A"}, {"title": "Again"}]}
    members = [
        {"type": "array", "items": {**again, "pattern": "a"}},
        {"allOf": [again, {"minLength": 1}]},
        {"type": "object", "properties": {"p": {"oneOf": [again, {"type": "null"}]}}},
        {"type": "string"},
    ]
    api, diagnostics = read_all(description({"A": {"oneOf": members}}))
    assert "A" in api.types
    assert {each.code for each in diagnostics} == {"openapi-too-deep"}
