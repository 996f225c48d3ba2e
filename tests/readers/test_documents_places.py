"""Places: where the parts of a document stand, in JSON and in YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from documents import loaded
from hypothesis import given
from hypothesis import strategies as st

JSON = """\
{"openapi": "3.1.0",
 "paths" : {
  "/a\\"b\\u0041": {"get": [1, "]}", {"x": true , "y":[]}, [ [2] ]]},
  "/b": {}
 }, "last": null}"""

YAML = """\
openapi: 3.1.0
paths:
  "/a\\"bA":
    get:
    - 1
    - ']}'
    - x: true
      y: []
    - - [2]
  /b: {}
last: ~
"""

PLACES = [
    ((), (1, 1), (1, 1)),
    (("openapi",), (1, 2), (1, 1)),
    (("paths",), (2, 2), (2, 1)),
    (("paths", '/a"bA'), (3, 3), (3, 3)),
    (("paths", '/a"bA', "get"), (3, 19), (4, 5)),
    (("paths", '/a"bA', "get", 0), (3, 27), (5, 7)),
    (("paths", '/a"bA', "get", 1), (3, 30), (6, 7)),
    (("paths", '/a"bA', "get", 2), (3, 36), (7, 7)),
    (("paths", '/a"bA', "get", 2, "y"), (3, 49), (8, 7)),
    (("paths", '/a"bA', "get", 3, 0, 0), (3, 61), (9, 10)),
    (("paths", "/b"), (4, 3), (10, 3)),
    (("last",), (5, 5), (11, 1)),
    # what is not there stands where the last thing on the way does
    (("paths", "/b", "get", "x"), (4, 3), (10, 3)),
    (("last", "x"), (5, 5), (11, 1)),
    (("paths", '/a"bA', "get", 9), (3, 19), (4, 5)),
    (("nothing",), (1, 1), (1, 1)),
]


@pytest.mark.parametrize(("pointer", "in_json", "in_yaml"), PLACES)
def test_places(
    pointer: tuple[str | int, ...], in_json: tuple[int, int], in_yaml: tuple[int, int]
) -> None:
    place = loaded(JSON, "x.json").place(pointer)
    assert (place.file, place.line, place.column) == ("x.json", *in_json)
    place = loaded(YAML, "x.yaml").place(pointer)
    assert (place.file, place.line, place.column) == ("x.yaml", *in_yaml)


def test_what_comes_by_an_alias_stands_where_the_alias_does() -> None:
    document = loaded("a: &a\n  x: {y: 1}\nb: *a\nc:\n  <<: *a\n")
    assert str(document.place(("a", "x", "y"))) == "test.yaml:2:7"
    assert str(document.place(("b", "x", "y"))) == "test.yaml:3:1"
    assert str(document.place(("c", "x"))) == "test.yaml:4:1"


def test_lines_end_as_yaml_1_2_says() -> None:
    document = loaded("a: x\u2028y\r\nb: [1,\r\n 2]\n\u2028c: 3\n")
    assert str(document.place(("b", 1))) == "test.yaml:3:2"
    assert str(document.place(("\u2028c",))) == "test.yaml:4:1"


# libyaml does not join surrogate pairs that are written as escapes
TEXTS = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=9
)
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(st.dictionaries(TEXTS, VALUES), st.sampled_from([None, 1]))
def test_json_and_yaml_agree_on_places_of_json(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    as_json, as_yaml = loaded(text, "x"), loaded(f"--- {text}", "x")
    assert as_yaml.value == value
    for pointer in _pointers(value):
        found, expected = as_json.place(pointer), as_yaml.place(pointer)
        shift = 4 if found.line == 1 else 0
        assert (found.line, found.column + shift) == (expected.line, expected.column)


def _pointers(value: Any) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = [()]
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in items:
            found += [(key, *rest) for rest in _pointers(child)]
    return found
