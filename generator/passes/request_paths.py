"""Request paths: a few ways to every place of a service, the best ones first.

Answers a question about an Api and changes nothing; beside `paths`, which writes out
what a pattern asks for. Documentation shows by these paths where an operation stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from generator.model import Api, LinkKind, RequestPath, ResourceLink
from generator.lineage import Lineage
from generator.passes.listed_paths import listed_ways
from generator.passes.request_ways import MOST_STEPS, PathWriter, Way
from generator.passes.routes import SERVICE

_RELATED: Final = (LinkKind.NAVIGATION, LinkKind.COMPLEX, LinkKind.FUNCTION)


def request_paths(api: Api, most: int = 8) -> Mapping[str, tuple[RequestPath, ...]]:
    """Give paths to each resource, by its id; none where no way leads.

    The first are those that the list of permissions by path (`Api.path_permissions`)
    has, all of them; where these are less than `most`, the best others follow. What is
    contained comes before what is only related, short before long, and roots in the
    order of the container. Casts and functions are followed only to places that are not
    reached without them. A relationship (by the type that declares it) stands once on a
    path, so that types which contain themselves end.

    A key is written as the name of its type with that of the key behind it, "{userId}",
    and if that stands on the path already as the navigation property in the singular,
    "{childFolderId}"; as segments or in brackets (OData 4.01 URL Conventions sections
    4.3 and 4.3.6).
    """
    found = _Search(api, most).run()
    listed = listed_ways(api)
    writer = PathWriter(api)
    paths: dict[str, tuple[RequestPath, ...]] = {}
    for resource, ways in found.items():
        first = listed.get(resource, ())
        others = [way for way in ways if way not in first]
        paths[resource] = (
            *[writer.path(way, listed=True) for way in first],
            *[writer.path(way) for way in others[: max(0, most - len(first))]],
        )
    return paths


class _Search:
    """A search for the best paths to all places at once.

    Every place is left only as often as paths to it are kept, so that the work is
    bounded by `most` times the number of links. That loses no place: a path that was
    not kept could lead on only to where the kept ones lead, or have been.
    """

    def __init__(self, api: Api, most: int) -> None:
        self._api = api
        self._most = most
        self._lineage = Lineage(api.types)
        self._found: defaultdict[str, list[Way]] = defaultdict(list)
        self._waiting: list[Way] = []
        self._relations: dict[tuple[str, str], str] = {}

    def run(self) -> Mapping[str, Sequence[Way]]:
        self._leave(Way(), self._api.links)
        while self._waiting:
            way = heappop(self._waiting)
            if self._is_wanted(way):
                self._found[way.resource].append(way)
                if len(way.steps) < MOST_STEPS:
                    self._leave(way, self._api.resources[way.resource].links)
        return self._found

    def _is_wanted(self, way: Way) -> bool:
        found = self._found.get(way.resource)
        if not found:
            return True
        return len(found) < self._most and way.detours == found[0].detours

    def _leave(self, way: Way, links: Sequence[ResourceLink]) -> None:
        met = self._met(way)
        for position, link in enumerate(links):
            if not link.target or link.alternate:
                continue
            if link.kind in _RELATED and self._relation(way.resource, link) in met:
                continue
            further = way.after(position, link)
            if self._is_wanted(further):
                heappush(self._waiting, further)

    def _met(self, way: Way) -> set[str]:
        """Give the relationships on a way."""
        places = [SERVICE, *[link.target for link in way.steps]]
        return {
            self._relation(place, link)
            for place, link in zip(places, way.steps, strict=False)
            if link.kind in _RELATED
        }

    def _relation(self, resource: str, link: ResourceLink) -> str:
        owner = self._api.resources[resource].type
        relation = self._relations.get((owner, link.name))
        if relation is None:
            declaring = self._lineage.declaring(owner, link.name)
            relation = self._relations[owner, link.name] = f"{declaring}/{link.name}"
        return relation
