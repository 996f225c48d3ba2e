"""Enumerations that stay open to members which their specification does not know.

`OpenEnum` is the base of generated enumerations, `OpenFlag` of those whose members can
be combined (IsFlags in CSDL section 10). Services add members at any time, so a text
that is no member becomes a value of the enumeration all the same: it keeps its text,
equals it, and says `is_known` False. `codecs` reads and writes them in models.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Generic, Self, TypeGuard, TypeVar

from .scalars import Codec, quoted
from .shapes import is_iterable


class OpenEnum(enum.StrEnum):
    """An enumeration of texts; each member equals its text on the wire."""

    @property
    def is_known(self) -> bool:
        """Whether the specification that the class was made from has this member."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self:
        """Make a value of this enumeration from a text that no member has."""
        if not isinstance(value, str):
            raise TypeError(f"expected text, not {type(value).__name__}")
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str.__str__(value)
        return member

    @classmethod
    def _load(cls, wire: object) -> Self:
        """Read a value; unlike a call of the class, also where it has no members."""
        for member in cls.__members__.values():
            if member._value_ == wire:
                return member
        return cls._missing_(wire)

    @classmethod
    def _dump(cls, value: object) -> str:
        """Write a value as its text; TypeError if it is of another enumeration."""
        if isinstance(value, cls) or type(value) is str:
            return str.__str__(value)
        raise TypeError(f"expected {cls.__name__}, not {type(value).__name__}")

    @classmethod
    def _codec(cls) -> Codec[Any]:
        """Give the codec of values of this enumeration."""
        return Codec(
            _reader(cls),
            cls._dump,
            lambda value: quoted(cls._dump(value)),
            kind="str",
        )

    def __repr__(self) -> str:
        if self.is_known:
            return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"
        return f"<{type(self).__name__}: {self._value_!r}, unknown>"

    def __reduce_ex__(self, proto: object) -> tuple[Any, ...]:
        return type(self)._load, (self._value_,)


F = TypeVar("F", bound="OpenFlag")


def _reader(cls: type[OpenEnum]) -> Callable[[Any], OpenEnum]:
    """Give the fast way from a wire value to a member."""
    members = {member._value_: member for member in cls.__members__.values()}

    def read(wire: Any) -> OpenEnum:
        member = members.get(wire)
        return cls._missing_(wire) if member is None else member

    return read


class OpenFlag(OpenEnum):
    """An enumeration whose members can be combined: `Mode.READ | Mode.WRITE`."""

    def __or__(self, other: Self | Flags[Self]) -> Flags[Self]:
        return Flags(type(self), (self,)) | other

    @classmethod
    def _flags_codec(cls) -> Codec[Any]:
        """Give the codec of sets of members of this enumeration."""

        def load(wire: object) -> Flags[Any]:
            if not isinstance(wire, str):
                raise TypeError(f"expected text, not {type(wire).__name__}")
            return parse_flags(cls, wire)

        def dump(value: object) -> str:
            return str(flags_of(cls, value))

        return Codec(load, dump, lambda value: quoted(dump(value)), kind="str")


class Flags(Collection[F], Generic[F]):
    """An immutable set of members of an `OpenFlag`, in the order in which they came.

    Unknown names and numeric texts are kept as members that are not known. `str()`
    gives the form on the wire, "a,b".
    """

    __slots__ = ("_items", "_kind")

    def __init__(self, kind: type[F], items: Iterable[F] = ()) -> None:
        self._kind = kind
        self._items = tuple(dict.fromkeys(items))

    def __contains__(self, member: object) -> bool:
        return member in self._items

    def __iter__(self) -> Iterator[F]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __or__(self, other: F | Iterable[F]) -> Flags[F]:
        return Flags(self._kind, (*self._items, *self._members(other)))

    def __and__(self, other: F | Iterable[F]) -> Flags[F]:
        kept = set(self._members(other))
        return Flags(self._kind, (item for item in self._items if item in kept))

    def __sub__(self, other: F | Iterable[F]) -> Flags[F]:
        dropped = set(self._members(other))
        return Flags(self._kind, (item for item in self._items if item not in dropped))

    def _members(self, other: F | Iterable[F]) -> Flags[F]:
        return flags_of(self._kind, other)

    def __eq__(self, other: object) -> bool:
        if not _is_set(other):
            return NotImplemented
        return frozenset(self._items) == frozenset(other)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __str__(self) -> str:
        """Give the form on the wire.

        Raises ValueError for the empty set, for which OData has no text: an
        enumeration may have a member for it, otherwise null says that nothing is set.
        """
        if not self._items:
            raise ValueError(f"no {self._kind.__name__} given: name one, or use None")
        return ",".join(self._items)

    def __repr__(self) -> str:
        return f"Flags({self._kind.__name__}, {list(self._items)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Flags, (self._kind, self._items)


def _is_set(value: object) -> TypeGuard[Collection[Any]]:
    return isinstance(value, Flags | set | frozenset)


def parse_flags(kind: type[F], text: str) -> Flags[F]:
    """Read the form on the wire; the empty text gives the empty set."""
    names = (name.strip() for name in text.split(","))
    return Flags(kind, (kind._load(name) for name in names if name))


def flags_of(kind: type[F], value: object) -> Flags[F]:
    """Make a set from a member, a set, the form on the wire or several members.

    Python's own sets have no order; their members are taken in that of declaration.
    Raises TypeError for anything else, members of another enumeration included.
    """
    if isinstance(value, str):
        return parse_flags(kind, kind._dump(value))
    if not is_iterable(value):
        raise TypeError(f"expected {kind.__name__}, not {type(value).__name__}")
    members = [kind._load(kind._dump(member)) for member in value]
    if isinstance(value, set | frozenset):
        declared = [member._value_ for member in kind.__members__.values()]
        members.sort(key=lambda member: _rank(member._value_, declared))
    return Flags(kind, members)


def _rank(text: str, declared: list[str]) -> tuple[int, str]:
    """Give the place of a member; those that are not known come last, by their text."""
    place = declared.index(text) if text in declared else len(declared)
    return place, text
