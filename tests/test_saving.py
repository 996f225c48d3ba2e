"""Single files: never half of one, and never one of somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.saving import save, save_new
from generator.writer import OutputError


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    save_new(path, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(OutputError, match="is there already; remove it first"):
        save_new(path, b"newer")
    assert path.read_bytes() == b"new"


def test_where_the_disk_refuses_it_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write .*inner"):
        save_new(tmp_path / "file" / "inner", b"new")
    with pytest.raises(OSError):
        save(tmp_path / "file" / "inner", b"new")


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    save(path, b"one")
    mode = path.stat().st_mode & 0o777
    assert mode == 0o666 & ~_umask()
    path.chmod(0o640)
    save(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    save(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
