"""The reader of permissions documents: who may call what, as Microsoft publishes it.

The format is kibali's (specs/permissions.md of microsoftgraph/kibali): permissions by
name, each with its schemes and with sets of paths that it opens. What follows is the
list that `Api.path_permissions` holds. One faulty entry costs itself alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from generator.diagnostics import Code, Diagnostics, Severity
from generator.model import Doc, Grant, PathPermissions, Place, Scope, path_key
from generator.readers.source import Source

MAX_BYTES: Final = 16 * 1024 * 1024
"""How large a document may be, after decompression; Microsoft Graph's has 3 MB."""

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "permissions-json": Code(
            _ERROR, "the document is not valid JSON, or not of this format"
        ),
        "permissions-entry": Code(
            _WARNING, "an entry that is not as the format says was left out"
        ),
        "permissions-more": Code(_WARNING, "more findings of one kind than are shown"),
    }
)
"""The codes of all findings of this reader, with what each means."""

MOST_FINDINGS: Final = 20
"""How many entries that were left out are shown one by one."""

_METHODS: Final = frozenset(
    {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}
)
_LEVELS: Final = range(1, 6)


def read_permissions(source: Source, diagnostics: Diagnostics) -> PathPermissions:
    """Give what a permissions document says.

    A document that is no JSON, or has no "permissions", is an error in `diagnostics`,
    and gives nothing; anything less is a warning.
    """
    place = Place(source.name)
    try:
        document = json.loads(source.data)
    except json.JSONDecodeError as error:
        place = Place(source.name, error.lineno, error.colno)
        diagnostics.error("permissions-json", f"not valid JSON: {error.msg}", place)
        return PathPermissions()
    except (ValueError, RecursionError) as error:
        diagnostics.error("permissions-json", f"not readable JSON: {error}", place)
        return PathPermissions()
    permissions = document.get("permissions") if isinstance(document, dict) else None
    if not isinstance(permissions, dict):
        message = 'a permissions document is an object with "permissions" in it'
        diagnostics.error("permissions-json", message, place)
        return PathPermissions()
    reading = _Reading()
    for name, permission in permissions.items():
        reading.permission(name, permission)
    reading.report(diagnostics, place)
    grants = {path: tuple(each) for path, each in reading.grants.items()}
    return PathPermissions(grants, reading.scopes)


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.grants: dict[str, list[Grant]] = {}
        self.scopes: dict[tuple[str, str], Scope] = {}
        self._faults: Counter[str] = Counter()

    def report(self, diagnostics: Diagnostics, place: Place) -> None:
        """Say what was left out, as far as a reader will want to know."""
        for message in list(self._faults)[:MOST_FINDINGS]:
            diagnostics.warning("permissions-entry", message, place)
        more = len(self._faults) - MOST_FINDINGS
        if more > 0:
            message = f"{more} more entries were left out"
            diagnostics.warning("permissions-more", message, place)

    def permission(self, name: str, permission: Any) -> None:
        """Read one permission with its schemes and paths."""
        if not _is_text(name):
            self._fault("permissions", "a name", name)
        elif not isinstance(permission, dict):
            self._fault(name, "an object", permission)
        else:
            for scheme, said in self._items(name, permission, "schemes"):
                self._scheme(name, scheme, said)
            sets = permission.get("pathSets")
            if not isinstance(sets, list):
                self._fault(f"{name}/pathSets", "an array", sets)
                return
            for position, path_set in enumerate(sets):
                self._path_set(name, f"{name}/pathSets/{position}", path_set)

    def _scheme(self, name: str, scheme: str, said: Any) -> None:
        if not _is_text(scheme) or not isinstance(said, dict):
            self._fault(f"{name}/schemes", "an object for each scheme", said)
            return
        level = said.get("privilegeLevel")
        self.scopes[scheme, name] = Scope(
            level=level if type(level) is int and level in _LEVELS else None,
            needs_admin=said.get("requiresAdminConsent") is True,
            doc=Doc(
                _prose(said, "adminDisplayName", "userDisplayName"),
                _prose(said, "adminDescription", "userDescription"),
            ),
        )

    def _path_set(self, name: str, where: str, path_set: Any) -> None:
        if not isinstance(path_set, dict):
            self._fault(where, "an object", path_set)
            return
        schemes = tuple(dict.fromkeys(self._texts(where, path_set, "schemeKeys")))
        methods = {
            method.strip().upper()
            for text in self._texts(where, path_set, "methods")
            for method in text.split(",")
        }
        for method in sorted(methods - _METHODS):
            self._fault(f"{where}/methods", "HTTP methods", method)
        allowed = frozenset(methods & _METHODS)
        known: dict[str, Grant] = {}
        for path, said in self._items(where, path_set, "paths"):
            if not path.startswith("/") or "?" in path or not _is_text(path):
                self._fault(f"{where}/paths", "paths without a query", path)
            elif not isinstance(said, str) or not _is_text(said or "-"):
                self._fault(f"{where}/paths/{path}", "a text", said)
            else:
                if said not in known:
                    known[said] = _grant(name, allowed, schemes, said)
                self.grants.setdefault(path_key(path), []).append(known[said])

    def _items(
        self, where: str, owner: Mapping[str, Any], key: str
    ) -> Iterator[tuple[str, Any]]:
        value = owner.get(key)
        if isinstance(value, dict):
            yield from value.items()
        else:
            self._fault(f"{where}/{key}", "an object", value)

    def _texts(self, where: str, owner: Mapping[str, Any], key: str) -> Iterator[str]:
        value = owner.get(key)
        if not isinstance(value, list):
            self._fault(f"{where}/{key}", "an array", value)
            return
        for each in value:
            if _is_text(each):
                yield each
            else:
                self._fault(f"{where}/{key}", "texts", each)

    def _fault(self, where: str, expected: str, found: Any) -> None:
        shown = ascii(found if isinstance(found, str) else type(found).__name__)
        message = (
            f"{_cut(ascii(where)[1:-1])}: expected {expected}, found {_cut(shown)}"
        )
        self._faults[message] += 1


def _grant(
    name: str, methods: frozenset[str], schemes: tuple[str, ...], said: str
) -> Grant:
    """Read what is said of a path: "least=A,B;AlsoRequires=C"; other keys may come."""
    least: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    for pair in said.split(";"):
        key, _, value = pair.strip().partition("=")
        values = [each.strip() for each in value.split(",") if each.strip()]
        if key.lower() == "least":
            least = frozenset(values)
        elif key.lower() == "alsorequires":
            also = tuple(values)
    return Grant(name, methods, schemes, least, also)


def _prose(said: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        text = said.get(key)
        if isinstance(text, str) and _is_text(text):
            return text
    return ""


def _is_text(value: Any) -> bool:
    """Say whether a value is a text that can be written: JSON can hold halves of
    characters."""
    if not isinstance(value, str) or not value:
        return False
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}..."
