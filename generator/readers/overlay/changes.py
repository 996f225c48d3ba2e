"""The changes that actions make to a document, and where everything in it came from.

The merging of OpenAPI Overlay 1.1 section 4.4.3 (Action Object). Places are kept for
what changes only: the rest stands where the document has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.model import Place
from generator.readers.documents import Changed, Loaded, Pointer
from generator.readers.documents.faults import MAX_DEPTH, depth_exceeds


class Origin(NamedTuple):
    """Where a value came from: a document, and the way to it there."""

    document: Loaded
    pointer: tuple[str | int, ...]

    def step(self, key: str | int) -> Origin:
        """Give the origin of a member or an item."""
        return Origin(self.document, (*self.pointer, key))

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.document.place(self.pointer)


MAX_ADDED = 1_000_000
"""How many values overlays may add, at every place anew: a list may be copied into
itself, which doubles it."""


class Conflict(Exception):
    """Two values that cannot be merged; the message says which."""

    code = "overlay-kind"


class TooLarge(Conflict):
    """A document that grows beyond what can be read."""

    code = "overlay-too-large"


class Draft:
    """A document that is being changed."""

    def __init__(self, document: Loaded) -> None:
        self.value: Any = copied(document.value)
        self._document = document
        # what is known of containers, by their ids, while they are kept alive here
        self._members: dict[tuple[int, str], Origin] = {}
        self._items: dict[int, list[Origin]] = {}
        self._removed: list[Any] = []
        self._room = MAX_ADDED

    def finished(self) -> Changed:
        """Give the document as it is now."""
        return Changed(self.value, self._document, self._place)

    def _place(self, pointer: Pointer) -> Place:
        return self.origin(pointer).place

    def origin(self, pointer: Pointer) -> Origin:
        """Give where that came from which a pointer leads to now."""
        value, origin = self.value, Origin(self._document, ())
        for key in pointer:
            origin = self._step(value, origin, key)
            try:
                value = value[key]
            except (LookupError, TypeError):
                value = None
        return origin

    def _step(self, parent: Any, origin: Origin, key: str | int) -> Origin:
        items = self._items.get(id(parent))
        if items is not None and isinstance(key, int) and key < len(items):
            return items[key]
        known = self._members.get((id(parent), str(key)))
        return known or origin.step(key)

    def remove(self, pointers: Iterable[Pointer]) -> None:
        """Take what pointers lead to out of the objects and lists that hold it."""
        positions: dict[int, tuple[Any, list[Origin], set[int]]] = {}
        # what is in something that is removed too goes before it
        for *way, key in sorted(pointers, key=len, reverse=True):
            parent = self.at(way)
            if isinstance(parent, dict):
                self._removed.append(parent.pop(key, None))
            else:
                origins = self._origins_of_items(parent, way)
                positions.setdefault(id(parent), (parent, origins, set()))[2].add(
                    int(key)
                )
        for parent, origins, found in positions.values():
            for position in sorted(found, reverse=True):
                self._removed.append(parent.pop(position))
                del origins[position]

    def update(self, pointer: Pointer, value: Any, origin: Origin) -> None:
        """Merge a value with what a pointer leads to. Raises Conflict."""
        self._make_room(pointer, value)
        current = self.at(pointer)
        if isinstance(current, list):
            self._append(current, pointer, value, origin)
        elif isinstance(current, dict):
            if not isinstance(value, dict):
                raise Conflict(f"an object cannot take {kind(value)} up")
            self._merge(current, pointer, value, origin)
        elif isinstance(value, dict | list):
            raise Conflict(f"{kind(current)} cannot be replaced by {kind(value)}")
        elif not pointer:
            self.value = value
        else:
            self._replace(self.at(pointer[:-1]), pointer, value, origin)

    def _make_room(self, pointer: Pointer, value: Any) -> None:
        if depth_exceeds(value, MAX_DEPTH - len(pointer)):
            raise TooLarge(f"values would be nested more than {MAX_DEPTH} deep")
        waiting = [value]
        while waiting and self._room >= 0:
            self._room -= 1
            part = waiting.pop()
            if isinstance(part, dict | list):
                waiting += part.values() if isinstance(part, dict) else part
        if self._room < 0:
            raise _full()

    def at(self, pointer: Pointer) -> Any:
        """Give what a pointer leads to."""
        value = self.value
        for key in pointer:
            value = value[key]
        return value

    def snapshot(self, pointer: Pointer) -> tuple[Any, Origin]:
        """Give a copy of what a pointer leads to, and where that came from. Raises
        TooLarge where there is no room for one."""
        if self._room < 0:
            raise _full()
        return copied(self.at(pointer)), self.origin(pointer)

    def _merge(
        self,
        target: dict[str, Any],
        way: Pointer,
        value: dict[str, Any],
        origin: Origin,
    ) -> None:
        for key, new in value.items():
            pointer, source = (*way, key), origin.step(key)
            old = target.get(key)
            if key not in target:
                target[key] = copied(new)
                self._members[id(target), key] = source
            elif isinstance(old, dict) and isinstance(new, dict):
                self._merge(old, pointer, new, source)
            elif isinstance(old, list) and isinstance(new, list):
                self._append(old, pointer, new, source)
            elif isinstance(old, dict | list) or isinstance(new, dict | list):
                what = f"{kind(old)} and {kind(new)} cannot be merged"
                raise Conflict(f"{what} at {'/'.join(map(str, pointer))}")
            else:
                self._replace(target, pointer, new, source)

    def _replace(
        self, parent: Any, pointer: Pointer, value: Any, origin: Origin
    ) -> None:
        key = pointer[-1]
        if isinstance(parent, list):
            self._origins_of_items(parent, pointer[:-1])[int(key)] = origin
        else:
            self._members[id(parent), str(key)] = origin
        parent[key] = value

    def _append(
        self, target: list[Any], way: Pointer, value: Any, origin: Origin
    ) -> None:
        """Add an item to a list, or all items of another list."""
        origins = self._origins_of_items(target, way)
        if isinstance(value, list):
            target += copied(value)
            origins += [origin.step(position) for position in range(len(value))]
        else:
            target.append(copied(value))
            origins.append(origin)

    def _origins_of_items(self, items: list[Any], pointer: Pointer) -> list[Origin]:
        """Give the origins of the items of a list that is about to change."""
        if id(items) not in self._items:
            own = self.origin(pointer)
            self._items[id(items)] = [own.step(n) for n in range(len(items))]
        return self._items[id(items)]


def _full() -> TooLarge:
    return TooLarge(f"the overlays add more than {MAX_ADDED:,} values")


def copied(value: Any) -> Any:
    """Give a copy of a value in which no two parts are the same object."""
    if isinstance(value, dict):
        return {key: copied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [copied(child) for child in value]
    return value


def kind(value: Any) -> str:
    """Give what merging takes a value for: an object, a list or a primitive value."""
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else "a primitive value"
