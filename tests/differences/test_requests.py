"""Differences of OpenAPI descriptions: of requests, what they take and answer, types,
security and servers."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from differences.comparing import told

from generator.cli import main
from generator.diagnostics import Diagnostics
from generator.diff import Change, diff, rendering
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "servers": [
        {
            "url": "https://{area}.zoo.example",
            "variables": {"area": {"default": "north", "enum": ["north", "south"]}},
        },
        {"url": "https://test.zoo.example"},
    ],
    "security": [{"key": []}],
    "tags": [{"name": "animals", "description": "All of them."}],
    "paths": {
        "/animals/{id}": {
            "put": {
                "operationId": "feed",
                "tags": ["animals"],
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {"name": "how", "in": "query", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/meal"}
                        },
                        "text/plain": {"schema": {"type": "string"}},
                    }
                },
                "responses": {
                    "200": {
                        "description": "Fed.",
                        "headers": {"Left": {"schema": {"type": "integer"}}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/animal"}
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"description": "Gone."},
                },
            }
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
            "token": {"type": "http", "scheme": "bearer"},
        },
        "schemas": {
            "meal": {"type": "object", "properties": {"food": {"type": "string"}}},
            "cat": {"type": "object", "properties": {"lives": {"type": "integer"}}},
            "dog": {"type": "object", "properties": {"tricks": {"type": "integer"}}},
            "bird": {"type": "object", "properties": {"wings": {"type": "integer"}}},
            "pet": {
                "oneOf": [
                    {"$ref": "#/components/schemas/cat"},
                    {"$ref": "#/components/schemas/dog"},
                ]
            },
            "size": {"type": "string", "enum": ["small", "large"]},
            "level": {
                "type": "integer",
                "enum": [1, 2],
                "x-enum-varnames": ["low", "high"],
            },
            "animal": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 9},
                    "age": {"type": ["integer", "null"]},
                    "nicks": {"type": "array", "items": {"type": "string"}},
                    "born": {"type": "string", "readOnly": True},
                    "code": {"type": "string", "writeOnly": True},
                    "extra": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                    },
                    "friend": {"anyOf": [{"type": "string"}, {"type": "boolean"}]},
                },
                "additionalProperties": {"type": "string"},
            },
        },
    },
}
FEED = "paths /animals/{id} put"
BODY = f"{FEED} requestBody"
ANSWERS = f"{FEED} responses"
SCHEMAS = "components schemas"
ANIMAL = f"{SCHEMAS} animal properties"
REF = "#/components/schemas/"
GONE = object()


def changed(edits: Mapping[str, Any]) -> dict[str, Any]:
    """The description with other values at some places, each a path of keys; "+" adds to
    a list."""
    value = copy.deepcopy(BASE)
    for path, new in edits.items():
        *steps, last = path.split(" ")
        place: Any = value
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        if last == "+":
            place.append(new)
        elif new is GONE:
            del place[int(last) if isinstance(place, list) else last]
        else:
            place[int(last) if isinstance(place, list) else last] = new
    return value


def version(value: Mapping[str, Any], name: str) -> Api:
    diagnostics = Diagnostics()
    api = read([Source(name, json.dumps(value).encode())], diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(api)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Compare the description after some edits with that after others."""
    return diff(version(changed(old), "old.json"), version(changed(new), "new.json"))


def query(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}


CASES: list[tuple[str, dict[str, Any], tuple[str, str, str], tuple[str, str, str]]] = [
    # what it is, the edits, the change there, and the change of the way back
    (
        "an optional parameter",
        {f"{FEED} parameters +": query("slowly")},
        ("parameter-added", "feed/slowly", "c"),
        ("parameter-removed", "feed/slowly", "b"),
    ),
    (
        "a required parameter",
        {f"{FEED} parameters +": query("slowly", required=True)},
        ("parameter-added", "feed/slowly", "b"),
        ("parameter-removed", "feed/slowly", "b"),
    ),
    (
        "a demand for a parameter",
        {f"{FEED} parameters 1 required": True},
        ("required", "feed/how", "b"),
        ("required", "feed/how", "c"),
    ),
    (
        "another place of a parameter",
        {f"{FEED} parameters 1 in": "header"},
        ("parameter-place", "feed/how", "c"),
        ("parameter-place", "feed/how", "c"),
    ),
    (
        "a list as a parameter",
        {f"{FEED} parameters 1 schema": {"type": "array", "items": {"type": "string"}}},
        ("cardinality", "feed/how", "b"),
        ("cardinality", "feed/how", "b"),
    ),
    (
        "another form of a parameter",
        {f"{FEED} parameters 1 allowReserved": True},
        ("serialization", "feed/how", "c"),
        ("serialization", "feed/how", "c"),
    ),
    (
        "an end of a parameter",
        {f"{FEED} parameters 1 deprecated": True},
        ("deprecation", "feed/how", "c"),
        ("deprecation", "feed/how", "c"),
    ),
    (
        "a type of a parameter",
        {f"{FEED} parameters 1 schema": {"type": "integer"}},
        ("type-changed", "feed/how", "b"),
        ("type-changed", "feed/how", "b"),
    ),
    (
        "another id",
        {f"{FEED} operationId": "give"},
        ("operation-renamed", "give", "b"),
        ("operation-renamed", "feed", "b"),
    ),
    (
        "another tag",
        {f"{FEED} tags": []},
        ("tag", "feed", "b"),
        ("tag", "feed", "b"),
    ),
    (
        "an end of an operation",
        {f"{FEED} deprecated": True},
        ("deprecation", "feed", "c"),
        ("deprecation", "feed", "c"),
    ),
    (
        "a description",
        {f"{FEED} summary": "Feed it."},
        ("description", "feed", "d"),
        ("description", "feed", "d"),
    ),
    (
        "a body",
        {BODY: GONE},
        ("parameter-removed", "feed/body", "b"),
        ("parameter-added", "feed/body", "c"),
    ),
    (
        "a demand for a body",
        {f"{BODY} required": True},
        ("required", "feed/body", "b"),
        ("required", "feed/body", "c"),
    ),
    (
        "a media type of a body",
        {f"{BODY} content text/plain": GONE},
        ("media-type", "feed/body", "b"),
        ("media-type", "feed/body", "c"),
    ),
    (
        "a type of a body",
        {f"{BODY} content text/plain schema type": "integer"},
        ("type-changed", "feed/body", "b"),
        ("type-changed", "feed/body", "b"),
    ),
    (
        "an error",
        {f"{ANSWERS} 404": GONE},
        ("answer-removed", "feed/404", "c"),
        ("answer-added", "feed/404", "c"),
    ),
    (
        "another success",
        {f"{ANSWERS} 202": {"description": "Later."}},
        ("answer-added", "feed/202", "b"),
        ("answer-removed", "feed/202", "c"),
    ),
    (
        "a media type of an answer",
        {f"{ANSWERS} 200 content text/csv": GONE},
        ("media-type", "feed/200", "b"),
        ("media-type", "feed/200", "c"),
    ),
    (
        "a wider answer",
        {
            f"{ANSWERS} 200 content application/json schema": {
                "anyOf": [{"$ref": f"{REF}animal"}, {"$ref": f"{REF}bird"}]
            }
        },
        ("type-widened", "feed/200", "b"),
        ("type-narrowed", "feed/200", "c"),
    ),
    (
        "a list as an answer",
        {
            f"{ANSWERS} 200 content application/json schema": {
                "type": "array",
                "items": {"$ref": f"{REF}animal"},
            }
        },
        ("cardinality", "feed/200", "b"),
        ("cardinality", "feed/200", "b"),
    ),
    (
        "a header of an answer",
        {f"{ANSWERS} 200 headers": {}},
        ("answer-header", "feed/200/Left", "b"),
        ("answer-header", "feed/200/Left", "c"),
    ),
    (
        "a type of a header",
        {f"{ANSWERS} 200 headers Left schema type": "string"},
        ("answer-header", "feed/200/Left", "c"),
        ("answer-header", "feed/200/Left", "c"),
    ),
    (
        "another way to sign in",
        {f"{FEED} security": [{"key": []}, {"token": []}]},
        ("security", "feed", "c"),
        ("security", "feed", "b"),
    ),
    (
        "a further demand",
        {f"{FEED} security": [{"key": [], "token": []}]},
        ("security", "feed", "b"),
        ("security", "feed", "c"),
    ),
    (
        "no demand",
        {"security": []},
        ("security", "feed", "c"),
        ("security", "feed", "b"),
    ),
    (
        "a scheme",
        {"components securitySchemes token": GONE},
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "c"),
    ),
    (
        "another kind of scheme",
        {"components securitySchemes token scheme": "basic"},
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "b"),
    ),
    (
        "another header of a scheme",
        {"components securitySchemes key name": "X-Other"},
        ("security-scheme", "Zoo/key", "c"),
        ("security-scheme", "Zoo/key", "c"),
    ),
    (
        "where tokens come from",
        {
            "components securitySchemes token": {
                "type": "openIdConnect",
                "openIdConnectUrl": "https://one.example",
            }
        },
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "b"),
    ),
    (
        "a server",
        {"servers 1": GONE},
        ("server", "Zoo", "c"),
        ("server", "Zoo", "c"),
    ),
    (
        "the default of a variable",
        {"servers 0 variables area default": "south"},
        ("server", "Zoo/area", "c"),
        ("server", "Zoo/area", "c"),
    ),
    (
        "values of a variable",
        {"servers 0 variables area enum": ["north"]},
        ("server", "Zoo/area", "b"),
        ("server", "Zoo/area", "c"),
    ),
    (
        "the version",
        {"info version": "2"},
        ("api-version", "Zoo", "d"),
        ("api-version", "Zoo", "d"),
    ),
    (
        "what is said of a tag",
        {"tags 0 description": "Some of them."},
        ("description", "#animals", "d"),
        ("description", "#animals", "d"),
    ),
    (
        "a member of a union",
        {f"{SCHEMAS} pet oneOf +": {"$ref": f"{REF}bird"}},
        ("type-widened", "pet", "b"),
        ("type-narrowed", "pet", "b"),
    ),
    (
        "another union",
        {f"{SCHEMAS} pet oneOf 0": {"$ref": f"{REF}bird"}},
        ("type-changed", "pet", "b"),
        ("type-changed", "pet", "b"),
    ),
    (
        "a union of a property",
        {f"{ANIMAL} friend anyOf": [{"type": "string"}]},
        ("type-narrowed", "animal/friend", "b"),
        ("type-widened", "animal/friend", "b"),
    ),
    (
        "a wider type that is only read",
        {f"{ANIMAL} born type": ["string", "boolean"]},
        ("type-widened", "animal/born", "b"),
        ("type-narrowed", "animal/born", "c"),
    ),
    (
        "a wider type that is only given",
        {f"{ANIMAL} code type": ["string", "boolean"]},
        ("type-widened", "animal/code", "c"),
        ("type-narrowed", "animal/code", "b"),
    ),
    (
        "a property",
        {f"{ANIMAL} age": GONE},
        ("property-removed", "animal/age", "b"),
        ("property-added", "animal/age", "c"),
    ),
    (
        "null",
        {f"{ANIMAL} age type": "integer"},
        ("nullability", "animal/age", "b"),
        ("nullability", "animal/age", "c"),
    ),
    (
        "a demand for a property",
        {f"{SCHEMAS} animal required": []},
        ("required", "animal/name", "c"),
        ("required", "animal/name", "b"),
    ),
    (
        "a list of a property",
        {f"{ANIMAL} nicks": {"type": "string"}},
        ("cardinality", "animal/nicks", "b"),
        ("cardinality", "animal/nicks", "b"),
    ),
    (
        "a bound",
        {f"{ANIMAL} name maxLength": 8},
        ("constraints", "animal/name", "b"),
        ("constraints", "animal/name", "c"),
    ),
    (
        "values of a map",
        {f"{ANIMAL} extra additionalProperties type": "integer"},
        ("type-changed", "animal/extra", "b"),
        ("type-changed", "animal/extra", "b"),
    ),
    (
        "values that nobody declares",
        {f"{SCHEMAS} animal additionalProperties": True},
        ("additional-properties", "animal", "b"),
        ("additional-properties", "animal", "b"),
    ),
    (
        "a member of an enumeration",
        {f"{SCHEMAS} size enum +": "huge"},
        ("enum-member-added", "size/huge", "c"),
        ("enum-member-removed", "size/huge", "b"),
    ),
    (
        "a type",
        {
            f"{SCHEMAS} extra": {
                "type": "object",
                "properties": {"a": {"type": "string"}},
            }
        },
        ("type-added", "extra", "c"),
        ("type-removed", "extra", "b"),
    ),
    (
        "an end of a type",
        {f"{SCHEMAS} meal deprecated": True},
        ("deprecation", "meal", "c"),
        ("deprecation", "meal", "c"),
    ),
]


@pytest.mark.parametrize(
    ("edits", "there", "back"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_one_thing_changes(
    edits: dict[str, Any], there: tuple[str, str, str], back: tuple[str, str, str]
) -> None:
    assert told(compare({}, edits)) == [there]
    assert told(compare(edits, {})) == [back]
    assert compare(edits, edits) == ()


def test_an_operation_comes_and_goes() -> None:
    paths = copy.deepcopy(BASE["paths"])
    paths["/new"] = {"get": {"responses": {"204": {"description": "Done."}}}}
    (added,) = told(compare({}, {"paths": paths}))
    (removed,) = told(compare({"paths": paths}, {}))
    assert added[::2] == ("operation-added", "c")
    assert removed == ("operation-removed", added[1], "b")


def test_a_parameter_that_enters_the_path_is_given_by_position() -> None:
    paths = copy.deepcopy(BASE["paths"])
    paths["/animals/{id}/{how}"] = paths.pop("/animals/{id}")
    paths["/animals/{id}/{how}"]["put"]["parameters"][1] |= {
        "in": "path",
        "required": True,
    }
    found = told(compare({}, {"paths": paths}))
    assert ("request-line", "feed", "c") in found
    assert ("parameter-place", "feed/how", "b") in found


def test_any_value_is_wider_than_some() -> None:
    edit = {f"{ANIMAL} friend": {}}
    assert told(compare({}, edit)) == [
        ("nullability", "animal/friend", "c"),
        ("type-widened", "animal/friend", "b"),
    ]
    assert told(compare(edit, {})) == [
        ("nullability", "animal/friend", "b"),
        ("type-narrowed", "animal/friend", "b"),
    ]


def test_names_of_members_are_names_in_python() -> None:
    found = told(compare({}, {f"{SCHEMAS} level x-enum-varnames 1": "top"}))
    assert ("enum-member-value", "level/2", "b") in found


def test_an_address_of_tokens_is_for_who_gets_them() -> None:
    schemes = [
        {
            "components securitySchemes token": {
                "type": "openIdConnect",
                "openIdConnectUrl": f"https://{name}.example",
            }
        }
        for name in ("one", "two")
    ]
    assert told(compare(*schemes)) == [("security-scheme", "Zoo/token", "c")]


def test_scopes_of_a_requirement_count() -> None:
    flows = {
        "clientCredentials": {
            "tokenUrl": "https://a.example",
            "scopes": {"r": "", "w": ""},
        }
    }
    scheme = {"components securitySchemes token": {"type": "oauth2", "flows": flows}}
    less = {**scheme, f"{FEED} security": [{"token": ["r"]}]}
    more = {**scheme, f"{FEED} security": [{"token": ["r", "w"]}]}
    assert told(compare(less, more)) == [("security", "feed", "b")]
    assert told(compare(more, less)) == [("security", "feed", "c")]
    other = copy.deepcopy(flows)
    del other["clientCredentials"]["scopes"]["w"]
    gone = {"components securitySchemes token": {"type": "oauth2", "flows": other}}
    (change,) = compare(scheme, gone)
    assert change.kind == "security-scheme" and "no longer: w" in change.text


def test_what_answers_hold_is_told_once_for_all_media_types() -> None:
    content = BASE["paths"]["/animals/{id}"]["put"]["responses"]["200"]["content"]
    both = {
        kind: content["application/json"]
        for kind in ("application/json", "application/x+json")
    }
    edit = {f"{ANSWERS} 200 content": both}
    nothing = {
        f"{ANSWERS} 200": {
            "description": "Fed.",
            "headers": BASE["paths"]["/animals/{id}"]["put"]["responses"]["200"][
                "headers"
            ],
        }
    }
    found = told(compare(edit, nothing))
    assert ("media-type", "feed/200", "b") in found
    lists = {
        f"{ANSWERS} 200 content": {
            kind: {"schema": {"type": "boolean"}} for kind in both
        }
    }
    assert told(compare(edit, lists)) == [("type-changed", "feed/200", "b")]


def test_the_changelog_groups_by_tag() -> None:
    changes = compare(
        {}, {f"{FEED} parameters +": query("slowly"), "info version": "2"}
    )
    text = rendering.changelog(changes)
    assert text.index("## The service") < text.index("## `animals`")
    assert "`feed/slowly`: a parameter of type string was added" in text


def test_the_command_names_lines_of_both_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(BASE, indent=1))
    new.write_text(
        json.dumps(changed({f"{FEED} parameters 1 required": True}), indent=1)
    )
    assert main(["diff", str(old), str(new), "--fail-on", "breaking"]) == 1
    line, summary = capsys.readouterr().out.splitlines()
    texts = [path.read_text().splitlines() for path in (old, new)]
    numbers = [
        next(i for i, each in enumerate(text) if '"how"' in each) for text in texts
    ]
    assert line.startswith(f"{new}:{numbers[1]}:")
    assert f"(was {old}:{numbers[0]}:" in line
    assert summary.startswith("1 breaking, 0 compatible, 0 documentation in ")


def test_both_versions_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old.json", "new.json"):
        (tmp_path / name).write_text('{"openapi": "3.1.0"')
    files = [str(tmp_path / name) for name in ("old.json", "new.json")]
    assert main(["diff", *files]) == 2
    message = capsys.readouterr().err
    assert files[0] in message and files[1] in message
