"""Uploads of large files, piece by piece, into an upload session.

A service that takes them answers an action (Microsoft Graph's createUploadSession) with
a URL for one file. The URL is itself the permission, so no credential goes along. What
the service says it lacks decides where the upload goes on; after a fault it is asked
for that. This is written once, as a program of steps, for sync and async alike.
"""

# pyright: reportPrivateUsage=false
# A client tells its transport to the runtime alone.

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import (
    TYPE_CHECKING,
    Any,
    BinaryIO,
    Generic,
    TypeAlias,
    TypeVar,
    cast,
    overload,
)

import httpx

from . import steps
from .errors import (
    ApiError,
    CallError,
    ConnectionFailed,
    ServerError,
    TooManyRequests,
    UnexpectedResponse,
    unexpected,
)
from .exchange import Call
from .links import shown
from .location import ExchangerT
from .model import Model, load_model
from .options import Headers
from .results import NOTHING, is_empty, json_object
from .retry import Retry
from .steps import Blocking, Steps, Wait
from .streams import extent

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .places import AnyPlace
    from .transport import Transport

M = TypeVar("M", bound=Model)

Session: TypeAlias = Model | str
"""An upload session as the service gave it, or its URL alone ("uploadUrl")."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many bytes the service has, and of how many."""

Gap: TypeAlias = tuple[int, int]
"""What the service lacks: from the first byte to before the second."""

UNIT = 327_680
"""Drives want pieces of any number of these: with others some files fail at the end."""

CHUNK = 10 * UNIT
"""Less than 4 MB, which is the most that mailboxes want at once."""

PASSING = (ConnectionFailed, ServerError, TooManyRequests, UnexpectedResponse)
"""Faults that may be over soon."""

_RANGE = re.compile(r"([0-9]{1,19})(?:-([0-9]{0,19}))?")


class _AnyUpload(Generic[ExchangerT]):
    """What sync and async uploads have in common.

    `url` is the session's, a secret to be stored by who wants to `resume` later; `size`
    is the file's. `response` is the last answer, None before there is one: a mailbox
    names the attachment that it made in the header "Location".
    """

    def __init__(
        self,
        client: AnyPlace[ExchangerT],
        session: Session,
        file: bytes | BinaryIO,
        *,
        chunk_size: int = CHUNK,
        unit: int = UNIT,
        progress: Progress | None = None,
    ) -> None:
        if chunk_size < 1 or chunk_size % unit:
            raise ValueError(f"chunk_size is a multiple of {unit}, not {chunk_size}")
        self.url = _url_of(session, client._at.transport.origin[0])
        self._file = BytesIO(file) if isinstance(file, bytes) else file
        self.size = _size_of(self._file)
        self.response: httpx.Response | None = None
        self._transport = client._at.transport
        self._options = client._at.options
        self._chunk_size = chunk_size
        self._progress = progress

    def _program(self, model: type[Model] | None, resumed: bool) -> Steps[Any]:
        """Send what the service lacks, and give the object that it made of the file."""
        start, end = (yield from self._ask()) if resumed else (0, self.size)
        furthest = start
        patience = _Patience(self._options.retry or self._transport.retry)
        while start < self.size:
            end = min(end, start + self._chunk_size)
            piece = yield Blocking(partial(self._read, start, end))
            try:
                gap = yield from self._put(start, piece)
            except CallError as fault:
                yield Wait(patience.wait(fault))
                gap = yield from self._ask(fault.may_have_happened)
                if gap[0] == start and _is_refusal(fault):
                    raise
            start, end = gap
            if start > furthest:
                furthest = start
                patience.renew()
                if self._progress is not None:
                    self._progress(start, self.size)
        return self._object(model)

    def _put(self, start: int, piece: bytes) -> Steps[Gap]:
        """Send a piece; give where to go on. Raises CallError if it was not taken.

        The transport shall not repeat the call: the service may have the piece by then,
        so it is asked first.
        """
        end = start + len(piece)
        headers = {
            "content-type": "application/octet-stream",
            "content-range": f"bytes {start}-{end - 1}/{self.size}",
        }
        answer = yield replace(self._call("PUT", headers, piece), repeat=False)
        self.response = answer
        gap = self._onward(answer, end)
        if gap[0] <= start:
            raise unexpected(answer, "a piece that the service asks for again")
        return gap

    def _ask(self, doubt: bool = False) -> Steps[Gap]:
        """Ask the service what it lacks; `doubt` says that it may lack nothing more."""
        try:
            answer = yield self._call("GET")
        except CallError as error:
            error.may_have_happened = doubt
            raise
        self.response = answer
        gaps = _gaps(answer)
        if gaps is None:
            raise unexpected(
                answer, "an upload session that does not say what it lacks"
            )
        return self._first(answer, gaps)

    def _call(
        self, method: str, headers: Headers = None, content: Any = None
    ) -> Call[None]:
        sent = Call(method, self.url, NOTHING, headers or {}, content)
        return replace(sent, options=self._options, anonymous=True)

    def _onward(self, answer: httpx.Response, sent: int) -> Gap:
        """Read where to go on after everything before `sent` was sent.

        201 says that the file is whole. Drives answer 202 before that and mailboxes
        200; not every answer says what is lacking.
        """
        if answer.status_code == 201:
            return self.size, self.size
        gaps = _gaps(answer)
        return (sent, self.size) if gaps is None else self._first(answer, gaps)

    def _first(self, answer: httpx.Response, gaps: list[str]) -> Gap:
        """Give the first gap, or an empty one at the end of the file."""
        nothing = (self.size, self.size)
        first = nothing
        for text in gaps:
            found = _RANGE.fullmatch(text)
            if found is None:
                raise unexpected(answer, f"a range that is none ({text!r})")
            start, end = int(found[1]), int(found[2] or self.size - 1) + 1
            if not start < end <= self.size and (start, end) != nothing:
                raise unexpected(answer, f"a range that this file lacks ({text!r})")
            first = min(first, (start, end))
        return first

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        piece: bytes = self._file.read(end - start)
        if len(piece) < end - start:
            raise ValueError(
                f"the file no longer has the {self.size} bytes that it had"
            )
        return piece

    def _object(self, model: type[Model] | None) -> Any:
        """Read the object of the last answer, which may still tell of the session."""
        answer = cast("httpx.Response", self.response)
        if answer.status_code == 202 or is_empty(answer) or _gaps(answer) is not None:
            if model is None:
                return None
            raise unexpected(answer, "done, but the object was not sent back")
        made = json_object(answer)
        return made if model is None else load_model(model, made)


class LargeUpload(_AnyUpload["Transport"]):
    """The upload of a file into a session: `LargeUpload(client, session, file).run()`.

    `session` is what the service answered to createUploadSession, or its URL. `file` is
    bytes or a file opened for reading bytes, which is sent whole, wherever it stands.
    `chunk_size` is the size of a piece, a multiple of `unit`: drives want multiples of
    320 KiB, for others 1 may do. `progress(sent, total)` is called whenever the service
    has more than before.

    Faults that pass are waited for as the client's `retry` says, counted anew when the
    upload gets further. No credential and no header of the client is sent along. Raises
    ValueError for a file that is empty or cannot be sought, a URL that is none, and a
    `chunk_size` of no use; TypeError for a file opened for text.
    """

    @overload
    def run(self, model: type[M]) -> M: ...
    @overload
    def run(self, model: None = None) -> dict[str, Any] | None: ...
    def run(self, model: type[Model] | None = None) -> Any:
        """Upload the file, and give what the service made of it.

        That is an object of the class `model`, or its JSON object, None if the service
        sends none. Raises CallError: NotFound or Gone where the session is over, either
        expired or done, if the answer to the last piece was lost (`may_have_happened`);
        UnexpectedResponse where a `model` was asked for and none came.
        """
        return steps.run(self._transport, self._program(model, False))

    @overload
    def resume(self, model: type[M]) -> M: ...
    @overload
    def resume(self, model: None = None) -> dict[str, Any] | None: ...
    def resume(self, model: type[Model] | None = None) -> Any:
        """Ask what the service lacks, and go on from there; otherwise the same as `run`.

        It may be another process that began the upload, as long as the file is the same.
        """
        return steps.run(self._transport, self._program(model, True))

    def cancel(self) -> None:
        """End the session; what was sent is dropped. Raises CallError."""
        self._transport.send(self._call("DELETE"))


class AsyncLargeUpload(_AnyUpload["AsyncTransport"]):
    """The async twin of `LargeUpload`; the file is read in a thread."""

    @overload
    async def run(self, model: type[M]) -> M: ...
    @overload
    async def run(self, model: None = None) -> dict[str, Any] | None: ...
    async def run(self, model: type[Model] | None = None) -> Any:
        """Upload the file, and give what the service made of it; see `LargeUpload`."""
        return await steps.arun(self._transport, self._program(model, False))

    @overload
    async def resume(self, model: type[M]) -> M: ...
    @overload
    async def resume(self, model: None = None) -> dict[str, Any] | None: ...
    async def resume(self, model: type[Model] | None = None) -> Any:
        """Ask what the service lacks, and go on from there; otherwise the same as `run`.

        It may be another process that began the upload, as long as the file is the same.
        """
        return await steps.arun(self._transport, self._program(model, True))

    async def cancel(self) -> None:
        """End the session; what was sent is dropped. Raises CallError."""
        await self._transport.send(self._call("DELETE"))


class _Patience:
    """How long an upload is tried that gets no further."""

    def __init__(self, retry: Retry) -> None:
        self._retry = retry
        self._failures = 0
        self._since = 0.0

    def renew(self) -> None:
        """Count anew: the upload got further."""
        self._failures = 0

    def wait(self, fault: CallError) -> float:
        """Give the seconds to wait after a fault, or raise it if there is no use."""
        if not self._failures:
            self._since = time.monotonic()
        self._failures += 1
        asked = fault.retry_after if isinstance(fault, ApiError) else None
        elapsed = time.monotonic() - self._since
        seconds = self._retry.wait(self._failures, elapsed, asked)
        if seconds is None or not (_is_refusal(fault) or isinstance(fault, PASSING)):
            raise fault
        return seconds


def _is_refusal(fault: CallError) -> bool:
    """Whether the service has the piece already, or wants another one first."""
    return isinstance(fault, ApiError) and fault.status in (409, 416)


def _gaps(answer: httpx.Response) -> list[str] | None:
    """Read nextExpectedRanges, in whatever case; None where there are none to read."""
    if is_empty(answer):
        return None
    for name, value in json_object(answer).items():
        if name.lower() == "nextexpectedranges" and isinstance(value, list):
            return [str(each) for each in cast("list[object]", value)]
    return None


def _url_of(session: Session, scheme: str) -> str:
    """Give a session's URL, which is https or has the scheme of the service.

    Raises ValueError if there is none; its query is secret.
    """
    given = (
        session.to_dict().get("uploadUrl") if isinstance(session, Model) else session
    )
    url = given if isinstance(given, str) else ""
    try:
        parsed = httpx.URL(url)
        is_safe = parsed.scheme in ("https", scheme) and parsed.host
    except (httpx.InvalidURL, UnicodeError):
        is_safe = False
    if not is_safe:
        raise ValueError(f"not the URL of an upload session: {shown(url)!r}")
    return url


def _size_of(file: Any) -> int:
    """Give the size of a file. Raises ValueError for one that has no pieces to send."""
    reach = extent(file)
    if reach is None:
        raise ValueError("a large upload needs bytes or a file that can be sought")
    if not sum(reach):
        raise ValueError("an empty file has no pieces to be sent")
    return sum(reach)
