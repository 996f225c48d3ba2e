"""Schemas: what each keyword of JSON Schema comes to in the model."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from readers.openapi import (
    INT64,
    REF,
    STRING,
    codes_of,
    description,
    operations_of,
    read_all,
    read_clean,
    types_of,
)

from generator.model import (
    Alias,
    AnyType,
    Constraints,
    Deprecation,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
    UnionOf,
)


def member(schema: Any, version: str = "3.1.0", **others: Any) -> Property:
    """Read the schema of a property."""
    schemas = {"A": {"type": "object", "properties": {"x": schema}}, **others}
    found = types_of(schemas, version)["A"]
    assert isinstance(found, Struct)
    return found.properties[0]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, STRING),
        ({"type": "string", "format": "uri"}, STRING),
        ({"type": "string", "format": "date-time"}, Scalar(ScalarKind.DATE_TIME)),
        ({"type": "string", "format": "date"}, Scalar(ScalarKind.DATE)),
        ({"type": "string", "format": "time"}, Scalar(ScalarKind.TIME)),
        ({"type": "string", "format": "duration"}, Scalar(ScalarKind.DURATION)),
        ({"type": "string", "format": "uuid"}, Scalar(ScalarKind.GUID)),
        ({"type": "string", "format": "byte"}, Scalar(ScalarKind.BINARY)),
        ({"type": "string", "format": "base64url"}, Scalar(ScalarKind.BINARY)),
        ({"type": "string", "contentEncoding": "base64"}, Scalar(ScalarKind.BINARY)),
        ({"type": "string", "format": "binary"}, STRING),
        ({"type": "integer"}, INT64),
        ({"type": "integer", "format": "int32"}, Scalar(ScalarKind.INT32)),
        ({"type": "integer", "format": "int16"}, Scalar(ScalarKind.INT16)),
        ({"type": "integer", "format": "int8"}, Scalar(ScalarKind.SBYTE)),
        ({"type": "integer", "format": "uint8"}, Scalar(ScalarKind.BYTE)),
        ({"type": "number"}, Scalar(ScalarKind.DOUBLE)),
        ({"type": "number", "format": "float"}, Scalar(ScalarKind.SINGLE)),
        ({"type": "number", "format": "decimal"}, Scalar(ScalarKind.DECIMAL)),
        ({"type": "boolean"}, Scalar(ScalarKind.BOOLEAN)),
        ({"format": "date"}, Scalar(ScalarKind.DATE)),
        ({"format": "int32"}, Scalar(ScalarKind.INT32)),
        ({"format": "int64"}, Scalar(ScalarKind.INT64, "int64")),
        ({"format": "float"}, Scalar(ScalarKind.SINGLE)),
        ({"format": "uri"}, AnyType()),
        (
            {"type": ["string", "number"], "format": "decimal"},
            Scalar(ScalarKind.DECIMAL),
        ),
        ({"maxLength": 3}, STRING),
        ({"minimum": 3}, Scalar(ScalarKind.DOUBLE)),
        ({"type": ["integer", "number"]}, Scalar(ScalarKind.DOUBLE)),
        ({"type": ["string", "null"]}, STRING),
        ({"type": ["integer", "string"]}, UnionOf((STRING, INT64), exclusive=False)),
        ({"const": "cat"}, LiteralType('"cat"')),
        ({"const": 3}, LiteralType("3")),
        ({"enum": ["cat"]}, LiteralType('"cat"')),
        ({"enum": [True, False]}, Scalar(ScalarKind.BOOLEAN)),
        ({"enum": ["a", 1]}, UnionOf((LiteralType('"a"'), LiteralType("1")))),
        ({"enum": [1.5, 2]}, UnionOf((LiteralType("1.5"), LiteralType("2")))),
        ({"enum": [{"a": 1}, 2]}, AnyType()),
        ({"type": "array", "items": {"type": "string"}}, ListOf(STRING, False)),
        ({"items": {"type": ["string", "null"]}}, ListOf(STRING, True)),
        ({"type": "array"}, ListOf(AnyType(), True)),
        (
            {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
            ListOf(UnionOf((STRING, INT64), exclusive=False), False),
        ),
        ({"type": "object"}, MapOf(AnyType(), True)),
        ({"type": "object", "additionalProperties": {}}, MapOf(AnyType(), True)),
        ({"additionalProperties": {"type": "string"}}, MapOf(STRING, False)),
        ({"patternProperties": {"^x": {"type": "integer"}}}, MapOf(INT64, False)),
        (
            {
                "patternProperties": {"^x": {"type": "integer"}},
                "additionalProperties": {"type": "string"},
            },
            MapOf(UnionOf((STRING, INT64), exclusive=False), False),
        ),
        (
            {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            UnionOf((STRING, INT64), exclusive=True),
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            UnionOf((STRING, INT64), exclusive=False),
        ),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, STRING),
        ({"anyOf": [{"type": "string", "maxLength": 1}, {"type": "string"}]}, STRING),
        ({"anyOf": [{}, {"type": "string"}]}, AnyType()),
        ({"type": "string", "oneOf": [{"pattern": "a"}, {"pattern": "b"}]}, STRING),
        ({"allOf": [{"type": "string"}, {"maxLength": 3}]}, STRING),
        ({"allOf": [{"type": "string"}, {"description": "d"}]}, STRING),
        ({}, AnyType()),
        (True, AnyType()),
    ],
)
def test_what_a_schema_comes_to(schema: Any, expected: TypeRef) -> None:
    assert member(schema).type == expected


@pytest.mark.parametrize(
    ("schema", "version"),
    [
        ({"type": "string", "nullable": True}, "3.0.3"),
        ({"type": ["string", "null"]}, "3.1.0"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "3.1.0"),
        ({"oneOf": [{"type": "string"}, {"enum": [None]}]}, "3.1.0"),
        ({"enum": ["a", "b", None]}, "3.1.0"),
        ({"allOf": [REF], "nullable": True}, "3.0.3"),
        ({"$ref": "#/components/schemas/N"}, "3.0.3"),
        ({"allOf": [{"$ref": "#/components/schemas/N"}]}, "3.0.3"),
        ({"oneOf": [REF, {"$ref": "#/components/schemas/N"}]}, "3.0.3"),
        ({}, "3.1.0"),
    ],
)
def test_every_way_to_say_that_null_is_allowed(schema: Any, version: str) -> None:
    others = {
        "B": {"type": "object", "properties": {"b": {"type": "string"}}},
        "N": {"type": "string", "nullable": True},
    }
    assert member(schema, version, **others).nullable
    assert not member({"type": "string"}, version, **others).nullable
    assert not member(REF, version, **others).nullable


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minLength": 1, "maxLength": 2}, Constraints(min_length=1, max_length=2)),
        ({"pattern": "^a"}, Constraints(pattern="^a")),
        (
            {"minimum": 1.5, "exclusiveMinimum": True},
            Constraints(minimum=Decimal("1.5"), exclusive_minimum=True),
        ),
        (
            {"exclusiveMaximum": 3},
            Constraints(maximum=Decimal(3), exclusive_maximum=True),
        ),
        (
            {"minimum": 1, "exclusiveMinimum": 2, "maximum": 5, "exclusiveMaximum": 9},
            Constraints(minimum=Decimal(2), exclusive_minimum=True, maximum=Decimal(5)),
        ),
        ({"multipleOf": 0.1}, Constraints(multiple_of=Decimal("0.1"))),
        (
            {"type": "array", "minItems": 1, "maxItems": 2},
            Constraints(min_items=1, max_items=2),
        ),
        (
            {
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "maxLength": 9},
            },
            Constraints(min_items=1, max_length=9),
        ),
        (
            {"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 3}]},
            Constraints(max_length=3),
        ),
        ({"type": "string"}, None),
    ],
)
def test_constraints(schema: Any, expected: Constraints | None) -> None:
    assert member(schema).constraints == expected


def test_types_may_hold_themselves() -> None:
    types = types_of(
        {
            "Json": {
                "oneOf": [
                    {"type": "string"},
                    {"type": "array", "items": {"$ref": "#/components/schemas/Json"}},
                ]
            },
            "Tree": {"properties": {"up": {"$ref": "#/components/schemas/Tree"}}},
        }
    )
    json, tree = types["Json"], types["Tree"]
    assert isinstance(json, Alias) and isinstance(tree, Struct)
    assert json.type == UnionOf((STRING, ListOf(Named("Json"), False)))
    assert tree.properties[0].type == Named("Tree")


def test_a_type_that_is_itself_is_found() -> None:
    loops = {
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]},
    }
    assert "openapi-reference-cycle" in codes_of(description(loops))


def test_what_the_model_has_no_place_for_is_kept() -> None:
    schema = {
        "type": "object",
        "properties": {"x": {"type": "string", "not": {"const": "y"}}},
        "if": {"required": ["x"]},
        "then": {"minProperties": 2},
        "x-more": {"a": [1]},
    }
    api, diagnostics = read_all(description({"A": schema}))
    struct = api.types["A"]
    assert isinstance(struct, Struct)
    assert dict(struct.doc.extensions) == {
        "if": '{"required": ["x"]}',
        "then": '{"minProperties": 2}',
        "x-more": '{"a": [1]}',
    }
    assert struct.properties[0].doc.extensions == (("not", '{"const": "y"}'),)
    assert {each.code for each in diagnostics} == {"openapi-keyword-kept"}


def test_deprecation() -> None:
    told = {
        "deprecated": True,
        "x-ms-deprecation": {"date": "2025-01-31", "version": "v2"},
    }
    found = member({"type": "string", **told})
    assert found.deprecation == Deprecation(date="2025-01-31", version="v2")
    assert member({"type": "string", "deprecated": True}).deprecation == Deprecation()
    reason = {"deprecated": True, "x-deprecated-reason": "Too old."}
    assert member({"type": "string", **reason}).deprecation == Deprecation("Too old.")


def test_bytes_outside_json() -> None:
    schema = {
        "type": "object",
        "properties": {"f": {"type": "string", "format": "binary"}},
    }
    path = {
        "post": {
            "requestBody": {
                "content": {"multipart/form-data": {"schema": REF}},
            },
            "responses": {
                "200": {
                    "description": "",
                    "content": {
                        "image/png": {"schema": {"type": "string", "format": "binary"}},
                        "application/pdf": {},
                        "text/csv": {},
                        "application/json": {
                            "schema": {"type": "string", "format": "binary"}
                        },
                    },
                }
            },
        }
    }
    api = read_clean(description({"B": schema}, paths={"/a": path}))
    struct = api.types["B"]
    assert isinstance(struct, Struct)
    assert struct.properties[0].type == StreamType()
    responses = operations_of(api)["POST /a"].responses
    assert [each.type for each in responses] == [
        StreamType(),
        StreamType(),
        STRING,
        STRING,
    ]
