"""Listed paths: the places that the paths of a list of permissions lead to.

A part of `request_paths`. Of all paths on which an operation can be called, a publisher
lists those that are meant to be used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from generator.model import Api, LinkKind, ResourceLink, call_text, path_key
from generator.passes.request_ways import MOST_STEPS, Way
from generator.passes.routes import SERVICE

MOST_LISTED: Final = 400
"""How many listed ways to a place are kept; Microsoft Graph has about a hundred to the
items of its drives."""

_Ways = dict[str, tuple[int, ResourceLink]]


def listed_ways(api: Api) -> Mapping[str, tuple[Way, ...]]:
    """Give the ways to places of which `Api.path_permissions` has a path, by resource.

    The best come first, and there are no more than `MOST_LISTED`. The last segment of
    such a path may be an operation of the place; a path that is none of the service's
    is passed over.
    """
    walk = _Walk(api)
    found: defaultdict[str, set[Way]] = defaultdict(set)
    for path in api.path_permissions.grants:
        way = walk.follow(path)
        if way is not None and len(found[way.resource]) < MOST_LISTED:
            found[way.resource].add(way)
    return {resource: tuple(sorted(ways)) for resource, ways in found.items()}


def unknown_paths(api: Api) -> tuple[str, ...]:
    """Give the paths of `Api.path_permissions` that lead nowhere, as `path_key` writes
    them, in their order."""
    walk = _Walk(api)
    paths = api.path_permissions.grants
    return tuple([path for path in paths if walk.follow(path) is None])


class _Walk:
    """Follows paths as `path_key` writes them."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._links: dict[str, _Ways] = {}

    def follow(self, path: str) -> Way | None:
        """Give the way to the place of a path; None if there is none."""
        way = Way()
        segments = path.strip("/").split("/", MOST_STEPS)
        if len(segments) > MOST_STEPS:
            return None
        for position, segment in enumerate(segments):
            further = self._further(way, segment)
            if further is None:
                is_last = position == len(segments) - 1
                return way if is_last and way.steps else None
            way = further
        return way

    def _further(self, way: Way, segment: str) -> Way | None:
        links = self._ways(way.resource)
        if segment in links:
            return way.after(*links[segment])
        name, bracket, key = segment.partition("(")
        if not bracket or name not in links:
            return None
        collection = way.after(*links[name])
        found = self._ways(collection.resource).get(f"({key}")
        return collection.after(*found) if found is not None else None

    def _ways(self, resource: str) -> _Ways:
        found = self._links.get(resource)
        if found is None:
            links = (
                self._api.links
                if resource == SERVICE
                else self._api.resources[resource].links
            )
            found = self._links[resource] = {}
            for position, link in enumerate(links):
                if link.target:
                    for name in _names(link):
                        found.setdefault(name, (position, link))
        return found


def _names(link: ResourceLink) -> tuple[str, ...]:
    """Give the segments by which a path may follow a link."""
    if link.kind is LinkKind.KEY:
        parts = ",".join([f"{part.name}=" for part in link.key])
        bracket = path_key(f"({parts})")
        is_plain = len(link.key) == 1 and not link.alternate
        return ("{}", bracket) if is_plain else (bracket,)
    if link.operation is None:
        return (link.name.lower(),)
    call = call_text(link.operation)
    qualified = f"{link.operation.name}{call[call.find('('):]}"
    return path_key(call).strip("/"), path_key(qualified)
