"""Choices that look arbitrary and never change: where the values of examples come from.

A choice depends on a text alone, the name of what the value is for, so that it is the
same on every machine, in every run and in every slice of a spec.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Chance:
    """A source of choices; those made one after another differ."""

    def __init__(self, *names: str) -> None:
        self._seed = "/".join(names).encode("utf-8", "surrogatepass")
        self._left = 0
        self._round = 0

    def number(self, least: int, most: int) -> int:
        """Give a whole number from `least` to `most`."""
        if self._left < most - least + 1:
            data = sha256(b"%d:%b" % (self._round, self._seed)).digest()
            self._left, self._round = int.from_bytes(data), self._round + 1
        self._left, chosen = divmod(self._left, most - least + 1)
        return least + chosen

    def pick(self, choices: Sequence[T]) -> T:
        """Give one of several; there has to be one."""
        return choices[self.number(0, len(choices) - 1)]

    def digits(self, count: int) -> str:
        """Give so many digits."""
        return "".join(str(self.number(0, 9)) for _ in range(count))

    def guid(self) -> str:
        """Give a GUID of the kind that is made at random (RFC 9562 section 5.4)."""
        return str(UUID(int=self.number(0, 2**128 - 1), version=4))
