"""Regular expressions out of a specification, held against texts in bounded time.

Loaded by `validation` when there is a pattern to check. Whoever wrote the pattern may
not mean well, and Python's `re`, which tries one way after another, can take for ever:
`^(a+)+$` doubles its time with each letter. So the tries are counted first. Where they
are few, as nearly always, `re` does the work; else all ways are followed at once, a
character at a time, for as many steps as are worth it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from .pattern_nodes import Edge, Either, Look, Node, One, Repeat, Sequence, Unread, read

_MOST_TRIES: Final = 5_000_000
"""So many tries `re` may need, about a tenth of a second."""

_MOST_STEPS: Final = 100_000
"""So many steps are taken here, about as long."""


def found(pattern: str, text: str) -> bool | None:
    """Whether something in a text matches a pattern; None where that cannot be told.

    That is so of what Python cannot read, of references back, look-behinds and flags,
    whose cost is not known before, and of what needs too many steps.
    """
    known = _known(pattern)
    if known is None:
        return None
    compiled, parsed = known
    starts = 1 if _is_anchored(parsed) else len(text) + 1
    if starts * _tries(parsed, len(text)).all <= _MOST_TRIES:
        return compiled.search(text) is not None
    try:
        return _Search(text).anywhere(parsed)
    except _TooLong:
        return None


@lru_cache(maxsize=512)
def _known(pattern: str) -> tuple[re.Pattern[str], Node] | None:
    try:
        return re.compile(pattern), read(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning, Unread):
        return None


def _is_anchored(node: Node) -> bool:
    first = node.parts[0] if isinstance(node, Sequence) and node.parts else node
    return isinstance(first, Edge) and first.start


class _Tries(NamedTuple):
    """In how many ways something matches the start of a text, at most, and how many
    tries it takes to find all of them."""

    ways: int
    all: int


def _tries(node: Node, length: int) -> _Tries:
    """Count what `re` may have to try of a node in a text of some length."""
    match node:
        case Sequence():
            ways, every = 1, 1
            for part in node.parts:
                found = _tries(part, length)
                every = min(every + ways * found.all, _MOST_TRIES + 1)
                ways = min(ways * found.ways, _MOST_TRIES + 1)
            return _Tries(ways, every)
        case Either():
            options = [_tries(each, length) for each in node.options]
            return _Tries(
                sum([each.ways for each in options]),
                sum([each.all for each in options]),
            )
        case Look():
            return _tries(node.part, length)
        case Repeat():
            return _tries_of_repeat(node, length)
        case One() | Edge():
            return _Tries(1, 1)


def _tries_of_repeat(node: Repeat, length: int) -> _Tries:
    one = _tries(node.part, length)
    times = max(node.least, length if node.most is None else min(node.most, length))
    # beyond this many the product is too large whatever it is
    each = one.ways ** min(times, _MOST_TRIES.bit_length())
    choices = (times - node.least + 1) * each
    return _Tries(
        min(choices, _MOST_TRIES + 1),
        min(choices + one.all * times * each, _MOST_TRIES + 1),
    )


class _TooLong(Exception):
    """The search takes more steps than it is worth."""


class _Then(NamedTuple):
    """What has to match next, and what after it; None where nothing has to."""

    node: Node
    rest: _Then | None


_Next: TypeAlias = "_Then | None"


class _Search:
    """Follows all ways through a pattern at once. Each is what is still to be matched;
    what is equal is one and the same object, so that ways that meet become one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._steps = 0
        self._known: dict[tuple[int, int], _Then] = {}
        self._repeats: dict[tuple[int, int, int | None], Repeat] = {}
        self._are: dict[tuple[int, str], bool] = {}

    def anywhere(self, node: Node) -> bool:
        """Whether something matches, wherever it begins. Raises _TooLong."""
        return self._run(self._then(node, None), 0, anywhere=True)

    def _run(self, first: _Then, start: int, *, anywhere: bool) -> bool:
        current: dict[int, _Then] = {id(first): first}
        for at in range(start, len(self._text) + 1):
            if anywhere:
                current[id(first)] = first
            if not current:
                break
            following: dict[int, _Then] = {}
            seen: set[int] = set()
            waiting = list(current.values())
            while waiting:
                then = waiting.pop()
                if id(then) in seen:
                    continue
                seen.add(id(then))
                self._count()
                if isinstance(then.node, One):
                    if not self._is(then.node, at):
                        continue
                    if then.rest is None:
                        return True
                    following[id(then.rest)] = then.rest
                    continue
                for each in self._without_reading(then, at):
                    if each is None:
                        return True
                    waiting.append(each)
            current = following
        return False

    def _without_reading(self, then: _Then, at: int) -> list[_Next]:
        """Give where one may go from here without reading a character."""
        node, rest = then
        match node:
            case Sequence():
                following: _Next = rest
                for part in reversed(node.parts):
                    following = self._then(part, following)
                return [following]
            case Either():
                return [self._then(each, rest) for each in node.options]
            case Look():
                first = self._then(node.part, None)
                found = self._run(first, at, anywhere=False)
                return [rest] if found is node.wanted else []
            case Edge():
                return [rest] if node.regex.match(self._text, at) else []
            case Repeat():
                return self._again(node, rest)
            case One():
                return []

    def _again(self, node: Repeat, rest: _Next) -> list[_Next]:
        """Leave a repetition, if it may end, or begin it once more."""
        found: list[_Next] = [] if node.least else [rest]
        if node.most != 0:
            least = max(node.least - 1, 0)
            most = None if node.most is None else node.most - 1
            key = id(node.part), least, most
            left = self._repeats.setdefault(key, Repeat(node.part, least, most))
            found.append(self._then(node.part, self._then(left, rest)))
        return found

    def _then(self, node: Node, rest: _Next) -> _Then:
        key = id(node), id(rest)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _Then(node, rest)
        return found

    def _is(self, node: One, at: int) -> bool:
        character = self._text[at : at + 1]
        key = id(node), character
        if key not in self._are:
            self._are[key] = bool(character and node.regex.match(character))
        return self._are[key]

    def _count(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooLong
