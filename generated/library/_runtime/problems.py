"""What the body of an error says, in the forms that services use beside OData's.

`errors` asks here when an answer holds no OData error object. Known are problem details
(RFC 9457), OAuth's flat form (RFC 6749 section 5.2) and the common ones: `message` or
`detail` as a text, alone or beside a `code`, and lists of such under `errors`.
"""

from __future__ import annotations

from typing import Any

from .shapes import is_list, is_object

_CODES = ("code", "error", "error_code", "errorCode", "type")
_MESSAGES = (
    "message",
    "detail",
    "error_description",
    "description",
    "title",
    "msg",
    "reason",
    "error",
)
_LISTS = ("errors", "detail", "details")


def problem(body: object) -> tuple[str, str]:
    """Give the code and the message that a decoded body holds, "" for what it does
    not say."""
    if isinstance(body, str):
        return "", body
    if is_list(body):
        return problem(body[0]) if body else ("", "")
    if not is_object(body):
        return "", ""
    code, message = _code(body), _first_text(body, _MESSAGES)
    if not message or message == code:
        for name in _LISTS:
            inner_code, inner = problem(_one(body.get(name)))
            if inner:
                return code or inner_code, inner
    return code, message


def _code(body: dict[str, Any]) -> str:
    code = _first_text(body, _CODES)
    if not code and isinstance(body.get("code"), int):
        return str(body["code"])
    # the type of a problem that has none of its own (RFC 9457 section 4.2.1)
    return "" if code == "about:blank" else code


def _one(found: object) -> object:
    """Give the first problem of a list, or of those that an object holds by field."""
    if is_object(found):
        return next(iter(found.values()), None)
    return found if is_list(found) else None


def _first_text(body: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        text = body.get(name)
        if isinstance(text, str) and text:
            return text
    return ""
