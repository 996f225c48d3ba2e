"""schemathesis, with all its phases and checks, against a service that does what the
bundled OpenAPI document says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from document_service import DocumentService
from server import Server

pytestmark = pytest.mark.peers

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "generated" / "graph-qrpin-openapi" / "openapi.yaml"


def test_it_finds_no_fault(peer_python: str, tmp_path: Path) -> None:
    document = yaml.load(DOCUMENT.read_text("utf-8"), yaml.CSafeLoader)
    with Server(DocumentService(document)) as server:
        ended = subprocess.run(
            [
                str(Path(peer_python).with_name("schemathesis")),
                *("run", str(DOCUMENT), "--url", server.url),
                *("--header", "Authorization: Bearer token-1"),
                # It cannot write the multipart/mixed of batches.
                *("--exclude-path", "/$batch"),
                *("--max-examples", "5", "--seed", "1", "--workers", "2"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert ended.returncode == 0, ended.stdout[-6000:]
        methods = {request.method for request in server.requests}
        assert methods >= {"GET", "POST", "PATCH", "DELETE"}
        assert len(server.requests) > 2000
