"""The selection among requests: what of an Api of the protocol HTTP patterns ask for.

The counterpart of `selection.Selection` for an Api without places that lead to one
another: a pattern means types, operations by their ids, all operations of a tag, or
those on the paths it matches.
"""

from __future__ import annotations

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, ResourceLink, offered
from generator.passes.closure import Closure, Reason, Thing
from generator.lineage import Lineage
from generator.passes.patterns import NamePattern, PathPattern
from generator.passes.suggestions import Suggestions


class RequestSelection:
    """What stays, collected pattern by pattern; `finish` when all have been taken."""

    def __init__(self, api: Api, depth: int | None) -> None:
        self._api = api
        self._closure = Closure(api, Lineage(api.types), depth)
        self._operations: set[str] = set()
        self.types: frozenset[str] = frozenset()
        self.resources: frozenset[str] = frozenset()

    def take(
        self, pattern: NamePattern | PathPattern, diagnostics: Diagnostics
    ) -> None:
        """Add what a pattern means; an error if it means nothing."""
        whole = Thing("pattern", pattern.text)
        if isinstance(pattern, PathPattern):
            self._take_paths(pattern, whole, diagnostics)
        else:
            self._take_names(pattern, whole, diagnostics)

    def _take_paths(
        self, pattern: PathPattern, whole: Thing, diagnostics: Diagnostics
    ) -> None:
        found = False
        for resource, operation in offered(self._api):
            is_meant = pattern.allows(operation.method)
            if is_meant and pattern.matches("".join(operation.path)):
                self._take(resource, operation, "on the path of", whole)
                found = True
        if not found:
            message = f"{pattern.text!r} matches no path of the service"
            diagnostics.error("slice-unmatched", message)

    def _take_names(
        self, pattern: NamePattern, whole: Thing, diagnostics: Diagnostics
    ) -> None:
        tags = {"".join(tag.name.split()): tag.name for tag in self._api.tags}
        ids = [operation.id for _, operation in offered(self._api)]
        names = dict.fromkeys([*self._api.types, *ids, *tags])
        found = frozenset(pattern.matching(names, self._api.namespace))
        if not found:
            hint = Suggestions(names).close(pattern.text)
            message = f"no type, operation or tag is called {pattern.text!r}{hint}"
            diagnostics.error("slice-unmatched", message)
        for type_id in self._api.types:
            if type_id in found:
                self._closure.mention(type_id, "named by", whole)
        meant = {tags[name] for name in found if name in tags}
        for resource, operation in offered(self._api):
            if operation.id in found:
                self._take(resource, operation, "named by", whole)
            elif not meant.isdisjoint(operation.tags):
                self._take(resource, operation, "tagged with", whole)

    def _take(
        self, resource: str, operation: Operation, relation: str, of: Thing
    ) -> None:
        thing = Thing("operation", operation.id)
        self._operations.add(operation.id)
        self._closure.note(thing, relation, of)
        self._closure.mention_operation(operation)
        if resource:
            self.resources |= {resource}
            self._closure.note(Thing("resource", resource), "resource of", thing)

    def finish(self) -> None:
        """Follow everything that was taken."""
        self._closure.run()
        self.types = frozenset(self._closure)

    def keeps_operation(self, resource_id: str, operation: Operation) -> bool:
        """Say whether an operation stays, wherever it stands."""
        return operation.id in self._operations

    def keeps_unplaced(self, operation: Operation) -> bool:
        """Say whether an operation stays that no resource has: there is no other way
        for it to stay than to be taken."""
        return operation.id in self._operations

    def keeps_link(self, resource_id: str, link: ResourceLink) -> bool:
        """Say whether the way to the operations of a tag stays."""
        return link.target in self.resources

    def reasons(self) -> tuple[dict[Thing, Reason], ...]:
        """Give why things stay."""
        return (self._closure.reasons,)
