"""What counts as an input beside the documents that a configuration names one by one:
folders, the standard input, copies of URLs, templates, emitters and passes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.locations import Url
from generator.sources.copies import Copy
from generator.sources.fetching import Answer
from test_cli import CONFIG, SPEC
from test_lock import AD_HOC, entry, reads
from test_plugins import CONFIG as TYPESCRIPT
from test_plugins import broken

__all__ = ["reads"]  # a fixture


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec and a configuration, which is the current one."""
    monkeypatch.syspath_prepend(str(Path(__file__).with_name("plugins")))
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, more: str = "", spec: str = "zoo.csdl") -> None:
    text = CONFIG.replace("zoo.csdl", spec) + more
    (folder / "specwright.toml").write_text(text)


def test_a_target_of_options_is_the_same_from_another_folder(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["generate", *AD_HOC]) == 0
    lock = folder / "src" / "zoo.specwright.lock"
    before = lock.read_bytes()
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    elsewhere = ["--spec", "../zoo.csdl", "--package", "zoo", "--out", "../src"]
    assert main(["check", *elsewhere]) == 0
    assert reads == ["zoo"]
    assert main(["generate", "--verbose", *elsewhere]) == 0
    assert lock.read_bytes() == before


def test_a_new_file_in_a_folder_is_read(folder: Path, reads: list[str]) -> None:
    specs = folder / "specs"
    specs.mkdir()
    (folder / "zoo.csdl").rename(specs / "zoo.csdl")
    configure(folder, spec="specs")
    assert main(["generate"]) == 0 and set(entry()["inputs"]) == {
        "specs",
        "specs/zoo.csdl",
    }
    (specs / "notes.txt").write_text("nothing that is read")
    assert main(["check"]) == 0 and reads == ["zoo"]
    more = SPEC.replace("Zoo", "More").replace("animals", "birds")
    (specs / "more.csdl").write_text(more)
    assert main(["check"]) == 1 and reads == ["zoo", "zoo"]


def test_the_standard_input_is_always_read(
    reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = ["-" if each == "zoo.csdl" else each for each in AD_HOC]
    for _ in range(2):
        data = io.BytesIO(SPEC.encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
        assert main(["generate", *piped]) == 0
    assert reads == ["zoo", "zoo"]
    with pytest.raises(SystemExit):
        main(["generate", "--watch", *piped])


def test_the_copy_of_a_url_is_an_input(folder: Path, reads: list[str]) -> None:
    url = Url("https://example.com/zoo.csdl")
    copy = Copy(url, folder)
    copy.write(Answer(SPEC.encode(), "", ""))
    configure(folder, spec=url.text)
    assert main(["generate"]) == 0 and main(["check"]) == 0
    assert list(entry()["inputs"]) == [copy.document.relative_to(folder).as_posix()]
    assert reads == ["zoo"]
    copy.write(Answer(SPEC.replace("Zoo", "Park").encode(), "", ""))
    assert main(["check"]) == 1 and reads == ["zoo", "zoo"]


def test_a_check_neither_fetches_nor_writes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, spec="https://specs.invalid/zoo.csdl")
    before = sorted(folder.rglob("*"))
    assert main(["check"]) == 2
    assert "no copy of it yet; specwright fetch" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_templates_of_the_user_count(folder: Path, reads: list[str]) -> None:
    model = folder / "own" / "python" / "model.py.j2"
    model.parent.mkdir(parents=True)
    original = '{% extends "!python/model.py.j2" %}'
    model.write_text(original)
    configure(folder, 'templates = "own"\n')
    assert main(["generate"]) == 0 and main(["generate"]) == 0
    assert reads == ["zoo"]
    model.write_text(original + "\n{# another #}\n")
    assert main(["generate"]) == 0 and reads == ["zoo", "zoo"]


def test_the_code_of_plugins_counts(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(folder, monkeypatch, "def step(api, diagnostics): return api")
    configure(folder, 'passes = ["step"]\n')
    assert main(["generate"]) == 0 and main(["generate"]) == 0
    assert reads == ["zoo"]
    with (folder / "site" / "brk.py").open("a") as file:
        file.write("\n")
    assert main(["generate"]) == 0 and reads == ["zoo", "zoo"]
    metadata = folder / "site" / "brk-0.1.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text().replace("0.1", "0.2"))
    assert main(["generate"]) == 0 and reads == ["zoo", "zoo", "zoo"]


def test_files_of_plugins_are_ours_and_protected(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "specwright.toml").write_text(TYPESCRIPT)
    assert main(["generate"]) == 0
    (file,) = (folder / "src" / "zoo-typescript").iterdir()
    (folder / "zoo.csdl").write_text(SPEC.replace("Zoo", "Park"))
    assert main(["generate"]) == 0  # no mark says that the file is ours: the lock does
    file.write_text("export {};\n")
    (folder / "zoo.csdl").write_text(SPEC)
    capsys.readouterr()
    assert main(["generate"]) == 2
    assert f"edited since specwright wrote them: {file.relative_to(folder)}" in (
        capsys.readouterr().err
    )
    assert file.read_text() == "export {};\n"


@pytest.mark.parametrize("command", ["check", "generate"])
def test_two_targets_cannot_write_one_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    shared = '{}emit = ["typescript"]\ntypescript = {{ folder = "Shared" }}\n'
    other = CONFIG.replace('"zoo"', '"cats"') + 'emit = ["typescript"]\n'
    other += 'typescript = { folder = "shared" }\n'
    (folder / "specwright.toml").write_text(shared.format(CONFIG) + other)
    assert main([command]) == 2
    message = "the targets 'zoo' and 'cats' both write src/shared"
    assert message in capsys.readouterr().err
    assert not [*folder.glob("src/*")]


def test_findings_for_programs_are_those_of_a_run_that_reads(
    folder: Path, reads: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = SPEC.replace("Edm.String", "Edm.Unheard", 1)
    (folder / "zoo.csdl").write_text(text)
    configure(folder, '[target.diagnostics]\n"csdl-unknown-type" = "warn"\n')
    found: list[Any] = []
    for _ in range(2):
        capsys.readouterr()
        assert main(["generate", "--format", "json"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] and found[0] == found[1]
    assert reads == ["zoo", "zoo"]
