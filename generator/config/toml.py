"""TOML that anybody may have written, into tables: `tomllib` within limits.

It has none of its own: deep nesting ends it with RecursionError, a long number with a
ValueError, and a key of many parts takes it the square of their number.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

MAX_CHARACTERS: Final = 1_000_000
_MOST_PARTS: Final = 200

_KEY = re.compile(r"[\w\"'.\t -]+")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)\Z")


class TomlError(ValueError):
    """A text that is no TOML, or more of it than anybody writes; `line` and `column`
    begin with 1, and are 0 where they are not known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse(text: str) -> dict[str, Any]:
    """Give the table that a text stands for. Raises TomlError."""
    if len(text) > MAX_CHARACTERS:
        raise TomlError(f"it has more than {MAX_CHARACTERS:,} characters")
    for found in _KEY.finditer(text):
        if found[0].count(".") > _MOST_PARTS:
            line = text.count("\n", 0, found.start()) + 1
            raise TomlError(f"a key has more than {_MOST_PARTS} parts", line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _PLACE.search(message)
        if where is None:
            raise TomlError(message) from error
        line, column = int(where[1]), int(where[2])
        raise TomlError(message[: where.start()], line, column) from error
    except RecursionError as error:
        raise TomlError("it is nested too deeply") from error
    except ValueError as error:
        raise TomlError(f"a value cannot be read: {error}") from error
