"""Python names, decided once and from the whole catalogue of a spec, so that a slice
renames nothing.

A name is made of the words of the wire name. Where that gives one name to two things,
the more particular one is told apart by a word: a type by its namespace, then by its
kind; a member by its own spelling.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count

from generator.emitters.python import reserved
from generator.emitters.python.call_names import call_wishes
from generator.emitters.python.spelling import (
    apart,
    is_name,
    pascal,
    shortened,
    snake,
    split_id,
    upper,
)
from generator.model import (
    Api,
    Catalogue,
    Enum,
    LinkKind,
    Operation,
    OperationKind,
    Protocol,
    Resource,
    ResourceLink,
)
from generator.pins import Pins, pinned

_CALLS = (OperationKind.ACTION, OperationKind.FUNCTION)

# What is added to the name of a type, or of a member, by variant and cardinality: the
# wish, and what is taken where the wish is the name of another class.
_PLACES = {
    ("", False): ("Resource", "Place"),
    ("", True): ("Collection", "Places"),
    ("$singleton", False): ("Singleton", "SingletonPlace"),
    ("$ref", False): ("Reference", "ReferencePlace"),
    ("$ref", True): ("References", "ReferencePlaces"),
    ("$member", False): ("Member", "MemberPlace"),
    ("$links", False): ("Links", "PlaceLinks"),
    ("$links", True): ("CollectionLinks", "PlacesLinks"),
}


class Names:
    """The Python names of everything in a catalogue."""

    def __init__(self, api: Api) -> None:
        if api.catalogue is None:
            raise ValueError("names are made from the catalogue of the whole spec")
        self._catalogue: Catalogue = api.catalogue
        self._definitions = api.types
        self._main = api.namespace
        self._members: dict[str, dict[str, str]] = {}
        self._tried: dict[tuple[str, str], int] = {}
        self._parameters: dict[str, dict[str, str]] = {}
        self._resource_members: dict[tuple[str, bool], dict[str, str]] = {}
        self.pins = Pins(api.catalogue.given, usable)

    # --- types

    @cached_property
    def _types(self) -> dict[str, str]:
        """By type id, a name of which class and module are made: no two give the same."""
        ids = sorted(self._catalogue.members)
        uses = Counter(snake(split_id(type_id)[1]) for type_id in ids)
        given = {type_id: self.pins.name("type", type_id) for type_id in ids}
        places = self._pinned_places()
        result: dict[str, str] = {}
        taken: set[str] = set()

        def order(type_id: str) -> tuple[bool, bool]:
            # those that keep their plain name first, so that a prefixed one cannot take
            # it away
            return not given[type_id], self._is_prefixed(type_id, uses)

        for type_id in sorted(ids, key=order):
            pin = given[type_id]
            wishes = self._candidates(type_id, self._is_prefixed(type_id, uses))
            for name in chain([pin] if pin else [], wishes):
                name = shortened(name, type_id)
                spellings = {snake(name), pascal(name), _as_file(name)}
                if not spellings & (taken if name == pin else taken | places):
                    break
            taken |= spellings
            result[type_id] = name
        return result

    def _pinned_places(self) -> set[str]:
        """The classes that places have had, and their twins: no new type takes one."""
        return {
            prefix + name
            for type_id in self.pins.owners("place")
            if type_id in self._catalogue.members
            for name in self.pins.names("place", type_id).values()
            for prefix in ("", "Async")
        }

    def _is_prefixed(self, type_id: str, uses: Mapping[str, int]) -> bool:
        namespace, short = split_id(type_id)
        return uses[snake(short)] > 1 and namespace != self._main

    def _candidates(self, type_id: str, prefixed: bool) -> Iterable[str]:
        namespace, short = split_id(type_id.replace("[]", " list"))
        within = namespace.removeprefix(self._main + ".")
        if not prefixed:
            yield short
        if namespace != self._main:
            yield f"{within}.{short}"
        yield f"{namespace}.{short}"
        yield f"{short}.{self._catalogue.kinds[type_id]}"
        # names that differ in nothing but case, of one kind, in one namespace; of
        # thousands none begins anew
        alike = snake(short), pascal(short)
        for number in count(self._tried.get(alike, 2)):
            self._tried[alike] = number
            yield f"{short}.{number}"

    def type_class(self, type_id: str) -> str:
        """The class of a type."""
        name = pascal(self._types[type_id])
        return name + "_" if name in reserved.CLASS else name

    def type_module(self, type_id: str) -> str:
        """The module of a type, in `models` and, for its places, in `resources`."""
        name = snake(self._types[type_id])
        return name + "_" if name in reserved.MODULE else name

    # --- members

    def members(self, type_id: str) -> dict[str, str]:
        """Python names of a type's members by wire name, inherited ones included."""
        if type_id not in self._members:
            base = next(self._bases_of(type_id), None)
            inherited = self.members(base) if base is not None else {}
            own = [w for w in self._catalogue.members[type_id] if w not in inherited]
            is_enum = self._catalogue.kinds[type_id] == "enum type"
            labels = self._labels(type_id)
            wishes = {
                wire: upper(labels.get(wire, wire)) if is_enum else snake(wire)
                for wire in own
            }
            taken = reserved.ENUM if is_enum else reserved.MODEL
            given = self._pinned_members(type_id, own)
            others = set(self._blocked[type_id]) - set(given.values())
            others |= set(inherited.values())
            own_names = apart(own, wishes, taken, others, given)
            self._members[type_id] = inherited | own_names
        return self._members[type_id]

    def _pinned_members(self, type_id: str, own: Sequence[str]) -> dict[str, str]:
        """What a type's members have been called, also while they were those of a type
        above or below it."""
        if not self.pins:
            return {}
        blocked = self._blocked[type_id]
        found = {
            wire: name
            for wire, name in self._below[type_id].items()
            if blocked[name] == {wire}
        }
        for owner in (*reversed(list(self._bases_of(type_id))), type_id):
            found |= self.pins.names("member", owner)
        return {wire: found[wire] for wire in own if wire in found}

    @cached_property
    def _below(self) -> defaultdict[str, dict[str, str]]:
        """By type, what the members of types that are derived from it have been
        called; where those differ, what the first of the types calls them."""
        result: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for base, names in self._derived():
            for wire, name in names.items():
                result[base].setdefault(wire, name)
        return result

    @cached_property
    def _blocked(self) -> defaultdict[str, defaultdict[str, set[str]]]:
        """By type, all names of members of types that are derived from it, and what
        has each."""
        result: defaultdict[str, defaultdict[str, set[str]]]
        result = defaultdict(lambda: defaultdict(set))
        for base, names in self._derived():
            for wire, name in names.items():
                result[base][name].add(wire)
        return result

    def _derived(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Give each base of each type that has names, with the type's names."""
        for type_id in sorted(self.pins.owners("member")):
            if type_id in self._catalogue.members:
                names = self.pins.names("member", type_id)
                for base in self._bases_of(type_id):
                    yield base, names

    def _bases_of(self, type_id: str) -> Iterator[str]:
        base = self._catalogue.bases.get(type_id)
        while base is not None and base in self._catalogue.members:
            yield base
            base = self._catalogue.bases.get(base)

    def _labels(self, type_id: str) -> dict[str, str]:
        """What the source calls members of an enumeration whose wire names are no
        names."""
        definition = self._definitions.get(type_id)
        if not isinstance(definition, Enum):
            return {}
        return {each.name: each.label for each in definition.members if each.label}

    # --- places

    def resource_class(self, resource: Resource) -> str:
        """The class of a place; its async twin has "Async" before it."""
        return self._places[resource.type, resource.many, resource.variant]

    def links_class(self, type_id: str, many: bool) -> str:
        """The class of what all places of a type have alike; its twin is called
        likewise.
        """
        return self._places[type_id, many, "$links"]

    @cached_property
    def _places(self) -> dict[tuple[str, bool, str], str]:
        """By type, cardinality and variant, the class of a place.

        None has the name of a type's class or of one of the runtime: modules import
        them side by side.
        """
        wishes = {
            (place.type, place.many, variant): variant
            for place in self._catalogue.resources.values()
            for variant in (place.variant, "$links")
        }
        taken = {self.type_class(type_id) for type_id in self._catalogue.members}
        taken |= reserved.CLASS
        given = {key: self.pins.name("place", key[0], _shape(key)) for key in wishes}
        for type_id, many, variant in sorted(
            wishes, key=lambda key: (not given[key], "/" in key[2], key)
        ):
            pin = given[type_id, many, variant]
            names = self._place_candidates(type_id, many, variant)
            names = chain([pin] if pin else [], names)
            name = next(name for name in names if not {name, f"Async{name}"} & taken)
            taken |= {name, f"Async{name}"}
            wishes[type_id, many, variant] = name
        return wishes

    def _place_candidates(
        self, type_id: str, many: bool, variant: str
    ) -> Iterator[str]:
        plain = pascal(self._types[type_id])
        if "/" in variant:
            owner, _, member = variant.rpartition("/")
            plain = pascal(self._types[owner]) if owner in self._types else ""
            plain += pascal(member)
        wish, otherwise = _PLACES.get((variant, many), _PLACES["", many])
        yield plain + wish
        yield plain + otherwise
        name = f"{plain}{pascal(type_id)}{otherwise}"
        while True:
            yield name
            name += "_"

    def resource_members(self, resource: Resource) -> dict[str, str]:
        """Names of the attributes and methods of a place, by `link_key` and by
        operation name.
        """
        shape = (resource.type, resource.many)
        if shape not in self._resource_members:
            variants = self._by_shape[shape]
            links = [link for variant in variants for link in variant.links]
            operations = [call for variant in variants for call in variant.operations]
            taken = reserved.MANY if resource.many else reserved.ONE
            given = self.pins.names("at", _at(*shape))
            names = self._attributes(links, operations, taken, given)
            self._resource_members[shape] = names
        return self._resource_members[shape]

    def parameters(self, name: str) -> dict[str, str]:
        """Names of the parameters of all operations of a name, by wire name."""
        if name not in self._parameters:
            wires = self._overloads[name]
            wishes = {wire: snake(wire) for wire in wires}
            given = self.pins.names("parameter", name)
            self._parameters[name] = apart(wires, wishes, reserved.PARAMETER, (), given)
        return self._parameters[name]

    @cached_property
    def _overloads(self) -> dict[str, set[str]]:
        """The parameters of all operations of a name, wherever they are bound."""
        result: dict[str, set[str]] = {}
        for operation in self._operations():
            wires = result.setdefault(operation.name, set())
            wires.update([parameter.name for parameter in operation.parameters])
        return result

    def _operations(self) -> Iterator[Operation]:
        yield from self._catalogue.operations
        for resource in self._catalogue.resources.values():
            yield from resource.operations
            for link in resource.links:
                if link.operation is not None:
                    yield link.operation

    @cached_property
    def client_members(self) -> dict[str, str]:
        """Names of the attributes and methods of the client, as `resource_members`."""
        catalogue = self._catalogue
        return self._attributes(
            catalogue.links,
            catalogue.operations,
            reserved.CLIENT,
            self.pins.names("client"),
        )

    def _attributes(
        self,
        links: Sequence[ResourceLink],
        operations: Sequence[Operation],
        taken: frozenset[str],
        given: Mapping[str, str],
    ) -> dict[str, str]:
        """Properties have the first choice, for paths are written with them; calls have
        the last. What has been given stays.
        """
        leading = [link.operation for link in links if link.operation is not None]
        called = call_wishes(
            [call for call in operations if call.kind in _CALLS], leading
        )
        properties = {
            link_key(link): self._link_name(link)
            for link in links
            if link.kind not in (LinkKind.KEY, LinkKind.CAST, LinkKind.FUNCTION)
        }
        others = {
            link_key(link): self._link_name(link)
            for link in links
            if link.kind is LinkKind.CAST or link.alternate
        }
        names: dict[str, str] = {}
        groups = (properties, others, called)
        keys = [key for wishes in groups for key in wishes]
        kept = {key: given[key] for key in keys if key in given}
        for wishes in groups:
            used = {*names.values(), *(n for k, n in kept.items() if k not in wishes)}
            names |= apart(wishes, wishes, taken, used, kept)
        return names

    def _link_name(self, link: ResourceLink) -> str:
        if link.kind is LinkKind.CAST:
            return f"as_{snake(self._types[link.name])}"
        if link.kind is LinkKind.KEY:
            return "by_" + "_and_".join(snake(part.name) for part in link.key)
        return "media_stream" if link.name == "$value" else snake(link.name)

    def given(self, api: Api, only: frozenset[str] | None = None) -> dict[str, str]:
        """Give the names of all that an Api has, in the lines of a lock file; of types
        and their places, those of `only` may be enough."""
        lines: dict[str, str] = {}
        for type_id in api.types if only is None else only:
            lines |= pinned("type", type_id, {"": self._types[type_id]})
            base = next(self._bases_of(type_id), None)
            above = self.members(base) if base is not None else {}
            own = {k: n for k, n in self.members(type_id).items() if k not in above}
            lines |= pinned("member", type_id, own)
        places: dict[str, dict[str, str]] = {}
        called = {each.name for each in api.operations}
        for place in api.resources.values():
            called |= {each.name for each in place.operations}
            is_asked = only is None or place.type in only
            if api.protocol is Protocol.HTTP or not is_asked:
                continue
            for variant in (place.variant, "$links"):
                key = (place.type, place.many, variant)
                names = places.setdefault(place.type, {})
                names[_shape(key)] = self._places[key]
            at = _at(place.type, place.many)
            lines |= pinned("at", at, self.resource_members(place))
        for type_id, names in places.items():
            lines |= pinned("place", type_id, names)
        for name in called & self._overloads.keys():
            lines |= pinned("parameter", name, self.parameters(name))
        if api.protocol is Protocol.ODATA:
            lines |= pinned("client", "", self.client_members)
        return lines

    @cached_property
    def _by_shape(self) -> dict[tuple[str, bool], list[Resource]]:
        result: dict[tuple[str, bool], list[Resource]] = {}
        for resource in self._catalogue.resources.values():
            result.setdefault((resource.type, resource.many), []).append(resource)
        return result


def usable(scope: str, name: str) -> bool:
    """Say whether a name of a lock file may be used again; what types are called is
    spelled anew each time."""
    return scope == "type" or is_name(name)


def _at(type_id: str, many: bool) -> str:
    """How a lock file calls one or many of a type."""
    return f"{type_id}[]" if many else type_id


def _shape(place: tuple[str, bool, str]) -> str:
    """How a lock file tells a place from the others of its type."""
    _, many, variant = place
    return f"{variant}[]" if many else variant


def _as_file(name: str) -> str:
    """The name of a module where the disk knows no case."""
    return unicodedata.normalize("NFKC", snake(name).casefold())


def link_key(link: ResourceLink) -> str:
    """What tells a link from the others of its place."""
    if link.kind is LinkKind.KEY:
        return "by " + " and ".join(part.name for part in link.key)
    if link.kind is LinkKind.CAST:
        return f"as {link.name}"
    return f".{link.name}"
