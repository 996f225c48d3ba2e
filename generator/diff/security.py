"""What callers have to prove, and where a service answers, compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.statements import compare_docs
from generator.model import Api, SecurityRequirement, SecurityScheme, Server

_Requirements = tuple[SecurityRequirement, ...]

_CLIENT = "A client that is made without `base_url` calls another address."


def compare_schemes(old: Api, new: Api, spot: Spot) -> Iterator[Change]:
    """Give the changes of the ways to sign in, which are arguments of the credentials
    of a client."""
    schemes = {**old.security_schemes, **new.security_schemes}
    for name in schemes:
        at = replace(spot, target=f"{spot.target}/{name}")
        was, now = old.security_schemes.get(name), new.security_schemes.get(name)
        if now is None:
            text = "the way to sign in was removed"
            consequence = "Credentials that name it are refused by type checkers."
            yield at.breaks(Kind.SCHEME, text, consequence)
        elif was is None:
            text = f"there is one more way to sign in ({now.type})"
            yield at.keeps(Kind.SCHEME, text, "Credentials may name it.")
        else:
            yield from _scheme(was, now, at)


def _scheme(was: SecurityScheme, now: SecurityScheme, spot: Spot) -> Iterator[Change]:
    if (was.type, was.scheme.lower()) != (now.type, now.scheme.lower()):
        text = f"became {_shown(now)}, was {_shown(was)}"
        consequence = "Another kind of credential has to be given."
        yield spot.breaks(Kind.SCHEME, text, consequence)
    elif (was.name, was.place) != (now.name, now.place):
        text = f"is sent as {now.place} {now.name}, was {was.place} {was.name}"
        yield spot.keeps(Kind.SCHEME, text, "The client sends it there.")
    elif (was.flows, was.address) != (now.flows, now.address):
        lost = sorted(_scopes(was) - _scopes(now))
        text = "where tokens come from, or what they can be asked for, changed"
        text += f"; no longer: {', '.join(lost)}" if lost else ""
        consequence = "Who gets tokens by it has to look again; the client takes them."
        yield spot.keeps(Kind.SCHEME, text, consequence)
    yield from compare_docs(was, now, spot)


def _shown(scheme: SecurityScheme) -> str:
    return " ".join(filter(None, (scheme.type, scheme.scheme)))


def _scopes(scheme: SecurityScheme) -> set[str]:
    return {name for flow in scheme.flows for name, _ in flow.scopes}


def compare_requirements(
    old: _Requirements, new: _Requirements, spot: Spot
) -> Iterator[Change]:
    """Give the change of what a call needs: any one of some requirements, nobody's
    where there are none.

    Who meets an old requirement meets a new one that demands no more.
    """
    was, now = [_demands(each) for each in old], [_demands(each) for each in new]
    if {*was} == {*now}:
        return
    text = f"what a caller proves changed from {_either(old)} to {_either(new)}"
    met = all(any(each <= before for each in now) for before in was or [_NOTHING])
    if not now or met:
        consequence = "Who was let in still is."
        yield spot.keeps(Kind.SECURITY, text, consequence)
    else:
        consequence = "A call with what was enough before may be refused (401, 403)."
        yield spot.breaks(Kind.SECURITY, text, consequence)


_Demands = frozenset[tuple[str, str]]

_NOTHING: _Demands = frozenset()


def _demands(requirement: SecurityRequirement) -> _Demands:
    """Give the schemes of a requirement, and the scopes of each."""
    schemes = [(scheme, "") for scheme, _ in requirement]
    scopes = [(scheme, scope) for scheme, names in requirement for scope in names]
    return frozenset([*schemes, *scopes])


def _either(requirements: _Requirements) -> str:
    shown = [
        " and ".join(
            f"{scheme} ({', '.join(scopes)})" if scopes else scheme
            for scheme, scopes in requirement
        )
        for requirement in requirements
    ]
    return " or ".join(each or "nothing" for each in shown) or "nothing"


def compare_servers(
    old: tuple[Server, ...], new: tuple[Server, ...], spot: Spot
) -> Iterator[Change]:
    """Give the changes of where a service, or one operation, answers.

    The first server is the one that a client calls by itself; its variables are
    arguments of the client.
    """
    first, other = old[:1], new[:1]
    if [each.url for each in first] != [each.url for each in other]:
        text = f"the first server changed from {_urls(first)} to {_urls(other)}"
        yield spot.keeps(Kind.SERVER, text, _CLIENT)
    gone = [each for each in old[1:] if each.url not in {server.url for server in new}]
    if gone:
        text = f"no longer named: {_urls(tuple(gone))}"
        consequence = "A client that is given such a `base_url` may not be answered."
        yield spot.keeps(Kind.SERVER, text, consequence)
    come = [each for each in new[1:] if each.url not in {server.url for server in old}]
    if come:
        text = f"also named now: {_urls(tuple(come))}"
        yield spot.keeps(Kind.SERVER, text, "`base_url` may be such an address.")
    if first and other:
        yield from _variables(first[0], other[0], spot)


def _urls(servers: tuple[Server, ...]) -> str:
    return ", ".join(server.url for server in servers) or "(none)"


def _variables(was: Server, now: Server, spot: Spot) -> Iterator[Change]:
    old = {each.name: each for each in was.variables}
    new = {each.name: each for each in now.variables}
    for name in {**old, **new}:
        at = replace(spot, target=f"{spot.target}/{name}")
        before, after = old.get(name), new.get(name)
        if after is None:
            text = "the variable of the server was removed"
            consequence = "A client that is made with it is refused."
            yield at.breaks(Kind.SERVER, text, consequence)
        elif before is None:
            text = f"the server has a variable, by default {after.default!r}"
            yield at.keeps(Kind.SERVER, text, "A client may be made with it.")
        elif before.default != after.default:
            text = f"the default changed from {before.default!r} to {after.default!r}"
            yield at.keeps(Kind.SERVER, text, _CLIENT)
        if before and after and before.values != after.values:
            lost = [each for each in before.values if each not in after.values]
            is_narrower = bool(after.values) and (not before.values or bool(lost))
            text = f"its values are now {', '.join(after.values) or 'free'}"
            if is_narrower:
                consequence = "Other values are refused by the client."
                yield at.breaks(Kind.SERVER, text, consequence)
            else:
                yield at.keeps(Kind.SERVER, text, "More values may be given.")
