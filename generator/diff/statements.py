"""What is said of elements, compared: descriptions, deprecations, permissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from generator.diff.changes import Change, Kind, Spot
from generator.model import (
    Api,
    Deprecation,
    Doc,
    Permission,
)


class Described(Protocol):
    """Anything that says of itself what it is."""

    @property
    def doc(self) -> Doc:
        """What is said."""


class Deprecable(Described, Protocol):
    """Anything that can be on its way out."""

    @property
    def deprecation(self) -> Deprecation | None:
        """What is said of its end."""


def compare_said(old: Deprecable, new: Deprecable, spot: Spot) -> Iterator[Change]:
    """Give the changes of the description and the deprecation of an element."""
    yield from compare_docs(old, new, spot)
    was, now = old.deprecation, new.deprecation
    if was == now:
        return
    if now is None:
        text, consequence = "is no longer deprecated", "It may go on being used."
        yield spot.keeps(Kind.DEPRECATION, text, consequence)
    elif was is None:
        text = f"is deprecated{_dates(now)}"
        consequence = "It works for now; code should move away from it."
        yield spot.keeps(Kind.DEPRECATION, text, consequence)
    else:
        text = f"what is said of its deprecation changed{_dates(now)}"
        consequence = "Read again when it ends and what takes its place."
        yield spot.tells(Kind.DEPRECATION, text, consequence)


def compare_docs(
    old: Described, new: Described, spot: Spot, of: str = ""
) -> Iterator[Change]:
    """Give the change of a description; `of` says of what part of the element, if not
    of it all."""
    if old.doc != new.doc:
        text = f"the description{of} changed"
        consequence = "Docstrings and pages say something else; code stays as it is."
        yield spot.tells(Kind.DESCRIPTION, text, consequence)


def _dates(said: Deprecation) -> str:
    since = f" since {said.date}" if said.date else ""
    end = f" until {said.removal_date}" if said.removal_date else ""
    return since + end


def compare_permissions(
    old: tuple[Permission, ...], new: tuple[Permission, ...], spot: Spot, of: str = ""
) -> Iterator[Change]:
    """Give the changes of what a caller must be allowed to do.

    Any one scope of a scheme is enough, so a further one breaks nothing. Where nothing
    was said, what is said now is no new demand that anybody knows of.
    """
    was, now = _scopes(old), _scopes(new)
    for scheme in sorted({*was, *now}):
        before, after = was.get(scheme, ()), now.get(scheme, ())
        if before != after:
            yield _scheme_change(scheme, before, after, spot, of)


def _scopes(permissions: tuple[Permission, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in permissions:
        found[each.scheme] = (*found.get(each.scheme, ()), *each.scopes)
    return found


def _scheme_change(
    scheme: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
    spot: Spot,
    of: str,
) -> Change:
    gone = [scope for scope in before if scope not in after]
    come = [scope for scope in after if scope not in before]
    text = f"permissions{of} for {scheme} changed"
    text += f"; no longer: {', '.join(gone)}" if gone else ""
    text += f"; now also: {', '.join(come)}" if come else ""
    if gone:
        consequence = "An application that holds only what no longer counts is refused."
        return spot.breaks(Kind.PERMISSIONS, text, consequence)
    if come and before:
        consequence = "An application may ask for another permission than before."
        return spot.keeps(Kind.PERMISSIONS, text, consequence)
    consequence = "Pages name other permissions; what a caller needs may be as it was."
    return spot.tells(Kind.PERMISSIONS, text, consequence)


def compare_said_of_service(old: Api, new: Api, spot: Spot) -> Iterator[Change]:
    """Give the changes of what is said of the service itself and of its tags."""
    if old.version != new.version:
        text = f"the version changed from {old.version or '(none)'}"
        text += f" to {new.version or '(none)'}"
        consequence = "Pages say so; nothing follows for code."
        yield spot.tells(Kind.VERSION, text, consequence)
    yield from compare_docs(old, new, spot)
    tags = {tag.name: tag for tag in old.tags}
    for tag in new.tags:
        was = tags.get(tag.name)
        if was is not None:
            at = Spot(f"#{tag.name}", f"#{tag.name}")
            yield from compare_docs(was, tag, at)
