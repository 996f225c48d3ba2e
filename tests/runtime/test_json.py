"""JSON texts, with and without orjson."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime import json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture(params=["orjson", "standard library"])
def with_orjson(request: pytest.FixtureRequest, monkeypatch: Any) -> bool:
    """Run a test with orjson and without."""
    if request.param == "orjson":
        pytest.importorskip("orjson")
        return True
    monkeypatch.setattr(json, "_orjson", None)
    return False


@given(VALUES)
def test_what_is_written_reads_back_the_same(with_orjson: bool, value: object) -> None:
    written = json.dumps(value)
    assert json.loads(written) == value
    assert json.loads(written.decode()) == value


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**63) - 1, 10**40])
def test_integers_of_any_length(with_orjson: bool, number: int) -> None:
    read = json.loads(f'{{"n":[{number}]}}')["n"][0]
    assert read == number
    assert type(read) is int
    assert json.dumps([number]) == f"[{number}]".encode()


def test_what_orjson_refuses(with_orjson: bool) -> None:
    assert json.loads('"\\ud800"') == "\ud800"
    assert json.dumps("\ud800é") == b'"\\ud800\\u00e9"'
    assert json.loads('\ufeff{"a":1}'.encode()) == {"a": 1}


def test_texts_are_short_and_in_utf_8(with_orjson: bool) -> None:
    assert json.dumps({"a": [1, "é"]}) == '{"a":[1,"é"]}'.encode()


def test_what_is_no_json(with_orjson: bool) -> None:
    for text in ("", "{", b"[1,]", "\xff"):
        with pytest.raises(ValueError, match="char"):
            json.loads(text)
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps(object())


def test_nan_is_not_written_as_such(with_orjson: bool) -> None:
    if with_orjson:
        assert json.dumps(math.nan) == b"null"
    else:
        with pytest.raises(ValueError, match="not JSON compliant"):
            json.dumps(math.nan)


@pytest.mark.parametrize(
    "text", ["12345678901234567.89", "1234567890.123456789", "-0.10000000000000000001"]
)
def test_decimals_keep_their_digits(with_orjson: bool, text: str) -> None:
    read = json.loads(f'{{"n":[{text}],"é":"\\ud800"}}')
    assert read["n"] == [Decimal(text)]
    assert f'"n":[{text}]'.encode() in json.dumps(read)
    assert type(json.loads("[0.30000000000000004]")[0]) is float
    assert json.dumps(json.loads("1e400")) == b"1E+400"


def test_what_is_nested_too_deeply_is_a_value_error(with_orjson: bool) -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        json.loads("[" * 100_000)


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_lacks_are_refused(with_orjson: bool, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is no number in JSON"):
        json.loads(f"[{name}]")
