"""YAML that is written is read back as it was, by readers of YAML 1.2 and of 1.1."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
import yaml12
from documents import value_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.emitters.yaml_text import yaml_text

VALUE = {
    "openapi": "3.1.0",
    "info": {
        "title": "It's: a #1 API",
        "version": "1.0",
        "description": "First line\n\n- a list\n- more: of it\n",
        "x-none": None,
    },
    "tags": [{"name": "a", "x-y": ["NO", "on", "2020-01-01", "1e3", "0o7", "12:30"]}],
    "paths": {
        "/a/{id}": {"get": {"responses": {"200": {"content": {}}}}, "parameters": []},
        "200": [[1, [2.5, 1e20]], [], [True, "true", "", " x ", "-", "a\tb", "é"]],
    },
    "end": "no newline\n  at the end",
}

TEXT = """\
openapi: 3.1.0
info:
  title: 'It''s: a #1 API'
  version: '1.0'
  description: |
    First line

    - a list
    - more: of it
  x-none: null
tags:
- name: a
  x-y:
  - 'NO'
  - 'on'
  - '2020-01-01'
  - '1e3'
  - '0o7'
  - '12:30'
paths:
  /a/{id}:
    get:
      responses:
        '200':
          content: {}
    parameters: []
  '200':
  - - 1
    - - 2.5
      - 1.0e+20
  - []
  - - true
    - 'true'
    - ''
    - ' x '
    - '-'
    - "a\\tb"
    - é
end: |-
  no newline
    at the end
"""


def test_what_it_looks_like() -> None:
    assert yaml_text(VALUE) == TEXT


TRICKY = st.text(
    st.sampled_from("aNn01x.eE+-_:~o# \n\t'\"|>{}[],&*!%@`?=<\u2028\x85é\x7f\r\\")
)
TEXTS = TRICKY | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


def agreed(value: Any, text: str) -> None:
    assert repr(yaml12.parse_yaml(text)) == repr(value)
    assert repr(yaml.load(text, yaml.CSafeLoader)) == repr(value)
    if value is not None:
        assert repr(value_of(text)) == repr(value)


@given(VALUES)
@settings(max_examples=500)
@example({"a": "\n"})
@example({"a": " \n x"})
@example({"a": "\n\n x\n\n\n"})
@example([["x\n y\n"], {"k": ["\tx\ny"]}])
@example({"k" * 2000: 1, "k" * 201: {"a": [1]}})
@example({"? x": "- y", "a: b": "c #d", "e:": "#f"})
def test_what_is_written_is_read_back(value: Any) -> None:
    text = yaml_text(value)
    assert text.endswith("\n")
    agreed(value, text)


@given(TRICKY)
@settings(max_examples=1000)
def test_any_short_text_is_read_back(text: str) -> None:
    agreed([text, {text: text}], yaml_text([text, {text: text}]))


@pytest.mark.parametrize(
    "text", ["+1", "190:20:30", "0b1", "1_000", ".5", ".inf", "y", "Off"]
)
def test_what_yaml_1_1_would_misread_is_quoted(text: str) -> None:
    assert yaml_text([text]) == f"- '{text}'\n"


@pytest.mark.parametrize(
    "text",
    [
        "a b",
        "a:b",
        "a#b",
        "http://a/b?c#d",
        "é",
        "$ref",
        "#/a"[1:],
        "(x)",
        "a, b",
        "nothing",
        "3.1.0",
    ],
)
def test_what_needs_no_quotes_has_none(text: str) -> None:
    assert yaml_text({text: text}) == f"{text}: {text}\n"


def test_what_is_no_plain_value() -> None:
    with pytest.raises(ValueError, match="inf is no number"):
        yaml_text([float("inf")])
    with pytest.raises(TypeError, match="a key must be a text, not 1"):
        yaml_text({1: 2})
    with pytest.raises(TypeError, match="no YAML for object"):
        yaml_text([object()])


def test_long_texts_are_the_same_when_read() -> None:
    for text in ("a" * 10**6 + " ", "a b" * 10**6 + "\t", "x\n" + " " * 10**6 + "\t"):
        assert value_of(yaml_text([text])) == [text]
