"""Answers of requests: which of those that an operation describes has come, and its value.

A generated module lists the readers of an operation by status; `requests` asks here for
the one that an answer needs. See OpenAPI 3.1 sections 4.8.16 and 4.8.17.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import httpx

from .codecs import Codec
from .errors import unexpected
from .json import loads
from .results import BYTES, NOTHING, Result, decoded, is_empty

__all__ = ["BYTES", "NOTHING", "TEXT", "as_json", "for_status", "read_answer"]

T = TypeVar("T")


def as_json(codec: Codec[T], *, null: bool = False) -> Result[T]:
    """Give the reader of a JSON value, which may be null if so told.

    It raises UnexpectedResponse for what is no JSON, and for null and an answer without
    content where there is always a value.
    """

    def read(response: httpx.Response) -> T:
        if is_empty(response):
            if null:
                return cast(T, None)
            raise unexpected(response, "done, but nothing was sent back")
        try:
            value: Any = loads(response.content)
        except ValueError as fault:
            raise unexpected(response, "an answer that is not JSON") from fault
        if value is None and null:
            return cast(T, None)
        return decoded(response, codec.load, value)

    return read


def _text(response: httpx.Response) -> str:
    return response.text


TEXT: Result[str] = _text
"""Reads the content as text, by the character set that the answer names."""


def read_answer(answers: Mapping[str, Result[T]], response: httpx.Response) -> T:
    """Read an answer of success as the description of its status says.

    One of another status is read as the first one that is described.
    """
    read = for_status(answers, response.status_code)
    return (next(iter(answers.values())) if read is None else read)(response)


def for_status(described: Mapping[str, T], status: int) -> T | None:
    """Give what is described for a status: for itself, its range ("4XX") or any."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in described:
            return described[key]
    return None
