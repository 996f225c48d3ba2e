"""Plain values as YAML text: the counterpart of the reader of documents.

The text is YAML 1.2 in block style, and means the same to a reader of YAML 1.1: what
either takes for anything else than a text is in quotes ("NO", "2020-01-01", "1e3",
"12:30"). Lines of text are literal blocks. The same value gives the same text, and
members keep their order.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from generator.hidden import HIDDEN

_WORDS: Final = frozenset("y n yes no on off true false null ~ << =".split())
_NUMBER: Final = re.compile(
    r"""[-+]?[0-9][0-9_]*(:[0-9_]+)*(\.[0-9_]*)?([eE][-+]?[0-9]+)?
    | [-+]?\.[0-9_]+([eE][-+]?[0-9]+)?
    | [-+]?0[xX][0-9a-fA-F_]+
    | [-+]?0[oObB][0-7_]+
    | [-+]?\.(inf|nan)
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*""",
    re.VERBOSE | re.IGNORECASE,
)
# What YAML forbids or breaks lines at is among what hides.
_SPECIAL: Final = HIDDEN.pattern[1:-1] + "\ufffe\uffff"
_PLAIN: Final = re.compile(
    # no indicator at the start, no ": " and " #" inside, no ":" or space at the end
    rf"[^\s{_SPECIAL}\-?:,\[\]{{}}#&*!|>'\"%@`]"
    rf"(?:[^\s{_SPECIAL}:#]++|:(?=\S)|(?<=\S)\#|\x20(?=[^\s\#]))*+",
)
_QUOTABLE: Final = re.compile(rf"[^{_SPECIAL}]*+")
_LITERAL: Final = re.compile(
    # no line is nothing but spaces
    rf"\n*+(?:\x20*+[^\x20{_SPECIAL}][^{_SPECIAL}]*+(?:\n++|\Z))++"
)
_TO_ESCAPE: Final = re.compile(f"[{_SPECIAL}]")
_LONGEST_KEY: Final = 200
"""Longer keys are marked as such; YAML bounds the others to 1024 characters."""


def yaml_text(value: Any) -> str:
    """Give the YAML text of dicts, lists, texts, numbers, truth values and None.

    Raises ValueError for a number that is not finite, TypeError for any other kind of
    value or of key.
    """
    writer = _Writer()
    if isinstance(value, dict | list) and value:
        writer.block(value, "", "")
    else:
        text = _double_quoted(value) if isinstance(value, str) else _scalar(value)
        writer.out += (text, "\n")
    return "".join(writer.out)


class _Writer:
    """The pieces of the text so far, and what was found of short texts."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._known: dict[str, str] = {}

    def block(self, value: Any, indent: str, first: str) -> None:
        """Write the members or items of something that has some, one a line; the first
        line begins with `first`, the others are indented."""
        out = self.out
        if isinstance(value, dict):
            for key, child in value.items():
                if not isinstance(key, str):
                    raise TypeError(f"a key must be a text, not {key!r}")
                if len(key) > _LONGEST_KEY:
                    out += (first, "? ", _double_quoted(key), "\n", indent, ":")
                else:
                    out += (first, self._short(key), ":")
                first = indent
                self._after(child, indent, isinstance(child, list))
        else:
            for child in value:
                out += (first, "-")
                first = indent
                if isinstance(child, dict | list) and child:
                    out.append(" ")
                    self.block(child, f"{indent}  ", "")
                else:
                    self._after(child, indent, False)

    def _after(self, value: Any, indent: str, is_list: bool) -> None:
        """Write what follows a key or a dash; the items of a list stand below the
        key."""
        if isinstance(value, dict | list) and value:
            inner = indent if is_list else f"{indent}  "
            self.out.append("\n")
            self.block(value, inner, inner)
        elif isinstance(value, str):
            if "\n" in value and _LITERAL.fullmatch(value):
                self.out += (" ", _literal(value, f"{indent}  "))
            else:
                self.out += (" ", self._short(value), "\n")
        else:
            self.out += (" ", _scalar(value), "\n")

    def _short(self, text: str) -> str:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = short_text(text)
        return known


def short_text(text: str) -> str:
    """Give a text on one line, as a value or the key of one, in quotes where it needs
    them."""
    if (
        _PLAIN.fullmatch(text)
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
    ):
        return text
    if _QUOTABLE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return _double_quoted(text)


def _double_quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _TO_ESCAPE.sub(_escape, quoted)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _literal(text: str, indent: str) -> str:
    """Give a literal block (YAML 1.2 section 8.1.2), each line of it indented."""
    content = text.rstrip("\n")
    ends = len(text) - len(content)
    sign = "2" if text[0] in " \n" else ""
    sign += ("-", "", "+")[min(ends, 2)]
    lines = [f"{indent}{line}" if line else "" for line in content.split("\n")]
    return "\n".join([f"|{sign}", *lines, *[""] * max(ends, 1)])


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() if math.isfinite(value):
            # YAML 1.1 asks for a point before an exponent
            return re.sub(r"^(-?[0-9]+)e", r"\1.0e", repr(value))
        case float():
            raise ValueError(f"{value} is no number that JSON has")
        case dict():
            return "{}"
        case list():
            return "[]"
    raise TypeError(f"there is no YAML for {type(value).__name__}")
