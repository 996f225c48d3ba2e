"""Permissions: a list of them by request line, put into an Api and held against it.

The list may be about another version of the service, and contradict the annotations or
itself. Nothing is corrected: what does not fit is reported, annotations win.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, PathPermissions, Permission
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
    for lines in _called(api):
        several += [line.text for line in lines if line.has_several]
        for line in lines:
            _check_method(line, listed, diagnostics)
        _check_scopes(lines, diagnostics)
    if several:
        diagnostics.info(
            "permissions-least",
            f"{_of(several, 'request lines')} have several least privileged scopes "
            "of one scheme",
        )
    return api


class _Line(NamedTuple):
    """A request line that is listed, the operation that it calls, and what the list
    says of it."""

    text: str
    operation: Operation
    listed: tuple[Permission, ...]

    @property
    def has_several(self) -> bool:
        return any(permission.least > 1 for permission in self.listed)


def _called(api: Api) -> Iterator[Sequence[_Line]]:
    """Give the listed lines of every operation at every place."""
    for resource_id, paths in request_paths(api).items():
        resource = api.resources[resource_id]
        meant = [path for path in paths if path.listed]
        for operation in resource.operations:
            yield [
                _Line(
                    path.line(operation),
                    resource.operation_at(path.owner, operation),
                    found,
                )
                for path in meant
                if (found := api.path_permissions.of_operation(operation, path))
            ]


def _of(items: Sequence[str], what: str) -> str:
    return f"{len(items)} {what} ({items[0]} is the first)"


def _check_method(
    line: _Line, listed: PathPermissions, diagnostics: Diagnostics
) -> None:
    methods = listed.methods(line.text.partition(" ")[2])
    if line.operation.method not in methods:
        message = f"{line.text} is listed under {methods[0]} and taken as meant"
        diagnostics.info("permissions-method", message, line.operation.place)


def _check_scopes(lines: Sequence[_Line], diagnostics: Diagnostics) -> None:
    told = [line for line in lines if line.operation.permissions]
    pairs = [
        (_scopes(line.operation.permissions), _scopes(line.listed)) for line in told
    ]
    if not told or any(own == other for own, other in pairs):
        return
    own, other = pairs[0]
    parts = [
        f"{where} alone {', '.join([f'{scheme} {name}' for scheme, name in sorted(only)])}"
        for where, only in (
            ("annotations have", own - other),
            ("the list has", other - own),
        )
        if only
    ]
    message = f"{told[0].text}: {'; '.join(parts)}"
    diagnostics.warning("permissions-differ", message, told[0].operation.place)


def _scopes(permissions: Sequence[Permission]) -> frozenset[tuple[str, str]]:
    return frozenset(
        [(each.scheme, scope) for each in permissions for scope in each.scopes]
    )
