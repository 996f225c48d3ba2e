"""Docstrings: what the spec says of a thing, with what Python users have to know beside
it.
"""

from __future__ import annotations

from generator.emitters.python.code import Code, docstring
from generator.model import Deprecation, Doc


def said(doc: Doc) -> str:
    """The text of a Doc, as paragraphs."""
    if doc.description and doc.description != doc.summary:
        return f"{doc.summary}\n\n{doc.description}"
    return doc.summary


def describe(
    doc: Doc,
    indent: int,
    *,
    otherwise: str = "",
    deprecation: Deprecation | None = None,
    notes: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
) -> Code:
    """A docstring of a spec's text (`otherwise` where it has none), notes as paragraphs
    and facts as lines.
    """
    parts = [said(doc) or otherwise, *notes]
    if deprecation is not None:
        parts.append(_deprecated(deprecation))
    return docstring("\n\n".join(part for part in parts if part), indent, facts)


def _deprecated(deprecation: Deprecation) -> str:
    since = f" since {deprecation.date}" if deprecation.date else ""
    until = (
        f", to be removed on {deprecation.removal_date}"
        if deprecation.removal_date
        else ""
    )
    why = f": {deprecation.description}" if deprecation.description else "."
    return f"Deprecated{since}{until}{why}"
