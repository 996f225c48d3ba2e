"""Objects: structures, what they inherit, and maps.

An `allOf` of one object and further members is inheritance where nothing in them changes
what is inherited; anything else is merged into one structure. The properties of a union
beside an object's own are taken in as optional ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from generator.model import (
    Access,
    AnyType,
    MapOf,
    Named,
    Property,
    Struct,
    TypeRef,
)
from generator.readers.openapi.docs import default_text
from generator.readers.openapi.naming import Name
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.references import reference_of
from generator.readers.openapi.unions import read_union
from generator.readers.openapi.views import (
    UNIONS,
    VALUES,
    View,
    parts_of,
    says_nothing,
    union_of,
)

if TYPE_CHECKING:
    from generator.readers.openapi.schemas import Schemas
    from generator.readers.openapi.spots import Spot

_MEMBERS = frozenset({"properties", "patternProperties"})


def is_struct(schemas: Schemas, node: Node) -> bool:
    """Tell whether a schema comes to a structure."""
    if not isinstance(node.value, dict):
        return False
    view = View(parts_of(schemas.reading, [node]))
    if view.has(VALUES) or not view.properties():
        return False
    return schemas.kinds(view) == ["object"]


# --- inheritance


@dataclass(frozen=True, slots=True)
class _Heir:
    """A structure to be, by what it inherits and what it says itself."""

    base: Node
    own: View


def inherits(schemas: Schemas, nodes: Sequence[Node], spot: Spot) -> Named | None:
    """Define a schema that inherits from one other; None if it does not."""
    heir = _heir(schemas, nodes[0]) if len(nodes) == 1 else None
    if heir is None:
        return None
    inherited = View(parts_of(schemas.reading, [heir.base]))
    tag = _told(schemas, inherited)
    properties = heir.own.properties()
    old = inherited.properties()
    for name in [name for name in properties if name in old]:
        changes = any(
            not _is_same(new, known) for new in properties[name] for known in old[name]
        )
        if changes and name != tag:
            return None
        del properties[name]
    needed = heir.own.required()
    if any(name in old and name not in inherited.required() for name in needed):
        return None
    base = schemas.id_of(heir.base)
    return _define(schemas, heir.own, properties, nodes, spot, base)


def _heir(schemas: Schemas, node: Node) -> _Heir | None:
    """Take a schema apart into what it inherits and the rest, if it inherits from
    exactly one structure."""
    own = [node]
    bases: list[Node] = []
    candidates = schemas.reading.sequence(node, "allOf")
    if reference_of(node) is not None:
        target = schemas.reading.references.step(node, reference_of(node) or "")
        bases += [target] if target is not None else []
    for member in candidates:
        if says_nothing(member):
            continue
        target = schemas.plain_target(member)
        if target is None:
            own[:0] = parts_of(schemas.reading, [member])
        else:
            bases.append(target)
    if len(bases) != 1:
        return None
    base = schemas.settled(bases[0])
    view = View(own)
    if view.has(VALUES) or (view.has(frozenset(UNIONS)) and not view.has(_MEMBERS)):
        return None
    is_own = any(part.value is node.value for part in parts_of(schemas.reading, [base]))
    if is_own or not is_struct(schemas, base):
        return None
    return _Heir(base, view)


def _told(schemas: Schemas, view: View) -> str:
    """Give the property that tells the types of a structure apart, "" for none."""
    for node in view.all("discriminator"):
        if isinstance(node.value, dict):
            return schemas.reading.text(node, "propertyName")
    return ""


def _is_same(new: Node, old: Node) -> bool:
    """Tell whether a schema, said once more, leaves what it was."""
    return says_nothing(new) or _bare(new.value) == _bare(old.value)


def _bare(value: Any) -> Any:
    """Give a schema without its remarks."""
    if isinstance(value, dict):
        return {
            key: _bare(item)
            for key, item in value.items()
            if key not in ("description", "title", "example", "examples", "summary")
        }
    return [_bare(item) for item in value] if isinstance(value, list) else value


# --- objects


def read_object(
    schemas: Schemas, view: View, nodes: Sequence[Node], spot: Spot
) -> TypeRef:
    """Give the type of an object: a map where nobody lists its members."""
    properties = view.properties()
    if properties or view.required() or _unions(schemas, view):
        return _define(schemas, view, properties, nodes, spot)
    is_open, additional, nullable = _additional(schemas, view, spot)
    if additional is not None:
        return MapOf(additional, nullable)
    closed = any(node.value is False for node in view.all("additionalProperties"))
    if (closed and not is_open) or view.has(frozenset({"discriminator"})):
        return _define(schemas, view, properties, nodes, spot)
    return MapOf(AnyType(), True)


def _define(
    schemas: Schemas,
    view: View,
    properties: dict[str, list[Node]],
    nodes: Sequence[Node],
    spot: Spot,
    base: str | None = None,
) -> Named:
    """Define a structure."""
    type_id, is_new = (spot.id, True) if spot.id else schemas.token_of(nodes, spot.name)
    if not is_new:
        return Named(type_id)
    main = nodes[-1]
    schemas.types[type_id] = Struct(type_id)
    _note_discriminator(schemas, view, type_id)
    spot = replace(spot, name=Name(type_id))
    is_open, additional, _ = _additional(schemas, view, spot)
    schemas.types[type_id] = Struct(
        type_id,
        base=base,
        open=is_open,
        properties=tuple(_members(schemas, view, properties, spot, base)),
        additional=additional,
        doc=schemas.doc(main),
        deprecation=schemas.deprecation(main),
        place=schemas.place(main),
    )
    return Named(type_id)


def _note_discriminator(schemas: Schemas, view: View, type_id: str) -> None:
    found = view.all("discriminator")
    if found:
        schemas.discriminators[type_id] = found[-1]


def _members(
    schemas: Schemas,
    view: View,
    properties: dict[str, list[Node]],
    spot: Spot,
    base: str | None,
) -> Iterator[Property]:
    required = view.required()
    for name, nodes in properties.items():
        found = _property(schemas, name, nodes, name in required, spot)
        if found is not None:
            yield found
    others = _unions(schemas, view)
    for name, alternatives in others.items():
        if name not in properties:
            yield _optional(schemas, name, alternatives, spot)
    if base is None:
        for name in required:
            if name not in properties and name not in others:
                yield Property(name, AnyType(), required=True)


def _property(
    schemas: Schemas, name: str, nodes: list[Node], required: bool, spot: Spot
) -> Property | None:
    """Read a property from all that is said of it; None if it may never be there."""
    if any(node.value is False for node in nodes):
        message = f"the property {name} has the schema `false`, left out"
        schemas.reading.count("openapi-never", message, nodes[0])
        return None
    use = schemas.use_all(nodes, spot.below(name))
    remarks = schemas.remarks(nodes)
    access = Access.BOTH
    if remarks.get("readOnly") is True:
        access = Access.READ
    elif remarks.get("writeOnly") is True:
        access = Access.WRITE
    main = _main(nodes)
    default = remarks.get("default")
    return Property(
        name,
        use.type,
        nullable=use.nullable,
        required=required,
        access=access,
        computed=access is Access.READ,
        default=default_text(default) if default is not None else None,
        constraints=use.constraints,
        doc=schemas.doc(main),
        deprecation=schemas.deprecation(main),
        place=schemas.place(main),
    )


def _main(nodes: list[Node]) -> Node:
    """Give the schema that describes a property, the last of several."""
    described = [
        node
        for node in nodes
        if isinstance(node.value, dict) and "description" in node.value
    ]
    return described[-1] if described else nodes[-1]


def _optional(
    schemas: Schemas, name: str, alternatives: list[Node], spot: Spot
) -> Property:
    """Read a property that only some members of a union have."""
    if len(alternatives) == 1:
        found = _property(schemas, name, alternatives, False, spot)
        return found or Property(name, AnyType())
    union = (alternatives[0], "anyOf", alternatives)
    ref, nullable = read_union(schemas, union, spot.below(name))
    doc = schemas.doc(_main(alternatives))
    return Property(name, ref, nullable=nullable, doc=doc)


def _unions(schemas: Schemas, view: View) -> dict[str, list[Node]]:
    """Give the properties in the unions beside an object, with all that they may be.

    A member that is made of the object itself is one of the types derived from it.
    """
    found: dict[str, list[Node]] = {}
    own = {id(part.value) for part in view.parts}
    unions = [members for part in view.parts for _, members in union_of(part)]
    for member in chain.from_iterable(unions):
        parts = parts_of(schemas.reading, [member])
        if not own.isdisjoint([id(each.value) for each in parts]):
            continue
        for name, nodes in View(parts).properties().items():
            known = found.setdefault(name, [])
            values = [node.value for node in known]
            known += [node for node in nodes if node.value not in values]
    return found


def _additional(
    schemas: Schemas, view: View, spot: Spot
) -> tuple[bool, TypeRef | None, bool]:
    """Give whether there may be properties that nobody lists, of what type they are
    where that is said, and whether they may be null."""
    said = [
        node
        for node in view.all("additionalProperties")
        if isinstance(node.value, dict) and node.value
    ]
    patterns = [
        child
        for node in view.all("patternProperties")
        for _, child in node.members()
        if child.value is not False
    ]
    any_ = any(
        node.value is True or node.value == {}
        for node in view.all("additionalProperties")
    )
    for node in view.all("additionalProperties"):
        if not isinstance(node.value, bool | dict):
            schemas.reading.wrong(node, "a schema")
    members = said + patterns
    if not members or (any_ and patterns):
        return any_ or bool(patterns), None, True
    below = spot.below("value")
    if len(members) == 1:
        use = schemas.use(members[0], below)
        return True, use.type, use.nullable
    ref, nullable = read_union(schemas, (members[0], "anyOf", members), below)
    return True, ref, nullable
