"""What is put into documents: names that mean harm, numbers that are too large, values of
types that nobody expects."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.emitters.random_descriptions import HOSTILE, NAMES

HARMFUL = [
    *HOSTILE,
    '"""\nimport os\n"""',
    "'; DROP",
    "x\n    import os",
    "a\\\n",
    "\\",
    '\\"""',
    "{{ view }}",
    "{% include 'x' %}",
    "{# x",
    "/absolute/path",
    "..\\..\\x",
    "C:/x",
    "NUL",
    "nul.txt",
    "com1",
    "LPT9.md",
    "name.",
    "name ",
    ".hidden",
    "a/b",
    "A\u0301",
    "\u0430dmin",  # a Cyrillic letter that looks like a Latin one
    "\u2066x\u2069",
    "\ufeffx",
    "\u0130",
    "\ufb01le",
    "ſ",
    "K",  # the sign of Kelvin
    "x" * 300,
    "é" * 130,
    "-->",
    "]]>",
    "&amp;",
    "<!-- x",
    "--- |",
    "title: x\n---",
    "``",
    "[a](b)",
    "$batch",
    "$count",
    "*",
    "%s%n",
    "0x10",
    "1e999",
    "__proto__",
    "__dict__",
    "__class_getitem__",
    "__getattr__",
    "_MODULES",
    "TYPE_CHECKING",
    "annotations",
]

NUMBERS = [
    *(
        "0",
        "-1",
        "-0",
        "1e400",
        "-1e-400",
        "1e99999999",
        "1E-99999999",
        "0.1",
        "1" * 30,
        "9" * 5000,
        "NaN",
    ),
    *("Infinity", "-INF", "0x1f", "1_000", "٣", "9223372036854775808", "1e5", "00"),
]

CHARACTERS = [
    *("\0", "\x01", "\x1b", "\x7f", "\x85", "\u00a0", "\u200b", "\u202e", "\u2028"),
    *("\ufeff", "\ufffe", "\U000e0041", "😀", "\r", "\t", "\v", "\f", "&", "<", ">"),
    *('"', "'", "\\", "{", "}", "[", "]", "#", "%", ":", "|", "*", "!", "@", "`"),
]

PUBLIC = [name for name in NAMES if name.isidentifier()]


def name(chance: random.Random) -> str:
    """Give a name: one in two means harm, the others only get in the way."""
    found = chance.choice(HARMFUL if chance.random() < 0.5 else NAMES)
    if chance.random() < 0.15:
        return found.swapcase()
    if chance.random() < 0.1:
        return found + chance.choice(CHARACTERS) + chance.choice(HARMFUL)
    return found


def text(chance: random.Random) -> str:
    """Give a text of several words."""
    pieces = [chance.choice([*HARMFUL, "word", "\n\n"]) for _ in range(4)]
    return chance.choice([" ", "", "\n"]).join(pieces)


def number(chance: random.Random) -> float | int:
    """Give a number, as large as they come."""
    return chance.choice(
        [0, -1, 1, 2, 10, 255, 2**31, 2**63, -(2**63) - 1, 10**30, 10**400, 0.1]
        + [1e308, 5e-324, -0.0, 1e16, 1.5]
    )


def value(chance: random.Random) -> Any:
    """Give a value of any type of JSON."""
    makers: list[Callable[[], Any]] = [
        lambda: None,
        lambda: chance.random() < 0.5,
        lambda: number(chance),
        lambda: name(chance),
        lambda: text(chance),
        lambda: [],
        lambda: {},
        lambda: [name(chance), number(chance)],
        lambda: {name(chance): name(chance)},
        lambda: [[[]]],
        lambda: chance.choice(["string", "object", "array", "integer", "null"]),
    ]
    return chance.choice(makers)()
