"""Ways: the steps of a request path, and how they are written.

A part of `request_paths`: its searches put links together to ways, here is what ways
are compared by and the text that they give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from generator.model import Api, LinkKind, RequestPath, ResourceLink, call_text
from generator.passes.routes import SERVICE
from generator.words import split_words

MOST_STEPS: Final = 40
"""How many links a path may have; the longest that Microsoft Graph needs has 15.
Without a limit a chain of types would take the square of its length."""

Rank: TypeAlias = tuple[int, int, int, tuple[int, ...]]


class Way(NamedTuple):
    """A way to a place. `rank` is that of its `RequestPath`; no two ways share one."""

    rank: Rank = (0, 0, 0, ())
    resource: str = SERVICE
    steps: tuple[ResourceLink, ...] = ()

    @property
    def detours(self) -> int:
        """How many steps on it are better done without."""
        return self.rank[0]

    def after(self, position: int, link: ResourceLink) -> Way:
        """Give the way that goes on along a link, the one of this position."""
        detours, related, length, positions = self.rank
        rank = (
            detours + self._is_detour(link),
            related + (not link.contains),
            length + (link.kind is not LinkKind.KEY),
            (*positions, position),
        )
        return Way(rank, link.target, (*self.steps, link))

    def _is_detour(self, link: ResourceLink) -> bool:
        """Say whether a step is one to do without. Casting one item rather than its
        collection gives the same place by a plainer path."""
        if link.kind is LinkKind.KEY:
            return self.steps[-1].kind is LinkKind.CAST
        return link.kind in (LinkKind.CAST, LinkKind.FUNCTION)


class PathWriter:
    """Writes ways as paths."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def path(self, way: Way, *, listed: bool = False) -> RequestPath:
        """Give the path of a way."""
        text = "".join(self._segments(way.steps))
        return RequestPath(text, not way.rank[1], way.steps, way.rank, listed)

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
        if len(link.key) > 1 or link.alternate:
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
