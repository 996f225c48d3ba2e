"""Whose a package folder is, by the lock, when targets change their names and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from test_cli import SPEC, tree
from test_lock import entry

OTHER = SPEC.replace('"name"', '"title"')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two specs and a target for each, which is the current one."""
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "cats.csdl").write_text(OTHER)
    monkeypatch.chdir(tmp_path)
    configure(("zoo", "zoo"), ("cats", "cats"))
    return tmp_path


def configure(*targets: tuple[str, str]) -> None:
    """Write a configuration of targets: a name, and a package that is called as its
    description is."""
    texts = [
        f'[[target]]\nname = "{name}"\nspec = "{package}.csdl"\n'
        f'package = "{package}"\nout = "src"\n'
        for name, package in targets
    ]
    Path("specwright.toml").write_text("".join(texts))


def edited() -> Path:
    module = Path("src", "zoo", "models", "animal.py")
    module.write_text(module.read_text() + "# mine\n")
    return module


@pytest.mark.parametrize(
    ("targets", "options"),
    [
        ([("animals", "zoo")], []),
        ([("animals", "zoo")], ["--target", "animals"]),
        ([("animals", "zoo"), ("zoo", "cats")], []),
        ([("cats", "zoo"), ("zoo", "cats")], []),
    ],
)
def test_an_edit_is_kept_whatever_the_target_is_called(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    targets: list[tuple[str, str]],
    options: list[str],
) -> None:
    main(["generate"])
    module = edited()
    configure(*targets)
    before = tree(folder)
    assert main(["generate", *options]) == 2
    assert f"edited since specwright wrote them: {module}" in capsys.readouterr().err
    assert tree(folder) == before
    assert main(["generate", "--force", *options]) == 0
    assert "# mine" not in module.read_text()


def test_targets_may_take_each_others_names(folder: Path) -> None:
    main(["generate"])
    before, zoo, cats = tree(folder / "src"), entry("zoo"), entry("cats")
    configure(("cats", "zoo"), ("zoo", "cats"))
    (folder / "zoo.csdl").write_text(OTHER)
    (folder / "cats.csdl").write_text(SPEC)
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert tree(folder / "src") != before
    (folder / "zoo.csdl").write_text(SPEC)
    (folder / "cats.csdl").write_text(OTHER)
    assert main(["generate"]) == 0
    assert tree(folder / "src") == before
    assert (entry("cats"), entry("zoo")) == (zoo, cats)


def test_a_package_may_move_to_the_folder_of_another(folder: Path) -> None:
    main(["generate"])
    configure(("cats", "zoo"))
    (folder / "zoo.csdl").write_text(OTHER)
    assert main(["generate"]) == 0
    assert [path.name for path in (folder / "src").iterdir()] == ["zoo"]
    assert main(["check"]) == 0
    mine = folder / "src" / "zoo" / "mine.py"
    mine.write_text("# mine\n")
    assert main(["generate"]) == 2
    assert mine.exists()


def test_files_elsewhere_stay_where_a_target_leaves_them_and_that_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deep").mkdir()
    for name in ("zoo.csdl", "specwright.toml"):
        (folder / name).rename(folder / "deep" / name)
    monkeypatch.chdir(folder / "deep")
    configure(("zoo", "zoo"))
    config = Path("specwright.toml").read_text()
    note = "its files in ../src stay: that is not below this folder"
    Path("specwright.toml").write_text(config.replace('"src"', '"../src"'))
    assert main(["generate"]) == 0
    assert note not in capsys.readouterr().err
    Path("specwright.toml").write_text(config)
    assert main(["generate"]) == 0
    assert note in capsys.readouterr().err
    assert (folder / "src" / "zoo" / "client.py").exists()
    configure(("animals", "zoo"))
    assert main(["generate"]) == 0
    Path("specwright.toml").write_text(config.replace('"src"', '"lib"'))
    assert main(["generate"]) == 0
    assert "not below" not in capsys.readouterr().err


def test_what_another_run_left_is_not_said_to_be_of_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    before = Path("specwright.lock").read_bytes()
    (folder / "zoo.csdl").write_text(SPEC.replace('"Size"', '"Weight"'))
    main(["generate"])
    # git stash takes back what is committed, and leaves what is new
    (folder / "zoo.csdl").write_text(SPEC)
    Path("specwright.lock").write_bytes(before)
    left = Path("src", "zoo", "models", "weight.py")
    mine = left.with_name("mine.py")
    mine.write_text("# mine\n")
    capsys.readouterr()
    known = "written by specwright in a run that the lock does not know"
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert f"\n{known}: {left}\n" in out
    assert f"\nnot written by specwright: {mine}\n" in out
    assert main(["generate"]) == 2
    err = capsys.readouterr().err
    assert f"{known}, and would be lost: {left}; " in err
    assert f"not written by specwright, and would be lost: {mine}; " in err
    assert left.exists() and mine.exists()
