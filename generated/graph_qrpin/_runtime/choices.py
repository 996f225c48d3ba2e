"""Codecs of values that may be of several types, or of one value only.

A union of OpenAPI is read by what its discriminator says, else by the type of the JSON,
else as the member that it suits best: by required and known properties, by constants
and enumerations (OpenAPI 3.1 sections 4.8.24.2.4 and 4.8.25). What suits none is kept
as it is, for services answer with more than they tell of. Loaded by packages that have
unions or constants.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Never, TypeAlias

from .codecs import ANY, BINARY, STRING, Codec, Nested
from .faults import UNFIT
from .model import Model
from .properties import plain_codec, properties_of
from .scalars import LOOKS, quoted
from .shapes import is_list, is_object
from .tracking import MUTABLE, Owner

Rank: TypeAlias = tuple[int, int, int]
"""How well a value suits a type: the greater the better. First stand the faults, as a
negative number, then what speaks for the type, then what the type knows nothing of."""

_KINDS: dict[type, tuple[str, ...]] = {
    bool: ("bool",),
    int: ("int", "float"),
    float: ("float", "int"),
    Decimal: ("float", "int"),
    str: ("str",),
    list: ("list",),
    dict: ("dict",),
}
"""The kinds of codecs that may read what JSON has as one of these types."""


class Union(Codec[Any]):
    """The codec of values of one of several types."""

    __slots__ = ("_by", "_members", "_tags")

    def __init__(
        self, members: tuple[Codec[Any], ...], by: str, tags: Mapping[str, Codec[Any]]
    ) -> None:
        super().__init__(self._load, self._dump, self._literal, self._view)
        self._members = members
        self._by = by
        self._tags = tags

    def chosen(self, wire: object, looks: int = LOOKS) -> Codec[Any] | None:
        """Give the codec of the member that a JSON value is of."""
        if self._tags and is_object(wire):
            tag = wire.get(self._by)
            told = self._tags.get(tag) if isinstance(tag, str) else None
            if told is not None:
                return told.chosen(wire, looks)
        kinds = _kinds(wire)
        possible = [each for each in self._members if each.kind in kinds]
        if len(possible) == 1 and possible[0].kind in ("dict", "list"):
            return possible[0]
        ranked = [(_rank(each, wire, looks), each) for each in possible]
        fitting = [(rank, each) for rank, each in ranked if rank is not None]
        if not fitting:
            return None
        return max(fitting, key=lambda pair: pair[0])[1].chosen(wire, looks)

    def _load(self, wire: Any) -> Any:
        codec = self.chosen(wire)
        return wire if codec is None else codec.load(wire)

    def _view(self, wire: Any, owner: Owner, place: str) -> Any:
        codec = self.chosen(wire)
        if codec is not None and codec.view is not None:
            return codec.view(wire, owner, place)
        value = wire if codec is None else codec.load(wire)
        if type(value) in MUTABLE:
            owner._lend(place, wire)
        return value

    def _dump(self, value: object) -> Any:
        for codec in self._takers(value):
            try:
                wire = codec.dump(value)
            except UNFIT:
                continue
            if is_object(wire):
                self._tell(codec, wire)
            return wire
        raise TypeError(f"no type of several takes this {type(value).__name__}")

    def _takers(self, value: object) -> Iterator[Codec[Any]]:
        """Give the members that may write a value, the most likely first: a class that
        the package made says itself which it is."""
        if not isinstance(value, Model | enum.Enum):
            yield from (
                each for each in self._members if each.kind != "dict" or each.item
            )
            return
        steps = [
            (each.distance(type(value)), each)
            for each in self._members
            if isinstance(each, Nested)
        ]
        near = [(step, each) for step, each in steps if step is not None]
        yield from (each for _, each in sorted(near, key=lambda pair: pair[0]))
        yield from (each for each in self._members if each.kind in ("", "str", "int"))

    def _tell(self, codec: Codec[Any], wire: dict[str, Any]) -> None:
        """Let an object name its type, unless it does so."""
        if isinstance(codec, Nested) and self._by not in wire:
            for tag, told in self._tags.items():
                if isinstance(told, Nested) and told.is_like(codec):
                    wire[self._by] = tag
                    return

    def _literal(self, value: object) -> str:
        for codec in self._takers(value):
            try:
                return codec.literal(value)
            except UNFIT:
                continue
        raise TypeError(f"{type(value).__name__} has no literal in a URL")


class Constant(Codec[Any]):
    """The codec of one value and no other."""

    __slots__ = ("value",)

    def __init__(self, value: str | float | bool) -> None:
        super().__init__(
            self._same, self._same, self._literal, kind=type(value).__name__
        )
        self.value = value

    def _same(self, value: Any) -> Any:
        if value != self.value or isinstance(value, bool) != (self.kind == "bool"):
            raise ValueError(f"expected {self.value!r} and nothing else")
        return self.value

    def _literal(self, value: object) -> str:
        same = self._same(value)
        return quoted(same) if isinstance(same, str) else str(same).lower()


def union_of(
    *members: Codec[Any], by: str = "", tags: Mapping[str, Codec[Any]] | None = None
) -> Codec[Never]:
    """Give the codec of values of one of several types.

    `by` is the property of objects that tells their type, `tags` the types by its
    values. `Never` is for checkers: see `nested`.
    """
    return Union(members, by, tags or {})


def literal_of(value: str | float | bool) -> Codec[Never]:
    """Give the codec of one value and no other; `Never` is for checkers."""
    return Constant(value)


def _kinds(wire: object) -> tuple[str, ...]:
    for kind in type(wire).__mro__:
        if kind in _KINDS:
            return ("", *_KINDS[kind])
    return ("",)


def _rank(codec: Codec[Any], wire: object, looks: int) -> Rank | None:
    """Give how well a JSON value suits a codec, None if it does not at all."""
    if codec is ANY:
        return (-1_000_000, 0, 0)
    if not codec.kind:
        inner = codec.chosen(wire, looks)
        if inner is None:
            return None
        if inner is not codec:
            return _rank(inner, wire, looks)
    if is_object(wire) and isinstance(codec, Nested):
        return _rank_of_object(codec.target(), wire)
    values = list(wire.values()) if is_object(wire) else wire
    if codec.item is not None and is_list(values):
        return _rank_of_items(codec.item, values, looks - 1) if looks else (0, 0, 0)
    return _rank_of_value(codec, wire)


def _rank_of_value(codec: Codec[Any], wire: object) -> Rank | None:
    try:
        value = codec.load(wire)
    except UNFIT:
        return None
    known = getattr(value, "is_known", None)
    if known is not None:
        return (0, 3 if known else 0, 0)
    if isinstance(codec, Constant):
        return (0, 3, 0)
    vague = codec is STRING or codec is BINARY or isinstance(value, float)
    return (0, 1 if vague else 2, 0)


def _rank_of_items(codec: Codec[Any], values: list[Any], looks: int) -> Rank:
    """The first few values stand for all: lists are alike throughout."""
    faults = known = unknown = 0
    for value in values[:8]:
        if value is None:
            continue
        rank = _rank(codec, value, looks) if _is_of_kind(codec, value) else None
        if rank is None:
            faults -= 1
        else:
            faults, known, unknown = faults + rank[0], known + rank[1], rank[2]
    return (faults, known, unknown)


def _rank_of_object(kind: type[Model], wire: dict[str, Any]) -> Rank:
    shape = _SHAPES.get(kind)
    if shape is None:
        shape = _SHAPES[kind] = _Shape(kind)
    faults = sum(name not in wire for name in shape.required)
    unknown = 0
    for name, value in wire.items():
        if name not in shape.codecs:
            unknown += 1
        elif value is not None and not _suits(shape.codecs[name], value):
            faults += 1
    return (-faults, len(wire) - unknown, -unknown)


class _Shape:
    """What objects of a class have and may have: the names of the required properties
    and the codecs of all."""

    __slots__ = ("codecs", "required")

    def __init__(self, kind: type[Model]) -> None:
        props = properties_of(kind).by_wire
        self.required = [
            name
            for name, prop in props.items()
            if prop.required and not prop.write_only
        ]
        self.codecs = {name: plain_codec(prop) for name, prop in props.items()}


_SHAPES: dict[type, _Shape] = {}


def _suits(codec: Codec[Any] | None, value: object) -> bool:
    """Whether a property may have a value, as far as a look tells: objects and lists are
    not looked into, texts of one format or another are texts."""
    if codec is None or codec is ANY:
        return True
    if isinstance(codec, Nested) and not codec.kind and not is_object(value):
        # neither a text nor a number is a model, so this imports an enumeration
        rank = _rank(codec, value, 0) if not is_list(value) else (0, 0, 0)
        return rank is None or rank[1] != 0
    if isinstance(codec, Constant):
        return _rank_of_value(codec, value) is not None
    return _is_of_kind(codec, value)


def _is_of_kind(codec: Codec[Any], value: object) -> bool:
    return not codec.kind or codec.kind in _kinds(value)
