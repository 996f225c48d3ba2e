"""The entries of one table of a configuration, each demanded to be of its type.

What a table lacks or has wrongly is added to the diagnostics; `targets` asks for the
entries by their keys.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostics
from generator.model import Place


class Entries:
    """The entries of one table, each demanded to be of its type."""

    def __init__(
        self,
        table: Mapping[str, Any],
        owner: str,
        place: Place | None,
        diagnostics: Diagnostics,
    ) -> None:
        self.table = table
        self.owner = owner
        self.place = place
        self.diagnostics = diagnostics

    def fault(self, code: str, message: str) -> None:
        """Report something wrong with this table."""
        self.diagnostics.error(code, f"{self.owner}: {message}", self.place)

    def check_keys(self, known: tuple[str, ...]) -> None:
        """Report every key that is none of the known ones."""
        for key in self.table:
            if key not in known:
                message = f"unknown key {key!r}{suggestion(key, known)}"
                self.fault("config-unknown-key", message)

    def check_without(self, taken: tuple[str, ...]) -> None:
        """Report keys that are not to be set here."""
        for key in self.table:
            if key in taken:
                self.fault("config-value", f"{key!r} is different on every page")

    def below(self, key: str) -> Entries:
        """Give the entries of a table in this one, none where there is none."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.fault("config-type", f"`{key}` is a table, found {described(value)}")
            value = {}
        owner = f"{self.owner}: {key}"
        return Entries(value, owner, self.place, self.diagnostics)

    def text(self, key: str, *, required: bool = False) -> str:
        """Give a text, "" where there is none."""
        value = self.table.get(key, "")
        if isinstance(value, str):
            if required and not value:
                self.fault("config-missing", f"`{key}` must be given")
            return self._without_zeros(key, value)
        self.fault("config-type", f"`{key}` is a text, found {described(value)}")
        return ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Give a list of texts; one text alone is a list of one."""
        value = self.table.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(
            isinstance(item, str) and item for item in items
        ):
            expected = "a text or a list of texts, none of them empty"
            self.fault(
                "config-type", f"`{key}` is {expected}, found {described(value)}"
            )
            return ()
        if required and not items:
            self.fault("config-missing", f"`{key}` must be given")
        return tuple([self._without_zeros(key, item) for item in items])

    def _without_zeros(self, key: str, text: str) -> str:
        """Report the character that no path can have."""
        if "\0" in text:
            self.fault("config-value", f"`{key}` holds the character U+0000")
            return ""
        return text

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """Give one of the known texts, the first where there is none."""
        value = self.table.get(key, known[0])
        if isinstance(value, str) and value not in known:
            message = f"`{key}` is one of {', '.join(known)}; found {value!r}"
            self.fault("config-value", message + suggestion(value, known))
        return self.text(key) or known[0]

    def flag(self, key: str) -> bool | None:
        """Give a truth value, None where there is none."""
        value = self.table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault("config-type", f"`{key}` is true or false, found {described(value)}")
        return None

    def whole(self, key: str) -> int | None:
        """Give a whole number, None where there is none."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(
            "config-type", f"`{key}` is a whole number, found {described(value)}"
        )
        return None


def suggestion(name: str, known: tuple[str, ...]) -> str:
    """Give "; did you mean ...?" if one of the known names is close, else ""."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def described(value: object) -> str:
    """Name a TOML value's type the way TOML does, with the value itself."""
    names: dict[type, str] = {
        bool: "the boolean",
        int: "the number",
        float: "the number",
        str: "the text",
        list: "the array",
        dict: "the table",
    }
    return f"{names.get(type(value), 'the value')} {value!r}"
