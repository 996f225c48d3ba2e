"""Inheritance: which types a type stands on, which stand on it, and what it has from
them.

Made from the types of an `Api`, for passes and emitters that must look past one type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from generator.model import KeyPart, Named, Property, Struct, TypeDef, named_types


class Lineage:
    """Lookups over the structured types of an Api.

    Ids that are not those of a structure have an empty lineage. Cycles end where they
    would begin again.
    """

    def __init__(self, types: Mapping[str, TypeDef]) -> None:
        self._types = types
        self._chains: dict[str, tuple[Struct, ...]] = {}
        self._ids: dict[str, tuple[str, ...]] = {}
        self._members: dict[str, Mapping[str, Property]] = {}

    def chain(self, type_id: str) -> tuple[Struct, ...]:
        """Give a structure and its bases, the nearest first."""
        found = self._chains.get(type_id)
        if found is None:
            found = self._chains[type_id] = self._follow(type_id)
        return found

    def _follow(self, type_id: str) -> tuple[Struct, ...]:
        chain: list[Struct] = []
        seen: set[str] = set()
        current: str | None = type_id
        while current is not None and current not in seen:
            seen.add(current)
            struct = self._types.get(current)
            if not isinstance(struct, Struct):
                break
            chain.append(struct)
            current = struct.base
        return tuple(chain)

    def ids(self, type_id: str) -> tuple[str, ...]:
        """Give the ids of a structure and its bases, the nearest first."""
        found = self._ids.get(type_id)
        if found is None:
            found = tuple([struct.id for struct in self.chain(type_id)])
            self._ids[type_id] = found
        return found

    def members(self, type_id: str) -> Mapping[str, Property]:
        """Give the properties of a structure by name, those of its bases included."""
        found = self._members.get(type_id)
        if found is None:
            found = self._members[type_id] = {
                member.name: member
                for struct in reversed(self.chain(type_id))
                for member in struct.properties
            }
        return found

    def member(self, type_id: str, name: str) -> Property | None:
        """Give a property of a structure or of one of its bases."""
        return self.members(type_id).get(name)

    def declaring(self, type_id: str, name: str) -> str:
        """Give the id of the type that declares a member, `type_id` if none does."""
        for struct in self.chain(type_id):
            if any(member.name == name for member in struct.properties):
                return struct.id
        return type_id

    def key(self, type_id: str) -> tuple[KeyPart, ...]:
        """Give the key of a structure, from the nearest type that declares one."""
        for struct in self.chain(type_id):
            if struct.key:
                return struct.key
        return ()

    @cached_property
    def derived(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the types that stand directly on a type, by its id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for definition in self._types.values():
            if isinstance(definition, Struct) and definition.base is not None:
                found[definition.base].append(definition.id)
        return {base: tuple(sorted(ids)) for base, ids in found.items()}

    def related(self, one: str, other: str) -> bool:
        """Say whether one of two structures inherits from the other, or is the
        other."""
        return other in self.ids(one) or one in self.ids(other)

    def walk(
        self, type_id: str, segments: Sequence[str]
    ) -> tuple[str, Property | None] | None:
        """Follow a path of members and type casts (CSDL 4.01 section 14.4.1).

        Gives the id of the structure or other type at its end ("" for one without a
        name) and the last member met, or None where a segment does not exist.
        """
        last: Property | None = None
        for segment in segments:
            if "." in segment:
                if not self.related(type_id, segment):
                    return None
                type_id = segment
                continue
            last = self.member(type_id, segment)
            if last is None:
                return None
            type_id = next(named_types(last.type), "")
        return type_id, last


def is_entity(types: Mapping[str, TypeDef], ref: object) -> bool:
    """Say whether a reference names an entity type."""
    if not isinstance(ref, Named):
        return False
    definition = types.get(ref.id)
    return isinstance(definition, Struct) and definition.is_entity
