"""A page of a hundred users: decoded, read and written, by this package and by peers.

Each contestant is a program in contestants/ that runs in a process of its own and prints its
rates in users a second:

- `five`: the page decoded from bytes, five properties of each user read
- `all`: the same, all 34 read
- `leaves`: the same, and everything inside of nested objects and lists read too
- `written`: the decoded page written back to JSON
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from .measure import BenchmarkError, Figure, Run, in_turns, run
from .page import users_json
from .setting import CONTESTANTS, Setting

MEASURES = ("five", "all", "leaves", "written")
HEADINGS = (
    "users a second",
    "five of each read",
    "all 34 read",
    "read to the leaves",
    "written back",
)
KIOTA = "msgraph-sdk (Kiota)"
PYDANTIC = "pydantic v2 `validate_json`"

_OURS = {
    "this package, json": ("with_ours.py", "json"),
    "this package, orjson": ("with_ours.py", "orjson"),
}
_PEERS = {
    KIOTA: ("with_kiota.py",),
    PYDANTIC: ("with_pydantic.py",),
    "msgspec": ("with_msgspec.py",),
}

Rates = Mapping[str, Mapping[str, Figure]]


def measure_decoding(setting: Setting, users: int = 100) -> Rates:
    """Measure all contestants in turns; one that cannot run here is left out."""
    page = setting.work / "users.json"
    page.write_bytes(users_json(users))
    programs = {**_OURS, **(_PEERS if setting.peers else {})}
    able = {
        name: (lambda words=words: _contestant(setting, words, page))
        for name, words in programs.items()
        if _works(setting, name, words, page)
    }
    return {
        name: _figures(results)
        for name, results in in_turns(able, setting.runs).items()
    }


def rate_rows(rates: Rates) -> list[tuple[str, ...]]:
    """Give a row per contestant, in users a second."""
    return [
        (name, *(f"{figures[key].median:,.0f}" for key in MEASURES))
        for name, figures in rates.items()
    ]


def ratio_rows(rates: Rates) -> list[tuple[str, ...]]:
    """Give how many times as fast as each peer this package is."""
    rows = []
    for name in _OURS:
        for peer in _PEERS:
            if name in rates and peer in rates:
                pair = (rates[name], rates[peer])
                rows.append((f"{name} / {peer}", *_ratios(*pair)))
    return rows


def _ratios(
    ours: Mapping[str, Figure], theirs: Mapping[str, Figure]
) -> tuple[str, ...]:
    return tuple(f"{ours[key].median / theirs[key].median:,.1f}" for key in MEASURES)


def _contestant(setting: Setting, words: Sequence[str], page: Path) -> Run:
    program, *options = words
    env = {"PYTHONPATH": str(setting.package_folder())}
    return run([setting.python, str(CONTESTANTS / program), str(page), *options], env)


def _works(setting: Setting, name: str, words: Sequence[str], page: Path) -> bool:
    try:
        _contestant(setting, words, page)
    except BenchmarkError as error:
        print(f"{name} is left out: {error}\n")
        return False
    return True


def _figures(runs: Sequence[Run]) -> dict[str, Figure]:
    found = [json.loads(one.output) for one in runs]
    return {key: Figure(tuple(item[key] for item in found)) for key in MEASURES}
