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
from typing import Any, SupportsIndex, TypeGuard, TypeVar, overload

from .containers import WireView
from .scalars import Codec
from .shapes import is_iterable, is_list
from .tracking import Owner

T = TypeVar("T")


class WireList(WireView[T], MutableSequence[T]):
    """A list as it stands in JSON, seen through the codec of its items."""

    __slots__ = ()

    _what = "list"
    _wire: list[Any]

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

    def extend(self, values: Iterable[T]) -> None:
        """Append values; they may be those of this very list, seen through a view."""
        self[len(self) :] = values

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

    return Codec(load, dump, literal, view, item, "list")
