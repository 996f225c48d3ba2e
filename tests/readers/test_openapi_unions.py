"""Schemas of which one holds: unions, and what tells their members apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pace import at_most
from readers.openapi import (
    BASE,
    INT64,
    REF,
    STRING,
    codes_of,
    description,
    read_all,
    struct_of,
    types_of,
)

from generator.model import Alias, AnyType, Discriminator, Named, Struct, UnionOf


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
    less = {"allOf": [REF], "discriminator": {"propertyName": "kind"}}
    both = {"type": "object", "properties": {"x": used, "y": less}}
    other = {"type": "object", "properties": {"x": less, "y": used}}
    for each in (both, other):  # the one that says more counts
        found = types_of({"Dog": {"allOf": [REF, own]}, "B": BASE, "A": each})
        assert found["B"] == replace(top, place=found["B"].place)


def obj_of(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": schema}}


def test_a_discriminator_that_maps_to_nothing() -> None:
    schema = {
        **BASE,
        "discriminator": {"propertyName": "k", "mapping": {"a": "Nobody"}},
    }
    assert codes_of(description({"A": schema})) == ["openapi-discriminator"]


def test_a_discriminator_that_is_no_object_tells_nothing() -> None:
    """Swagger writes the name of the property only."""
    struct = struct_of({"A": {**BASE, "discriminator": "kind"}})
    assert struct.discriminator is None
    assert [each.name for each in struct.properties] == ["id", "kind"]


def test_derived_types_in_the_union_of_their_base_add_nothing_to_it() -> None:
    derived = {"allOf": [REF, {"properties": {"d": {"type": "string"}}}]}
    more = {"properties": {"o": {"type": "string"}}}
    union = [{"$ref": "#/components/schemas/D"}, more]
    found = types_of({"B": {**BASE, "oneOf": union}, "D": derived})
    base, heir = found["B"], found["D"]
    assert isinstance(base, Struct) and isinstance(heir, Struct)
    assert [each.name for each in base.properties] == ["id", "kind", "o"]
    assert (heir.base, [each.name for each in heir.properties]) == ("B", ["d"])


def refer(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_a_discriminator_maps_to_members_alone() -> None:
    mapping = {name: refer(name)["$ref"] for name in ("Cat", "Hen")}
    told = {"propertyName": "kind", "mapping": mapping}
    union = {"oneOf": [refer("Cat"), refer("Dog")], "discriminator": told}
    schemas = {"A": union, "Cat": pet("c"), "Dog": pet("d"), "Hen": pet("h")}
    api, diagnostics = read_all(description(schemas))
    assert [each.message for each in diagnostics] == [
        "'Hen' is mapped to what is no member of the union"
    ]
    found = api.types["A"]
    assert isinstance(found, Alias) and isinstance(found.type, UnionOf)
    pairs = (("Cat", "Cat"), ("d", "Dog"))
    assert found.type.discriminator == Discriminator("kind", pairs)


def test_the_discriminator_of_a_base_maps_to_its_heirs_alone() -> None:
    mapping = {"dog": refer("Dog")["$ref"], "b": refer("B")["$ref"]}
    base = {**BASE, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    api, diagnostics = read_all(description({"B": base, "Dog": pet("dog")}))
    assert [each.message for each in diagnostics] == [
        "'dog' is mapped to what does not inherit from this schema"
    ]
    struct = api.types["B"]
    assert isinstance(struct, Struct)
    assert struct.discriminator == Discriminator("kind", (("b", "B"),))


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (3, "openapi-type"),
        ("Nobody", "openapi-discriminator"),
        ("#/info/title", "openapi-discriminator"),
    ],
)
def test_a_discriminator_maps_to_names_of_schemas(target: Any, code: str) -> None:
    told = {"propertyName": "kind", "mapping": {"a": target, "c": "Cat"}}
    schemas = {"A": {**BASE, "discriminator": told}, "Cat": pet("c")}
    schemas["Cat"] = {"allOf": [refer("A"), pet("c")]}
    api, diagnostics = read_all(description(schemas))
    assert [each.code for each in diagnostics] == [code]
    struct = api.types["A"]
    assert isinstance(struct, Struct)
    assert struct.discriminator == Discriminator("kind", (("c", "Cat"),))


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([refer("Cat"), {"type": "string"}], {"mapping": {}}),
        ([{"type": "integer"}, {"type": "string"}], {"propertyName": "kind"}),
    ],
)
def test_a_discriminator_needs_a_property_and_members_with_names(
    members: list[Any], told: Any
) -> None:
    schemas = {"A": {"oneOf": members, "discriminator": told}, "Cat": pet("c")}
    api, diagnostics = read_all(description(schemas))
    assert [each.code for each in diagnostics] == ["openapi-discriminator"]
    found = api.types["A"]
    assert isinstance(found, Alias) and isinstance(found.type, UnionOf)
    assert found.type.discriminator is None


def test_a_union_of_nothing_but_null_can_be_anything() -> None:
    union = {"oneOf": [{"type": "null"}, {"enum": [None]}]}
    assert alias_of({"A": union}, "A").type == AnyType()
    assert alias_of({"A": union}, "A").nullable


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
    """Written out, it would have three to the power of a hundred members. The second
    member is itself, by way of the whole."""
    again = {"allOf": [{"$ref": "#/components/schemas/A"}, {"title": "Again"}]}
    members = [
        {"type": "array", "items": {**again, "pattern": "a"}},
        {"allOf": [again, {"minLength": 1}]},
        {"type": "object", "properties": {"p": {"oneOf": [again, {"type": "null"}]}}},
        {"type": "string"},
    ]
    api, diagnostics = read_all(description({"A": {"oneOf": members}}))
    assert len(api.types) < 10
    assert [each.code for each in diagnostics] == ["openapi-reference-cycle"]


def test_unions_of_thousands_take_no_more_than_their_number() -> None:
    constants = {"oneOf": [{"const": number} for number in range(8000)]}
    objects = {"oneOf": [obj_of({"const": i}) for i in range(3000)]}
    with at_most(8):
        alias = alias_of({"U": constants, "O": objects}, "U")
    assert isinstance(alias.type, UnionOf)
    assert len(alias.type.members) == 8000
