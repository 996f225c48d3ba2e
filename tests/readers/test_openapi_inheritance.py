"""Schemas that hold at once: what `allOf` makes a base and what it merges."""

from __future__ import annotations

from typing import Any

import pytest
from pace import at_most
from readers.openapi import (
    BASE,
    REF,
    codes_of,
    description,
    read_all,
    read_clean,
    struct_of,
    types_of,
)

from generator.model import Alias, Named, Struct


def derived(*more: Any, **own: Any) -> Struct:
    schemas = {"B": BASE, "A": {"allOf": [REF, *more], **own}}
    return struct_of(schemas)


def test_one_reference_with_own_members_is_inheritance() -> None:
    own = {"type": "object", "properties": {"x": {"type": "string"}}}
    for struct in (derived(own), derived(**own), derived(own, {"description": "d"})):
        assert struct.base == "B"
        assert [each.name for each in struct.properties] == ["x"]


def test_saying_the_same_again_changes_nothing() -> None:
    again = {"properties": {"id": {"type": "string", "description": "other"}, "x": {}}}
    struct = derived(again, required=["id"])
    assert struct.base == "B"
    assert [each.name for each in struct.properties] == ["x"]


@pytest.mark.parametrize(
    "change",
    [
        {"properties": {"id": {"type": "integer"}}},
        {"properties": {"id": {"type": ["string", "null"]}}},
        {"required": ["kind"], "properties": {"x": {}}},
    ],
)
def test_what_changes_an_inherited_property_is_merged(change: Any) -> None:
    api, _ = read_all(description({"B": BASE, "A": {"allOf": [REF, change]}}))
    struct = api.types["A"]
    assert isinstance(struct, Struct) and struct.base is None
    assert {"id", "kind"} <= {each.name for each in struct.properties}


def test_several_objects_are_merged() -> None:
    other = {"type": "object", "properties": {"c": {"type": "integer"}}}
    struct = struct_of(
        {
            "B": BASE,
            "C": other,
            "A": {"allOf": [REF, {"$ref": "#/components/schemas/C"}]},
        }
    )
    assert struct.base is None
    assert [each.name for each in struct.properties] == ["id", "kind", "c"]
    assert [each.required for each in struct.properties] == [True, False, False]


def test_a_reference_with_remarks_is_that_reference() -> None:
    schemas = {
        "B": BASE,
        "A": {"properties": {"x": {"allOf": [REF], "description": "d"}}},
    }
    assert struct_of(schemas).properties[0].type == Named("B")
    assert types_of({"B": BASE, "A": {"allOf": [REF]}})["A"] == Alias(
        "A", Named("B"), place=struct_of(schemas).place
    )


def test_keywords_beside_a_reference() -> None:
    own = {"properties": {"x": {"type": "string"}}}
    assert struct_of({"B": BASE, "A": {**REF, **own}}).base == "B"
    api, diagnostics = read_all(description({"B": BASE, "A": {**REF, **own}}, "3.0.3"))
    assert [each.code for each in diagnostics] == ["openapi-reference-sibling"]
    assert isinstance(api.types["A"], Alias)


def test_a_loop_of_all_of_is_found() -> None:
    a, b = ({"$ref": f"#/components/schemas/{name}"} for name in "AB")
    more = {"type": "object", "properties": {"x": {"type": "string"}}}
    schemas = {"A": {"allOf": [b, more]}, "B": {"allOf": [a, more]}}
    assert "openapi-inheritance-cycle" in codes_of(description(schemas))


def test_a_long_line_of_schemas_is_not_called_a_ring() -> None:
    def line(count: int) -> dict[str, Any]:
        return {
            f"A{number}": {
                "type": "object",
                "allOf": [{"$ref": f"#/components/schemas/A{number + 1}"}],
                "properties": {f"x{number}": {"type": "string"}},
            }
            for number in range(count)
        } | {f"A{count}": BASE}

    read_clean(description(line(29)))
    found = read_all(description(line(40)))[1]
    assert {each.code for each in found} == {"openapi-inheritance-cycle"}
    assert all("more than 60" in each.message for each in found)
    assert all("itself" not in each.message for each in found)


def test_a_long_ring_of_schemas_that_are_told_apart_ends() -> None:
    """It is longer than what is looked at for each schema, so that bases lead round."""
    schemas = {
        f"A{number}": {
            "allOf": [
                {"$ref": f"#/components/schemas/A{(number + 1) % 200}"},
                {
                    "type": "object",
                    "properties": {f"x{number}": {"type": "string"}},
                    "discriminator": {"propertyName": "kind"},
                },
            ]
        }
        for number in range(200)
    }
    with at_most(5):
        api, diagnostics = read_all(description(schemas))
    codes = {each.code for each in diagnostics}
    assert codes == {"openapi-inheritance-cycle", "openapi-too-deep"}
    struct = api.types["A0"]
    assert isinstance(struct, Struct) and struct.base == "A1"
    assert struct.discriminator is not None
    assert dict(struct.discriminator.mapping).keys() == schemas.keys() - {"A0"}


def test_a_base_that_says_nothing_is_none() -> None:
    own = {"properties": {"x": {"type": "string"}}}
    struct = struct_of({"B": True, "A": {"allOf": [REF, own]}})
    assert struct.base is None
    assert [each.name for each in struct.properties] == ["x"]
