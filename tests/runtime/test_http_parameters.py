"""Parameters of requests: what a value looks like in a path, a query, a header, a cookie.

The tables of styles are those of OpenAPI 3.1 section 4.8.12.4, with values that need
encoding beside them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.codecs import ANY, BINARY, BOOLEAN, DATE, INTEGER, STRING
from generator.runtime.parameters import (
    cookie,
    form_pairs,
    header,
    in_cookie,
    in_header,
    in_path,
    in_query,
    path,
    query,
)
from generator.runtime.requests import filled

COLOURS = ["blue", "black"]
RGB = {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "blue", "blue"),
        ("simple", False, COLOURS, "blue,black"),
        ("simple", True, COLOURS, "blue,black"),
        ("simple", False, RGB, "R,100,G,200"),
        ("simple", True, RGB, "R=100,G=200"),
        ("label", False, "blue", ".blue"),
        ("label", False, COLOURS, ".blue,black"),
        ("label", True, COLOURS, ".blue.black"),
        ("label", False, RGB, ".R,100,G,200"),
        ("label", True, RGB, ".R=100.G=200"),
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, COLOURS, ";color=blue,black"),
        ("matrix", True, COLOURS, ";color=blue;color=black"),
        ("matrix", False, RGB, ";color=R,100,G,200"),
        ("matrix", True, RGB, ";R=100;G=200"),
    ],
)
def test_styles_of_a_path(style: str, explode: bool, value: Any, expected: str) -> None:
    parameter = path("color", ANY, style=style, explode=explode)
    assert in_path(parameter, value) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", None, "blue", "color=blue"),
        ("form", None, "", "color="),
        ("form", None, COLOURS, "color=blue&color=black"),
        ("form", False, COLOURS, "color=blue,black"),
        ("form", None, RGB, "R=100&G=200"),
        ("form", False, RGB, "color=R,100,G,200"),
        ("form", False, ["a,b", "c&d"], "color=a%2Cb,c%26d"),
        ("spaceDelimited", None, COLOURS, "color=blue%20black"),
        ("spaceDelimited", True, COLOURS, "color=blue&color=black"),
        ("spaceDelimited", False, RGB, "color=R%20100%20G%20200"),
        ("pipeDelimited", None, COLOURS, "color=blue%7Cblack"),
        ("pipeDelimited", False, RGB, "color=R%7C100%7CG%7C200"),
        ("deepObject", True, RGB, "color%5BR%5D=100&color%5BG%5D=200"),
        (
            "deepObject",
            True,
            {"a": {"b": 1}, "c": [2, 3]},
            "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D=2&color%5Bc%5D=3",
        ),
        ("form", None, None, ""),
        ("form", None, [], ""),
    ],
)
def test_styles_of_a_query(
    style: str, explode: bool | None, value: Any, expected: str
) -> None:
    parameter = query("color", ANY, style=style, explode=explode)
    assert "&".join(in_query(parameter, value)) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("", None, COLOURS, [("color", "blue"), ("color", "black")]),
        ("", False, COLOURS, [("color", "blue,black")]),
        ("form", None, COLOURS, [("color", "blue"), ("color", "black")]),
        ("form", False, COLOURS, [("color", "blue,black")]),
        ("spaceDelimited", None, COLOURS, [("color", "blue black")]),
        ("spaceDelimited", True, COLOURS, [("color", "blue"), ("color", "black")]),
        ("pipeDelimited", False, COLOURS, [("color", "blue|black")]),
        ("pipeDelimited", None, RGB, [("color", "R|100|G|200")]),
        ("form", None, RGB, [("R", "100"), ("G", "200")]),
        ("", True, RGB, [("R", "100"), ("G", "200")]),
        ("form", False, RGB, [("color", "R,100,G,200")]),
        ("", None, RGB, [("color", '{"R":100,"G":200}')]),
        (
            "deepObject",
            None,
            {"a": {"b": 1}, "c": [2, 3]},
            [("color[a][b]", "1"), ("color[c]", "2"), ("color[c]", "3")],
        ),
        ("pipeDelimited", None, None, []),
        ("pipeDelimited", None, "blue", [("color", "blue")]),
    ],
)
def test_styles_of_a_form(
    style: str, explode: bool | None, value: Any, expected: list[tuple[str, str]]
) -> None:
    assert [*form_pairs("color", value, style, explode)] == expected


def test_styles_of_headers_and_cookies() -> None:
    assert in_header(header("X", ANY), COLOURS) == "blue,black"
    assert in_header(header("X", ANY), RGB) == "R,100,G,200"
    assert in_header(header("X", ANY, explode=True), RGB) == "R=100,G=200"
    assert in_header(header("X", ANY), None) is None
    assert [*in_cookie(cookie("c", ANY), COLOURS)] == ["c=blue", "c=black"]
    assert [*in_cookie(cookie("c", ANY, explode=False), COLOURS)] == ["c=blue,black"]
    assert [*in_cookie(cookie("c"), "a; b=c")] == ["c=a%3B%20b%3Dc"]


def test_values_are_written_by_their_type() -> None:
    assert in_path(path("x", BOOLEAN), True) == "true"
    assert in_path(path("x", DATE), dt.date(2026, 1, 2)) == "2026-01-02"
    assert [*in_query(query("x", BINARY), b"\xff\xff")] == ["x=%2F%2F8%3D"]
    assert [*in_query(query("x", ANY, json=True), RGB)] == [
        "x=%7B%22R%22%3A100%2C%22G%22%3A200%7D"
    ]
    with pytest.raises(TypeError, match="^x: expected an integer, not str"):
        in_path(path("x", INTEGER), "1")


@pytest.mark.parametrize("text", ["a\r\nb", "a\nb", "\x00", "é"])
def test_a_header_is_one_line_of_ascii(text: str) -> None:
    with pytest.raises(ValueError, match="^X: a header is one line"):
        in_header(header("X"), text)


@given(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
def test_no_text_leaves_its_segment(text: str) -> None:
    try:
        written = in_path(path("x"), text)
    except UnicodeEncodeError:  # a lone surrogate has no encoding
        return
    whole = filled("/a/{x}/b", {"x": written})
    assert whole.count("/") == 3
    assert not set(whole) & set("?#&;\\ ")


@pytest.mark.parametrize("text", ["", None])
def test_a_path_needs_text(text: str | None) -> None:
    with pytest.raises((ValueError, TypeError), match="^x: "):
        in_path(path("x", ANY), text)


@pytest.mark.parametrize("text", [".", ".."])
def test_steps_that_lead_elsewhere_are_refused(text: str) -> None:
    written = in_path(path("x"), text)
    with pytest.raises(ValueError, match="would lead elsewhere"):
        filled("/a/{x}", {"x": written})
    assert filled("/a/{x}.json", {"x": written}) == f"/a/{text}.json"


def test_a_path_of_several_segments_keeps_its_slashes() -> None:
    spanning = path("x", STRING, reserved=True)
    assert in_path(spanning, "docs/read me.md?") == "docs/read%20me.md%3F"
    with pytest.raises(ValueError, match="would lead elsewhere"):
        filled("/a/{x}", {"x": in_path(spanning, "docs/../../b")})


def test_reserved_characters_stay_where_that_is_allowed() -> None:
    assert [*in_query(query("x", reserved=True), "a/b:c&d")] == ["x=a/b:c%26d"]


@pytest.mark.parametrize("value", [[], [""], "", None, {}])
@pytest.mark.parametrize("style", ["simple", "matrix"])
def test_what_has_no_text_is_no_part_of_a_path(value: object, style: str) -> None:
    parameter = path("p", ANY, style=style)
    if style == "matrix" and value in ([""], ""):
        assert in_path(parameter, value) == ";p"
        return
    with pytest.raises(ValueError, match="cannot be part of a path"):
        in_path(parameter, value)
