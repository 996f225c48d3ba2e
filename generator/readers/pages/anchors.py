"""Anchors: by what names links may lead to a place inside a page.

Publishers make them of headings, each in its own way; a link that one of the usual ways
serves is not called broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

_NAMED: Final = re.compile(r"""\b(?:name|id)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_LONGEST: Final = 200
_ATTRIBUTE: Final = re.compile(r"\{[^{}]*#([\w.:-]+)[^{}]*\}\s*$")


def anchors(headings: Iterable[str], html: Iterable[str]) -> frozenset[str]:
    """Give the anchors of headings and of pieces of HTML, in lower case."""
    found = {name.lower() for piece in html for name in _NAMED.findall(piece)}
    counts: Counter[str] = Counter()
    for heading in headings:
        for slug in set(_slugs(heading)):
            number = counts[slug]
            counts[slug] += 1
            found |= {f"{slug}-{number}", f"{slug}_{number}"} if number else {slug}
    return frozenset(found)


def _slugs(heading: str) -> Iterator[str]:
    """Give what GitHub and Microsoft Learn, and what Python-Markdown, make of a
    heading."""
    given = _ATTRIBUTE.search(heading, max(len(heading) - _LONGEST, 0))
    if given:
        yield given[1].lower()
        heading = heading[: given.start()]
    words = re.sub(r"[^\w\s-]", "", heading).strip().lower()
    yield re.sub(r"\s", "-", words)
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    yield re.sub(r"[-\s]+", "-", words)
