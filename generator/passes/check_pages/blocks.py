"""Blocks: the JSON of HTML comments, which says what the block after it is."""

from __future__ import annotations

from typing import Final

from generator.model.pages import JsonObject, JsonScalar
from generator.passes.check_pages.findings import Findings
from generator.passes.check_pages.type_names import parse_type

_KINDS: Final = (
    "unknown",
    "resource",
    "request",
    "response",
    "ignored",
    "example",
    "samples",
    "simulatedResponse",
    "testParams",
    "permissions",
)


class Blocks:
    """Checks the comments of pages."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def check(self, block: JsonObject) -> None:
        """Check what a comment says by itself."""
        kind = block.get("blockType")
        if isinstance(kind, JsonScalar) and kind.value not in _KINDS:
            name = str(kind.value)
            message = f"{name!r} is no blockType{self._findings.hint(name, _KINDS)}"
            self._findings.error("page-block-kind", message, kind.place)
        if kind is None:
            return
        type_id = self._named(block, "@odata.type")
        base = self._named(block, "baseType")
        lineage = self._findings.lineage
        if type_id and base and base not in lineage.ids(type_id)[1:]:
            self._report(block, "baseType", f"{type_id} does not inherit from {base}")
        key = block.text("keyProperty")
        if type_id and key and key not in lineage.members(type_id):
            self._report(block, "keyProperty", f"{type_id} has no property {key!r}")

    def _named(self, block: JsonObject, name: str) -> str:
        """Give the structured type that an entry names; report one that names none."""
        text = block.text(name)
        written = parse_type(text)
        if written is not None and self._findings.names.is_type(written.name):
            found = self._findings.names.find(written.name)
            return found if self._findings.struct(found) else ""
        if text:
            known = self._findings.api.types
            self._report(
                block, name, f"{text!r} is no type{self._findings.hint(text, known)}"
            )
        return ""

    def _report(self, block: JsonObject, name: str, message: str) -> None:
        node = block.get(name)
        place = node.place if node else block.place
        self._findings.error("page-block-type", message, place)
