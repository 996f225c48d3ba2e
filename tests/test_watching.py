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


def wait_for(what: str, log: Path) -> None:
    for _ in range(600):
        if what in log.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} is not in {log.read_text()}")


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGINT for a process")
def test_generate_goes_on_until_it_is_interrupted(tmp_path: Path) -> None:
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
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
