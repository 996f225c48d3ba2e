"""msgraph-beta-sdk and the generated package send the same, save what is explained.

Both send the same operations to a server on loopback. What it read is compared part by
part: method, decoded path, each query parameter, each header, each member of the body.
A difference that no row below explains is a failure, and so is a row without one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import pytest
from generated.graph_qrpin import AsyncClient, Client
from server import Answer, Request, Server

from . import our_requests

pytestmark = pytest.mark.peers

Sent: TypeAlias = dict[str, Request]
"""What the server read, by the name of the operation."""

OF_THE_CONNECTION = {"accept-encoding", "connection", "content-length", "host"}
"""Headers that httpx writes, for both, and that say nothing of the request."""


class Explained(NamedTuple):
    """A part that differs in some operations (none named: in all), and why."""

    part: str
    operations: set[str]
    why: str


DIFFERENCES = [
    Explained(
        "header client-request-id",
        set(),
        "Ours gives every call an id, the same for all of its attempts. Theirs does so"
        " only where the host is one of Microsoft's.",
    ),
    Explained(
        "header prefer",
        set(),
        "Ours asks for members that were added to enumerations since their description"
        " was read; theirs has no class for them and would lose them.",
    ),
    Explained(
        "header user-agent",
        set(),
        "Theirs adds kiota-python to what httpx writes; ours leaves it to the caller.",
    ),
    Explained(
        "body startDateTime",
        {"change a code"},
        "The same moment: it ends in Z here, in +00:00 there.",
    ),
    Explained(
        "body expireDateTime",
        {"clear a code's end"},
        "Ours sends the null that was set.",
    ),
    Explained(
        "body expire_date_time",
        {"clear a code's end"},
        "Theirs sends the null under the name of the Python attribute, which no"
        " service knows: the end is not cleared.",
    ),
    Explained(
        "body @odata.type",
        {"change a user", "create a token"},
        "Theirs names the type of an object always where it knows derived ones. Ours"
        " does where it is not the one that the place declares, as the protocol asks"
        " (so both do for `create a device`).",
    ),
]

VERBS = {
    ("me", "DELETE"): "Theirs takes /me for one of the users; a singleton is not"
    " deleted (OData Protocol 4.01 section 11.4.5).",
    ("method", "PUT"): "The metadata names PUT as the way of changing it. Theirs lacks"
    " any way, though the documentation has one.",
    ("pin", "POST"): "The description says that a PIN is created here by POST; theirs"
    " never creates at a single-valued place.",
}
"""What one of the two can do at a place and the other cannot, and why."""


def answer(request: Request) -> Answer:
    """Answer so that either client is content."""
    if request.method == "DELETE" or request.path.endswith("updatePin"):
        return 204, {}, b""
    return 200, {}, {"id": "1", "value": []}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(answer) as running:
        yield running


@pytest.fixture(scope="module")
def theirs(run_script: Callable[..., Any]) -> tuple[Sent, dict[str, list[str]]]:
    """What theirs sent, and which verbs its places have."""
    with Server(answer) as server:
        said = run_script("sdk_requests.py", f"{server.url}/beta")
        return (
            dict(zip(said["operations"], server.requests, strict=True)),
            said["verbs"],
        )


def sync_sent(server: Server) -> Sent:
    """Send with the sync client."""
    with Client("token-1", base_url=f"{server.url}/beta") as client:
        operations = our_requests.operations(client)
        for send in operations.values():
            result = send()
            if hasattr(result, "pages"):
                list(result)
    return dict(zip(operations, server.requests, strict=True))


def async_sent(server: Server) -> Sent:
    """Send with the async client."""

    async def run() -> list[str]:
        async with AsyncClient("token-1", base_url=f"{server.url}/beta") as client:
            operations = our_requests.operations(client)
            for send in operations.values():
                result = send()
                if hasattr(result, "pages"):
                    assert [item async for item in result] == []
                else:
                    await result
            return list(operations)

    return dict(zip(asyncio.run(run()), server.requests, strict=True))


def parts(request: Request) -> dict[str, Any]:
    """Take a request apart into what is compared."""
    found: dict[str, Any] = {"method": request.method, "path": request.segments}
    found |= {f"query {name}": value for name, value in request.query.items()}
    found |= {
        f"header {name}": value
        for name, value in request.headers.items()
        if name not in OF_THE_CONNECTION
    }
    body = request.json if request.body else {}
    return found | {f"body {name}": value for name, value in body.items()}


def different(ours: Request, theirs: Request) -> set[str]:
    """Name the parts that differ or that only one of them has."""
    one, other = parts(ours), parts(theirs)
    return {name for name in one | other if one.get(name, ...) != other.get(name, ...)}


@pytest.mark.parametrize("send", [sync_sent, async_sent])
def test_both_send_the_same_but_for_what_is_explained(
    send: Callable[[Server], Sent],
    server: Server,
    theirs: tuple[Sent, dict[str, list[str]]],
) -> None:
    sent, expected = send(server), theirs[0]
    assert list(sent) == list(expected)
    found = {
        (name, part)
        for name, request in sent.items()
        for part in different(request, expected[name])
    }
    explained = {
        (name, row.part) for row in DIFFERENCES for name in row.operations or sent
    }
    assert found == explained


def test_the_values_are_what_the_explanations_say(
    server: Server, theirs: tuple[Sent, dict[str, list[str]]]
) -> None:
    ours, other = sync_sent(server), theirs[0]
    assert ours["change a code"].json == {
        "startDateTime": "2026-11-23T10:15:30.123000Z"
    }
    assert other["change a code"].json == {
        "startDateTime": "2026-11-23T10:15:30.123000+00:00"
    }
    assert ours["clear a code's end"].json == {"expireDateTime": None}
    assert other["clear a code's end"].json == {"expire_date_time": None}
    token = "#microsoft.graph.hardwareOathTokenAuthenticationMethodDevice"
    for sent in (ours, other):
        assert sent["create a device"].json["@odata.type"] == token
    assert other["create a token"].json["@odata.type"] == token


def test_both_have_the_same_verbs_but_for_what_is_explained(
    theirs: tuple[Sent, dict[str, list[str]]],
) -> None:
    with Client(base_url="http://service.example") as client:
        ours = our_requests.verbs(client)
    assert list(ours) == list(theirs[1])
    found = {
        (place, verb)
        for place, verbs in ours.items()
        for verb in {*verbs} ^ {*theirs[1][place]}
    }
    assert found == VERBS.keys()
