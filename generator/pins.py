"""Names that were given before, as the lock file keeps them: so that nothing that is added
to a spec renames what was there.

A line holds the names of one owner in one scope, such as the members of a type. A name
that the most usual rule gives (`deviceName` -> `device_name`) is left out, only what has
it stands there. That rule belongs to the format of the lock and never changes; what rules
the emitters have does not matter to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ESCAPED = {"%": "%25", " ": "%20", "=": "%3D"}


class Pins:
    """Reads names from lines.

    A lock file may say anything: a name that is not `usable` in its scope is read as one
    that was not given.
    """

    def __init__(
        self,
        lines: Mapping[str, str],
        usable: Callable[[str, str], bool] = lambda scope, name: True,
    ) -> None:
        self._lines = lines
        self._usable = usable
        self._found: dict[str, dict[str, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def names(self, scope: str, owner: str = "") -> Mapping[str, str]:
        """Give the names of an owner in a scope, by what has them."""
        line = f"{scope} {owner}"
        if line not in self._found:
            self._found[line] = self._read(scope, self._lines.get(line, ""))
        return self._found[line]

    def _read(self, scope: str, line: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in line.split():
            key, equals, name = item.partition("=")
            key = _unescaped(key)
            name = _unescaped(name) if equals else _usual(key)
            if self._usable(scope, name):
                found[key] = name
        return found

    def name(self, scope: str, owner: str, key: str = "") -> str:
        """Give one name, "" if there is none."""
        return self.names(scope, owner).get(key, "")

    def first(self, scope: str, owners: Iterable[str]) -> list[str]:
        """Put those first that have a name already; else their order stays."""
        return sorted(owners, key=lambda owner: f"{scope} {owner}" not in self._lines)

    def owners(self, scope: str) -> list[str]:
        """Give the owners of all lines of a scope."""
        start = f"{scope} "
        return [key[len(start) :] for key in self._lines if key.startswith(start)]


def pinned(scope: str, owner: str, names: Mapping[str, str]) -> dict[str, str]:
    """Give the line for the names of an owner; none if there are no names."""
    items = [
        _escaped(key) + ("" if key and name == _usual(key) else f"={_escaped(name)}")
        for key, name in sorted(names.items())
    ]
    return {f"{scope} {owner}": " ".join(items)} if items else {}


def _usual(key: str) -> str:
    return _BORDER.sub("_", key.lstrip(".")).lower()


def _escaped(text: str) -> str:
    for plain, escaped in _ESCAPED.items():
        text = text.replace(plain, escaped)
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else "".join(f"%{b:02X}" for b in _bytes(char))
        for char in text
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unescaped(text: str) -> str:
    if "%" not in text:
        return text
    found = re.sub(b"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), _bytes(text))
    try:
        return found.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:  # nobody has escaped this
        return text
