"""JSON texts to Python values and back, by orjson where it is installed and fit.

`model` and the HTTP half read and write all JSON here, so that nobody else has to know
where orjson differs from the standard library: it reads integers of more than 64 bits
as floats and refuses to write them, and it refuses lone surrogates. Such texts and
values go through the standard library.

A number with a fraction or an exponent that a float does not hold exactly is read as a
Decimal, and a Decimal is written as a number. NaN and Infinity, which JSON does not have
(RFC 8259, section 6), are refused when read.
"""

from __future__ import annotations

import importlib
import json
import math
import re
from decimal import Decimal
from typing import Any, Never
from uuid import uuid4

try:
    _orjson: Any = importlib.import_module("orjson")
except ImportError:
    _orjson = None

_TO_ZERO = bytes.maketrans(b"123456789.", b"0000000000")
_LONG = b"0" * 16
"""Integers of 18 digits fit into 64 bits, other numbers of 15 digits into a float."""

_NUMBER = re.compile(rb"([0-9]+)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MARK = uuid4().hex
"""Stands around decimals until the text is made; no value can know it beforehand."""

_MARKED = re.compile(f'"{_MARK}([^"]*)"')


def loads(data: bytes | bytearray | str) -> Any:
    """Read a JSON text, with numbers of any length; raises ValueError if it is none.

    That is also raised for one that is nested too deeply to be read.
    """
    if _orjson is not None:
        octets = data.encode(errors="surrogatepass") if isinstance(data, str) else data
        if _LONG not in octets.translate(_TO_ZERO) or not _has_long_number(octets):
            try:
                return _orjson.loads(octets)
            except ValueError:
                return _standard_loads(data)
    return _standard_loads(data)


def _standard_loads(data: bytes | bytearray | str) -> Any:
    try:
        return json.loads(data, parse_float=_fraction, parse_constant=_refused)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error


def _refused(name: str) -> Never:
    raise ValueError(f"{name} is no number in JSON")


def _fraction(text: str) -> float | Decimal:
    """Read a number as a float if that holds it, otherwise with all its digits."""
    number = float(text)
    if len(text) < 16 and math.isfinite(number) and number:
        return number
    exact = Decimal(text)
    return number if Decimal(repr(number)) == exact else exact


def _has_long_number(octets: bytes | bytearray) -> bool:
    """Whether there is a number, or a text like one, that orjson would shorten."""
    for found in _NUMBER.finditer(octets):
        whole, fraction, exponent = found.groups()
        if fraction is None and exponent is None:
            if len(whole) > 18:
                return True
        elif len(found[0]) > 15 and isinstance(_fraction(found[0].decode()), Decimal):
            return True
    return False


def dumps(value: Any) -> bytes:
    """Write a JSON text in UTF-8 without needless spaces.

    Raises TypeError for values that JSON has no form for, ValueError for NaN and
    infinities where orjson is not there to write them as null.
    """
    if _orjson is not None:
        try:
            written: bytes = _orjson.dumps(value)
        except TypeError:
            return _standard_dumps(value)
        return written
    return _standard_dumps(value)


def _standard_dumps(value: Any) -> bytes:
    text = _encoder.encode(value)
    try:
        return _MARKED.sub(r"\1", text).encode()
    except UnicodeEncodeError:
        return _MARKED.sub(r"\1", _ascii_encoder.encode(value)).encode()


def _marked(value: object) -> str:
    """Give a decimal as a text that is later made a number."""
    if isinstance(value, Decimal) and value.is_finite():
        return f"{_MARK}{value}"
    raise TypeError(f"{type(value).__name__} is not JSON serializable")


def _compact(*, ascii_only: bool) -> json.JSONEncoder:
    # An object that holds itself ends in RecursionError; to look for one costs a tenth.
    return json.JSONEncoder(
        ensure_ascii=ascii_only,
        check_circular=False,
        allow_nan=False,
        default=_marked,
        separators=(",", ":"),
    )


_encoder = _compact(ascii_only=False)
_ascii_encoder = _compact(ascii_only=True)
