"""Servers and security: where the service answers and what it asks of callers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.model import (
    OAuthFlow,
    SecurityRequirement,
    SecurityScheme,
    Server,
    ServerVariable,
)
from generator.readers.openapi.docs import read_doc
from generator.readers.openapi.nodes import Node, by_name
from generator.readers.openapi.reading import Reading

_TYPES = ("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS")
_PLACES = ("header", "query", "cookie")


def read_servers(reading: Reading, node: Node) -> tuple[Server, ...]:
    """Read the servers of a description, a path or an operation (OpenAPI 3.1 section
    4.8.5)."""
    servers = []
    for item in reading.sequence(node, "servers"):
        server = reading.checked(item)
        url = reading.text(server, "url") if server is not None else ""
        if server is None:
            continue
        if not url:
            reading.report("openapi-missing", "a server has no url, left out", server)
            continue
        variables = sorted(reading.objects(server, "variables"), key=by_name)
        servers.append(
            Server(
                url,
                tuple([_variable(reading, name, child) for name, child in variables]),
                read_doc(reading, server),
            )
        )
    return tuple(servers)


def _variable(reading: Reading, name: str, node: Node) -> ServerVariable:
    if node.get("default") is None:
        message = f"the server variable {name} has no default"
        reading.report("openapi-missing", message, node)
    values = tuple(reading.texts(node, "enum"))
    return ServerVariable(
        name, reading.text(node, "default"), values, read_doc(reading, node)
    )


def read_schemes(
    reading: Reading, components: Node | None
) -> Iterator[tuple[str, SecurityScheme]]:
    """Read the ways in which callers prove who they are (section 4.8.27)."""
    if components is None:
        return
    declared = reading.objects(components, "securitySchemes")
    for name, node in sorted(declared, key=by_name):
        kind = reading.text(node, "type")
        if kind not in _TYPES:
            message = f"{kind!r} is no type of security scheme; {name} is left out"
            reading.report("openapi-value", message, node)
            continue
        place = reading.text(node, "in")
        if kind == "apiKey" and (
            place not in _PLACES or not reading.text(node, "name")
        ):
            message = f"the key {name} has no name, or no place where it goes; left out"
            reading.report("openapi-missing", message, node)
            continue
        if kind == "apiKey" and place != "query":
            if not reading.is_header(reading.text(node, "name"), node):
                continue
        yield name, _scheme(reading, name, kind, node)


def _scheme(reading: Reading, name: str, kind: str, node: Node) -> SecurityScheme:
    flows = sorted(reading.objects(node, "flows"), key=by_name)
    return SecurityScheme(
        name,
        kind,
        name=reading.text(node, "name"),
        place=reading.text(node, "in"),
        scheme=reading.text(node, "scheme").lower(),
        bearer_format=reading.text(node, "bearerFormat"),
        address=reading.text(node, "openIdConnectUrl"),
        flows=tuple([_flow(reading, kind, flow) for kind, flow in flows]),
        doc=read_doc(reading, node),
    )


def _flow(reading: Reading, kind: str, node: Node) -> OAuthFlow:
    scopes = sorted(reading.mapping(node, "scopes"), key=by_name)
    return OAuthFlow(
        kind,
        authorization_url=reading.text(node, "authorizationUrl"),
        token_url=reading.text(node, "tokenUrl"),
        refresh_url=reading.text(node, "refreshUrl"),
        device_authorization_url=reading.text(node, "deviceAuthorizationUrl"),
        scopes=tuple([(s, str(child.value or "")) for s, child in scopes]),
    )


def read_requirements(
    reading: Reading, node: Node, schemes: Collection[str]
) -> tuple[SecurityRequirement, ...]:
    """Read what is asked of callers, one alternative after another (section 4.8.30); one
    with a scheme that is not there is left out."""
    requirements = []
    for item in reading.sequence(node, "security"):
        if not isinstance(item.value, dict):
            reading.wrong(item, "an object")
            continue
        unknown = [name for name, _ in item.members() if name not in schemes]
        if unknown:
            message = f"there is no security scheme {', '.join(unknown)}"
            reading.report("openapi-unknown-scheme", message, item)
            continue
        names = sorted([name for name, _ in item.members()])
        requirements.append(
            tuple([(name, tuple(reading.texts(item, name))) for name in names])
        )
    return tuple(requirements)
