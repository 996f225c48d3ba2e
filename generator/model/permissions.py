"""Permissions by request line: who may call what, said beside the metadata.

Microsoft publishes such a list (kibali's permissions document); `readers.permissions`
reads it, emitters ask it for the request lines of their pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from generator.model.doc import Doc
from generator.model.operations import Operation, OperationKind, Permission
from generator.model.paths import RequestPath, best_paths, call_text

_KEY: Final = re.compile(r"\{[^{}]*\}")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_CALLS: Final = (OperationKind.ACTION, OperationKind.FUNCTION)


@dataclass(frozen=True, slots=True)
class Grant:
    """That a permission allows some methods on a path, to callers by some schemes.

    `least` are the schemes for which no permission does with less, `also` the
    permissions that must come along.
    """

    permission: str
    methods: frozenset[str]
    schemes: tuple[str, ...]
    least: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a permission is for, in one scheme.

    `level` says how much it lets a caller do, from 1 (little) to 5; None if nobody
    says. `needs_admin`: only an administrator can consent to it.
    """

    level: int | None = None
    needs_admin: bool = False
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class PathPermissions:
    """Grants by path, as `path_key` writes it, and the scopes by scheme and name."""

    grants: Mapping[str, tuple[Grant, ...]] = field(
        default_factory=dict[str, tuple[Grant, ...]]
    )
    scopes: Mapping[tuple[str, str], Scope] = field(
        default_factory=dict[tuple[str, str], Scope]
    )

    def of(self, method: str, path: str) -> tuple[Permission, ...]:
        """Give what is needed for a request line, by scheme: the least privileged
        scopes first, then by level, then as listed. Nothing where nothing is said.

        Letter case, names of keys and values of parameters do not count.
        """
        found: defaultdict[str, dict[str, list[Grant]]] = defaultdict(dict)
        for grant in self.grants.get(path_key(path), ()):
            if method in grant.methods:
                for scheme in grant.schemes:
                    found[scheme].setdefault(grant.permission, []).append(grant)
        return tuple([self._permission(*each) for each in found.items()])

    def of_operation(
        self, operation: Operation, path: RequestPath
    ) -> tuple[Permission, ...]:
        """Give what is needed to call an operation on a path, whatever its annotations
        say.

        An action or function that is listed under one other method is meant all the
        same (Microsoft's list has PATCH for some actions): nothing else has its path.
        """
        text = path.text + call_text(operation)
        found = self.of(operation.method, text)
        if not found and operation.kind in _CALLS:
            others = self.methods(text)
            found = self.of(others[0], text) if len(others) == 1 else ()
        return found

    def _permission(self, scheme: str, grants: Mapping[str, list[Grant]]) -> Permission:
        least: list[str] = []
        higher: list[str] = []
        for name, each in grants.items():
            is_least = any(scheme in grant.least for grant in each)
            (least if is_least else higher).append(name)
        also = [(name, _also(each)) for name, each in grants.items() if _also(each)]
        return Permission(
            scheme,
            (*self._by_level(scheme, least), *self._by_level(scheme, higher)),
            least=len(least),
            also=tuple(also),
        )

    def _by_level(self, scheme: str, names: list[str]) -> list[str]:
        def level(name: str) -> tuple[bool, int]:
            said = self.scopes.get((scheme, name), _UNSAID).level
            return said is None, said or 0

        return sorted(names, key=level)

    def methods(self, path: str) -> tuple[str, ...]:
        """Give the methods that are listed for a path, sorted."""
        grants = self.grants.get(path_key(path), ())
        return tuple(sorted(frozenset().union(*[grant.methods for grant in grants])))


_UNSAID: Final = Scope()


def _also(grants: Iterable[Grant]) -> tuple[str, ...]:
    """Give what must come along; nothing if one of the grants does without."""
    needed = [grant.also for grant in grants]
    return tuple(dict.fromkeys(sum(needed, ()))) if all(needed) else ()


@dataclass(frozen=True, slots=True)
class Permitted:
    """What is needed to call an operation on some of its paths."""

    paths: tuple[RequestPath, ...]
    permissions: tuple[Permission, ...]


def paths_to_show(
    operation: Operation,
    paths: Iterable[RequestPath],
    listed: PathPermissions,
    most: int = 8,
) -> tuple[RequestPath, ...]:
    """Give the paths by which a reader is told to call an operation: those on which it
    is listed, or where it is on none the best of all."""
    paths = tuple(paths)
    meant = [path for path in paths if listed.of_operation(operation, path)]
    return best_paths(meant or paths, most)


def permitted(
    operation: Operation, paths: Iterable[RequestPath], listed: PathPermissions
) -> tuple[Permitted, ...]:
    """Give what is needed to call an operation, with the paths alike together, in their
    order; paths of which nothing is said are left out.

    What the operation's own annotations say holds for all paths.
    """
    if operation.permissions:
        return (Permitted(tuple(paths), operation.permissions),)
    alike: dict[tuple[Permission, ...], list[RequestPath]] = {}
    for path in paths:
        found = listed.of_operation(operation, path)
        if found:
            alike.setdefault(found, []).append(path)
    return tuple([Permitted(tuple(each), said) for said, each in alike.items()])


@lru_cache(maxsize=65536)
def path_key(path: str) -> str:
    """Write a path so that equal ones are equal texts: lower case, keys as "{}",
    brackets with the names of their parameters alone, sorted.

    A key in brackets is a segment of its own (OData 4.01 URL Conventions section
    4.3.6), empty brackets are none.
    """
    text = _KEY.sub("{}", path.strip().rstrip("/").lower())
    return _BRACKETS.sub(lambda match: "".join(_arguments(match[1])), text)


def _arguments(text: str) -> Iterator[str]:
    arguments = [each.partition("=") for each in text.split(",")]
    names = sorted([name.strip() for name, sign, _ in arguments if sign])
    if names:
        yield f"({','.join(names)})"
    elif text.strip():
        yield f"/{text.strip()}"
