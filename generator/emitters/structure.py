"""What the types of an Api are made of, as far as more than one emitter has to know.

`samples`, `docs`, `openapi` and `python` ask here; nothing here is of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from generator.emitters.circles import in_circles
from generator.lineage import Lineage
from generator.model import (
    Alias,
    AnyType,
    Api,
    Constraints,
    Named,
    Property,
    Struct,
    TypeRef,
    named_types,
)

_NONE = Constraints()


class _Told(NamedTuple):
    """The types that each value of a discriminator stands for, and the values for each
    type."""

    by_text: dict[str, list[str]]
    by_type: dict[str, list[str]]


class Structure(Lineage):
    """Lookups over the types of an Api. Circles end where they would begin again."""

    def __init__(self, api: Api) -> None:
        super().__init__(api.types)
        self._told_by: dict[str, _Told] = {}

    def struct(self, type_id: str) -> Struct | None:
        """Give a structured type, None for what is none or is not there."""
        found = self._types.get(type_id)
        return found if isinstance(found, Struct) else None

    def settle(
        self, ref: TypeRef, constraints: Constraints | None = None
    ) -> tuple[TypeRef, Constraints]:
        """Follow type definitions to what they stand for, and gather what is said of
        the value on the way: the nearest word counts. What is not there can be
        anything.
        """
        said = constraints or _NONE
        seen: set[str] = set()
        while isinstance(ref, Named):
            target = self._types.get(ref.id)
            if target is None or ref.id in seen:
                return AnyType(), said
            if not isinstance(target, Alias):
                break
            seen.add(ref.id)
            ref, said = target.type, said.joined(target.constraints)
        return ref, said

    def aliases(self, ref: TypeRef) -> Iterator[Alias]:
        """Give the type definitions that `settle` follows."""
        seen: set[str] = set()
        while isinstance(ref, Named) and ref.id not in seen:
            target = self._types.get(ref.id)
            if not isinstance(target, Alias):
                break
            seen.add(ref.id)
            yield target
            ref = target.type

    def at(self, type_id: str, path: str) -> tuple[str, Property | None]:
        """Give the type that has the property at the end of a path, and the
        property."""
        name, _, rest = path.partition("/")
        member = self.members(type_id).get(name)
        inner = self.settle(member.type)[0] if member is not None else None
        if rest and isinstance(inner, Named):
            return self.at(inner.id, rest)
        return type_id, member

    def concrete(self, type_id: str) -> str:
        """Give a type of which there can be instances: the type itself, for an abstract
        one the derived type that is nearest to it and first by name, for one that tells
        its derived types apart the first that it names.

        The type itself where no other is known.
        """
        nearest = [type_id]
        seen = {type_id}
        while nearest:
            for each in nearest:
                struct = self.struct(each)
                if struct is not None and not struct.abstract:
                    return self._first_told(each)
            derived = {sub for each in nearest for sub in self.derived.get(each, ())}
            nearest = sorted(derived - seen)
            seen |= derived
        return type_id

    def actual(self, type_id: str, value: Mapping[str, object]) -> str:
        """Give the type of an object: the derived one that a property of it names
        (`Struct.discriminator`), else the declared one."""
        for each in self.chain(type_id):
            if each.discriminator is not None:
                text = value.get(each.discriminator.property)
                told = self._told(each).by_text
                for derived in told.get(text, ()) if isinstance(text, str) else ():
                    if self._is_a(derived, type_id):
                        return derived
        return type_id

    def tag(self, type_id: str) -> tuple[str, str] | None:
        """Give the property that tells that an object is of a type, and its value; None
        where none does."""
        for each in self.chain(type_id):
            if each.discriminator is not None:
                texts = self._told(each).by_type.get(type_id)
                if texts is not None:
                    return each.discriminator.property, texts[0]
        return None

    def told_apart(self, base: Struct, type_id: str) -> Iterator[tuple[str, str]]:
        """Give the values of a base's discriminator, each with its type, that stand for
        a type or for one that stands on it."""
        if base.id == type_id and base.discriminator is not None:
            yield from base.discriminator.mapping
            return
        waiting, seen = [type_id], {type_id}
        while waiting:
            each = waiting.pop()
            yield from ((text, each) for text in self._told(base).by_type.get(each, ()))
            inner = [sub for sub in self.derived.get(each, ()) if sub not in seen]
            seen.update(inner)
            waiting += reversed(inner)

    def _told(self, struct: Struct) -> _Told:
        """What the discriminator of a type tells apart."""
        found = self._told_by.get(struct.id)
        if found is None:
            found = self._told_by[struct.id] = _Told({}, {})
            told = struct.discriminator
            for text, type_id in told.mapping if told is not None else ():
                found.by_text.setdefault(text, []).append(type_id)
                found.by_type.setdefault(type_id, []).append(text)
        return found

    def _first_told(self, type_id: str) -> str:
        """The first type that the discriminator of a type names, if it does not name
        the type itself."""
        struct = self.struct(type_id)
        told = struct.discriminator if struct is not None else None
        if told is None or self.tag(type_id) is not None:
            return type_id
        found = (each for _, each in told.mapping if self._is_a(each, type_id))
        return next(found, type_id)

    def _is_a(self, type_id: str, base: str) -> bool:
        return any(each.id == base for each in self.chain(type_id))

    @cached_property
    def endless(self) -> frozenset[str]:
        """The type definitions that stand in what they stand for."""
        return in_circles(self._types)
