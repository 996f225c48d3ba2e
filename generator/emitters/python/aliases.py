"""Which type definitions have a Python name of their own, and what they stand for.

A definition is written as what it stands for: a text with a pattern is a `str`. One of
a union is long, and one that mentions itself cannot be written out at all; these get a
module with a `TypeAlias` in `models`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.emitters.circles import in_circles
from generator.model import (
    Alias,
    AnyType,
    Constraints,
    ListOf,
    LiteralType,
    Named,
    TypeDef,
    TypeRef,
    UnionOf,
    bounds,
    named_types,
)

_MOST_WRITTEN = 30


class Aliases:
    """The type definitions of an Api, as the Python emitter sees them."""

    def __init__(self, types: Mapping[str, TypeDef]) -> None:
        self._types = types
        self._own: dict[str, bool] = {}

    def is_own(self, type_id: str) -> bool:
        """Whether a type is a definition that has a module of its own."""
        if type_id not in self._own:
            target = self._types.get(type_id)
            self._own[type_id] = isinstance(target, Alias) and (
                isinstance(target.type, UnionOf)
                or self._is_long(target.type)
                or type_id in self._in_circles
            )
        return self._own[type_id]

    def _is_long(self, ref: TypeRef) -> bool:
        """Whether more definitions are written out in a type than one can read; ten
        that mention the next one twice would be a thousand."""
        written, waiting = 0, list(named_types(ref))
        while waiting and written < _MOST_WRITTEN:
            target = self._types.get(waiting.pop())
            if isinstance(target, Alias) and not isinstance(target.type, UnionOf):
                written += 1
                waiting += named_types(target.type)
        return bool(waiting)

    def settle(self, ref: TypeRef) -> TypeRef:
        """Follow definitions to what they stand for, or to the first that is `is_own`;
        what is not there can be anything.
        """
        while isinstance(ref, Named):
            target = self._types.get(ref.id)
            if target is None:
                return AnyType()
            if not isinstance(target, Alias) or self.is_own(ref.id):
                return ref
            ref = target.type
        return ref

    def is_nullable(self, ref: TypeRef) -> bool:
        """Whether null is a value of a definition or a union."""
        waiting, seen = [ref], set[str]()
        while waiting:
            match waiting.pop():
                case UnionOf(members):
                    waiting += members
                case LiteralType("null"):
                    return True
                case Named(type_id) if type_id not in seen:
                    seen.add(type_id)
                    target = self._types.get(type_id)
                    if isinstance(target, Alias):
                        if target.nullable:
                            return True
                        waiting.append(target.type)
                case _:
                    pass
        return False

    def constraints(self, ref: TypeRef, own: Constraints | None) -> Constraints | None:
        """What a value must satisfy, by what its holder says and by the definitions that
        it is of; None for what need not satisfy anything.
        """
        found = bounds(ref, own, self._types)
        return found if found != Constraints() else None

    def meaning(self, alias: Alias) -> TypeRef:
        """What a definition stands for, without itself among the members of its union.

        "A is B or a text, B is A or a number" says that both are a text or a number;
        a list of A in A is another matter, and stays.
        """
        if alias.id not in self._reached(alias.type):
            return alias.type
        return UnionOf(tuple(self._unrolled(alias.type, alias.id, {alias.id})))

    def _unrolled(self, ref: TypeRef, start: str, seen: set[str]) -> Iterator[TypeRef]:
        match ref:
            case UnionOf(members):
                for member in members:
                    yield from self._unrolled(member, start, seen)
            case Named(type_id) if type_id in seen:
                pass
            case Named(type_id) if start in self._reached(ref):
                seen.add(type_id)
                target = self._types[type_id]
                if isinstance(target, Alias):
                    yield from self._unrolled(target.type, start, seen)
            case _:
                yield ref

    def _reached(self, ref: TypeRef) -> set[str]:
        """The definitions that a value itself may be of, through unions alone."""
        found: set[str] = set()
        waiting = [ref]
        while waiting:
            match waiting.pop():
                case UnionOf(members):
                    waiting += members
                case Named(type_id) if type_id not in found:
                    target = self._types.get(type_id)
                    if isinstance(target, Alias):
                        found.add(type_id)
                        waiting.append(target.type)
                case _:
                    pass
        return found

    @cached_property
    def _in_circles(self) -> frozenset[str]:
        return in_circles(self._types)
