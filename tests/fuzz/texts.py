"""Changes of documents as bytes: what a broken disk, a bad merge or an ill will gives."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from . import words

Change = Callable[[bytes, random.Random], bytes]


def changed(data: bytes, chance: random.Random) -> bytes:
    """Give a document with some bytes changed."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        data = chance.choice(CHANGES)(data, chance)
    return data


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Give the bounds of a piece, mostly a small one."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice([1, 2, 5, 20, 100, 1000]))


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def _end_early(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[start:end] * chance.choice([2, 2, 3, 50]) + data[end:]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    found = chance.choice([*words.CHARACTERS, words.name(chance), words.text(chance)])
    return data[:at] + found.encode("utf-8", "surrogatepass") + data[at:]


def _quoted(data: bytes, chance: random.Random) -> bytes:
    """Put a word in place of what stands in quotation marks somewhere."""
    found = list(re.finditer(rb"""(["'])([^"'\n]{0,80})\1""", data))
    if not found:
        return data
    start, end = chance.choice(found).span(2)
    return data[:start] + words.name(chance).encode() + data[end:]


def _number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    start, end = chance.choice(found).span()
    return data[:start] + chance.choice(words.NUMBERS).encode() + data[end:]


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Put a line, or several, in another place or in two."""
    lines = data.splitlines(keepends=True) or [b""]
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    taken = lines[at : at + chance.choice([1, 1, 3, 10])]
    if chance.random() < 0.5:
        del lines[at : at + len(taken)]
    return b"".join([*lines[:to], *taken, *lines[to:]])


def _indent(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    more = chance.choice([b" ", b"  ", b"\t", b"- ", b"? ", b"&a ", b"*a "])
    bare = lines[at].lstrip(b" ")
    lines[at] = chance.choice([more + lines[at], bare, more + bare])
    return b"".join(lines)


def _encode(data: bytes, chance: random.Random) -> bytes:
    kinds = ["utf-16", "utf-8-sig", "utf-32", "utf-16-be", "utf-7", "cp1252"]
    return data.decode("utf-8", "replace").encode(chance.choice(kinds), "replace")


CHANGES: list[Change] = [
    *(_flip, _cut, _end_early, _double, _move, _insert, _insert, _quoted, _quoted),
    *(_quoted, _number, _number, _lines, _lines, _indent, _encode),
]
