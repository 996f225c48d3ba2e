"""How callers prove who they are: on the page of an operation, and the page about all
schemes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from generator.emitters.docs.markdown import Md, cell, code_cell, inline, join, link
from generator.emitters.docs.permissions import ScopeView
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.plain_http.subjects import Subject
from generator.emitters.docs.site import said
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import OAuthFlow, SecurityRequirement, SecurityScheme

PAGE: Final = "security.md"

_NOBODY: Final = Md("Nothing: calls without a credential are answered.")
_NONE: Final = Md("None.")

_PLACES: Final = {
    "header": "in the header",
    "query": "in the query parameter",
    "cookie": "in the cookie",
}
_HOW: Final = {
    "oauth2": "OAuth 2.0: `Authorization: Bearer {token}`",
    "openIdConnect": "OpenID Connect: `Authorization: Bearer {token}`",
    "mutualTLS": "A client certificate (mutual TLS)",
}
_HTTP: Final = {
    "basic": "User name and password: `Authorization: Basic {credentials}`",
    "bearer": "A token: `Authorization: Bearer {token}`",
}
_FLOWS: Final = {
    "authorizationCode": "Authorization code",
    "clientCredentials": "Client credentials",
    "deviceAuthorization": "Device authorization",
    "implicit": "Implicit",
    "password": "Password",
}


def requirements(subject: Subject) -> Md:
    """Give the table of what an operation asks of its caller, a row for each way that
    is enough; "" where it asks nothing."""
    found = subject.requirements
    if not any(found):
        return Md("")
    rows = [_row(subject.site, each) for each in found]
    return table("Sign in with|How|Scopes", rows)


def _row(site: HttpSite, requirement: SecurityRequirement) -> tuple[Md, ...]:
    if not requirement:
        return _NOBODY, Md(""), _NONE
    schemes = site.api.security_schemes
    hows = [how(schemes[name]) for name, _ in requirement if name in schemes]
    scopes = dict.fromkeys(scope for _, names in requirement for scope in names)
    return (
        join(" and ", [cell(name) for name, _ in requirement]),
        join("; ", hows),
        join(", ", map(code_cell, scopes)) or _NONE,
    )


def how(scheme: SecurityScheme) -> Md:
    """Say how a scheme is used."""
    if scheme.type == "apiKey":
        place = _PLACES.get(scheme.place, "as")
        return Md(f"A key {place} {code_cell(scheme.name)}")
    if scheme.type == "http":
        known = _HTTP.get(scheme.scheme.lower())
        return Md(known or f"HTTP authentication of the kind {cell(scheme.scheme)}")
    return Md(_HOW.get(scheme.type, "")) or cell(scheme.type)


def headers(subject: Subject) -> Iterator[tuple[Md, Md]]:
    """Give the request headers by which callers prove who they are, each once, with
    what they hold."""
    need = Md("Required." if all(subject.requirements) else "Optional.")
    several = len(list(filter(None, subject.requirements))) > 1
    for name, _ in dict.fromkeys(one for each in subject.requirements for one in each):
        scheme = subject.site.api.security_schemes.get(name)
        if scheme is None or scheme.type == "mutualTLS":
            continue
        which = Md(f"For {cell(name)}.") if several else need
        if scheme.type != "apiKey":
            yield Md("Authorization"), which
        elif scheme.place == "header":
            yield cell(scheme.name), which


@dataclass(frozen=True, slots=True)
class SecurityView:
    """The page about all schemes."""

    head: Head
    schemes: Md
    flows: Md
    by_operation: Md
    scopes: tuple[ScopeView, ...]


def security_page(site: HttpSite, subjects: Iterable[Subject]) -> Page:
    """Give the page that tells how callers sign in, and which operation needs what."""
    schemes = site.api.security_schemes.values()
    known = [subject for subject in subjects if any(subject.requirements)]
    rows = [(_operation(each), _needed(each)) for each in known]
    view = SecurityView(
        head(site, "Security", "How callers prove who they are.", "conceptualPageType"),
        table("Scheme|How|Description", [_scheme(site, each) for each in schemes]),
        table("Scheme|Flow|Addresses", [row for s in schemes for row in _flows(s)]),
        table("Operation|Sign in with", rows),
        tuple(_scopes(site, known)),
    )
    return Page(PAGE, "security.md.j2", view)


def _scheme(site: HttpSite, scheme: SecurityScheme) -> tuple[Md, ...]:
    return cell(scheme.id), how(scheme), site.sentence(said(scheme.doc), "")


def _flows(scheme: SecurityScheme) -> Iterator[tuple[Md, ...]]:
    for flow in scheme.flows:
        kind = cell(_FLOWS.get(flow.kind, flow.kind))
        yield cell(scheme.id), kind, join("; ", _addresses(flow))
    if scheme.address:
        yield cell(scheme.id), Md("OpenID Connect"), code_cell(scheme.address)


def _addresses(flow: OAuthFlow) -> Iterator[Md]:
    for what, address in (
        ("Authorization", flow.authorization_url),
        ("device", flow.device_authorization_url),
        ("token", flow.token_url),
        ("refresh", flow.refresh_url),
    ):
        if address:
            yield Md(f"{what}: {code_cell(address)}")


def _operation(subject: Subject) -> Md:
    return link(cell(subject.title), subject.page)


def _needed(subject: Subject) -> Md:
    """The ways that are enough, each as its schemes with the scopes that they need."""
    return join("; or ", [_written(each) for each in subject.requirements])


def _written(requirement: SecurityRequirement) -> Md:
    parts = []
    for name, scopes in requirement:
        asked = f" ({join(', ', map(code_cell, scopes))})" if scopes else ""
        parts.append(Md(f"{cell(name)}{asked}"))
    return join(" and ", parts) or Md("nothing")


def _scopes(site: HttpSite, subjects: Iterable[Subject]) -> Iterator[ScopeView]:
    """Every scope that an operation needs or a flow has, by name."""
    allowed: dict[str, list[Md]] = {}
    texts: dict[str, str] = {}
    for scheme in site.api.security_schemes.values():
        for flow in scheme.flows:
            for name, text in flow.scopes:
                texts.setdefault(name, text)
                allowed.setdefault(name, [])
    for subject in subjects:
        needed = [names for each in subject.requirements for _, names in each]
        for name in dict.fromkeys(scope for names in needed for scope in names):
            allowed.setdefault(name, []).append(_operation(subject))
    for name in sorted(allowed):
        text = site.inline(texts.get(name, ""), "")
        yield ScopeView(inline(name), text, tuple(allowed[name]))
