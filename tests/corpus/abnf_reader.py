"""Reads $filter, $orderby, $search and paths, and says them again with our builders.

A reader of the texts that OASIS's ABNF accepts, for `test_abnf`. Every part is made as
a user would make it: by paths, operators, methods, functions and Python values. What
has no such form raises `Inexpressible`. Texts are percent-decoded already.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from types import FunctionType
from typing import Any

from generator.runtime import values
from generator.runtime.codecs import BINARY, DURATION
from generator.runtime.expressions import Expression
from generator.runtime.model import Model
from generator.runtime.query import Path
from generator.runtime.search import Search


class Inexpressible(Exception):
    """What the text says cannot be said with our builders."""


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<string>'(?:[^']|'')*')
    |(?P<typed>(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*'(?:[^']|'')*')
    |(?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})
    |(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))
    |(?P<date>\d{4}-\d\d-\d\d)
    |(?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)
    |(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<name>[$@]?[^\W\d][\w.]*(?:\#\w+)?)
    |(?P<sign>[-/(),:;*=\[\]{}"+?])
    )""",
    re.VERBOSE,
)

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "in": lambda left, right: left.in_(right),
    "has": lambda left, right: left.has(right),
}
_SUMS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
}
_PRODUCTS: dict[str, Callable[[Any, Any], Any]] = {
    "mul": operator.mul,
    "mod": operator.mod,
    "div": lambda left, right: left.div(right),
    "divby": lambda left, right: left.divby(right),
}
_METHODS = {
    "concat": "concat",
    "contains": "contains",
    "endswith": "endswith",
    "startswith": "startswith",
    "matchesPattern": "matches_pattern",
    "indexof": "index_of",
    "length": "length",
    "substring": "substring",
    "tolower": "to_lower",
    "toupper": "to_upper",
    "trim": "trim",
    "hassubset": "has_subset",
    "hassubsequence": "has_subsequence",
    "year": "year",
    "month": "month",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
    "fractionalseconds": "fractional_seconds",
    "date": "date",
    "time": "time",
    "totaloffsetminutes": "total_offset_minutes",
    "totalseconds": "total_seconds",
    "round": "round",
    "floor": "floor",
    "ceiling": "ceiling",
}
_CLOCK = {
    "now": values.now,
    "mindatetime": values.min_datetime,
    "maxdatetime": values.max_datetime,
}
_TYPES: dict[str, type] = {
    "Edm.String": str,
    "Edm.Int64": int,
    "Edm.Boolean": bool,
    "Edm.Double": float,
    "Edm.Decimal": Decimal,
}
_WORDS = {"true": True, "false": False, "null": None}


def model(name: str) -> type[Model]:
    """Give a class for a type that the texts name."""
    return type(name.rpartition(".")[2], (Model,), {"_type_name": name})


def literal_value(kind: str, text: str) -> Any:
    """Give the Python value of a literal."""
    if kind == "string":
        return text[1:-1].replace("''", "'")
    if kind == "guid":
        return uuid.UUID(text)
    if kind == "moment":
        return dt.datetime.fromisoformat(text)
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind == "time":
        return dt.time.fromisoformat(text)
    if kind == "name" and text in _WORDS:
        return _WORDS[text]
    if kind in ("name", "sign"):
        raise Inexpressible(f"{text!r} is no literal")
    if kind == "number":
        return int(text) if re.fullmatch(r"[+-]?\d+", text) else Decimal(text)
    prefix, _, quoted = text.partition("'")
    if prefix == "duration":
        return DURATION.load(quoted[:-1])
    if prefix == "binary":
        return BINARY.load(quoted[:-1])
    if prefix in ("geography", "geometry"):
        raise Inexpressible("geography")
    return quoted[:-1]  # an enumeration, which is written without its type's name


class Reader:
    """Reads one text; `types` are the names of structured types without namespace."""

    enumerations = frozenset({"Sales.Pattern"})

    def __init__(self, text: str, types: frozenset[str]) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.types = types
        self.at = 0
        self.scope: dict[str, Any] = {}
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None:
                raise Inexpressible(f"{text[place:]!r} is not read")
            kind = found.lastgroup or ""
            self.tokens.append((kind, found[kind]))
            place = found.end()

    def peek(self, ahead: int = 0) -> str:
        here = self.at + ahead
        return self.tokens[here][1] if here < len(self.tokens) else ""

    def next(self) -> tuple[str, str]:
        if self.at == len(self.tokens):
            raise Inexpressible("the text ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def takes(self, text: str) -> bool:
        if self.peek() == text:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.takes(text):
            raise Inexpressible(f"{self.peek()!r} instead of {text!r}")

    def whole(self, read: Callable[[], Any]) -> Any:
        """Read all of the text."""
        made = read()
        if self.at < len(self.tokens):
            raise Inexpressible(f"{self.peek()!r} is left over")
        return made

    def expression(self) -> Any:
        """Read an expression: a Python value or an Expression."""
        made = self.conjunction()
        while self.takes("or"):
            made = wrapped(made) | wrapped(self.conjunction())
        return made

    def conjunction(self) -> Any:
        made = self.comparison()
        while self.takes("and"):
            made = wrapped(made) & wrapped(self.comparison())
        return made

    def comparison(self) -> Any:
        made = self.sum()
        while self.peek() in _COMPARISONS:
            word = self.next()[1]
            several = word == "in" and self.peek() == "("
            right = self.several() if several else self.sum()
            made = _COMPARISONS[word](wrapped(made), right)
        return made

    def several(self) -> list[Any]:
        self.expect("(")
        found: list[Any] = []
        while not self.takes(")"):
            found.append(self.sum())
            if self.peek() != ")":
                self.expect(",")
        return found

    def sum(self) -> Any:
        made = self.product()
        while self.peek() in _SUMS:
            made = _SUMS[self.next()[1]](wrapped(made), self.product())
        return made

    def product(self) -> Any:
        made = self.unary()
        while self.peek() in _PRODUCTS:
            made = _PRODUCTS[self.next()[1]](wrapped(made), self.unary())
        return made

    def unary(self) -> Any:
        if self.takes("not"):
            return ~wrapped(self.unary())
        if self.takes("-"):
            return -wrapped(self.unary())
        return self.primary()

    def primary(self) -> Any:
        if self.takes("("):
            made = self.expression()
            self.expect(")")
            return made
        if self.peek() in ("[", "{"):
            raise Inexpressible("JSON in a condition")
        kind, text = self.next()
        if kind == "name" and text in _WORDS:
            return _WORDS[text]
        if kind == "name" and self.peek() == "(":
            return self.call(text)
        if kind == "name":
            return self.path(text)
        if kind == "sign":
            raise Inexpressible(f"{text!r} begins no expression")
        return literal_value(kind, text)

    def call(self, name: str) -> Any:
        if name in _CLOCK:
            self.expect("(")
            self.expect(")")
            return _CLOCK[name]()
        if name in ("cast", "isof"):
            return self.type_function(name)
        if name not in _METHODS:
            raise Inexpressible(f"{name} is a function of the service")
        self.expect("(")
        receiver = self.expression()
        arguments: list[Any] = []
        while self.takes(","):
            arguments.append(self.array() if self.peek() == "[" else self.expression())
        self.expect(")")
        return getattr(wrapped(receiver), _METHODS[name])(*arguments)

    def array(self) -> list[str]:
        self.expect("[")
        found: list[str] = []
        while not self.takes("]"):
            self.expect('"')
            found.append(self.next()[1])
            self.expect('"')
            if self.peek() != "]":
                self.expect(",")
        return found

    def type_function(self, name: str) -> Any:
        self.expect("(")
        first = self.next()[1]
        if self.takes(")"):
            if name == "cast":
                raise Inexpressible("a cast of the object itself is a path")
            return values.is_of(self.kind(first))
        self.at -= 1
        receiver = wrapped(self.expression())
        self.expect(",")
        named = self.next()[1]
        self.expect(")")
        kind = self.kind(named)
        return receiver.cast(kind) if name == "cast" else receiver.is_of(kind)

    def kind(self, name: str) -> type:
        """Give the Python type or the class that a type's name stands for."""
        if "." not in name:
            raise Inexpressible(f"{name} has no namespace")
        if name not in _TYPES and name.startswith("Edm."):
            raise Inexpressible(f"{name} has no Python type")
        if name in self.enumerations:
            raise Inexpressible(f"{name} is an enumeration, whose name we do not write")
        return _TYPES.get(name) or model(name)

    def path(self, name: str) -> Any:
        """Read a path whose first segment is read already."""
        if name in ("$it", "$this"):
            made: Any = values.it(object) if name == "$it" else values.this(object)
        elif name in self.scope:
            made = self.scope[name]
        elif "." in name and name[0] not in "@$":
            made = Path.of(model(name))
        else:
            made = self.property(name)
        while self.takes("/"):
            made = self.step(made)
        return made

    def property(self, name: str) -> Path[Any]:
        if name[0] in "$@":
            raise Inexpressible(f"{name} is no property")
        if name in self.types:
            raise Inexpressible(f"{name} has no namespace")
        return Path(name)

    def step(self, made: Any) -> Any:
        if self.takes("*"):
            return made / Path[Any]("*")
        name = self.next()[1]
        if name in ("any", "all"):
            return self.quantified(made, name)
        if name == "$ref":
            return made.ref()
        if name == "$count":
            return self.counted(made)
        if self.peek() == "(":
            raise Inexpressible(f"{name} is a function of the service")
        if "." in name and name[0] not in "@$":
            return made.cast(model(name))
        return made / self.property(name)

    def counted(self, made: Any) -> Any:
        options: dict[str, Any] = {}
        if self.takes("("):
            self.expect("$filter")
            self.expect("=")
            options["filter"] = self.expression()
            self.expect(")")
        return made.count(**options)

    def quantified(self, made: Any, word: str) -> Any:
        self.expect("(")
        if word == "any" and self.takes(")"):
            return made.any()
        variable = self.next()[1]
        self.expect(":")
        start = self.at

        def condition(item: Any) -> Any:
            self.at = start
            self.scope[variable] = item
            return wrapped(self.expression())

        named = getattr(made, word)(_with_parameter(condition, variable))
        self.expect(")")
        return named


def _with_parameter(condition: Any, name: str) -> Any:
    """Give a function whose parameter is called so: `lambda` is no name in Python."""
    code = condition.__code__
    code = code.replace(co_varnames=(name, *code.co_varnames[1:]))
    return FunctionType(code, condition.__globals__, name, None, condition.__closure__)


def wrapped(made: Any) -> Any:
    """Give a value as an expression, where something is done with it."""
    return made if isinstance(made, Expression) else values.constant(made)


class SearchReader:
    """Reads what $search holds."""

    _TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)+)"|([()])|([^\s"();]+))')

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            found = self._TOKEN.match(text, place)
            if found is None:
                raise Inexpressible(f"{text[place:]!r} is not read")
            phrase, sign, word = found.groups()
            kind = "phrase" if phrase else "sign" if sign else "word"
            self.tokens.append((kind, phrase or sign or word))
            place = found.end()

    def whole(self) -> Search:
        made = self.either()
        if self.tokens:
            raise Inexpressible(f"{self.tokens[0]} is left over")
        return made

    def _takes(self, word: str) -> bool:
        if self.tokens and self.tokens[0][1] == word and self.tokens[0][0] != "phrase":
            del self.tokens[0]
            return True
        return False

    def either(self) -> Search:
        made = self.both()
        while self._takes("OR"):
            made = made | self.both()
        return made

    def both(self) -> Search:
        made = self.term()
        while self._takes("AND"):
            made = made & self.term()
        return made

    def term(self) -> Search:
        if self._takes("NOT"):
            return ~self.term()
        if self._takes("("):
            made = self.either()
            if not self._takes(")"):
                raise Inexpressible("a parenthesis stays open")
            return made
        if not self.tokens:
            raise Inexpressible("the text ends too early")
        kind, text = self.tokens.pop(0)
        return Search(re.sub(r"\\(.)", r"\1", text), quoted=kind == "phrase")
