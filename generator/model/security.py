"""Where a service answers, and what it asks of those who call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.model.doc import Doc

SecurityRequirement: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Schemes, all of which are needed, each with the scopes that it has to grant; () for
none."""


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """A part of a server's URL that the caller chooses (OpenAPI 3.1 section 4.8.6)."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class Server:
    """Where a service answers; "{name}" in the URL stands for a variable."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    doc: Doc = Doc()

    def filled(self, url: str = "") -> str:
        """Give the URL, or another one with its variables, with their usual values."""
        found = url or self.url
        for variable in self.variables:
            found = found.replace(f"{{{variable.name}}}", variable.default)
        return found


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """A way to get a token (OpenAPI 3.1 section 4.8.29); `scopes` are names with what
    each allows."""

    kind: str
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    device_authorization_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """How callers prove who they are (OpenAPI 3.1 section 4.8.27).

    `type` is "apiKey", "http", "oauth2", "openIdConnect" or "mutualTLS". An apiKey goes
    by `name` into the `place` "header", "query" or "cookie"; `scheme` is that of the
    header Authorization ("basic", "bearer"), `address` the discovery document of OpenID
    Connect.
    """

    id: str
    type: str
    name: str = ""
    place: str = ""
    scheme: str = ""
    bearer_format: str = ""
    address: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    doc: Doc = Doc()
