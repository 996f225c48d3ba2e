"""Security: how callers prove who they are, and what they must be allowed to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.emitters.openapi.dialect import Dialect, Json, Schema, extensions, prose
from generator.emitters.openapi.schemas import component_name
from generator.model import (
    Api,
    OAuthFlow,
    Permission,
    SecurityRequirement,
    SecurityScheme,
)

_WITH_SCOPES = ("oauth2", "openIdConnect")


class Security:
    """Writes the security of an Api, and remembers the schemes that it names."""

    def __init__(self, api: Api, dialect: Dialect) -> None:
        self._api = api
        self._modern = dialect.modern
        self._named: set[str] = set()

    def requirements(
        self, requirements: Iterable[SecurityRequirement]
    ) -> list[dict[str, list[str]]]:
        """Give requirements any one of which is enough."""
        return [
            {
                component_name(scheme): list(scopes)
                for scheme, scopes in each
                if self._has(scheme)
            }
            for each in requirements
        ]

    def _has(self, name: str) -> bool:
        """3.0 has no word for a certificate of the caller's."""
        scheme = self._api.security_schemes.get(name)
        return self._modern or scheme is None or scheme.type != "mutualTLS"

    def permissions(self, permissions: Iterable[Permission]) -> list[Json]:
        """Give what is enough to call an operation, the least privileged first by
        scheme."""
        found: list[Json] = []
        for permission in permissions:
            self._named.add(permission.scheme)
            also = dict(permission.also)
            for scope in permission.scopes or ("",):
                # several scopes in one are needed together (RFC 6749 section 3.3)
                scopes = [*scope.split(), *also.get(scope, ())]
                found.append(self._requirement(permission.scheme, scopes))
        return found

    def _requirement(self, scheme: str, scopes: list[str]) -> Json:
        """3.0 lets only some schemes name scopes (OpenAPI 3.0.4 section 4.7.30)."""
        known = self._api.security_schemes.get(scheme)
        takes = self._modern or (known is not None and known.type in _WITH_SCOPES)
        return {component_name(scheme): scopes if takes else []}

    def components(self) -> dict[str, Schema]:
        """Give the schemes that are defined, and those that are only named.

        Of the latter nothing is known but that the services that say such things take a
        token in the header Authorization.
        """
        found = {
            component_name(scheme.id): security_scheme(scheme)
            for scheme in self._api.security_schemes.values()
            if self._has(scheme.id)
        }
        for name in sorted(self._named):
            found.setdefault(component_name(name), {"type": "http", "scheme": "bearer"})
        return found


def security_scheme(scheme: SecurityScheme) -> Schema:
    """Give a scheme (OpenAPI 3.1 section 4.8.27)."""
    found: Mapping[str, Json] = {
        "type": scheme.type,
        "description": prose(scheme.doc),
        "name": scheme.name,
        "in": scheme.place,
        "scheme": scheme.scheme,
        "bearerFormat": scheme.bearer_format,
        "openIdConnectUrl": scheme.address,
    }
    result = {name: value for name, value in found.items() if value}
    if scheme.type == "oauth2":
        result["flows"] = {flow.kind: _flow(flow) for flow in scheme.flows}
    return {**result, **extensions(scheme.doc)}


def _flow(flow: OAuthFlow) -> Schema:
    addresses = {
        "authorizationUrl": flow.authorization_url,
        "tokenUrl": flow.token_url,
        "refreshUrl": flow.refresh_url,
        "deviceAuthorizationUrl": flow.device_authorization_url,
    }
    found: Schema = {name: url for name, url in addresses.items() if url}
    return {**found, "scopes": dict(flow.scopes)}
