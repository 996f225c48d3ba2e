"""Changes of what requests send and answer, one at a time, with their grades."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.diagnostics import Diagnostics
from generator.diff import diff
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
JSON = "application/json"


def version(operation: dict[str, Any]) -> Api:
    described = {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": {"operationId": "do", **operation}}},
    }
    diagnostics = Diagnostics()
    source = Source("api.json", json.dumps(described).encode())
    api = read([source], diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(api)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Kind, first letter of the grade, and text of what differs."""
    found = diff(version(old), version(new))
    assert all(each.consequence.endswith(".") for each in found)
    return [(each.kind.value, each.grade[0], each.text) for each in found]


def body(required: bool = False, schema: Any = TEXT, *kinds: str) -> dict[str, Any]:
    content = {kind: {"schema": schema} for kind in kinds or (JSON,)}
    sent = {"requestBody": {"content": content, "required": required}}
    return {"responses": {"204": {"description": "d"}}, **sent}


def answer(status: str = "200", *kinds: str, **content: Any) -> dict[str, Any]:
    told = {kind: content for kind in kinds} if content else {}
    return {
        "responses": {
            "299": {"description": "d"},
            status: {"description": "d", "content": told},
        }
    }


NOTHING = {"responses": {"204": {"description": "d"}}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (NOTHING, body(), ("parameter-added", "c", "a body of type string was added")),
        (
            NOTHING,
            body(True),
            ("parameter-added", "b", "a body of type string was added"),
        ),
        (body(), NOTHING, ("parameter-removed", "b", "the body was removed")),
        (body(), body(True), ("required", "b", "is now required")),
        (body(True), body(), ("required", "c", "may now be left out")),
        (
            body(False, TEXT),
            body(False, MAYBE),
            ("nullability", "c", "null is now allowed"),
        ),
        (
            body(False, MAYBE),
            body(False, TEXT),
            ("nullability", "b", "null is no longer allowed"),
        ),
        (
            body(False, TEXT, JSON, "text/plain"),
            body(False, TEXT, JSON),
            ("media-type", "b", "no longer taken: text/plain"),
        ),
        (
            body(False, TEXT, JSON),
            body(False, TEXT, JSON, "text/plain"),
            ("media-type", "c", "now taken as well: text/plain"),
        ),
    ],
)
def test_what_is_sent(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert changes(old, new) == [expected]


ITEMS = "application/jsonl"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            answer("200", JSON, schema=TEXT),
            answer("200", JSON, schema=MAYBE),
            ("nullability", "b", "the result may now be null"),
        ),
        (
            answer("200", JSON, schema=MAYBE),
            answer("200", JSON, schema=TEXT),
            ("nullability", "c", "the result is never null now"),
        ),
        (
            answer("200", ITEMS, itemSchema=TEXT),
            answer("200", ITEMS, schema=TEXT),
            ("result", "b", "a sequence of string became string"),
        ),
        (
            answer("200", JSON, "text/plain", schema=TEXT),
            answer("200", JSON, schema=TEXT),
            ("media-type", "b", "no longer comes as text/plain"),
        ),
        (
            answer("404", JSON, "text/plain", schema=TEXT),
            answer("404", JSON, schema=TEXT),
            ("media-type", "c", "no longer comes as text/plain"),
        ),
        (
            answer("404", JSON, schema=TEXT),
            answer("404", JSON, "text/plain", schema=TEXT),
            ("media-type", "c", "now comes as text/plain as well"),
        ),
    ],
)
def test_what_is_answered(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert changes(old, new) == [expected]


def test_a_change_of_type_is_told_without_its_null() -> None:
    one, many = (
        answer("200", JSON, schema=TEXT),
        answer("200", JSON, schema={"type": ["array", "null"], "items": TEXT}),
    )
    assert [each[:2] for each in changes(one, many)] == [("cardinality", "b")]


def header(name: str) -> dict[str, Any]:
    return {**NOTHING, "parameters": [{"name": name, "in": "header", "schema": TEXT}]}


def test_names_of_headers_have_no_case() -> None:
    assert changes(header("X-Request-Id"), header("x-request-id")) == [
        ("serialization", "c", "the name changed from X-Request-Id to x-request-id")
    ]
    assert changes(header("X-RequestId"), header("X-Requestid")) == [
        ("serialization", "b", "the name changed from X-RequestId to X-Requestid")
    ]
    old, new = (
        {"responses": {"200": {"description": "d", "headers": {name: {}}}}}
        for name in ("Left", "left")
    )
    assert changes(old, new) == []


def test_unions_of_one_member_and_of_several() -> None:
    one, several = (
        body(True, {kind: [TEXT, {"type": "integer"}]}) for kind in ("oneOf", "anyOf")
    )
    ((kind, grade, text),) = changes(one, several)
    assert (kind, grade) == ("type-widened", "c")
    assert text == "a value may now be of several of string or int64 at once"
    ((kind, grade, text),) = changes(several, one)
    assert (kind, grade) == ("type-narrowed", "c")
    assert text == "a value is now of exactly one of string or int64"
