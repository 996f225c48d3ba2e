"""The two versions under comparison, with the lookups that every part of it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.model import Api, Enum, Operation, SecurityRequirement, Struct
from generator.lineage import Lineage


class Version:
    """One Api and the inheritance of its types."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.types = api.types
        self.lineage = Lineage(api.types)
        self.roots = {root.name: root for root in api.roots}

    @cached_property
    def _targets(self) -> frozenset[str]:
        """What annotations can be about, without what lies deeper in a set."""
        return frozenset(self._find_targets())

    def _find_targets(self) -> Iterator[str]:
        yield from self.api.namespaces
        yield from self.api.terms
        for type_id, definition in self.types.items():
            yield type_id
            if isinstance(definition, Struct):
                for member in definition.properties:
                    yield f"{type_id}/{member.name}"
            elif isinstance(definition, Enum):
                for value in definition.members:
                    yield f"{type_id}/{value.name}"
        for root in self.api.roots:
            yield root.target.partition("/")[0]
            yield root.target
        for operation in self.api.operations:
            yield operation.id
            yield f"{operation.id}/$ReturnType"
            for parameter in operation.parameters:
                yield f"{operation.id}/{parameter.name}"

    def requirements(self, operation: Operation) -> tuple[SecurityRequirement, ...]:
        """Give what a caller of a request has to prove: its own requirements, or else
        those of the service."""
        own = operation.security
        return self.api.requirements if own is None else own

    def has(self, target: str) -> bool:
        """Say whether the target of an annotation stands in this version."""
        return "/".join(target.split("/")[:2]) in self._targets


@dataclass(frozen=True, slots=True)
class Versions:
    """The old version and the new one."""

    old: Version
    new: Version

    def derives(self, one: str, other: str) -> bool:
        """Say whether a type inherits from another, in the version that knows it; the
        new one is asked first."""
        version = self.new if one in self.new.types else self.old
        return other in version.lineage.ids(one)

    def both_have(self, target: str) -> bool:
        """Say whether the target of an annotation stands in both versions."""
        return self.old.has(target) and self.new.has(target)
