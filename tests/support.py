"""What several test modules need: the public specs, and CSDL written in a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.model import Api
from generator.readers.csdl import read
from generator.readers.source import Source

_SHARED = Path(__file__).resolve().parents[2] / "shared"

_HEAD = (
    '<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'
    "<edmx:DataServices>"
    '<Schema Namespace="ns" Alias="self"'
    ' xmlns="http://docs.oasis-open.org/odata/ns/edm">\n'
)
_TAIL = "</Schema></edmx:DataServices></edmx:Edmx>"


def shared_data(relative: str) -> Path:
    """Give a file of the public specs beside the repository, or skip the test."""
    return shared_file(f"data/{relative}")


def shared_file(relative: str) -> Path:
    """Give any file that is shared beside the repository, or skip the test."""
    path = _SHARED / relative
    if not path.exists():
        pytest.skip(f"shared/{relative} does not stand beside the repository")
    return path


def csdl(body: str, name: str = "test.csdl") -> Source:
    """Make a document of one schema, `ns` or `self`; `body` begins on line 2."""
    return Source(name, f"{_HEAD}{body}{_TAIL}".encode())


def read_csdl(body: str) -> tuple[Api, Diagnostics]:
    """Read a document of one schema."""
    diagnostics = Diagnostics()
    return read([csdl(body)], diagnostics), diagnostics
