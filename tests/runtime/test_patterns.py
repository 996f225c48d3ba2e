"""Patterns of a specification: what they match is what Python says, and none takes for
ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import at_most

from generator.runtime import patterns
from generator.runtime.patterns import found

NAUGHTY = [
    ("^(a+)+$", "a" * 40 + "!"),
    ("^(a|a)*$", "a" * 40 + "!"),
    ("(a?){40}" + "a{40}$", "a" * 39),
    ("a?" * 40 + "a" * 40, "a" * 39),
    ("(a|a)" * 40 + "b", "a" * 40),
    ("(.*)*=(.*)*=", "x" * 300),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 60),
    ("(x+x+)+y", "x" * 60),
    ("a*a*a*a*a*a*b", "a" * 300),
    (r"^\s*(.*?)\s*(.*?)\s*$x", " " * 500),
    ("(?=(a+)+b)a", "a" * 40),
    ("^(?:(?=a+)a+)+$", "a" * 60 + "!"),
    ("((){1000}){1000}x", "a"),
    ("(((((a{1000}){1000}){1000}){1000}){1000}){1000}", "a" * 50),
]
HUGE = [
    ("a{99999999999999999999}", "a"),
    ("(" * 2000 + ")" * 2000, ""),
    ("(" * 80 + "a*" + ")*" * 80, "a" * 100),
    (r"(a*)*\1b", "a" * 100),
    ("(?<=a)(a+)+b", "a" * 100),
    ("(?:a*+)*b", "a" * 100),
    ("(a|b)*a(a|b){200}c", "ab" * 2000),
    ("[a-z]+$", "a" * 100_000 + "!"),
    ("|".join(["a*b"] * 3000), "a" * 3000),
]


@pytest.mark.parametrize(("pattern", "text"), NAUGHTY, ids=range(len(NAUGHTY)))
def test_what_would_take_for_ever_is_told_all_the_same(pattern: str, text: str) -> None:
    with at_most(3):
        assert found(pattern, text) is False


@pytest.mark.parametrize(("pattern", "text"), HUGE, ids=range(len(HUGE)))
def test_what_cannot_be_told_is_given_up_soon(pattern: str, text: str) -> None:
    with at_most(3):
        assert found(pattern, text) is None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^[A-Za-z0-9+/]*={0,2}$", "QUJD" * 25_000 + "==", True),
        ("^[A-Za-z0-9+/]*={0,2}$", "QUJD" * 25_000 + "=!", False),
        ("^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$", "not a GUID", False),
        (r"^[^@\s]+@[^@]+\.com$", "ada@example.com", True),
        (r"^(\w+\.)*\w+$", "a.b." * 100 + "c", True),
        (r"^(\w+\.)*\w+$", "a.b." * 100, False),
        (r"(?P<year>\d{4})-\d\d", "in 2026-11", True),
        ("^(?!con$)[a-z]+$", "con", False),
        (r"\bab\b", "an ab x", True),
        ("x{}", "x{}", True),
        ("x{,2}y", "xxy", True),
        ("]", "]", True),
        ("[]a]", "]", True),
        (r"\x41\u0042\N{BULLET}", "AB•", True),
    ],
)
def test_what_is_usual(pattern: str, text: str, expected: bool) -> None:
    assert found(pattern, text) is expected


@settings(max_examples=200, deadline=None)
@given(
    st.text("ab.^$|()[]{}1,2*+?\\dwb=!:-", max_size=14)
    | st.from_regex(r"(\(\??:?[ab.]{1,2}[*+?]?\)[*+?]?|[ab]\|){1,5}", fullmatch=True),
    st.text("ab-1\n ", max_size=7),
)
def test_following_all_ways_at_once_finds_what_python_finds(
    pattern: str, text: str
) -> None:
    known = patterns._known(pattern)
    if known is not None:
        compiled, parsed = known
        is_there = patterns._Search(text).anywhere(parsed)
        assert is_there is bool(compiled.search(text)), (pattern, text)
