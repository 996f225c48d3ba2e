"""Segments: by what names bound actions and functions are called in a URL.

A part of `resolve`. Their plain names will do where their namespace is a default one
(OData 4.01 URL Conventions section 4.5, Core.DefaultNamespace), unless something else
in the same place bears that name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from generator.model import Api, Operation, Struct, TypeDef
from generator.lineage import Lineage


class PlainNames:
    """The plain names of an Api's bound operations, and what they could be mistaken
    for."""

    def __init__(
        self, api: Api, types: Mapping[str, TypeDef], lineage: Lineage
    ) -> None:
        self._api = api
        self._types = types
        self._lineage = lineage

    def path(self, operation: Operation) -> tuple[str, ...]:
        """Give the segments of an operation: those it has, or its plain name."""
        namespace, _, plain = operation.name.rpartition(".")
        if operation.binding is None or namespace not in self._api.default_namespaces:
            return operation.path
        is_other = self._is_property(plain, operation) or len(self._spaces[plain]) > 1
        return operation.path if is_other else (plain,)

    def _is_property(self, name: str, operation: Operation) -> bool:
        """Say whether a property of what the operation is bound to has the name: where
        both stand, the property is meant."""
        binding = operation.binding
        if binding is None or binding.many:
            return False
        return any(
            self._lineage.related(owner, binding.type)
            for owner in self._owners.get(name, ())
        )

    @cached_property
    def _owners(self) -> Mapping[str, list[str]]:
        """The types that declare a property, by its name."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for definition in self._types.values():
            if isinstance(definition, Struct):
                for member in definition.properties:
                    found[member.name].append(definition.id)
        return found

    @cached_property
    def _spaces(self) -> Mapping[str, set[str]]:
        """The default namespaces of the operations of a plain name."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for operation in self._api.operations:
            namespace, _, plain = operation.name.rpartition(".")
            if namespace in self._api.default_namespaces:
                found[plain].add(namespace)
        return found
