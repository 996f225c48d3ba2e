"""Descriptions of an OpenAPI document as Markdown.

They are CommonMark (OpenAPI 3.1 section 4.7.2), so more of them is kept than of texts
elsewhere: paragraphs, lists, quotes, code blocks and emphasis. Everything else, HTML
above all, reads as it was written, and headings are bold, as they would stand among
those of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from generator.emitters.docs.markdown import Md, Targets, fence, inline, join
from generator.emitters.docs.markdown import cell as cell_of
from generator.hidden import without_hidden

_FENCE: Final = re.compile(r"\s{0,3}(`{3,}|~{3,})[^`]*")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|(?P<number>\d{1,9})[.)])\s+(?P<text>.*)")
_QUOTE: Final = re.compile(r"\s{0,3}>\s?(?P<text>.*)")
_CALLOUT: Final = re.compile(r"\[!(?P<kind>[A-Za-z]{1,20})\]\s*")

# Code and links hide what stands in them; emphasis does not stand in words (CommonMark
# 0.31 section 6.2). The bounds keep hostile text from costing more than its length.
_EMPHASIS: Final = re.compile(
    r"(?P<kept>(?P<fence>`{1,9})(?!`).{1,300}?(?<!`)(?P=fence)(?!`)"
    r"|\[[^][]{1,300}\]\([^()\s]{1,2000}\))"
    r"|(?<![\w*\\])\*\*(?P<strong>[^\s*](?:[^*]{0,500}[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*\\])\*(?P<star>[^\s*](?:[^*]{0,500}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w\\])_(?P<line>[^\s_](?:[^_]{0,500}[^\s_])?)_(?!\w)"
)


class _Block(NamedTuple):
    """A part of a text: its kind ("" for a paragraph), and its words or lines."""

    kind: str
    text: str
    number: str = ""


def prose(text: str, targets: Targets) -> Md:
    """Give a description as blocks of Markdown, "" for none."""
    written: list[Md] = []
    before = ""
    for kind, words, number in _blocks(text):
        block = _written(kind, words, number, targets)
        if kind == "item" == before and written:
            written[-1] = Md(f"{written[-1]}\n{block}")
        elif block:
            written.append(block)
        before = kind
    return join("\n\n", written)


def cell(text: str, targets: Targets) -> Md:
    """Give a description as the cell of a table."""
    return _emphasized(text, targets, in_cell=True)


def _written(kind: str, words: str, number: str, targets: Targets) -> Md:
    if kind == "code":
        return fence(words, "text") if words.strip() else Md("")
    line = _emphasized(words, targets, in_cell=False)
    if not line:
        return Md("")
    match kind:
        case "heading":
            return Md(f"**{inline(words, targets)}**")
        case "item":
            return Md(f"{number}. {line}" if number else f"- {line}")
        case "quote":
            return Md(f"> {line}")
        case _:
            return line


def _emphasized(text: str, targets: Targets, *, in_cell: bool) -> Md:
    write = cell_of if in_cell else inline
    parts: list[str] = []
    at = 0
    for match in _EMPHASIS.finditer(text):
        inner = match["strong"] or match["star"] or match["line"]
        if inner is None:
            continue
        parts.append(_spaced(text[at : match.start()], targets, in_cell=in_cell))
        mark = "**" if match["strong"] else "*"
        within = _emphasized(inner, targets, in_cell=in_cell)
        parts.append(f"{mark}{within}{mark}" if within else "")
        at = match.end()
    if not at:
        return write(text, targets)
    parts.append(_spaced(text[at:], targets, in_cell=in_cell))
    return Md("".join(parts).strip())


def _spaced(text: str, targets: Targets, *, in_cell: bool) -> str:
    """A piece of a text with the spaces at its ends."""
    write = cell_of if in_cell else inline
    words = write(text, targets)
    if not words:
        return " " if text else ""
    before = " " if text[:1].isspace() else ""
    return f"{before}{words}{' ' if text[-1:].isspace() else ''}"


def _blocks(text: str) -> Iterator[_Block]:
    """Take a text apart, line by line."""
    kind, number, lines = "", "", list[str]()
    closing = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _FENCE.fullmatch(line)
        if closing:
            if mark and mark[1].startswith(closing):
                yield _Block("code", "\n".join(lines))
                kind, lines, closing = "", [], ""
            else:
                lines.append(without_hidden(line).rstrip())
            continue
        begins = _beginning(line, kind)
        if begins is not None or mark or not line.strip():
            yield _Block(kind, " ".join(lines), number)
            kind, number, lines = "", "", []
        if mark:
            closing = mark[1]
        elif begins is not None:
            kind, number, lines = begins.kind, begins.number, [begins.text]
            if kind == "heading":
                yield begins
                kind, lines = "", []
        elif line.strip():
            quoted = _QUOTE.fullmatch(line) if kind == "quote" else None
            lines.append(quoted["text"] if quoted else line)
    if closing:
        yield _Block("code", "\n".join(lines))
    else:
        yield _Block(kind, " ".join(lines), number)


def _beginning(line: str, kind: str) -> _Block | None:
    """What begins with a line, None where what stood before goes on."""
    heading = _HEADING.fullmatch(line)
    if heading:
        return _Block("heading", heading["text"])
    item = _ITEM.fullmatch(line)
    if item:
        return _Block("item", item["text"], item["number"] or "")
    quote = _QUOTE.fullmatch(line)
    if quote and kind != "quote":
        return _Block("quote", _CALLOUT.sub(_callout, quote["text"], count=1))
    return None


def _callout(match: re.Match[str]) -> str:
    return f"**{match['kind'].capitalize()}:** "
