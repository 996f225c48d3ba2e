"""JSON documents: read as JSON, and what JSON does not have refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from documents import refusal, value_of
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics
from generator.readers.documents import load_document
from generator.readers.documents.faults import MAX_DEPTH
from generator.readers.source import Source

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), JSON) | st.lists(JSON), st.booleans())
def test_json_is_read_as_json_reads_it(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert repr(value_of(text, "x.json")) == repr(value)


def test_a_brace_makes_it_json_unless_the_name_says_yaml() -> None:
    assert value_of('{"a":\t"\\ud83d\\ude00"}', "x.yaml") == {"a": "😀"}
    assert value_of("{a: 1, }", "x.yml") == {"a": 1}
    assert value_of("{a: 1, }", "x.yaml.gz") == {"a": 1}
    assert "x.json:1:2: error: this is not JSON" in refusal("{a: 1}", "x.json")
    assert "this is not JSON" in refusal("{a: 1}", "metadata")
    assert "this is not YAML" in refusal("{a: [1, }", "x.yaml")
    assert value_of("a: 1", "x.json") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', "x:1:9: error: this is not JSON: expecting property name"),
        ('{\n"a": 1} x', "x:2:9: error: this is not JSON: extra data"),
        ('["a\n"]', "x:1:4: error: this is not JSON: invalid control character"),
        ('{"NaN": 1, "b": NaN}', "x:1:17: error: NaN is no number that JSON has"),
        ("[1, -Infinity]", "x:1:5: error: -Infinity is no number that JSON has"),
        ("[true, -2, 0.5, -Infinity]", "x:1:17: error: -Infinity is no number"),
        ("[1.5,\n 1e999]", "x:2:2: error: 1e999 is too large for a number"),
        ("[1.5, -" + 5000 * "1" + "]", "x:1:7: error: a number of 5,001 digits"),
        ('["\\\\ud800", "a\\ud800"]', "x:1:13: error: this is not JSON: half of a"),
        ('{"\\udc00\\ud800": 1}', "x:1:2: error: this is not JSON: half of a"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, expected: str) -> None:
    assert expected in refusal(text, "x")


def test_depth_is_bounded() -> None:
    fair = MAX_DEPTH * "[" + MAX_DEPTH * "]"
    assert value_of(fair, "x")
    for deep in (f"[{fair}]", 100_000 * "[" + 100_000 * "]", 100_000 * '{"a":[' + "1"):
        found = refusal(deep, "x")
        assert "error: values are nested more than 128 deep" in found
    assert refusal(f"[{fair}]", "x").startswith("x:1:129:")
    assert refusal(f"[[], {{}}, {fair}]", "x").startswith("x:1:137:")


def test_duplicate_names_are_warned_of() -> None:
    diagnostics = Diagnostics()
    text = b'{"a": {"b": 1, "c": "\\"a\\":", "b": 2},\n "\\u0061": 3, "d": ["a", "a"]}'
    document = load_document(Source("x", text), diagnostics)
    assert document.value == {"a": 3, "d": ["a", "a"]}
    assert [str(found) for found in diagnostics] == [
        "x:1:31: warning: the key 'b' is given twice; the last one counts"
        " [document-duplicate]",
        "x:2:2: warning: the key 'a' is given twice; the last one counts"
        " [document-duplicate]",
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert value_of('{"a": "é"}'.encode(encoding), "x") == {"a": "é"}


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `[[],[],` and so on, every three bytes would take a hundred in memory."""
    monkeypatch.setattr("generator.readers.documents.json_text.MAX_VALUES", 1000)
    many = "[" + "[]," * 1000 + "[]]"
    assert "the document holds more than" in refusal(many, "a.json")
    assert "[document-too-large]" in refusal(many, "a.json")
    texts = json.dumps(["," * 2000, '\\"[{' * 500])
    assert value_of(texts, "a.json") == json.loads(texts)
