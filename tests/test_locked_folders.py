"""Folders that may not be looked into: whatever is in them, a message tells of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from test_cli import CONFIG, SPEC


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder, with a description in a folder of its own."""
    probe = tmp_path / "probe"
    probe.mkdir(0o000)
    if os.access(probe, os.X_OK):
        pytest.skip("whoever runs this may look into every folder, as root may")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "zoo.csdl").write_text(SPEC)
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for name in ("specs", "src"):
        (tmp_path / name).chmod(0o755)


@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize("spec", ["specs", "specs/zoo.csdl"])
def test_descriptions_in_a_locked_folder_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], spec: str, mode: int
) -> None:
    Path("specwright.toml").write_text(CONFIG.replace("zoo.csdl", spec))
    main(["generate"])
    (folder / "specs").chmod(mode)
    for command in (["generate"], ["check"], ["list", "types"], ["diff", spec, spec]):
        capsys.readouterr()
        assert main(command) == 2
        assert capsys.readouterr().err.endswith(
            " cannot be read: Permission denied [source-unreadable]\n"
        )


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_locked_folder_for_output_is_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    Path("specwright.toml").write_text(CONFIG.replace("zoo.csdl", "specs/zoo.csdl"))
    main(["generate"])
    (folder / "src").chmod(0o000)
    assert main([command]) == 2
    assert "Permission denied" in capsys.readouterr().err


def test_a_configuration_is_found_from_below_a_locked_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("specwright.toml").write_text(CONFIG.replace("zoo.csdl", "specs/zoo.csdl"))
    (folder / "src" / "below").mkdir()
    monkeypatch.chdir(folder / "src" / "below")
    (folder / "src").chmod(0o000)
    assert main(["check"]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err
