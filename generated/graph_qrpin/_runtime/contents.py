"""Bodies of requests: a value becomes the content of a request, by its media type.

A generated module describes the body of an operation in each of its media types by
`body`; `requests` writes the one that is given. JSON, forms (OpenAPI 3.1 section
4.8.14), text and bytes are written here, `multipart` writes what is named after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .bodies import sent
from .codecs import ANY, Nested
from .json import dumps
from .model import Model
from .options import UNSET
from .parameters import form_pairs
from .scalars import Codec
from .shapes import is_mapping, is_object

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Part:
    """A property of a form or of a multipart body, by its wire name.

    `codec` is None for a file, `many` says that there may be several. `content_type`,
    `style` and `explode` are what its encoding says (OpenAPI 3.1 section 4.8.15).
    """

    name: str
    codec: Codec[Any] | None = None
    required: bool = False
    many: bool = False
    content_type: str = ""
    style: str = ""
    explode: bool | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body in one media type.

    `codec` is None for one of bytes. `parts` are the properties of a form or multipart
    body, by the keywords that give them. `required`: there is a body even where it has
    no properties.
    """

    media_type: str
    codec: Codec[Any] | None = None
    parts: Mapping[str, Part] | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gives as a body: a value, or the properties of an object."""

    value: Any = UNSET
    properties: Mapping[str, Any] | None = None
    content_type: str = UNSET


@dataclass(frozen=True, slots=True)
class Written:
    """A body that is ready to be sent; `once` says that there is no second time."""

    content: Any
    headers: Mapping[str, str]
    once: bool = False


def body(
    media_type: str,
    codec: Codec[Any] | None = None,
    *,
    parts: Mapping[str, Part] | None = None,
    required: bool = False,
) -> Body:
    """Describe a body in one media type."""
    return Body(media_type, codec, parts, required)


def part(
    name: str,
    codec: Codec[Any] | None = None,
    *,
    required: bool = False,
    many: bool = False,
    content_type: str = "",
    style: str = "",
    explode: bool | None = None,
) -> Part:
    """Describe a property of a form or of a multipart body."""
    return Part(name, codec, required, many, content_type, style, explode)


def is_json(media_type: str) -> bool:
    """Whether a media type is that of a JSON text (RFC 6839 section 3.1)."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.endswith(("/json", "+json"))


def write(bodies: Sequence[Body], given: Given, is_async: bool) -> Written | None:
    """Write what a caller gives; None where nothing is given.

    Raises TypeError for what no media type of the operation takes, ValueError for a
    media type that is none, or none of the operation's.
    """
    properties = _set(given.properties)
    if given.value is UNSET:
        is_wanted = given.properties is not None and bodies and bodies[0].required
        if not properties and not is_wanted:
            return None
    elif properties:
        raise TypeError(f"give a body or its properties, not both: {list(properties)}")
    chosen = _chosen(bodies, given)
    media_type = given.content_type or chosen.media_type
    if not media_type.isascii() or not media_type.isprintable():
        raise ValueError(f"no media type: {media_type!r}")
    if chosen.media_type.startswith("multipart/"):
        from .multipart import multipart

        return multipart(chosen, media_type, given.value, properties, is_async)
    if chosen.codec is None or (chosen.codec is ANY and _is_content(chosen, given)):
        from .streams import content_of

        made = content_of(given.value, is_async)
        kind = _settled(media_type, "application/octet-stream")
        headers = {"content-type": kind, **made.headers}
        return Written(made.content, headers, made.once)
    value = made_of(chosen.codec, given.value, properties)
    wire = None if value is None else sent(value, chosen.codec)
    if chosen.media_type == FORM:
        return Written(_form(chosen, wire), {"content-type": media_type})
    if is_json(chosen.media_type) or not isinstance(wire, str):
        kind = _settled(media_type, "application/json")
        return Written(dumps(wire), {"content-type": kind})
    media_type = _settled(media_type, "text/plain")
    if "charset" not in media_type:
        media_type += "; charset=utf-8"
    return Written(wire.encode(), {"content-type": media_type})


def made_of(codec: Codec[Any], value: Any, properties: Mapping[str, Any]) -> Any:
    """Give the value of a body, made of its properties if those were given."""
    if value is not UNSET:
        return value
    if not isinstance(codec, Nested):
        raise TypeError("this body is given as a value")
    return codec.target()(**properties)


def _set(properties: Mapping[str, Any] | None) -> dict[str, Any]:
    found = (properties or {}).items()
    return {name: value for name, value in found if value is not UNSET}


def _chosen(bodies: Sequence[Body], given: Given) -> Body:
    """Choose the media type: the one that is asked for, else the first that can carry
    what is given."""
    if not bodies:
        raise TypeError("this operation takes no body")
    if given.content_type:
        asked = given.content_type.partition(";")[0].strip().lower()
        for each in bodies:
            if _matches(asked, each.media_type.partition(";")[0].strip().lower()):
                return each
        known = ", ".join(each.media_type for each in bodies)
        raise ValueError(f"content_type is one of {known}; got {asked!r}")
    if given.value is UNSET:
        return bodies[0]
    for each in bodies:
        if _takes(each, given.value):
            return each
    return bodies[0]


def _matches(asked: str, described: str) -> bool:
    """Whether a media type is the one described, which may be a range (RFC 9110
    section 12.5.1)."""
    kind, _, rest = described.partition("/")
    return asked == described or (
        rest == "*" and kind in ("*", asked.partition("/")[0])
    )


def _settled(media_type: str, kind: str) -> str:
    """Give the media type of what is written as `kind`: that, where a range that holds
    it is all that is said, as a range is none (RFC 9110 section 8.3)."""
    return kind if _matches(kind, media_type) else media_type


def _is_content(chosen: Body, given: Given) -> bool:
    """Whether bytes or a file are given where anything may be, in any media type."""
    is_bytes = isinstance(given.value, bytes | bytearray | memoryview)
    return (is_bytes or _is_file(given.value)) and "*" in chosen.media_type


def _is_file(value: object) -> bool:
    """Whether a value is an open file; an object may have a property `read`."""
    return hasattr(value, "read") and not isinstance(value, Model)


def _takes(each: Body, value: object) -> bool:
    """Whether a media type can carry a value, by the type of the value alone."""
    if each.codec is None:
        return not isinstance(value, str | Model | bool | int | float | None) and not (
            is_mapping(value) or isinstance(value, list)
        )
    if _is_file(value) or isinstance(value, Iterator):
        return False  # to try would use it up
    if each.parts is not None and each.media_type.startswith("multipart/"):
        return isinstance(value, Model) or is_mapping(value)
    if isinstance(each.codec, Nested) and isinstance(value, Model):
        target: Any = each.codec.target()
        if isinstance(target, type):
            return isinstance(value, target)
    try:
        each.codec.dump(value)
    except (TypeError, ValueError, AttributeError):
        return False
    return True


def _form(chosen: Body, wire: object) -> bytes:
    """Write a form. Raises TypeError for what is no object."""
    if not is_object(wire):
        raise TypeError("a form is an object with properties")
    table = {each.name: each for each in (chosen.parts or {}).values()}
    pairs: list[tuple[str, str]] = []
    for name, value in wire.items():
        told = table.get(name)
        if told is not None and is_json(told.content_type) and value is not None:
            pairs.append((name, dumps(value).decode()))
        elif told is not None:
            pairs += form_pairs(name, value, told.style, told.explode)
        else:
            pairs += form_pairs(name, value, "", None)
    return urlencode(pairs).encode("ascii")
