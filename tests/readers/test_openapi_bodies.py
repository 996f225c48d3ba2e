"""Bodies of operations and their answers: media types and what they hold."""

from __future__ import annotations

from typing import Any

from readers.openapi import OK, STRING, description, found_in, operation, read_clean

from generator.model import AnyType, Encoding, Named, Scalar, ScalarKind, Struct


def test_bodies_in_several_media_types() -> None:
    content = {
        "multipart/form-data": {
            "schema": {"properties": {"f": {"type": "string"}}},
            "encoding": {
                "f": {
                    "contentType": "image/png",
                    "style": "form",
                    "explode": False,
                    "headers": {"X": {"schema": {"type": "string"}}},
                }
            },
        },
        "application/vnd.api+json": {"schema": {"type": "string"}},
        "text/plain": {},
        "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        "application/json": {
            "schema": {"$ref": "#/components/schemas/A"},
            "examples": {"one": {"value": {"a": 1}}},
        },
    }
    body = {"description": "What to send.", "required": True, "content": content}
    found = operation(
        {"requestBody": body}, components={"schemas": {"A": {"const": 1}}}
    )
    assert found.body is not None
    assert found.body.type == Named("A") and found.body.required
    assert found.body.doc.summary == "What to send."
    assert found.body.doc.examples == ('{"a": 1}',)
    assert [each.media_type for each in found.other_bodies] == [
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ]
    header = found.other_bodies[2].encodings[0].headers[0]
    assert found.other_bodies[2].encodings == (
        Encoding("f", "image/png", "form", False, (header,)),
    )
    assert (header.name, header.type, header.required) == ("X", STRING, False)


def test_answers() -> None:
    responses = {
        "200": {
            "description": "Fine.",
            "headers": {"X-Rate": {"schema": {"type": "integer"}, "required": True}},
            "content": {
                "application/json": {"schema": {"type": "string"}},
                "application/jsonl": {"itemSchema": {"type": "integer"}},
            },
        },
        "4XX": {"$ref": "#/components/responses/Error"},
        "default": {"description": "Else."},
    }
    error = {"description": "E", "content": {"application/json": {"schema": {}}}}
    found = operation(
        {"responses": responses}, components={"responses": {"Error": error}}
    )
    assert [
        (each.status, each.media_type, each.type) for each in found.responses[:3]
    ] == [
        ("200", "application/json", STRING),
        ("200", "application/jsonl", found.responses[1].type),
        ("4XX", "application/json", AnyType()),
    ]
    assert found.responses[1].item_type == Scalar(ScalarKind.INT64)
    assert found.responses[0].headers[0].name == "X-Rate"
    assert found.responses[0].doc.summary == "Fine."
    assert (found.responses[3].status, found.responses[3].type) == ("default", None)


def test_a_body_that_is_not_there_and_one_without_a_schema() -> None:
    found = operation({"requestBody": {"content": {"application/json": {}}}})
    assert found.body is not None and found.body.type == AnyType()
    assert not found.body.required
    assert operation({"requestBody": {"content": {}}}).body is None


def test_a_request_of_items_is_bytes() -> None:
    content = {"application/jsonl": {"itemSchema": {"type": "string"}}}
    assert found_in({"requestBody": {"content": content}}) == ["openapi-item-schema"]


def test_a_form_of_an_inline_object() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    document = description(
        paths={
            "/a": {
                "post": {
                    **OK,
                    "operationId": "x/y",
                    "requestBody": {"content": content},
                }
            }
        }
    )
    api = read_clean(document)
    struct = api.types["x-y-request"]
    assert isinstance(struct, Struct)
    assert [each.name for each in struct.properties] == ["a"]


def test_schemas_of_several_media_types_are_told_apart_by_these() -> None:
    def content(name: str) -> dict[str, Any]:
        return {"schema": {"type": "object", "properties": {name: {"type": "string"}}}}

    body = {
        "application/x-www-form-urlencoded": content("a"),
        "application/json": content("b"),
        "multipart/form-data": content("c"),
        "application/vnd.zoo.merge-patch+json": content("d"),
    }
    found = operation({"operationId": "borrow", "requestBody": {"content": body}})
    assert found.body is not None
    bodies = {each.media_type: each.type for each in (found.body, *found.other_bodies)}
    assert bodies == {
        "application/json": Named("borrow-request"),
        "application/x-www-form-urlencoded": Named("borrow-request-form"),
        "multipart/form-data": Named("borrow-request-multipart"),
        "application/vnd.zoo.merge-patch+json": Named("borrow-request-merge-patch"),
    }
