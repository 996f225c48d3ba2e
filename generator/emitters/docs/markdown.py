"""Text that may stand in the pages, and the only ways to make it from the text of a
spec.

A spec is untrusted: of what it says, links and code spans are kept as Markdown, and all
else reads as it was written, whatever Markdown, HTML or template syntax it may look
like (`generator.markup` escapes it). The template environment refuses every value that
is not `Md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias
from urllib.parse import quote

from generator.emitters.python.code import paragraphs
from generator.hidden import without_hidden
from generator.markup import code_span, escaped, longest_run


class Md(str):
    """Markdown (or YAML): what the functions here made, or a constant of ours."""

    __slots__ = ()


# What opens something at the start of a paragraph only: lists, quotes, admonitions,
# tabs, containers, the underline of a heading. (Quotes and headings are escaped
# everywhere.)
_START: Final = re.compile(r"[-+=:!?]|\d{1,9}[.)]")

# A code span (CommonMark section 6.1) and a link with its text in brackets (6.3), whose
# title is left out. The bounds keep hostile text from costing more than its length.
_KEPT: Final = re.compile(
    r"(?<!`)(?P<fence>`{1,9})(?!`)(?P<code>.{1,300}?)(?<!`)(?P=fence)(?!`)"
    r"|\[(?P<label>[^][]{1,300})\]"
    r"\((?P<href>(?:[^\s()<>]|\([^\s()<>]{0,300}\)){1,2000})"
    r"(?:\s{1,9}(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\)"
)

_NONCHARACTERS: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Give a text on one line, without what hides."""
    return " ".join(_NONCHARACTERS.sub(" ", without_hidden(text)).split())


Targets: TypeAlias = Callable[[str], str]
"""Gives where a link of a spec leads, "" for one of which its text alone is kept."""


def nowhere(href: str) -> str:
    """Keep no link, only its text: for names, and for what is a link itself."""
    return ""


def inline(text: str, targets: Targets = nowhere) -> Md:
    """Give a spec's text as Markdown on one line: a paragraph, a heading or an item."""
    return _inline(clean(text), targets, cell=False)


def cell(text: str, targets: Targets = nowhere) -> Md:
    """Give a spec's text as the cell of a table, all its paragraphs in one."""
    return _inline(clean(text), targets, cell=True)


def prose(text: str, targets: Targets = nowhere) -> Md:
    """Give a spec's text as paragraphs, "" for none."""
    lines = [inline(each, targets) for each in paragraphs(text)]
    return join("\n\n", lines)


def _inline(text: str, targets: Targets, *, cell: bool) -> Md:
    parts: list[str] = []
    at = 0
    for match in _KEPT.finditer(text):
        before = escaped(text[at : match.start()])
        kept = _kept(match, targets, cell=cell)
        if kept.startswith("[") and before.endswith("!"):
            before = before[:-1] + "\\!"  # a link, not a picture
        parts += (before, kept)
        at = match.end()
    parts.append(escaped(text[at:]))
    whole = "".join(parts)
    start = _START.match(whole)
    if start:
        last = start.end() - 1
        whole = f"{whole[:last]}&#{ord(whole[last])};{whole[last + 1:]}"
    return Md(whole)


def _kept(match: re.Match[str], targets: Targets, *, cell: bool) -> str:
    if match["code"] is not None:
        # Readers differ on a bar in a code span in a table.
        if cell and "|" in match["code"]:
            return escaped(match[0])
        return code(match["code"])
    label = _inline(match["label"], nowhere, cell=cell)
    target = targets(match["href"])
    return link(label, target) if target else label


def link(label: Md, target: str) -> Md:
    """Give a link; what could end its target is percent-encoded."""
    safe = quote(clean(target), safe=":/?#@!$&'+,;=%")
    return Md(f"[{label}]({safe.replace('&', '&amp;')})")


def code(text: str) -> Md:
    """Give a code span of a text that is not empty (CommonMark section 6.1)."""
    return Md(code_span(clean(text)))


def code_cell(text: str) -> Md:
    """Give a code span for the cell of a table, plain text if it cannot be one."""
    return cell(text) if "|" in text or not clean(text) else code(text)


def fence(text: str, language: str) -> Md:
    """Give a fenced code block (CommonMark section 4.5) of lines that are ours or
    escaped for their language."""
    ticks = "`" * max(3, longest_run(text) + 1)
    return Md(f"{ticks} {language}\n{text.rstrip()}\n{ticks}")


def comment(block: Mapping[str, object]) -> Md:
    """Give a comment that says in JSON, to programs, what the next block is."""
    text = json.dumps(block, indent=2).replace("--", "-\\u002d")
    text = text.replace("<", "\\u003c").replace(">", "\\u003e")
    return Md(f"<!-- {text}\n-->")


def scalar(text: str) -> Md:
    """Give a YAML scalar in double quotes (YAML 1.2 section 7.3.1)."""
    return Md(json.dumps(clean(text), ensure_ascii=False))


_TYPOGRAPHIC: Final = str.maketrans({"<": "‹", ">": "›", '"': "”"})
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")


def shown(text: str) -> str:
    """Give a title as sites may show it.

    MkDocs and its themes write titles into HTML as they are, some in the quotes of an
    attribute and some after character references became characters. Others would show
    a reference as such. So other characters take the place of those that mean anything.
    """
    return _REFERENCE.sub("& ", text).translate(_TYPOGRAPHIC)


def plain(text: str) -> str:
    """Give a spec's text as people read it: without the marks of links and code."""
    return _KEPT.sub(lambda match: match["code"] or match["label"], clean(text))


def join(separator: str, parts: Iterable[Md]) -> Md:
    """Put pieces of Markdown together, leaving out empty ones."""
    return Md(separator.join(filter(None, parts)))
