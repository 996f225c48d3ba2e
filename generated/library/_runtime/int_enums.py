"""Enumerations of numbers that stay open, as those of texts in `enums` do.

The members of an OpenAPI document's enumeration of integers stand in JSON as numbers.
Loaded by packages that have such enumerations.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

import enum
from typing import Any, Self

from .scalars import Codec, load_integer


class OpenInt(enum.IntEnum):
    """An enumeration of numbers; each member equals its number on the wire."""

    @property
    def is_known(self) -> bool:
        """Whether the specification that the class was made from has this member."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self:
        """Make a value of this enumeration from a number that no member has."""
        return cls._load(value)

    @classmethod
    def _load(cls, wire: object) -> Self:
        """Read a value; unlike a call of the class, also where it has no members."""
        number = load_integer(wire)
        for known in cls.__members__.values():
            if known._value_ == number:
                return known
        member = int.__new__(cls, number)
        member._name_ = str(number)
        member._value_ = number
        return member

    @classmethod
    def _dump(cls, value: object) -> int:
        """Write a value as its number; TypeError if it is of another enumeration."""
        if isinstance(value, cls) or type(value) is int:
            return int(value)
        raise TypeError(f"expected {cls.__name__}, not {type(value).__name__}")

    @classmethod
    def _codec(cls) -> Codec[Any]:
        """Give the codec of values of this enumeration."""
        return Codec(
            cls._load, cls._dump, lambda value: str(cls._dump(value)), kind="int"
        )

    def __repr__(self) -> str:
        if self.is_known:
            return f"<{type(self).__name__}.{self._name_}: {self._value_}>"
        return f"<{type(self).__name__}: {self._value_}, unknown>"

    def __reduce_ex__(self, proto: object) -> tuple[Any, ...]:
        return type(self)._load, (self._value_,)
