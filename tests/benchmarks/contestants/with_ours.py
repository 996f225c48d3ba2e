"""The generated package: with_ours.py PAGE json|orjson."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

if sys.argv[2] == "json":
    sys.modules["orjson"] = None  # type: ignore[assignment]
else:
    import orjson  # noqa: F401  # stops here where it is not installed

from graph_v1._runtime.json import dumps, loads
from graph_v1.models import User
from stopwatch import check, compete


def decode(data: bytes) -> Iterable[Any]:
    """Do what a list operation does with a page."""
    return map(User.from_dict, loads(data)["value"])


def encode(users: list[Any]) -> bytes:
    """Write the users back."""
    return dumps({"value": [user.to_dict() for user in users]})


page = Path(sys.argv[1]).read_bytes()
decoded = list(decode(page))
check(decoded[0])
assert loads(encode(decoded))["value"] == loads(page)["value"]
compete(page, decode, encode, decoded)
