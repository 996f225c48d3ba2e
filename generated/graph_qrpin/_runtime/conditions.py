"""Conditions of a call: that an object is, or is not, in the state that the caller saw.

The state is named by the ETag that came with the object ("@odata.etag"). `calls` puts
the headers into requests; see OData Protocol 4.01 sections 8.2.4 and 8.2.5 and RFC 9110
section 13.1.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import httpx

from .errors import not_modified
from .model import Model
from .results import Result, control

ETag: TypeAlias = str | Model | None
"""An ETag, or an object that came with one."""

Match: TypeAlias = str | Model | bool | None
"""Also True for the object itself that is sent, False for no condition at all."""


def if_match(match: Match, sent: Model | None, demanded: bool) -> dict[str, str]:
    """Give If-Match: the call is to be carried out only in the state that is named.

    `sent` is the object that the request carries; `demanded` says that the service
    wants the condition, so that it is named wherever it is known. Raises ValueError for
    an object that came without an ETag, or with one that no header can carry.
    """
    if match is None:
        known = _known(sent) if demanded and sent is not None else None
        return {"if-match": _etag(known)} if isinstance(known, str) else {}
    if match is False:
        return {}
    return {"if-match": _etag(sent if match is True else match)}


def if_none_match(match: str | Model) -> dict[str, str]:
    """Give If-None-Match: answer only if the state is another one by now."""
    return {"if-none-match": _etag(match)}


def or_unchanged(read: Result[Any], match: str | Model) -> Result[Any]:
    """Give a reader that also takes 304: the caller's object is as it was.

    Where the caller gave the ETag alone there is no object to give back: NotModified.
    """

    def read_or_keep(response: httpx.Response) -> Any:
        if response.status_code != 304:
            return read(response)
        if isinstance(match, Model):
            return match
        raise not_modified(response)

    return read_or_keep


def _known(model: Model) -> Any:
    return control(model.to_dict(), "etag")


def _etag(match: str | Model | None) -> str:
    etag = _known(match) if isinstance(match, Model) else match
    if not isinstance(etag, str) or not etag:
        raise ValueError("no ETag to compare with: the object came without @odata.etag")
    if not etag.isascii() or not etag.isprintable():
        raise ValueError(f"an ETag that no header can carry: {etag!r}")
    return etag
