"""Python names, decided once and from the whole catalogue of a spec, so that a slice renames nothing.

A name is made of the words of the wire name. Where that gives one name to two things, the more particular
one is told apart by a word: a type by its namespace, then by its kind; a member by its own spelling.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from generator.emitters.python import reserved
from generator.model import (
    Api,
    Catalogue,
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
)
from generator.words import split_words


@lru_cache(maxsize=65536)
def snake(name: str) -> str:
    """lower_case_with_underscores, an identifier; "value" stands in for what has no word."""
    return _start("_".join(split_words(name)).lower(), "value_")


def upper(name: str) -> str:
    """UPPER_CASE_WITH_UNDERSCORES, an identifier."""
    return snake(name).upper()


@lru_cache(maxsize=65536)
def pascal(name: str) -> str:
    """CapitalisedWords, an identifier; acronyms keep their case."""
    return _start(
        "".join(word[0].upper() + word[1:] for word in split_words(name)), "Type"
    )


def _start(name: str, prefix: str) -> str:
    """Make sure that a name starts as an identifier does."""
    if not name:
        return prefix.rstrip("_")
    name = unicodedata.normalize("NFKC", name)
    return name if name.isidentifier() else prefix + _only_identifier(name)


def _only_identifier(name: str) -> str:
    return "".join(character for character in name if f"a{character}".isidentifier())


def apart(
    wire_names: Iterable[str], make: Mapping[str, str], taken: Iterable[str]
) -> dict[str, str]:
    """Give each wire name a Python name of its own.

    `make` gives the wished name of each; `taken` are names that are not free, which get an underscore. When
    two wish for the same, the first that is spelled in camelCase has it and the others keep their own
    spelling; the order does not matter beyond that.
    """
    names = sorted(wire_names, key=lambda wire: ("_" in wire, wire))
    used = set(taken)
    reserved_names = frozenset(used)
    result: dict[str, str] = {}
    for wire in names:
        name = make[wire]
        if name in reserved_names:
            name += "_"
        if name in used:
            name = _start(
                _only_identifier(wire.replace("-", "_").replace(".", "_")), "value_"
            )
        while name in used:
            name += "_"
        used.add(name)
        result[wire] = name
    return result


def split_id(type_id: str) -> tuple[str, str]:
    """Give the namespace and the short name of a qualified one."""
    namespace, _, short = type_id.rpartition(".")
    return namespace, short


class Names:
    """The Python names of everything in a catalogue."""

    def __init__(self, api: Api) -> None:
        if api.catalogue is None:
            raise ValueError("names are made from the catalogue of the whole spec")
        self._catalogue: Catalogue = api.catalogue
        self._main = api.namespace
        self._members: dict[str, dict[str, str]] = {}
        self._resource_members: dict[tuple[str, bool], dict[str, str]] = {}

    # --- types

    @cached_property
    def _types(self) -> dict[str, str]:
        """By type id, a name of which class and module are made: no two give the same."""
        ids = sorted(self._catalogue.members)
        uses = Counter(snake(split_id(type_id)[1]) for type_id in ids)
        result: dict[str, str] = {}
        taken: set[str] = set()
        # those that keep their plain name first, so that a prefixed one cannot take it away
        for type_id in sorted(ids, key=lambda t: self._is_prefixed(t, uses)):
            for name in self._candidates(type_id, self._is_prefixed(type_id, uses)):
                spellings = {snake(name), pascal(name)}
                if not spellings & taken:
                    break
            taken |= spellings
            result[type_id] = name
        return result

    def _is_prefixed(self, type_id: str, uses: Mapping[str, int]) -> bool:
        namespace, short = split_id(type_id)
        return uses[snake(short)] > 1 and namespace != self._main

    def _candidates(self, type_id: str, prefixed: bool) -> Iterable[str]:
        namespace, short = split_id(type_id)
        within = namespace.removeprefix(self._main + ".")
        if not prefixed:
            yield short
        if namespace != self._main:
            yield f"{within}.{short}"
        yield f"{namespace}.{short}"
        yield f"{short}.{self._catalogue.kinds[type_id]}"
        number = (
            2  # names that differ in nothing but case, of one kind, in one namespace
        )
        while True:
            yield f"{short}.{number}"
            number += 1

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
            base = self._catalogue.bases.get(type_id)
            inherited = (
                self.members(base) if base and base in self._catalogue.members else {}
            )
            own = [w for w in self._catalogue.members[type_id] if w not in inherited]
            is_enum = self._catalogue.kinds[type_id] == "enum type"
            wishes = {wire: (upper if is_enum else snake)(wire) for wire in own}
            taken = (reserved.ENUM if is_enum else reserved.MODEL) | set(
                inherited.values()
            )
            self._members[type_id] = inherited | apart(own, wishes, taken)
        return self._members[type_id]

    # --- places

    def resource_class(self, resource: Resource) -> str:
        """The class of a place; its async twin has "Async" before it."""
        plain = pascal(self._types[resource.type])
        variant = resource.variant
        if variant == "$singleton":
            return f"{plain}Singleton"
        if variant == "$ref":
            return f"{plain}References" if resource.many else f"{plain}Reference"
        if variant == "$member":
            return f"{plain}Member"
        if variant:
            owner, _, member = variant.rpartition("/")
            owner_name = pascal(self._types[owner]) if owner in self._types else ""
            plain = owner_name + pascal(member)
        return plain + ("Collection" if resource.many else "Resource")

    def resource_members(self, resource: Resource) -> dict[str, str]:
        """Names of the attributes and methods of a place, by `link_key` and by operation name."""
        shape = (resource.type, resource.many)
        if shape not in self._resource_members:
            variants = self._by_shape[shape]
            links = [link for variant in variants for link in variant.links]
            operations = [call for variant in variants for call in variant.operations]
            taken = reserved.MANY if resource.many else reserved.ONE
            self._resource_members[shape] = self._attributes(links, operations, taken)
        return self._resource_members[shape]

    @cached_property
    def client_members(self) -> dict[str, str]:
        """Names of the attributes and methods of the client, as `resource_members`."""
        catalogue = self._catalogue
        return self._attributes(catalogue.links, catalogue.operations, reserved.CLIENT)

    def _attributes(
        self,
        links: Sequence[ResourceLink],
        operations: Sequence[Operation],
        taken: frozenset[str],
    ) -> dict[str, str]:
        """Links have the first choice: they are what a path is written with."""
        wishes = {
            link_key(link): self._link_name(link)
            for link in links
            if link.kind is not LinkKind.KEY or link.alternate
        }
        called: dict[OperationKind, set[str]] = {}
        for operation in operations:
            called.setdefault(operation.kind, set()).add(operation.name)
        actions = called.get(OperationKind.ACTION, set())
        functions = called.get(OperationKind.FUNCTION, set())
        calls = {name: snake(split_id(name)[1]) for name in actions | functions}
        leading = {link.name for link in links if link.kind is LinkKind.FUNCTION}
        for name in actions & (functions | leading):
            calls[_function_key(name)] = calls[name] + "_function"
        composed = {key: wishes.pop(key) for key in list(wishes) if key in calls}
        names = apart(wishes, wishes, taken)
        return names | apart(
            calls | composed, calls | composed, taken | set(names.values())
        )

    def _link_name(self, link: ResourceLink) -> str:
        if link.kind is LinkKind.CAST:
            return f"as_{snake(self._types[link.name])}"
        if link.kind is LinkKind.KEY:
            return "by_" + "_and_".join(snake(part.name) for part in link.key)
        if link.kind is LinkKind.FUNCTION:
            return snake(split_id(link.name)[1])
        return "media_stream" if link.name == "$value" else snake(link.name)

    @cached_property
    def _by_shape(self) -> dict[tuple[str, bool], list[Resource]]:
        result: dict[tuple[str, bool], list[Resource]] = {}
        for resource in self._catalogue.resources.values():
            result.setdefault((resource.type, resource.many), []).append(resource)
        return result


def call_name(names: Mapping[str, str], operation: Operation) -> str:
    """The name of an action or function at a place whose names are given.

    A function that shares its wire name with an action there has a name of its own.
    """
    name = names[operation.name]
    if operation.kind is OperationKind.FUNCTION:
        return names.get(_function_key(operation.name), name)
    return name


def _function_key(name: str) -> str:
    return f"{name}.function"


def link_key(link: ResourceLink) -> str:
    """What tells a link from the others of its place; overloads of a function share it."""
    if link.kind is LinkKind.KEY:
        return "by " + " ".join(part.name for part in link.key)
    return link.name
