"""What `lists` and `maps` have in common: views over what holds values in wire JSON.

A value is decoded when it is read and encoded when it is put in. What is changed in the
view is changed in the model, and noted there; any change means that the whole list, or
map, is to be sent.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar, cast

from .faults import UNFIT, misfit, refused
from .scalars import Codec
from .shapes import is_within
from .tracking import MUTABLE, Owner

T = TypeVar("T")


class WireView(Generic[T]):
    """A list or an object as it stands in JSON, seen through the codec of its values."""

    __slots__ = ("_item", "_owner", "_place", "_wire")

    _what: ClassVar[str]
    _wire: Any

    def __init__(
        self, wire: Any, item: Codec[T], owner: Owner | None = None, place: str = ""
    ) -> None:
        self._wire = wire
        self._item = item
        self._owner = owner
        self._place = place

    def _read(self, wire: Any) -> T:
        if wire is None:
            return cast(T, None)
        item = self._item
        try:
            if item.view is not None:
                return item.view(wire, self, "")
            value = item.load(wire)
        except UNFIT as error:
            raise misfit(self._label(""), wire, error) from error
        if type(value) in MUTABLE:
            self._lend("", wire)
        return value

    def _dump(self, value: T) -> Any:
        if value is None:
            return None
        try:
            wire = self._item.dump(value)
            if type(wire) in MUTABLE and is_within(self._wire, wire):
                raise ValueError(f"a {self._what} cannot hold itself")
        except UNFIT as error:
            raise refused(self._label(""), error) from error
        return wire

    def _part(self, place: str, wire: object) -> None:
        """Say that values have no notes of their own: all is sent whole."""

    def _noting(self, place: str, wire: object, lent: bool) -> None:
        if lent:
            self._lend(place, wire)
        else:
            self._changed()

    def _lend(self, place: str, wire: object) -> None:
        if self._owner is not None:
            self._owner._lend(self._place, self._wire)

    def _whole(self, place: str, wire: object) -> None:
        self._changed()

    def _label(self, place: str) -> str:
        return f"{self._owner._label(self._place) if self._owner else self._what}[]"

    def _changed(self) -> None:
        if self._owner is not None:
            self._owner._whole(self._place, self._wire)
