"""Multipart bodies: several parts in one content, files among them (RFC 7578).

`contents` imports this module when such a body is first written. Files are read as they
are sent, so that none is ever held as a whole.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_type
from os import PathLike, fspath
from os.path import basename
from secrets import token_hex
from typing import Any, TypeAlias, cast

from .codecs import ANY
from .contents import Body, Part, Written, is_json
from .json import dumps
from .model import Model
from .options import UNSET
from .parameters import form_pairs
from .scalars import BINARY
from .shapes import is_list, is_mapping, is_object, is_tuple
from .streams import PIECE, AsyncContent, content_of

Named: TypeAlias = (
    tuple[str, "AsyncContent | PathLike[str]"]
    | tuple[str, "AsyncContent | PathLike[str]", str]
)

FilePart: TypeAlias = "AsyncContent | PathLike[str] | Named"
"""A file of a multipart body: bytes, a file open for reading bytes, pieces, a path, or a
tuple of file name, content and maybe media type."""

_ESCAPED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part as it is sent: its headers, and its content as `streams` knows it."""

    head: bytes
    content: Any


def multipart(
    chosen: Body,
    media_type: str,
    value: Any,
    properties: Mapping[str, Any],
    is_async: bool,
) -> Written:
    """Write a multipart body of a model, of a mapping by wire names, or of properties.

    Raises TypeError for a property that is missing or unknown.
    """
    parts = chosen.parts
    if parts is None:
        if not is_mapping(value):
            raise TypeError("this multipart body is a mapping of its properties")
        parts = {str(name): _guessed(str(name), item) for name, item in value.items()}
    given = properties if value is UNSET else _properties(parts, value)
    pieces: list[_Piece] = []
    known = {key: each for key, each in parts.items() if key in given}
    for key in given:
        if key not in parts:
            raise TypeError(f"no property {key!r}; known are: {', '.join(parts)}")
    for key, each in parts.items():
        if each.required and key not in given:
            raise TypeError(f"the body needs {key!r}")
    for key, each in known.items():
        pieces += _pieces(each, given[key], is_async)
    boundary = token_hex(16)
    kind = _AsyncContent if is_async else _SyncContent
    content = kind(boundary, pieces)
    headers = {"content-type": f"{media_type}; boundary={boundary}"}
    if content.size is not None:
        headers["content-length"] = str(content.size)
    return Written(content, headers, any(each.content.once for each in pieces))


def _guessed(name: str, value: Any) -> Part:
    """Take a property that nobody described for what it looks like."""
    plain = str | bool | int | float | None | Model
    is_plain = isinstance(value, plain) or is_mapping(value) or is_list(value)
    return Part(name, ANY if is_plain else None)


def _properties(parts: Mapping[str, Part], value: Any) -> dict[str, Any]:
    """Give the properties of a model or a mapping by keyword."""
    if isinstance(value, Model):
        found: Mapping[str, Any] = value.to_dict()
        load = True
    elif is_mapping(value):
        found, load = value, False
    else:
        raise TypeError("a multipart body is a model, a mapping or its properties")
    by_name = {each.name: key for key, each in parts.items()}
    result: dict[str, Any] = {}
    for name, item in found.items():
        each = parts.get(by_name.get(name, ""))
        if each is None:
            raise TypeError(f"no property {name!r}; known are: {', '.join(by_name)}")
        codec = BINARY if each.codec is None else each.codec
        if load and item is not None:
            many = each.many and is_list(item)
            item = [codec.load(i) for i in item] if many else codec.load(item)
        result[by_name[name]] = item
    return result


def _pieces(each: Part, value: Any, is_async: bool) -> Iterator[_Piece]:
    if value is None:
        return
    if each.codec is None:
        for file in value if each.many and is_list(value) else [value]:
            yield _file(each, file, is_async)
        return
    is_styled = each.style != "" or each.explode is not None
    wires = [each.codec.dump(one) for one in (value if each.many else [value])]
    for wire in [wires] if each.many and is_styled else wires:
        if is_json(each.content_type) or (
            is_object(wire) and not (is_styled or each.content_type)
        ):
            kind = each.content_type or "application/json"
            yield _text(each.name, kind, dumps(wire), is_async)
            continue
        for name, text in form_pairs(each.name, wire, each.style, each.explode):
            yield _text(name, each.content_type, text.encode(), is_async)


def _text(name: str, kind: str, content: bytes, is_async: bool) -> _Piece:
    return _Piece(_head(name, "", kind), content_of(content, is_async))


def _file(each: Part, value: Any, is_async: bool) -> _Piece:
    """Write a file: its name and media type are told or guessed."""
    name, content, kind = _told(value)
    path = _path(content)
    if path:
        content = _OnDisk(path)
    else:
        opened = getattr(content, "name", "")
        path = opened if isinstance(opened, str) else ""
    name = name or basename(path)
    usual = "" if "*" in each.content_type else each.content_type.partition(",")[0]
    kind = kind or usual.strip() or guess_type(name)[0] or "application/octet-stream"
    head = _head(each.name, name or each.name, kind)
    return _Piece(head, content_of(content, is_async))


def _told(value: Any) -> tuple[str, Any, str]:
    """Give the file name, the content and the media type that a caller gives, "" for
    what is not given."""
    parts: Sequence[Any] = value if is_tuple(value) else ("", value)
    if len(parts) not in (2, 3):
        raise TypeError(
            "a file is given as content, or with its name, or also its type"
        )
    kind = str(parts[2]) if len(parts) == 3 else ""
    return str(parts[0]), parts[1], kind


def _path(content: Any) -> str:
    """Give the path of a file that is given by it, "" for content."""
    if not isinstance(content, PathLike):
        return ""
    path: str = fspath(cast("PathLike[str]", content))
    return path


def _head(name: str, file_name: str, kind: str) -> bytes:
    """Write the headers of a part (RFC 7578 section 4.2)."""
    if not kind.isprintable():
        raise ValueError(f"no media type: {kind!r}")
    told = f'form-data; name="{name.translate(_ESCAPED)}"'
    if file_name:
        told += f'; filename="{file_name.translate(_ESCAPED)}"'
    lines = f"Content-Disposition: {told}\r\n"
    if kind:
        lines += f"Content-Type: {kind}\r\n"
    return f"{lines}\r\n".encode()


class _OnDisk:
    """A file by its path, which is opened each time that it is read."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with open(self._path, "rb") as file:
            while piece := file.read(PIECE):
                yield piece


class _Content:
    """The parts with their boundaries, as httpx takes them: they begin anew each time.

    `size` is None where that of a part is not known.
    """

    def __init__(self, boundary: str, pieces: list[_Piece]) -> None:
        self._line = f"--{boundary}".encode()
        self._pieces = pieces
        self.size: int | None = len(self._line) + 4
        for piece in pieces:
            size = _size(piece.content)
            if size is None or self.size is None:
                self.size = None
            else:
                self.size += len(self._line) + len(piece.head) + size + 4

    def _begins(self, piece: _Piece) -> bytes:
        return self._line + b"\r\n" + piece.head

    @property
    def _end(self) -> bytes:
        return self._line + b"--\r\n"


class _SyncContent(_Content):
    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            yield self._begins(piece)
            content = piece.content.content
            yield from [content] if isinstance(content, bytes) else content
            yield b"\r\n"
        yield self._end


class _AsyncContent(_Content):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield self._begins(piece)
            content = piece.content.content
            if isinstance(content, bytes):
                yield content
            else:
                async for each in content:
                    yield each
            yield b"\r\n"
        yield self._end


def _size(content: Any) -> int | None:
    if isinstance(content.content, bytes):
        return len(content.content)
    told = content.headers.get("content-length")
    return None if told is None else int(told)
