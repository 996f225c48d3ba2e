"""A text for a regular expression: what is made matches, what is not understood gives
nothing, and no expression takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import at_most

from generator.emitters.samples.chance import Chance
from generator.emitters.samples.patterns import matching


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{8,20}$",
        r"^\d{3}-\d{4}$",
        "[A-Z]{2}",
        "^(a|bc)+$",
        r"^[^@\s]+@[^@]+\.com$",
        "^(?:https?)://[a-z.]+/?$",
        r"^\d+(\.\d+)*$",
        "^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$",
        "^$",
        "^a$|^b$",
        "[]a]+",
        "[+-]",
        "[a-]",
        r"^a\tb$",
        r"[^\n]+",
        "^.{1,64}$",
        "^x{3}y{2,}z*?$",
        r"^[\w.-]+$",
        "",
    ],
)
def test_a_text_matches_the_whole_of_its_pattern(pattern: str) -> None:
    text = matching(pattern, Chance("type", pattern))
    assert text is not None
    for whole in (re.search(pattern, text), re.fullmatch(pattern, text)):
        assert whole is not None


@pytest.mark.parametrize(
    "pattern",
    ["(?=x)x", "(?<n>x)", r"(a)\1", "a^b", "a$b", "(", ")", "[", "[[:alpha:]]"]
    + [
        r"[^ -~]",
        "*",
        "a{",
        "a{9,1}",
        "a{999999}",
        r"\p{L}",
        "\\",
        "(" * 99 + ")" * 99,
        "(a$)b",
    ],
)
def test_what_is_not_understood_gives_nothing(pattern: str) -> None:
    assert matching(pattern, Chance("x")) is None


def test_lengths_are_kept() -> None:
    assert len(matching("^[0-9]*$", Chance("x"), 10, 12) or "") == 10
    assert len(matching("^[0-9]{2,}$", Chance("x"), 0, 3) or "") == 3
    assert matching("^[0-9]{4}$", Chance("x"), 0, 3) is None
    assert matching("^[0-9]{4}$", Chance("x"), 5, 9) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "(" * 11 + "a" + "*){200}" * 11,
        "((a{14}){14}){14}",
        "(|" * 11 + ")" * 11,
    ],
)
def test_no_pattern_takes_long(pattern: str) -> None:
    with at_most(0.5):
        matching(pattern, Chance("x"))


@given(st.text("ab01^$.|()[]{},-?*+\\dw", max_size=12))
def test_whatever_is_made_of_any_pattern_matches_it(pattern: str) -> None:
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError):
        compiled = None
    text = matching(pattern, Chance(pattern))
    if text is not None and compiled is not None:
        assert compiled.search(text), text
