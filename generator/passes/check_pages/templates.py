"""Request lines of an Api in plain HTTP: what it offers for a method and a path.

The paths of such an Api are templates; a line matches one segment by segment, where a
parameter may be anything. Lines with or without a server's address are understood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from generator.model import Api, Operation, offered
from generator.passes.check_pages.requests import Offer, segments_of, split_target

_SLOT: Final = re.compile(r"\{[^{}]*\}")
_ANYTHING: Final = ("...", "…", "*")


class Templates:
    """Looks request lines up in an Api. `base_url` is where its paths begin, beside the
    addresses of its servers."""

    def __init__(self, api: Api, base_url: str = "") -> None:
        self._by_path: dict[tuple[str, ...], list[Operation]] = defaultdict(list)
        roots = [base_url, *[server.url for server in api.servers]]
        for _, operation in offered(api):
            path = "".join(operation.path)
            self._by_path[tuple(segments_of(path))].append(operation)
            roots += [server.url for server in operation.servers]
        split = [split_target(root) for root in dict.fromkeys(filter(None, roots))]
        self._hosts = [_pattern(host) for host, _ in split if host]
        self._roots = [tuple(segments_of(path)) for _, path in split]
        self._by_length: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for segments in self._by_path:
            self._by_length[len(segments)].append(segments)

    def find(self, target: str) -> Offer:
        """Give what there is at the path or URL of a request line."""
        host, path = split_target(target)
        if host and not any(known.fullmatch(host) for known in self._hosts):
            return Offer()
        segments = segments_of(path)
        if not self._by_path or any(each in _ANYTHING for each in segments):
            return Offer()
        ways = list(dict.fromkeys(self._below_roots(segments)))
        for way in ways:
            found = [
                template
                for template in self._by_length[len(way)]
                if _shared(template, way) == len(way)
            ]
            if found:
                fewest = min(map(_slots, found))
                return self._offer([t for t in found if _slots(t) == fewest])
        return max(map(self._missing, ways), key=lambda each: each[0])[1]

    def _below_roots(self, segments: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The path without the root of a server, where it has one, and as it is."""
        for root in self._roots:
            head = tuple(segments[: len(root)])
            if len(head) == len(root) and _shared(root, head) == len(root):
                yield tuple(segments[len(root) :])
        yield tuple(segments)

    def _offer(self, templates: Sequence[tuple[str, ...]]) -> Offer:
        """Templates may differ in nothing but the names of parameters."""
        operations = tuple(
            [each for template in templates for each in self._by_path[template]]
        )
        methods = frozenset(each.method for each in operations)
        return Offer(operations, methods=methods)

    def _missing(self, segments: Sequence[str]) -> tuple[int, Offer]:
        """How far a path leads, and what is not there."""
        reached = max(_shared(template, segments) for template in self._by_path)
        known = [
            template[reached]
            for template in self._by_path
            if len(template) > reached and _shared(template, segments) == reached
        ]
        way = "/".join(["", *segments[:reached]]) or "/"
        if reached == len(segments):
            return reached, Offer(fault=f"no operation is called at {way!r}")
        name = segments[reached]
        fault = f"nothing is called {name!r} after {way!r}"
        return reached, Offer(fault=fault, missing=name, known=tuple(known))


def _shared(template: Sequence[str], segments: Sequence[str]) -> int:
    """How many segments at the start of a path are those of a template."""
    number = 0
    for expected, found in zip(template, segments, strict=False):
        if expected != found and not ("{" in expected and _fits(expected, found)):
            break
        number += 1
    return number


def _fits(template: str, segment: str) -> bool:
    return _pattern(template).fullmatch(segment) is not None


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, _SLOT.split(template))))


def _slots(template: Sequence[str]) -> int:
    return sum("{" in each for each in template)
