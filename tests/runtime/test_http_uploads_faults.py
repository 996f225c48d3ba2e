"""Large files into upload sessions that meet faults: what is asked and sent again."""

from __future__ import annotations

import io
import logging
from itertools import cycle
from typing import Any

import pytest
from http_service import Client
from server import Answer, Request, Server
from twins import Using, both
from upload_sessions import CONTENT, Session, Waits, methods, upload_of, use_session

from generator.runtime.errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    Gone,
    NotFound,
    ServerError,
    TooManyRequests,
    UnexpectedResponse,
)
from generator.runtime.retry import Retry

FAULTS: list[str | Answer] = [
    "dropped",
    "answer lost",
    "half",
    "set back",
    "busy but taken",
    (503, {"Retry-After": "7"}, None),
    (429, {"Retry-After": "7"}, None),
    (500, {}, None),
    (502, {}, "<html>"),
    (504, {}, None),
    (200, {}, "<html>"),
]


@both
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_after_a_fault_the_service_says_where_to_go_on(
    using: Using, fault: str | Answer
) -> None:
    session, waits = Session(None, None, fault), Waits()
    made, requests = use_session(using, session, waits=waits)
    assert made.id == "1"
    assert session.have == CONTENT
    assert methods(requests[:5]) == "PUT PUT PUT GET PUT"
    assert methods(requests).count("GET") == 1
    asked = isinstance(fault, tuple) and "Retry-After" in fault[1]
    assert waits.seconds == [7.0 if asked else 0.5]


@both
@pytest.mark.parametrize("status", [200, 202, 204])
def test_an_answer_need_not_say_what_is_lacking(using: Using, status: int) -> None:
    session = Session(*["silent"] * 20)
    session.silent = (status, {}, {"expirationDateTime": ""} if status < 204 else None)
    _, requests = use_session(using, session)
    assert session.have == CONTENT
    assert methods(requests) == " ".join(["PUT"] * 11)


@both
def test_all_faults_in_a_row_lose_and_double_nothing(using: Using) -> None:
    content = bytes(range(251)) * 40
    session = Session(*FAULTS, *FAULTS, *FAULTS, content=content)
    told: list[int] = []
    _, requests = use_session(
        using,
        session,
        waits=Waits(attempts=20),
        file=io.BytesIO(content),
        progress=lambda sent, total: told.append(sent),
    )
    assert session.have == content
    assert told == sorted(set(told)) and told[-1] == len(content)
    assert all(request.method in ("PUT", "GET") for request in requests)


@both
def test_patience_is_counted_anew_when_the_upload_gets_further(using: Using) -> None:
    session, waits = Session(*["dropped", "dropped", None] * 5), Waits(attempts=3)
    use_session(using, session, waits=waits)
    assert session.have == CONTENT
    assert waits.seconds == [0.5, 1.0] * 5


@both
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("dropped", ConnectionFailed),
        ((429, {}, None), TooManyRequests),
        ((507, {}, None), ServerError),
        ("set back", UnexpectedResponse),
    ],
)
def test_patience_ends(using: Using, fault: Any, error: type[Exception]) -> None:
    session = Session(None, *[fault] * 9)
    with Server(session) as away, Server([]) as home, pytest.raises(error):
        use = lambda client: upload_of(client, away).run()
        using(home, use, retry=Waits(attempts=3).retry)
    faulty = [each for each in away.requests if each.method == "GET"]
    assert len(faulty) == 2


@both
def test_going_round_in_a_circle_ends(using: Using) -> None:
    """Each answer sends the upload elsewhere, and none of them further."""
    places = cycle([500, 300, 0])

    def answer(request: Request) -> Answer:
        status = 200 if request.method == "GET" else 202
        return status, {}, {"nextExpectedRanges": [f"{next(places)}-"]}

    with pytest.raises(UnexpectedResponse, match="asks for again"):
        use_session(using, answer)


@both
def test_what_the_service_refuses_is_raised(using: Using) -> None:
    conflict: Answer = (409, {}, {"error": {"code": "nameAlreadyExists"}})
    session = Session(conflict, conflict)
    with pytest.raises(Conflict) as caught:
        use_session(using, session)
    assert caught.value.code == "nameAlreadyExists"
    for fault, error in (((403, {}, None), Forbidden), ((400, {}, None), ApiError)):
        with Server(Session(fault)) as away, Server([]) as home:
            with pytest.raises(error):
                using(home, lambda client: upload_of(client, away).run())
        assert methods(away.requests) == "PUT"


@both
@pytest.mark.parametrize(("status", "error"), [(404, NotFound), (410, Gone)])
def test_a_session_that_is_over_is_an_error(
    using: Using, status: int, error: type[Exception]
) -> None:
    for use in (lambda u: u.run(), lambda u: u.resume()):
        with Server([(status, {}, None)]) as away, Server([]) as home:
            with pytest.raises(error) as caught:
                using(home, lambda client: use(upload_of(client, away)))
        assert len(away.requests) == 1
        assert not caught.value.may_have_happened


@both
def test_the_lost_answer_to_the_last_piece_is_told_as_a_session_that_is_over(
    using: Using,
) -> None:
    session = Session("answer lost")
    with pytest.raises(NotFound) as caught:
        use_session(using, session, chunk_size=1024)
    assert caught.value.may_have_happened
    assert isinstance(caught.value.__context__, ConnectionFailed)
    assert session.have == CONTENT


@both
@pytest.mark.parametrize(
    "ranges", [["x"], ["5-3"], ["0-1024"], ["2000-"], ["-5"], "0-", None]
)
def test_ranges_of_another_file_are_refused(using: Using, ranges: Any) -> None:
    answer: Answer = (200, {}, {"nextExpectedRanges": ranges})
    with Server([answer]) as away, Server([]) as home:
        with pytest.raises(UnexpectedResponse):
            using(home, lambda client: upload_of(client, away).resume())
    assert methods(away.requests) == "GET"


def test_the_place_settles_how_patient_an_upload_is() -> None:
    session = Session(*["dropped"] * 9)
    with Server(session) as away, Client(base_url="http://host") as client:
        place = client.with_options(retry=Retry(attempts=1))
        with pytest.raises(ConnectionFailed):
            upload_of(place, away).run()
    assert methods(away.requests) == "PUT"


@both
def test_nothing_secret_is_logged(
    using: Using, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="generator")
    with pytest.raises(ConnectionFailed) as caught:
        use_session(using, Session(None, *["dropped"] * 9))
    assert "PUT 127.0.0.1" in caplog.text
    ours = [each for each in caplog.records if each.name.startswith("generator")]
    told = [each.getMessage() for each in ours] + [str(caught.value)]
    assert not [each for each in told if "secret" in each or "/up/1" in each]
