"""One page: Markdown in, its tables, examples, comments and links out.

markdown-it-py reads it as CommonMark with GitHub's tables. It tells on which lines a
block stands; columns are found by looking for the text on those lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.model.pages import (
    Example,
    JsonObject,
    Page,
    Reference,
    Table,
    Text,
)
from generator.readers.pages.anchors import anchors
from generator.readers.pages.examples import Fence, read_example, report_duplicates
from generator.readers.pages.front_matter import read_front_matter
from generator.readers.pages.json_text import JsonFault, Located, parse_json, places

Resolve = Callable[[str, Place], Reference | None]
"""Gives the file to which a link leads, None for one that leads to no file."""

_IN_HTML: Final = re.compile(
    r"""<(?:a|img)\s[^<>]*?(?:href|src)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE
)
_IMAGE: Final = re.compile(r""":::image\s[^\n]{0,500}?\bsource=["']([^"'\n]*)""")
"""How Microsoft Learn writes images."""
_NEAR: Final = 10_000
_NEAR_LINES: Final = 50
_LONGEST: Final = 50_000
"""How much of a paragraph is read: links in more than that are not looked at."""
_SYNTAX: Final = re.compile(r"[\[\]`*_<>&\\!~]")
_TAB: Final = re.compile(r"\[[^\]]*\]\(#tab/")


def read_page(
    page: Page, text: str, resolve: Resolve, diagnostics: Diagnostics
) -> Page:
    """Read the text of a page, of which the path and the name are known.

    Reports front matter, comments and examples that cannot be read.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front = read_front_matter(page.place.file, lines, diagnostics)
    body = [""] * front.lines + lines[front.lines :]
    pieces = _Pieces(page.place.file, body, resolve, diagnostics)
    pieces.read()
    return replace(
        page,
        lines=tuple(lines),
        front_matter=front.entries,
        title=next(iter(pieces.headings), ""),
        tables=tuple(pieces.tables),
        examples=tuple(pieces.examples),
        blocks=tuple(pieces.blocks),
        references=tuple(pieces.references),
        anchors=anchors(pieces.headings, pieces.html),
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    # what stands in a block is only read where it can hold anything but plain text
    parser.core.ruler.disable("inline")
    return parser


class _Inline(NamedTuple):
    """What a paragraph, heading or cell holds."""

    text: str
    links: tuple[str, ...]
    html: tuple[str, ...]


class _Pieces:
    """Goes over the blocks of a page and collects its pieces."""

    def __init__(
        self,
        file: str,
        lines: Sequence[str],
        resolve: Resolve,
        diagnostics: Diagnostics,
    ) -> None:
        self._file = file
        self._lines = lines
        self._resolve = resolve
        self._diagnostics = diagnostics
        self._environment: dict[str, object] = {}
        self._section: list[tuple[int, str]] = []
        self._block: JsonObject | None = None
        self.headings: list[str] = []
        self.tables: list[Table] = []
        self.examples: list[Example] = []
        self.blocks: list[JsonObject] = []
        self.references: list[Reference] = []
        self.html: list[str] = []

    def read(self) -> None:
        """Collect everything."""
        text = "\n".join(self._lines)
        tokens = iter(_parser().parse(text, self._environment))
        for token in tokens:
            match token.type:
                case "heading_open":
                    self._heading(token, next(tokens))
                case "table_open":
                    self._table(token, tokens)
                case "fence":
                    self._fence(token)
                case "html_block":
                    self._html(token)
                case "inline":
                    self._paragraph(token)

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple([text for _, text in self._section])

    def _heading(self, token: Token, inline: Token) -> None:
        found = self._paragraph(inline)
        if _TAB.match(inline.content):
            return
        level = int(token.tag[1:])
        while self._section and self._section[-1][0] >= level:
            self._section.pop()
        self._section.append((level, found.text))
        self.headings.append(found.text)
        self._block = None

    def _paragraph(self, token: Token) -> _Inline:
        """Read the inside of a block, and keep what it links to."""
        found = self._inline(token.content)
        self.html += found.html
        self._keep_links(found.links, *_span(token))
        return found

    def _inline(self, content: str) -> _Inline:
        if len(content) > _LONGEST:
            return _Inline(content, (), ())
        images = tuple(_IMAGE.findall(content))
        if not _SYNTAX.search(content):
            return _Inline(content, images, ())
        children: list[Token] = []
        parser = _parser()
        parser.inline.parse(content, parser, self._environment, children)
        text, links, html = [], [], []
        for child in children:
            if child.type in ("text", "text_special", "code_inline"):
                text.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                text.append(" ")
            elif child.type == "html_inline":
                html.append(child.content)
                links += _IN_HTML.findall(child.content)
            elif child.type in ("link_open", "image"):
                links.append(str(child.attrGet("href") or child.attrGet("src") or ""))
        return _Inline("".join(text).strip(), (*images, *links), tuple(html))

    def _keep_links(self, links: Iterable[str], start: int, end: int) -> None:
        line, column = start, 0
        for href in links:
            place = Place(self._file, start + 1)
            where = self._find(href, line, column, end)
            if where is not None:
                place = Place(self._file, where[0] + 1, where[1] + 1)
                line, column = where[0], where[1] + 1
            reference = self._resolve(href, place)
            if reference is not None:
                self.references.append(reference)

    def _find(
        self, text: str, line: int, column: int, end: int
    ) -> tuple[int, int] | None:
        """Give where a link stands in the lines up to `end`, from a place on. One that
        is far from the link before it is not found: it must not take long."""
        wanted = {text, unquote(text)} - {""}
        for number in range(line, min(end, line + _NEAR_LINES, len(self._lines))):
            first = column if number == line else 0
            whole = self._lines[number]
            found = [whole.find(each, first, first + _NEAR) for each in wanted]
            if max(found, default=-1) >= 0:
                return number, min(each for each in found if each >= 0)
        return None

    def _table(self, token: Token, tokens: Iterator[Token]) -> None:
        rows: list[tuple[Text, ...]] = []
        cells: list[Text] = []
        column = 0
        for each in takewhile(lambda each: each.type != "table_close", tokens):
            if each.type == "tr_open":
                cells, column = [], 0
            elif each.type == "inline":
                line, _ = _span(each)
                found = self._paragraph(each)
                near = column + len(each.content) + _NEAR
                at = self._lines[line].find(each.content, column, near)
                column = at + len(each.content) if at >= 0 else column
                place = Place(self._file, line + 1, at + 1)
                cells.append(Text(found.text, place))
            elif each.type == "tr_close":
                rows.append(tuple(cells))
        place = Place(self._file, _span(token)[0] + 1, 1)
        self.tables.append(Table(self._path, rows[0], tuple(rows[1:]), place))

    def _fence(self, token: Token) -> None:
        block, self._block = self._block, None
        language = (token.info.split() or [""])[0].lower()
        lines = token.content.removesuffix("\n").split("\n")
        first = _span(token)[0] + 1
        fence = Fence(self._file, language, lines, self._starts(lines, first))
        example = read_example(fence, self._path, block, self._diagnostics)
        if example is not None:
            self.examples.append(example)

    def _html(self, token: Token) -> None:
        start, end = _span(token)
        self.html.append(token.content)
        lines = token.content.split("\n")
        locate = places(self._file, self._starts(lines, start), token.content)
        visible = []
        after = 0
        for first, last in _comments(token.content):
            visible.append(token.content[after:first])
            after = last + len("-->")
            text = token.content[first + len("<!--") : last]
            if text.lstrip().startswith("{"):
                self._comment(text, first + len("<!--"), locate)
        visible.append(token.content[after:])
        links = tuple(_IN_HTML.findall("".join(visible)))
        self._keep_links(links, start, end)

    def _comment(self, text: str, offset: int, locate: Located) -> None:
        """Read the JSON of a comment, which is about the block that follows."""
        inner = offset + len(text) - len(text.lstrip())
        try:
            node = parse_json(text.strip(), lambda at: locate(inner + at))
        except JsonFault as fault:
            # other comments, such as those of older tools, are only like JSON
            if '"blockType"' in text:
                message = f"the comment is not valid JSON: {fault}"
                self._diagnostics.error("page-block", message, fault.place)
            return
        if isinstance(node, JsonObject) and node.get("blockType") is not None:
            report_duplicates(node, self._diagnostics)
            self.blocks.append(node)
            self._block = node

    def _starts(self, lines: Sequence[str], first: int) -> Sequence[tuple[int, int]]:
        """Say where lines of a block, which may be indented, stand in the file."""
        found = []
        for number, line in enumerate(lines, first):
            whole = self._lines[number] if number < len(self._lines) else ""
            found.append((number + 1, max(whole.find(line), 0) + 1))
        return found


def _comments(html: str) -> Iterator[tuple[int, int]]:
    """Give where the comments of a piece of HTML begin, and where their ends do."""
    last = 0
    while (first := html.find("<!--", last)) >= 0:
        last = html.find("-->", first)
        if last < 0:
            return
        yield first, last


def _span(token: Token) -> tuple[int, int]:
    """Give the lines of a token, from 0, without the last."""
    start, end = token.map or (0, 0)
    return start, end
