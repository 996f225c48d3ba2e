"""Text of a spec as Markdown in which nothing of it takes effect, once for every output.

The pages of the documentation and the list of changes are read by many programs that
agree on little beyond CommonMark. What has a meaning to any of them is written as a
backslash escape where all know it, and as a character reference elsewhere:
Python-Markdown does not escape what is no punctuation to it, and a backslash before the
border of a table's cell would escape that border.
"""

import re
from typing import Final

_ESCAPES: Final = {
    **{character: f"\\{character}" for character in "*_[]{}#"},
    **{"<": "&lt;", ">": "&gt;", "&": "&amp;"},
}

# Behind what has a meaning anywhere: tags of templates, ":name:", which some readers
# make a picture of, addresses, of which some make links, and "$x$", which some read as
# mathematics; its second "$" stands behind something.
_MARKUP: Final = re.compile(
    r"[\\`*_{}\[\]#<>&|~]"
    r"|(?<=\{)%|%(?=\})"
    r"|:(?=//|[\w+-]+:)"
    r"|(?<=\w)@(?=\w)|(?i:(?<=\bwww))\."
    r"|(?<=\S)\$|\$(?![A-Za-z])"
)


def escaped(text: str) -> str:
    """Give a text on one line, or a part of one, that reads as it is written.

    What opens something at the start of a paragraph only ("- ", "1. ") is left.
    """
    return _MARKUP.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"&#{ord(character)};"


def code_span(text: str) -> str:
    """Give a text on one line that is not empty as code (CommonMark 0.31 section
    6.1)."""
    ticks = "`" * (longest_run(text) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def longest_run(text: str) -> int:
    """Give the length of the longest run of backticks."""
    return max(map(len, re.findall("`+", text)), default=0)
