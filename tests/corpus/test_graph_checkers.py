"""The whole of Microsoft Graph under the type checkers and the formatter.

Each of the three takes the better part of a minute, so each runs once, over all files.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from corpus.checkers import black, mypy, pyright
from corpus.packages import Package

pytestmark = [pytest.mark.corpus, pytest.mark.slow, pytest.mark.checkers]


@pytest.mark.parametrize("checker", [mypy, pyright, black])
def test_nothing_is_found(graph: Package, tmp_path: Path, checker: object) -> None:
    assert callable(checker)
    started = time.perf_counter()
    found = checker(graph.folder, [graph.name], tmp_path)
    assert found == []
    print(f"\n{checker.__name__}: {time.perf_counter() - started:.1f} s")
