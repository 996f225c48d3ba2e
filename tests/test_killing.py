"""A run that is killed leaves the old tree or the new one, and the next puts all right."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from generator import writer
from generator.files import MARKER, File
from generator.writer import journal
from killing import LOCK, WHOLE_GRAPH, kill_many, litter, run, start, state
from support import shared_data
from test_cli import SPEC

OTHER = SPEC.replace('"Size"', '"Weight"').replace('"small"', '"tiny"')


def test_killed_at_random_points(tmp_path: Path) -> None:
    found = kill_many(tmp_path, (SPEC.encode(), OTHER.encode()), 12)
    assert sum(n for what, n in found.items() if "killed" in what) == 12, found


@pytest.mark.slow
@pytest.mark.corpus
def test_killed_at_random_points_of_whole_graph(tmp_path: Path) -> None:
    versions = ("graph/graph-v1.0-2026-02.csdl", "graph/graph-v1.0-2026-08.csdl")
    one, other = (shared_data(path).read_bytes() for path in versions)
    print(kill_many(tmp_path, (one, other), 10, WHOLE_GRAPH))


def files(*names: str, text: str) -> list[File]:
    return [
        File(f"{name}/__init__.py", f"{MARKER}\n{text}\n".encode()) for name in names
    ]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize(
    "step", ["mkdir", "write_bytes", "rename", "replace", "unlink"]
)
def test_killed_at_every_step_of_a_kind(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    after: bool,
    exchange: bool,
) -> None:
    """Three folders and a lock: one changes, one comes, one goes."""
    lock = tmp_path / LOCK
    places = [tmp_path / name for name in ("cats", "dogs", "owls")]
    old = files("cats", "dogs", text="OLD = 1")
    new = [*files("cats", "owls", text="NEW = 1"), File("cats/more.py", b"")]
    if not exchange:
        monkeypatch.setattr(journal, "_exchange", lambda one, other: False)
    known = [file.path for file in old]
    hashes = dict.fromkeys(known, "")

    def tree() -> dict[str, bytes]:
        return {
            path.relative_to(tmp_path).as_posix(): path.read_bytes()
            for path in sorted(tmp_path.rglob("*"))
            if path.is_file() and ".specwright-" not in path.as_posix()
        }

    before = {file.path: file.data for file in old} | {LOCK: b"old"}
    after_all = {file.path: file.data for file in new} | {LOCK: b"new"}
    for count in range(1, 40):
        for place in tmp_path.iterdir():
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        writer.write([writer.compare(old, tmp_path)], lock, b"old")
        assert tree() == before
        difference = writer.compare(new, tmp_path, hashes)
        plain = getattr(Path, step)
        left = [count]

        def killed(self: Path, *arguments: object, **more: object) -> object:
            left[0] -= 1
            if left[0] == 0 and not after:
                raise Killed
            result = plain(self, *arguments, **more)
            if left[0] == 0:
                raise Killed
            return result

        with monkeypatch.context() as patch:
            patch.setattr(Path, step, killed)
            # what the process itself clears up is not done by one that is dead
            patch.setattr(journal, "_clear", _clear_unless(left, journal._clear))
            try:
                writer.write([difference], lock, b"new")
            except Killed:
                pass
        is_decided = writer.is_interrupted(lock)
        found = tree()
        writer.recover(lock, places)
        assert tree() in ((after_all,) if is_decided else (before, after_all))
        assert is_decided or found == tree()
        assert not [path for path in tmp_path.iterdir() if ".specwright" in path.name]
        if left[0] > 0:
            return
    raise AssertionError("there are more steps than this test takes")


def _clear_unless(
    left: list[int], clear: Callable[[Iterable[Path]], None]
) -> Callable[[Iterable[Path]], None]:
    def clear_if_alive(places: Iterable[Path]) -> None:
        if left[0] <= 0:
            raise Killed
        clear(places)

    return clear_if_alive


def test_the_next_run_clears_away_what_another_was_making(tmp_path: Path) -> None:
    (tmp_path / "spec").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(
        '[[target]]\nspec = "spec"\npackage = "zoo"\nout = "src"\n'
    )
    run(tmp_path)
    before = state(tmp_path)
    (tmp_path / "src" / ".zoo.specwright-new" / "models").mkdir(parents=True)
    (tmp_path / "src" / ".zoo.specwright-lock").touch()
    run(tmp_path, "check")
    run(tmp_path)
    assert state(tmp_path) == before
    assert litter(tmp_path) == []


def test_check_says_that_a_run_was_killed(tmp_path: Path) -> None:
    (tmp_path / "spec").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(
        '[[target]]\nspec = "spec"\npackage = "zoo"\nout = "src"\n'
    )
    run(tmp_path)
    (tmp_path / f".{LOCK}.specwright-journal").write_text("[]")
    process = start(tmp_path, "check")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2 and b"was killed while it wrote" in err
    run(tmp_path)
    run(tmp_path, "check")


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '[["a"]]', "[[1, 2, 3]]", '[[".", "", true]]', "[" * 100_000]
    + ['[["/", "", true]]', '[["a", 1e999, true]]', '[["a\\u0000", "1", false]]'],
)
def test_a_journal_that_is_none_stands_for_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / f".{LOCK}.specwright-journal").write_text(text)
    writer.recover(tmp_path / LOCK, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("goes", [True, False])
@pytest.mark.parametrize("stamp", ["", "0", "{0.st_ino}", "{0.st_ino}-0"])
@pytest.mark.parametrize("place", ["../mine", "mine"])
def test_a_journal_that_came_with_a_checkout_changes_nothing(
    tmp_path: Path, place: str, stamp: str, goes: bool
) -> None:
    mine = tmp_path / "checkout" / place
    mine.mkdir(parents=True)
    (mine / "a.txt").write_text("mine")
    lines = [[place, stamp.format(mine.stat()), goes]]
    lock = tmp_path / "checkout" / LOCK
    lock.with_name(f".{LOCK}.specwright-journal").write_text(json.dumps(lines))
    writer.recover(lock, [])
    assert (mine / "a.txt").read_text() == "mine"
    assert not writer.is_interrupted(lock)


def test_a_disk_that_refuses_the_second_folder_gives_back_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / LOCK
    old = files("cats", "dogs", text="OLD = 1")
    writer.write([writer.compare(old, tmp_path)], lock, b"old")
    swap = journal._swap

    def refuse(change: journal._Change) -> None:
        if change.place.name == "dogs":
            raise OSError("full")
        swap(change)

    monkeypatch.setattr(journal, "_swap", refuse)
    new = files("cats", "dogs", text="NEW = 1")
    with pytest.raises(writer.OutputError, match="full"):
        writer.write([writer.compare(new, tmp_path)], lock, b"new")
    assert writer.compare(old, tmp_path).paths == ()
    assert lock.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["cats", "dogs", LOCK]
