"""Schemas: what each keyword of JSON Schema comes to in the model."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from readers.openapi import (
    codes_of,
    description,
    operations_of,
    read_all,
    read_clean,
    struct_of,
    types_of,
)

from generator.model import (
    Access,
    Alias,
    AnyType,
    Constraints,
    Deprecation,
    Discriminator,
    Enum,
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

STRING = Scalar(ScalarKind.STRING)
INT64 = Scalar(ScalarKind.INT64)
REF = {"$ref": "#/components/schemas/B"}


def member(schema: Any, version: str = "3.1.0", **others: Any) -> Property:
    """Read the schema of a property."""
    schemas = {"A": {"type": "object", "properties": {"x": schema}}, **others}
    found = types_of(schemas, version)["A"]
    assert isinstance(found, Struct)
    return found.properties[0]


def alias(schema: Any) -> Alias:
    """Read a component that is no object."""
    found = types_of({"A": schema})["A"]
    assert isinstance(found, Alias)
    return found


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


# --- enumerations


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
                    "values": [{"value": "b", "name": "Second", "description": "2"}],
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
                    {"enum": ["c", "d"]},
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


# --- inheritance and what is merged

BASE = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "kind": {"type": "string"}},
}


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


def test_a_type_that_is_itself_is_found() -> None:
    loops = {
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]},
    }
    assert "openapi-reference-cycle" in codes_of(description(loops))


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


# --- unions and discriminators


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
