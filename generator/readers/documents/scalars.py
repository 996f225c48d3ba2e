"""Plain YAML scalars as the core schema of YAML 1.2 reads them (section 10.3.2).

Unlike YAML 1.1, `NO`, `on`, `1_000`, `0b1`, `1:20` and dates are texts, and `012` is
twelve.
"""

from __future__ import annotations

import math
import re
from typing import Final

Scalar = str | int | float | bool | None

STARTS: Final = frozenset("0123456789+-.~nNtTfF")
"""The first characters of plain scalars that may be something else than a text."""

_WORDS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_OCTAL: Final = re.compile(r"0o[0-7]+")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

_LONGEST: Final = 4000
"""How many digits an integer may have; Python refuses to read and to write 4,300."""


def resolve(text: str) -> Scalar:
    """Give what a plain scalar means.

    Raises ValueError, with what is wrong, for a number that JSON could not hold.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _DECIMAL.fullmatch(text):
        return integer(text)
    if _FLOAT.fullmatch(text):
        return real(text)
    if _OCTAL.fullmatch(text):
        return integer(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return integer(text[2:], 16)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"{text} is no number that JSON has")
    return text


def integer(text: str, base: int = 10) -> int:
    """Read an integer. Raises ValueError if it has far too many digits."""
    # sixteen is more than ten: each of its digits may take two of those
    if len(text) > (_LONGEST if base <= 10 else _LONGEST // 2):
        raise ValueError(f"a number of {len(text):,} digits")
    return int(text, base)


def real(text: str) -> float:
    """Read a floating-point number. Raises ValueError if it is too large for one."""
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text} is too large for a number")
    return value
