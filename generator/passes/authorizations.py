"""Authorizations: the ways of proving who one is that a service's annotations define.

A part of `annotate`: Authorization.Authorizations on the container gives the security
schemes of the Api, as section 4.6 of OASIS's "OData to OpenAPI Mapping" writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from generator.model import (
    Annotation,
    Doc,
    OAuthFlow,
    Record,
    SecurityScheme,
)
from generator.passes.values import enum_members, records, text
from generator.passes.vocabulary import AUTHORIZATION, value_of

_FLOWS: Final[Mapping[str, str]] = {
    "OAuth2AuthCode": "authorizationCode",
    "OAuth2ClientCredentials": "clientCredentials",
    "OAuth2Implicit": "implicit",
    "OAuth2Password": "password",
}
_PLACES: Final[Mapping[str, str]] = {
    "Header": "header",
    "QueryOption": "query",
    "Cookie": "cookie",
}


def security_schemes(own: Iterable[Annotation]) -> Mapping[str, SecurityScheme]:
    """Give the schemes that a container's annotations define, by name.

    One without a name, or of a type that the vocabulary does not have, says nothing.
    """
    found = records(value_of(own, AUTHORIZATION + "Authorizations"))
    return {scheme.id: scheme for record in found for scheme in _scheme(record)}


def _scheme(record: Record) -> Iterator[SecurityScheme]:
    name = text(record.get("Name"))
    kind = record.type.rpartition(".")[2]
    doc = Doc(text(record.get("Description")))
    if not name:
        return
    if kind in _FLOWS:
        yield SecurityScheme(name, "oauth2", flows=(_flow(kind, record),), doc=doc)
    elif kind == "ApiKey":
        said = next(iter(enum_members(record.get("Location"))), "")
        place, key = _PLACES.get(said, "header"), text(record.get("KeyName"))
        yield SecurityScheme(name, "apiKey", name=key, place=place, doc=doc)
    elif kind == "Http":
        yield SecurityScheme(
            name,
            "http",
            scheme=text(record.get("Scheme")),
            bearer_format=text(record.get("BearerFormat")),
            doc=doc,
        )
    elif kind == "OpenIDConnect":
        address = text(record.get("IssuerUrl"))
        yield SecurityScheme(name, "openIdConnect", address=address, doc=doc)


def _flow(kind: str, record: Record) -> OAuthFlow:
    scopes = [
        (text(scope.get("Scope")), text(scope.get("Description")))
        for scope in records(record.get("Scopes"))
    ]
    return OAuthFlow(
        _FLOWS[kind],
        authorization_url=text(record.get("AuthorizationUrl")),
        token_url=text(record.get("TokenUrl")),
        refresh_url=text(record.get("RefreshUrl")),
        scopes=tuple([scope for scope in scopes if scope[0]]),
    )
