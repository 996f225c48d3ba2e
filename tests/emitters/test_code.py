"""Text of a spec becomes a literal, a docstring or an identifier, and nothing else."""

from __future__ import annotations

import ast
import re
import unicodedata

import black
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.emitters.environment import only
from generator.emitters.python.code import (
    Code,
    docstring,
    identifier,
    literal,
    paragraphs,
)
from generator.hidden import without_hidden

PIECES = [
    *('"', "'", "\\", '"""', "'''", "\n", "\r", "\t", "\f", "\0", "\x1b", "\x7f"),
    *("{{ 1 }}", "{% x %}", "{#", "#", "\\N{BULLET}", "\\x00", "%s", "{0}", "a", "é"),
    *("\u00a0", "\u00ad", "\u200b", "\u200f", "\u2028", "\u202e", "\u2066", "\ufeff"),
    *("\ud800", "\udfff", "\U000e0041", "\ufe0f", "\u3164", "\u3000", "😀", "用", " "),
    *("word", "w" * 50, "w" * 100, "import os", '"); import os; ("', "\n\n", "\n    "),
]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text()

PLACES = [
    (0, "{}\n"),
    (4, "class Holder:\n    {}\n"),
    (8, "class Holder:\n    def method(self) -> None:\n        {}\n"),
]


def is_hidden(character: str) -> bool:
    """Whether a reader of source cannot see a character, or takes it for another."""
    category = unicodedata.category(character)
    if character in "\n ":
        return False
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") or (
        re.match("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f]", character) is not None
    )


def blackened(source: str) -> str:
    return black.format_str(source, mode=black.Mode())


def only_string(source: str) -> str:
    """The one string that source consists of, below the classes that hold it."""
    tree: ast.AST = ast.parse(source)
    while isinstance(tree, ast.Module | ast.ClassDef | ast.FunctionDef):
        (tree,) = tree.body
    assert isinstance(tree, ast.Expr)
    assert isinstance(tree.value, ast.Constant)
    assert isinstance(tree.value.value, str)
    return tree.value.value


@given(texts)
@example('both " and \' and """')
@settings(max_examples=500)
def test_a_literal_is_the_text(text: str) -> None:
    written = literal(text)
    assert ast.literal_eval(written) == text
    assert not any(map(is_hidden, written))
    assert "\n" not in written
    source = f"x = {written}\n"
    assert blackened(source) == source
    source.encode()


@pytest.mark.parametrize("place", PLACES)
@given(texts, st.lists(texts, max_size=2).map(tuple))
@settings(max_examples=250)
def test_a_docstring_says_the_words_and_nothing_else(
    place: tuple[int, str], text: str, facts: tuple[str, ...]
) -> None:
    indent, around = place
    written = docstring(text, indent, facts)
    words = [word for each in (text, *facts) for word in without_hidden(each).split()]
    if not written:
        assert words == []
        return
    source = around.format(written) if "{}" in around else written
    assert only_string(source).split() == words
    assert not any(map(is_hidden, source))
    assert blackened(source) == source
    source.encode()


@pytest.mark.parametrize("indent", [0, 4, 8])
@pytest.mark.parametrize("length", range(70, 92))
@pytest.mark.parametrize("end", ["", '"', "\\", "'", ' ""'])
def test_a_line_that_just_fits(indent: int, length: int, end: str) -> None:
    around = dict(PLACES)[indent]
    for text in ("w" * length + end, "w " * (length // 2) + end):
        source = around.format(docstring(text, indent))
        assert blackened(source) == source
        assert only_string(source).split() == text.split()


def test_lines_are_wrapped_and_paragraphs_kept() -> None:
    written = docstring("one two " * 20 + "\n\n  three\nfour", 4, ("Fact: x",))
    first, *lines = written.splitlines()
    assert len("    ") + len(first) <= 88
    assert max(map(len, lines)) <= 88
    assert lines[-5:] == ["", "    three four", "", "    Fact: x", '    """']


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\0\n\n\u202e"])
def test_nothing_to_say_is_no_docstring(text: str) -> None:
    assert docstring(text, 4) == ""
    assert docstring(text, 4, (text,)) == ""
    assert paragraphs(text) == []


@pytest.mark.parametrize(
    "text",
    ["", "a b", "1a", "a-b", "class", "None", "a\n", "a;b", "a(", "a.b", "\u200b"],
)
def test_what_is_no_name_is_a_fault(text: str) -> None:
    with pytest.raises(ValueError, match="not a Python name"):
        identifier(text)


def test_a_template_is_given_nothing_but_code() -> None:
    assert only(Code)(Code("x")) == "x"
    for value in ("x", 1, None, ("x",)):
        with pytest.raises(TypeError, match="not Code"):
            only(Code)(value)
