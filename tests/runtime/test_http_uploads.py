"""Large files into upload sessions, over real sockets."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Request, Server
from twins import Using, both
from upload_sessions import CONTENT, SECRET, Session, methods, upload_of, use_session

from generator.runtime.errors import UnexpectedResponse
from generator.runtime.model import Model
from generator.runtime.uploads import AsyncLargeUpload, LargeUpload


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
