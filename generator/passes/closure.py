"""The closure of types: what must stay so that what is wanted can stay.

Used by `slice` and `why`. A type that is mentioned keeps its bases, what its members
and those of its bases mention, and the types derived from it, which may arrive in its
place; a base that is only inherited from keeps its members, not what else is derived
from it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.model import (
    Alias,
    Api,
    Operation,
    Parameter,
    Property,
    Struct,
    named_types,
)
from generator.lineage import Lineage


class Thing(NamedTuple):
    """Something that a slice keeps, by its id: a pattern, operation or resource, or a
    type.

    A type is a "type" where something mentions it, a "base" where another one inherits
    from it, a "place" where only a resource is called after it.
    """

    kind: str
    id: str


class Reason(NamedTuple):
    """Why a thing is kept: its relation to another thing, "property manager of"."""

    relation: str
    of: Thing


class Closure:
    """Collects types, and why each is there; the first reason found is the one kept.

    `depth` is how many navigation properties are followed from where the closure
    starts, None for all of them. Structural properties are always followed.
    """

    def __init__(self, api: Api, lineage: Lineage, depth: int | None) -> None:
        self._types = api.types
        self._lineage = lineage
        self._depth = depth
        self._waiting: deque[tuple[str, bool, int]] = deque()
        self._deeper: deque[tuple[str, bool, int]] = deque()
        self._expanded: set[str] = set()
        self.mentioned: set[str] = set()
        self.reasons: dict[Thing, Reason] = {}

    def __contains__(self, type_id: str) -> bool:
        return type_id in self._expanded

    def __iter__(self) -> Iterator[str]:
        return iter(self._expanded)

    def note(self, thing: Thing, relation: str, of: Thing) -> None:
        """Keep the reason for a thing, unless there is one already."""
        self.reasons.setdefault(thing, Reason(relation, of))

    def mention(self, type_id: str, relation: str, of: Thing) -> None:
        """Add a type with all that it needs. `run` does the work."""
        self._add(self._waiting, type_id, True, 0, Reason(relation, of))

    def mention_operation(self, operation: Operation) -> None:
        """Add the types that an operation takes and gives."""
        for type_id, relation in mentioned_by(operation):
            self.mention(type_id, relation, Thing("operation", operation.id))

    def run(self) -> None:
        """Follow everything added, few navigation properties before many."""
        while self._waiting:
            while self._waiting:
                self._expand(*self._waiting.popleft())
            self._waiting, self._deeper = self._deeper, self._waiting

    def _add(
        self,
        queue: deque[tuple[str, bool, int]],
        type_id: str,
        is_mention: bool,
        level: int,
        reason: Reason,
    ) -> None:
        known = self.mentioned if is_mention else self._expanded
        if type_id not in known and type_id in self._types:
            self.note(Thing(_kind(is_mention), type_id), *reason)
            queue.append((type_id, is_mention, level))

    def _expand(self, type_id: str, is_mention: bool, level: int) -> None:
        thing = Thing(_kind(is_mention), type_id)
        if is_mention and type_id not in self.mentioned:
            self.mentioned.add(type_id)
            for derived in self._lineage.derived.get(type_id, ()):
                reason = Reason("derived from", thing)
                self._add(self._waiting, derived, True, level, reason)
        if type_id in self._expanded:
            return
        self._expanded.add(type_id)
        definition = self._types[type_id]
        if isinstance(definition, Alias):
            for other in named_types(definition.type):
                reason = Reason("what is defined as", thing)
                self._add(self._waiting, other, True, level, reason)
        elif isinstance(definition, Struct):
            self._expand_struct(definition, thing, level)

    def _expand_struct(self, struct: Struct, thing: Thing, level: int) -> None:
        if struct.base is not None:
            reason = Reason("base of", thing)
            self._add(self._waiting, struct.base, False, level, reason)
        for member in struct.properties:
            self._expand_member(member, thing, level)
        if struct.additional is not None:
            for type_id in named_types(struct.additional):
                reason = Reason("further properties of", thing)
                self._add(self._waiting, type_id, True, level, reason)

    def _expand_member(self, member: Property, thing: Thing, level: int) -> None:
        queue = self._waiting
        if member.navigation is not None and self._depth is not None:
            level += 1
            queue = self._deeper
            if level > self._depth:
                return
        for type_id in named_types(member.type):
            reason = Reason(f"property {member.name} of", thing)
            self._add(queue, type_id, True, level, reason)


def _kind(is_mention: bool) -> str:
    return "type" if is_mention else "base"


def mentioned_by(operation: Operation) -> Iterator[tuple[str, str]]:
    """Give the types that an operation takes and gives, each with what it is there."""
    for parameter in operation.parameters:
        for type_id in named_types(parameter.type):
            yield type_id, f"parameter {parameter.name} of"
    bodies = [operation.body] if operation.body is not None else []
    for body in (*bodies, *operation.other_bodies):
        for type_id in named_types(body.type):
            yield type_id, "body of"
        for encoding in body.encodings:
            yield from _in_headers(encoding.headers)
    for response in operation.responses:
        for ref in (response.type, response.item_type):
            if ref is not None:
                for type_id in named_types(ref):
                    yield type_id, "answer of"
        yield from _in_headers(response.headers)


def _in_headers(headers: Iterable[Parameter]) -> Iterator[tuple[str, str]]:
    for header in headers:
        for type_id in named_types(header.type):
            yield type_id, f"header {header.name} of"
