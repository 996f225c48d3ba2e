"""One document from the network: a GET that asks whether anything has changed.

Everything is bounded: the bytes, the time as a whole, the redirects. A redirect keeps the
scheme, and leads into the own network only from there.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from generator import __version__
from generator.locations import Url, without_secrets
from generator.sources.addresses import Refused
from generator.sources.connecting import (
    STALL_SECONDS,
    Connection,
    Expired,
    connect,
    within,
)

SECONDS: Final = 120.0
"""How long a document may take, redirects included."""

_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_PIECE: Final = 64 * 1024


class FetchError(Exception):
    """A document that could not be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gives: the document, and by what to ask whether it has changed."""

    data: bytes
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may cost: bytes as they are sent, and seconds."""

    size: int
    seconds: float = SECONDS


def fetch(
    url: Url, limits: Limits, *, allow_local: bool = False, known: Answer | None = None
) -> Answer | None:
    """Get a document; None if it is still the known one (RFC 9110 section 13).

    Raises Refused for what must not be asked and FetchError for anything else that goes
    wrong. What the messages hold of a URL has no secrets.
    """
    headers = _headers(known)
    deadline = time.monotonic() + limits.seconds
    target, local = url.text, allow_local
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            parts = urlsplit(target)
            connection = connect(parts, local=local)
            try:
                with within(deadline - time.monotonic(), connection.http):
                    connection.begin()
                    answer = _ask(connection, parts, headers, limits.size)
            finally:
                connection.http.close()
        except Expired:
            raise FetchError(f"it takes more than {limits.seconds:g} s") from None
        except TimeoutError:
            message = f"the server says nothing for {STALL_SECONDS:g} s"
            raise FetchError(message) from None
        except http.client.InvalidURL:
            raise FetchError("it redirects to what is no URL") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FetchError(f"{reason or type(error).__name__}") from error
        if not isinstance(answer, str):
            return answer
        target = _next(target, answer)
        # only what is in the own network itself leads to other things there
        local = local and connection.is_local
    raise FetchError(f"it redirects more than {_MOST_REDIRECTS} times")


def _headers(known: Answer | None) -> dict[str, str]:
    headers = {
        "Accept": "application/xml, */*;q=0.8",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "OData-MaxVersion": "4.01",
        "User-Agent": f"specwright/{__version__}",
    }
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _ask(
    connection: Connection, parts: SplitResult, headers: Mapping[str, str], limit: int
) -> Answer | str | None:
    """Send a request; give the document, None if it has not changed, or where it is
    instead."""
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection.http.request("GET", path, headers=dict(headers))
    response = connection.http.getresponse()
    is_conditional = {"If-None-Match", "If-Modified-Since"} & headers.keys()
    if response.status == 304 and is_conditional:
        return None
    location = response.getheader("Location", "")
    if response.status in _REDIRECTS and location:
        return location
    if response.status != 200:
        raise FetchError(f"the server answers {response.status} {response.reason}")
    encoding = response.getheader("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(f"the server answers in the encoding {encoding}")
    return Answer(
        _body(response, limit),
        response.getheader("ETag", ""),
        response.getheader("Last-Modified", ""),
    )


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    pieces, size = [], 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise FetchError(f"it has more than {limit:,} bytes")
    if response.length:
        raise FetchError("the answer is broken off")
    return b"".join(pieces)


def _next(target: str, location: str) -> str:
    """Give where a redirect leads; a scheme that it changes is refused."""
    try:
        following = urljoin(target, location)
        scheme, host = urlsplit(following).scheme, urlsplit(following).hostname
    except ValueError:
        raise FetchError("it redirects to what is no URL") from None
    if scheme != urlsplit(target).scheme or not host:
        shown = without_secrets(following)
        raise Refused(f"it redirects to {shown}, which is of another scheme")
    return following
