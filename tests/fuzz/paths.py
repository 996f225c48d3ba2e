"""The paths of what is generated: inside the folder, and names on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .documents import PACKAGE

_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_PLAIN = re.compile(r"[\w.-]+")
_TOPS = (PACKAGE, f"{PACKAGE}-docs", f"{PACKAGE}-openapi")
_ENDS = ("py", "pyi", "typed", "md", "svg", "css", "yml", "yaml", "json")


def strange_paths(paths: Iterable[str]) -> Iterator[str]:
    """Tell which paths lead out of the folder, or are none somewhere."""
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        if parts[0] not in _TOPS or path.rpartition(".")[2] not in _ENDS:
            yield f"{path!r} is none of ours"
        if not all(map(_is_plain, parts)):
            yield f"{path!r} is no plain path"
        if any(_DEVICES.match(each) or each.strip(". ") != each for each in parts):
            yield f"{path!r} is none on Windows"
        if len(path) > 200 or max(len(each.encode()) for each in parts) > 255:
            yield f"{path!r} is long"
        if path.casefold() in seen:
            yield f"{path!r} is {seen[path.casefold()]!r} where case does not count"
        seen[path.casefold()] = path


def _is_plain(part: str) -> bool:
    """Tell whether a part of a path is a name that can lead nowhere."""
    return part.partition(".")[0].isidentifier() or (
        _PLAIN.fullmatch(part) is not None and part.strip(".") != ""
    )
