"""Request lines: what an OpenAPI document lists of a service's millions of paths.

Answers a question about an Api and changes nothing; beside `request_paths`, which finds
the few best ways to each place. Which paths there are is decided by OASIS's "OData to
OpenAPI Mapping" (committee note 01, section 4.5): entity sets and singletons, their
items, and what is reached from these by navigation properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import (
    AnyType,
    Api,
    Body,
    Doc,
    LinkKind,
    Operation,
    OperationKind,
    Record,
    RequestLine,
    RequestPath,
    Resource,
    ResourceLink,
    Response,
)
from generator.lineage import Lineage
from generator.passes.line_parts import Lines, Trail
from generator.passes.line_rules import LineRules
from generator.passes.request_paths import request_paths
from generator.passes.values import flag
from generator.passes.vocabulary import CAPABILITIES, value_of

DEPTH: Final = 3
"""How many navigation properties a path follows, if nobody says otherwise.

Of the paths of Microsoft Graph v1.0 for which permissions are published, 1 reaches
59 %, 2 reach 72 %, 3 reach 88 % and 4 reach 92 %, in 6,000, 8,000, 21,000 and 61,000
request lines.
"""

_CALLS: Final = (OperationKind.ACTION, OperationKind.FUNCTION)
_VERBS: Final = (
    OperationKind.READ,
    OperationKind.LIST,
    OperationKind.CREATE,
    OperationKind.UPDATE,
    OperationKind.REPLACE,
    OperationKind.DELETE,
)


def request_lines(
    api: Api, depth: int = DEPTH, *, whole: bool = True
) -> tuple[RequestLine, ...]:
    """Give the request lines of a service, those of one path together.

    `whole`: the Api is all of the service, so that batches are a part of it.

    A path follows at most `depth` navigation properties and ends at the first one that
    does not contain its target. To each place that is not reached so there is one path
    all the same, the best that `request_paths` finds, so that no operation is missing;
    after a cast it has what the base type does not offer. What a list of permissions
    (`Api.path_permissions`) has is there, wherever it stands.

    Raises SpecError for more lines than anybody reads: forty types that contain one
    another have a hundred thousand within three steps, and a hundred a million.
    """
    walk = _Walk(api, depth)
    lines = list(islice(walk.lines(), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        message = (
            f"there are more than {MAX_LINES:,} request lines within {depth} navigation"
            " properties: let paths follow fewer (`depth`, --openapi-depth), or name"
            " what is wanted (`include`, --include)"
        )
        raise SpecError((Diagnostic("openapi-paths", Severity.ERROR, message),))
    lines += walk.further(lines)
    lines += walk.calls_on_the_service()
    if whole and lines and _takes_batches(api):
        lines.append(_BATCH)
    return tuple(lines)


def _takes_batches(api: Api) -> bool:
    """Say whether a service takes batches, which it does if it says nothing
    (Capabilities.BatchSupported, BatchSupport/Supported)."""
    for container in {root.target.partition("/")[0] for root in api.roots}:
        own = api.annotations.get(container, ())
        support = value_of(own, CAPABILITIES + "BatchSupport")
        said = support.get("Supported") if isinstance(support, Record) else None
        for each in (said, value_of(own, CAPABILITIES + "BatchSupported")):
            if flag(each) is False:
                return False
    return True


MAX_LINES: Final = 100_000
"""How many lines are written; Microsoft Graph has 20,869 within three steps."""

_BATCH: Final = RequestLine(
    path="/$batch",
    place="",
    operation=Operation(
        id="$batch",
        name="batch",
        kind=OperationKind.ACTION,
        method="POST",
        path=("$batch",),
        body=Body(AnyType(), media_type="multipart/mixed"),
        responses=(Response("200", AnyType(), media_type="multipart/mixed"),),
        doc=Doc("Send several requests in one"),
    ),
)


class _Walk:
    def __init__(self, api: Api, depth: int) -> None:
        self._api = api
        self._depth = depth
        self._lineage = Lineage(api.types)
        self._rules = LineRules(api, self._lineage)
        self._lines = Lines(api, self._lineage)
        self._left: set[tuple[str, bool]] = set()

    def lines(self) -> Iterator[RequestLine]:
        """Give the lines of all places within the depth."""
        for link in self._api.links:
            if link.target:
                yield from self._place(self._lines.begin(link), link.target)

    # --- within the depth

    def _place(self, trail: Trail, target: str) -> Iterator[RequestLine]:
        """Give the lines of a place and of those below it."""
        resource = self._api.resources[target]
        yield from self._verbs(trail, resource)
        if trail.contained:
            yield from self._below(trail, resource)

    def _below(self, trail: Trail, resource: Resource) -> Iterator[RequestLine]:
        """Give the lines of what is called on a place, and of the places below it."""
        self._left.add((resource.type, resource.many))
        yield from self._calls(trail, resource)
        for link in resource.links:
            yield from self._step(trail, resource, link)

    def _step(
        self, trail: Trail, resource: Resource, link: ResourceLink
    ) -> Iterator[RequestLine]:
        match link.kind:
            case LinkKind.KEY if self._has_items(trail, link):
                step = self._lines.key(trail, resource, link)
                yield from self._place(step, link.target)
            case LinkKind.STREAM:
                yield from self._lines.stream(trail, resource, link)
            case LinkKind.NAVIGATION if trail.level < self._depth:
                step = self._lines.navigation(trail, link)
                if link.target and self._rules.is_navigable(trail, step):
                    yield from self._place(step, link.target)
            case LinkKind.COMPLEX if not self._api.resources[link.target].many:
                yield from self._complex(self._lines.complex(trail, link), link.target)
            case _:
                pass

    def _has_items(self, trail: Trail, link: ResourceLink) -> bool:
        is_within = trail.level < max(self._depth, 1)
        return is_within and not link.alternate and self._rules.has_items(trail)

    def _complex(self, trail: Trail, target: str) -> Iterator[RequestLine]:
        """A complex property has no path of its own, but there is more to reach below
        it."""
        if len(trail.complex) <= self._depth:
            yield from self._below(trail, self._api.resources[target])

    def _verbs(self, trail: Trail, resource: Resource) -> Iterator[RequestLine]:
        for operation in self._rules.verbs(trail, resource):
            if operation.kind in _VERBS:
                yield self._lines.line(trail, resource, operation)

    def _calls(self, trail: Trail, resource: Resource) -> Iterator[RequestLine]:
        for operation in resource.operations:
            if operation.kind in _CALLS:
                yield self._lines.line(trail, resource, operation)
        for link in resource.links:
            if link.kind is LinkKind.FUNCTION and link.operation is not None:
                yield self._lines.line(trail, resource, link.operation)

    # --- beyond

    def further(self, known: list[RequestLine]) -> Iterator[RequestLine]:
        """Give the lines that are listed with permissions, and those of the places that
        are not within the depth."""
        offered = {line.operation.id for line in known}
        written = {(line.operation.method, line.path) for line in known}
        paths = request_paths(self._api, most=1)
        for resource in self._api.resources.values():
            found = paths.get(resource.id, ())
            for path in found:
                for line in self._listed(resource, path) if path.listed else ():
                    if (line.operation.method, line.path) not in written:
                        yield line
            shape = (resource.type, resource.many)
            if found and shape not in self._left:
                self._left.add(shape)
                yield from self._beyond(resource, found[0], offered)

    def _listed(self, resource: Resource, path: RequestPath) -> Iterator[RequestLine]:
        """Give the lines of a place for which permissions are listed."""
        trail = self._follow(path)
        for line in self._all(trail, resource) if trail is not None else ():
            if self._api.path_permissions.of(line.operation.method, line.path):
                yield line

    def _all(self, trail: Trail, resource: Resource) -> Iterator[RequestLine]:
        yield from self._verbs(trail, resource)
        yield from self._calls(trail, resource)
        yield from self._streams(trail, resource)

    def _streams(self, trail: Trail, resource: Resource) -> Iterator[RequestLine]:
        for link in resource.links:
            if link.kind is LinkKind.STREAM:
                yield from self._lines.stream(trail, resource, link)

    def _beyond(
        self, resource: Resource, path: RequestPath, offered: set[str]
    ) -> Iterator[RequestLine]:
        trail = self._follow(path)
        if trail is None:
            return
        is_cast = any(step.kind is LinkKind.CAST for step in path.steps)
        calls = [
            line
            for line in self._calls(trail, resource)
            if not is_cast or line.operation.id not in offered
        ]
        offered |= {line.operation.id for line in calls}
        if not is_cast and resource.operations and trail.contained:
            yield from self._verbs(trail, resource)
        yield from calls
        if not is_cast:
            yield from self._streams(trail, resource)

    def _follow(self, path: RequestPath) -> Trail | None:
        """Write the steps of a path as this document writes them; None for no steps."""
        trail: Trail | None = None
        place: Resource | None = None
        for link in path.steps:
            if trail is None or place is None:
                trail = self._lines.begin(link)
            elif link.kind is LinkKind.KEY:
                trail = self._lines.key(trail, place, link)
            elif link.operation is not None:
                trail = self._lines.function(trail, link.operation)
            elif link.kind is LinkKind.NAVIGATION:
                trail = self._lines.navigation(trail, link)
            elif link.kind is LinkKind.CAST:
                trail = self._lines.cast(trail, link)
            else:
                trail = self._lines.complex(trail, link)
            place = self._api.resources[link.target]
        return trail

    def calls_on_the_service(self) -> Iterator[RequestLine]:
        """Give the lines of action and function imports."""
        for operation in self._api.operations:
            if operation.binding is None and operation.kind in _CALLS:
                yield self._lines.line(Trail(), None, operation)
