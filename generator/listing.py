"""What an Api holds, as lines that people read and programs cut apart at the tabs.

Stands beside the pipeline: an `Api` in, text out, nothing printed.
"""

from __future__ import annotations

import fnmatch
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.model import Api, OperationKind, Place, Protocol, offered, type_kind

if TYPE_CHECKING:
    from generator.passes.missing import Gap


_KINDS = {
    "complex type": "object",
    "enum type": "enumeration",
    "type definition": "other schema",
}
"""What OpenAPI has no words of its own for, where CSDL has."""


def type_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "id TAB kind" for the types whose id matches, sorted."""
    for type_id in sorted(api.types):
        if _matches(pattern, type_id):
            kind = type_kind(api.types[type_id])
            is_plain = api.protocol is Protocol.HTTP
            yield f"{type_id}\t{_KINDS[kind] if is_plain else kind}"


def operation_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "method TAB resource TAB operation" for what matches in any of the two
    names; of requests "method TAB path TAB operation TAB tags", of which each may match.

    The resource is "" for what is asked of the service itself.
    """
    lines: set[tuple[str, ...]] = set()
    for resource, operation in offered(api):
        parts: tuple[str, ...] = (resource, operation.name or operation.id)
        if operation.kind is OperationKind.REQUEST:
            parts = (operation.path[0], parts[1], ", ".join(operation.tags))
        if any(_matches(pattern, part) for part in parts):
            lines.add((*parts, operation.method))
    for *line, method in sorted(lines):
        yield "\t".join([method, *line]).rstrip("\t")


def path_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "method TAB path" for the paths that a path pattern matches, as they are
    found.

    Large services have millions of paths: take what is needed and leave the rest.
    """
    from generator.passes.paths import enumerate_paths

    for path, _, operations in enumerate_paths(api, pattern):
        for operation in operations:
            yield f"{operation.method}\t{path}"


def nothing(api: Api, what: str, pattern: str) -> str:
    """Say that there are no "types", "operations" or "paths" of a pattern, and what may
    be meant."""
    from generator.passes.paths import nearest_path
    from generator.passes.suggestions import Suggestions

    if not pattern:
        return f"there are no {what}"
    if what == "paths":
        return f"there are no paths {pattern!r}{nearest_path(api, pattern)}"
    names: Iterable[str] = api.types
    if what == "operations":
        names = {item.name or item.id for _, item in offered(api)}
    return f"there are no {what} like {pattern!r}{Suggestions(names).close(pattern)}"


def gap_lines(gaps: Iterable[Gap]) -> Iterator[str]:
    """Give "missing TAB what TAB target TAB annotation" for gaps; where the annotation
    belongs into one that is there, its term follows after a TAB, for OpenAPI where the
    field belongs."""
    for gap in gaps:
        line = f"{gap.missing}\t{gap.what}\t{gap.target}\t{gap.annotation}"
        last = gap.within or _where(gap)
        yield f"{line}\t{last}" if last else line


def _where(gap: Gap) -> str:
    """Where the field of an OpenAPI document is missing."""
    return str(gap.place) if gap.place is not None and gap.place.pointer else ""


def gap_counts(gaps: Iterable[Gap]) -> str:
    """Say in a few words how much is missing: "3 without description"."""
    counts = Counter(gap.missing.value for gap in gaps)
    return ", ".join([f"{n} without {missing}" for missing, n in counts.items()])


def gap_json(gaps: Iterable[Gap]) -> str:
    """Give gaps as a JSON array of objects."""
    return json.dumps([_gap_object(gap) for gap in gaps], indent=2)


def _gap_object(gap: Gap) -> dict[str, str | int]:
    place = gap.place or Place("")
    return {
        "missing": gap.missing.value,
        "what": gap.what,
        "target": gap.target,
        "annotation": gap.annotation,
        "within": gap.within,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


def _matches(pattern: str, name: str) -> bool:
    """Match with * and ? as usual; a pattern without them matches what contains it, in
    any letter case."""
    if not set("*?[") & set(pattern):
        return pattern.casefold() in name.casefold()
    short = name.rpartition(".")[2]
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(short, pattern)
