"""What annotations say of types and their members, written into them.

A part of `annotate`. Decides who sets a property (Core.Computed, Immutable,
Permissions, Capabilities.NonInsertable- and NonUpdatableProperties) and what must be
given when an object is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostics
from generator.model import (
    Access,
    Alias,
    Annotation,
    AnyType,
    Deprecation,
    Enum,
    EnumMember,
    KeyPart,
    ListOf,
    Named,
    Navigation,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeDef,
    TypeRef,
)
from generator.lineage import Lineage
from generator.passes.validation import constrained, derived_types
from generator.passes.values import enum_members, flag, records, text
from generator.passes.vocabulary import (
    CORE,
    alternate_keys,
    doc,
    find,
    permissions_on_property,
    restriction,
    value_of,
)

Members = Mapping[str, tuple[Annotation, ...]]


@dataclass(frozen=True, slots=True)
class TypeContext:
    """What is needed beside a type: all of them, where faults are reported, and what the
    service is known to do."""

    types: Mapping[str, TypeDef]
    lineage: Lineage
    diagnostics: Diagnostics
    implied_defaults: bool = False


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is said on a type of writing its properties."""

    not_inserted: frozenset[str] = frozenset()
    not_updated: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


_NOTHING = _Writing()


def annotated_type(
    definition: TypeDef,
    own: tuple[Annotation, ...],
    members: Members,
    context: TypeContext,
) -> TypeDef:
    """Give a type with its own annotations and those of its members written into it.

    `members` holds annotations by member name. Comes back as it is where there is
    nothing to change.
    """
    if isinstance(definition, Struct):
        return _struct(definition, own, members, context)
    if isinstance(definition, Enum):
        return _enum(definition, own, members)
    return _alias(definition, own) if own else definition


def _alias(alias: Alias, own: tuple[Annotation, ...]) -> Alias:
    return replace(
        alias,
        constraints=constrained(alias.constraints, own),
        doc=doc(own, alias.doc),
        deprecation=deprecation(own, alias.deprecation),
    )


def _enum(enum: Enum, own: tuple[Annotation, ...], members: Members) -> Enum:
    if not own and not members:
        return enum
    return replace(
        enum,
        members=tuple([_member(item, members.get(item.name)) for item in enum.members]),
        doc=doc(own, enum.doc),
        deprecation=deprecation(own, enum.deprecation),
    )


def _member(
    member: EnumMember, annotations: tuple[Annotation, ...] | None
) -> EnumMember:
    if not annotations:
        return member
    return replace(
        member,
        doc=doc(annotations, member.doc),
        deprecation=deprecation(annotations, member.deprecation),
    )


def _struct(
    struct: Struct,
    own: tuple[Annotation, ...],
    members: Members,
    context: TypeContext,
) -> Struct:
    writing = _writing(struct.id, own) if own else _NOTHING
    keys = {part.path for part in context.lineage.key(struct.id)}
    properties: list[Property] = []
    changed = False
    for member in struct.properties:
        said = members.get(member.name, ())
        new = member
        if said:
            new = _property(member, f"{struct.id}/{member.name}", said, context)
        if writing is not _NOTHING:
            new = _with_writing(new, writing)
        if not new.required and _is_required(new, said, keys, writing, context):
            new = replace(new, required=True)
        changed = changed or new is not member
        properties.append(new)
    if changed:
        struct = replace(struct, properties=tuple(properties))
    if not own:
        return struct
    return replace(
        struct,
        alternate_keys=_alternate_keys(struct, own, context) or struct.alternate_keys,
        doc=doc(own, struct.doc),
        deprecation=deprecation(own, struct.deprecation),
    )


def _writing(type_id: str, own: tuple[Annotation, ...]) -> _Writing:
    insert = restriction({type_id: own}, type_id, "InsertRestrictions")
    update = restriction({type_id: own}, type_id, "UpdateRestrictions")
    if insert is None and update is None:
        return _NOTHING
    return _Writing(
        frozenset(insert.excluded if insert else ()),
        frozenset(update.excluded if update else ()),
        frozenset(insert.required if insert else ()),
    )


def _with_writing(member: Property, writing: _Writing) -> Property:
    """Neither inserted nor updated is computed, inserted only is immutable."""
    if member.name not in writing.not_updated:
        return member
    if member.name in writing.not_inserted:
        return replace(member, computed=True)
    return replace(member, immutable=True)


def _property(
    member: Property,
    target: str,
    annotations: tuple[Annotation, ...],
    context: TypeContext,
) -> Property:
    access, computed = _access(member, annotations)
    return replace(
        member,
        access=access,
        computed=computed,
        immutable=_tag(annotations, "Immutable", member.immutable),
        constraints=constrained(member.constraints, annotations),
        navigation=_navigation(member, target, annotations, context),
        doc=doc(annotations, member.doc),
        deprecation=deprecation(annotations, member.deprecation),
    )


def _tag(annotations: tuple[Annotation, ...], name: str, otherwise: bool) -> bool:
    found = flag(value_of(annotations, CORE + name))
    return otherwise if found is None else found


def _access(
    member: Property, annotations: tuple[Annotation, ...]
) -> tuple[Access, bool]:
    """Give who may set a property, and whether the service alone does.

    What can be neither read nor written is never sent, so it counts as the service's
    own.
    """
    access = member.access
    allowed = permissions_on_property(annotations)
    if allowed is not None:
        if "Write" not in allowed:
            access = Access.READ
        else:
            access = Access.BOTH if "Read" in allowed else Access.WRITE
    computed = _tag(annotations, "Computed", member.computed)
    return access, computed or access is Access.READ


def _is_required(
    member: Property,
    said: tuple[Annotation, ...],
    keys: set[str],
    writing: _Writing,
    context: TypeContext,
) -> bool:
    """Say whether a property must be given when an object is made.

    It must if it cannot be null and nothing else gives it a value: no default, no
    computing, no key (the service makes those), no relationship; an absent collection
    is an empty one. Where defaults are implied, only texts, bytes and objects must.
    """
    if member.computed or member.access is Access.READ or member.navigation is not None:
        return False
    if member.name in writing.required:
        return True
    if member.nullable or member.default is not None or member.name in keys:
        return False
    if member.name in writing.not_inserted or _tag(said, "ComputedDefaultValue", False):
        return False
    ref = _settled(member.type, context.types)
    if context.implied_defaults and _has_default(ref, context.types):
        return False
    return not isinstance(ref, ListOf | AnyType | StreamType)


def _settled(ref: TypeRef, types: Mapping[str, TypeDef]) -> TypeRef:
    """Follow type definitions to what they stand for; `resolve` left no circle."""
    while isinstance(ref, Named):
        definition = types.get(ref.id)
        if not isinstance(definition, Alias):
            break
        ref = definition.type
    return ref


def _has_default(ref: TypeRef, types: Mapping[str, TypeDef]) -> bool:
    """Say whether a type is one whose values programs fill in where none is given."""
    if isinstance(ref, Named):
        return isinstance(types.get(ref.id), Enum)
    texts = (ScalarKind.STRING, ScalarKind.BINARY)
    return isinstance(ref, Scalar) and ref.kind not in texts


def _navigation(
    member: Property,
    target: str,
    annotations: tuple[Annotation, ...],
    context: TypeContext,
) -> Navigation | None:
    navigation = member.navigation
    names = derived_types(annotations) if navigation is not None else ()
    if navigation is None or not names:
        return navigation
    known = [name for name in names if name in context.types]
    if len(known) != len(names):
        missing = [repr(name) for name in names if name not in context.types]
        context.diagnostics.warning(
            "annotation-value",
            f"DerivedTypeConstraint of {target} names {', '.join(missing)}, which "
            "does not exist; left out",
            member.place,
        )
    return replace(navigation, types=tuple(known))


def _alternate_keys(
    struct: Struct, own: tuple[Annotation, ...], context: TypeContext
) -> tuple[tuple[KeyPart, ...], ...]:
    known: list[tuple[KeyPart, ...]] = []
    for key in alternate_keys(own):
        missing = [
            part.path
            for part in key
            if context.lineage.walk(struct.id, part.path.split("/")) is None
        ]
        if not missing:
            known.append(key)
            continue
        context.diagnostics.warning(
            "annotation-value",
            f"an alternate key of {struct.id} names {', '.join(map(repr, missing))}, "
            "which it does not have; left out",
            struct.place,
        )
    return tuple(known)


def deprecation(
    annotations: tuple[Annotation, ...], otherwise: Deprecation | None
) -> Deprecation | None:
    """Give what Core.Revisions says of the end of something, the last entry of
    several."""
    found = find(annotations, CORE + "Revisions")
    if found is None:
        return otherwise
    for record in reversed(records(found.value)):
        if "Deprecated" in enum_members(record.get("Kind")):
            return Deprecation(
                description=text(record.get("Description")),
                date=text(record.get("Date")),
                removal_date=text(record.get("RemovalDate")),
                version=text(record.get("Version")),
            )
    return otherwise
