"""Parameters of requests: a value becomes part of a path, a query, a header or a cookie.

A generated module describes each parameter by `path`, `query`, `header` or `cookie`;
`requests` writes the values that a caller gives. How a value of several parts is written
is its style (OpenAPI 3.1 section 4.8.12.2, RFC 6570). Text is percent-encoded here,
exactly once, and no value can leave its place: what ends a segment or a parameter is
encoded, and what no encoding can hold there is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .json import dumps
from .scalars import STRING, Codec
from .shapes import is_list, is_object

IN_TEMPLATE = "/$@,!()=':*;&+"
"""What a path template may hold beside letters and digits."""

IN_RESERVED = "/:@!$'()*,;="
"""What allowReserved leaves as it is; "?", "&", "+" and "#" would mean something else."""

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as the description has it: its place, name, codec and style.

    `explode` is None where the style decides. `reserved` leaves reserved characters as
    they are, `json` writes the value as a JSON text. `null` says that None may be given.
    """

    place: str
    name: str
    codec: Codec[Any] = STRING
    style: str = ""
    explode: bool | None = None
    reserved: bool = False
    json: bool = False
    null: bool = False

    def wire(self, value: object) -> Any:
        """Give the JSON form of a value; raises TypeError or ValueError, which name the
        parameter."""
        if value is None and self.null:
            return None
        try:
            return self.codec.dump(value)
        except (TypeError, ValueError) as fault:
            raise type(fault)(f"{self.name}: {fault}") from fault


def path(
    name: str,
    codec: Codec[Any] = STRING,
    *,
    style: str = "",
    explode: bool | None = None,
    reserved: bool = False,
    json: bool = False,
) -> Parameter:
    """Describe a parameter of the path."""
    return Parameter("path", name, codec, style, explode, reserved, json)


def query(
    name: str,
    codec: Codec[Any] = STRING,
    *,
    style: str = "",
    explode: bool | None = None,
    reserved: bool = False,
    json: bool = False,
    null: bool = False,
) -> Parameter:
    """Describe a parameter of the query."""
    return Parameter("query", name, codec, style, explode, reserved, json, null)


def header(
    name: str,
    codec: Codec[Any] = STRING,
    *,
    explode: bool | None = None,
    json: bool = False,
    null: bool = False,
) -> Parameter:
    """Describe a header."""
    return Parameter("header", name, codec, "", explode, False, json, null)


def cookie(
    name: str,
    codec: Codec[Any] = STRING,
    *,
    explode: bool | None = None,
    json: bool = False,
    null: bool = False,
) -> Parameter:
    """Describe a cookie."""
    return Parameter("cookie", name, codec, "", explode, False, json, null)


def in_path(parameter: Parameter, value: object) -> str:
    """Write a value as it stands in a path, encoded.

    Raises ValueError for one without text, which would lead elsewhere.
    """
    wire = parameter.wire(value)
    text = "" if wire is None else _in_path(parameter, wire)
    if not text:
        raise ValueError(f"{parameter.name}: {value!r} cannot be part of a path")
    return text


def _in_path(parameter: Parameter, wire: object) -> str:
    encode = _encoder(IN_RESERVED if parameter.reserved else "")
    explode = bool(parameter.explode)
    if parameter.json:
        return encode(_json(wire))
    if parameter.style == "label":
        return "." + _joined(wire, "." if explode else ",", explode, encode)
    if parameter.style == "matrix":
        return "".join(
            f";{pair.removesuffix('=')}"
            for pair in _pairs(parameter.name, wire, ",", explode, encode)
        )
    return _joined(wire, ",", explode, encode)


def in_query(parameter: Parameter, value: object) -> Iterator[str]:
    """Write a value as the encoded `name=value` pairs of a query.

    None is left out, as no query says null; so are lists and objects without parts.
    """
    wire = parameter.wire(value)
    encode = _encoder(IN_RESERVED if parameter.reserved else "")
    if parameter.json:
        yield f"{quote(parameter.name, safe='')}={encode(_json(wire))}"
    elif parameter.style == "deepObject":
        yield from _deep(quote(parameter.name, safe=""), wire, encode)
    else:
        separator = quote(_SEPARATORS.get(parameter.style, ","), safe=",")
        usual = parameter.style in ("", "form")
        explode = usual if parameter.explode is None else parameter.explode
        yield from _pairs(parameter.name, wire, separator, explode, encode)


def in_header(parameter: Parameter, value: object) -> str | None:
    """Write a value as a header; None for what has none: null.

    Raises ValueError for text that no header can carry.
    """
    wire = parameter.wire(value)
    if wire is None:
        return None
    plain = _json(wire) if parameter.json else None
    text = plain or _joined(wire, ",", bool(parameter.explode), str)
    if not text.isascii() or not text.replace("\t", " ").isprintable():
        raise ValueError(f"{parameter.name}: a header is one line of ASCII text")
    return text


def in_cookie(parameter: Parameter, value: object) -> Iterator[str]:
    """Write a value as the `name=value` pairs of a Cookie header, encoded."""
    wire = parameter.wire(value)
    encode = _encoder("")
    if parameter.json:
        yield f"{quote(parameter.name, safe='')}={encode(_json(wire))}"
    else:
        explode = parameter.explode is not False
        yield from _pairs(parameter.name, wire, ",", explode, encode)


def text_of(wire: object) -> str:
    """Give the text of a JSON value outside of JSON: no quotes, true and false."""
    if isinstance(wire, str):
        return wire
    return _json(wire)


def form_pairs(
    name: str, wire: object, style: str, explode: bool | None
) -> Iterator[tuple[str, str]]:
    """Give a property of a form as pairs of texts that are not encoded yet.

    Lists repeat the name unless told otherwise; an object in it is a JSON text, unless a
    style says how else it is written, as in a query (OpenAPI 3.1 section 4.8.15).
    """
    if wire is None:
        return
    is_deep = style == "deepObject"
    exploded = style in ("", "form") if explode is None else explode
    is_styled = is_list(wire) or style != "" or explode is not None
    if is_object(wire) and is_deep:
        for key, value in wire.items():
            yield from form_pairs(f"{name}[{key}]", value, style, explode)
    elif is_list(wire) and (exploded or is_deep):
        yield from ((name, text_of(item)) for item in wire)
    elif is_object(wire) and is_styled and exploded:
        yield from ((key, text_of(part)) for key, part in wire.items())
    elif is_styled:
        yield name, _joined(wire, _SEPARATORS.get(style, ","), False, str)
    else:
        yield name, text_of(wire)


def _json(wire: object) -> str:
    return dumps(wire).decode()


def _encoder(safe: str) -> Callable[[str], str]:
    def encode(text: str) -> str:
        return quote(text, safe=safe)

    return encode


def _joined(
    wire: object, separator: str, explode: bool, encode: Callable[[str], str]
) -> str:
    """Write a value as one text: the parts of a list, the names and parts of an object
    (`a=1` where it is exploded)."""
    if is_list(wire):
        return separator.join([encode(text_of(item)) for item in wire])
    if is_object(wire):
        between = "=" if explode else separator
        return separator.join(
            f"{encode(name)}{between}{encode(text_of(part))}"
            for name, part in wire.items()
        )
    return encode(text_of(wire))


def _pairs(
    name: str,
    wire: object,
    separator: str,
    explode: bool,
    encode: Callable[[str], str],
) -> Iterator[str]:
    """Write a value as `name=value` pairs, one a part where it is exploded."""
    if wire is None or wire == [] or wire == {}:
        return
    label = quote(name, safe="")
    if explode and is_list(wire):
        for item in wire:
            yield f"{label}={encode(text_of(item))}"
    elif explode and is_object(wire):
        for key, part in wire.items():
            yield f"{encode(key)}={encode(text_of(part))}"
    else:
        yield f"{label}={_joined(wire, separator, False, encode)}"


def _deep(name: str, wire: object, encode: Callable[[str], str]) -> Iterator[str]:
    """Write an object as `name[part]=value`, the brackets encoded (RFC 3986)."""
    if is_object(wire):
        for key, part in wire.items():
            yield from _deep(f"{name}%5B{quote(key, safe='')}%5D", part, encode)
    elif is_list(wire):
        for item in wire:
            yield from _deep(name, item, encode)
    elif wire is not None:
        yield f"{name}={encode(text_of(wire))}"
