"""Permissions: a list of them by request line, put into an Api and held against it.

The list may be about another version of the service, and contradict the annotations or
itself. Nothing is corrected: what does not fit is reported, annotations win.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, PathPermissions, Permission, RequestPath
from generator.passes.listed_paths import unknown_paths
from generator.passes.request_paths import request_paths


def with_path_permissions(
    api: Api, listed: PathPermissions, diagnostics: Diagnostics
) -> Api:
    """Give the Api with a list of permissions; runs after `make_resources`.

    `diagnostics` gets a warning for each operation whose annotations name other scopes
    than the list does on every path, and information about actions and functions that
    are listed under a method which is not theirs, lines with several least privileged
    scopes of one scheme, and paths that are none of the service's.
    """
    api = replace(api, path_permissions=listed)
    unknown = unknown_paths(api)
    if unknown:
        diagnostics.info(
            "permissions-path",
            f"{_of(unknown, 'listed paths')} lead to no place of the service",
        )
    several: list[str] = []
    for operation, paths in _called(api):
        found = {
            line: said
            for path in paths
            if (said := listed.of_operation(operation, path))
            for line in [path.line(operation)]
        }
        several += [line for line, said in found.items() if _has_several(said)]
        _check_methods(operation, found, listed, diagnostics)
        if found and operation.permissions:
            _check_scopes(operation, found, diagnostics)
    if several:
        diagnostics.info(
            "permissions-least",
            f"{_of(several, 'request lines')} have several least privileged scopes "
            "of one scheme",
        )
    return api


def _called(api: Api) -> Iterator[tuple[Operation, Sequence[RequestPath]]]:
    """Give every operation with the listed paths of each of its places."""
    for resource_id, paths in request_paths(api).items():
        listed = [path for path in paths if path.listed]
        if listed:
            for operation in api.resources[resource_id].operations:
                yield operation, listed


def _of(items: Sequence[str], what: str) -> str:
    return f"{len(items)} {what} ({items[0]} is the first)"


def _has_several(said: Sequence[Permission]) -> bool:
    return any(permission.least > 1 for permission in said)


def _check_methods(
    operation: Operation,
    found: Mapping[str, Sequence[Permission]],
    listed: PathPermissions,
    diagnostics: Diagnostics,
) -> None:
    for line in found:
        methods = listed.methods(line.partition(" ")[2])
        if operation.method not in methods:
            message = f"{line} is listed under {methods[0]} and taken as meant"
            diagnostics.info("permissions-method", message, operation.place)


def _check_scopes(
    operation: Operation,
    found: Mapping[str, Sequence[Permission]],
    diagnostics: Diagnostics,
) -> None:
    own = _scopes(operation.permissions)
    if any(_scopes(said) == own for said in found.values()):
        return
    line, said = next(iter(found.items()))
    parts = [
        f"{where} alone {', '.join(f'{scheme} {name}' for scheme, name in sorted(only))}"
        for where, only in (
            ("annotations have", own - _scopes(said)),
            ("the list has", _scopes(said) - own),
        )
        if only
    ]
    message = f"{line}: {'; '.join(parts)}"
    diagnostics.warning("permissions-differ", message, operation.place)


def _scopes(permissions: Sequence[Permission]) -> frozenset[tuple[str, str]]:
    return frozenset(
        [(each.scheme, scope) for each in permissions for scope in each.scopes]
    )
