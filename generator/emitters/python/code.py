"""Text that may stand in Python source, and the only ways to make it from the text of a
spec.

A spec is untrusted: what it says may reach a generated module only as an identifier, a
literal or a docstring. The template environment refuses every value that is not `Code`,
so text that nobody escaped cannot slip through.
"""

from __future__ import annotations

import keyword
import re
from functools import lru_cache

from generator.hidden import HIDDEN, without_hidden

LINE_LENGTH = 88


class Code(str):
    """Python source: what the functions of this package made, or a constant of ours."""

    __slots__ = ()


def identifier(text: str) -> Code:
    """Give a name as code; ValueError for what is no name, which would be a fault of
    our own.
    """
    if not text.isidentifier() or keyword.iskeyword(text):
        raise ValueError(f"not a Python name: {text!r}")
    return Code(text)


def literal(text: str) -> Code:
    """Give a string literal in the quotes that black would choose, with ASCII escapes
    for what hides.
    """
    body = text.replace("\\", "\\\\")
    if HIDDEN.search(body):
        body = HIDDEN.sub(lambda match: _escape(match.group()), body)
    quote = "'" if body.count('"') > body.count("'") else '"'
    return Code(quote + body.replace(quote, "\\" + quote) + quote)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a spec's text, each on one line, without what hides."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned = (without_hidden(block) for block in blocks)
    return [line for block in cleaned if (line := " ".join(block.split()))]


@lru_cache(maxsize=4096)  # twins say the same
def docstring(text: str, indent: int, facts: tuple[str, ...] = ()) -> Code:
    """Give a docstring of wrapped paragraphs, as it stands at `indent` columns.

    `facts` are short lines of ours or names of the spec that follow the text, each a
    line of its own. No text and no facts: "".
    """
    quoted = [_quote(part) for part in paragraphs(text)]
    width = LINE_LENGTH - indent
    lines: list[str] = []
    for part in quoted:
        if lines:
            lines.append("")
        lines.extend(wrap(part, width if lines else width - 3, width))
    cleaned = (" ".join(without_hidden(fact).split()) for fact in facts)
    last = [_quote(fact) for fact in cleaned if fact]
    if last and lines:
        lines.append("")
    lines.extend(last)
    if not lines:
        return Code("")
    if len(lines) == 1 and len(lines[0]) + 6 > width:
        lines = wrap(lines[0], width - 6, width)
    if len(lines) == 1:
        # black parts a closing quote from the three that follow
        return Code(f'"""{lines[0]}{" " * lines[0].endswith(chr(34))}"""')
    pad = "\n" + " " * indent
    body = pad.join(lines).replace(pad + "\n", "\n\n")
    body = re.sub(r"\n +\n", "\n\n", body)
    return Code(f'"""{body}{pad}"""')


def _quote(line: str) -> str:
    line = line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return "\\" + line if line.startswith('"') else line


def wrap(text: str, first: int, width: int) -> list[str]:
    """Break a line at spaces so that the first piece has `first` columns at most, the
    others `width`.

    A word that is longer stands alone.
    """
    lines: list[str] = []
    line, room = "", first
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, width
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines
