"""References between types: bases, property types, keys, partners, constraints.

The first part of `resolve`. What dangles is reported and worked round, so that whoever
comes later finds every id it follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from generator.diagnostics import Diagnostics
from generator.model import (
    Alias,
    AnyType,
    Enum,
    KeyPart,
    ListOf,
    Named,
    Navigation,
    Place,
    Property,
    Struct,
    TypeDef,
    TypeRef,
    named_types,
)
from generator.lineage import Lineage, is_entity
from generator.passes.suggestions import Suggestions

# How many types inherit from one another, and how many members all types of an Api have
# from their bases: every type of a chain has those of all before it, so that they grow
# with the square of a description.
_DEEPEST: Final = 200
_INHERITED: Final = 100_000


class TypeReferences:
    """The type ids that exist; replaces references to others by `AnyType`."""

    def __init__(self, types: Mapping[str, TypeDef], diagnostics: Diagnostics) -> None:
        self.types = types
        self.diagnostics = diagnostics
        self.suggestions = Suggestions(types)

    def resolved(self, ref: TypeRef, owner: str, place: Place | None) -> TypeRef:
        """Give a reference with unknown names replaced, itself if there is none.

        `owner` says in the message whose type it is.
        """
        item = ref
        while type(item) is ListOf:
            item = item.item
        if type(item) is not Named or item.id in self.types:
            return ref
        self.diagnostics.warning(
            "unknown-type",
            f"{owner} is of type {item.id!r}, which does not exist"
            f"{self.suggestions.hint(item.id)}; any value is taken",
            place,
        )
        return _with_any(ref)


def _with_any(ref: TypeRef) -> TypeRef:
    return replace(ref, item=_with_any(ref.item)) if type(ref) is ListOf else AnyType()


def resolve_types(
    types: Mapping[str, TypeDef], diagnostics: Diagnostics
) -> dict[str, TypeDef]:
    """Give the types with every reference between them leading somewhere.

    An unknown base is dropped, an unknown property type becomes `AnyType`, a key part,
    partner or constraint that names no property is left out; each gives a warning. A
    type that inherits from itself, or from too many, is an error (CSDL 4.01
    sections 6.2, 6.5, 7.1, 8).
    """
    references = TypeReferences(types, diagnostics)
    known = {id_: _own_references(item, references) for id_, item in types.items()}
    _break_cycles(known, diagnostics)
    _break_depths(known, diagnostics)
    lineage = Lineage(known)
    for id_, item in known.items():
        if isinstance(item, Struct):
            known[id_] = _member_paths(item, lineage, known, diagnostics)
    return known


def _own_references(definition: TypeDef, references: TypeReferences) -> TypeDef:
    if isinstance(definition, Enum):
        return definition
    if isinstance(definition, Alias):
        type_ = references.resolved(definition.type, definition.id, definition.place)
        return definition if type_ is definition.type else _retyped(definition, type_)
    base = _base(definition, references)
    properties = _properties(definition, references)
    if base == definition.base and properties is definition.properties:
        return definition
    return replace(definition, base=base, properties=properties)


def _retyped(alias: Alias, type_: TypeRef) -> Alias:
    return replace(alias, type=type_)


def _base(struct: Struct, references: TypeReferences) -> str | None:
    if struct.base is None:
        return None
    base = references.types.get(struct.base)
    if not isinstance(base, Struct):
        what = "does not exist" if base is None else "is not a structured type"
        hint = references.suggestions.hint(struct.base) if base is None else ""
        references.diagnostics.warning(
            "unknown-base",
            f"the base {struct.base!r} of {struct.id} {what}{hint}; it is left out",
            struct.place,
        )
        return None
    if base.is_entity != struct.is_entity:
        kinds = ("a complex type", "an entity type")
        references.diagnostics.warning(
            "base-kind",
            f"{struct.id} is {kinds[struct.is_entity]}, its base {base.id} is "
            f"{kinds[base.is_entity]}",
            struct.place,
        )
    return struct.base


def _properties(struct: Struct, references: TypeReferences) -> tuple[Property, ...]:
    changed: list[Property] = []
    same = True
    for member in struct.properties:
        fixed = _property(member, struct, references)
        same = same and fixed is member
        changed.append(fixed)
    return struct.properties if same else tuple(changed)


def _property(member: Property, struct: Struct, references: TypeReferences) -> Property:
    owner = f"{struct.id}/{member.name}"
    type_ = references.resolved(member.type, owner, member.place)
    if member.navigation is None:
        return member if type_ is member.type else replace(member, type=type_)
    if type_ is member.type:
        item = type_.item if isinstance(type_, ListOf) else type_
        if is_entity(references.types, item):
            return member
        references.diagnostics.warning(
            "navigation-type",
            f"the navigation property {owner} does not lead to an entity type; it is "
            "taken as a structural property",
            member.place,
        )
    return replace(member, type=type_, navigation=None)


def _break_cycles(types: dict[str, TypeDef], diagnostics: Diagnostics) -> None:
    done: set[str] = set()
    for start in types:
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in done and current not in path:
            path[current] = None
            current = _next(types[current])
        if current in path:
            _report_cycle(types, list(path), str(current), diagnostics)
        done.update(path)


def _break_depths(types: dict[str, TypeDef], diagnostics: Diagnostics) -> None:
    """Report the types with which inheritance gets too deep, and cut it there."""
    depths: dict[str, int] = {}
    for start in types:
        path: list[str] = []
        current: str | None = start
        while current is not None and current not in depths:
            path.append(current)
            definition = types[current]
            current = definition.base if isinstance(definition, Struct) else None
        depth = depths[current] if current is not None else 0
        for type_id in reversed(path):
            depth += 1
            depths[type_id] = depth
    for type_id, depth in depths.items():
        definition = types[type_id]
        if depth == _DEEPEST + 1:
            diagnostics.error(
                "base-depth",
                f"{type_id} inherits from {_DEEPEST} types, one on the other; Python "
                f"cannot import a chain of more than {_DEEPEST}",
                definition.place,
            )
        if depth % _DEEPEST == 1 and depth > 1 and isinstance(definition, Struct):
            types[type_id] = replace(definition, base=None)
    _limit_members(types, depths, diagnostics)


def _limit_members(
    types: dict[str, TypeDef], ids: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Report the type with which more members are inherited than there may be, and cut
    those that would inherit more. `ids` has bases before what stands on them."""
    counts: dict[str, int] = {}
    inherited, told = 0, False
    for type_id in ids:
        definition = types[type_id]
        if not isinstance(definition, Struct):
            continue
        above = counts.get(definition.base, 0) if definition.base else 0
        if inherited + above > _INHERITED:
            if not told:
                told = True
                diagnostics.error(
                    "base-members",
                    f"with {type_id}, types inherit more than {_INHERITED:,} members "
                    "from others, every member counted for each of them",
                    definition.place,
                )
            types[type_id] = replace(definition, base=None)
            above = 0
        inherited += above
        counts[type_id] = above + len(definition.properties)


def _next(definition: TypeDef) -> str | None:
    if isinstance(definition, Struct):
        return definition.base
    if isinstance(definition, Alias):
        return next(named_types(definition.type), None)
    return None


def _report_cycle(
    types: dict[str, TypeDef], path: list[str], again: str, diagnostics: Diagnostics
) -> None:
    members = path[path.index(again) :]
    definition = types[again]
    code = "alias-cycle" if isinstance(definition, Alias) else "base-cycle"
    way = " -> ".join([*members, again])
    diagnostics.error(code, f"{again} is defined by itself: {way}", definition.place)
    if isinstance(definition, Struct):
        types[again] = replace(definition, base=None)
    elif isinstance(definition, Alias):
        types[again] = replace(definition, type=AnyType())


def _member_paths(
    struct: Struct,
    lineage: Lineage,
    types: Mapping[str, TypeDef],
    diagnostics: Diagnostics,
) -> Struct:
    key = tuple([part for part in struct.key if _key_part(part, struct, lineage)])
    if len(key) != len(struct.key):
        missing = [part.path for part in struct.key if part not in key]
        diagnostics.warning(
            "key-path",
            f"the key of {struct.id} names {', '.join(map(repr, missing))}, which it "
            "does not have; left out of the key",
            struct.place,
        )
        struct = replace(struct, key=key)
    if not any(_has_paths(member.navigation) for member in struct.properties):
        return struct
    properties = [
        _navigation_paths(member, struct, lineage, diagnostics)
        for member in struct.properties
    ]
    return replace(struct, properties=tuple(properties))


def _key_part(part: KeyPart, struct: Struct, lineage: Lineage) -> bool:
    return lineage.walk(struct.id, part.path.split("/")) is not None


def _has_paths(navigation: Navigation | None) -> bool:
    return navigation is not None and bool(
        navigation.partner or navigation.referential_constraints
    )


def _navigation_paths(
    member: Property, struct: Struct, lineage: Lineage, diagnostics: Diagnostics
) -> Property:
    navigation = member.navigation
    if navigation is None or not _has_paths(navigation):
        return member
    target = next(named_types(member.type), "")
    owner = f"{struct.id}/{member.name}"
    partner = navigation.partner
    if partner and lineage.walk(target, partner.split("/")) is None:
        diagnostics.warning(
            "partner-path",
            f"the partner {partner!r} of {owner} does not exist in {target}; left out",
            member.place,
        )
        partner = ""
    constraints: list[tuple[str, str]] = []
    for dependent, principal in navigation.referential_constraints:
        found = _principal(principal, member.name, target, lineage)
        if found and lineage.walk(struct.id, dependent.split("/")):
            constraints.append((dependent, found))
            continue
        diagnostics.warning(
            "referential-constraint",
            f"the constraint of {owner} names {dependent!r} of {struct.id} and "
            f"{principal!r} of {target}, and one of them does not exist; left out",
            member.place,
        )
    fixed = replace(
        navigation, partner=partner, referential_constraints=tuple(constraints)
    )
    return replace(member, navigation=fixed)


def _principal(path: str, navigation: str, target: str, lineage: Lineage) -> str:
    """Give the path of a principal property below the navigation property's target, ""
    if there is none.

    It starts at the target (CSDL 4.01 section 8.5), but some metadata starts it at the
    navigation property itself: "Product/ID" for the property ID of Product.
    """
    for found in (path, path.removeprefix(f"{navigation}/")):
        if lineage.walk(target, found.split("/")) is not None:
            return found
    return ""
