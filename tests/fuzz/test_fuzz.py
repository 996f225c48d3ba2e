"""Mutated documents do no harm; and what would do some is noticed.

The quick part takes the first documents of each kind, the long one more of them; all
20,000 are for a run by hand.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import pipeline, runs
from generator.diagnostics import Diagnostics

from . import __main__ as command
from . import trial, workers
from .documents import KINDS, PACKAGE, Document, document
from .seeds import ROOT
from .trial import Trial

QUICK = 150
LONG = 1000


def fuzz(kind: str, documents: int, first: int = 0) -> str:
    """Run the command, and give what it says; it has to find nothing."""
    options = ["--kind", kind, "--documents", str(documents), "--first", str(first)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_documents_do_no_harm(kind: str) -> None:
    said = fuzz(kind, QUICK)
    assert f"{QUICK} documents" in said and "0 went wrong" in said


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_mutated_documents_do_no_harm(kind: str) -> None:
    print(fuzz(kind, LONG, first=100_000))


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_a_document(kind: str) -> None:
    made = [document(kind, number) for number in range(60)]
    assert made == [document(kind, number) for number in range(60)]
    assert len({tuple(each.files.items()) for each in made}) == 60
    assert all("specwright.toml" in each.files for each in made)


SPEC = (ROOT / "tests/cases/smallest/spec.csdl").read_bytes()
CONFIG = b'[[target]]\nspec = "spec.csdl"\npackage = "made"\nout = "out"\n'


def sound(number: int = 0) -> Document:
    return Document(
        "csdl", number, {"spec.csdl": SPEC, "specwright.toml": CONFIG}, True
    )


def test_a_sound_document_is_generated_and_written(tmp_path: Path) -> None:
    found = trial.run(sound(), tmp_path)
    assert found == Trial(read=True, generated=True, modules=found.modules)
    assert found.modules > 4
    assert (tmp_path / "home/out/made/client.py").is_file()


def test_what_cannot_be_read_is_no_fault(tmp_path: Path) -> None:
    files = {"spec.csdl": b"<", "specwright.toml": CONFIG}
    assert trial.run(Document("csdl", 0, files, True), tmp_path) == Trial()


def test_what_is_not_written_or_written_elsewhere_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = runs.generate

    def stray(
        ask: runs.Ask, diagnostics: Diagnostics, progress: pipeline.Progress
    ) -> None:
        real(ask, diagnostics, progress)
        (tmp_path / "home/out/made/client.py").write_text("import os")
        (tmp_path / "home/specwright.toml").write_bytes(CONFIG + b"\n")
        (tmp_path / "stray").write_text("x")

    monkeypatch.setattr(runs, "generate", stray)
    assert set(trial.run(sound(), tmp_path).faults) == {
        "wrote stray",
        "changed home/specwright.toml",
        f"did not write home/out/{PACKAGE}/client.py",
        "what was written is not what would be",
    }


def crash(monkeypatch: pytest.MonkeyPatch, run: object) -> list[workers.Result]:
    """Run two documents in a worker that does something else with them."""
    monkeypatch.setattr(workers, "_warm_up", lambda *_: None)
    monkeypatch.setattr(trial, "run", run)
    return list(workers.results("csdl", [1, 2], 1))


def test_what_is_raised_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    found = crash(monkeypatch, lambda *_: {"a": 1}["x"])
    assert [each.number for each in found] == [1, 2]
    assert all("KeyError: 'x'" in each.crash for each in found)


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(workers, "SECONDS", 0.3)
    found = crash(monkeypatch, endless)
    assert [each.number for each in found] == [1, 2]
    assert all("SIGPROF" in each.crash and "endless" in each.crash for each in found)


def test_what_waits_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WAITING", 0.3)
    found = crash(monkeypatch, lambda *_: time.sleep(60))
    assert all("SIGALRM" in each.crash for each in found)


def test_what_needs_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    found = crash(monkeypatch, lambda *_: len(bytearray(2 * workers.BYTES)))
    assert all("MemoryError" in each.crash for each in found)


def test_the_command_says_how_to_repeat_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "_warm_up", lambda *_: None)
    monkeypatch.setattr(trial, "run", lambda *_: Trial(True, True, 3, ("x is wrong",)))
    options = ["--kind", "csdl", "--first", "7", "--documents", "1"]
    assert command.main([*options, "--keep", str(tmp_path / "kept")]) == 1
    said = capsys.readouterr().out
    assert (
        "python -m tests.fuzz --kind csdl --documents 1 --first 7\nx is wrong" in said
    )
    assert "1 documents, 1 read, 1 generated, 3 modules, 1 bad" in said
    assert (tmp_path / "kept/specwright.toml").is_file()
