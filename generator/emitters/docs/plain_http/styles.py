"""Parameters of example requests as text: a value in a path, a query, a header or a
cookie, by its style (OpenAPI 3.1 section 4.8.12, RFC 6570), encoded as generated
clients encode it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from generator.emitters.samples import Json
from generator.model import Parameter, ParameterIn

_SEPARATORS: Final = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_RESERVED: Final = "/:@!$'()*,;="
_IN_TEMPLATE: Final = "/$@,!()=':*;&+"


def filled(template: str, values: dict[str, str]) -> str:
    """Give a path template with the texts of its parameters."""
    parts = []
    for piece in template.split("{"):
        name, brace, rest = piece.partition("}")
        if brace and name in values:
            parts.append(values[name] + quote(rest, safe=_IN_TEMPLATE))
        else:
            parts.append(quote(piece, safe=_IN_TEMPLATE))
    return "".join(parts)


def in_path(parameter: Parameter, value: Json) -> str:
    """Write a value as it stands in a path."""
    explode = bool(parameter.explode)
    if parameter.media_type:
        return _encoded(parameter, compact(value))
    if parameter.style == "label":
        return "." + _joined(parameter, value, "." if explode else ",", explode)
    if parameter.style == "matrix":
        pairs = _pairs(parameter, value, ",", explode)
        return "".join([f";{pair.removesuffix('=')}" for pair in pairs])
    return _joined(parameter, value, ",", explode)


def in_query(parameter: Parameter, value: Json) -> Iterator[str]:
    """Write a value as pairs of a query or of a Cookie header."""
    name = quote(parameter.name, safe="", errors="replace")
    if parameter.media_type:
        yield f"{name}={_encoded(parameter, compact(value))}"
    elif parameter.style == "deepObject":
        yield from _deep(parameter, name, value)
    else:
        usual = parameter.style in ("", "form")
        explode = usual if parameter.explode is None else parameter.explode
        separator = _SEPARATORS.get(parameter.style, ",")
        yield from _pairs(parameter, value, separator, explode)


def in_header(parameter: Parameter, value: Json) -> str:
    """Write a value as a header."""
    if parameter.media_type:
        return compact(value)
    return _joined(parameter, value, ",", bool(parameter.explode))


def text_of(value: Json) -> str:
    """Give the text of a JSON value outside of JSON."""
    return value if isinstance(value, str) else compact(value)


def compact(value: Json) -> str:
    """Give a value as JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _encoded(parameter: Parameter, text: str) -> str:
    if parameter.place is ParameterIn.HEADER:
        return text
    safe = _RESERVED if parameter.allow_reserved else ""
    return quote(text, safe=safe, errors="replace")


def _joined(parameter: Parameter, value: Json, separator: str, explode: bool) -> str:
    """Write the parts of a list, or the names and parts of an object."""
    if isinstance(value, list):
        return separator.join([_encoded(parameter, text_of(each)) for each in value])
    if isinstance(value, dict):
        between = "=" if explode else separator
        return separator.join(
            [
                f"{_encoded(parameter, name)}{between}"
                f"{_encoded(parameter, text_of(part))}"
                for name, part in value.items()
            ]
        )
    return _encoded(parameter, text_of(value))


def _pairs(
    parameter: Parameter, value: Json, separator: str, explode: bool
) -> Iterator[str]:
    if value in (None, [], {}):
        return
    name = quote(parameter.name, safe="", errors="replace")
    if explode and isinstance(value, list):
        for each in value:
            yield f"{name}={_encoded(parameter, text_of(each))}"
    elif explode and isinstance(value, dict):
        for key, part in value.items():
            yield f"{_encoded(parameter, key)}={_encoded(parameter, text_of(part))}"
    else:
        yield f"{name}={_joined(parameter, value, separator, False)}"


def _deep(parameter: Parameter, name: str, value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            inner = quote(key, safe="", errors="replace")
            yield from _deep(parameter, f"{name}%5B{inner}%5D", part)
    elif isinstance(value, list):
        for each in value:
            yield from _deep(parameter, name, each)
    elif value is not None:
        yield f"{name}={_encoded(parameter, text_of(value))}"
