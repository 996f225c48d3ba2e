"""What the monitor of a long-running operation says, read off one answer of it.

`long_running` asks monitors. Those of OData give the final answer itself, wrapped or
with an `AsyncResult` header (OData Protocol 4.01 sections 8.3.1 and 11.6); those of
Microsoft Graph are objects with a `status`, of several kinds and spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http.client import HTTPException, parse_headers
from io import BytesIO
from typing import Any

import httpx

from .errors import unexpected
from .json import loads
from .shapes import is_object

SUCCEEDED = {"succeeded", "success", "completed", "complete", "partiallysucceeded"}
FAILED = {"failed", "submissionfailed", "deletefailed", "cancelled", "canceled"}
GOES_ON = {
    *("notstarted", "running", "inprogress", "waiting", "updating", "deletepending"),
    *("queued", "pending", "processing", "unknownfuturevalue"),
}
"""The statuses of Graph's monitors in lower case, as their spelling differs."""

LINKS = ("resourceLocation", "targetResourceLocation")
PROGRESS = ("percentageComplete", "percentProgress", "progress")

OF_THE_WAY = {"content-encoding", "content-length", "transfer-encoding"}
"""Headers that tell how a body travelled: it has been unpacked since."""


def final_answer(response: httpx.Response) -> httpx.Response | None:
    """Give the answer to the operation itself that a monitor passes on, if it does.

    Raises UnexpectedResponse for one that cannot be read.
    """
    told = response.headers
    if told.get("content-type", "").partition(";")[0].strip() == "application/http":
        return _unwrapped(response)
    if "asyncresult" not in told:
        return None
    status = re.match(r"\s*(\d{3})\b", told["asyncresult"])
    if status is None:
        raise unexpected(response, "an AsyncResult that is no status")
    return _answer(response, int(status[1]), told.multi_items(), response.content)


def _unwrapped(response: httpx.Response) -> httpx.Response:
    """Take the answer out of a body of the type application/http (RFC 9112, 10.2)."""
    content = BytesIO(response.content)
    status = re.match(rb"HTTP/\d(?:\.\d)? +(\d{3})\b", content.readline())
    if status is None:
        raise unexpected(response, "a wrapped answer without a status")
    try:
        headers = parse_headers(content).items()
    except HTTPException as fault:
        raise unexpected(response, "a wrapped answer without headers") from fault
    return _answer(response, int(status[1]), headers, content.read())


def _answer(
    response: httpx.Response,
    status: int,
    headers: Iterable[tuple[str, str]],
    content: bytes,
) -> httpx.Response:
    kept = [item for item in headers if item[0].lower() not in OF_THE_WAY]
    return httpx.Response(
        status, headers=kept, content=content, request=response.request
    )


def state_of(response: httpx.Response) -> dict[str, Any]:
    """Give the JSON object of an answer, {} if it holds none."""
    try:
        body: Any = loads(response.content)
    except ValueError:
        return {}
    return body if is_object(body) else {}


def is_state(body: Mapping[str, Any]) -> bool:
    """Whether a JSON object tells of an operation, and is not its result.

    A result may have a status as well, so that it must be one that monitors use, or
    stand beside a property that only they have.
    """
    status = body.get("status")
    if not isinstance(status, str):
        return False
    known = status.lower() in SUCCEEDED | FAILED | GOES_ON
    return known or any(name in body for name in (*LINKS, PROGRESS[0]))


def progress_of(state: Mapping[str, Any]) -> float | None:
    """Give how much is done, in percent; None where the monitor does not tell."""
    told = (state.get(name) for name in PROGRESS)
    return next((float(n) for n in told if isinstance(n, int | float)), None)


def link_of(state: Mapping[str, Any]) -> str | None:
    """Give the link to what the operation made or changed; None if there is none."""
    links = (state.get(name) for name in LINKS)
    return next((each for each in links if isinstance(each, str) and each), None)


def error_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """Give the error of an operation that failed, {} where the monitor tells none."""
    for name in ("error", "resultInfo"):
        error = state.get(name)
        if is_object(error):
            return error
    told = {
        "code": state.get("errorCode"),
        "message": state.get("statusDetail") or state.get("statusDescription"),
    }
    return {name: text for name, text in told.items() if text}
