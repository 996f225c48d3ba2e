"""Differences of OpenAPI descriptions: of requests, what they take and answer."""

from __future__ import annotations

import copy

from differences.comparing import told
from differences.descriptions import (
    ANSWERS,
    BASE,
    BODY,
    FEED,
    GONE,
    REF,
    Case,
    Edits,
    Told,
    compare,
    each,
    query,
    there_and_back,
)

CASES: list[Case] = [
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
]


@each(CASES)
def test_one_thing_changes(edits: Edits, there: Told, back: Told) -> None:
    assert there_and_back(edits) == ([there], [back])
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
