"""What the JSONPath expressions of overlays match (RFC 9535), found in bounded time.

An expression of twenty characters can ask everything about everything: `$..*..*..*`, or
a filter that goes through the whole document for each part of it. So what is looked at
is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from jsonpath import JSONPathEnvironment, JSONPathMatch
from jsonpath.exceptions import JSONPathError
from jsonpath.function_extensions import ExpressionType, FilterFunction
from jsonpath.parse import Parser
from jsonpath.segments import (
    JSONPathChildSegment,
    JSONPathRecursiveDescentSegment,
    JSONPathSegment,
)
from jsonpath.selectors import IndexSelector, NameSelector

from generator.readers.documents.faults import MAX_DEPTH
from generator.runtime.patterns import found

MAX_STEPS: Final = 1_000_000
"""How many values all expressions of the overlays of a document may look at, where it
has no more bytes than that; a search of GitHub's whole description for something looks
at half as many."""

MAX_LENGTH: Final = 1_000
"""How many characters an expression may have."""


class _Environment(JSONPathEnvironment):
    """What the expressions of one document's overlays share: how many values they may
    still look at."""

    # documents are not nested deeper, but overlays may add to that
    max_recursion_depth = 2 * MAX_DEPTH

    def __init__(self, room: int) -> None:
        self.most = self.room = room
        self.parser_class = _Parser
        super().__init__(strict=True)

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        self.function_extensions["match"] = _Regex("\\A(?:{})\\Z")
        self.function_extensions["search"] = _Regex("{}")


class _Parser(Parser):
    """Makes segments that count, of the expression and of the queries in its filters."""

    def parse_query(self, stream: Any) -> Iterable[JSONPathSegment]:
        for segment in super().parse_query(stream):
            is_child = isinstance(segment, JSONPathChildSegment)
            yield (_Children if is_child else _Descendants)(
                env=segment.env, token=segment.token, selectors=segment.selectors
            )


class _Counting(JSONPathSegment):
    """A segment that counts what it looks at, and keeps no match alive."""

    def _select(self, node: JSONPathMatch) -> Iterable[JSONPathMatch]:
        obj = node.obj
        if not isinstance(obj, dict | list):
            return  # for the library a text has items
        for selector in self.selectors:
            looks_at_one = isinstance(selector, NameSelector | IndexSelector)
            self._take(1 if looks_at_one else len(obj))
            yield from selector.resolve(node)
        node.children.clear()

    def _take(self, count: int) -> None:
        env = cast(_Environment, self.env)
        env.room -= max(count, 1)
        if env.room < 0:
            message = f"the expressions look at more than {env.most:,} values"
            raise JSONPathError(message, token=self.token)


class _Children(_Counting, JSONPathChildSegment):
    def resolve(self, nodes: Iterable[JSONPathMatch]) -> Iterable[JSONPathMatch]:
        for node in nodes:
            yield from self._select(node)


class _Descendants(_Counting, JSONPathRecursiveDescentSegment):
    def resolve(self, nodes: Iterable[JSONPathMatch]) -> Iterable[JSONPathMatch]:
        for node in nodes:
            for each in self._visit(node):
                yield from self._select(each)


class _Regex(FilterFunction):
    """The functions match and search (RFC 9535 section 2.4.6), in bounded time."""

    arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]
    return_type = ExpressionType.LOGICAL

    def __init__(self, form: str) -> None:
        self._form = form

    def __call__(self, value: object, pattern: object) -> bool:
        if not isinstance(value, str) or not isinstance(pattern, str):
            return False
        is_there = found(self._form.format(pattern), value)
        if is_there is None:
            message = f"the regular expression {pattern!r:.100} cannot be used"
            raise JSONPathError(message, token=None)
        return is_there


class Expressions:
    """The expressions of the overlays of a document, which together look at no more than
    so much."""

    def __init__(self, size: int) -> None:
        """`size` is that of the document in bytes."""
        self._environment = _Environment(max(size, MAX_STEPS))

    def find(self, expression: str, value: Any) -> list[tuple[str | int, ...]]:
        """Give the ways to what an expression matches, each once.

        Raises ValueError, which says why, for one that cannot be read or asks too much.
        """
        if len(expression) > MAX_LENGTH:
            raise ValueError(f"it has more than {MAX_LENGTH:,} characters")
        try:
            matches = self._environment.finditer(expression, value)
            return list(dict.fromkeys(tuple(match.parts) for match in matches))
        except (RecursionError, OverflowError):
            raise ValueError(
                "it is nested too deeply, or has too large a number"
            ) from None
        except JSONPathError as error:
            raise ValueError(str(error).partition("\n")[0]) from None
