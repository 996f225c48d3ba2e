"""Where the links in a spec's text lead.

Descriptions are often taken from pages that lie beside others, and refer to those by
relative addresses ("../resources/user.md"). Here such an address becomes that of the
page that this site has for it, or one below an address that the user gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urljoin

# What needs no page of ours.
_ABSOLUTE: Final = re.compile(r"(?i)https?://[^/]|mailto:.")

# A path, with a query or fragment behind it or not (RFC 3986 section 4.2). What might
# begin with a scheme or a host is none, nor is what browsers take for that.
_RELATIVE: Final = re.compile(r"(?!//)(?P<path>[^\\:?#]+)(?:[?#].*)?", re.DOTALL)

# The folders of pages, by those that a link may name. Other publishers keep
# enumerations with the resources.
_TYPES: Final = ("resources", "enums")
_FOLDERS: Final = {
    "resources": _TYPES,
    "enums": _TYPES,
    "api": ("api",),
    **dict.fromkeys(("", ".", ".."), (*_TYPES, "api")),
}


class Links:
    """Finds the targets of links.

    `pages` are the paths of the pages of this site, `base` is the address of the folder
    to which other relative links are meant, "" if it is not known.
    """

    def __init__(self, pages: Iterable[str], base: str) -> None:
        self._pages = frozenset(pages)
        self._base = f"{base.rstrip('/')}/" if base else ""

    def target(self, href: str, up: str) -> str:
        """Give where a link leads, seen from a page from whose folder `up` leads to
        that of the documents; "" for nowhere that is known or safe.
        """
        if _ABSOLUTE.match(href):
            return href
        found = _RELATIVE.fullmatch(href)
        if found is None:
            return ""
        page = next((p for p in _candidates(found["path"]) if p in self._pages), "")
        if page:
            return up + page
        return urljoin(self._base, href) if self._base else ""


def _candidates(path: str) -> Iterator[str]:
    """The pages that a path may mean: files by their name ("user.md"), pages of a
    published site by their folder too ("/graph/api/resources/user")."""
    *way, name = path.lower().split("/")
    folder = way[-1] if way else ""
    stem = name.removesuffix(".md")
    if name != stem or folder in ("resources", "enums", "api"):
        for each in _FOLDERS.get(folder, ()):
            yield f"{each}/{stem}.md"
