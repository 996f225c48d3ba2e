"""Large files into upload sessions, over real sockets and through faults."""

from __future__ import annotations

import asyncio
import io
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Raw, Request, Server
from twins import Using, both

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
from generator.runtime.model import Model
from generator.runtime.retry import Retry
from generator.runtime.uploads import AsyncLargeUpload, LargeUpload

CONTENT = bytes(range(256)) * 4
SECRET = "tempauth=secret"


class Waits:
    """A Retry that notes what it waits instead of waiting."""

    def __init__(self, attempts: int = 4) -> None:
        self.seconds: list[float] = []
        self.retry = Retry(attempts, sleep=self.seconds.append, jitter=lambda: 1.0)


class Session:
    """An upload session in the manner of a drive.

    It takes pieces in order only. `faults` say, one after another, what becomes of each
    PUT; None and the end of the list: it is taken. The session is over once it has all.
    """

    made: Answer = (201, {}, {"id": "1", "displayName": "Ada"})
    silent: Answer = (202, {}, None)

    def __init__(
        self, *faults: str | Answer | None, content: bytes = CONTENT, have: int = 0
    ) -> None:
        self.content = content
        self.have = bytearray(content[:have])
        self.faults = iter(faults)
        self.is_over = False

    def __call__(self, request: Request) -> Answer:
        assert "authorization" not in request.headers
        assert "x-tenant" not in request.headers
        assert request.target == f"/up/1?{SECRET}"
        if self.is_over:
            return 404, {}, {"error": {"code": "itemNotFound", "message": ""}}
        if request.method == "GET":
            return self.tell(200)
        if request.method == "DELETE":
            self.is_over = True
            return 204, {}, None
        return self.put(request, next(self.faults, None))

    def put(self, request: Request, fault: str | Answer | None) -> Answer:
        told = request.headers["content-range"]
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", told)
        assert found is not None and request.method == "PUT"
        start, last, total = map(int, found.groups())
        assert (last - start + 1, total) == (len(request.body), len(self.content))
        assert request.headers["content-length"] == str(len(request.body))
        assert request.headers["content-type"] == "application/octet-stream"
        if start != len(self.have):
            code = "fragmentOverlap" if start < len(self.have) else "fragmentOutOfOrder"
            return 416, {}, {"error": {"code": "invalidRange", "innererror": code}}
        if isinstance(fault, tuple) or fault == "dropped":
            return Raw(reset=True) if fault == "dropped" else fault
        if fault == "set back":
            del self.have[start // 2 :]
            return self.tell(202)
        self.have += request.body[: len(request.body) // (2 if fault == "half" else 1)]
        self.is_over = self.have == self.content
        if fault in ("answer lost", "half"):
            return Raw(reset=True)
        if fault == "busy but taken":
            return 503, {}, None
        if self.is_over:
            return self.made
        return self.silent if fault == "silent" else self.tell(202)

    def tell(self, status: int) -> Answer:
        lacking = [f"{len(self.have)}-"] if len(self.have) < len(self.content) else []
        return status, {}, {"expirationDateTime": "", "nextExpectedRanges": lacking}


def upload_of(client: Any, server: Server, file: Any = CONTENT, **options: Any) -> Any:
    """Give the upload to the session of a server, sync or async as the client is."""
    kind: Any = AsyncLargeUpload if isinstance(client, AsyncClient) else LargeUpload
    options = {"chunk_size": 100, "unit": 1} | options
    return kind(client, f"{server.url}/up/1?{SECRET}", file, **options)


def use_session(
    using: Using,
    session: Callable[[Request], Answer],
    use: Callable[[Any], Any] = lambda upload: upload.run(Person),
    waits: Waits | None = None,
    **options: Any,
) -> tuple[Any, list[Request]]:
    """Use an upload of a client whose service is elsewhere; nothing is asked there."""
    with Server([]) as home, Server(session) as away:
        result = using(
            home,
            lambda client: use(upload_of(client, away, **options)),
            credential="token",
            headers={"X-Tenant": "a"},
            retry=(waits or Waits()).retry,
        )
        assert home.requests == []
        return result, away.requests


def methods(requests: Iterable[Request]) -> str:
    return " ".join(request.method for request in requests)


# --- Without faults


@both
def test_a_file_goes_in_pieces_and_comes_back_as_its_object(using: Using) -> None:
    session = Session()
    told: list[tuple[int, int]] = []
    made, requests = use_session(
        using, session, chunk_size=400, progress=lambda *figures: told.append(figures)
    )
    assert isinstance(made, Person) and made.name == "Ada"
    assert session.have == CONTENT
    assert [request.headers["content-range"] for request in requests] == [
        "bytes 0-399/1024",
        "bytes 400-799/1024",
        "bytes 800-1023/1024",
    ]
    assert told == [(400, 1024), (800, 1024), (1024, 1024)]


@both
def test_without_a_class_it_is_the_json_object(using: Using) -> None:
    made, _ = use_session(using, Session(), lambda upload: upload.run())
    assert made == {"id": "1", "displayName": "Ada"}


@both
@pytest.mark.parametrize(
    "last",
    [
        (201, {"Location": "https://host/attachments('1')"}, None),
        (204, {}, None),
        (201, {}, {"expirationDateTime": "", "nextExpectedRanges": ["0-9"]}),
        (200, {}, {"nextExpectedRanges": []}),
        (202, {}, {"nextExpectedRanges": []}),
        (202, {}, None),
    ],
)
def test_no_object_may_come_back(using: Using, last: Answer) -> None:
    def answer(request: Request) -> Answer:
        return last

    made, requests = use_session(using, answer, lambda u: u.run(), chunk_size=1024)
    assert (made, methods(requests)) == (None, "PUT")
    with pytest.raises(UnexpectedResponse, match="not sent back"):
        use_session(using, answer, chunk_size=1024)


@both
def test_a_mailbox_answers_in_its_own_way(using: Using) -> None:
    """200 while it lacks something, bare numbers as ranges, a link at the end."""

    def answer(request: Request) -> Answer:
        last = int(request.headers["content-range"].split("/")[0].split("-")[1])
        if last == 1023:
            return 201, {"Location": "https://host/Attachments('A')"}, None
        return (
            200,
            {},
            {"ExpirationDateTime": "", "NextExpectedRanges": [f"{last + 1}"]},
        )

    def run(upload: Any) -> Any:
        def location(made: object) -> str:
            assert made is None
            location: str = upload.response.headers["location"]
            return location

        if isinstance(upload, LargeUpload):
            return location(upload.run())

        async def later() -> str:
            return location(await upload.run())

        return later()

    location, requests = use_session(using, answer, run, chunk_size=512)
    assert (location, methods(requests)) == ("https://host/Attachments('A')", "PUT PUT")


@both
def test_an_existing_file_is_answered_with_200(using: Using) -> None:
    session = Session()
    session.made = (200, {}, {"id": "1", "displayName": "Ada"})
    made, _ = use_session(using, session)
    assert made.id == "1"


@both
def test_the_session_may_be_given_as_the_service_answered(using: Using) -> None:
    class UploadSession(Model):
        __slots__ = ()

    session = Session()
    with Server(session) as away:
        given = UploadSession.from_dict({"uploadUrl": f"{away.url}/up/1?{SECRET}"})
        kinds = {Client: LargeUpload, AsyncClient: AsyncLargeUpload}
        use = lambda c: kinds[type(c)](c, given, CONTENT).run()
        with Server([]) as home:
            using(home, use)
    assert session.have == CONTENT


@both
def test_pieces_are_as_big_as_drives_and_mailboxes_like(
    using: Using, tmp_path: Path
) -> None:
    content = CONTENT * 7000
    path = tmp_path / "file"
    path.write_bytes(content)
    session = Session(content=content)
    with path.open("rb") as file:
        file.seek(99)
        _, requests = use_session(
            using, session, file=file, chunk_size=10 * 320 * 1024, unit=320 * 1024
        )
    assert session.have == content
    assert [len(request.body) for request in requests] == [3276800, 3276800, 614400]
    with Server([]) as home, Client(base_url=home.url) as client:
        upload = LargeUpload(client, "https://host/up", content)
        assert (upload._chunk_size, upload.size) == (3276800, len(content))


@both
def test_the_own_host_gets_no_credential_either(using: Using) -> None:
    session = Session()
    with Server(session) as server:
        settings: Any = {"credential": "token", "headers": {"X-Tenant": "a"}}
        using(server, lambda c: upload_of(c, server).run(), **settings)
    assert session.have == CONTENT


# --- Through faults


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


# --- Going on and ending


@both
def test_an_upload_is_resumed_where_the_service_stands(using: Using) -> None:
    session = Session(have=250)
    made, requests = use_session(using, session, lambda u: u.resume(Person))
    assert made.name == "Ada"
    assert session.have == CONTENT
    assert methods(requests[:2]) == "GET PUT"
    assert requests[1].headers["content-range"] == "bytes 250-349/1024"


@both
def test_an_upload_that_lacks_nothing_sends_nothing(using: Using) -> None:
    session = Session(have=1024)
    made, requests = use_session(using, session, lambda u: u.resume())
    assert (made, methods(requests)) == (None, "GET")


@both
def test_a_run_of_what_was_begun_goes_on(using: Using) -> None:
    session = Session(have=250)
    _, requests = use_session(using, session)
    assert session.have == CONTENT
    assert methods(requests[:3]) == "PUT GET PUT"


@both
def test_only_the_gaps_are_filled(using: Using) -> None:
    """A service that takes pieces in any order may lack some in the middle."""
    gaps = {"900-949", "100-149"}
    sent: list[str] = []

    def answer(request: Request) -> Answer:
        if request.method == "PUT":
            sent.append(request.headers["content-range"])
            gaps.discard(sent[-1].removeprefix("bytes ").removesuffix("/1024"))
        if not gaps:
            return 201, {}, {"id": "1"}
        return (
            202 if request.method == "PUT" else 200,
            {},
            {"nextExpectedRanges": sorted(gaps, reverse=True)},
        )

    made, _ = use_session(using, answer, lambda u: u.resume())
    assert made == {"id": "1"}
    assert sent == ["bytes 100-149/1024", "bytes 900-949/1024"]


@both
def test_an_upload_is_cancelled(using: Using) -> None:
    session = Session(have=250)
    _, requests = use_session(using, session, lambda u: u.cancel())
    assert methods(requests) == "DELETE"
    assert session.is_over


# --- What is given


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"file": b""}, ValueError),
        ({"file": io.BytesIO()}, ValueError),
        ({"file": iter([b"abc"])}, ValueError),
        ({"file": io.StringIO("abc")}, TypeError),
        ({"chunk_size": 0}, ValueError),
        ({"chunk_size": -5}, ValueError),
        ({"chunk_size": 1000, "unit": 327_680}, ValueError),
    ],
)
def test_what_cannot_be_uploaded_is_refused(
    options: dict[str, Any], error: type[Exception]
) -> None:
    with Server([]) as server, Client(base_url=server.url) as client:
        with pytest.raises(error):
            upload_of(client, server, **options)


@pytest.mark.parametrize(
    "session",
    [
        "",
        "/up/1?tempauth=secret",
        "ftp://host/up?tempauth=secret",
        "http://[::1/up?tempauth=secret",
        "http://xn--/up?tempauth=secret",
        Model.from_dict({"uploadUrl": None}),
        Model.from_dict({}),
    ],
)
def test_what_is_no_session_is_refused(session: Any) -> None:
    with Client(base_url="http://host") as client:
        with pytest.raises(ValueError, match="URL of an upload session") as caught:
            LargeUpload(client, session, b"abc")
    assert "secret" not in str(caught.value)


@both
def test_a_file_that_shrinks_ends_the_upload(using: Using) -> None:
    file = io.BytesIO(CONTENT)

    def shrink(sent: int, total: int) -> None:
        file.truncate(150)

    with pytest.raises(ValueError, match="no longer has the 1024 bytes"):
        use_session(using, Session(), file=file, progress=shrink)


def test_a_session_that_anybody_could_watch_is_refused() -> None:
    with Client(base_url="https://host") as client:
        with pytest.raises(ValueError, match="URL of an upload session"):
            LargeUpload(client, "http://host/up?tempauth=secret", b"abc")


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


def test_the_place_settles_how_patient_an_upload_is() -> None:
    session = Session(*["dropped"] * 9)
    with Server(session) as away, Client(base_url="http://host") as client:
        place = client.with_options(retry=Retry(attempts=1))
        with pytest.raises(ConnectionFailed):
            upload_of(place, away).run()
    assert methods(away.requests) == "PUT"


def test_an_async_upload_reads_the_file_in_a_thread() -> None:
    threads: set[int] = set()

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            threads.add(threading.get_ident())
            return super().read(size)

    async def run() -> None:
        async with AsyncClient(base_url="http://host") as client:
            await upload_of(client, away, Watched(CONTENT)).run()

    with Server(Session()) as away:
        asyncio.run(run())
    assert threads and threading.get_ident() not in threads


def test_a_client_alone_imports_nothing_of_this() -> None:
    program = (
        "import sys, generator.runtime.client as client; client.SyncClient;"
        "print([m for m in ('streams', 'uploads', 'steps')"
        " if 'generator.runtime.' + m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
