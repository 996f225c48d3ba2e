"""OpenAPI overlays: lists of actions that change a document before it is read.

Stands between the loading of documents and the readers of what they describe. Versions
1.0 and 1.1 of the OpenAPI Overlay Specification; targets are JSONPath expressions
(RFC 9535). An overlay of 1.0 is merged as 1.1 says, which made precise what 1.0 left
open. One deviation: a target that matches nothing is an error, so that an overlay
cannot lose its effect unnoticed when the document changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostics
from generator.readers.codes import add
from generator.readers.documents import Loaded
from generator.readers.overlay.changes import Conflict, Draft, Origin, kind
from generator.readers.overlay.codes import CODES
from generator.readers.overlay.paths import Expressions

__all__ = ["apply_overlays"]

_VERSION: Final = re.compile(r"1\.([01])(\.[0-9]+)?")
_FIELDS: Final = frozenset({"overlay", "info", "extends", "actions"})
_FIELDS_OF_ACTION: Final = frozenset({"target", "description", "update", "remove"})


def apply_overlays(
    document: Loaded, overlays: Sequence[Loaded], diagnostics: Diagnostics
) -> Loaded:
    """Give a document with the actions of overlays carried out, in their order.

    The document itself stays as it is. Everything wrong with an overlay is added to
    `diagnostics`; the action it concerns is left out. Places of the result are in the
    overlay for what came from there.
    """
    draft = Draft(document)
    expressions = Expressions(len(document.source.data))
    for overlay in overlays:
        _Overlay(overlay, draft, expressions, diagnostics).apply(document)
    return draft.finished()


class _Overlay:
    """One overlay on its way into a document."""

    def __init__(
        self,
        overlay: Loaded,
        draft: Draft,
        expressions: Expressions,
        diagnostics: Diagnostics,
    ) -> None:
        self._overlay = overlay
        self._draft = draft
        self._expressions = expressions
        self._diagnostics = diagnostics
        self._fields_of_action = _FIELDS_OF_ACTION

    def apply(self, document: Loaded) -> None:
        """Check the overlay (section 4.4.1) and carry its actions out."""
        value = self._overlay.value
        version = value.get("overlay") if isinstance(value, dict) else None
        if version is None:
            message = "this is no overlay: it has no field overlay with a version"
            self._report("overlay-invalid", message)
            return
        known = _VERSION.fullmatch(str(version))
        if not known:
            message = f"overlays of versions 1.0 and 1.1 are read, not {version!r}"
            self._report("overlay-version", message, "overlay")
            return
        if known[1] == "1":
            self._fields_of_action |= {"copy"}
        self._check_fields(value, _FIELDS)
        self._check_info(value.get("info"))
        self._check_extends(value.get("extends"), document)
        actions = value.get("actions")
        if not isinstance(actions, list) or not actions:
            message = "an overlay needs a list of actions, with one at least"
            self._report("overlay-invalid", message, "actions")
            return
        for number, action in enumerate(actions):
            self._act(action, "actions", number)

    def _check_fields(
        self, value: dict[str, Any], known: frozenset[str], *way: str | int
    ) -> None:
        for key in value:
            if key not in known and not key.startswith("x-"):
                message = f"the field {key!r} is not known here and has no effect"
                self._report("overlay-field", message, *way, key)

    def _check_info(self, info: Any) -> None:
        for key in ("title", "version"):
            if not isinstance(info, dict) or not isinstance(info.get(key), str):
                message = f"an overlay needs a text info/{key}, a number in quotes"
                self._report("overlay-invalid", message, "info", key)

    def _check_extends(self, extends: Any, document: Loaded) -> None:
        """Compare the document that an overlay is for with the one it is applied to,
        where both are files."""
        if not isinstance(extends, str):
            if extends is not None:
                self._report("overlay-invalid", "extends must be a text", "extends")
            return
        try:
            parts = urlsplit(extends)
        except ValueError:
            parts = None
        if parts is None or parts.scheme not in ("", "file") or not parts.path:
            return
        folder = Path(self._overlay.source.name).parent
        meant = folder / unquote(parts.path)
        if meant.resolve() != Path(document.source.name).resolve():
            message = f"this overlay is for {extends}, not for {document.source.name}"
            self._report("overlay-extends", message, "extends")

    def _act(self, action: Any, *way: str | int) -> None:
        """Carry an action out (section 4.4.3)."""
        if not isinstance(action, dict) or not isinstance(action.get("target"), str):
            message = "an action needs a text target"
            self._report("overlay-invalid", message, *way, "target")
            return
        self._check_fields(action, self._fields_of_action, *way)
        removes = action.get("remove", False)
        if not isinstance(removes, bool):
            message = "remove must be true or false"
            self._report("overlay-invalid", message, *way, "remove")
            return
        changes = [key for key in ("update", "copy") if key in action]
        changes = [key for key in changes if key in self._fields_of_action]
        if not removes and len(changes) != 1:
            which = "update and copy at once" if changes else "nothing to do"
            message = f"this action has no effect: it has {which}"
            self._report("overlay-invalid", message, *way)
            return
        pointers = self._find(action["target"], *way, "target")
        if pointers is None:
            return
        if not pointers:
            message = f"the target {action['target']} matches nothing"
            self._report("overlay-unmatched", message, *way, "target")
        elif removes:
            self._remove(pointers, *way, "target")
        else:
            self._update(pointers, action, *way, changes[0])

    def _find(
        self, expression: str, *way: str | int
    ) -> list[tuple[str | int, ...]] | None:
        """Give the ways to what an expression matches, each once, or None if it cannot
        be read."""
        try:
            return self._expressions.find(expression, self._draft.value)
        except ValueError as error:
            message = f"the JSONPath {expression:.200} cannot be used: {error}"
            self._report("overlay-target", message, *way)
            return None

    def _remove(self, pointers: list[tuple[str | int, ...]], *way: str | int) -> None:
        if () in pointers:
            self._report("overlay-kind", "the whole document cannot be removed", *way)
        else:
            self._draft.remove(pointers)

    def _update(
        self,
        pointers: list[tuple[str | int, ...]],
        action: dict[str, Any],
        *way: str | int,
    ) -> None:
        draft = self._draft
        kinds = {kind(draft.at(pointer)) for pointer in pointers}
        if len(kinds) > 1:
            message = f"the target matches {' and '.join(sorted(kinds))}"
            self._report("overlay-kind", message, *way[:-1], "target")
            return
        value, origin = action[str(way[-1])], Origin(self._overlay, way)
        found: list[tuple[str | int, ...]] | None = []
        if way[-1] == "copy":
            found = self._find(str(value), *way)
            if found is None:
                return
            if len(found) != 1:
                message = f"copy must match one thing; {value} matches {len(found)}"
                self._report("overlay-copy", message, *way)
                return
        try:
            if found:
                # what is copied may be changed by the copying
                value, origin = draft.snapshot(found[0])
            for pointer in pointers:
                draft.update(pointer, value, origin)
        except Conflict as conflict:
            self._report(conflict.code, str(conflict), *way)

    def _report(self, code: str, message: str, *way: str | int) -> None:
        add(self._diagnostics, CODES, code, message, self._overlay.place(way))
