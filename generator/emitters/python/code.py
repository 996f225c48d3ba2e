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

LINE_LENGTH = 88

# What must not stand in source even inside a string, because people would read
# something else than the interpreter does: control characters, bidirectional controls,
# surrogates, all that is invisible (Unicode's Default_Ignorable_Code_Point) and every
# space but the one that it seems to be.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


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
    if _HIDDEN.search(body):
        body = _HIDDEN.sub(lambda match: _escape(match.group()), body)
    quote = "'" if body.count('"') > body.count("'") else '"'
    return Code(quote + body.replace(quote, "\\" + quote) + quote)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def without_hidden(text: str) -> str:
    """Give a text with a space for each character that hides."""
    return _HIDDEN.sub(" ", text)


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
