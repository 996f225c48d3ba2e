"""What the types of an Api are made of, as far as more than one emitter has to know.

`samples`, `docs`, `openapi` and `python` ask here; nothing here is of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.emitters.circles import in_circles
from generator.model import (
    Alias,
    AnyType,
    Api,
    Constraints,
    KeyPart,
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


class Structure:
    """Lookups over the types of an Api. Circles end where they would begin again."""

    def __init__(self, api: Api) -> None:
        self._types = api.types
        self._members: dict[str, Mapping[str, Property]] = {}
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

    def chain(self, type_id: str) -> Sequence[Struct]:
        """Give a structure and its bases, the nearest first."""
        chain: dict[str, Struct] = {}
        struct = self.struct(type_id)
        while struct is not None and struct.id not in chain:
            chain[struct.id] = struct
            # "" may be the name of a type; None is that of none
            struct = None if struct.base is None else self.struct(struct.base)
        return tuple(chain.values())

    def members(self, type_id: str) -> Mapping[str, Property]:
        """Give the properties of a structure by name, those of its bases first."""
        found = self._members.get(type_id)
        if found is None:
            found = self._members[type_id] = {
                member.name: member
                for struct in reversed(self.chain(type_id))
                for member in struct.properties
            }
        return found

    def key(self, type_id: str) -> tuple[KeyPart, ...]:
        """Give the key of a structure, from the nearest type that declares one."""
        return next((each.key for each in self.chain(type_id) if each.key), ())

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

    @cached_property
    def derived(self) -> Mapping[str, tuple[str, ...]]:
        """The types that stand directly on a type, by its id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for definition in self._types.values():
            if isinstance(definition, Struct) and definition.base is not None:
                found[definition.base].append(definition.id)
        return {base: tuple(sorted(ids)) for base, ids in found.items()}
