"""References: every way to write them, over files, and those that lead nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from readers.openapi import codes_of, description, operations_of, read_all, types_of

from generator.diagnostics import Diagnostics
from generator.model import Alias, Api, Named, Scalar, ScalarKind, Struct, TypeRef
from generator.readers.openapi import read
from generator.readers.source import Source, load_source

STRING = Scalar(ScalarKind.STRING)


def target(reference: str, **schemas: Any) -> TypeRef:
    """Give what a property that is a reference comes to."""
    types = types_of({"A": {"properties": {"x": {"$ref": reference}}}, **schemas})
    struct = types["A"]
    assert isinstance(struct, Struct)
    return struct.properties[0].type


OBJECT = {"type": "object", "properties": {"y": {"type": "string"}}}


@pytest.mark.parametrize(
    ("reference", "schemas", "expected"),
    [
        ("#/components/schemas/B", {"B": OBJECT}, "B"),
        ("#/components/schemas/b~1c", {"b/c": OBJECT}, "b/c"),
        ("#/components/schemas/b~0c", {"b~c": OBJECT}, "b~c"),
        ("#/components/schemas/b%20c", {"b c": OBJECT}, "b c"),
        ("#there", {"B": {"$anchor": "there", **OBJECT}}, "B"),
        ("#node", {"B": {"$dynamicAnchor": "node", **OBJECT}}, "B"),
        ("https://x.org/b", {"B": {"$id": "https://x.org/b", **OBJECT}}, "B"),
        (
            "#/components/schemas/B/$defs/inner",
            {"B": {"$defs": {"inner": OBJECT}}},
            "inner",
        ),
        (
            "#/components/schemas/B/properties/p",
            {"B": {"properties": {"p": OBJECT}}},
            "B-p",
        ),
        (
            "#/components/schemas/B/allOf/0",
            {"B": {"allOf": [OBJECT, {"properties": {"z": {"type": "string"}}}]}},
            "B",
        ),
    ],
)
def test_pointers_and_anchors(
    reference: str, schemas: dict[str, Any], expected: str
) -> None:
    found = target(reference, **schemas)
    assert isinstance(found, Named)
    assert found.id in (expected, f"{expected}-schema")


def test_a_dynamic_reference_goes_to_the_first_anchor() -> None:
    types = types_of(
        {
            "Tree": {
                "$dynamicAnchor": "node",
                "type": "object",
                "properties": {
                    "children": {"type": "array", "items": {"$dynamicRef": "#node"}}
                },
            }
        }
    )
    tree = types["Tree"]
    assert isinstance(tree, Struct)
    assert "Tree" in str(tree.properties[0].type)


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#/components/schemas/Nobody", "openapi-reference-unknown"),
        ("#nobody", "openapi-reference-unknown"),
        ("#/components/schemas/A/properties/9", "openapi-reference-unknown"),
        ("#/components/schemas/A/required/9", "openapi-reference-unknown"),
        ("#/components/schemas/A/required/-", "openapi-reference-unknown"),
        ("missing.json", "openapi-reference-not-read"),
        ("../outside.json", "openapi-reference-not-read"),
        ("/etc/passwd", "openapi-reference-not-read"),
        ("https://example.com/a.json", "openapi-reference-not-read"),
        ("http://[::1", "openapi-reference-unknown"),
        ("#/components/schemas/A/properties/x", "openapi-reference-cycle"),
    ],
)
def test_references_that_lead_nowhere(reference: str, code: str) -> None:
    schema = {"properties": {"x": {"$ref": reference}}, "required": ["x"]}
    assert code in codes_of(description({"A": schema}))


def test_a_broken_reference_is_reported_once_with_its_place() -> None:
    broken = {"$ref": "#/components/schemas/Nobody"}
    schema = {"properties": {"x": broken, "y": broken}}
    _, diagnostics = read_all(description({"A": schema}))
    (found,) = diagnostics
    assert found.place is not None and found.place.line == 1 and found.place.column > 1


def test_a_document_that_is_not_there_is_reported_once() -> None:
    x, y = ({"$ref": f"missing.json#/{name}"} for name in "xy")
    schema = {"properties": {"x": x, "y": y}}
    assert codes_of(description({"A": schema})) == ["openapi-reference-not-read"]


def test_a_fragment_belongs_to_the_innermost_id() -> None:
    """JSON Schema 2020-12 Core section 8.2: an `$id` begins a resource of its own, in
    which pointers and anchors lead."""

    def inside(identity: str, name: str) -> dict[str, Any]:
        there = {"$anchor": "here", "properties": {name: {"type": "string"}}}
        return {
            "$id": identity,
            "properties": {"x": {"$ref": "#here"}, "y": {"$ref": "#/$defs/there"}},
            "$defs": {"there": there},
        }

    types = types_of({"A": inside("a", "one"), "B": inside("b", "two")})
    for name, expected in (("A", "one"), ("B", "two")):
        struct = types[name]
        assert isinstance(struct, Struct)
        for member in struct.properties:
            assert isinstance(member.type, Named)
            inner = types[member.type.id]
            assert isinstance(inner, Struct)
            assert [each.name for each in inner.properties] == [expected]


def test_an_id_that_is_no_address_is_passed_over() -> None:
    types = types_of(
        {
            "A": {
                "$id": "http://[::1",
                "properties": {"x": {"$ref": "#/$defs/there"}},
                "$defs": {"there": OBJECT},
            }
        }
    )
    struct = types["A"]
    assert isinstance(struct, Struct)
    assert struct.properties[0].type == Named("there")


def test_objects_of_every_kind_by_reference() -> None:
    components = {
        "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}},
        "requestBodies": {
            "B": {"content": {"text/plain": {"schema": {"type": "string"}}}}
        },
        "headers": {"H": {"schema": {"type": "integer"}}},
        "examples": {"E": {"value": "e"}},
        "responses": {
            "R": {
                "description": "r",
                "headers": {"X": {"$ref": "#/components/headers/H"}},
                "content": {
                    "text/plain": {
                        "examples": {"e": {"$ref": "#/components/examples/E"}}
                    }
                },
            }
        },
        "securitySchemes": {
            "S": {"$ref": "#/components/securitySchemes/T"},
            "T": {"type": "http", "scheme": "basic"},
        },
    }
    document = description(
        paths={
            "/a": {
                "post": {
                    "parameters": [{"$ref": "#/components/parameters/P"}],
                    "requestBody": {"$ref": "#/components/requestBodies/B"},
                    "responses": {"200": {"$ref": "#/components/responses/R"}},
                }
            },
            "/b": {"$ref": "#/paths/~1a"},
        },
        components=components,
    )
    api, diagnostics = read_all(document)
    assert not len(diagnostics)
    for found in operations_of(api).values():
        assert found.parameters[0].name == "p"
        assert found.body is not None and found.body.type == STRING
        assert found.responses[0].headers[0].name == "X"
        assert found.responses[0].doc.examples == ('"e"',)
    assert api.security_schemes["S"].scheme == "basic"


def test_a_schema_under_two_names() -> None:
    """YAML can give one schema to two components."""
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n"
        "  schemas:\n    A: &a {properties: {x: {type: string}}}\n    B: *a\n"
    )
    diagnostics = Diagnostics()
    api = read([Source("api.yaml", text.encode())], diagnostics)
    assert list(diagnostics) == []
    assert isinstance(api.types["A"], Struct)
    assert api.types["B"] == Alias("B", Named("A"))


# --- several files


def read_files(folder: Path, files: dict[str, Any]) -> tuple[Api, Diagnostics]:
    """Write files and read the first of them."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
    diagnostics = Diagnostics()
    first = next(iter(files))
    return read([load_source(folder / first)], diagnostics), diagnostics


def test_several_files(tmp_path: Path) -> None:
    main = description(
        {"Own": {"properties": {"pet": {"$ref": "schemas/pet.yaml#/Pet"}}}},
        paths={"/pets": {"$ref": "paths/pets.json"}},
    )
    api, diagnostics = read_files(
        tmp_path,
        {
            "api.json": main,
            "paths/pets.json": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "../schemas/pet.yaml#/Pet"}
                                }
                            },
                        }
                    }
                }
            },
            "schemas/pet.yaml": (
                "Pet:\n  type: object\n  properties:\n    id: {type: integer}\n"
                "    owner: {$ref: owner.json}\n"
                "    back: {$ref: '../api.json#/components/schemas/Own'}\n"
            ).replace("\\\n", "\n"),
            "schemas/owner.json": {
                "type": "object",
                "properties": {"n": {"type": "string"}},
            },
        },
    )
    assert [str(each) for each in diagnostics] == []
    assert set(api.types) == {"Own", "Pet", "owner"}
    assert operations_of(api)["GET /pets"].responses[0].type == Named("Pet")
    pet = api.types["Pet"]
    assert isinstance(pet, Struct)
    assert [each.type for each in pet.properties][1:] == [Named("owner"), Named("Own")]


def test_files_that_refer_to_one_another(tmp_path: Path) -> None:
    other = description(
        {"B": {"properties": {"a": {"$ref": "a.json#/components/schemas/A"}}}}
    )
    main = description(
        {"A": {"properties": {"b": {"$ref": "b.json#/components/schemas/B"}}}}
    )
    api, diagnostics = read_files(tmp_path, {"a.json": main, "b.json": other})
    assert [str(each) for each in diagnostics] == []
    assert set(api.types) == {"A", "B"}


def test_two_files_with_one_name(tmp_path: Path) -> None:
    main = description(
        {
            "A": {"properties": {"o": {"$ref": "other.json#/components/schemas/A"}}},
        }
    )
    other = description(
        {"A": {"type": "object", "properties": {"z": {"type": "string"}}}}
    )
    api, diagnostics = read_files(tmp_path, {"main.json": main, "other.json": other})
    assert [str(each) for each in diagnostics] == []
    assert set(api.types) == {"A", "A-schema"}


def test_a_document_that_names_itself() -> None:
    main = description(
        {
            "A": {
                "properties": {
                    "x": {"$ref": "https://x.org/other#/components/schemas/B"}
                }
            }
        },
        version="3.2.0",
    )
    other = {
        "$self": "https://x.org/other",
        "components": {"schemas": {"B": OBJECT}},
    }
    source = Source("other.json", json.dumps(other).encode())
    api, diagnostics = read_all(main, source)
    assert [str(each) for each in diagnostics] == []
    assert set(api.types) == {"A", "B"}


def test_two_descriptions_at_once_are_refused() -> None:
    other = description(paths={"/a": {"get": {"responses": {}}}})
    source = Source("other.json", json.dumps(other).encode())
    assert codes_of(description(), source) == ["openapi-several"]
