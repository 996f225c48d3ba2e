"""Watching: what changes is written again, faults do not end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import watching
from generator.cli import main
from test_cli import CONFIG, ROOT, SPEC


def test_a_change_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0.001)
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_text("1")
    runs: list[str] = []
    changes = [
        lambda: None,
        lambda: file.write_text("22"),
        lambda: other.write_text("b"),
        lambda: file.unlink(),
    ]

    def pause(seconds: float) -> None:
        changes[len(runs)]()

    def run() -> None:
        runs.append("")

    monkeypatch.setattr(time, "sleep", pause)
    watching.watch(run, lambda: [file, other], rounds=4)
    assert len(runs) == 4


def test_a_change_during_the_run_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "a"
    runs: list[str] = []

    def run() -> None:
        runs.append("")
        if len(runs) == 1:
            file.write_text("changed")

    watching.watch(run, lambda: [file], rounds=2)
    assert len(runs) == 2


def wait_for(what: str, log: Path, times: int = 1) -> None:
    for _ in range(600):
        if log.read_text().count(what) >= times:
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} is not in {log.read_text()}")


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGINT for a process")
@pytest.mark.parametrize(
    ("number", "status", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_generate_goes_on_until_it_is_told_to_end(
    tmp_path: Path, number: signal.Signals, status: int, word: str
) -> None:
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    log = tmp_path / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "generate", "--watch"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=stream,
            stderr=stream,
        )
        try:
            wait_for(" new)", log)
            (tmp_path / "zoo.csdl").write_text("<edmx")
            wait_for("error: ", log)
            (tmp_path / "zoo.csdl").write_text(SPEC.replace('"small"', '"tiny"'))
            wait_for("(1 changed)", log)
            new = tmp_path / "zoo.csdl~"  # as many editors save
            new.write_text(SPEC.replace('"small"', '"large"'))
            new.replace(tmp_path / "zoo.csdl")
            wait_for("(1 changed)", log, times=2)
        finally:
            process.send_signal(number)
            assert process.wait(60) == status
    assert log.read_text().endswith(f"{word}\n")


def test_what_a_run_has_read_is_watched_though_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "zoo.csdl").write_text("<edmx")
    slept: list[float] = []

    def mend(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > 1:
            raise KeyboardInterrupt
        (tmp_path / "specs" / "zoo.csdl").write_text(SPEC)

    monkeypatch.setattr(time, "sleep", mend)
    options = ["--spec", "specs", "--package", "zoo", "--out", "src"]
    assert main(["generate", "--watch", *options]) == 130
    assert (tmp_path / "src" / "zoo").is_dir()
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["specwright.toml", "specwright.lock"])
def test_what_has_to_be_mended_is_watched_from_a_folder_below(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    broken: str,
) -> None:
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    main(["generate"])
    file = tmp_path / broken
    sound = file.read_text()
    file.write_text("<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    capsys.readouterr()
    slept: list[float] = []

    def mend(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > 1:
            raise KeyboardInterrupt
        file.write_text(sound)

    monkeypatch.setattr(time, "sleep", mend)
    assert main(["generate", "--watch"]) == 130
    out, err = capsys.readouterr()
    assert err.startswith(f"../{broken}") and "nothing has changed" in out
