"""JSON in, plain values out (RFC 8259), out of an untrusted file.

Python's `json` reads; what it would let pass is refused here: NaN and Infinity, numbers
beyond floating point, surrogates without their other half, and depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from generator.readers.documents.faults import (
    MAX_DEPTH,
    MAX_VALUES,
    Duplicate,
    Fault,
    Spot,
    depth_exceeds,
    too_deep,
    too_large,
)
from generator.readers.documents.json_places import Lines
from generator.readers.documents.scalars import integer, real

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_TOKEN: Final = re.compile(
    r'"(?:[^"\\]++|\\.)*+"|[\[\]{}:]|[^\s"\[\]{}:,]++', re.DOTALL
)


def parse_json(text: str, duplicates: list[Duplicate]) -> Any:
    """Read a text that holds one JSON value.

    Names given twice are added to `duplicates`; the last one counts. Raises Fault at
    the first thing that makes the document unreadable.
    """
    if _values(text) > MAX_VALUES:
        raise too_large(Spot(1, 1))
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(pairs)
        repeated = repeated or len(found) != len(pairs)
        return found

    decoder = json.JSONDecoder(
        object_pairs_hook=members,
        parse_constant=_refuse,
        parse_float=real,
        parse_int=integer,
    )
    try:
        value = decoder.decode(text)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        spot = Spot(error.lineno, error.colno)
        raise Fault("document-syntax", message, spot) from None
    except ValueError as error:
        raise _bad_number(text, str(error)) from None
    except RecursionError:
        raise too_deep(_deepest(text)) from None
    if depth_exceeds(value, MAX_DEPTH):
        raise too_deep(_deepest(text))
    if _SURROGATE.search(text):
        _refuse_halves(text)
    if repeated:
        duplicates.extend(_repeated(text))
    return value


def _values(text: str) -> int:
    """Give how many values a text may hold, before any is made; only where commas and
    brackets in strings could make them too many are these looked for."""
    found = sum(map(text.count, ",[{"))
    if found > MAX_VALUES:
        found = sum(map(_STRING.sub("", text).count, ",[{"))
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number that JSON has")


def _bad_number(text: str, message: str) -> Fault:
    """Find the number that cannot be read, which `json` does not tell."""
    for token in _TOKEN.finditer(text):
        if token[0][0] in "-0123456789NI" and not _is_number(token[0]):
            break
    return Fault("document-number", message, Lines(text).spot(token.start()))


def _is_number(text: str) -> bool:
    try:
        if text.lstrip("-").isdecimal():
            integer(text)
        elif text in ("NaN", "Infinity", "-Infinity"):
            return False
        else:
            real(text)
    except ValueError:
        return False
    return True


def _deepest(text: str) -> Spot:
    """Give where a value begins that stands too deep."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in ("{", "[")) - (token[0] in ("}", "]"))
        if depth > MAX_DEPTH:
            break
    return Lines(text).spot(token.start())


def _refuse_halves(text: str) -> None:
    """Refuse a string with half of a surrogate pair, which is no character at all."""
    for token in _TOKEN.finditer(text):
        if "\\u" in token[0]:
            try:
                json.loads(token[0]).encode()
            except UnicodeEncodeError:
                message = "this is not JSON: half of a surrogate pair in a string"
                spot = Lines(text).spot(token.start())
                raise Fault("document-syntax", message, spot) from None


def _repeated(text: str) -> Iterator[Duplicate]:
    """Find the names that their objects have twice."""
    lines = Lines(text)
    open_names: list[set[str]] = []
    last: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                open_names.append(set())
            case "}" | "]":
                open_names.pop()
            case ":" if last is not None:
                name = json.loads(last[0])
                if name in open_names[-1]:
                    yield Duplicate(name, lines.spot(last.start()))
                open_names[-1].add(name)
        last = token
