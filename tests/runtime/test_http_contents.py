"""Bodies of requests: which media type a value is written in, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from io import BytesIO
from typing import Any

import httpx
import pytest
from http_service import Person

from generator.runtime.choices import union_of
from generator.runtime.codecs import (
    ANY,
    BINARY,
    BOOLEAN,
    INTEGER,
    STRING,
    Nested,
    list_of,
)
from generator.runtime.contents import Body, Given, Part, Written, body, part, write
from generator.runtime.model import Field, Model, field


def written(bodies: Sequence[Body], value: Any, content_type: str = "") -> Written:
    found = write(bodies, Given(value, None, content_type), False)
    assert found is not None
    return found


def sent(found: Written) -> bytes:
    return httpx.Request("PUT", "https://x", content=found.content).read()


class Choice(Nested):
    """The codec of a type definition, which a generated package would import."""

    def __init__(self) -> None:
        super().__init__("choice", "CODEC")

    def target(self) -> Any:
        return union_of(STRING, INTEGER)


def test_a_choice_of_types_leaves_the_models_of_other_media_types_alone() -> None:
    person = Person(name="Ada")
    bodies = [
        body("application/json", Choice()),
        body("application/xml", None),
        body("application/x+json", Person._codec()),
    ]
    assert written(bodies, person).headers["content-type"] == "application/x+json"
    assert written(bodies, 1).headers["content-type"] == "application/json"


def pieces() -> Iterator[bytes]:
    yield b"12"
    yield b"3"


@pytest.mark.parametrize(
    "given",
    [
        lambda: BytesIO(b"123"),
        pieces,
        lambda: bytearray(b"123"),
        lambda: memoryview(b"123"),
    ],
)
@pytest.mark.parametrize("item", [INTEGER, ANY])
def test_content_is_not_used_up_by_the_choice_of_a_media_type(
    given: Callable[[], Any], item: Any
) -> None:
    bodies = [body("application/json", list_of(item)), body("application/pdf")]
    found = written(bodies, given())
    assert found.headers["content-type"] == "application/pdf"
    assert sent(found) == b"123"


class Right(Model):
    """A model with a property of the name that files are known by."""

    __slots__ = ()
    read: Field[bool] = field("read", BOOLEAN, default=None)


def test_an_object_with_a_property_named_read_is_no_file() -> None:
    bodies = [body("text/plain", STRING), body("application/json", Right._codec())]
    for described in (bodies, [body("*/*", ANY)]):
        found = written(described, Right(read=True))
        assert found.content == b'{"read":true}'
        assert found.headers["content-type"] == "application/json"


def test_items_are_not_used_up_by_the_choice_of_a_media_type() -> None:
    bodies = [body("application/json", list_of(INTEGER)), body("text/plain", STRING)]
    assert written(bodies, iter([1, 2])).content == b"[1,2]"
    with pytest.raises(TypeError, match="bytearray"):
        written(bodies, bytearray(b"123"))


@pytest.mark.parametrize(
    ("described", "codec", "value", "content", "sent"),
    [
        ("*/*", ANY, {"a": 1}, b'{"a":1}', "application/json"),
        ("*/*", list_of(INTEGER), [1], b"[1]", "application/json"),
        ("application/*", ANY, {"a": 1}, b'{"a":1}', "application/json"),
        ("*/*", STRING, "é", "é".encode(), "text/plain; charset=utf-8"),
        ("*/*", ANY, "é", "é".encode(), "text/plain; charset=utf-8"),
        ("text/*", STRING, "a", b"a", "text/plain; charset=utf-8"),
        ("text/css", STRING, "a", b"a", "text/css; charset=utf-8"),
        ("a/b+json; v=1", ANY, 1, b"1", "a/b+json; v=1"),
        ("*/*", BINARY, b"a", b"YQ==", "text/plain; charset=utf-8"),
    ],
)
def test_a_range_of_media_types_is_not_what_is_sent(
    described: str, codec: Any, value: Any, content: bytes, sent: str
) -> None:
    found = written([body(described, codec)], value)
    assert (found.content, found.headers["content-type"]) == (content, sent)


@pytest.mark.parametrize("codec", [ANY, None])
@pytest.mark.parametrize("kind", [bytes, bytearray, BytesIO])
def test_bytes_are_sent_as_they_are_where_anything_may_be(
    codec: Any, kind: Any
) -> None:
    value = kind(b"raw")
    found = written([body("*/*", codec)], value)
    assert sent(found) == b"raw"
    assert found.headers["content-type"] == "application/octet-stream"
    found = written([body("*/*", codec)], value, "image/png")
    assert found.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Part("n", INTEGER, many=True), ["1", "2"]),
        (Part("n", INTEGER, many=True, explode=False), ["1,2"]),
        (Part("n", INTEGER, many=True, style="form", explode=True), ["1", "2"]),
        (Part("n", INTEGER, many=True, style="pipeDelimited"), ["1|2"]),
    ],
)
def test_lists_of_a_multipart_body_by_their_style(
    told: Part, expected: list[str]
) -> None:
    found = written([body("multipart/form-data", parts={"n": told})], {"n": [1, 2]})
    head = f"Content-Type: {found.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + sent(found))
    assert [each.get_payload() for each in message.get_payload()] == expected


def test_a_property_of_a_form_as_json() -> None:
    told = part("p", list_of(INTEGER), content_type="application/json")
    form = "application/x-www-form-urlencoded"
    found = written([body(form, ANY, parts={"p": told})], {"p": [1], "q": [1, 2]})
    assert found.content == b"p=%5B1%5D&q=1&q=2"
