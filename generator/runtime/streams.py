"""Streams: content that is not JSON, read and written whole or piece by piece.

`resources` and `aio` import this module when a stream is first used. A download is read
from the socket as it is asked for, an upload from where its content comes, so that
neither is ever held as a whole.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from io import TextIOBase
from os import SEEK_END, PathLike
from sys import maxsize
from typing import (
    TYPE_CHECKING,
    Any,
    Protocol,
    Self,
    TypeAlias,
    cast,
)

import httpx

from .attempts import fault_error
from .calls import make_call
from .conditions import ETag, if_match
from .errors import unexpected
from .exchange import Call, lower
from .location import Location
from .model import Model, load_model
from .options import Headers
from .results import BYTES, NOTHING, made, whole_number

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .events import ServerEvent
    from .transport import Transport

PIECE = 262_144
"""How many bytes of a file are read or written at once."""


_BYTES: tuple[type[Any], ...] = (bytes, bytearray, memoryview)


class Source(Protocol):
    """A file that is open for reading bytes."""

    def read(self, size: int, /) -> bytes: ...


class Sink(Protocol):
    """A file that is open for writing bytes."""

    def write(self, data: bytes, /) -> object: ...


Content: TypeAlias = bytes | bytearray | memoryview | Source | Iterable[bytes]
"""What can be uploaded."""

AsyncContent: TypeAlias = Content | AsyncIterable[bytes]
"""What an async client can upload."""

Progress: TypeAlias = Callable[[int, int | None], object]
"""Told how many bytes are done, and of how many; None if that is not known."""


def download_call(at: Location[Any], headers: Headers) -> Call[bytes]:
    """GET a stream (OData Protocol 4.01 section 11.2.4)."""
    return make_call(at, "GET", BYTES, lower({"accept": "*/*"}, headers))


def upload_call(
    at: Location[Any],
    body: Body | AsyncBody,
    content_type: str,
    state: ETag,
    headers: Headers,
) -> Call[None]:
    """PUT a stream (OData Protocol 4.01 section 11.4.7)."""
    ours = {"content-type": content_type, **body.headers}
    if state is not None:
        ours |= if_match(state, None, False)
    call = make_call(at, "PUT", NOTHING, lower(ours, headers), body.content)
    return replace(call, repeat=False) if body.once else call


def answered(call: Call[Any], model: type[Model] | None) -> Call[Any]:
    """Give an upload whose answer is read as an object of the class `model`, if any."""
    if model is None:
        return call
    return replace(call, read=made(partial(load_model, model)))


class _AnyBody:
    """What is uploaded, as httpx takes it: bytes, or what gives pieces anew each time.

    `content` is the one or the other, `headers` tell the size if it is known, `once`
    says that there will be no second time. `begin` is what begins the pieces: iter or
    aiter. Raises TypeError for what is no content.
    """

    def __init__(self, source: Any, begin: Callable[[Any], object] = iter) -> None:
        self.content: Any = self
        self.headers: dict[str, str] = {}
        self.once = False
        self._source = source
        self._is_file = begin is iter and hasattr(source, "read")
        self._extent: tuple[int, int] | None = None
        self._is_begun = False
        if isinstance(source, _BYTES):
            self.content = bytes(source)
        elif isinstance(source, str):
            raise TypeError("content is bytes: encode text before it is uploaded")
        elif self._is_file:
            self._extent = extent(source)
            self.once = self._extent is None
        else:
            # An iterator, and what reads on from where it stands, begins only once.
            reads_on = isinstance(source, _AnyDownload) or hasattr(source, "read")
            self.once = begin(source) is source or reads_on
        if self._extent is not None:
            self.headers["content-length"] = str(self._extent[1])

    def _begin(self) -> None:
        """Refuse a second beginning of what has none, as an httpx.Auth may want it."""
        if self.once and self._is_begun:
            raise RuntimeError("this content can be sent only once")
        self._is_begun = True

    def _from_file(self) -> Iterator[bytes]:
        """Read the file; as far as it went at first, if it can be sought."""
        left = maxsize
        if self._extent is not None:
            start, left = self._extent
            self._source.seek(start)
        while left and (piece := _piece(self._source.read(min(PIECE, left)))):
            left -= len(piece)
            yield piece


class Body(_AnyBody):
    """The content of an upload by a sync client."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)

    def __iter__(self) -> Iterator[bytes]:
        self._begin()
        return self._from_file() if self._is_file else map(_piece, self._source)


class AsyncBody(_AnyBody):
    """The content of an upload by an async client.

    A file is read in a thread; pieces are asked for where the event loop runs.
    """

    def __init__(self, content: AsyncContent) -> None:
        super().__init__(content, aiter if isinstance(content, AsyncIterable) else iter)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._begin()
        if self._is_file:
            from anyio import to_thread

            pieces = self._from_file()
            while piece := await to_thread.run_sync(next, pieces, b""):
                yield piece
        elif hasattr(self._source, "__aiter__"):
            async for each in self._source:
                yield _piece(each)
        else:
            for each in self._source:
                yield _piece(each)


def content_of(source: Any, is_async: bool) -> Body | AsyncBody:
    """Give what is uploaded as the client of either kind takes it."""
    return AsyncBody(source) if is_async else Body(source)


def _piece(value: Any) -> bytes:
    """Give a piece of content as bytes; `bytes(3)` would be three zeros."""
    if isinstance(value, _BYTES):
        return bytes(value)
    raise TypeError(f"pieces of content are bytes, not {type(value).__name__}")


def extent(file: Any) -> tuple[int, int] | None:
    """Give where a file stands and how many bytes follow; None if it has no seek.

    Raises TypeError for a file that is open for reading text.
    """
    if isinstance(file, TextIOBase):
        raise TypeError("content is bytes: open the file with 'rb'")
    try:
        start: int = file.tell()
        end: int = file.seek(0, SEEK_END)
        file.seek(start)
    except (AttributeError, OSError):
        return None
    return start, max(end - start, 0)


class _AnyDownload:
    """What sync and async downloads have in common."""

    def __init__(self, transport: Any, call: Call[bytes]) -> None:
        self._transport = transport
        self._call = call
        self._response: httpx.Response | None = None

    @property
    def response(self) -> httpx.Response:
        """The answer. Raises RuntimeError outside of the `with`."""
        if self._response is None:
            raise RuntimeError("a download is open only within its `with`")
        return self._response

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self.response.headers

    @property
    def content_type(self) -> str | None:
        """The media type of the content, None if it is not told."""
        told: str | None = self.headers.get("content-type")
        return told

    @property
    def size(self) -> int | None:
        """How many bytes will come, None if that is not known.

        Of content that travels compressed only the compressed size is told.
        """
        if "content-encoding" in self.headers:
            return None
        return whole_number(self.headers.get("content-length", ""))

    def _check_end(self, done: int) -> None:
        """Refuse an end before the size that was told (RFC 9112 section 8).

        httpx's own carriers do so for HTTP/1.1; others may not.
        """
        if done < (self.size or 0):
            raise unexpected(self.response, "an answer that is shorter than it says")


class Download(_AnyDownload):
    """Content that is read piece by piece: `with place.stream() as pieces`.

    The call is sent when the `with` is entered, which raises CallError, and what was
    not read is dropped at its end. The content can be read once; entering again sends
    the call again.
    """

    _transport: Transport

    def __enter__(self) -> Self:
        self._response = self._transport.respond(self._call, whole=False)
        return self

    def __exit__(self, *fault: object) -> None:
        response, self._response = self._response, None
        if response is not None:
            response.close()

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces()

    def pieces(self, size: int | None = None) -> Iterator[bytes]:
        """Give the content in pieces of `size` bytes, the last one maybe smaller; as
        they arrive if no size is given.

        Raises UnexpectedResponse where the answer breaks off, TimedOut where it stops.
        """
        done = 0
        with _faults_told(self.response):
            for piece in self.response.iter_bytes(size):
                done += len(piece)
                yield piece
        self._check_end(done)

    def lines(self) -> Iterator[str]:
        """Give the content line by line, as text: JSON lines, for example.

        Raises what `pieces` raises.
        """
        from .lines import LineReader

        reader = LineReader()
        with _faults_told(self.response):
            for piece in self.response.iter_text():
                yield from reader.read(piece)
        yield from reader.end()

    def events(self) -> Iterator[ServerEvent]:
        """Give the events of a stream of such (text/event-stream), as they arrive.

        Raises what `pieces` raises.
        """
        from .events import EventReader

        reader = EventReader()
        for line in self.lines():
            event = reader.read(line)
            if event is not None:
                yield event

    def save(
        self, target: str | PathLike[str] | Sink, progress: Progress | None = None
    ) -> int:
        """Write the content to a path or a file, and give its size.

        `progress(done, total)` is called after each piece; `total` may be None. Raises
        what `pieces` and the file raise; what came before is then in the file.
        """
        done = 0
        with _opened(target) as file:
            for piece in self.pieces(PIECE):
                file.write(piece)
                done += len(piece)
                if progress is not None:
                    progress(done, self.size)
        return done


class AsyncDownload(_AnyDownload):
    """The async twin of `Download`: `async with place.stream() as pieces`."""

    _transport: AsyncTransport

    async def __aenter__(self) -> Self:
        self._response = await self._transport.respond(self._call, whole=False)
        return self

    async def __aexit__(self, *fault: object) -> None:
        response, self._response = self._response, None
        if response is not None:
            await response.aclose()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.pieces()

    async def pieces(self, size: int | None = None) -> AsyncIterator[bytes]:
        """Give the content in pieces of `size` bytes, the last one maybe smaller; as
        they arrive if no size is given.

        Raises UnexpectedResponse where the answer breaks off, TimedOut where it stops.
        """
        done = 0
        with _faults_told(self.response):
            async for piece in self.response.aiter_bytes(size):
                done += len(piece)
                yield piece
        self._check_end(done)

    async def lines(self) -> AsyncIterator[str]:
        """Give the content line by line, as text: JSON lines, for example.

        Raises what `pieces` raises.
        """
        from .lines import LineReader

        reader = LineReader()
        with _faults_told(self.response):
            async for piece in self.response.aiter_text():
                for line in reader.read(piece):
                    yield line
        for line in reader.end():
            yield line

    async def events(self) -> AsyncIterator[ServerEvent]:
        """Give the events of a stream of such (text/event-stream), as they arrive.

        Raises what `pieces` raises.
        """
        from .events import EventReader

        reader = EventReader()
        async for line in self.lines():
            event = reader.read(line)
            if event is not None:
                yield event

    async def save(
        self, target: str | PathLike[str] | Sink, progress: Progress | None = None
    ) -> int:
        """Write the content to a path or a file, in a thread, and give its size.

        `progress(done, total)` is called after each piece; `total` may be None. Raises
        what `pieces` and the file raise; what came before is then in the file.
        """
        from anyio import to_thread

        done = 0
        with await to_thread.run_sync(_opened, target) as file:
            async for piece in self.pieces(PIECE):
                await to_thread.run_sync(file.write, piece)
                done += len(piece)
                if progress is not None:
                    progress(done, self.size)
        return done


@contextmanager
def _faults_told(response: httpx.Response) -> Generator[None, None, None]:
    """Turn what httpx raises while an answer is read into the errors of calls."""
    try:
        yield
    except httpx.RequestError as fault:
        raise fault_error(fault, response.request, response) from fault
    except httpx.StreamError as fault:
        raise RuntimeError("the content can be read only once") from fault


def _opened(target: Any) -> AbstractContextManager[Sink]:
    """Open a path for writing; a file that is open already stays so at the end."""
    if hasattr(target, "write"):
        return nullcontext(cast("Sink", target))
    return open(target, "wb")
