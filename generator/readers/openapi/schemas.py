"""Schemas: what a value is, by JSON Schema 2020-12 and OpenAPI's dialects of it.

`Schemas.use` tells what a schema comes to where it is used; what needs a definition of
its own is put into `types`, under the name of its component or a token (`naming`). The
modules `structs`, `unions`, `enums` and `scalars` know one kind of schema each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.model import (
    Alias,
    AnyType,
    Constraints,
    Deprecation,
    Doc,
    ListOf,
    Named,
    Place,
    TypeDef,
    TypeRef,
    UnionOf,
)
from generator.readers.openapi.docs import read_deprecation, read_doc
from generator.readers.openapi.enums import read_values
from generator.readers.openapi.naming import TOKEN, Name, Unnamed
from generator.readers.openapi.nodes import Node, pointer_text
from generator.readers.openapi.reading import Reading
from generator.readers.openapi.references import reference_of
from generator.readers.openapi.scalars import read_constraints, scalar_of
from generator.readers.openapi.spots import (
    ANYTHING,
    Spot,
    Use,
    guessed_kinds,
    joined,
    name_of,
)
from generator.readers.openapi.structs import inherits, read_object
from generator.readers.openapi.unions import read_union
from generator.readers.openapi.views import (
    DECIDING,
    KEPT,
    TYPES,
    UNIONS,
    VALUES,
    View,
    is_nullable,
    is_typeless,
    parts_of,
    says_nothing,
    union_of,
)

_MOST_LEVELS = 60
"""How deep schemas without a name may be nested; GitHub's are 9 deep."""


_SCALARS = ("string", "boolean", "integer", "number")
_COMPOUND = VALUES | {"allOf", "$ref", "$dynamicRef", *UNIONS}
_OUTDATED = frozenset({"deprecated", "x-ms-deprecation"})
_REMARKS = ("readOnly", "writeOnly", "default")


class Schemas:
    """All schemas of a description."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.types: dict[str, TypeDef] = {}
        self.unnamed: dict[str, Unnamed] = {}
        self.discriminators: dict[str, Node] = {}
        self._ids: dict[tuple[int, ...], str] = {}
        self._components: dict[str, Node] = {}
        self._streaming: set[int] = set()
        self._nodes: dict[str, Node] = {}
        self._waiting: list[tuple[Node, Spot]] = []
        self._open: set[tuple[int, ...]] = set()

    # --- components

    def announce(self, components: Sequence[tuple[str, Node]]) -> None:
        """Take the ids of all components, so that references to them have one."""
        for type_id, node in components:
            self._components[type_id] = node
            if isinstance(node.value, dict):
                self._ids.setdefault(_key([node]), type_id)

    def define_all(self) -> None:
        """Define every component, and whatever else something refers to."""
        for type_id, node in self._components.items():
            known = self._ids.get(_key([node]), type_id)
            if known != type_id:
                self.types[type_id] = Alias(type_id, Named(known))
            else:
                self._define(node, Spot(Name(type_id), type_id))
        while self._waiting:
            self._define(*self._waiting.pop())
        for type_id, definition in list(self.types.items()):
            if isinstance(definition, Alias) and self._is_loop(definition):
                self.types[type_id] = replace(definition, type=AnyType())

    def mark_stream(self, node: Node) -> None:
        """Note that a schema is the body of a multipart message, where bytes are
        themselves."""
        target = self.reading.references.target(node)
        if target is not None:
            self._streaming.add(id(target.value))

    def id_of(self, node: Node) -> str:
        """Give the id of what a reference leads to, defined if it was not yet."""
        known = self._ids.get(_key([node]))
        if known is None:
            name = name_of(node)
            known = self._token([node], name)
            self._waiting.append((node, Spot(name, known)))
        elif known.startswith(TOKEN):
            self.unnamed[known].names.add(name_of(node))
        return known

    def _define(self, node: Node, spot: Spot) -> None:
        """Give a schema a definition of its own, whatever it comes to."""
        self._nodes[spot.id] = node
        if id(node.value) in self._streaming:
            spot = replace(spot, as_stream=True)
        use = self.use(node, spot)
        if use.type != Named(spot.id):
            self.types[spot.id] = Alias(
                spot.id,
                use.type,
                nullable=use.nullable,
                constraints=use.constraints,
                doc=self.doc(node),
                deprecation=self.deprecation(node),
                place=self.place(node),
            )

    def _is_loop(self, alias: Alias) -> bool:
        """Tell, and report, whether a definition says that it is itself."""
        seen: set[str] = set()
        waiting = [alias.type]
        while waiting:
            at = waiting.pop()
            if isinstance(at, UnionOf):
                waiting.extend(at.members)
            elif isinstance(at, Named) and at.id not in seen:
                seen.add(at.id)
                target = self.types.get(at.id)
                if isinstance(target, Alias):
                    waiting.append(target.type)
        if alias.id in seen:
            node = self._nodes[alias.id]
            message = "the schema is defined as itself"
            self.reading.report("openapi-reference-cycle", message, node)
        return alias.id in seen

    # --- what a definition is called

    def token_of(self, nodes: Sequence[Node], name: Name) -> tuple[str, bool]:
        """Give the id of a definition that is made of schemas, and whether it is new."""
        known = self._ids.get(_key(nodes))
        if known is not None:
            if known.startswith(TOKEN):
                self.unnamed[known].names.add(name)
            return known, known not in self.types
        return self._token(nodes, name), True

    def _token(self, nodes: Sequence[Node], name: Name) -> str:
        token = self._ids[_key(nodes)] = f"{TOKEN}{len(self.unnamed)}"
        value = nodes[-1].value
        title = value.get("title") if isinstance(value, dict) else None
        title = title if isinstance(title, str) else ""
        self.unnamed[token] = Unnamed(token, {name}, title)
        return token

    # --- what is said of a schema

    def doc(self, node: Node) -> Doc:
        """Read what is said of a schema."""
        if not isinstance(node.value, dict):
            return Doc()
        kept = () if KEPT.isdisjoint(node.value) else KEPT.intersection(node.value)
        for key in sorted(kept):
            message = f"`{key}` is kept as it stands and decides no type"
            self.reading.count("openapi-keyword-kept", message, node)
        return read_doc(self.reading, node, title=True, kept=kept)

    def deprecation(self, node: Node) -> Deprecation | None:
        """Read whether a schema is on its way out."""
        value = node.value
        if isinstance(value, dict) and not _OUTDATED.isdisjoint(value):
            return read_deprecation(self.reading, node)
        return None

    def remarks(self, nodes: Sequence[Node]) -> dict[str, Any]:
        """Give who may set a value that schemas are about, and its default; what stands
        nearest wins."""
        if len(nodes) == 1 and _is_plain(nodes[0]):
            value = nodes[0].value
            return {key: value[key] for key in _REMARKS if key in value}
        found: dict[str, Any] = {}
        seen: set[int] = set()
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            value = node.value
            if not isinstance(value, dict) or id(value) in seen:
                continue
            seen.add(id(value))
            for key in _REMARKS:
                if key in value:
                    found.setdefault(key, value[key])
            target = self.reading.references.target(node)
            if target is not None and target is not node:
                waiting.append(target)
            if "allOf" in value:
                waiting += self.reading.sequence(node, "allOf")
        return found

    def place(self, node: Node) -> Place:
        """Give the document of a definition; to look up lines takes too long."""
        return Place(node.document.name, pointer=pointer_text(node.pointer))

    # --- uses

    def use(self, node: Node, spot: Spot) -> Use:
        """Tell what a schema comes to at a spot."""
        value = node.value
        if not isinstance(value, dict):
            if value is False:
                message = "the schema `false` allows no value at all"
                self.reading.count("openapi-never", message, node)
            elif value is not True:
                self.reading.wrong(node, "a schema")
            return ANYTHING
        if spot.level > _MOST_LEVELS:
            message = f"more than {_MOST_LEVELS} schemas inside one another"
            self.reading.count("openapi-too-deep", message, node)
            return ANYTHING
        reference = reference_of(node)
        if reference is not None and not self._adds(node):
            target = self.reading.references.step(node, reference)
            return self.refer(target) if target is not None else ANYTHING
        kind = value.get("type")
        if isinstance(kind, str) and kind in _SCALARS and _is_plain(node):
            return self._scalar(node, spot)
        return self._compound([node], spot)

    def _scalar(self, node: Node, spot: Spot) -> Use:
        """Tell what a schema of one type and nothing but limits comes to: most are
        such, and this is the short way."""
        view = View((node,))
        found = scalar_of(node.value["type"], view, as_stream=spot.as_stream)
        nullable = node.value.get("nullable") is True
        return Use(found, nullable, read_constraints(view))

    def _adds(self, node: Node) -> bool:
        """Tell whether keywords beside a reference say more of the type."""
        beside = DECIDING.intersection(node.value)
        if not beside:
            return False
        if node.document.is_before_31:
            names = ", ".join(sorted(beside))
            message = f"{names} beside $ref is ignored by the rules of OpenAPI 3.0"
            self.reading.count("openapi-reference-sibling", message, node)
            return False
        return True

    def plain_target(self, node: Node) -> Node | None:
        """Give what a schema refers to, if it is a reference and nothing more."""
        reference = reference_of(node)
        if reference is None or self._adds(node):
            return None
        return self.reading.references.step(node, reference)

    def settled(self, node: Node) -> Node:
        """Follow a schema that only stands for another one to that one."""
        seen: set[int] = set()
        while isinstance(node.value, dict) and id(node.value) not in seen:
            seen.add(id(node.value))
            target = self.plain_target(node) or self._only_member(node)
            if target is None:
                break
            node = target
        return node

    def node_of(self, type_id: str) -> Node | None:
        """Give the schema of a component or of what something refers to."""
        return self._components.get(type_id) or self._nodes.get(type_id)

    def mapped(self, node: Node) -> str:
        """Give the id of the schema that a discriminator maps a value to: its name or a
        reference; "" where there is none."""
        text: str = node.value
        if text in self._components:
            return text
        if "#" not in text and "/" not in text:
            return ""
        target = self.reading.references.step(node, text)
        if target is None or not isinstance(target.value, dict):
            return ""
        return self.id_of(self.settled(target))

    def refer(self, target: Node) -> Use:
        """Give the use of what a reference leads to."""
        if not isinstance(target.value, dict):
            return self.use(target, Spot(name_of(target)))
        nullable = is_nullable(self.reading, target)
        return Use(Named(self.id_of(target)), nullable)

    def use_all(self, nodes: Sequence[Node], spot: Spot) -> Use:
        """Tell what schemas that hold at once come to at a spot."""
        if len(nodes) == 1:
            return self.use(nodes[0], spot)
        return self._compound(nodes, spot)

    def _compound(self, nodes: Sequence[Node], spot: Spot) -> Use:
        nodes = self._telling(nodes)
        key = _key(nodes)
        if key in self._open:
            return self._inside_itself(nodes)
        self._open.add(key)
        try:
            return self._made_of(nodes, spot)
        finally:
            self._open.remove(key)

    def _inside_itself(self, nodes: Sequence[Node]) -> Use:
        """Tell what schemas come to somewhere inside themselves: one is a type of its
        own, as if something referred to it."""
        if len(nodes) == 1:
            return self.refer(nodes[0])
        message = "schemas that hold at once stand inside themselves"
        self.reading.count("openapi-too-deep", message, nodes[0])
        return ANYTHING

    def _made_of(self, nodes: Sequence[Node], spot: Spot) -> Use:
        if len(nodes) == 1 and isinstance(nodes[0].value, dict):
            alone = self._as_reference(nodes[0], spot)
            if alone is not None:
                return alone
        nullable = all(is_nullable(self.reading, node) for node in nodes)
        derived = inherits(self, nodes, spot)
        if derived is not None:
            return Use(derived, nullable)
        view = View(parts_of(self.reading, nodes))
        return self.by_view(view, nodes, spot, nullable)

    def _telling(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Leave out the schemas that say nothing, and those that say the same."""
        if len(nodes) == 1:
            return nodes
        telling: list[Node] = []
        for node in nodes:
            known = [each.value for each in telling]
            if not says_nothing(node) and node.value not in known:
                telling.append(node)
        return telling or nodes[:1]

    def _as_reference(self, node: Node, spot: Spot) -> Use | None:
        """Give what a schema refers to, if all that it adds are remarks."""
        target = self._only_member(node)
        if target is None:
            return None
        told = self.settled(target)
        if isinstance(told.value, dict) and "discriminator" in told.value:
            if spot.id:
                return None
        else:
            discriminator = node.get("discriminator")
            if discriminator is not None and isinstance(told.value, dict):
                self._tell_apart(told, discriminator)
        use = self.refer(target)
        nullable = use.nullable or node.value.get("nullable") is True
        return replace(use, nullable=nullable)

    def _tell_apart(self, base: Node, told: Node) -> None:
        """Note a discriminator that is said of a structure only where it is used; the
        one that maps most is the one that counts."""
        known = self.discriminators.get(self.id_of(base))
        if known is None or len(str(told.value)) > len(str(known.value)):
            self.discriminators[self.id_of(base)] = told

    def _only_member(self, node: Node) -> Node | None:
        """Give what the one telling member of `allOf` refers to, if nothing else in the
        schema tells of the type."""
        if "allOf" not in node.value or reference_of(node) is not None:
            return None
        if DECIDING.intersection(node.value) - {"allOf", "type"}:
            return None
        members = self.reading.sequence(node, "allOf")
        telling = [member for member in members if not says_nothing(member)]
        return self.plain_target(telling[0]) if len(telling) == 1 else None

    def by_view(
        self, view: View, nodes: Sequence[Node], spot: Spot, nullable: bool
    ) -> Use:
        """Tell what the parts of a schema come to."""
        constraints = read_constraints(view)
        if view.has(VALUES):
            found = read_values(self, view, nodes, spot)
            if found is not None:
                return Use(found, nullable, constraints)
        union = self._union(view)
        if union is not None:
            found, may_be_null = read_union(self, union, spot)
            return Use(found, nullable or may_be_null, constraints)
        kinds = self.kinds(view)
        if not kinds:
            return Use(AnyType(), nullable or view.first("type") is None)
        types: list[TypeRef] = []
        for kind in kinds:
            found, more = self._of_kind(kind, view, nodes, spot)
            constraints = joined(constraints, more)
            if found not in types:
                types.append(found)
        ref = types[0] if len(types) == 1 else UnionOf(tuple(types), exclusive=False)
        return Use(ref, nullable, constraints)

    def _union(self, view: View) -> tuple[Node, str, list[Node]] | None:
        """Give the one union that a schema is, if it is no object beside it."""
        if view.has(frozenset({"properties", "patternProperties"})):
            return None
        unions = [
            (part, key, members)
            for part in view.parts
            for key, members in union_of(part)
            if not all(is_typeless(member) for member in members)
        ]
        return unions[0] if len(unions) == 1 else None

    def kinds(self, view: View) -> list[str]:
        """Give the JSON types of a schema but null, in a fixed order; those that its
        keywords are about where it names none."""
        for node in view.all("type"):
            self._check_type(node)
        types = view.types()
        if types is None:
            return guessed_kinds(view)
        if not types:
            message = "its types exclude one another"
            self.reading.report("openapi-contradiction", message, view.parts[0])
        if "number" in types:
            types -= {"integer"}
        order = ("object", "array", "string", "integer", "number", "boolean")
        return [kind for kind in order if kind in types]

    def _check_type(self, node: Node) -> None:
        named = node.value if isinstance(node.value, list) else [node.value]
        for name in named:
            if not isinstance(name, str) or name not in TYPES:
                self.reading.wrong(node, "a JSON type")
                return

    def _of_kind(
        self, kind: str, view: View, nodes: Sequence[Node], spot: Spot
    ) -> tuple[TypeRef, Constraints | None]:
        match kind:
            case "object":
                return read_object(self, view, nodes, spot), None
            case "array":
                return self._list(view, spot)
            case _:
                return scalar_of(kind, view, as_stream=spot.as_stream), None

    def _list(self, view: View, spot: Spot) -> tuple[TypeRef, Constraints | None]:
        """Read a list; what is said of its items limits each of them."""
        items = view.all("items")
        several = [node for node in items if isinstance(node.value, list)]
        prefix = [
            item
            for node in (*view.all("prefixItems"), *several)
            for item in node.items()
        ]
        items = [node for node in items if not isinstance(node.value, list)]
        items = [node for node in items if node.value is not False]
        if prefix:
            members = prefix + items[:1]
            ref, nullable = read_union(self, (view.parts[0], "anyOf", members), spot)
            return ListOf(ref, nullable), None
        if not items:
            return ListOf(AnyType(), True), None
        use = self.use_all(items, spot.below("item"))
        return ListOf(use.type, use.nullable), use.constraints


def _key(nodes: Sequence[Node]) -> tuple[int, ...]:
    """Give what a definition that is made of schemas is known by."""
    return tuple([id(node.value) for node in nodes])


def _is_plain(node: Node) -> bool:
    """Tell whether a schema says all there is to say itself."""
    return isinstance(node.value, dict) and _COMPOUND.isdisjoint(node.value)
