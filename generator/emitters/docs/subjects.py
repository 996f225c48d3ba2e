"""What the pages of operations are about: one operation of a type, with all places
where it stands and the request lines by which it is called there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from generator.emitters.docs.calls import offered
from generator.emitters.docs.names import OperationKey, operation_key
from generator.emitters.docs.site import Site, said, short
from generator.emitters.docs.wording import is_title, sentence, title
from generator.model import (
    Doc,
    LinkKind,
    Operation,
    Permission,
    RequestPath,
    Resource,
    call_text,
    paths_to_show,
    permitted,
)

_SERVICE: Final = RequestPath("", contained=True, steps=(), rank=(0, 0, 0, ()))


class Use(NamedTuple):
    """An operation at a place where it stands, None for the service itself."""

    resource: Resource | None
    operation: Operation


class Line(NamedTuple):
    """A request line ("POST /me/..."), with the place and the path it was made of."""

    text: str
    path: RequestPath
    use: Use


@dataclass(frozen=True)
class Subject:
    """The operation of one page, at every place where it stands."""

    site: Site
    key: OperationKey
    page: str
    uses: tuple[Use, ...]

    @property
    def operation(self) -> Operation:
        """The operation at the first place, which stands for the others."""
        return self.uses[0].operation

    @property
    def type_name(self) -> str:
        """The short name of the type, "" for the service."""
        return short(self.key.type)

    @property
    def name(self) -> str:
        """The operation's own short name."""
        return short(self.key.name)

    @property
    def namespace(self) -> str:
        """The namespace of the type, for the service that of the operation."""
        return (self.key.type or self.key.name).rpartition(".")[0]

    @cached_property
    def stands(self) -> tuple[Use, ...]:
        """The places that matter to readers: those of the request lines, told as each
        of them is; all where there is no request line."""
        found = {id(line.use.operation): line.use for line in self.lines}
        return tuple(found.values()) or self.uses

    @cached_property
    def title(self) -> str:
        """What the page is called: as the source calls it at the best place, if it
        does."""
        found = self.stands[0].operation.doc.summary
        if self._is_verb and is_title(found):
            return found
        return title(self.key.kind, self.type_name, self.name)

    @property
    def _is_verb(self) -> bool:
        return self.operation.binding is None and bool(self.key.type)

    @cached_property
    def description(self) -> str:
        """What the operation does: as the source says it of the best place, or made
        from its kind."""
        return self.said(self.stands[0]) or sentence(
            self.key.kind, self.type_name, self.name
        )

    def said(self, use: Use) -> str:
        """Give what is said of the operation at a place, but for what is a title."""
        doc = use.operation.doc
        if self._is_verb and is_title(doc.summary):
            doc = Doc(description=doc.description)
        return said(doc)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The request lines, the best first, some of each overload."""
        by_call: dict[str, list[Use]] = {}
        for use in self.uses:
            by_call.setdefault(call_text(use.operation), []).append(use)
        found = {
            line.text: line for uses in by_call.values() for line in self._best(uses)
        }
        return tuple(found.values())

    def _best(self, uses: Sequence[Use]) -> Sequence[Line]:
        """The uses of one overload, which are called alike."""
        ways = {path.text: (path, use) for use in uses for path in self._paths(use)}
        best = paths_to_show(
            uses[0].operation,
            [path for path, _ in ways.values()],
            self.site.api.path_permissions,
        )
        return [_line(*ways[path.text]) for path in best]

    def _paths(self, use: Use) -> Sequence[RequestPath]:
        if use.resource is None:
            return (_SERVICE,)
        return self.site.paths.get(use.resource.id, ())

    @cached_property
    def permissions(self) -> Mapping[tuple[Permission, ...], tuple[Line, ...]]:
        """The request lines by what is needed for them, where that is known."""
        found: dict[tuple[Permission, ...], list[Line]] = {}
        for line in self.lines:
            listed = self.site.api.path_permissions
            for each in permitted(line.use.operation, (line.path,), listed):
                found.setdefault(each.permissions, []).append(line)
        return {needed: tuple(lines) for needed, lines in found.items()}


def _line(path: RequestPath, use: Use) -> Line:
    resource, operation = use
    if resource is not None:
        ways = [step for step in path.steps if step.kind is not LinkKind.KEY]
        operation = resource.operation_at(ways[-1].owner, operation)
    return Line(path.line(operation), path, Use(resource, operation))


def subjects(site: Site) -> tuple[Subject, ...]:
    """Give the operations that have a page, in the order of their pages."""
    uses: dict[OperationKey, list[Use]] = {}
    for resource, operation in offered(
        site.api.resources.values(), site.api.operations
    ):
        key = operation_key(resource, operation)
        uses.setdefault(key, []).append(Use(resource, operation))
    found = [
        Subject(site, key, site.names.operation(*each[0]), tuple(each))
        for key, each in uses.items()
    ]
    return tuple(sorted(found, key=lambda subject: subject.page))
