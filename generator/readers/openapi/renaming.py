"""Renaming: the names that schemas without one have got, put in place of their tokens.

The last step of the reader but one. Schemas that say the same are found here, since what
they refer to has to have its name first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from generator.model import (
    Alias,
    Body,
    Discriminator,
    Doc,
    ListOf,
    MapOf,
    Named,
    Operation,
    Parameter,
    Property,
    Response,
    Struct,
    TypeDef,
    TypeRef,
    UnionOf,
    named_types,
)
from generator.readers.openapi.naming import TOKEN, Unnamed, settle_names
from generator.readers.openapi.schemas import Schemas

_Ids = Mapping[str, str]
_Typed = TypeVar("_Typed", Property, Parameter)


class Settled(NamedTuple):
    """Types and operations with names in place of tokens; the ways to each name that
    was made here."""

    types: dict[str, TypeDef]
    operations: list[Operation]
    ways: dict[str, set[str]]


def settle(
    schemas: Schemas, operations: list[Operation], given: Mapping[str, str]
) -> Settled:
    """Give types and operations with names in place of tokens; `given` are the names
    that a former run gave, by the ways to them."""
    same = _same(schemas)
    groups: defaultdict[str, list[Unnamed]] = defaultdict(list)
    for token, unnamed in schemas.unnamed.items():
        if token in schemas.types:
            groups[same.get(token, token)].append(unnamed)
    taken = [type_id for type_id in schemas.types if not type_id.startswith(TOKEN)]

    def content(token: str) -> str:
        return re.sub(f"{TOKEN}\\d+", "", repr(_plain(schemas.types[token], same)))

    ids, ways = settle_names(list(groups.values()), taken, content, given)
    types: dict[str, TypeDef] = {}
    for type_id, definition in schemas.types.items():
        name = ids.get(type_id, type_id)
        if name not in types:
            types[name] = _type(definition, name, ids)
        elif types[name].doc != definition.doc:
            types[name] = replace(types[name], doc=_common(types[name], definition))
    return Settled(types, [_operation(each, ids) for each in operations], ways)


def _common(one: TypeDef, other: TypeDef) -> Doc:
    """Give what is said of two definitions alike."""
    title = one.doc.title if one.doc.title == other.doc.title else ""
    return Doc(title=title)


# --- what is the same


def _same(schemas: Schemas) -> dict[str, str]:
    """Give for each token the first one whose definition says the same; remarks on the
    whole are not compared."""
    first: dict[TypeDef, str] = {}
    same: dict[str, str] = {}
    for token in _inside_out(schemas):
        plain = _plain(schemas.types[token], same)
        same[token] = first.setdefault(plain, token)
    return same


def _plain(definition: TypeDef, ids: _Ids) -> TypeDef:
    """Give what a definition says, without its name and in an order of its own."""
    plain = _type(replace(definition, doc=Doc(), place=None), "", ids)
    if isinstance(plain, Struct):
        members = sorted(plain.properties, key=lambda member: member.name)
        return replace(plain, properties=tuple(members))
    return plain


def _inside_out(schemas: Schemas) -> Iterator[str]:
    """Give the tokens, those that a definition mentions before it."""
    done: set[str] = set()
    for start in schemas.unnamed:
        waiting = [(start, False)]
        while waiting:
            token, is_ready = waiting.pop()
            if is_ready:
                yield token
            elif token not in done and token in schemas.types:
                done.add(token)
                waiting.append((token, True))
                waiting += [
                    (other, False)
                    for other in _mentions(schemas.types[token])
                    if other.startswith(TOKEN)
                ]


def _mentions(definition: TypeDef) -> Iterator[str]:
    if isinstance(definition, Alias):
        yield from named_types(definition.type)
    elif isinstance(definition, Struct):
        if definition.base is not None:
            yield definition.base
        for member in definition.properties:
            yield from named_types(member.type)
        if definition.additional is not None:
            yield from named_types(definition.additional)


# --- new names


def _type(definition: TypeDef, name: str, ids: _Ids) -> TypeDef:
    if isinstance(definition, Alias):
        return replace(definition, id=name, type=_ref(definition.type, ids))
    if not isinstance(definition, Struct):
        return replace(definition, id=name)
    additional = definition.additional
    base = definition.base
    return replace(
        definition,
        id=name,
        base=ids.get(base, base) if base is not None else None,
        properties=tuple([_member(member, ids) for member in definition.properties]),
        additional=_ref(additional, ids) if additional is not None else None,
        discriminator=_discriminator(definition.discriminator, ids),
    )


def _member(member: _Typed, ids: _Ids) -> _Typed:
    found = _ref(member.type, ids)
    return member if found is member.type else replace(member, type=found)


def _discriminator(told: Discriminator | None, ids: _Ids) -> Discriminator | None:
    if told is None:
        return None
    mapping = [(value, ids.get(target, target)) for value, target in told.mapping]
    return replace(told, mapping=tuple(mapping))


def _ref(ref: TypeRef, ids: _Ids) -> TypeRef:
    """Give a reference by the new names, itself if they change nothing in it."""
    match ref:
        case Named(type_id):
            return Named(ids[type_id]) if type_id in ids else ref
        case ListOf(item):
            found = _ref(item, ids)
            return ref if found is item else replace(ref, item=found)
        case MapOf(value):
            found = _ref(value, ids)
            return ref if found is value else replace(ref, value=found)
        case UnionOf(members):
            named = tuple([_ref(member, ids) for member in members])
            told = _discriminator(ref.discriminator, ids)
            return replace(ref, members=named, discriminator=told)
        case _:
            return ref


def _operation(operation: Operation, ids: _Ids) -> Operation:
    body = operation.body
    return replace(
        operation,
        parameters=tuple([_member(each, ids) for each in operation.parameters]),
        body=_body(body, ids) if body is not None else None,
        other_bodies=tuple([_body(b, ids) for b in operation.other_bodies]),
        responses=tuple([_response(each, ids) for each in operation.responses]),
    )


def _body(body: Body, ids: _Ids) -> Body:
    encodings = [
        replace(each, headers=tuple([_member(header, ids) for header in each.headers]))
        for each in body.encodings
    ]
    return replace(body, type=_ref(body.type, ids), encodings=tuple(encodings))


def _response(response: Response, ids: _Ids) -> Response:
    ref, item = response.type, response.item_type
    return replace(
        response,
        type=_ref(ref, ids) if ref is not None else None,
        item_type=_ref(item, ids) if item is not None else None,
        headers=tuple([_member(header, ids) for header in response.headers]),
    )
