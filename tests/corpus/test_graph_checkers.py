"""The whole of Microsoft Graph under the type checkers and the formatter.

Each of the three takes the better part of a minute, so each runs once, over all files.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from corpus.checkers import CHECKERS
from corpus.packages import Package

pytestmark = [pytest.mark.corpus, pytest.mark.slow, pytest.mark.checkers]


@pytest.mark.parametrize("checker", CHECKERS)
def test_nothing_is_found(graph: Package, tmp_path: Path, checker: str) -> None:
    started = time.perf_counter()
    assert CHECKERS[checker](graph.folder, [graph.name], tmp_path) == []
    print(f"\n{checker}: {time.perf_counter() - started:.1f} s")
