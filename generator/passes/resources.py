"""The places of an OData service, made from types, roots, operations and annotations.

A place is keyed by type, cardinality and what may be done there, so a few thousand of
them reach every one of the millions of paths. What may be done follows from how the
place is reached (OData 4.01 Protocol section 11.4) and from what the Capabilities
vocabulary says of the set, the navigation property or the type.

Runs after `annotate` and before `with_catalogue`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.model import (
    Api,
    KeyPart,
    LinkKind,
    Operation,
    Property,
    Refusal,
    Resource,
    ResourceLink,
    Struct,
)
from generator.passes.calls import Call, Calls
from generator.lineage import Lineage
from generator.passes.query_options import QueryOptions
from generator.passes.restrictions import Restrictions, Rules
from generator.passes.verbs import Reach, Verb, allowed, verb_operation
from generator.passes.vocabulary import needs_etag
from generator.passes.ways import Stand, Ways, item_of, root_stand

MOST_CASTS = 200
"""Casts to more derived types than this are left to the runtime's `cast`: nobody reads
a list of a thousand."""


def make_resources(api: Api) -> Api:
    """Give the Api with its resources and the links that lead into it.

    Every place to which a way leads from a set or singleton is there, and one for each
    entity type to which none leads. An Api that already has resources (another kind of
    source made them) comes back as it is.
    """
    if api.resources:
        return api
    places = _Places(api)
    places.meet_all()
    return _Writer(api, places).write()


class _Places:
    """Every place of a service, met once, and what it is called."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.lineage = Lineage(api.types)
        self.ways = Ways(api, self.lineage)
        self.calls = Calls(api, self.lineage)
        self._restrictions = Restrictions(api.annotations)
        self._options = QueryOptions(api.annotations)
        self._verbs: dict[Stand, tuple[Verb, ...]] = {}
        self._descendants = _descendants(api, self.lineage)
        self._names: dict[Stand, str] = {}
        # name -> the places of that name, in the order of meeting
        self.met: dict[str, list[Stand]] = {}
        self._waiting: deque[tuple[str, bool]] = deque()
        self._followed: set[tuple[str, bool]] = set()

    def meet_all(self) -> None:
        """Go all ways from the roots, and then from the types that these do not
        reach."""
        for root in self._api.roots:
            self._meet(root_stand(root))
        self._follow_ways()
        lost = self._unmet_types()
        for type_id in lost:
            self._leave((type_id, False))
        self._follow_ways()
        for type_id in self._unmet_types():
            stand = Stand(type_id, Reach.ENTITY)
            self._names[stand] = type_id
            self.met[type_id] = [stand]

    def _unmet_types(self) -> list[str]:
        met = {type_id for type_id, _ in self._followed}
        return [
            struct.id
            for struct in self._api.types.values()
            if isinstance(struct, Struct) and struct.is_entity and struct.id not in met
        ]

    def _meet(self, stand: Stand) -> None:
        if stand in self._names:
            return
        name = self._names[stand] = self._name(stand)
        self.met.setdefault(name, []).append(stand)
        self._waiting.append((stand.type, stand.reach.many))
        if stand.reach.many and self.lineage.key(stand.type):
            self._meet(item_of(stand))

    def _follow_ways(self) -> None:
        while self._waiting:
            shape = self._waiting.popleft()
            if shape not in self._followed:
                self._followed.add(shape)
                self._leave(shape)
                for each in self.casts(*shape):
                    self._meet(self._plain(each, shape[1]))

    def _leave(self, shape: tuple[str, bool]) -> None:
        type_id, many = shape
        for way in () if many else self.ways.of(type_id):
            if way.stand is not None:
                self._meet(way.stand)
        for call in self.calls.at(type_id, many):
            if call.place:
                is_list = call.place.endswith("[]")
                self._meet(self._plain(call.place.removesuffix("[]"), is_list))

    def _plain(self, type_id: str, many: bool) -> Stand:
        """Give the place to which a cast or a function leads, of which nothing is
        said."""
        one = self.lineage.chain(type_id)[0]
        if many:
            return Stand(type_id, Reach.COLLECTION)
        return Stand(type_id, Reach.ENTITY if one.is_entity else Reach.COMPLEX)

    def casts(self, type_id: str, many: bool) -> Sequence[str]:
        """Give the types to which a place can be cast: none if no way leads to it."""
        if (type_id, many) not in self._followed:
            return ()
        derived = self._descendants.get(type_id, ())
        return derived if len(derived) <= MOST_CASTS else ()

    def verbs(self, stand: Stand) -> tuple[Verb, ...]:
        """Give what may be done at a place."""
        found = self._verbs.get(stand)
        if found is None:
            types = self.lineage.ids(stand.type)
            rules = Rules(self._restrictions, stand.owner, types)
            found = self._verbs[stand] = allowed(stand.reach, rules, item=stand.item)
        return found

    def refusals(self, stand: Stand) -> tuple[Refusal, ...]:
        """Give the query options that a place does not take."""
        targets = (stand.owner, stand.type)
        return self._options.refused(targets, many=stand.reach.many)

    def _name(self, stand: Stand) -> str:
        """A place that allows what is usual for its type and way of reaching has no
        name of its own; nor has a collection whose items are likewise."""
        variant = stand.reach.variant
        if self.is_told(stand) and not self._is_usual(stand):
            variant = stand.owner
        shape = f"{stand.type}[]" if stand.reach.many else stand.type
        return f"{shape}@{variant}" if variant else shape

    def is_told(self, stand: Stand) -> bool:
        """Say whether anything is said of what may be done at a place."""
        return stand.owner in self._restrictions or stand.owner in self._options

    def _is_usual(self, stand: Stand) -> bool:
        usual = Stand(stand.type, stand.reach, item=stand.item)
        if self._kinds(stand) != self._kinds(usual):
            return False
        if self.refusals(stand) != self.refusals(usual):
            return False
        return not stand.reach.many or self._is_usual(item_of(stand))

    def _kinds(self, stand: Stand) -> list[str]:
        return [verb.kind for verb in self.verbs(stand)]

    def resource_ids(self) -> Mapping[Stand, str]:
        """Give the ids of the resources: the plain one goes to the only way in which a
        type is met, where there is only one."""
        names: dict[str, list[str]] = {}
        for name in self.met:
            names.setdefault(name.partition("@")[0], []).append(name)
        final = {
            name: shape if len(found) == 1 else name
            for shape, found in names.items()
            for name in found
        }
        return {stand: final[name] for stand, name in self._names.items()}


class _Writer:
    """Writes the resources of places that have been met."""

    def __init__(self, api: Api, places: _Places) -> None:
        self._api = api
        self._places = places
        self._lineage = places.lineage
        self._ids = places.resource_ids()
        self._concurrent = {
            target for target, items in api.annotations.items() if needs_etag(items)
        }
        self._shared: dict[
            tuple[str, bool], tuple[list[Operation], list[ResourceLink]]
        ] = {}

    def write(self) -> Api:
        """Give the Api with resources and root links."""
        resources = [self._resource(stands) for stands in self._places.met.values()]
        links = [
            ResourceLink(
                root.name,
                self._ids[root_stand(root)],
                LinkKind.ROOT,
                owner=root.target,
                doc=root.doc,
            )
            for root in self._api.roots
        ]
        return replace(
            self._api,
            resources={resource.id: resource for resource in resources},
            links=tuple(links),
        )

    def _resource(self, stands: list[Stand]) -> Resource:
        first = stands[0]
        many = first.reach.many
        # What is said of one place holds for a resource only if it is said of no other;
        # of a place without an owner (a cast, the result of a function) nothing is said.
        told = first
        owned = [stand for stand in stands if stand.owner]
        if len({stand.owner for stand in owned}) == 1:
            told = owned[0]
        elif owned:
            is_item = all(stand.item for stand in stands)
            told = Stand(first.type, first.reach, item=is_item)
        calls, links = self._shared_parts(first.type, many)
        verbs = self._verbs(told, told)
        id_ = self._ids[first]
        return Resource(
            id=id_,
            type=first.type,
            many=many,
            variant=id_.partition("@")[2],
            operations=(*verbs, *calls),
            links=(*self._keys(first), *links),
            refusals=self._places.refusals(told),
            concurrent=self._is_concurrent(stands),
            told=tuple(self._told(stands, told, verbs)),
            doc=self._lineage.chain(first.type)[0].doc,
        )

    def _verbs(self, stand: Stand, named_for: Stand) -> tuple[Operation, ...]:
        return tuple(
            [
                verb_operation(verb, named_for.type, named_for.reach)
                for verb in self._places.verbs(stand)
            ]
        )

    def _told(
        self, stands: list[Stand], told: Stand, verbs: tuple[Operation, ...]
    ) -> Iterator[tuple[str, tuple[Operation, ...]]]:
        """Places of one resource allow the same, but each may be described in its own
        words and need permissions of its own."""
        for stand in stands:
            if stand.owner != told.owner and self._places.is_told(stand):
                found = self._verbs(stand, told)
                if found != verbs:
                    yield stand.owner, found

    def _is_concurrent(self, stands: list[Stand]) -> bool:
        """An ETag that one of the places needs does no harm at the others."""
        owners = {stand.owner for stand in stands}
        types = self._lineage.ids(stands[0].type)
        return not self._concurrent.isdisjoint([*owners, *types])

    def _keys(self, stand: Stand) -> Iterator[ResourceLink]:
        key = self._lineage.key(stand.type)
        if not stand.reach.many or not key:
            return
        target = self._ids[item_of(stand)]
        yield ResourceLink("", target, LinkKind.KEY, key=key)
        seen: set[tuple[KeyPart, ...]] = {key}
        for struct in self._lineage.chain(stand.type):
            for other in struct.alternate_keys:
                if other not in seen:
                    seen.add(other)
                    yield ResourceLink(
                        "", target, LinkKind.KEY, key=other, alternate=True
                    )

    def _shared_parts(
        self, type_id: str, many: bool
    ) -> tuple[list[Operation], list[ResourceLink]]:
        """Give the calls and the links but for keys, which all variants have alike."""
        found = self._shared.get((type_id, many))
        if found is None:
            calls = self._places.calls.at(type_id, many)
            links = [] if many else list(self._ways(type_id))
            links += self._casts(type_id, many)
            links += [_function_link(call) for call in calls if call.place]
            operations = [call.operation for call in calls if not call.place]
            found = self._shared[type_id, many] = (operations, links)
        return found

    def _ways(self, type_id: str) -> Iterator[ResourceLink]:
        for member, stand in self._places.ways.of(type_id):
            if stand is None:
                yield _link(member, None, "", LinkKind.STREAM)
            else:
                kind = LinkKind.NAVIGATION if member.navigation else LinkKind.COMPLEX
                yield _link(member, stand, self._ids[stand], kind)
        if any(struct.has_stream for struct in self._lineage.chain(type_id)):
            yield ResourceLink("$value", "", LinkKind.STREAM)

    def _casts(self, type_id: str, many: bool) -> Iterator[ResourceLink]:
        suffix = "[]" if many else ""
        for each in self._places.casts(type_id, many):
            said = self._lineage.chain(each)[0].doc
            yield ResourceLink(each, each + suffix, LinkKind.CAST, doc=said)


def _descendants(api: Api, lineage: Lineage) -> Mapping[str, list[str]]:
    """Give all types derived from a type, directly or not, in the order of their
    ids."""
    found: dict[str, list[str]] = {}
    for type_id in sorted(api.types):
        for base in lineage.ids(type_id)[1:]:
            found.setdefault(base, []).append(type_id)
    return found


def _link(
    member: Property, stand: Stand | None, target: str, kind: LinkKind
) -> ResourceLink:
    return ResourceLink(
        member.name,
        target,
        kind,
        contains=member.navigation is None or member.navigation.contains,
        owner=stand.owner if stand is not None else "",
        doc=member.doc,
        deprecation=member.deprecation,
    )


def _function_link(call: Call) -> ResourceLink:
    return ResourceLink(
        call.operation.name,
        call.place,
        LinkKind.FUNCTION,
        operation=call.operation,
        doc=call.operation.doc,
        deprecation=call.operation.deprecation,
    )
