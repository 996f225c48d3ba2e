"""What a program pays before its first answer: imports, a client, the first user."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from .measure import Figure, Row, Run, difference, in_turns, run, seconds
from .page import users_page
from .setting import BASE_URL, CONTESTANTS, PACKAGE, Setting

_HTTPX = "import httpx"
_OURS = f"import {PACKAGE}; {PACKAGE}.Client('token', base_url='{BASE_URL}')"


def measure_startup(setting: Setting) -> list[Row]:
    """Measure imports as whole processes, and the first user inside fresh ones."""
    env = {"PYTHONPATH": str(setting.package_folder())}
    user = setting.work / "user.json"
    user.write_text(json.dumps(users_page(1)["value"][0]), encoding="utf-8")
    contestants = {
        "httpx": lambda: run([setting.python, "-c", _HTTPX], env),
        "ours": lambda: run([setting.python, "-c", _OURS], env),
        "first": lambda: _first_user(setting, "first_ours.py", user),
    }
    if setting.peers:
        contestants["kiota"] = lambda: _first_user(setting, "first_kiota.py", user)
    results = in_turns(contestants, setting.runs)
    rows = _import_rows(results["httpx"], results["ours"])
    rows += _first_rows("this package", results["first"], "10 ms", "10")
    if setting.peers:
        rows += _first_rows("msgraph-sdk", results["kiota"])
    return rows


def _first_user(setting: Setting, program: str, user: Path) -> Run:
    env = {"PYTHONPATH": str(setting.package_folder())}
    return run([setting.python, str(CONTESTANTS / program), str(user)], env)


def _import_rows(httpx: Sequence[Run], ours: Sequence[Run]) -> list[Row]:
    more = difference(ours, httpx) * 1000
    return [
        Row("`import httpx`", seconds(httpx).text("s", 3)),
        Row(f"`import {PACKAGE}` and a client", seconds(ours).text("s", 3)),
        Row("the difference", f"{more:.0f} ms", "40 ms"),
    ]


def _first_rows(
    who: str, runs: Sequence[Run], time_limit: str = "", module_limit: str = ""
) -> list[Row]:
    found = [json.loads(one.output) for one in runs]
    times = Figure(tuple(item["ms"] for item in found))
    modules = statistics.median(item["modules"] for item in found)
    subject = f"first user, five properties: {who}"
    return [
        Row(subject, times.text("ms", 1), time_limit),
        Row(f"{subject}, modules of the package", f"{modules:,.0f}", module_limit),
    ]
