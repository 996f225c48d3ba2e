"""JSON texts, with and without orjson."""

from __future__ import annotations

import math
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
