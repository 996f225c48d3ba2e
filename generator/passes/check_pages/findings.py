"""Findings: how the parts of the check report, and what they all look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from generator.diagnostics import Diagnostics
from generator.model import Api, Place, Property, Struct
from generator.passes.check_pages.type_names import TypeNames
from generator.lineage import Lineage
from generator.passes.suggestions import Suggestions

_LONGEST: Final = 400
_LONGEST_NAME: Final = 100
_MOST_HINTS: Final = 50
_MOST_NAMES: Final = 10_000
_ALMOST: Final = 0.92


class Findings:
    """An Api as the parts of the check see it, and where they put what they find."""

    def __init__(self, api: Api, diagnostics: Diagnostics) -> None:
        self.api = api
        self.lineage = Lineage(api.types)
        self.names = TypeNames(api)
        self._diagnostics = diagnostics
        self._hints = _MOST_HINTS
        self.members_below = cache(self._members_below)

    def error(self, code: str, message: str, place: Place) -> None:
        """Report what is wrong. What a message quotes of a page may be as long as the
        page: it is cut short."""
        self._diagnostics.error(code, _cut(message), place)

    def warning(self, code: str, message: str, place: Place) -> None:
        """Report what is missing."""
        self._diagnostics.warning(code, _cut(message), place)

    def info(self, code: str, message: str, place: Place) -> None:
        """Report what may be meant to be so."""
        self._diagnostics.info(code, _cut(message), place)

    def begin(self) -> None:
        """Begin a page: it has hints to spend again."""
        self._hints = _MOST_HINTS

    def hint(self, name: str, known: Iterable[str]) -> str:
        """Give "; did you mean 'x'?" where one of the names is like it. Looking takes
        milliseconds, so that a page gets so many and no more."""
        if not self._may_look(name):
            return ""
        names = list(known)
        return Suggestions(names).close(name) if len(names) <= _MOST_NAMES else ""

    def _may_look(self, name: str) -> bool:
        self._hints -= 1
        return self._hints >= 0 and len(name) <= _LONGEST_NAME

    def unknown_property(
        self, what: str, type_id: str, name: str, place: Place
    ) -> None:
        """Report a property in a table or an example (`what`) that a type does not
        declare. An open type may have it all the same, unless it looks misspelt."""
        members = self.lineage.members(type_id)
        message = f"{type_id.rpartition('.')[2]} declares no property {name!r}"
        if not self.is_open(type_id) or self._is_misspelt(name, members):
            message += self.hint(name, members)
            self.error(f"page-{what}-unknown", message, place)
        else:
            self.info(f"page-{what}-undeclared", message, place)

    def _is_misspelt(self, name: str, members: Iterable[str]) -> bool:
        low = {member.lower() for member in members}
        if name.lower() in low:
            return True
        if not self._may_look(name):
            return False
        return bool(get_close_matches(name.lower(), low, 1, _ALMOST))

    def struct(self, type_id: str) -> Struct | None:
        """Give a structured type, None where the id is that of something else."""
        definition = self.api.types.get(type_id)
        return definition if isinstance(definition, Struct) else None

    def is_open(self, type_id: str) -> bool:
        """Say whether instances of a type may have properties that it does not
        declare."""
        return any(struct.open for struct in self.lineage.chain(type_id))

    def _members_below(self, type_id: str) -> Mapping[str, tuple[Property, ...]]:
        """Give the properties that only types derived from a type have, by name: what
        an example shows may be one of those without saying so."""
        found: defaultdict[str, list[Property]] = defaultdict(list)
        waiting = list(self.lineage.derived.get(type_id, ()))
        seen: set[str] = set()
        while waiting:
            derived = waiting.pop()
            struct = self.struct(derived)
            if derived in seen or struct is None:
                continue
            seen.add(derived)
            waiting += self.lineage.derived.get(derived, ())
            for member in struct.properties:
                found[member.name].append(member)
        return {name: tuple(members) for name, members in found.items()}


def several(names: Iterable[str]) -> str:
    """Give names as a phrase: "GET, PATCH and DELETE"."""
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}..."
