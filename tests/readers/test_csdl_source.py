"""Sources are read plain or compressed, and never beyond a limit."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.diagnostics import SpecError
from generator.readers.source import load_source


def test_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csdl"
    path.write_bytes(b"<a/>")
    source = load_source(path)
    assert source.data == b"<a/>"
    assert source.name == str(path)


def test_compressed_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csdl"
    path.write_bytes(gzip.compress(b"<a/>"))
    assert load_source(path).data == b"<a/>"


@pytest.mark.parametrize("packed", [True, False])
def test_limit(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(bytes(1001)) if packed else bytes(1001))
    assert len(load_source(path, limit=1001).data) == 1001
    with pytest.raises(SpecError, match="source-too-large"):
        load_source(path, limit=1000)


def test_missing_file_has_a_place(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="no such file") as caught:
        load_source(tmp_path / "none.csdl")
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "source-missing"
    assert diagnostic.place is not None
    assert diagnostic.place.file == str(tmp_path / "none.csdl")


def test_folder_and_broken_gzip_are_unreadable(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(b"<a/>" * 100)[:-12])
    corrupt = tmp_path / "corrupt.gz"
    corrupt.write_bytes(b"\x1f\x8b\x08\x00" + b"\xff" * 40)
    for path in (tmp_path, broken, corrupt):
        with pytest.raises(SpecError, match="source-unreadable"):
            load_source(path)
