"""Upload sessions in the manner of a drive, and uploads to them from another host.

The tests of large uploads drive the sync and the async client alike through these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from http_service import AsyncClient, Person
from server import Answer, Raw, Request, Server
from twins import Using

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
