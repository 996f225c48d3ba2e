"""YAML documents: what the core schema says, what is refused, and that another reader
of YAML 1.2 says the same."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
import yaml12
from documents import large_openapi, refusal, value_of
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics
from generator.readers.documents import load_document, yaml_text
from generator.readers.documents.faults import MAX_DEPTH
from generator.readers.source import Source, load_source
from support import shared_data

PLAIN = {
    **{
        text: text for text in ("NO", "on", "yes", "y", "nULL", "tRUE", "=", "?x", "-x")
    },
    **{
        text: text
        for text in ("2020-01-01", "2020-01-01T00:00:00Z", "1:20", "12:30:45")
    },
    **{
        text: text for text in ("1_000", "685_230.15", "0b1", "0o", "0o8", "0x", "+0x1")
    },
    **{text: text for text in ("-0o7", "1e", ".", "+", "+.nan", ".iNF", "1__", ".e3")},
    "0o7": 7,
    "0o17": 15,
    "012": 12,
    "09": 9,
    "0x1F": 31,
    "+1": 1,
    "-0": 0,
    "1e3": 1000.0,
    "12e03": 12000.0,
    "1.": 1.0,
    ".5": 0.5,
    "-.5": -0.5,
    "08.5": 8.5,
    "123456789012345678901234567890": 123456789012345678901234567890,
    "~": None,
    "": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "FALSE": False,
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_scalars_of_the_core_schema(text: str) -> None:
    [read] = value_of(f"- {text}\n")
    assert (type(read), read) == (type(PLAIN[text]), PLAIN[text])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("200: x", {"200": "x"}),
        ("+1: x\n-1: y", {"+1": "x", "-1": "y"}),
        ("true: x\nno: y\n~: z", {"true": "x", "no": "y", "~": "z"}),
        ("1.10: x\n2020-01-01: y", {"1.10": "x", "2020-01-01": "y"}),
        ("a:\n- b\n- c", {"a": ["b", "c"]}),
        ("a: >\n x\n y\n\n z", {"a": "x y\nz\n"}),
        ("a: |-\n  x\n   y\n", {"a": "x\n y"}),
        ("a: |+\n x\n\n", {"a": "x\n\n"}),
        ("a: 'it''s'\nb: \"\\u00e9\\n\"", {"a": "it's", "b": "é\n"}),
        ("a:\tb #c", {"a": "b"}),
        ("a: {\nb: 1\n}", {"a": {"b": 1}}),
        ("{a: http://x, b: }", {"a": "http://x", "b": None}),
        ("%YAML 1.1\n---\na: NO", {"a": "NO"}),
        ("a: 1\n...\n", {"a": 1}),
        ("a: !!str 1\nb: !!int '1'\nc: !!float 1\nd: ! x", {"a": "1", "b": 1, "c": 1.0, "d": "x"}),
        ("a: !!map {}\nb: !!seq []\nc: !!bool 'true'\nd: !!null ''", {"a": {}, "b": [], "c": True, "d": None}),
        ("a: x\u2028y\u0085z\u2029", {"a": "x\u2028y\u0085z\u2029"}),
        ("x\u2028y: \"z\u0085\"", {"x\u2028y": "z\u0085"}),
        ("? a\n: b", {"a": "b"}),
    ],
)  # fmt: skip
def test_structure(text: str, value: Any) -> None:
    read = value_of(text)
    assert read == value
    assert repr(read) == repr(value)


def test_the_longest_numbers_can_be_written_again() -> None:
    for longest in ("9" * 4000, "0x" + "f" * 2000, "0o" + "7" * 4000):
        value = value_of(f"a: {longest}")["a"]
        assert int(str(value)) == value > 16**1999


def test_keys_can_be_repeated_by_aliases() -> None:
    assert value_of("&a b: 1\nc: *a\n*a : 2") == {"b": 2, "c": "b"}


def test_aliases_are_the_same_object() -> None:
    value = value_of("a: &x {b: [1]}\nc: *x\nd: &k key\n*k : *k\n")
    assert value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": "key", "key": "key"}
    assert value["a"] is value["c"]


def test_merge_keys() -> None:
    value = value_of(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n"
        "c:\n  <<: [*a, *b]\n  x: 5\nd:\n  '<<': 6\ne: {<<: *a}\n"
    )
    assert value["c"] == {"x": 5, "y": 2, "z": 4}
    assert value["d"] == {"<<": 6}
    assert value["e"] == value["a"]
    assert value["e"] is not value["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c", "1:5: error: this is not YAML: mapping values are not allowed"),
        ("a: [1,\n b", "this is not YAML: while parsing a flow sequence"),
        ("\n\ta: b", "2:1: error: this is not YAML"),
        ("a: \x01", "1:4: error: this is not YAML: it has a character that YAML forbids, U+0001"),
        ("", "1:1: error: the document is empty [document-empty]"),
        ("# only\n--- # this\n", "2:1: error: the document is empty [document-empty]"),
        ("a: 1\n---\nb: 2", "2:1: error: another YAML document begins here"),
        ("--- 1\n--- 2", "2:1: error: another YAML document begins here"),
        ("a: *x", "1:4: error: no value before this one has the anchor &x"),
        ("a: &x [*x]", "1:8: error: no value before this one has the anchor &x"),
        ("a: !foo 1", "1:4: error: the tag !foo is not known here"),
        ("a: !!binary aGk=", "1:4: error: the tag !!binary is not known here"),
        ("a: !!python/object:os.system {}", "1:4: error: the tag !!python/object:os.system"),
        ("a: !!map []", "1:4: error: the tag !!map is not known here"),
        ("a: !!int x", "1:4: error: this is no value of the tag !!int"),
        ("a: !!int true", "1:4: error: this is no value of the tag !!int"),
        ("? [a]\n: b", "1:3: error: a key must be a text, not a list or a mapping"),
        ("a: &x [1]\n*x : b", "2:1: error: a key must be a text"),
        ("a:\n  <<: 1\n", "error: << in this mapping must name mappings"),
        ("a: .inf", "1:4: error: .inf is no number that JSON has [document-number]"),
        ("a: 1e999", "1:4: error: 1e999 is too large for a number"),
        ("a: " + "1" * 5000, "1:4: error: a number of 5,000 digits [document-number]"),
        ("a: 0x" + "f" * 2001, "1:4: error: a number of 2,001 digits [document-number]"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, expected: str) -> None:
    assert expected in refusal(text)
    assert refusal(text).startswith("test.yaml:")


def test_duplicate_keys_are_warned_of() -> None:
    diagnostics = Diagnostics()
    text = b"a: 1\nb: {c: 1,\n c: 2}\na: 3\n"
    document = load_document(Source("x", text), diagnostics)
    assert document.value == {"a": 3, "b": {"c": 2}}
    assert [str(found) for found in diagnostics] == [
        "x:3:2: warning: the key 'c' is given twice; the last one counts"
        " [document-duplicate]",
        "x:4:1: warning: the key 'a' is given twice; the last one counts"
        " [document-duplicate]",
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert value_of("a: é\n".encode(encoding)) == {"a": "é"}


def test_what_is_no_text() -> None:
    assert refusal(b"a: 1\nb: \xff\n") == (
        "test.yaml:2:4: error: the bytes here are no UTF-8 text [document-encoding]"
    )


DEEP = ("[", "- ", "{a: ")


def test_depth_is_bounded() -> None:
    fair = (MAX_DEPTH - 1) * "[" + (MAX_DEPTH - 1) * "]"
    assert value_of(f"- {fair}")
    for deep in (f"- {fair}".replace("[]", "[[]]"), *(100_000 * s for s in DEEP)):
        assert "values are nested more than 128 deep" in refusal(deep)


def test_aliases_cannot_be_nested_without_end() -> None:
    lines = ["- &a0 [x]", *(f"- &a{n} [*a{n - 1}]" for n in range(1, 500))]
    assert "with its aliases the document is nested" in refusal("\n".join(lines))


def test_bombs_do_not_go_off() -> None:
    laughs = ["a0: &a0 [ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "the aliases stand for more than 1,000,000 values" in refusal(
        "\n".join(laughs)
    )
    wide = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(2000)) + "}\n"
    merges = wide + "".join(f"m{n}: {{<<: *a}}\n" for n in range(2000))
    assert "[document-aliases]" in refusal(merges)


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    text = large_openapi(5_000)
    fast = value_of(text)
    monkeypatch.setattr(yaml_text, "Loader", yaml.SafeLoader)
    assert value_of(text) == fast
    assert "[document-syntax]" in refusal("a: b: c")
    assert "U+0001" in refusal("a: \x01")


# What one reader of YAML 1.2 says must be what another says. py-yaml12 gives a float
# for an integer beyond 64 bits, refuses a tab behind a colon, and does not merge.

SHAPES = [
    "a: NO\nb: 012\n",
    "- a\n-  b\n- - c\n  - d\n",
    "a: |\n  x\n\n  y\nb: >-\n  x\n  y\n\n  z\n",
    "a: 'x\n  y'\nb: \"x\n\n  y\\\n  z\"\n",
    "a: x\n  y\n\n  z\n",
    "{a: [1, 2, {b: c}], \"d\":e}\n",
    "a: &x [1, 2]\nb: *x\n",
    "--- # c\na: b #c\n...\n",
    "a: |2\n   x\n  y\n",
    "a: - b\n",
    "a: [1, 2\n",
    "a: >\n\n  x\n   y\n  z\n\n\n",
    "a: http://x:80/?q#f\nb: x:y\nc: x #y\n",
    "\"a b\": 'c'\n'd': \"\\t\\x41\\u0041\\U00000041\\/\\\\\"\n",
    "a: !!str 012\n",
    "a: \"\\N\\_\\L\\P\\e\\0\\\"\"\n",
    "a:\n  b:\n\n    c: 1\n  d: 2\n",
]  # fmt: skip


def judge(text: str) -> Any:
    """What py-yaml12 says of a text of one document."""
    documents = yaml12.parse_yaml(text, multi=True)
    assert len(documents) == 1
    return documents[0]


@pytest.mark.parametrize("text", SHAPES)
def test_another_reader_agrees_on_shapes(text: str) -> None:
    try:
        expected = judge(text)
    except ValueError:
        assert "[document-syntax]" in refusal(text)
    else:
        assert repr(value_of(text)) == repr(expected)


@pytest.mark.parametrize("text", PLAIN)
def test_another_reader_agrees_on_scalars(text: str) -> None:
    if len(text) < 20:
        assert repr(value_of(f"- {text}\n")) == repr(judge(f"- {text}\n"))


SIMPLE = st.text(st.sampled_from("aNn0127x.eE+-_:~o"), min_size=1, max_size=6).filter(
    lambda text: not text.endswith(":") and text[0] not in "-:" and ":" not in text
)


@given(SIMPLE)
@settings(max_examples=1000)
def test_another_reader_agrees_on_any_plain_scalar(text: str) -> None:
    data = f"k: {text}\n".encode()
    if "nan" in text.lower() or "inf" in text.lower():
        return
    expected = judge(data.decode())["k"]
    if expected in (float("inf"), float("-inf")):
        assert "[document-number]" in refusal(data)
    else:
        assert repr(value_of(data)["k"]) == repr(expected)


@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "DiscriminatorSample.yaml",
        "EnumHandling.yaml",
        "InheritingErrors.yaml",
        "ModelWithDerivedTypes.yaml",
        "ModelWithDictionary.yaml",
        "ModelWithMultipleSecurity.yaml",
        "SimpleModelOpenApi3_1.yaml",
        "ToDoApi.yaml",
    ],
)
def test_another_reader_agrees_on_descriptions(name: str) -> None:
    source = load_source(shared_data(f"openapi/{name}"))
    document = load_document(source, Diagnostics())
    judged = judge(source.data.decode("utf-8-sig"))
    assert _with_text_keys(judged) == document.value


def test_another_reader_agrees_on_a_large_document() -> None:
    text = large_openapi(200_000)
    assert _with_text_keys(judge(text)) == value_of(text)


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_with_text_keys(child) for child in value]
    return value


@pytest.mark.parametrize("text", ["- a\n", "- [a, b, c]\n", "- {a: b}\n", "- - a\n"])
def test_the_number_of_values_is_bounded(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.readers.documents.yaml_text.MAX_VALUES", 1000)
    assert "[document-too-large]" in refusal(text * 4000)
    assert len(value_of(text * 500)) == 500
    assert len(value_of(f"- '{',' * 9000}'\n" * 500)) == 500
