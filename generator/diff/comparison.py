"""The comparison of two versions of an Api: the whole of it on one screen.

An Api is compared as it comes from the passes, with its resources and before any slice,
so that annotations count for what they do.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.annotations import compare_annotations
from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import compare_operations
from generator.diff.places import compare_places, compare_roots
from generator.diff.references import shown
from generator.diff.requests import compare_requests
from generator.diff.security import compare_schemes, compare_servers
from generator.diff.statements import compare_permissions, compare_said_of_service
from generator.diff.types import compare_all_types
from generator.diff.versions import Version, Versions
from generator.model import Api


def diff(old: Api, new: Api) -> tuple[Change, ...]:
    """Give every change from one version to another, sorted by group and target, those
    of the service first.

    Takes what `make_resources` gives. Types are compared by their effective members: a
    property or operation that moved to a base type is no change.
    """
    versions = Versions(Version(old), Version(new))
    found = list(_changes(versions))
    found += compare_annotations(versions, found)
    found.sort(key=lambda change: (change.group, change.target, change.kind))
    return tuple(found)


def _changes(versions: Versions) -> Iterator[Change]:
    yield from _service(versions)
    yield from compare_roots(versions)
    yield from compare_all_types(versions)
    yield from compare_operations(versions)
    yield from compare_places(versions)
    yield from compare_requests(versions)


def _service(versions: Versions) -> Iterator[Change]:
    old, new = versions.old.api, versions.new.api
    spot = Spot(f"{new.namespace}.{new.name}" if new.namespace else new.name)
    yield from compare_permissions(old.security, new.security, spot)
    yield from compare_servers(old.servers, new.servers, spot)
    yield from compare_schemes(old, new, spot)
    yield from compare_said_of_service(old, new, spot)
    for term in sorted({*old.terms, *new.terms}):
        was, now = old.terms.get(term), new.terms.get(term)
        if was != now:
            text = (
                f"the term is now of type {shown(now)}" if now else "the term is gone"
            )
            consequence = "Annotations may say other things; classes and calls stay."
            yield Spot(term).tells(Kind.TERM, text, consequence)
