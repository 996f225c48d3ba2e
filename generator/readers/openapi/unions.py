"""Unions: `oneOf` and `anyOf`, with and without a discriminator.

Null is no member: it makes the value nullable. Members that are texts, all of them, are
the members of one enumeration; a single member left is that member.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator.model import (
    AnyType,
    Discriminator,
    Doc,
    EnumMember,
    Named,
    ScalarKind,
    TypeRef,
    UnionOf,
)
from generator.readers.openapi.enums import define_enum
from generator.readers.openapi.naming import TOKEN
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.references import reference_of
from generator.readers.openapi.views import View, is_null, is_nullable, parts_of

if TYPE_CHECKING:
    from generator.readers.openapi.schemas import Schemas
    from generator.readers.openapi.spots import Spot

Union = tuple[Node, str, list[Node]]
"""The schema that has the union, the keyword, and the members."""


def read_union(schemas: Schemas, union: Union, spot: Spot) -> tuple[TypeRef, bool]:
    """Give the type of a union, and whether it may be null."""
    part, keyword, members = union
    nullable = any(is_nullable(schemas.reading, member) for member in members)
    telling = [member for member in members if not is_null(member)]
    if not telling:
        return AnyType(), True
    members_of_enum = _texts(schemas, telling)
    if members_of_enum:
        enum = define_enum(schemas, members_of_enum, ScalarKind.STRING, [part], spot)
        return enum, nullable
    types: dict[TypeRef, None] = {}
    for member, step in zip(telling, _steps(schemas, telling), strict=True):
        below = (
            replace(spot, id="", level=spot.level + 1)
            if len(telling) == 1
            else spot.below(step)
        )
        found = schemas.use(member, below).type
        inner = (
            found.members
            if isinstance(found, UnionOf) and found.discriminator is None
            else (found,)
        )
        types.update(dict.fromkeys(inner))
    if AnyType() in types:
        return AnyType(), True
    if len(types) == 1:
        return next(iter(types)), nullable
    discriminator = _discriminator(schemas, part, list(types))
    return UnionOf(tuple(types), discriminator, keyword == "oneOf"), nullable


def _texts(schemas: Schemas, members: Sequence[Node]) -> list[EnumMember]:
    """Give the members of the enumeration that a union of texts is; none where it is
    something else.

    A single constant is described by its own title and description (OpenAPI 3.1
    section 4.8.24.8).
    """
    found: dict[str, EnumMember] = {}
    listed = False
    for member in members:
        value = member.value
        if not isinstance(value, dict) or reference_of(member) is not None:
            return []
        if value.get("type", "string") not in ("string", ["string", "null"]):
            return []
        if isinstance(value.get("const"), str):
            doc = Doc(schemas.reading.text(member, "description"))
            label = schemas.reading.text(member, "title")
            text = value["const"]
            found.setdefault(text, EnumMember(text, label=label, doc=doc))
            listed = True
            continue
        texts = value.get("enum")
        if isinstance(texts, list) and all(isinstance(t, str | None) for t in texts):
            for text in texts:
                if isinstance(text, str):
                    found.setdefault(text, EnumMember(text))
            listed = True
        elif value.keys() - {"type", "description", "title"}:
            return []
    return list(found.values()) if listed and len(found) > 1 else []


# --- names of members


def _steps(schemas: Schemas, members: Sequence[Node]) -> list[str]:
    """Give each member of a union words that tell it from the others, the first of its
    title, the value of a constant property, a property that only it has, what one of
    its properties holds, its type."""
    views = [View(parts_of(schemas.reading, [member])) for member in members]
    known = [view.properties() for view in views]
    uses = Counter([name for each in known for name in each])
    choices = [list(_choices(view, uses)) for view in views]
    counts = Counter([step for steps in choices for step in {*steps}])
    return [
        next((step for step in steps if counts[step] == 1), steps[-1])
        for steps in choices
    ]


def _choices(view: View, uses: Mapping[str, int]) -> Iterator[str]:
    """Give words for a member; `uses` says how many members have a property."""
    title = view.first("title")
    if isinstance(title, str) and title.strip():
        yield title
    own = view.properties()
    for nodes in own.values():
        constant = _constant(nodes)
        if constant:
            yield constant
    distinct = {name for name in own if uses[name] == 1}
    for names in (view.required(), own):
        for name in sorted([name for name in names if name in distinct]):
            yield f"with-{name}"
    for name in sorted(own):
        yield f"with-{name}-{_kind_word(own[name][0].value)}"
    if own:
        yield "-".join(("with", *sorted(own)[:4]))
    kind = view.first("type")
    yield kind if isinstance(kind, str) else "option"


def _kind_word(value: Any) -> str:
    """Name what a schema holds: "string", "object-list"."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "array":
        return f"{_kind_word(value.get('items'))}-list"
    return kind if isinstance(kind, str) else "value"


def _constant(nodes: Sequence[Node]) -> str:
    for node in nodes:
        if isinstance(node.value, dict):
            enum = node.value.get("enum")
            only = enum[0] if isinstance(enum, list) and len(enum) == 1 else None
            found = node.value.get("const", only)
            if isinstance(found, str):
                return found
    return ""


# --- discriminators


def _discriminator(
    schemas: Schemas, node: Node, types: Sequence[TypeRef]
) -> Discriminator | None:
    """Read the discriminator of a union (OpenAPI 3.1 section 4.8.25): what is mapped, and
    the names of members that are not."""
    told = schemas.reading.object(node, "discriminator")
    if told is None:
        return None
    name = schemas.reading.text(told, "propertyName")
    members = [each.id for each in types if isinstance(each, Named)]
    if not name or not members:
        message = "the discriminator names no property, or no member has a name"
        schemas.reading.report("openapi-discriminator", message, told)
        return None
    pairs = read_mapping(schemas, told)
    mapping = {value: type_id for value, type_id in pairs if type_id in members}
    for value, type_id in pairs:
        if type_id not in members:
            message = f"{value!r} is mapped to what is no member of the union"
            schemas.reading.report("openapi-discriminator", message, told)
    for type_id in members:
        value = value_of(schemas, type_id, name)
        # a schema without a name is told by nothing that an object could say
        if type_id not in mapping.values() and not value.startswith(TOKEN):
            mapping.setdefault(value, type_id)
    return Discriminator(name, tuple(sorted(mapping.items())))


def value_of(schemas: Schemas, type_id: str, name: str) -> str:
    """Give the one value that a property of a type can have, else the type's id."""
    node = schemas.node_of(type_id)
    if node is None:
        return type_id
    view = View(parts_of(schemas.reading, [node]))
    return _constant(view.properties().get(name, ())) or type_id


def read_mapping(schemas: Schemas, told: Node) -> list[tuple[str, str]]:
    """Give what a discriminator maps to types: values and ids."""
    pairs: list[tuple[str, str]] = []
    for value, node in schemas.reading.mapping(told, "mapping"):
        if not isinstance(node.value, str):
            schemas.reading.wrong(node, "the name of a schema or a reference")
            continue
        type_id = schemas.mapped(node)
        if type_id:
            pairs.append((value, type_id))
        else:
            message = f"{value!r} is mapped to {node.value!r}, which is not there"
            schemas.reading.report("openapi-discriminator", message, node)
    return pairs
