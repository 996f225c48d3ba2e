"""The test cases of OASIS's OData ABNF, and how they are said with our builders.

`rebuild` reads the text of a case and gives it as our builders write the same; both are
compared in the form that `normal` gives. See `test_abnf`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any
from urllib.parse import unquote

import yaml
from corpus.abnf_reader import Inexpressible, Reader, SearchReader, literal_value

from generator.runtime import scalars
from generator.runtime.codecs import literal
from generator.runtime.enums import OpenFlag
from generator.runtime.json import dumps
from generator.runtime.location import Location
from generator.runtime.options import query_options
from generator.runtime.query import Path


@dataclass(frozen=True)
class Case:
    """A text, the rule that it is held against, and whether that accepts it."""

    rule: str
    text: str
    accepted: bool


class Cases:
    """The cases, and the names that they take as declared, by kind."""

    def __init__(self, file: File) -> None:
        # A tab, which YAML does not allow for indentation, stands in the line of a
        # case. Nothing but text is wanted: dates of the year 0 are no dates in Python.
        text = file.read_text("utf-8").expandtabs()
        content = yaml.load(text, yaml.CBaseLoader)
        self.names: Mapping[str, list[str]] = content["Constraints"]
        self.all = [
            Case(case["Rule"], case["Input"], "FailAt" not in case)
            for case in content["TestCases"]
        ]
        named = {name for kind in self.names for name in self._kind(kind)}
        types = {*self.names["complexTypeName"], *self.names["entityTypeName"]}
        self.types = frozenset(types - named)
        self.functions = frozenset(
            name
            for kind, names in self.names.items()
            if "Function" in kind
            for name in names
        )

    def _kind(self, kind: str) -> list[str]:
        return self.names[kind] if "Property" in kind else []


_STRING = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""")


def normal(text: str) -> str:
    """Give a decoded text without the white space that the ABNF leaves optional.

    Outside strings, its rule BWS allows any after an opening and before a closing
    bracket and around commas and colons, and RWS is as much as one likes.
    """
    pieces: list[str] = []
    place = 0
    for found in [*_STRING.finditer(text), None]:
        between = text[place : found.start() if found else len(text)]
        between = re.sub(r"\s+", " ", between)
        between = re.sub(r"(?<=[(\[{,:]) | (?=[)\]},:])", "", between)
        pieces += [between, found[0] if found else ""]
        place = found.end() if found else place
    return "".join(pieces)


def normal_url(url: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Give segments and query options, each decoded once.

    The name of a parameter alias is the client's choice (URL Conventions 4.01, section
    5.3.2); the aliases are numbered.
    """
    for number, alias in enumerate(re.findall(r"[?&]@(\w+)=", url), 1):
        url = re.sub(rf"@{alias}\b", f"@p{number}", url)
    path, _, query = url.partition("?")
    options = [each.partition("=") for each in query.split("&") if each]
    return tuple([unquote(segment) for segment in path.split("/")]), tuple(
        [(unquote(name), normal(unquote(value))) for name, _, value in options]
    )


_OPAQUE = {"$format", "$skiptoken", "$deltatoken", "$schemaversion"}
"""Options whose values nobody builds: they are given as further query parameters."""

_NESTED = {
    "$select": "select",
    "$filter": "filter",
    "$orderby": "order_by",
    "$top": "top",
    "$skip": "skip",
    "$count": "count",
    "$search": "search",
    "$levels": "levels",
    "$expand": "expand",
}


class Rebuilder:
    """Says the texts of cases again."""

    def __init__(self, cases: Cases) -> None:
        self.cases = cases

    def reader(self, text: str) -> Reader:
        return Reader(text, self.cases.types)

    def expression(self, text: str) -> str:
        reader = self.reader(text)
        made = reader.whole(reader.expression)
        return literal(made) if not hasattr(made, "paths") else str(made)

    def url(self, text: str) -> str:
        """Say a path with its query again, both percent-encoded."""
        path, mark, query = text.partition("?")
        options, aliases = self.options(query)
        location = self.location(path, aliases)
        if mark and not query:
            raise Inexpressible("a query without options")
        return location.url(options)

    def options(self, query: str) -> tuple[str, dict[str, str]]:
        """Give the query options as we write them, and the parameter aliases."""
        known: dict[str, Any] = {}
        extra: dict[str, str] = {}
        aliases: dict[str, str] = {}
        for option in query.split("&") if query else []:
            name, sign, value = option.partition("=")
            name, value = unquote(name), unquote(value)
            if name.startswith("@"):
                aliases[name] = value
            elif name in _OPAQUE or (name in self.cases.names["customName"] and sign):
                extra[name] = value
            else:
                known[name] = self.option(name, value)
        return query_options(known, extra), aliases

    def option(self, name: str, value: str) -> Any:
        if name == "$filter":
            reader = self.reader(value)
            made = reader.whole(reader.expression)
            return made if hasattr(made, "paths") else literal(made)
        if name == "$orderby":
            return [self.order(item) for item in split(value, ",")]
        if name == "$select":
            return [self.selected(item) for item in split(value, ",")]
        if name == "$expand":
            return [self.expanded(item) for item in split(value, ",")]
        if name == "$search":
            return SearchReader(value).whole()
        if name in ("$top", "$skip"):
            return int(value)
        if name == "$count":
            return {"true": True, "false": False}[value]
        if name == "$levels":
            return "max" if value == "max" else int(value)
        raise Inexpressible(f"there is no option {name}")

    def order(self, text: str) -> Any:
        text, direction = re.fullmatch(r"(.*?)(?:\s+(asc|desc))?\s*", text).groups()  # type: ignore[union-attr]
        reader = self.reader(text)
        made = reader.whole(reader.expression)
        return getattr(made, direction)() if direction else made

    def selected(self, text: str) -> Any:
        if text == "*":
            return "*"
        if "(" in text or "*" in text or re.search(r"\.\w*(Action|Popular)\w*$", text):
            raise Inexpressible("operations, and options of what is selected")
        return self.path(text)

    def path(self, text: str) -> Any:
        reader = self.reader(text)
        if reader.takes("*"):
            made: Any = Path[Any]("*")
            while reader.takes("/"):
                made = reader.step(made)
            return reader.whole(lambda: made)
        return reader.whole(lambda: reader.path(reader.next()[1]))

    def expanded(self, text: str) -> Any:
        path, options = re.fullmatch(r"([^(]*)(?:\((.*)\))?", text).groups()  # type: ignore[union-attr]
        if path.endswith("/$ref") and options:
            raise Inexpressible("options of a reference")
        arguments: dict[str, Any] = {}
        for option in split(options or "", ";"):
            name, _, value = option.partition("=")
            if name not in _NESTED:
                raise Inexpressible(f"{name} is no option of $expand")
            arguments[_NESTED[name]] = self.option(name, value)
        if path.endswith("/$count"):
            return self.path(path.removesuffix("/$count")).count(**arguments)
        made = self.path(path)
        return made.expand(**arguments) if arguments else made

    def location(self, path: str, aliases: Mapping[str, str]) -> Location[Any]:
        """Say a resource path again."""
        segments = path.split("/")
        places = self.cases.names["entitySetName"], self.cases.names["keyPathLiteral"]
        as_segments = any(
            before.partition("(")[0] in (*places[0], "Items", "Products")
            and segment in places[1]
            for before, segment in zip(segments, segments[1:], strict=False)
        )
        location: Location[Any] = Location(Transport(as_segments))
        for number, segment in enumerate(segments):
            if segment in places[1] and as_segments:
                if number + 1 < len(segments) and segments[number + 1] in places[1]:
                    raise Inexpressible("a key of several parts as segments")
                key = int(segment) if segment.isdigit() else unquote(segment)
                location = location.key(key)
            else:
                location = self.segment(location, unquote(segment), aliases)
        return location

    def segment(
        self, location: Location[Any], text: str, aliases: Mapping[str, str]
    ) -> Location[Any]:
        found = re.fullmatch(r"(\$?[A-Za-z_][\w.]*)((?:\(.*\))?)", text)
        if found is None:
            raise Inexpressible(f"{text!r} is no segment that is read")
        name, brackets = found.groups()
        if name[0] == "$" and name not in ("$count", "$ref", "$value"):
            raise Inexpressible(f"no description of an API names {name}")
        if name in self.cases.types:
            raise Inexpressible(f"{name} has no namespace")
        if name.endswith("."):
            raise Inexpressible(f"{name} is no name")
        parts = re.findall(r"\(((?:[^()']|'(?:[^']|'')*')*)\)", brackets)
        if "".join([f"({part})" for part in parts]) != brackets:
            raise Inexpressible(f"{brackets} are no keys or parameters")
        is_function = name.rpartition(".")[2] in self.cases.functions
        if parts and (is_function or not parts[0]):
            location = location.function(name, self.named(parts.pop(0), aliases))
        else:
            location = location / name
        for part in parts:
            location = self.keyed(location, part)
        return location

    def keyed(self, location: Location[Any], text: str) -> Location[Any]:
        if re.match(r"\w+=", text):
            return location.keys(self.named(text, {}))
        return location.key(self.value(text))

    def named(self, text: str, aliases: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in split(text, ","):
            name, _, value = part.partition("=")
            if value.startswith("@"):
                try:
                    found[name] = json.loads(aliases[value])
                except (KeyError, ValueError):
                    raise Inexpressible("an alias for what is no JSON") from None
            else:
                found[name] = self.value(value)
        return found

    def value(self, text: str) -> Any:
        reader = self.reader(text)
        kind, found = reader.whole(reader.next)
        return literal_value(kind, found)


@dataclass(frozen=True)
class Transport:
    """As much of a transport as a location asks for."""

    key_as_segment: bool
    base_url: str = ""


def split(text: str, sign: str) -> list[str]:
    """Split at a sign outside strings and brackets."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"{_STRING.pattern}|[()\[\]{{}}]|{sign}", text):
        if found[0] == sign and not depth:
            parts.append(text[start : found.start()])
            start = found.end()
        depth += (found[0] in "([{") - (found[0] in ")]}")
    return [*parts, text[start:]] if text else []


_Codec = tuple[Callable[[str], Any], Callable[[Any], Any]]


def _number(codec: scalars.Codec[Any]) -> _Codec:
    """Read a number as JSON has it: "INF" and its like are texts there."""
    return (
        lambda text: codec.load(text if "N" in text else json.loads(text)),
        codec.literal,
    )


def _inside(prefix: str, load: Callable[[Any], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        found = re.fullmatch(f"(?:{prefix})'((?:[^']|'')*)'", text)
        if found is None:
            raise ValueError(f"no literal of this kind: {text}")
        return load(found[1].replace("''", "'"))

    return read


class Pattern(OpenFlag):
    """The enumeration of the texts."""

    SOLID = "Solid"
    YELLOW = "Yellow"


_FLAGS = Pattern._flags_codec()  # pyright: ignore[reportPrivateUsage]

LITERALS: dict[str, _Codec] = {
    "binaryLiteral": (
        _inside("binary", scalars.BINARY.load),
        scalars.BINARY.literal,
    ),
    "boolean": (
        lambda text: scalars.BOOLEAN.load(json.loads(text.lower())),
        scalars.BOOLEAN.literal,
    ),
    "booleanValue": (
        lambda text: scalars.BOOLEAN.load(json.loads(text)),
        scalars.BOOLEAN.literal,
    ),
    "date": (scalars.DATE.load, scalars.DATE.literal),
    "dateValue": (scalars.DATE.load, scalars.DATE.dump),
    "dateTimeOffsetValue": (scalars.DATE_TIME.load, scalars.DATE_TIME.dump),
    "dateTimeOffsetLiteral": (scalars.DATE_TIME.load, scalars.DATE_TIME.literal),
    "dateTimeOffsetValueInUrl": (scalars.DATE_TIME.load, scalars.DATE_TIME.literal),
    "decimalValue": (scalars.DECIMAL.load, scalars.DECIMAL.literal),
    "decimalLiteral": (scalars.DECIMAL.load, scalars.DECIMAL.literal),
    "doubleValue": _number(scalars.DOUBLE),
    "doubleLiteral": (float, scalars.DOUBLE.literal),
    "singleValue": _number(scalars.DOUBLE),
    "singleLiteral": (float, scalars.DOUBLE.literal),
    "durationValue": (scalars.DURATION.load, scalars.DURATION.dump),
    "durationLiteral": (
        _inside("duration|", scalars.DURATION.load),
        scalars.DURATION.literal,
    ),
    "guid": (scalars.GUID.load, scalars.GUID.literal),
    "timeOfDayValue": (scalars.TIME.load, scalars.TIME.dump),
    "timeOfDayLiteral": (scalars.TIME.load, scalars.TIME.literal),
    "stringLiteral": (_inside("", scalars.STRING.load), scalars.STRING.literal),
    "enumLiteral": (_inside(r"(?:\w+\.)*\w+|", _FLAGS.load), _FLAGS.literal),
    "enumValue": (_FLAGS.load, _FLAGS.dump),
    "null": (json.loads, literal),
    "stringInUrl": (json.loads, lambda value: dumps(value).decode()),
    **{
        f"{name}{form}": (scalars.INTEGER.load, scalars.INTEGER.literal)
        for name in ("byte", "sbyte", "int16", "int32", "int64")
        for form in ("Value", "Literal")
    },
}
"""How the text of a rule is read, and how the value is written."""

_UNDECODED = {"dateTimeOffsetValue", "timeOfDayValue", "enumValue"}
"""Rules of what stands in bodies, where nothing is percent-encoded."""

_EXPRESSIONS = {
    "commonExpr",
    "boolCommonExpr",
    "boolcommonExpr",
    "firstMemberExpr",
    "propertyPathExpr",
    "notExpr",
    "isofExpr",
    "primitiveLiteral",
}
_OPTIONS = {
    "filter",
    "orderby",
    "orderBy",
    "select",
    "expand",
    "search",
    "queryOptions",
    "systemQueryOption",
    "customQueryOption",
    "skiptoken",
    "deltatoken",
    "compute",
}
_PATHS = {"resourcePath", "odataRelativeUri", "entitySetName"}
_ROOTS = (
    "http://host/service/",
    "http://services.odata.org/OData/OData.svc/",
    "http://serviceRoot/",
)
CONCERNED = {
    *LITERALS,
    *_EXPRESSIONS,
    *_OPTIONS,
    *_PATHS,
    "anyExpr",
    "functionParameter",
    "odataUri",
    "primitiveValue",
    "searchExpr",
}
"""The rules of literals, keys, path segments and query options."""


@dataclass(frozen=True)
class Rebuilt:
    """What our builders make of a case, and both texts in the form of `normal`."""

    written: str
    ours: object
    theirs: object

    @property
    def is_equal(self) -> bool:
        return self.ours == self.theirs


def rebuild(cases: Cases, case: Case) -> Rebuilt:
    """Say the text of a case again.

    Raises Inexpressible if there is no way to, and whatever the builders raise.
    """
    again = Rebuilder(cases)
    rule, text = case.rule, case.text
    if rule in _OPTIONS:
        written = again.options(text)[0]
        return Rebuilt(written, normal_url(f"?{written}"), normal_url(f"?{text}"))
    if rule == "odataUri":
        root = next((root for root in _ROOTS if text.startswith(root)), None)
        if root is None:
            raise Inexpressible("no path below the service root")
        text = text.removeprefix(root)
    if rule in _PATHS or rule == "odataUri":
        written = again.url(text).removeprefix("/")
        return Rebuilt(written, normal_url(written), normal_url(text))
    decoded = text if rule in _UNDECODED else unquote(text)
    written = _made(again, rule, decoded)
    return Rebuilt(written, normal(written), normal(decoded))


def _made(again: Rebuilder, rule: str, text: str) -> str:
    if rule in _EXPRESSIONS:
        return again.expression(text)
    if rule == "anyExpr":
        return again.expression(f"Products/{text}").removeprefix("Products/")
    if rule == "functionParameter":
        at = Location[Any](Transport(False)).function("f", again.named(text, {}))
        return unquote(at.path).removeprefix("/f(").removesuffix(")")
    if rule == "searchExpr":
        return str(SearchReader(text).whole())
    if rule == "primitiveValue":
        return _primitive(text)
    load, write = LITERALS[rule]
    return str(write(load(text)))


def _primitive(text: str) -> str:
    """Say a value again as what it is first taken for."""
    if text in Pattern.__members__.values():
        return str(_FLAGS.dump(_FLAGS.load(text)))
    for codec in (scalars.GUID, scalars.INTEGER, scalars.BINARY):
        try:
            return str(codec.dump(codec.load(text)))
        except (ValueError, TypeError):
            continue
    raise Inexpressible("a value of no type that we know")
