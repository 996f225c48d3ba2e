"""A folder of pages: which files there are, their text, and where links lead.

Links of the file system are followed inside the folder only: what stands elsewhere is
not read, whatever a page or a link says. Whether a linked file exists is asked
everywhere, since pages share includes and images with their neighbours.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.model.pages import Reference

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]")
"""How links begin that lead to no file: with a scheme or at the root of the site."""


class Folder:
    """The files of a folder, by their path in it, with "/" on every system."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._exists = cache(self._is_there)

    def pages(self, diagnostics: Diagnostics) -> Iterator[str]:
        """Give the paths of all pages, sorted; hidden folders are left out. A folder
        that cannot be read is reported."""

        def report(error: OSError) -> None:
            place = Place(Path(error.filename).as_posix())
            message = f"the folder cannot be read: {error.strerror}"
            diagnostics.warning("page-unreadable", message, place)

        for folder, folders, files in os.walk(self._root, onerror=report):
            folders[:] = sorted([name for name in folders if not name.startswith(".")])
            for name in sorted(files):
                if name.lower().endswith(".md"):
                    whole = os.path.relpath(os.path.join(folder, name), self._root)
                    yield whole.replace(os.sep, "/")

    def shown(self, path: str) -> str:
        """Give the name of a file as messages show it."""
        return (self._root / path).as_posix()

    def text(self, path: str, limit: int, diagnostics: Diagnostics) -> str | None:
        """Read a page; one that cannot or must not be read is reported."""
        place = Place(self.shown(path))
        whole = os.path.join(self._root, path)
        real = os.path.realpath(whole)
        if not Path(real).is_relative_to(self._real):
            message = "the page is a link to a file outside the folder; not looked at"
            diagnostics.warning("page-outside", message, place)
            return None
        try:
            if not stat.S_ISREG(os.stat(real).st_mode):
                diagnostics.warning("page-unreadable", "this is no file", place)
                return None
            with open(real, "rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            message = f"the page cannot be read: {error.strerror}"
            diagnostics.warning("page-unreadable", message, place)
            return None
        if len(data) > limit:
            message = f"the page has more than {limit:,} bytes; not looked at"
            diagnostics.warning("page-too-large", message, place)
            return None
        return _decode(data, place, diagnostics)

    def resolver(self, path: str) -> Callable[[str, Place], Reference | None]:
        """Give a function that tells to which file a link in a page leads.

        It gives None for a link that leads to no file.
        """

        def resolve(href: str, place: Place) -> Reference | None:
            if _ELSEWHERE.match(href):
                return None
            file, _, anchor = href.partition("#")
            file = unquote(file.partition("?")[0])
            target = normpath(join(dirname(path), file)) if file else path
            exists = bool(href) and (not file or self._exists(target))
            return Reference(href, target, unquote(anchor), exists, place)

        return resolve

    def _is_there(self, path: str) -> bool:
        return os.path.exists(os.path.join(self._root, path))


def _decode(data: bytes, place: Place, diagnostics: Diagnostics) -> str | None:
    if b"\0" in data:
        message = "the page is not text, or not UTF-8; not looked at"
        diagnostics.warning("page-encoding", message, place)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8")) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; not looked at"
        where = Place(place.file, line, column)
        diagnostics.warning("page-encoding", message, where)
        return None
