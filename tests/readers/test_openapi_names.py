"""Names of schemas that have none: words, and the same ones in whatever order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from readers.openapi import description, read_clean

from generator.model import Api, Enum, Struct, TypeDef

OK: dict[str, Any] = {"responses": {"204": {"description": ""}}}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT = {"type": "string"}


def names(schemas: dict[str, Any] | None = None, **fields: Any) -> set[str]:
    """Give the ids of the types that are no components."""
    return set(read_clean(description(schemas, **fields)).types) - set(schemas or ())


def responses(schema: Any, status: str = "200") -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {status: {"description": "", "content": content}}


def test_names_from_where_a_schema_stands() -> None:
    schemas = {
        "full-repository": obj(permissions=obj(admin={"type": "boolean"})),
        "ns.user": obj(tags={"type": "array", "items": obj(x=TEXT)}),
        "map": {"additionalProperties": obj(y=TEXT)},
    }
    assert names(schemas) == {
        "full-repository-permissions",
        "ns.user-tags-item",
        "map-value",
    }


def test_names_of_bodies_and_answers() -> None:
    body = {"content": {"application/json": {"schema": obj(a=TEXT)}}}
    found = names(
        paths={
            "/r": {
                "post": {
                    "operationId": "repos/create",
                    "requestBody": body,
                    "responses": {
                        **responses(obj(b=TEXT), "201"),
                        **responses(obj(c=TEXT), "202"),
                        **responses(obj(d=TEXT), "404"),
                        **responses(obj(e=TEXT), "5XX"),
                        **responses(obj(f=TEXT), "default"),
                    },
                },
                "get": {
                    "responses": responses({"type": "array", "items": obj(g=TEXT)}),
                    "parameters": [
                        {"name": "order", "in": "query", "schema": {"enum": ["a", "b"]}}
                    ],
                },
            }
        }
    )
    assert found == {
        "repos-create-request",
        "repos-create-response",
        "repos-create-accepted",
        "repos-create-not-found",
        "repos-create-server-error",
        "repos-create-default",
        "get-r-response-item",
        "get-r-order",
    }


def test_a_title_is_a_name_where_nothing_else_has_it() -> None:
    titled = {**obj(x=TEXT), "title": "Full Thing"}
    other = {**obj(y=TEXT), "title": "Other"}
    assert names({"A": obj(p=titled)}) == {"Full-Thing"}
    assert names({"A": obj(p=other), "other": obj()}) == {"A-p"}
    different = {**obj(z=TEXT), "title": "Other"}
    assert names({"A": obj(p=other), "B": obj(q=different)}) == {"A-p", "B-q"}


def test_members_of_unions_are_named_by_what_tells_them_apart() -> None:
    union = {
        "oneOf": [
            {**obj(a=TEXT), "title": "Titled"},
            obj(kind={"const": "dog"}, a=TEXT),
            obj(kind=True, c=TEXT),
            obj(a=TEXT, b=TEXT),
            obj(a={"type": "integer"}),
            obj(a={"type": "array", "items": TEXT}),
        ]
    }
    assert names({"A": obj(p=union)}) == {
        "Titled",
        "A-p-dog",
        "A-p-with-c",
        "A-p-with-b",
        "A-p-with-a-integer",
        "A-p-with-a-string-list",
    }


def test_what_is_the_same_is_one_type() -> None:
    user = obj(name=TEXT, kind={"enum": ["a", "b"]})
    assert names({"A": obj(user=user), "B": obj(user=user)}) == {"user", "user-kind"}
    assert names({"A": obj(one=user, two=user)}) == {"A-one", "A-one-kind"}


def test_the_same_in_most_places_has_the_short_name() -> None:
    asc, other = {"enum": ["asc", "desc"]}, {"enum": ["up", "down"]}
    found = names({"A": obj(dir=asc), "B": obj(dir=asc), "C": obj(dir=other)})
    assert found == {"dir", "C-dir"}
    found = names({"A": obj(dir=asc), "B": obj(dir=other)})
    assert found == {"A-dir", "B-dir"}


def test_a_short_name_says_what_a_thing_is() -> None:
    """Steps like "item" and "value" alone tell nothing."""
    items = {"type": "array", "items": obj(x=TEXT)}
    assert names({"A": obj(rows=items), "B": obj(rows=items)}) == {"rows-item"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", "A-plain"),
        ("with space", "A-with-space"),
        ("a.b", "A-a-b"),
        ("+1", "A-plus-1"),
        ("$", "A-property"),
        ("@odata.context", "A-odata-context"),
        ("größe", "A-größe"),
    ],
)
def test_names_of_odd_properties(name: str, expected: str) -> None:
    assert names({"A": obj(**{name: obj(x=TEXT)})}) == {expected}


def test_ways_that_read_alike_are_told_apart() -> None:
    one = {"A": obj(**{"b-c": obj(x=TEXT)}), "A-b": obj(c=obj(y=TEXT))}
    assert names(one) == {"b-c-of-A", "c-of-A-b"}


def test_a_name_from_x_ms_enum() -> None:
    enum = {"enum": ["a", "b"], "x-ms-enum": {"name": "SkuName"}}
    assert names({"A": obj(sku=enum)}) == {"SkuName"}


# --- stability

PATHS = {
    "/r/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "get": {
            "operationId": "r/get",
            "parameters": [
                {"name": "sort", "in": "query", "schema": {"enum": ["a", "b"]}},
                {"name": "state", "in": "query", "schema": {"enum": ["on", "off"]}},
            ],
            "responses": responses(
                {"oneOf": [obj(a=TEXT), obj(b=TEXT), obj(a={"type": "integer"})]}
            ),
        },
        "put": {
            "operationId": "r/put",
            "parameters": [
                {"name": "state", "in": "query", "schema": {"enum": ["on", "off"]}},
            ],
            "responses": responses(obj(user=obj(name=TEXT), owner=obj(name=TEXT))),
        },
    }
}
SCHEMAS = {
    "A": obj(user=obj(name=TEXT), state={"enum": ["on", "off", "open"]}),
    "B": {"allOf": [{"$ref": "#/components/schemas/A"}, obj(owner=obj(name=TEXT))]},
    "C": obj(**{"b-c": obj(x=TEXT)}, user=obj(name=TEXT, kind={"enum": ["x", "y"]})),
    "C-b": obj(c=obj(y=TEXT), back={"$ref": "#/components/schemas/C/properties/user"}),
    "D": {
        "$defs": {"inner": obj(z=TEXT)},
        **obj(i={"$ref": "#/components/schemas/D/$defs/inner"}),
    },
}


def shuffled(value: Any, chance: random.Random) -> Any:
    """Give a document in another order of the members of its objects."""
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: shuffled(value[key], chance) for key in keys}


def ordered(api: Api) -> dict[str, TypeDef]:
    """Give the types with their members in an order of their own."""
    from dataclasses import replace

    found: dict[str, TypeDef] = {}
    for type_id, definition in sorted(api.types.items()):
        if isinstance(definition, Struct):
            members = sorted(definition.properties, key=lambda member: member.name)
            definition = replace(definition, properties=tuple(members))
        found[type_id] = definition
    return found


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_a_document_is_nothing_to_names(seed: int) -> None:
    document = description(SCHEMAS, paths=PATHS)
    before = ordered(read_clean(document))
    assert any(isinstance(each, Enum) for each in before.values())
    after = ordered(read_clean(shuffled(document, random.Random(seed))))
    assert after == before
