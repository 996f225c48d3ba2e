"""The lock file: nothing done without need, nothing of others lost, every fault
said."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator import lock, pipeline, runs
from generator.cli import main
from generator.diagnostics import SpecError
from test_cli import CONFIG, SPEC, tree

LOCK = "specwright.lock"
AD_HOC = ["--spec", "zoo.csdl", "--package", "zoo", "--out", "src"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec and a configuration, which is the current one."""
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The targets that are built from now on."""
    built: list[str] = []
    build = pipeline.build

    def noted(target: Any, *arguments: Any, **more: Any) -> pipeline.Build:
        built.append(target.name)
        return build(target, *arguments, **more)

    monkeypatch.setattr(pipeline, "build", noted)
    return built


def entry(name: str = "zoo", file: str = LOCK) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(file).read_text())["targets"][name]
    return found


def edit(**changes: Any) -> None:
    """Change what the lock says of the target."""
    table = json.loads(Path(LOCK).read_text())
    table["targets"]["zoo"] |= changes
    Path(LOCK).write_text(json.dumps(table))


def test_the_lock_names_all_inputs_and_outputs(folder: Path) -> None:
    assert main(["generate"]) == 0
    found = entry()
    assert found["inputs"] == {"zoo.csdl": lock.file_hash(folder / "zoo.csdl")}
    src = folder / "src"
    assert found["outputs"] == {
        path: lock.file_hash(src / path) for path in sorted(tree(src))
    }
    lines = (folder / LOCK).read_text().splitlines()
    assert sum('"zoo/' in line for line in lines) == len(found["outputs"])


def test_what_documents_refer_to_is_an_input(folder: Path, reads: list[str]) -> None:
    reference = (
        '<edmx:Reference Uri="{}"><edmx:Include Namespace="{}"/></edmx:Reference>'
    )
    more = reference.format("more.csdl", "More") + reference.format("no.csdl", "No")
    head, found, tail = SPEC.partition("  <edmx:DataServices>")
    (folder / "zoo.csdl").write_text(head + more + found + tail)
    (folder / "more.csdl").write_text(SPEC.replace("Zoo", "More"))
    assert main(["generate"]) == 0
    assert entry()["inputs"].keys() == {"zoo.csdl", "more.csdl", "no.csdl"}
    assert entry()["inputs"]["no.csdl"] == ""
    main(["generate"])
    (folder / "no.csdl").write_text(SPEC.replace("Zoo", "No"))
    main(["generate"])
    assert reads == ["zoo", "zoo"]


def test_nothing_changed_means_nothing_is_read(
    folder: Path, reads: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    capsys.readouterr()
    for command in ("generate", "check"):
        assert main([command]) == 0
        assert "zoo: nothing has changed, " in capsys.readouterr().out
    assert reads == ["zoo"]
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    main(["check", "--verbose"])
    assert reads == ["zoo", "zoo"]


def test_a_target_of_options_has_a_lock_in_its_folder(
    folder: Path, reads: list[str]
) -> None:
    assert main(["generate", *AD_HOC]) == 0
    assert main(["check", *AD_HOC]) == 0
    assert reads == ["zoo"]
    assert (folder / "src" / "zoo.specwright.lock").is_file()
    assert not (folder / LOCK).exists()


def test_the_lock_does_not_depend_on_the_current_folder(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["generate"])
    before = (folder / LOCK).read_bytes()
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    assert main(["check"]) == 0
    assert reads == ["zoo"]
    main(["generate", "--verbose"])
    assert (folder / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("zoo.csdl", SPEC.replace('"small"', '"tiny"')),
        ("zoo.csdl", f"{SPEC}<!-- -->"),
        ("specwright.toml", f'{CONFIG}base_url = "https://zoo.example"\n'),
        ("src/zoo/models/animal.py", "import this\n"),
        ("src/zoo/models/mine.py", "import this\n"),
    ],
)
def test_what_changed_is_seen(
    folder: Path, reads: list[str], file: str, text: str
) -> None:
    main(["generate"])
    (folder / file).write_text(text)
    main(["check"])
    assert reads == ["zoo", "zoo"]


def test_a_missing_output_is_seen(folder: Path, reads: list[str]) -> None:
    main(["generate"])
    (folder / "src" / "zoo" / "py.typed").unlink()
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert len(reads) == 3


def test_a_compressed_input_is_hashed_as_it_is(folder: Path, reads: list[str]) -> None:
    (folder / "zoo.csdl.gz").write_bytes(gzip.compress(SPEC.encode(), mtime=0))
    (folder / "specwright.toml").write_text(CONFIG.replace(".csdl", ".csdl.gz"))
    main(["generate"])
    assert main(["check"]) == 0
    assert reads == ["zoo"]


def test_only_the_target_that_changed_is_built(folder: Path, reads: list[str]) -> None:
    (folder / "cats.csdl").write_text(SPEC)
    (folder / "specwright.toml").write_text(CONFIG + CONFIG.replace("zoo", "cats"))
    main(["generate"])
    (folder / "cats.csdl").write_text(SPEC.replace('"small"', '"tiny"'))
    main(["generate"])
    assert reads == ["zoo", "cats", "cats"]
    assert main(["check"]) == 0


def test_a_file_that_was_edited_is_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    module = folder / "src" / "zoo" / "models" / "animal.py"
    edited = module.read_text() + "# mine\n"
    module.write_text(edited)
    (folder / "zoo.csdl").write_text(SPEC.replace('"name"', '"title"'))
    before = tree(folder)
    capsys.readouterr()
    assert main(["generate"]) == 2
    assert (
        f"edited since specwright wrote them: {Path('src/zoo/models/animal.py')}"
        in (capsys.readouterr().err)
    )
    assert tree(folder) == before
    assert main(["generate", "--force"]) == 0
    assert "# mine" not in module.read_text()


def test_an_edited_file_that_is_stale_is_kept(folder: Path) -> None:
    main(["generate"])
    module = folder / "src" / "zoo" / "models" / "size.py"
    module.write_text(module.read_text() + "# mine\n")
    (folder / "zoo.csdl").write_text(SPEC.replace('"Size"', '"Weight"'))
    assert main(["generate"]) == 2
    assert module.read_text().endswith("# mine\n")
    assert main(["generate", "--force"]) == 0
    assert not module.exists()


def test_an_edit_that_is_what_would_be_written_is_none(folder: Path) -> None:
    main(["generate"])
    before = tree(folder / "src")
    changed = SPEC.replace('"name"', '"title"')
    (folder / "zoo.csdl").write_text(changed)
    main(["generate"])
    module = folder / "src" / "zoo" / "models" / "animal.py"
    text = module.read_bytes()
    (folder / "zoo.csdl").write_text(SPEC)
    main(["generate"])
    module.write_bytes(text)
    (folder / "zoo.csdl").write_text(changed)
    assert main(["generate"]) == 0
    assert tree(folder / "src") != before


def test_what_a_target_no_longer_gives_is_removed(folder: Path) -> None:
    both = 'emit = ["python", "docs"]\n'
    (folder / "specwright.toml").write_text(CONFIG + both)
    main(["generate"])
    assert (folder / "src" / "zoo-docs").is_dir()
    (folder / "specwright.toml").write_text(CONFIG)
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert sorted(path.name for path in (folder / "src").iterdir()) == ["zoo"]
    assert main(["check"]) == 0


def test_outputs_move_with_their_target(folder: Path) -> None:
    main(["generate"])
    package = tree(folder / "src")
    (folder / "specwright.toml").write_text(CONFIG.replace('"src"', '"lib"'))
    assert main(["generate"]) == 0
    assert tree(folder / "lib") == package
    assert not (folder / "src" / "zoo").exists()


def test_a_target_that_is_no_more_goes_with_its_outputs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "specwright.toml").write_text(CONFIG + CONFIG.replace('"zoo"', '"cats"'))
    main(["generate"])
    (folder / "specwright.toml").write_text(CONFIG)
    main(["generate", "--target", "zoo"])
    assert (folder / "src" / "cats").is_dir()
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "cats: a target no more" in capsys.readouterr().out
    assert main(["generate"]) == 0
    assert not (folder / "src" / "cats").exists()
    assert main(["check"]) == 0
    assert json.loads(Path(LOCK).read_text())["targets"].keys() == {"zoo"}


def test_a_target_with_a_new_name_keeps_its_outputs(folder: Path) -> None:
    main(["generate"])
    module = folder / "src" / "zoo" / "models" / "animal.py"
    before = module.stat()
    (folder / "specwright.toml").write_text(CONFIG + 'name = "animals"\n')
    assert main(["generate"]) == 0
    assert (module.stat().st_ino, module.stat().st_mtime) == (
        before.st_ino,
        before.st_mtime,
    )
    assert json.loads(Path(LOCK).read_text())["targets"].keys() == {"animals"}


def test_a_lock_does_not_let_folders_elsewhere_be_emptied(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "a.txt").write_text("mine")
    main(["generate"])
    (folder / "deep").mkdir()
    for file in ("zoo.csdl", "specwright.toml"):
        (folder / file).rename(folder / "deep" / file)
    hashes = {"mine/a.txt": lock.file_hash(folder / "mine" / "a.txt")}
    table = json.loads((folder / LOCK).read_text())
    table["targets"]["zoo"] |= {"out": "..", "outputs": hashes}
    (folder / "deep" / LOCK).write_text(json.dumps(table))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "deep")
        assert main(["generate"]) == 0
    assert (folder / "mine" / "a.txt").read_text() == "mine"


def test_a_lock_does_not_let_folders_behind_links_be_emptied(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "mine").mkdir()
    (folder / "mine" / "a.txt").write_text("mine")
    (folder / "deep" / "link").symlink_to(folder)
    for file in ("zoo.csdl", "specwright.toml"):
        (folder / file).rename(folder / "deep" / file)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "deep")
        main(["generate"])
        table = json.loads(Path(LOCK).read_text())
        hashes = {"mine/a.txt": lock.file_hash(folder / "mine" / "a.txt")}
        lost = {**table["targets"]["zoo"], "out": "link", "outputs": hashes}
        table["targets"]["lost"] = lost
        Path(LOCK).write_text(json.dumps(table))
        assert main(["generate"]) == 0
    assert (folder / "mine" / "a.txt").read_text() == "mine"


def test_insisting_does_not_empty_what_only_the_lock_names(folder: Path) -> None:
    main(["generate"])
    (folder / "mine").mkdir()
    (folder / "mine" / "a.txt").write_text("mine")
    table = json.loads(Path(LOCK).read_text())
    outputs = {"mine/b.txt": "0" * 64}
    lost = {**table["targets"]["zoo"], "out": ".", "outputs": outputs}
    table["targets"]["lost"] = lost
    Path(LOCK).write_text(json.dumps(table))
    assert main(["generate", "--force"]) == 0
    assert (folder / "mine" / "a.txt").read_text() == "mine"
    assert "lost" not in json.loads(Path(LOCK).read_text())["targets"]


@pytest.mark.parametrize("name", ["/dev/zero", "pipe"])
def test_a_lock_cannot_have_read_what_does_not_end(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    assert lock.file_hash(folder / name) == ""


@pytest.mark.parametrize("link", ["/dev/zero", "pipe", "big"])
def test_what_a_link_in_a_checkout_leads_to_is_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str], link: str
) -> None:
    main(["generate"])
    os.mkfifo(folder / "pipe")
    with (folder / "big").open("wb") as file:
        file.truncate(1 << 40)
    (folder / LOCK).unlink()
    (folder / LOCK).symlink_to(link)
    (folder / f".{LOCK}.specwright-journal").symlink_to(link)
    assert main(["generate"]) == 2
    assert "[lock-broken]" in capsys.readouterr().err
    assert main(["generate", "--force"]) == 0
    assert not (folder / LOCK).is_symlink()


def test_line_ends_of_windows_are_no_change(folder: Path, reads: list[str]) -> None:
    main(["generate"])
    for path in (folder / "zoo.csdl", folder / LOCK, *folder.glob("src/**/*.py*")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = tree(folder)
    assert main(["check"]) == 0
    assert reads == ["zoo"]
    assert main(["check", "--verbose"]) == 0
    assert main(["generate", "--verbose"]) == 0
    assert tree(folder) == before


def test_another_version_with_the_same_output_is_only_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["generate"])
    edit(version="0.0.9", code="0" * 64)
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "was written by specwright 0.0.9" in capsys.readouterr().err
    assert main(["generate"]) == 0
    assert entry()["version"] != "0.0.9"


def test_another_version_is_told_where_the_output_differs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    edit(version="0.0.9")
    (folder / "zoo.csdl").write_text(SPEC.replace('"small"', '"tiny"'))
    capsys.readouterr()
    assert main(["check"]) == 1
    err = capsys.readouterr().err
    assert "was written by specwright 0.0.9, this is " in err and "same" not in err


def test_what_stays_elsewhere_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    one = CONFIG.replace('"zoo.csdl"', '"../zoo.csdl"')
    two = one.replace('"zoo"', '"cats"').replace('"src"', '"../lib"')
    Path("specwright.toml").write_text(one + two)
    main(["generate"])
    Path("specwright.toml").write_text(one)
    capsys.readouterr()
    assert main(["generate"]) == 0
    assert "its files in ../lib stay" in capsys.readouterr().err
    assert (folder / "lib" / "cats").is_dir()


def test_a_lock_that_is_behind_is_only_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    (folder / "zoo.csdl").write_text(f"{SPEC}<!-- -->")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "its output has not" in capsys.readouterr().err
    (folder / LOCK).unlink()
    assert main(["check"]) == 0
    assert f"{LOCK} does not know zoo" in capsys.readouterr().err


def test_without_a_lock_marks_tell_whose_files_are(folder: Path) -> None:
    main(["generate"])
    (folder / LOCK).unlink()
    (folder / "zoo.csdl").write_text(SPEC.replace('"name"', '"title"'))
    assert main(["generate"]) == 0
    assert (folder / LOCK).exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lock-broken"),
        ("[]", "lock-broken"),
        ("{}", "lock-broken"),
        ("[" * 100_000, "lock-broken"),
        ('{"format": 1, "targets": {"zoo": {}}}', "lock-broken"),
        ('{"format": 1, "targets": []}', "lock-broken"),
        ('{"format": NaN, "targets": {}}', "lock-broken"),
        ('{"format": 2}', "lock-newer"),
        ("{\n<<<<<<< a\n=======\n>>>>>>> b\n}", "lock-conflict"),
    ],
)
@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_lock_that_is_no_use_is_an_error(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    text: str,
    code: str,
) -> None:
    main(["generate"])
    (folder / LOCK).write_text(text)
    before = tree(folder)
    capsys.readouterr()
    assert main([command]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{LOCK}: error: ") and f"[{code}]" in err
    assert tree(folder) == before
    assert main(["generate", "--force"]) == 0
    assert main(["check"]) == 0


@pytest.mark.parametrize("path", ["../a", "/a", ".", "a\\b/c", "c:/x"])
def test_a_lock_cannot_name_outputs_elsewhere(folder: Path, path: str) -> None:
    main(["generate"])
    edit(outputs={path: "0" * 64})
    with pytest.raises(SpecError, match="lock-broken"):
        lock.read_lock(folder / LOCK)


def test_runs_ask_for_nothing_else_than_commands_do(folder: Path) -> None:
    from generator.config import find_config
    from generator.diagnostics import Diagnostics

    ask = runs.Ask(find_config(Path()).targets, folder / LOCK)
    done = runs.generate(ask, Diagnostics(), pipeline.silent)
    assert [each.name for each in done] == ["zoo"]
    assert runs.check(ask, Diagnostics(), pipeline.silent)[0].build is None


def test_what_is_listed_has_the_names_that_were_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from test_pins import OPENAPI

    old, new = OPENAPI["a schema of another content at a place called likewise"]
    (folder / "zoo.csdl").write_text(old)
    main(["generate"])
    (folder / "zoo.csdl").write_text(new)
    main(["generate"])
    modules = {path.stem for path in (folder / "src" / "zoo" / "models").glob("o*.py")}
    capsys.readouterr()
    main(["list", "types", "o*"])
    listed = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert "owner" in listed
    assert {name.replace("-", "_") for name in listed} == modules
