"""Nothing in a description crashes the reader, whatever stands wherever."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.openapi import description, read_all

from generator.diagnostics import SpecError
from generator.model import Alias, Api, Struct, named_types
from generator.passes.closure import mentioned_by

KEYWORDS = [
    "$anchor $defs $dynamicAnchor $dynamicRef $id $ref additionalProperties allOf anyOf",
    "const contains contentEncoding default dependentSchemas deprecated description",
    "discriminator else enum example examples exclusiveMaximum exclusiveMinimum",
    "externalDocs format if items maxItems maxLength maximum minimum multipleOf not",
    "nullable oneOf pattern patternProperties prefixItems properties readOnly required",
    "then title type unevaluatedProperties uniqueItems writeOnly x-enum-varnames",
    "x-ms-enum xml x-ms-deprecation",
]
NAMES = [keyword for line in KEYWORDS for keyword in line.split()]
REFERENCES = [
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/A/properties/x",
    "#/components/schemas/B/items",
    "#/components/responses/R",
    "#a",
    "#",
    "",
    "other.json#/x",
    "http://[x",
    "%",
    "#/%ff",
]
TYPES = ["string", "integer", "number", "boolean", "array", "object", "null", "file"]

plain: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [*REFERENCES, *TYPES, "date", "binary", "x", "a.b", "", "\0", "0"]
    )
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from([*NAMES, "x", "y", "A", "1"])
    schema = st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES)) | inner,
            "$ref": st.sampled_from(REFERENCES) | inner,
            "properties": st.dictionaries(st.sampled_from("xyz"), inner) | inner,
            "required": st.lists(st.sampled_from("xyz")) | inner,
            "allOf": st.lists(inner, max_size=3) | inner,
            "oneOf": st.lists(inner, max_size=3) | inner,
            "anyOf": st.lists(inner, max_size=3) | inner,
            "items": inner,
            "additionalProperties": inner,
            "enum": st.lists(plain, max_size=3) | inner,
            "discriminator": st.fixed_dictionaries(
                {},
                optional={
                    "propertyName": st.sampled_from("xy") | inner,
                    "mapping": st.dictionaries(
                        st.sampled_from("ab"), st.sampled_from(["A", *REFERENCES])
                    )
                    | inner,
                },
            ),
        },
    )
    return (
        schema | st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4)
    )


nonsense = st.recursive(plain, nested, max_leaves=25)


def check(api: Api) -> None:
    """What was read is whole: no token is left, no type is mentioned but missing."""
    known = set(api.types)
    mentioned: set[str] = set()
    for type_id, definition in api.types.items():
        assert type_id == definition.id
        if isinstance(definition, Alias):
            mentioned.update(named_types(definition.type))
        elif isinstance(definition, Struct):
            mentioned.update(
                n for p in definition.properties for n in named_types(p.type)
            )
            mentioned.update([definition.base] if definition.base else [])
    for place in (*api.resources.values(), api):
        for operation in place.operations:
            mentioned.update(name for name, _ in mentioned_by(operation))
    assert mentioned <= known
    # what stands for a name until there is one
    assert "\\ud800" not in repr(api)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(nonsense, nonsense, nonsense)
def test_any_schemas(one: Any, other: Any, third: Any) -> None:
    document = description({"A": one, "B": other, "C": third})
    api, _ = read_all(document)
    check(api)


FULL: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "T", "version": "1", "contact": {"name": "n"}, "license": {}},
    "servers": [{"url": "https://{h}", "variables": {"h": {"default": "a"}}}],
    "tags": [{"name": "t", "parent": "p", "kind": "nav", "externalDocs": {"url": "u"}}],
    "security": [{"k": []}],
    "webhooks": {"w": {"post": {"responses": {}}}},
    "paths": {
        "/a/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True}],
            "servers": [{"url": "/x"}],
            "get": {
                "operationId": "get",
                "tags": ["t"],
                "deprecated": True,
                "x-ms-deprecation": {"date": "2025-01-01"},
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "string"}},
                    {
                        "name": "c",
                        "in": "cookie",
                        "content": {"application/json": {"schema": {}}},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "d",
                        "headers": {"H": {"schema": {"type": "integer"}}},
                        "links": {"l": {"operationId": "get"}},
                        "content": {
                            "application/json": {
                                "schema": {"properties": {"x": {"enum": ["a", "b"]}}},
                                "examples": {"e": {"value": 1}},
                            },
                            "text/event-stream": {"itemSchema": {"type": "string"}},
                        },
                    },
                    "default": {"$ref": "#/components/responses/R"},
                },
                "callbacks": {"c": {}},
                "security": [{}],
            },
            "additionalOperations": {"COPY": {"responses": {}}},
            "query": {
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "properties": {
                                    "f": {"type": "string", "format": "binary"}
                                }
                            },
                            "encoding": {"f": {"contentType": "x", "headers": {}}},
                        }
                    }
                }
            },
        }
    },
    "components": {
        "schemas": {"A": {"type": "object", "properties": {"b": {"$ref": "#/x"}}}},
        "responses": {"R": {"description": "r"}},
        "securitySchemes": {
            "k": {"type": "apiKey", "in": "header", "name": "K"},
            "o": {"type": "oauth2", "flows": {"implicit": {"scopes": {"s": "t"}}}},
        },
    },
    "x": {"type": "string"},
}


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in pairs:
            found += places(child, (*way, key))
    return found


def changed(way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(FULL)
    at: Any = document
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = value
    return document


WRONG: list[Any] = [
    None,
    True,
    3,
    "x",
    "",
    [],
    {},
    [None],
    [[]],
    {"": None},
    {"$ref": "#"},
    {"$ref": "#/components/schemas/A"},
    {"$ref": 1},
    [{"$ref": "#/nowhere"}],
]


@pytest.mark.parametrize("way", places(FULL), ids=lambda way: "/".join(map(str, way)))
def test_anything_anywhere(way: tuple[Any, ...]) -> None:
    for value in WRONG:
        api, _ = read_all(changed(way, value))
        check(api)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(places(FULL)), nonsense)
def test_nonsense_anywhere(way: tuple[Any, ...], value: Any) -> None:
    api, _ = read_all(changed(way, value))
    check(api)


@pytest.mark.parametrize("value", [1, "x", [], {}, [{"openapi": "3.1.0"}], True])
def test_what_is_no_description(value: Any) -> None:
    _, diagnostics = read_all(value)
    assert diagnostics.errors


@pytest.mark.parametrize(
    "name", ["", "\0", "\0000", "a b", "ü", "..", "1", "-", "a/b~c"]
)
def test_components_of_any_name(name: str) -> None:
    inner = {"type": "object", "properties": {name: {"properties": {"x": {}}}}}
    pointer = name.replace("~", "~0").replace("/", "~1")
    other = {"properties": {"x": {"$ref": f"#/components/schemas/{pointer}"}}}
    tag = {"name": name}
    operation = {"operationId": name, "tags": [name], "responses": {}}
    api, _ = read_all(
        description(
            {name: inner, "Other": other}, tags=[tag], paths={"/x": {"get": operation}}
        )
    )
    check(api)
    assert name in api.types


def test_members_of_unions_without_a_name_are_told_by_no_value() -> None:
    member = {"type": "object", "properties": {"kind": {}, "x": {}}}
    union = {"oneOf": [member, {"$ref": "#/components/schemas/A"}]}
    told = {"discriminator": {"propertyName": "kind"}}
    api, _ = read_all(description({"A": {"properties": {"y": {}}}, "B": union | told}))
    check(api)


def test_deep_schemas_end() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(80):
        schema = {"items": schema}
    api, diagnostics = read_all(description({"A": schema}))
    check(api)
    assert "openapi-too-deep" in [each.code for each in diagnostics]


def test_schemas_inside_themselves_end() -> None:
    """Each is a list of either of two that say a little more than that they are it."""
    own = {"$ref": "#/components/schemas/A", "type": ["array", "null"]}
    either = [own | {"minItems": 1}, own | {"maxItems": 9}]
    api, diagnostics = read_all(
        description({"A": {"type": "array", "items": {"anyOf": either}}})
    )
    check(api)
    assert list(diagnostics) == []
    assert 1 < len(api.types) < 10
    both = {"allOf": [own, {"items": {"anyOf": either}}]}
    api, diagnostics = read_all(
        description({"A": {"type": "array", "items": both}, "B": both})
    )
    check(api)


def test_long_chains_of_references_end() -> None:
    schemas: dict[str, Any] = {
        f"S{i}": {"$ref": f"#/components/schemas/S{i + 1}"} for i in range(3000)
    }
    schemas["S3000"] = {"type": "string"}
    api, diagnostics = read_all(description(schemas))
    assert len(api.types) == 3001
    assert {each.code for each in diagnostics} == {"openapi-too-deep"}
    assert "more than 100 references in a row lead here" in str(list(diagnostics)[0])


def test_long_lines_of_inheritance_end() -> None:
    schemas: dict[str, Any] = {
        f"S{i}": {"allOf": [{"$ref": f"#/components/schemas/S{i + 1}"}]}
        for i in range(1500)
    }
    schemas["S1500"] = {"properties": {"x": {}}}
    answer = {"schema": {"$ref": "#/components/schemas/S0"}}
    responses = {"200": {"description": "", "content": {"application/json": answer}}}
    paths = {"/a": {"get": {"responses": responses}}}
    api, diagnostics = read_all(description(schemas, paths=paths))
    check(api)
    found = [each for each in diagnostics if each.code == "openapi-too-deep"]
    assert found and all(each.place and each.place.line for each in found)


def test_many_unions_of_one_another_end() -> None:
    """Every schema is made of every other one, in each possible way."""
    names = [f"S{i}" for i in range(12)]
    choice = random.Random(5)
    schemas = {
        name: {
            choice.choice(["allOf", "oneOf", "anyOf"]): [
                {"$ref": f"#/components/schemas/{other}"} for other in names
            ]
        }
        for name in names
    }
    api, _ = read_all(description(schemas))
    check(api)


def test_text_that_is_no_document_is_refused() -> None:
    from generator.diagnostics import Diagnostics
    from generator.readers.openapi import read
    from generator.readers.source import Source

    with pytest.raises(SpecError):
        read([Source("a.json", b"{")], Diagnostics())
