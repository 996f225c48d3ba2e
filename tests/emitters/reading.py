"""Pages as a reader of Markdown sees them: what structure they have, and what text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import unquote

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass
class Page:
    """What a page consists of, in its order."""

    front_matter: dict[str, object] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    fences: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def read(text: str) -> Page:
    """Read a page, its front matter included."""
    page = Page()
    if text.startswith("---\n"):
        head, _, text = text[4:].partition("\n---\n")
        page.front_matter = yaml.safe_load(head)
    tokens = MARKDOWN.parse(text)
    for token, following in zip_longest(tokens, tokens[1:]):
        page.kinds.append(token.type)
        if token.type == "heading_open" and following is not None:
            page.headings.append(f"{token.markup} {shown(following)}")
        elif token.type == "html_block":
            page.html.append(token.content)
        elif token.type in ("fence", "code_block"):
            page.fences.append((token.info.strip(), token.content))
        elif token.type == "tr_open":
            page.rows.append([])
        elif token.type in ("td_open", "th_open") and following is not None:
            page.rows[-1].append(shown(following))
        elif token.type == "inline":
            _inline(token, page)
    return page


def _inline(token: Token, page: Page) -> None:
    for child in token.children or ():
        page.kinds.append(child.type)
        if child.type == "link_open":
            page.links.append(str(child.attrs["href"]))
        elif child.type == "image":
            page.pictures.append(str(child.attrs["src"]))
        elif child.type == "html_inline":
            page.html.append(child.content)


def shown(token: Token) -> str:
    """The text of a paragraph, heading or cell as it is read."""
    return "".join(child.content for child in token.children or ())


def broken_links(pages: Mapping[str, str]) -> Iterator[str]:
    """The links and pictures of pages, by path, that lead to none of them."""
    for path, text in pages.items():
        if path.endswith(".md"):
            page = read(text)
            for target in (*page.links, *page.pictures):
                if "://" in target or target.startswith("mailto:"):
                    continue
                found = posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), unquote(target))
                )
                if found not in pages:
                    yield f"{path}: {target}"


def uneven_rows(pages: Iterable[str]) -> Iterator[list[str]]:
    """The rows of tables, as written, that do not have a cell for each column.

    A parser would fill up or cut such a row, so lines are looked at.
    """
    for text in pages:
        columns = 0
        for line in text.split("\n"):
            if not line.startswith("|"):
                columns = 0
                continue
            bars = line.count("|")
            if columns and bars != columns:
                yield line.split("|")
            columns = columns or bars
