"""What to search for: `Search("blue") & ~Search("dark green")`.

Loaded when it is first named; see OData URL Conventions 4.01, section 5.1.8.
"""

from __future__ import annotations

import re

_OR, _AND, _NOT, _TERM = range(4)
"""How firmly the parts of a search hold together, loosest first."""

_WORD = re.compile(r"[^\s\"()';][^\s\"();]*")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


class Search:
    """Words or phrases to search for; `str()` gives it as $search takes it.

    A text of letters and digits is a word, any other a phrase in double quotes, which
    must occur as it is. `quoted` decides otherwise: True makes a phrase of a word, as
    some services demand, False a word of what could be one. Combine with `&`, `|`, `~`.

    Raises ValueError for an empty text, and for one that cannot be a word but must.
    """

    __slots__ = ("_strength", "_text")

    def __init__(self, text: str, *, quoted: bool | None = None) -> None:
        if not text:
            raise ValueError("there is nothing to search for in an empty text")
        is_word = bool(_WORD.fullmatch(text)) and text not in _OPERATORS
        if quoted is False and not is_word:
            raise ValueError(f"{text!r} is no word to search for, but a phrase")
        if quoted is None:
            quoted = not (is_word and text.isalnum())
        self._text = _phrase(text) if quoted else text
        self._strength = _TERM

    def __and__(self, other: Search) -> Search:
        return _made(f"{self._within(_AND)} AND {other._within(_AND)}", _AND)

    def __or__(self, other: Search) -> Search:
        return _made(f"{self._text} OR {other._text}", _OR)

    def __invert__(self) -> Search:
        return _made(f"NOT {self._within(_TERM)}", _NOT)

    def _within(self, strength: int) -> str:
        return self._text if self._strength >= strength else f"({self._text})"

    def __bool__(self) -> bool:
        raise TypeError(
            "a search is neither true nor false: combine searches with & | ~ instead"
            " of and, or, not"
        )

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Search({self._text!r})"


def _made(text: str, strength: int) -> Search:
    search = object.__new__(Search)
    search._text = text  # pyright: ignore[reportPrivateUsage]
    search._strength = strength  # pyright: ignore[reportPrivateUsage]
    return search


def _phrase(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
