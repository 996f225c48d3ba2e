"""Servers: where a service answers, with what a caller may choose of the address."""

from __future__ import annotations

from collections.abc import Iterable

from generator.emitters.openapi.dialect import Json, described, extensions
from generator.model import Server, ServerVariable


def servers(servers: Iterable[Server]) -> list[Json]:
    """Give server objects (OpenAPI 3.1 section 4.8.5)."""
    return [_server(server) for server in servers]


def _server(server: Server) -> Json:
    found: Json = {"url": server.url, **described(server.doc)}
    if server.variables:
        found["variables"] = {each.name: _variable(each) for each in server.variables}
    return {**found, **extensions(server.doc)}


def _variable(variable: ServerVariable) -> Json:
    found: Json = {"default": variable.default}
    if variable.values:
        found["enum"] = list(variable.values)
    return {**found, **described(variable.doc), **extensions(variable.doc)}
