"""Request paths: a few ways to every place of a service, the best ones first.

Answers a question about an Api and changes nothing; beside `paths`, which writes out
what a pattern asks for. Documentation shows by these paths where an operation stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from generator.model import Api, LinkKind, RequestPath, ResourceLink, call_text
from generator.passes.lineage import Lineage
from generator.passes.routes import SERVICE
from generator.words import split_words

_RELATED: Final = (LinkKind.NAVIGATION, LinkKind.COMPLEX, LinkKind.FUNCTION)

_Rank: TypeAlias = tuple[int, int, int, tuple[int, ...]]


def request_paths(api: Api, most: int = 8) -> Mapping[str, tuple[RequestPath, ...]]:
    """Give up to `most` paths to each resource, by its id; none where no way leads.

    What is contained comes before what is only related, short before long, and roots
    in the order of the container. Casts and functions are followed only to places that
    are not reached without them. A relationship (by the type that declares it) stands
    once on a path, so that types which contain themselves end.

    A key is written as the name of its type with that of the key behind it, "{userId}",
    and if that stands on the path already as the navigation property in the singular,
    "{childFolderId}"; as segments or in brackets (OData 4.01 URL Conventions section 4.3
    and 4.3.6).
    """
    found = _Search(api, most).run()
    writer = _Text(api)
    return {
        resource: tuple([writer.path(rank, trail) for rank, trail in ways])
        for resource, ways in found.items()
    }


class _Trail(NamedTuple):
    """How a path came to a place: the way before, the last link, and the relationships
    met."""

    resource: str
    before: _Trail | None = None
    link: ResourceLink | None = None
    met: frozenset[str] = frozenset()


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
        self._found: defaultdict[str, list[tuple[_Rank, _Trail]]] = defaultdict(list)
        # ranks differ in their last part, so trails are never compared
        self._waiting: list[tuple[_Rank, _Trail]] = []
        self._relations: dict[tuple[str, str], str] = {}

    def run(self) -> Mapping[str, Sequence[tuple[_Rank, _Trail]]]:
        self._leave((0, 0, 0, ()), _Trail(SERVICE), self._api.links)
        while self._waiting:
            rank, trail = heappop(self._waiting)
            if self._is_wanted(trail.resource, rank[0]):
                self._found[trail.resource].append((rank, trail))
                self._leave(rank, trail, self._api.resources[trail.resource].links)
        return self._found

    def _is_wanted(self, resource: str, detours: int) -> bool:
        found = self._found.get(resource)
        if not found:
            return True
        return len(found) < self._most and detours == found[0][0][0]

    def _leave(self, rank: _Rank, trail: _Trail, links: Sequence[ResourceLink]) -> None:
        detours, related, length, positions = rank
        for position, link in enumerate(links):
            after = detours + _is_detour(trail, link)
            if not link.target or link.alternate:
                continue
            if not self._is_wanted(link.target, after):
                continue
            met = trail.met
            if link.kind in _RELATED:
                relation = self._relation(trail.resource, link)
                if relation in met:
                    continue
                met |= {relation}
            next_rank = (
                after,
                related + (not link.contains),
                length + (link.kind is not LinkKind.KEY),
                (*positions, position),
            )
            step = _Trail(link.target, trail, link, met)
            heappush(self._waiting, (next_rank, step))

    def _relation(self, resource: str, link: ResourceLink) -> str:
        owner = self._api.resources[resource].type
        relation = self._relations.get((owner, link.name))
        if relation is None:
            declaring = self._lineage.declaring(owner, link.name)
            relation = self._relations[owner, link.name] = f"{declaring}/{link.name}"
        return relation


def _is_detour(trail: _Trail, link: ResourceLink) -> bool:
    """Say whether a step is one to do without. Casting one item rather than its
    collection gives the same place by a plainer path."""
    if link.kind is LinkKind.KEY:
        return trail.link is not None and trail.link.kind is LinkKind.CAST
    return link.kind in (LinkKind.CAST, LinkKind.FUNCTION)


class _Text:
    """Writes the paths that were found."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def path(self, rank: _Rank, trail: _Trail) -> RequestPath:
        steps: list[ResourceLink] = []
        at: _Trail | None = trail
        while at is not None and at.link is not None:
            steps.append(at.link)
            at = at.before
        steps.reverse()
        text = "".join(self._segments(steps))
        return RequestPath(text, contained=not rank[1], steps=tuple(steps), rank=rank)

    def _segments(self, steps: Sequence[ResourceLink]) -> Iterator[str]:
        names: Counter[str] = Counter()
        place, last = SERVICE, ""
        for link in steps:
            if link.kind is LinkKind.KEY:
                yield self._key(link, self._api.resources[place].type, last, names)
            elif link.operation is not None:
                yield call_text(link.operation)
            else:
                yield f"/{link.name}"
            place, last = link.target, link.name

    def _key(
        self, link: ResourceLink, type_id: str, last: str, names: Counter[str]
    ) -> str:
        if len(link.key) > 1:
            parts = [f"{part.name}={{{part.name}}}" for part in link.key]
            return f"({','.join(parts)})"
        key = link.key[0].name
        name = _key_name(type_id.rpartition(".")[2], key)
        if names[name]:
            other = _key_name(_singular(last), key) if _singular(last) else name
            name = name if names[other] else other
        names[name] += 1
        number = "" if names[name] == 1 else names[name]
        written = f"{{{name}{number}}}"
        return f"/{written}" if self._api.key_as_segment else f"({written})"


def _key_name(short: str, key: str) -> str:
    """Put the names of a type and its key together: user and id give "userId", airport
    and airportCode "airportCode"."""
    words = split_words(short)
    of_key = split_words(key)
    if _folded(of_key[: len(words)]) == _folded(words):
        of_key = of_key[len(words) :]
    first, *others = [*words, *of_key] or ["id"]
    rest = [word[:1].upper() + word[1:] for word in others]
    return "".join([first[:1].lower() + first[1:], *rest])


def _folded(words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words]


def _singular(name: str) -> str:
    """Give the singular of a collection's name where English is regular, else ""."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else ""
