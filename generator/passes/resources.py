"""The places of an OData service, made from types, roots, operations and annotations.

A place is keyed by type, cardinality and what may be done there, so a few thousand of them reach every one of the
millions of paths. What may be done follows from how the place is reached (OData 4.01 Protocol section 11.4) and from
what the Capabilities vocabulary says of the set, the navigation property or the type.

Runs after `annotate` and before `with_catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.model import (
    Api,
    Doc,
    KeyPart,
    LinkKind,
    ListOf,
    Named,
    Operation,
    Property,
    Resource,
    ResourceLink,
    Root,
    StreamType,
    Struct,
)
from generator.passes.lineage import Lineage
from generator.passes.verbs import Reach, Rules, verbs
from generator.passes.vocabulary import capabilities

# Casts to more derived types than this are left to the runtime's `cast`: nobody reads a list of a thousand.
MOST_CASTS = 200


def make_resources(api: Api) -> Api:
    """Give the Api with its resources and the links that lead into it.

    An Api that already has resources (another kind of source made them) comes back as it is.
    """
    return api if api.resources else _Maker(api).make()


@dataclass(frozen=True, slots=True)
class _Stand:
    """A place as it is met: by what owner ("<type>/<property>", "<container>/<set>", "" for none), whether it is an
    item of a collection, and what may be annotated for it, nearest first."""

    type: str
    reach: Reach
    owner: str = ""
    item: bool = False

    @property
    def shape(self) -> str:
        return f"{self.type}[]" if self.reach.many else self.type


class _Maker:
    """Meets every place once, and then writes the resources."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lineage = Lineage(api.types)
        self._structs = [t for t in api.types.values() if isinstance(t, Struct)]
        self._verbs: dict[_Stand, tuple[Operation, ...]] = {}
        # provisional id -> the places with that id, in the order of meeting
        self._met: dict[str, dict[_Stand, None]] = {}

    def make(self) -> Api:
        """Give the Api with resources and root links."""
        for root in self._api.roots:
            self._meet(_root_stand(root))
        for struct in self._structs:
            for prop in self._lineage.members(struct.id).values():
                stand = self._property_stand(struct.id, prop)
                if stand is not None:
                    self._meet(stand)
        self._meet_the_rest()
        ids = self._final_ids()
        resources = (
            self._resource(ids[met], list(stands), ids)
            for met, stands in self._met.items()
        )
        links = (
            ResourceLink(
                root.name, ids[self._id(_root_stand(root))], LinkKind.ROOT, doc=root.doc
            )
            for root in self._api.roots
        )
        return replace(
            self._api,
            resources={resource.id: resource for resource in resources},
            links=tuple(links),
        )

    # --- meeting places

    def _meet(self, stand: _Stand) -> None:
        self._met.setdefault(self._id(stand), {})[stand] = None
        if stand.reach.many and self._lineage.key(stand.type):
            item = _item_of(stand)
            self._met.setdefault(self._id(item), {})[item] = None

    def _property_stand(self, type_id: str, prop: Property) -> _Stand | None:
        """The place to which a property of a type leads, if it leads anywhere."""
        many = isinstance(prop.type, ListOf)
        ref = prop.type.item if isinstance(prop.type, ListOf) else prop.type
        if not isinstance(ref, Named):
            return None
        if prop.navigation is None:
            if many or ref.id not in self._leading:
                return None
            return _Stand(ref.id, Reach.COMPLEX, self._owner(type_id, prop))
        if prop.navigation.contains:
            reach = Reach.COLLECTION if many else Reach.ENTITY
        else:
            reach = Reach.REFERENCES if many else Reach.REFERENCE
        return _Stand(ref.id, reach, self._owner(type_id, prop))

    def _owner(self, type_id: str, prop: Property) -> str:
        """The nearest annotated "<type>/<property>", from the type up to where it is declared."""
        for struct in self._lineage.chain(type_id):
            owner = f"{struct.id}/{prop.name}"
            if owner in self._api.annotations or any(
                p.name == prop.name for p in struct.properties
            ):
                return owner
        return f"{type_id}/{prop.name}"

    @cached_property
    def _leading(self) -> frozenset[str]:
        """Complex types below which there is something to reach: a relationship, a stream, an operation."""
        bound = {call.binding.type for call in self._api.operations if call.binding}
        complex_types = [struct for struct in self._structs if not struct.is_entity]
        leading: set[str] = set()
        before = -1
        while len(leading) != before:
            before = len(leading)
            leading |= {
                s.id for s in complex_types if self._leads_on(s, bound, leading)
            }
        return frozenset(leading)

    def _leads_on(self, struct: Struct, bound: set[str], leading: set[str]) -> bool:
        related = {
            *self._lineage.ids(struct.id),
            *self._lineage.derived.get(struct.id, ()),
        }
        return bool(related & (bound | leading)) or any(
            prop.navigation is not None
            or isinstance(prop.type, StreamType)
            or (isinstance(prop.type, Named) and prop.type.id in leading)
            for prop in self._lineage.members(struct.id).values()
        )

    def _meet_the_rest(self) -> None:
        """Casts and composable functions lead to plain places; and every entity type has a place."""
        waiting = [
            (s.type, s.reach.many) for stands in self._met.values() for s in stands
        ]
        seen: set[tuple[str, bool]] = set()
        while waiting:
            shape = waiting.pop()
            if shape in seen:
                continue
            seen.add(shape)
            for link in (*self._casts(*shape), *self._function_links(*shape)):
                self._meet_plain(link.target, waiting)
        met = {stand.type for stands in self._met.values() for stand in stands}
        for struct in self._structs:
            if struct.is_entity and struct.id not in met:
                self._meet(_Stand(struct.id, Reach.ENTITY))

    def _meet_plain(self, shape: str, waiting: list[tuple[str, bool]]) -> None:
        many = shape.endswith("[]")
        type_id = shape.removesuffix("[]")
        is_entity = self._lineage.chain(type_id)[0].is_entity
        one = Reach.ENTITY if is_entity else Reach.COMPLEX
        stand = _Stand(type_id, Reach.COLLECTION if many else one)
        self._meet(stand)
        waiting.append((type_id, many))
        if many:
            waiting.append((type_id, False))

    # --- what may be done, and what the place is called

    def _allowed(self, stand: _Stand) -> tuple[Operation, ...]:
        found = self._verbs.get(stand)
        if found is None:
            lineage = self._lineage.ids(stand.type)
            rules = Rules(self._api.annotations, stand.owner, lineage)
            found = verbs(stand.type, stand.reach, rules, item=stand.item)
            self._verbs[stand] = found
        return found

    def _id(self, stand: _Stand) -> str:
        """A place that allows what is usual for its type and way of reaching has no name of its own."""
        usual = self._allowed(replace(stand, owner=""))
        same = _methods(self._allowed(stand)) == _methods(usual)
        variant = stand.reach.variant if same else stand.owner
        return f"{stand.shape}@{variant}" if variant else stand.shape

    def _final_ids(self) -> dict[str, str]:
        """The plain id goes to the only way in which a type is met, where there is only one."""
        ids: dict[str, list[str]] = {}
        for provisional in self._met:
            ids.setdefault(provisional.partition("@")[0], []).append(provisional)
        return {
            provisional: shape if len(found) == 1 else provisional
            for shape, found in ids.items()
            for provisional in found
        }

    # --- writing the resources

    def _resource(
        self, final: str, stands: list[_Stand], ids: Mapping[str, str]
    ) -> Resource:
        first = stands[0]
        many = first.reach.many
        # what is said of one place holds for a resource only if it stands nowhere else
        alone = len({stand.owner for stand in stands}) == 1
        told = first if alone else replace(first, owner="")
        shape = (
            self._keys(first, ids) if many else self._property_links(first.type, ids)
        )
        return Resource(
            id=final,
            type=first.type,
            many=many,
            variant=final.partition("@")[2],
            operations=(
                *self._allowed(told),
                *self._calls(first.type, many),
            ),
            links=(
                *shape,
                *self._casts(first.type, many),
                *self._function_links(first.type, many),
            ),
            capabilities=capabilities(
                self._api.annotations, (told.owner, *self._lineage.ids(told.type))
            ),
            doc=self._lineage.chain(first.type)[0].doc,
        )

    def _property_links(
        self, type_id: str, ids: Mapping[str, str]
    ) -> Iterator[ResourceLink]:
        chain = self._lineage.chain(type_id)
        for prop in self._lineage.members(type_id).values():
            if isinstance(prop.type, StreamType):
                yield _link(prop, "", LinkKind.STREAM)
            stand = self._property_stand(type_id, prop)
            if stand is not None:
                kind = LinkKind.NAVIGATION if prop.navigation else LinkKind.COMPLEX
                yield _link(prop, ids[self._id(stand)], kind)
        if any(struct.has_stream for struct in chain):
            yield ResourceLink("$value", "", LinkKind.STREAM)

    def _keys(self, stand: _Stand, ids: Mapping[str, str]) -> Iterator[ResourceLink]:
        key = self._lineage.key(stand.type)
        if not key:
            return
        target = ids[self._id(_item_of(stand))]
        yield ResourceLink("", target, LinkKind.KEY, key=key)
        seen: set[tuple[KeyPart, ...]] = {key}
        for struct in self._lineage.chain(stand.type):
            for alternate in struct.alternate_keys:
                if alternate not in seen:
                    seen.add(alternate)
                    yield ResourceLink(
                        "", target, LinkKind.KEY, key=alternate, alternate=True
                    )

    def _casts(self, type_id: str, many: bool) -> tuple[ResourceLink, ...]:
        derived = self._descendants.get(type_id, ())
        if len(derived) > MOST_CASTS:
            return ()
        suffix = "[]" if many else ""
        return tuple(
            ResourceLink(
                each, each + suffix, LinkKind.CAST, doc=self._lineage.chain(each)[0].doc
            )
            for each in derived
        )

    @cached_property
    def _descendants(self) -> Mapping[str, list[str]]:
        """All types derived from a type, directly or not, in the order of their ids."""
        found: dict[str, list[str]] = {}
        for struct in sorted(self._structs, key=lambda struct: struct.id):
            for base in self._lineage.ids(struct.id)[1:]:
                found.setdefault(base, []).append(struct.id)
        return found

    # --- operations

    @cached_property
    def _bound(self) -> Mapping[tuple[str, bool], list[Operation]]:
        found: dict[tuple[str, bool], list[Operation]] = {}
        for call in self._api.operations:
            if call.binding is not None:
                found.setdefault((call.binding.type, call.binding.many), []).append(
                    call
                )
        return found

    def _operations(self, type_id: str, many: bool) -> Iterable[Operation]:
        """Actions and functions bound to a type or to a base of it, the nearest overload of each."""
        found: dict[tuple[str, frozenset[str]], Operation] = {}
        for base in self._lineage.ids(type_id):
            for call in self._bound.get((base, many), ()):
                parameters = frozenset(parameter.name for parameter in call.parameters)
                found.setdefault((call.name, parameters), call)
        return found.values()

    def _calls(self, type_id: str, many: bool) -> Iterator[Operation]:
        return (
            call for call in self._operations(type_id, many) if not self._place_of(call)
        )

    def _function_links(self, type_id: str, many: bool) -> Iterator[ResourceLink]:
        for call in self._operations(type_id, many):
            target = self._place_of(call)
            if target:
                yield ResourceLink(
                    call.name,
                    target,
                    LinkKind.FUNCTION,
                    operation=call,
                    doc=call.doc,
                    deprecation=call.deprecation,
                )

    def _place_of(self, call: Operation) -> str:
        """The place that a composable function gives: an entity or a collection of them, else ""."""
        result = call.result
        if not call.composable or result is None or result.type is None:
            return ""
        ref = result.type.item if isinstance(result.type, ListOf) else result.type
        if not isinstance(ref, Named):
            return ""
        chain = self._lineage.chain(ref.id)
        if not chain or not chain[0].is_entity:
            return ""
        return f"{ref.id}[]" if isinstance(result.type, ListOf) else ref.id


def _root_stand(root: Root) -> _Stand:
    return _Stand(
        root.type, Reach.COLLECTION if root.many else Reach.SINGLETON, root.target
    )


def _item_of(stand: _Stand) -> _Stand:
    reach = Reach.MEMBER if stand.reach is Reach.REFERENCES else Reach.ENTITY
    return replace(stand, reach=reach, item=True)


def _link(prop: Property, target: str, kind: LinkKind) -> ResourceLink:
    return ResourceLink(
        prop.name,
        target,
        kind,
        contains=prop.navigation is None or prop.navigation.contains,
        doc=prop.doc,
        deprecation=prop.deprecation,
    )


def _methods(operations: tuple[Operation, ...]) -> frozenset[str]:
    return frozenset(operation.kind for operation in operations)
