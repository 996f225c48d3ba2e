"""Published libraries work with the generated package as it is: tracing, credentials."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from server import Server

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent
GENERATED = HERE.parents[1] / "generated"
PATH = "/beta/me/authentication/qrCodePinMethod/pin"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(lambda request: (200, {}, {"id": "1"})) as running:
        yield running


def test_opentelemetry_traces_either_client(
    server: Server, run_script: Callable[..., Any]
) -> None:
    spans = run_script("traced_requests.py", f"{server.url}/beta")
    requests = [span for span in spans if span["kind"] == "CLIENT"]
    ours = {span["id"]: span["name"] for span in spans if span["kind"] == "INTERNAL"}
    assert [ours[span["parent"]] for span in requests] == ["sync", "async"]
    assert [request.path for request in server.requests] == [PATH, PATH]
    for span, request in zip(requests, server.requests, strict=True):
        assert span["name"] == "GET"
        assert f"{server.url}{PATH}" in span["attributes"].values()
        assert 200 in span["attributes"].values()
        parent = f"00-{span['trace']}-{span['id']}-"
        assert request.headers["traceparent"].startswith(parent)
        assert request.headers["authorization"] == "Bearer token-1"
    assert "token-1" not in str(spans)


def test_azure_credentials_are_asked(
    server: Server, run_script: Callable[..., Any]
) -> None:
    asked = run_script("azure_credentials.py", f"{server.url}/beta")
    default = [f"{server.url}/.default"]
    assert asked == [default, ["a", "b"], default, default]
    tokens = [request.headers["authorization"] for request in server.requests]
    assert tokens == [f"Bearer {kind}" for kind in ["sync"] * 5 + ["async"]]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A copy of the script, in a folder where checkers may leave what they like."""
    return Path(shutil.copy(HERE / "azure_credentials.py", tmp_path))


@pytest.mark.checkers
def test_azure_credentials_fit_in_types_for_mypy(
    peer_python: str, script: Path
) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", script.name]
    checked = subprocess.run(
        [*command, "--python-executable", peer_python],
        cwd=script.parent,
        env=os.environ | {"MYPYPATH": str(GENERATED)},
        capture_output=True,
        text=True,
    )
    assert checked.stdout == "Success: no issues found in 1 source file\n"


@pytest.mark.checkers
def test_azure_credentials_fit_in_types_for_pyright(
    peer_python: str, script: Path
) -> None:
    settings = {
        "include": [script.name],
        "extraPaths": [str(GENERATED)],
        "typeCheckingMode": "strict",
    }
    (script.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson"]
    checked = subprocess.run(
        [*command, "--pythonpath", peer_python],
        cwd=script.parent,
        env=os.environ | {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
    )
    said = json.loads(checked.stdout)
    assert (said["generalDiagnostics"], said["summary"]["filesAnalyzed"]) == ([], 1)
