"""Hostile values in every place of a URL, sent over a real socket and read back.

What arrives is taken apart here by a decoder of its own, in the order that OData URL
Conventions 4.01, section 2, prescribes: the URL is split first, then decoded once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from http_service import Client, Person
from hypothesis import example, given, settings
from hypothesis import strategies as st
from server import Answer, Request, Server

from generator.runtime.query import Path
from generator.runtime.search import Search
from generator.runtime.values import constant

HOSTILE = "'\"/\\%+&;#?=@:,()$!*[]{}|^~` \t\r\n\0\x7fé€\u2028\ufeff😀"
texts = st.text(st.sampled_from(HOSTILE) | st.characters(exclude_categories=["Cs"]))
SETTINGS = settings(max_examples=150, deadline=None)

Service = tuple[Server, dict[str, Client]]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A server that answers with nothing, and clients of both kinds of keys."""

    def answer(request: Request) -> Answer:
        if request.path.endswith("/test.resemble(persons=@p1)"):
            return 204, {}, None
        return 200, {}, {"value": []}

    with Server(answer) as server:
        with (
            Client(base_url=server.url, key_as_segment=True) as segments,
            Client(base_url=server.url, key_as_segment=False) as parentheses,
        ):
            yield server, {"segment": segments, "parentheses": parentheses}


def decoded(text: str) -> str:
    """Undo percent-encoding once, and hold the text against what a URL may hold."""
    assert re.fullmatch(r"(?:[!$'()*,\-./:;=@_~0-9A-Za-z]|%[0-9A-F]{2})*", text), text
    pieces = re.split("%(..)", text)
    for number, piece in enumerate(pieces):
        pieces[number] = bytes.fromhex(piece).decode("latin-1") if number % 2 else piece
    return "".join(pieces).encode("latin-1").decode("utf-8")


def taken_apart(target: str) -> tuple[list[str], dict[str, str]]:
    """Give the segments of a path, and the options of its query."""
    path, _, query = target.partition("?")
    options = [each.partition("=") for each in query.split("&") if each]
    found = {decoded(name): decoded(value) for name, _, value in options}
    assert len(found) == len(options)
    return [decoded(segment) for segment in path.split("/")[1:]], found


def strings(text: str) -> tuple[str, list[str]]:
    """Give a text with its string literals cut out, and the values of these."""
    around, values = "", []
    place = 0
    while place < len(text):
        if text[place] != "'":
            around += text[place]
            place += 1
            continue
        value = ""
        place += 1
        while text[place] != "'" or text[place : place + 2] == "''":
            value += text[place]
            place += 2 if text[place] == "'" else 1
        place += 1
        around += "'"
        values.append(value)
    return around, values


def sent(service: Service, request: Any) -> tuple[list[str], dict[str, str]]:
    """Send what iterates a listing, and take apart what the server saw."""
    list(request)
    return taken_apart(service[0].requests[-1].target)


@SETTINGS
@given(texts, texts)
@example("'", "''")
@example("%27 or 1 eq 1", "a'b''c%2527")
@example("\r\nHost: elsewhere", "..")
def test_filters(service: Service, one: str, other: str) -> None:
    people = service[1]["segment"].people
    is_joined = constant(one).concat(other) != None  # noqa: E711
    written = (
        (Person.name == one) & Person.job.in_([other, one])
        | ~(Person.name.contains(other) & is_joined)
        | Path[Any]("friends").any(lambda friend: friend == one)
    )
    segments, options = sent(service, people.list(filter=written, top=1))
    around, values = strings(options.pop("$filter"))
    assert around == (
        "displayName eq ' and jobTitle in (',')"
        " or not (contains(displayName,') and concat(',') ne null)"
        " or friends/any(friend:friend eq ')"
    )
    assert values == [one, other, one, other, one, other, one]
    assert (segments, options) == (["people"], {"$top": "1"})


@SETTINGS
@given(texts, texts)
def test_filters_of_expansions(service: Service, one: str, other: str) -> None:
    expansion = Path[Any]("manager").expand(filter=Person.name == one, top=1)
    listing = service[1]["segment"].people.list(
        expand=[expansion, "friends"], query={"x-own": other}
    )
    _, options = sent(service, listing)
    around, values = strings(options["$expand"])
    assert around == "manager($filter=displayName eq ';$top=1),friends"
    assert (values, options["x-own"]) == ([one], other)


@SETTINGS
@given(texts.filter(lambda text: text not in ("", ".", "..")))
@example("a/b")
@example("O'Neil")
@example("%2e%2e")
@example("...")
def test_keys_as_segments(service: Service, key: str) -> None:
    segments, options = sent(service, service[1]["segment"].people[key].reports.list())
    assert (segments, options) == (["people", key, "reports"], {})


@SETTINGS
@given(texts)
@example("..")
@example("")
def test_keys_in_parentheses(service: Service, key: str) -> None:
    place = service[1]["parentheses"].people[key].reports
    segments, options = sent(service, place.list())
    assert (segments[1:], options) == (["reports"], {})
    assert strings(segments[0]) == ("people(')", [key])


@SETTINGS
@given(texts, st.integers(), st.sampled_from(["segment", "parentheses"]))
def test_alternate_keys(service: Service, key: str, number: int, kind: str) -> None:
    people = service[1][kind].people
    person = people.by_badge(site=key, number=number)
    person.get()
    segments, options = taken_apart(service[0].requests[-1].target)
    assert strings("/".join(segments)) == (f"people(site=',number={number})", [key])
    assert options == {}


@SETTINGS
@given(texts, texts)
def test_parameters_of_functions(service: Service, one: str, other: str) -> None:
    person = service[1]["segment"].people["1"]
    segments, _ = sent(service, service[1]["segment"].people.delta(token=one))
    assert strings(segments[1]) == ("test.delta(token=')", [one])
    person.resemble(persons=[Person(name=one), Person(name=other)])
    segments, options = taken_apart(service[0].requests[-1].target)
    assert segments == ["people", "1", "test.resemble(persons=@p1)"]
    (alias,) = options.items()
    assert alias[0] == "@p1"
    assert [each["displayName"] for each in json.loads(alias[1])] == [one, other]


@SETTINGS
@given(texts.filter(bool), texts.filter(bool))
@example('a" OR "b', "\\")
@example("AND", "a;b")
def test_searches(service: Service, one: str, other: str) -> None:
    search = Search(one) & ~Search(other)
    _, options = sent(service, service[1]["segment"].people.list(search=search))
    term = r'(?:"((?:[^"\\]|\\.)+)"|(\w+))'
    found = re.fullmatch(f"{term} AND NOT {term}", options["$search"], re.DOTALL)
    assert found is not None
    phrases = [found[1], found[3]]
    read = [phrase and re.sub(r"(?s)\\(.)", r"\1", phrase) for phrase in phrases]
    assert [read[0] or found[2], read[1] or found[4]] == [one, other]


def test_half_a_surrogate_pair_is_refused_before_sending(service: Service) -> None:
    server, clients = service
    people = clients["segment"].people
    before = len(server.requests)
    for misuse in (
        lambda: people["\ud800"],
        lambda: people.by_badge(site="\udfff", number=1),
        lambda: people.delta(token="\ud800"),
        lambda: list(people.list(filter=Person.name == "\ud800")),
    ):
        with pytest.raises(UnicodeEncodeError):
            misuse()
    assert len(server.requests) == before
