"""Ways: where the properties of a type lead, and how the places there are reached.

Used by `resources`. A navigation property leads to an entity or to a collection of
them, a stream property to bytes, and a complex property to a place of its own if there
is something more to reach below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.model import (
    Api,
    ListOf,
    Named,
    Property,
    Root,
    StreamType,
    Struct,
)
from generator.lineage import Lineage
from generator.passes.verbs import Reach


class Stand(NamedTuple):
    """A place as it is met: of what type, how it is reached, from where.

    `owner` is what may be annotated for it: "<type>/<property>", "<container>/<set>",
    "" for nothing. `item`: the place is one of the collection that the owner is.
    """

    type: str
    reach: Reach
    owner: str = ""
    item: bool = False


class Way(NamedTuple):
    """A property that leads on, and the place where it leads; None for a stream."""

    member: Property
    stand: Stand | None


def root_stand(root: Root) -> Stand:
    """Give the place of an entity set or singleton."""
    reach = Reach.COLLECTION if root.many else Reach.SINGLETON
    return Stand(root.type, reach, root.target)


def item_of(stand: Stand) -> Stand:
    """Give the place of one of a collection."""
    reach = Reach.MEMBER if stand.reach is Reach.REFERENCES else Reach.ENTITY
    return Stand(stand.type, reach, stand.owner, item=True)


class Ways:
    """The ways on from every type of an Api."""

    def __init__(self, api: Api, lineage: Lineage) -> None:
        self._api = api
        self._lineage = lineage
        self._own: dict[str, tuple[Property, ...]] = {}
        self._found: dict[str, tuple[Way, ...]] = {}

    def of(self, type_id: str) -> tuple[Way, ...]:
        """Give the ways on from a type, those of its bases first."""
        found = self._found.get(type_id)
        if found is None:
            ways = {
                member.name: Way(member, self._stand(type_id, struct.id, member))
                for struct in reversed(self._lineage.chain(type_id))
                for member in self._leading_members(struct)
            }
            found = self._found[type_id] = tuple(ways.values())
        return found

    def _leading_members(self, struct: Struct) -> tuple[Property, ...]:
        found = self._own.get(struct.id)
        if found is None:
            members = [item for item in struct.properties if self._leads(item)]
            found = self._own[struct.id] = tuple(members)
        return found

    def _leads(self, member: Property) -> bool:
        if member.navigation is not None:
            return True
        if isinstance(member.type, Named):
            return member.type.id in self._leading
        return isinstance(member.type, StreamType)

    def _stand(self, type_id: str, declaring: str, member: Property) -> Stand | None:
        many = isinstance(member.type, ListOf)
        ref = member.type.item if isinstance(member.type, ListOf) else member.type
        if not isinstance(ref, Named):
            return None
        owner = self._owner(type_id, declaring, member.name)
        if member.navigation is None:
            return Stand(ref.id, Reach.COMPLEX, owner)
        if member.navigation.contains:
            return Stand(ref.id, Reach.COLLECTION if many else Reach.ENTITY, owner)
        return Stand(ref.id, Reach.REFERENCES if many else Reach.REFERENCE, owner)

    def _owner(self, type_id: str, declaring: str, name: str) -> str:
        """Give the nearest "<type>/<property>" of which something is said, from the
        type up to the one that declares the property."""
        for owner in self._lineage.ids(type_id):
            target = f"{owner}/{name}"
            if owner == declaring or target in self._api.annotations:
                return target
        return f"{declaring}/{name}"

    @cached_property
    def _leading(self) -> frozenset[str]:
        bound = {
            call.binding.type
            for call in self._api.operations
            if call.binding is not None and not call.binding.many
        }
        structs = [
            struct
            for struct in self._api.types.values()
            if isinstance(struct, Struct) and not struct.is_entity
        ]
        return leading_types(structs, bound, self._lineage)


def leading_types(
    structs: Sequence[Struct], bound: Collection[str], lineage: Lineage
) -> frozenset[str]:
    """Give the complex types below which there is something to reach.

    That is a relationship, a stream, an action or function (`bound` are the types that
    have one), or a property of such a type; or else a derived type with one of these,
    to be reached by a cast.
    """
    holders = _holders(structs)
    bases = {struct.id: struct.base for struct in structs}
    waiting = [
        (struct.id, True)
        for struct in structs
        if struct.id in bound or any(map(_is_way, struct.properties))
    ]
    heirs: set[str] = set()
    leading: set[str] = set()
    while waiting:
        type_id, is_inherited = waiting.pop()
        if is_inherited and type_id not in heirs:
            heirs.add(type_id)
            waiting += [(each, True) for each in lineage.derived.get(type_id, ())]
        if type_id not in leading:
            leading.add(type_id)
            waiting += [(each, True) for each in holders.get(type_id, ())]
            base = bases.get(type_id)
            if base is not None:
                waiting.append((base, False))
    return frozenset(leading)


def _holders(structs: Sequence[Struct]) -> Mapping[str, list[str]]:
    """Give the types with a property of a type, by that type."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for struct in structs:
        for member in struct.properties:
            if isinstance(member.type, Named):
                found[member.type.id].append(struct.id)
    return found


def _is_way(member: Property) -> bool:
    return member.navigation is not None or isinstance(member.type, StreamType)
