"""Hints for messages about names that do not exist: did you mean another one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import Final

_MOST: Final = 3
_ALIKE: Final = 0.75


class Suggestions:
    """The names that exist, looked up by spelling without case and by their last part.

    Built when the first hint is asked for: most inputs need none.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return {name.lower(): name for name in self._names}

    @cached_property
    def _by_last_part(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._names:
            found[_last_part(name)].append(name)
        return found

    def hint(self, name: str) -> str:
        """Give "; did you mean 'x'?" for a name, or nothing if none is like it."""
        same = self._by_spelling.get(name.lower())
        others = [same] if same else self._by_last_part.get(_last_part(name), [])
        return _question(others[:_MOST])

    def close(self, name: str) -> str:
        """Give a hint as `hint` does, or to names spelt alike.

        This takes milliseconds: it is meant for what a user has typed.
        """
        hint = self.hint(name)
        if hint:
            return hint
        alike = get_close_matches(_last_part(name), self._by_last_part, _MOST, _ALIKE)
        others = [other for last in alike for other in self._by_last_part[last]]
        return _question(others[:_MOST])


def _question(others: list[str]) -> str:
    return f"; did you mean {' or '.join(map(repr, others))}?" if others else ""


def _last_part(name: str) -> str:
    head, _, _ = name.partition("(")
    return head.rpartition(".")[2].lower()
