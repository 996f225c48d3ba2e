"""Realistic objects and values of every type.

The pages show them as JSON and as Python, the OpenAPI document as its examples. A value
depends on the name of its type and of its property alone, so that all show the same, in
every run and on every page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from generator.emitters.samples.chance import Chance
from generator.emitters.samples.fitting import Fitting
from generator.emitters.samples.scalars import Use, scalar
from generator.emitters.structure import Structure
from generator.model import (
    Access,
    AnyType,
    Api,
    Constraints,
    Doc,
    Enum,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Operation,
    Parameter,
    Property,
    Scalar,
    StreamType,
    TypeRef,
    UnionOf,
)

Json: TypeAlias = Any
"""A value as the json module has it."""

TYPE = "@odata.type"

_Types: TypeAlias = tuple[str, ...]
"""The types of the objects in which something stands, the outermost first."""

# How deep objects are shown in objects, and how many properties that need not be there
# an object has that somebody makes or changes.
_DEEP = 2
_GIVEN = 4
_CHANGED = 3
_INNER = 2
_ITEMS = 20
_MANY = 40
_DEEPEST = 8  # lists of lists

# What is required may require more, twenty of each. So many values an example has, and
# so many types it shows in one another; beyond that lists and objects are empty.
_MOST = 5_000
_INNERMOST = 40

# The name of a member of an object whose members nobody lists.
_KEY = "name"

# What people would show of an object before anything else.
_TELLING = (
    "displayName",
    "name",
    "title",
    "subject",
    "userPrincipalName",
    "description",
    "status",
    "state",
)

# Properties that services set themselves, also where the metadata does not say so.
_SERVICE_SET = ("created", "lastModified", "modified", "updated", "deleted", "lastUsed")


class Purpose(StrEnum):
    """What an object is shown for: as it is read, to make one, to change one."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"


_UNWANTED = {
    Purpose.READ: Access.WRITE,
    Purpose.CREATE: Access.READ,
    Purpose.UPDATE: Access.READ,
}


class Samples:
    """The samples of an Api. What is given out is shared: it is not to be changed."""

    def __init__(self, api: Api) -> None:
        self._types = api.types
        self.structure = Structure(api)
        self.fitting = Fitting(api.types, self.structure)
        self._objects: dict[tuple[str, Purpose], dict[str, Json]] = {}
        self._told: dict[str, Sequence[Property]] = {}
        self._room = _MOST

    # --- objects

    def object(self, type_id: str, purpose: Purpose) -> dict[str, Json]:
        """Give an object of a structured type.

        As it is read it has everything but relationships and streams; to make one it
        has what is required, and some of what is likely to be given; to change one,
        some of what can be changed. An abstract type gives an object of a derived one
        that names its type (OData JSON Format 4.01 section 4.6.3); {} for what is no
        structure.
        """
        key = (type_id, purpose)
        found = self._objects.get(key)
        if found is None:
            self._room = _MOST
            found = self._objects[key] = self._object(type_id, purpose, ())
        return found

    def _object(
        self, type_id: str, purpose: Purpose, within: _Types
    ) -> dict[str, Json]:
        own = self._own_example(type_id, purpose)
        if own is not None:
            return own
        actual = self.structure.concrete(type_id)
        tag = self.structure.tag(actual)
        made: dict[str, Json] = {}
        if actual != type_id and tag is None:
            made[TYPE] = f"#{actual}"
        # an object inside one that is being changed is given anew
        inner = Purpose.READ if purpose is Purpose.READ else Purpose.CREATE
        for member in self._shown(actual, purpose, within):
            made[member.name] = self._property(actual, member, inner, (*within, actual))
        return made | dict([tag] if tag is not None else [])

    def _own_example(self, type_id: str, purpose: Purpose) -> dict[str, Json] | None:
        """An example that the source has for a type; of one that is to be sent, what
        may be."""
        struct = self.structure.struct(type_id)
        for text in struct.doc.examples if struct is not None else ():
            value = json.loads(text)
            if purpose is not Purpose.READ and isinstance(value, dict):
                value = self._sendable(type_id, value)
            if self.fitting.fits(Named(type_id), value, _UNWANTED[purpose]):
                return dict(value)
        return None

    def _sendable(self, type_id: str, value: dict[str, Json]) -> dict[str, Json]:
        members = self.structure.members(self.structure.actual(type_id, value))
        return {
            name: each
            for name, each in value.items()
            if name not in members or members[name].access is not Access.READ
        }

    def _shown(
        self, type_id: str, purpose: Purpose, within: _Types
    ) -> Sequence[Property]:
        members = [
            member
            for member in self.structure.members(type_id).values()
            if member.navigation is None and not self._is_stream(member.type)
        ]
        if purpose is Purpose.READ:
            return self._readable(members, (*within, type_id))
        keys = {part.path for part in self.structure.key(type_id)}
        settable = [
            member
            for member in members
            if not member.computed and member.access is not Access.READ
        ]
        if purpose is Purpose.UPDATE:
            settable = [m for m in settable if not m.immutable and m.name not in keys]
            return self._chosen(settable, _CHANGED)
        # a key of one part is made by the service, one of several by nobody but those
        # who know what it is made of
        given = keys if len(keys) > 1 else set[str]()
        required = [m for m in settable if m.required or m.name in given]
        optional = [m for m in settable if not m.required and m.name not in keys]
        count = _INNER if within else max(0, _GIVEN - len(required))
        return [*required, *self._chosen(optional, 0 if within[1:] else count)]

    def _readable(
        self, members: Sequence[Property], within: _Types
    ) -> Sequence[Property]:
        """What is shown of an object that is read: of one inside others less."""
        shown = [
            member
            for member in members
            if member.access is not Access.WRITE
            and (len(within) <= _DEEP or not self._nests(member))
            and not _is_within(self._item(member.type), within)
        ]
        return shown if len(within) == 1 else shown[:_MANY]

    def _chosen(self, members: Sequence[Property], count: int) -> list[Property]:
        """So many properties that people are likely to set, in their order."""
        likely = [
            member
            for member in members
            if member.deprecation is None
            and not member.name.startswith(_SERVICE_SET)
            and self._can_be_given(member.type)
        ]
        chosen = sorted(likely, key=self._rank)[:count]
        return [member for member in likely if member in chosen]

    def _rank(self, member: Property) -> int:
        if member.name in _TELLING:
            return _TELLING.index(member.name) - len(_TELLING)
        return 2 if isinstance(member.type, ListOf) else int(self._nests(member))

    def telling(self, type_id: str) -> Sequence[Property]:
        """Give the properties that say most of an object when it is read: single
        values, the most telling first, the key at the end."""
        found = self._told.get(type_id)
        if found is None:
            found = self._told[type_id] = self._most_telling(type_id)
        return found

    def _most_telling(self, type_id: str) -> Sequence[Property]:
        keys = {part.path for part in self.structure.key(type_id)}
        shown = [
            member
            for member in self.structure.members(type_id).values()
            if member.navigation is None
            and member.access is not Access.WRITE
            and self._can_be_given(member.type)
            and not self._nests(member)
            and member.deprecation is None
            and not isinstance(member.type, ListOf)
        ]
        return sorted(
            shown, key=lambda member: (member.name in keys, self._rank(member))
        )

    # --- values

    def value(
        self,
        ref: TypeRef,
        name: str,
        constraints: Constraints | None = None,
        doc: Doc = Doc(),
        *,
        owner: str = "",
        purpose: Purpose = Purpose.READ,
    ) -> Json:
        """Give the JSON value of something of a type and a name: of a property of the
        type `owner`, of a parameter of the operation `owner`.

        What can be anything is an object without properties.
        """
        use = Use(owner, name, constraints or Constraints(), doc, Chance(owner, name))
        self._room = _MOST
        return self._value(ref, use, purpose, ())

    def key(self, type_id: str, path: str, nth: int = 0) -> Json:
        """Give the value of a part of a key; `nth` is 0 for the object that examples of
        the type show, and other numbers are other objects.
        """
        owner, member = self.structure.at(type_id, path)
        if member is None:
            return Chance(type_id, path, str(nth)).guid()
        salt = (str(nth),) if nth else ()
        said = member.constraints or Constraints()
        chance = Chance(owner, member.name, *salt)
        use = Use(owner, member.name, said, member.doc, chance)
        self._room = _MOST
        return self._value(member.type, use, Purpose.READ, ())

    def etag(self, type_id: str) -> str:
        """Give the ETag of the object that examples of a type show."""
        return f'W/"{Chance(type_id, "@odata.etag").digits(12)}"'

    def arguments(self, operation: Operation) -> Mapping[str, Json]:
        """Give the arguments of a call, by wire name: what has to be given, and some of
        what may be, in the order of the parameters."""
        optional = [each.name for each in operation.parameters if not each.required]
        left_out = optional[2 * _GIVEN :]
        return {
            each.name: self.argument(operation, each)
            for each in operation.parameters
            if each.name not in left_out
        }

    def argument(self, operation: Operation, parameter: Parameter) -> Json:
        """Give the value of one parameter."""
        value = self.value(
            parameter.type,
            parameter.name,
            parameter.constraints,
            parameter.doc,
            owner=operation.name,
            purpose=Purpose.CREATE,
        )
        return self._naming_types(parameter.type, value)

    def _naming_types(self, ref: TypeRef, value: Json) -> Json:
        """Let objects say their type where it has a base, as generated clients do:
        they are not told which of the two a parameter is declared to be."""
        ref = self.structure.settle(ref)[0]
        if isinstance(ref, ListOf):
            return [self._naming_types(ref.item, each) for each in value]
        if isinstance(ref, Named) and self.structure.chain(ref.id)[1:]:
            return {TYPE: f"#{ref.id}", **value}
        return value

    def _property(
        self, owner: str, member: Property, purpose: Purpose, within: _Types
    ) -> Json:
        said = member.constraints or Constraints()
        use = Use(owner, member.name, said, member.doc, Chance(owner, member.name))
        return self._value(member.type, use, purpose, within)

    def _value(self, ref: TypeRef, use: Use, purpose: Purpose, within: _Types) -> Json:
        aliases = tuple(self.structure.aliases(ref))
        for doc in (use.doc, *[alias.doc for alias in aliases]):
            for value in map(json.loads, doc.examples):
                if self.fitting.fits(ref, value, _UNWANTED[purpose]):
                    return value
        ref, constraints = self.structure.settle(ref, use.constraints)
        use = use._replace(constraints=constraints)
        self._room -= 1
        if isinstance(ref, ListOf | MapOf | UnionOf):
            if self._is_full(within) or any(alias.id in within for alias in aliases):
                return [] if isinstance(ref, ListOf) else {}
            within = (*within, *[alias.id for alias in aliases])
        match ref:
            case Scalar(kind, form):
                return scalar(kind, use._replace(format=form))
            case ListOf():
                return self._list(ref, use, purpose, within)
            case MapOf(item):
                return {_KEY: self._value(item, use, purpose, within)}
            case LiteralType(text):
                return json.loads(text)
            case UnionOf():
                return self._member(ref, use, purpose, within)
            case Named(type_id):
                return self._named(type_id, use, purpose, within)
            case _:
                return {}

    def _named(self, type_id: str, use: Use, purpose: Purpose, within: _Types) -> Json:
        definition = self._types[type_id]
        if isinstance(definition, Enum):
            return _enum_member(definition, use)
        if type_id in within or self._is_full(within):
            # a type that requires one of its own cannot be made at all
            return {}
        return self._object(type_id, purpose, within)

    def _is_full(self, within: _Types) -> bool:
        return self._room < 0 or len(within) > _INNERMOST

    def _member(
        self, union: UnionOf, use: Use, purpose: Purpose, within: _Types
    ) -> Json:
        """A value of the first member that says something and is none of the types in
        which it stands."""
        good = [
            each
            for each in union.members
            if not isinstance(each, AnyType | StreamType)
            and not _is_within(each, within)
            and not _is_within(self._item(each), within)
        ]
        chosen = next(iter([*good, *union.members]), AnyType())
        value = self._value(chosen, use, purpose, within)
        told = union.discriminator
        if told is not None and isinstance(value, dict):
            for text, type_id in told.mapping:
                if chosen == Named(type_id):
                    return {**value, told.property: text}
        return value

    def _list(self, ref: ListOf, use: Use, purpose: Purpose, within: _Types) -> Json:
        limits = use.constraints
        count = min(max(1, limits.min_items or 0), _ITEMS)
        if limits.max_items is not None:
            count = min(count, limits.max_items)
        return [self._value(ref.item, use, purpose, within) for _ in range(count)]

    # --- what types are like

    def _is_stream(self, ref: TypeRef) -> bool:
        return isinstance(self.structure.settle(ref)[0], StreamType)

    def _nests(self, member: Property) -> bool:
        """Whether a property holds objects."""
        ref = self._item(member.type)
        return isinstance(ref, Named) and self.structure.struct(ref.id) is not None

    def _can_be_given(self, ref: TypeRef) -> bool:
        """Whether people can be shown a value that they would give: not anything at
        all, and no member of an enumeration that has none."""
        ref = self._item(ref)
        if isinstance(ref, Scalar | LiteralType | MapOf | UnionOf):
            return True
        definition = self._types[ref.id] if isinstance(ref, Named) else None
        if isinstance(definition, Enum):
            return bool(definition.members)
        return definition is not None

    def _item(self, ref: TypeRef) -> TypeRef:
        ref = self.structure.settle(ref)[0]
        for _ in range(_DEEPEST):  # a list may be of itself
            if not isinstance(ref, ListOf):
                break
            ref = self.structure.settle(ref.item)[0]
        return ref


def _is_within(ref: TypeRef, types: _Types) -> bool:
    return isinstance(ref, Named) and ref.id in types


def _enum_member(enum: Enum, use: Use) -> str | int:
    """A member that somebody would use, of flags two."""
    names = [member.name for member in enum.members]
    good = [
        member.name
        for member in enum.members
        if member.deprecation is None
        and member.value != 0
        and not member.name.lower().startswith(("unknown", "none", "notset"))
    ]
    allowed = [name for name in names if name in use.constraints.allowed_values]
    choices = allowed or good or names or ["none"]
    if enum.is_numeric:
        return int(use.chance.pick(choices))
    if not enum.is_flags:
        return use.chance.pick(choices)
    first = use.chance.number(0, len(choices) - 1)
    return ",".join(dict.fromkeys([choices[first], choices[first - 1]]))
