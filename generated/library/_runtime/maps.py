"""Maps that are read from a model: views over an object of wire JSON whose names nobody
declared.

`repo.topics_by_year["2026"]` decodes that one value. As with lists, what is changed in
the map is changed in the model, and the whole map is then sent. Loaded by packages that
have maps.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any, TypeVar

from .containers import WireView
from .scalars import Codec, wanted
from .shapes import is_mapping, is_object
from .tracking import Owner

T = TypeVar("T")


class WireMap(WireView[T], MutableMapping[str, T]):
    """An object as it stands in JSON, seen through the codec of its values."""

    __slots__ = ()

    _what = "map"
    _wire: dict[str, Any]

    def __len__(self) -> int:
        return len(self._wire)

    def __iter__(self) -> Iterator[str]:
        return iter(self._wire)

    def __contains__(self, name: object) -> bool:
        return name in self._wire

    def __getitem__(self, name: str) -> T:
        return self._read(self._wire[name])

    def __setitem__(self, name: str, value: T) -> None:
        self._wire[wanted(name, str, "a name")] = self._dump(value)
        self._changed()

    def __delitem__(self, name: str) -> None:
        del self._wire[name]
        self._changed()

    def __repr__(self) -> str:
        try:
            return repr(dict(self))
        except ValueError:
            return repr(self._wire)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle as an ordinary dict of the values."""
        return dict, (dict(self),)


def map_of(value: Codec[T]) -> Codec[MutableMapping[str, T]]:
    """Give the codec of maps: it reads views, and writes any mapping of names.

    Null values are kept as None whatever the codec of the values.
    """

    def view(wire: object, owner: Owner | None, place: str) -> MutableMapping[str, T]:
        if not is_object(wire):
            raise TypeError(f"expected an object, not {type(wire).__name__}")
        return WireMap(wire, value, owner, place)

    def load(wire: object) -> MutableMapping[str, T]:
        return view(wire, None, "")

    def dump(given: object) -> dict[str, Any]:
        if not is_mapping(given):
            raise TypeError(f"expected a mapping, not {type(given).__name__}")
        return {
            wanted(name, str, "a name"): None if each is None else value.dump(each)
            for name, each in given.items()
        }

    def literal(given: object) -> str:
        raise TypeError("a mapping has no literal in a URL")

    return Codec(load, dump, literal, view, value, "dict")
