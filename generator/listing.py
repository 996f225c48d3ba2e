"""What an Api holds, as lines that people read and programs cut apart at the tabs.

Stands beside the pipeline: an `Api` in, text out, nothing printed.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

from generator.model import Api, type_kind
from generator.pipeline import offered


def type_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "id TAB kind" for the types whose id matches, sorted."""
    for type_id in sorted(api.types):
        if _matches(pattern, type_id):
            yield f"{type_id}\t{type_kind(api.types[type_id])}"


def operation_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "method TAB resource TAB operation" for what matches in any of the two
    names.

    The resource is "" for what is asked of the service itself.
    """
    lines = {
        f"{operation.method}\t{resource}\t{operation.name}"
        for resource, operation in offered(api)
        if _matches(pattern, resource) or _matches(pattern, operation.name)
    }
    yield from sorted(lines, key=lambda line: line.split("\t")[1:])


def path_lines(api: Api, pattern: str = "") -> Iterator[str]:
    """Give "method TAB path" for the paths that a path pattern matches, as they are
    found.

    Large services have millions of paths: take what is needed and leave the rest.
    """
    from generator.passes.paths import enumerate_paths

    for path, _, operations in enumerate_paths(api, pattern):
        for operation in operations:
            yield f"{operation.method}\t{path}"


def _matches(pattern: str, name: str) -> bool:
    """Match with * and ? as usual; a pattern without them matches what contains it, in
    any letter case."""
    if not set("*?[") & set(pattern):
        return pattern.casefold() in name.casefold()
    short = name.rpartition(".")[2]
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(short, pattern)
