"""How a call is written into a batch request, and how its answer is read out of one.

`batch_steps` sends what is written here; OData JSON Format 4.01 section 19 decides the
form. An answer becomes an httpx response of its own, which is judged and read as if it
had come alone.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import httpx

from .errors import place_of, unexpected
from .exchange import (
    ACCEPT,
    SECRET,
    Call,
    Exchanger,
    lower,
    origin_of,
    without_userinfo,
)
from .json import dumps, loads
from .scalars import load_binary
from .shapes import is_object

_TRAVEL = frozenset({"content-length", "content-encoding", "transfer-encoding"})
"""What says how a body travelled: nothing that is true of one inside a batch."""


def path_of(url: httpx.URL, exchanger: Exchanger) -> str | None:
    """Give a URL as a batch names it: relative to the service root, so without a slash
    before it.

    None where it does not lead below the root. With a slash it would begin at the host
    (section 19.1); Microsoft Graph reads both alike.
    """
    root = httpx.URL(exchanger.base_url).raw_path.rstrip(b"/")
    path = url.raw_path
    if origin_of(url) != exchanger.origin or not path.startswith(root + b"/"):
        return None
    return path[len(root) + 1 :].decode("ascii")


def check(call: Call[Any], whole: Mapping[str, str]) -> None:
    """Refuse a call that cannot be part of a batch; `whole` are headers of the batch.

    Raises TypeError for content that is not there as a whole, ValueError for a
    credential of the call's own: all parts of a batch are done with that of the batch.
    """
    if not isinstance(call.content, bytes | None):
        raise TypeError(
            "content that is sent piece by piece cannot be part of a batch: give bytes"
        )
    for name, text in lower({}, call.headers).items():
        if name in SECRET and whole.get(name) != text:
            raise ValueError(f"a call with {name} of its own cannot be part of a batch")


def written(
    call: Call[Any], request: httpx.Request, exchanger: Exchanger
) -> dict[str, Any]:
    """Write a call as a request object, still without its id.

    `request` is what would be sent if the call were sent alone. Raises ValueError where
    it leads elsewhere than below the service root, or its content is not what its type
    says.
    """
    path = path_of(request.url, exchanger)
    if path is None:
        raise ValueError(
            f"only calls below {without_userinfo(exchanger.base_url)} can be part of a"
            f" batch, not {place_of(request)} of {request.url.host}"
        )
    headers = lower(exchanger.headers, call.headers)
    if headers.get("accept") == ACCEPT:
        del headers["accept"]
    headers = {name: text for name, text in headers.items() if name not in SECRET}
    wire: dict[str, Any] = {"method": call.method, "url": path}
    if headers:
        wire["headers"] = headers
    if call.content:
        wire["body"] = _body(call.content, headers.get("content-type", ""))
    return wire


def answer_in(
    wire: Any, request: httpx.Request, outer: httpx.Response
) -> httpx.Response:
    """Make the answer to `request` of a response object; `outer` carried it.

    Raises UnexpectedResponse where there is none, or one that cannot be read.
    """
    part = wire if is_object(wire) else {}
    status = part.get("status")
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise unexpected(
            outer, f"no answer to {place_of(request)} in that of the batch"
        )
    given = part.get("headers")
    # A Retry-After that is a date counts from when the whole answer was sent.
    headers = {"date": outer.headers["date"]} if "date" in outer.headers else {}
    if is_object(given):
        headers |= {name.lower(): str(text) for name, text in given.items()}
    body = part.get("body")
    if body is not None:
        headers.setdefault("content-type", ACCEPT)
    try:
        return httpx.Response(
            status,
            headers=httpx.Headers(
                {n: text for n, text in headers.items() if n not in _TRAVEL}, "utf-8"
            ),
            content=_content(body, headers.get("content-type", ""), status),
            request=request,
        )
    except ValueError as fault:
        what = f"an unreadable answer to {place_of(request)} in that of the batch"
        raise unexpected(outer, what) from fault


def _body(content: bytes, content_type: str) -> Any:
    """Write content: JSON as it is, text as text, all else in base64url."""
    if _is_json(content_type):
        return loads(content)
    if _is_text(content_type):
        return content.decode()
    return urlsafe_b64encode(content).decode("ascii")


def _content(body: Any, content_type: str, status: int) -> bytes:
    """Read what `_body` writes; the text of an error need not be what its type says."""
    if body is None:
        return b""
    if not isinstance(body, str) or _is_json(content_type):
        return dumps(body)
    if _is_text(content_type):
        return body.encode()
    try:
        return load_binary(body)
    except ValueError:
        if status < 300:
            raise
        return body.encode()


def _is_json(content_type: str) -> bool:
    media = _media(content_type)
    return media == "application/json" or media.endswith("+json")


def _is_text(content_type: str) -> bool:
    return _media(content_type).startswith("text/")


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
