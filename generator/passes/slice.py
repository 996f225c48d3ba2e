"""Slice: an Api cut down to what is wanted of it.

The last pass; emitters take what it gives. A slice keeps the named types, their bases,
what their members and operations mention, and derived types of what is mentioned, never
of what is merely inherited from; and of the places those that are wanted or on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostics
from generator.model import (
    Annotation,
    Api,
    Navigation,
    Operation,
    Property,
    Protocol,
    Resource,
    Root,
    Struct,
    Tag,
    TypeDef,
    named_types,
    offered,
)
from generator.lineage import Lineage
from generator.passes.request_selection import RequestSelection
from generator.passes.routes import SERVICE
from generator.passes.selection import Selection, select

_LARGE = 200
"""So many types are worth a slice."""


def slice_api(
    api: Api, include: Sequence[str], depth: int | None, diagnostics: Diagnostics
) -> Api:
    """Give the part of an Api that patterns ask for; without patterns, all of it.

    `include` holds patterns as `passes.patterns` describes them, `depth` the number of
    navigation properties that are followed from what is named (None for all); what lies
    beyond is dropped from the types, and nothing that stays refers to it. `catalogue`
    is left as it is, so that a slice renames nothing.

    A pattern that matches nothing is an error in `diagnostics`, as is a short name that
    several namespaces have.
    """
    if not include:
        return api
    selection = select(api, include, depth, diagnostics)
    resources = {
        id_: _resource(resource, selection)
        for id_, resource in api.resources.items()
        if id_ in selection.resources
    }
    links = tuple([link for link in api.links if selection.keeps_link(SERVICE, link)])
    operations = _operations(api.operations, resources, selection)
    types = _types(api.types, selection.types)
    if depth is None and api.protocol is Protocol.ODATA:
        _report_width(len(types), len(api.types), diagnostics)
    roots = _roots(api.roots, {link.name for link in links})
    sliced = replace(
        api,
        types=types,
        terms={
            term: type_
            for term, type_ in api.terms.items()
            if all(type_id in types for type_id in named_types(type_))
        },
        roots=roots,
        operations=operations,
        resources=resources,
        links=links,
    )
    return replace(sliced, tags=_tags(sliced), annotations=_annotations(api, sliced))


def _report_width(kept: int, whole: int, diagnostics: Diagnostics) -> None:
    """Tell of a slice that is hardly one, as it is where everything is related."""
    if whole > _LARGE and whole / 2 < kept < whole:
        diagnostics.warning(
            "slice-wide",
            f"the slice keeps {kept:,} of {whole:,} types, for it follows every"
            " relationship; `depth` = 1 (--depth 1) follows them one step from what is"
            " named",
        )


def _tags(sliced: Api) -> tuple[Tag, ...]:
    """Give the tags of the operations that are left, and those above them."""
    known = {tag.name: tag for tag in sliced.tags}
    kept: set[str] = set()
    waiting = [name for _, item in offered(sliced) for name in item.tags]
    while waiting:
        name = waiting.pop()
        if name in known and name not in kept:
            kept.add(name)
            waiting.append(known[name].parent)
    return tuple([tag for tag in sliced.tags if tag.name in kept])


def _resource(resource: Resource, selection: Selection | RequestSelection) -> Resource:
    def kept(operations: Iterable[Operation]) -> tuple[Operation, ...]:
        return tuple(
            [
                item
                for item in operations
                if selection.keeps_operation(resource.id, item)
            ]
        )

    return replace(
        resource,
        operations=kept(resource.operations),
        told=tuple([(owner, kept(each)) for owner, each in resource.told]),
        links=tuple(
            [link for link in resource.links if selection.keeps_link(resource.id, link)]
        ),
    )


def _operations(
    operations: tuple[Operation, ...],
    resources: Mapping[str, Resource],
    selection: Selection | RequestSelection,
) -> tuple[Operation, ...]:
    placed = {item.id for place in resources.values() for item in place.operations}
    for place in resources.values():
        placed.update([link.operation.id for link in place.links if link.operation])
    return tuple(
        [
            item
            for item in operations
            if item.id in placed
            or selection.keeps_operation(SERVICE, item)
            or selection.keeps_unplaced(item)
        ]
    )


def _roots(roots: tuple[Root, ...], names: set[str]) -> tuple[Root, ...]:
    return tuple([_root(root, names) for root in roots if root.name in names])


def _root(root: Root, names: set[str]) -> Root:
    kept = [
        (path, target)
        for path, target in root.bindings
        if names.intersection(target.split("/")[:2])
    ]
    return replace(root, bindings=tuple(kept))


def _types(types: Mapping[str, TypeDef], kept: frozenset[str]) -> dict[str, TypeDef]:
    cut = {
        id_: _cut(definition, kept) if isinstance(definition, Struct) else definition
        for id_, definition in types.items()
        if id_ in kept
    }
    lineage = Lineage(cut)
    for id_, definition in cut.items():
        if isinstance(definition, Struct):
            cut[id_] = _without_lost_partners(definition, lineage)
    return cut


def _cut(struct: Struct, kept: frozenset[str]) -> Struct:
    properties = tuple(
        [
            _property(member, kept)
            for member in struct.properties
            if all(type_id in kept for type_id in named_types(member.type))
        ]
    )
    discriminator = struct.discriminator
    if discriminator is not None:
        mapping = [pair for pair in discriminator.mapping if pair[1] in kept]
        discriminator = replace(discriminator, mapping=tuple(mapping))
    if properties == struct.properties and discriminator == struct.discriminator:
        return struct
    return replace(struct, properties=properties, discriminator=discriminator)


def _property(member: Property, kept: frozenset[str]) -> Property:
    navigation = member.navigation
    if navigation is None or all(type_id in kept for type_id in navigation.types):
        return member
    types = tuple([type_id for type_id in navigation.types if type_id in kept])
    return replace(member, navigation=replace(navigation, types=types))


def _without_lost_partners(struct: Struct, lineage: Lineage) -> Struct:
    if not any(_is_lost(member, lineage) for member in struct.properties):
        return struct
    properties = [
        (
            replace(member, navigation=_alone(member.navigation))
            if member.navigation is not None and _is_lost(member, lineage)
            else member
        )
        for member in struct.properties
    ]
    return replace(struct, properties=tuple(properties))


def _is_lost(member: Property, lineage: Lineage) -> bool:
    navigation = member.navigation
    if navigation is None or not navigation.partner:
        return False
    target = next(named_types(member.type), "")
    return lineage.walk(target, navigation.partner.split("/")) is None


def _alone(navigation: Navigation) -> Navigation:
    return replace(navigation, partner="")


def _annotations(whole: Api, sliced: Api) -> dict[str, tuple[Annotation, ...]]:
    """Give the annotations of what is left, and of what no slice takes away."""
    lost = {*whole.types} - {*sliced.types}
    lost.update([item.id for item in whole.operations])
    lost.difference_update([item.id for item in sliced.operations])
    gone = {root.target for root in whole.roots} - {
        root.target for root in sliced.roots
    }
    gone |= _lost_members(whole.types, sliced.types)
    return {
        target: annotations
        for target, annotations in whole.annotations.items()
        if target.partition("/")[0] not in lost
        and "/".join(target.split("/", 2)[:2]) not in gone
    }


def _lost_members(
    whole: Mapping[str, TypeDef], sliced: Mapping[str, TypeDef]
) -> set[str]:
    lost: set[str] = set()
    for type_id, definition in sliced.items():
        before = whole[type_id]
        if definition is before or not isinstance(before, Struct):
            continue
        names = {member.name for member in before.properties}
        if isinstance(definition, Struct):
            names.difference_update([member.name for member in definition.properties])
        lost.update([f"{type_id}/{name}" for name in names])
    return lost
