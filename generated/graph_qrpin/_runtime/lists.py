"""Lists that are read from a model: views over the list in its wire JSON.

An item is decoded when it is read and encoded when it is put in, so `user.licenses[0]`
costs one item. What is changed in the list is changed in the model, and noted there:
PATCH replaces lists whole (OData Protocol 4.01, section 11.4.3), so any change means
that the whole list is to be sent.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableSequence
from typing import Any, SupportsIndex, TypeGuard, TypeVar, cast, overload

from .faults import UNFIT, misfit, refused
from .scalars import Codec
from .shapes import is_iterable, is_list, is_within
from .tracking import MUTABLE, Owner

T = TypeVar("T")


class WireList(MutableSequence[T]):
    """A list as it stands in JSON, seen through the codec of its items."""

    __slots__ = ("_item", "_owner", "_place", "_wire")

    def __init__(
        self,
        wire: list[Any],
        item: Codec[T],
        owner: Owner | None = None,
        place: str = "",
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
                raise ValueError("a list cannot hold itself")
        except UNFIT as error:
            raise refused(self._label(""), error) from error
        return wire

    def _part(self, place: str, wire: object) -> None:
        """Say that items have no notes of their own: lists are sent whole."""

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
        return f"{self._owner._label(self._place) if self._owner else 'list'}[]"

    def _changed(self) -> None:
        if self._owner is not None:
            self._owner._whole(self._place, self._wire)

    def __len__(self) -> int:
        return len(self._wire)

    def __iter__(self) -> Iterator[T]:
        return map(self._read, self._wire)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._read(wire) for wire in self._wire[index]]
        return self._read(self._wire[index])

    @overload
    def __setitem__(self, index: SupportsIndex, value: T) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[T]) -> None: ...
    def __setitem__(self, index: SupportsIndex | slice, value: Any) -> None:
        if isinstance(index, slice):
            self._wire[index] = [self._dump(item) for item in value]
        else:
            self._wire[index] = self._dump(value)
        self._changed()

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        del self._wire[index]
        self._changed()

    def insert(self, index: SupportsIndex, value: T) -> None:
        """Put a value before the item at `index`."""
        self._wire.insert(index, self._dump(value))
        self._changed()

    def sort(
        self, *, key: Callable[[T], Any] | None = None, reverse: bool = False
    ) -> None:
        """Sort in place, by the items or by what `key` gives for each."""

        def wire_key(wire: Any) -> Any:
            value = self._read(wire)
            return value if key is None else key(value)

        self._wire.sort(key=wire_key, reverse=reverse)
        self._changed()

    def reverse(self) -> None:
        """Turn the order round in place."""
        self._wire.reverse()
        self._changed()

    def __eq__(self, other: object) -> bool:
        if not _is_any_list(other):
            return NotImplemented
        return list(self) == list(other)

    def __repr__(self) -> str:
        try:
            return repr(list(self))
        except ValueError:
            return repr(self._wire)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle as an ordinary list of the items."""
        return list, (list(self),)


def _is_any_list(value: object) -> TypeGuard[Iterable[Any]]:
    return isinstance(value, WireList | list)


def list_of(item: Codec[T]) -> Codec[MutableSequence[T]]:
    """Give the codec of lists: it reads views, and writes any iterable but a text.

    Null items are kept as None whatever the codec of the items.
    """

    def view(wire: object, owner: Owner | None, place: str) -> MutableSequence[T]:
        if not is_list(wire):
            raise TypeError(f"expected a list, not {type(wire).__name__}")
        return WireList(wire, item, owner, place)

    def load(wire: object) -> MutableSequence[T]:
        return view(wire, None, "")

    def dump(value: object) -> list[Any]:
        if not is_iterable(value):
            raise TypeError(f"expected a list, not {type(value).__name__}")
        return [None if each is None else item.dump(each) for each in value]

    def literal(value: object) -> str:
        raise TypeError("a list has no literal in a URL")

    return Codec(load, dump, literal, view, item)
