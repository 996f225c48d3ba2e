"""Text of a spec on a page: links and code spans are kept, all else reads as written."""

from __future__ import annotations

import json
import re
from functools import partial
from html import unescape

import markdown
import pytest
import yaml
from emitters.reading import MARKDOWN, read, shown
from emitters.test_code import is_hidden
from hypothesis import given
from hypothesis import strategies as st

from generator.emitters.docs.links import Links
from generator.emitters.docs.markdown import (
    Md,
    cell,
    clean,
    code,
    code_cell,
    comment,
    fence,
    inline,
    link,
    plain,
    prose,
    scalar,
)

PIECES = [
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "```",
        "~~",
        "~~~",
        "#",
        "## ",
        "> ",
        "- ",
        "+ ",
    ),
    *(
        "1. ",
        "1) ",
        "---",
        "===",
        "|",
        "||",
        "\\",
        "\\|",
        "\\`",
        "[",
        "]",
        "(",
        ")",
        "!",
    ),
    *(
        "<",
        ">",
        "<b>",
        "</b>",
        "<script>",
        "<!--",
        "-->",
        "<?php",
        "&",
        "&lt;",
        "&#42;",
    ),
    *("{{ x }}", "{% x %}", "{#id}", "{: .x }", "${x}", "[!NOTE]", ":::", ":smile:"),
    *("!!! note", "??? x", '=== "x"', "[^1]", "[a]: b", "*[a]: b", "[[a]]", "/// x"),
    *("javascript:x", "[x](javascript:x)", "[a](b)", "![a](b.png)", "<http://a.b>"),
    *(
        "\n",
        "\n\n",
        "\r",
        "\t",
        "    ",
        " ",
        "a",
        "é",
        "用",
        "\x00",
        "\u202e",
        "\ufffe",
    ),
]
TARGETS = partial(Links((), "").target, up="../")

texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(
    max_size=30
)
# Without what is kept: no link with an address and no pair of backticks.
plain_texts = texts.map(lambda text: text.replace("`", "").replace("](", "] ("))


def by_commonmark(text: str) -> str:
    """The text that is left of Markdown, if there is nothing but paragraphs in it."""
    page = read(text)
    assert set(page.kinds) <= {"paragraph_open", "inline", "text", "paragraph_close"}
    inlines = [each for each in MARKDOWN.parse(text) if each.type == "inline"]
    return " ".join(map(shown, inlines))


def by_python_markdown(text: str) -> str:
    """The same, read by the library that MkDocs uses."""
    extensions = ["tables", "toc", "pymdownx.superfences", "pymdownx.highlight"]
    html = markdown.markdown(text, extensions=extensions)
    without = re.sub(r"</?p>", "", html)
    assert not re.search(r"<\w", without), html
    return unescape(without)


@given(plain_texts)
def test_plain_text_reads_as_it_was_written(text: str) -> None:
    expected = " ".join(clean(text).split())
    for written in (inline(text), cell(text)):
        assert by_commonmark(written) == expected
        assert by_python_markdown(written) == expected
        assert "\n" not in written


@given(plain_texts)
def test_paragraphs_stay_apart(text: str) -> None:
    for part in prose(text).split("\n\n"):
        assert by_commonmark(part) == by_python_markdown(part)
    joined = by_commonmark(prose(text))
    assert joined.split() == clean(text).split()


@given(texts)
def test_nothing_but_code_and_links_comes_of_text(text: str) -> None:
    page = read(prose(text, TARGETS))
    assert set(page.kinds) <= {
        *("paragraph_open", "inline", "text", "paragraph_close"),
        *("code_inline", "link_open", "link_close"),
    }
    assert all(each.startswith(("http://", "https://")) for each in page.links)
    assert "{{" not in prose(re.sub("`", "", text))


@given(texts, texts)
def test_a_cell_stays_a_cell(text: str, other: str) -> None:
    table = f"|a|b|\n|:---|:---|\n|{cell(text)}|{cell(other)}|"
    page = read(table)
    assert [len(row) for row in page.rows] == [2, 2]
    assert page.kinds.count("table_open") == 1
    html = markdown.markdown(table, extensions=["tables"])
    assert html.count("<td") == html.count("</td>") == 2


@given(texts)
def test_a_heading_stays_a_heading(text: str) -> None:
    page = read(f"# {inline('a ' + text)}")
    assert len(page.headings) == 1 and page.kinds.count("heading_open") == 1


def test_links_and_code_are_kept() -> None:
    text = "See [the *guide*](https://a.example/x_(y)?a=1&b=2) and `x|y`, ``a`b``."
    assert inline(text, TARGETS) == (
        "See [the \\*guide\\*](https://a.example/x_%28y%29?a=1&amp;b=2)"
        " and `x|y`, ``a`b``."
    )
    assert cell(text, TARGETS).endswith(" and &#96;x&#124;y&#96;, ``a`b``.")
    page = read(prose(text, TARGETS))
    assert page.links == ["https://a.example/x_%28y%29?a=1&b=2"]
    assert plain(text) == "See the *guide* and x|y, a`b."


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "/graph/x", "x.md", "#a", "//a"],
)
def test_only_addresses_that_lead_somewhere_are_kept(target: str) -> None:
    assert inline(f"[text]({target})", TARGETS) == "text"


def test_what_some_readers_take_for_markup_is_broken_up() -> None:
    found = inline("https://a.example www.a.example a@b.example $x$ {% y %} :smile:")
    for harmful in ("https://", "www.", "a@b", "$x$", "{%", ":smile:"):
        assert harmful not in found
    assert inline("$filter: see @odata.type, 9:30") == (
        "$filter: see @odata.type, 9:30"
    )


def test_the_text_of_a_link_may_hold_code() -> None:
    found = cell("[the `user`, `a|b`](https://a.example/)", TARGETS)
    assert found == "[the `user`, &#96;a&#124;b&#96;](https://a.example/)"
    assert inline("[`user`](user.md)") == "`user`"


@pytest.mark.parametrize("title", [' "a (b)"', "  'c'", " ''"])
def test_the_title_of_a_link_is_left_out(title: str) -> None:
    assert inline(f"[x](https://a.example/{title})", TARGETS) == (
        "[x](https://a.example/)"
    )
    assert inline(f"[x](y.md{title})", TARGETS) == "x"


def test_a_link_does_not_become_a_picture() -> None:
    page = read(inline("Look![here](https://a.example/)", TARGETS))
    assert page.links == ["https://a.example/"] and page.pictures == []


@given(texts)
def test_code_is_code(text: str) -> None:
    if not clean(text):
        return
    assert read(code(text)).kinds.count("code_inline") == 1
    row = f"|a|\n|:---|\n|{code_cell(text)}|"
    assert [len(each) for each in read(row).rows] == [1, 1]


@given(texts)
def test_a_fence_holds_its_text(text: str) -> None:
    lines = "\n".join(clean(line) for line in text.split("\n")).strip()
    page = read(f"{fence(lines, 'http')}\n\n# after")
    assert page.headings == ["# after"]
    assert [info for info, _ in page.fences] == ["http"]
    assert page.fences[0][1].rstrip("\n") == lines.rstrip()


@given(texts)
def test_a_scalar_is_one_text(text: str) -> None:
    loaded = yaml.safe_load(f"title: {scalar(text)}\nother: 1\n")
    assert loaded == {"title": clean(text), "other": 1}


@given(texts)
def test_a_comment_ends_where_it_ends(text: str) -> None:
    page = read(f"{comment({'name': text})}\n# after")
    assert page.headings == ["# after"] and len(page.html) == 1
    body = page.html[0].strip().removeprefix("<!--").removesuffix("-->")
    assert json.loads(body) == {"name": text}


@given(texts)
def test_a_link_is_one_link(text: str) -> None:
    page = read(link(Md("label"), f"https://a.example/{text}"))
    assert len(page.links) == 1 and "label" not in page.links[0].replace(text, "")


@given(texts)
def test_nothing_hides(text: str) -> None:
    assert not any(map(is_hidden, inline(text)))


def test_hostile_length_costs_no_more_than_its_length() -> None:
    for piece in ("`", "``a", "[", "[a](", "![", "(", "`a``b", "[a](b ", '[a](b "'):
        assert inline(piece * 50_000)
