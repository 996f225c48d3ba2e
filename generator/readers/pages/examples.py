"""Examples: fenced blocks of HTTP messages and of JSON.

A block of HTTP is a request (request line, headers, empty line, body: RFC 9112 section
2.1), an answer that begins with its status line, or a list of request lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.model.pages import Example, JsonArray, JsonNode, JsonObject, Request
from generator.readers.pages.json_text import JsonFault, parse_json, places

_REQUEST: Final = re.compile(
    r"(GET|POST|PUT|PATCH|DELETE|MERGE|HEAD|OPTIONS)[ \t]+(\S.*)"
)
_VERSION: Final = re.compile(r"HTTP/[0-9.]+")
_STATUS: Final = re.compile(r"HTTP/[0-9.]+[ \t]+([1-5][0-9][0-9])\b.*", re.IGNORECASE)
_MEDIA_TYPE: Final = re.compile(r"content-type[ \t]*:[ \t]*([^;\s]*)", re.IGNORECASE)


class Fence(NamedTuple):
    """A fenced block: its language, its lines, and on which line and column of the file
    each begins."""

    file: str
    language: str
    lines: Sequence[str]
    starts: Sequence[tuple[int, int]]

    def place(self, line: int, column: int = 0) -> Place:
        """Give the place of a column (from 0) of a line of the block (from 0)."""
        number, start = self.starts[line]
        return Place(self.file, number, start + column)


def read_example(
    fence: Fence,
    section: tuple[str, ...],
    block: JsonObject | None,
    diagnostics: Diagnostics,
) -> Example | None:
    """Read a fenced block; give None where it is neither HTTP nor JSON.

    Reports a body of JSON that is not valid, unless the comment before the block tells
    readers to ignore it.
    """
    if not any(line.strip() for line in fence.lines):
        return None
    start = fence.place(0)
    is_ignored = block is not None and block.text("blockType") == "ignored"
    if fence.language == "json":
        body = None if is_ignored else _body(fence, 0, diagnostics)
        return Example(section, start, block, body=body)
    if fence.language != "http":
        return None
    requests = tuple(_requests(fence))
    status = _STATUS.fullmatch(fence.lines[0].strip())
    at = _body_start(fence)
    has_body = at is not None and not is_ignored and _is_json(fence, at)
    return Example(
        section,
        start,
        block,
        requests=requests,
        status=status[1] if status else "",
        body=_body(fence, at, diagnostics) if has_body and at is not None else None,
    )


def _requests(fence: Fence) -> Iterator[Request]:
    """Give the request lines at the head of a block: those of a list may be apart."""
    first = _REQUEST.fullmatch(fence.lines[0].strip())
    if first is None:
        return
    for number, line in enumerate(fence.lines):
        found = _REQUEST.fullmatch(line.strip())
        if found:
            column = line.index(found[1])
            yield Request(found[1], _target(found[2]), fence.place(number, column))
        elif line.strip():
            return


def _target(text: str) -> str:
    """Give what a request line asks for, without the version behind it."""
    target, _, version = text.rpartition(" ")
    return target.rstrip() if target and _VERSION.fullmatch(version) else text


def _body_start(fence: Fence) -> int | None:
    """Give the line on which the body begins: after an empty one, unless request lines
    go on there."""
    for number, line in enumerate(fence.lines):
        if not line.strip():
            for after in range(number + 1, len(fence.lines)):
                text = fence.lines[after].strip()
                if text:
                    return None if _REQUEST.fullmatch(text) else after
            return None
    return None


def _is_json(fence: Fence, start: int) -> bool:
    for line in fence.lines[:start]:
        found = _MEDIA_TYPE.match(line.strip())
        if found and found[1]:
            return found[1].lower().endswith(("/json", "+json"))
    return fence.lines[start].lstrip().startswith(("{", "["))


def _body(fence: Fence, start: int, diagnostics: Diagnostics) -> JsonNode | None:
    text = "\n".join(fence.lines[start:])
    locate = places(fence.file, fence.starts[start:], text)
    try:
        node = parse_json(text, locate)
    except JsonFault as fault:
        message = f"the example is not valid JSON: {fault}"
        diagnostics.error("page-example-json", message, fault.place)
        return None
    report_duplicates(node, diagnostics)
    return node


def report_duplicates(node: JsonNode, diagnostics: Diagnostics) -> None:
    """Report every name that an object holds twice: readers of JSON differ in which one
    they take (RFC 8259 section 4)."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case JsonArray(items):
                waiting += reversed(items)
            case JsonObject(members):
                seen: set[str] = set()
                for key, value in members:
                    if key.text in seen:
                        message = f"{key.text!r} is given twice"
                        diagnostics.error("page-example-duplicate", message, key.place)
                    seen.add(key.text)
                    waiting.append(value)
