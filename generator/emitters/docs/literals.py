"""JSON values of samples as Python: what people would write to get that JSON.

`snippets` writes them into calls. Objects become constructors of the generated models,
texts of dates, GUIDs and the like become values of the types that the models take.
"""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.emitters.python.code import Code, literal
from generator.emitters.python.layout import (
    Group,
    Pair,
    Part,
    call,
    import_lines,
    mapping,
)
from generator.emitters.python.names import Names
from generator.emitters.samples import TYPE, Json
from generator.emitters.samples.fitting import Fitting
from generator.emitters.structure import Structure
from generator.model import (
    Access,
    AnyType,
    Api,
    Enum,
    ListOf,
    MapOf,
    Named,
    Scalar,
    ScalarKind,
    TypeRef,
    UnionOf,
)

Kind = ScalarKind

_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+)S)?)?",
    re.ASCII,
)


@dataclass(slots=True)
class Imported:
    """What a snippet imports of the package, of its models, and of the standard
    library."""

    package: str
    names: set[str] = field(default_factory=set[str])
    models: set[str] = field(default_factory=set[str])
    library: set[Code] = field(default_factory=set[Code])

    def lines(self) -> Iterator[str]:
        """Give the statements, sorted: `import` before `from`, the standard library
        first."""
        if self.library:
            yield from sorted(self.library, key=lambda line: (line[0] != "i", line))
            yield ""
        yield import_lines(self.package, self.names)
        if self.models:
            yield import_lines(f"{self.package}.models", self.models)


_DATETIME = Code("import datetime as dt")
_DECIMAL = Code("from decimal import Decimal")
_UUID = Code("from uuid import UUID")
PATH = Code("from pathlib import Path")


class Literals:
    """Writes values, and notes what they import."""

    def __init__(self, api: Api, names: Names, structure: Structure) -> None:
        self._types = api.types
        self._names = names
        self._structure = structure
        self._fitting = Fitting(api.types, structure)

    def of(self, ref: TypeRef, value: Json, imported: Imported) -> Part:
        """Give the expression of a value of a type."""
        ref = self._structure.settle(ref)[0]
        if isinstance(ref, UnionOf):
            ref = self._fitting.member(ref, value, Access.READ) or AnyType()
            return self.of(ref, value, imported)
        if value is None:
            return "None"
        if isinstance(value, list):
            item = ref.item if isinstance(ref, ListOf) else ref
            items = tuple(self._item(item, each, imported) for each in value)
            return Group("[", items, "]")
        if isinstance(ref, MapOf) and isinstance(value, dict):
            inner = ref.value
            return mapping(
                (literal(name), self.of(inner, each, imported))
                for name, each in value.items()
            )
        if isinstance(ref, Scalar) and not isinstance(value, dict):
            try:
                return _scalar(ref.kind, value, imported)
            except (TypeError, ValueError):  # the source says what is none of its type
                return _anything(value)
        if isinstance(ref, Named) and isinstance(self._types[ref.id], Enum):
            return self._members(ref.id, value, imported)
        if isinstance(ref, Named) and isinstance(value, dict):
            return self.model(ref.id, value, imported)
        return _anything(value)

    def _item(self, ref: TypeRef, value: Json, imported: Imported) -> Part:
        """A value in a list; one of flags is a set there, also if it is one member."""
        part = self.of(ref, value, imported)
        ref = self._structure.settle(ref)[0]
        enum = self._types[ref.id] if isinstance(ref, Named) else None
        is_one = isinstance(enum, Enum) and enum.is_flags and "," not in value
        return f"{part} | {part}" if is_one else part

    def model(
        self, type_id: str, value: Mapping[str, Json], imported: Imported
    ) -> Group:
        """Give the constructor of an object."""
        actual = self.actual(type_id, value)
        return call(
            self.model_class(actual, imported),
            *(
                Pair(f"{name}=", part)
                for name, part in self.properties(actual, value, imported)
            ),
        )

    def properties(
        self, type_id: str, value: Mapping[str, Json], imported: Imported
    ) -> Iterator[tuple[str, Part]]:
        """Give the attributes of an object of exactly this type, each with what is set
        there."""
        members = self._structure.members(type_id)
        python = self._names.members(type_id)
        for wire, inner in value.items():
            if wire in members:
                yield python[wire], self.of(members[wire].type, inner, imported)

    def actual(self, type_id: str, value: Mapping[str, Json]) -> str:
        """Give the type of an object: the one that it names, else the declared one."""
        told = str(value.get(TYPE, ""))[1:]
        if self._structure.struct(told) is not None:
            return told
        return self._structure.actual(type_id, value)

    def model_class(self, type_id: str, imported: Imported) -> str:
        """Import the class of a type and give its name."""
        name = self._names.type_class(type_id)
        imported.models.add(name)
        return name

    def _members(self, type_id: str, value: str | int, imported: Imported) -> str:
        """A member of an enumeration or, of flags, several."""
        name = self.model_class(type_id, imported)
        members = self._names.members(type_id)
        enum = self._types[type_id]
        is_flags = isinstance(enum, Enum) and enum.is_flags
        texts = str(value).split(",") if is_flags else [str(value)]
        written = [
            f"{name}.{members[text]}" if text in members else f"{name}({literal(text)})"
            for text in texts
        ]
        return " | ".join(written)


def _scalar(kind: ScalarKind, value: Json, imported: Imported) -> Part:
    if kind is Kind.DECIMAL:
        imported.library.add(_DECIMAL)
        return call("Decimal", literal(str(value)))
    if isinstance(value, bool | int | float):
        return repr(value)
    if kind is Kind.GUID:
        imported.library.add(_UUID)
        return call("UUID", literal(value))
    if kind is Kind.BINARY:
        return f"b{literal(b64decode(value).decode('ascii'))}"
    if kind not in (Kind.DATE, Kind.DATE_TIME, Kind.TIME, Kind.DURATION):
        return literal(value)
    imported.library.add(_DATETIME)
    return call("dt." + _MOMENTS[kind], *_moment(kind, value))


_MOMENTS = {
    Kind.DATE: "date",
    Kind.DATE_TIME: "datetime",
    Kind.TIME: "time",
    Kind.DURATION: "timedelta",
}


def _moment(kind: ScalarKind, text: str) -> Iterator[str]:
    """The arguments of a date, a time or a duration, as short as they can be."""
    if kind is Kind.DURATION:
        found = _DURATION.fullmatch(text)
        parts = found.groupdict() if found else {}
        yield from (f"{unit}={count}" for unit, count in parts.items() if count)
        return
    if kind is not Kind.TIME:
        date = dt.date.fromisoformat(text[:10])
        yield from map(str, (date.year, date.month, date.day))
    if kind is Kind.DATE:
        return
    time = dt.time.fromisoformat(text.partition("T")[2].removesuffix("Z") or text)
    yield from map(str, (time.hour, time.minute))
    if time.second:
        yield str(time.second)
    if kind is Kind.DATE_TIME:
        yield "tzinfo=dt.UTC"


def _anything(value: Json) -> Part:
    """JSON of no declared type, as Python has it."""
    if isinstance(value, dict):
        return mapping((literal(name), _anything(each)) for name, each in value.items())
    return literal(value) if isinstance(value, str) else repr(value)
