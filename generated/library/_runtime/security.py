"""Credentials by security scheme: which of them a request needs, and where each goes.

A generated client lists the schemes of the description (OpenAPI 3.1 section 4.8.27) and
what its operations require (section 4.8.30). The transports ask the keyring before each
attempt at a call that may carry credentials; `auth` reads tokens.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote

import httpx

from .auth import Source, async_bearer, async_fixed, bearer, fixed
from .exchange import Call, Security
from .options import joined

H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme: an API key goes by `name` into `place`, everything else into
    the header Authorization.

    `kind` is "apiKey", "basic", "bearer", "mutualTLS" (which the httpx client sees to)
    or the name of another HTTP authentication scheme.
    """

    kind: str
    place: str = ""
    name: str = ""


BEARER = "bearer"
STANDING = Scheme("bearer")
"""What a credential is taken for where the description knows no scheme."""


class Keyring(Generic[H]):
    """The credentials that a caller gave, by the names of their schemes.

    `required` holds for calls that say nothing of their own; where neither says
    anything, all that was given goes along. `scopes`, if any, are asked of every token
    instead of those that a requirement names.
    """

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        required: Security | None,
        given: Mapping[str, Any],
        scopes: tuple[str, ...],
        is_async: bool,
    ) -> None:
        unknown = [name for name in given if name not in schemes]
        if unknown:
            known = ", ".join(schemes) or "none"
            raise ValueError(f"no such credential: {unknown[0]!r}; known are: {known}")
        self._schemes = schemes
        self._given = {n: value for n, value in given.items() if value is not None}
        self._required = required
        self._scopes = scopes
        self._is_async = is_async
        self._sources: dict[tuple[str, tuple[str, ...]], Source[H]] = {}
        for name in self._given:
            self._source(name, ())

    def sources(self, call: Call[Any]) -> list[Source[H]]:
        """Give what a call has to carry: the first of its alternatives for which
        everything was given, nothing where there is none."""
        return [
            self._source(name, scopes)
            for name, scopes in self._chosen(call.security).items()
            if name in self._given
        ]

    def _chosen(self, own: Security | None) -> Mapping[str, tuple[str, ...]]:
        required = self._required if own is None else own
        if required is None:
            return {name: () for name in self._given}
        for alternative in required:
            if alternative and all(map(self._has, alternative)):
                return alternative
        return {}

    def _has(self, name: str) -> bool:
        scheme = self._schemes.get(name)
        return name in self._given or (
            scheme is not None and scheme.kind == "mutualTLS"
        )

    def _source(self, name: str, scopes: tuple[str, ...]) -> Source[H]:
        asked = self._scopes or scopes
        found = self._sources.get((name, asked))
        if found is None:
            scheme = self._schemes[name]
            made = self._made(name, scheme, self._given[name], asked)
            found = replace(made, put=partial(_put, scheme))
            self._sources[name, asked] = found
        return found

    def _made(
        self, name: str, scheme: Scheme, value: Any, scopes: tuple[str, ...]
    ) -> Source[H]:
        always: Any = async_fixed if self._is_async else fixed
        read: Any = async_bearer if self._is_async else bearer
        try:
            if scheme.kind == "basic":
                source = always(_basic(value))
            elif scheme.kind == BEARER:
                source = read(value, scopes)
            else:
                source = read(value, (), partial(_plain, scheme))
        except (TypeError, ValueError) as fault:
            raise type(fault)(f"credential {name!r}: {fault}") from None
        if source is None:
            raise TypeError("an httpx.Auth is given as the client's first argument")
        return cast("Source[H]", source)


def _basic(value: Any) -> str:
    """Write name and password (RFC 7617)."""
    pair: Sequence[Any] = cast("Sequence[Any]", value)
    if isinstance(value, str) or len(pair) != 2:
        raise TypeError("expected a tuple of name and password")
    name, password = map(str, pair)
    if ":" in name:
        raise ValueError("a user name cannot hold a colon")
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode("ascii")


def _plain(scheme: Scheme, key: str) -> str:
    """Take a key as it is sent; one that would break a header is not shown."""
    if not key or not key.isascii() or not key.isprintable():
        raise ValueError("a key is visible ASCII characters")
    return key if scheme.kind == "apiKey" else f"{scheme.kind} {key}"


class _Discreet(httpx.URL):
    """A URL with a key in its query, which texts of it do not show: httpx logs them.

    `secret` is the pair of name and key, encoded.
    """

    secret: str = ""

    def __str__(self) -> str:
        place, mark, query = super().__str__().partition("?")
        name = self.secret.partition("=")[0]
        shown = [
            f"{name}=..." if pair == self.secret else pair for pair in query.split("&")
        ]
        return f"{place}{mark}{'&'.join(shown)}"


def _put(scheme: Scheme, request: httpx.Request, value: str) -> None:
    """Put a credential where its scheme has it, in the place of an earlier one."""
    if scheme.kind != "apiKey":
        request.headers["authorization"] = value
    elif scheme.place == "query":
        mine = f"{quote(scheme.name, safe='')}={quote(value, safe='')}"
        rest = request.url.query.decode("ascii")
        url = _Discreet(request.url, query=joined(mine, rest).encode("ascii"))
        url.secret = mine
        request.url = url
    elif scheme.place == "cookie":
        mine = f"{scheme.name}={quote(value, safe='')}"
        others = [
            pair
            for pair in request.headers.get("cookie", "").split("; ")
            if pair and pair.partition("=")[0] != scheme.name
        ]
        request.headers["cookie"] = "; ".join((*others, mine))
    else:
        request.headers[scheme.name] = value


def credentials_of(
    credential: object,
    credentials: Mapping[str, Any] | None,
    schemes: Mapping[str, Scheme],
) -> tuple[Mapping[str, Scheme], dict[str, Any]]:
    """Give the schemes, and what was given for them, by name.

    `credential` is that of all schemes that take a token, else of the only one there
    is. Raises ValueError where nobody can tell which one it is for.
    """
    given = dict(credentials or {})
    if credential is None or isinstance(credential, httpx.Auth):
        return schemes, given
    if not schemes:
        return {BEARER: STANDING}, {BEARER: credential, **given}
    names = [name for name, scheme in schemes.items() if scheme.kind == BEARER]
    if not names and len(schemes) == 1:
        names = list(schemes)
    if not names:
        wanted = ", ".join(schemes)
        raise ValueError(f"give credentials={{...}}, by the name of a scheme: {wanted}")
    return schemes, {**dict.fromkeys(names, credential), **given}
