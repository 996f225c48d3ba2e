"""The program's own data files: at the top of a checkout, inside an installed
package."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from generator import files
from generator.files import data_folder

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["templates", "specs"])
def test_a_checkout_has_them_at_its_top(name: str) -> None:
    assert data_folder(name) == ROOT / name


@pytest.mark.parametrize("name", ["templates", "specs"])
def test_the_wheel_takes_them_to_where_they_are_looked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    installed = tmp_path / wheel["force-include"][name]
    installed.mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(tmp_path / "generator" / "files.py"))
    assert data_folder(name) == installed


def test_an_installation_without_them_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "__file__", str(tmp_path / "generator" / "files.py"))
    with pytest.raises(FileNotFoundError, match="'templates'"):
        data_folder("templates")
