"""JSON texts to Python values and back, by orjson where it is installed and fit.

`model` and the HTTP half read and write all JSON here, so that nobody else has to know
where orjson differs from the standard library: it reads integers of more than 64 bits
as floats and refuses to write them, and it refuses lone surrogates and bare NaN. Such
texts and values go through the standard library.
"""

from __future__ import annotations

import importlib
import json
from typing import Any

try:
    _orjson: Any = importlib.import_module("orjson")
except ImportError:
    _orjson = None

_DIGITS_TO_ZERO = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 19
"""Integers of 18 digits fit into 64 bits; of those of 19 some do not."""


def loads(data: bytes | bytearray | str) -> Any:
    """Read a JSON text, with integers of any length; raises ValueError if it is none."""
    if _orjson is not None:
        octets = data.encode(errors="surrogatepass") if isinstance(data, str) else data
        if _LONG_NUMBER not in octets.translate(_DIGITS_TO_ZERO):
            try:
                return _orjson.loads(octets)
            except ValueError:
                return json.loads(data)
    return json.loads(data)


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
    try:
        return _encoder.encode(value).encode()
    except UnicodeEncodeError:
        return _ascii_encoder.encode(value).encode()


def _compact(*, ascii_only: bool) -> json.JSONEncoder:
    # An object that holds itself ends in RecursionError; to look for one costs a tenth.
    return json.JSONEncoder(
        ensure_ascii=ascii_only,
        check_circular=False,
        allow_nan=False,
        separators=(",", ":"),
    )


_encoder = _compact(ascii_only=False)
_ascii_encoder = _compact(ascii_only=True)
