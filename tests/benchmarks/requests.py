"""One GET: by this package, and by hand with httpx, in turns inside of one process."""

from __future__ import annotations

import json

from .measure import Figure, Row, run
from .setting import CONTESTANTS, PACKAGE, Setting

LIMIT = 1.5


def measure_requests(setting: Setting) -> list[Row]:
    """Measure both ways, sync and async: microseconds a request, and their ratio."""
    env = {"PYTHONPATH": str(setting.package_folder())}
    program = str(CONTESTANTS / "with_requests.py")
    found = json.loads(run([setting.python, program, PACKAGE], env).output)
    rows: list[Row] = []
    for kind, ways in found.items():
        wall = {
            who: Figure(tuple(one[0] for one in rounds)) for who, rounds in ways.items()
        }
        for who, figure in wall.items():
            rows.append(Row(f"one GET, {kind}, {who}", figure.text("µs", 0)))
        ratio = wall["ours"].median / wall["by hand"].median
        rows.append(Row(f"one GET, {kind}, ratio", f"{ratio:.2f}", f"{LIMIT}"))
    return rows
