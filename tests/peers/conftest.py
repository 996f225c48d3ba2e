"""Fixtures for the tests with published packages: how their scripts are run."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def peer_python() -> str:
    """The interpreter of the peers' environment; skips where there is none."""
    folder = ROOT / os.environ.get("SPECWRIGHT_PEERS", ".venv-peers-beta")
    python = folder / "bin" / "python"
    if not python.exists():
        pytest.skip(f"no published packages in {folder.name}: make test-peers")
    return str(python)


@pytest.fixture(scope="session")
def run_script(peer_python: str) -> Callable[..., Any]:
    """Runs a script of this folder, `graph_qrpin` within its reach; gives its JSON."""

    def run(name: str, *arguments: str) -> Any:
        # Their classes warn of their own use when they are imported.
        command = [peer_python, "-W", "ignore::DeprecationWarning", str(HERE / name)]
        path = {"PYTHONPATH": str(ROOT / "generated")}
        ended = subprocess.run(
            [*command, *arguments],
            env=os.environ | path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ended.returncode == 0, ended.stderr[-2000:]
        return json.loads(ended.stdout)

    return run
