"""The writer: nothing touched without need, nothing lost, nothing outside its
folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from generator import writer
from generator.files import MARKER, File
from generator.writer import OutputError

INIT = File("pets/__init__.py", f"{MARKER} \n".encode())
CAT = File("pets/models/cat.py", f"{MARKER}\nCAT = 1\n".encode())
DOG = File("pets/models/dog.py", f"{MARKER}\nDOG = 1\n".encode())
TYPED = File("pets/py.typed", b"")


def generate(*files: File, out: Path, force: bool = False) -> writer.Difference:
    """What `specwright generate` does with its files."""
    with writer.locked(files, out):
        writer.recover(files, out)
        difference = writer.compare(files, out)
        if not force:
            writer.refuse_foreign(difference)
        writer.write(difference)
    return difference


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_tree_is_exactly_the_files(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    generate(INIT, CAT, TYPED, out=out)
    assert tree(out) == {file.path: file.data for file in (INIT, CAT, TYPED)}
    assert [path.name for path in out.iterdir()] == ["pets"]


def test_an_equal_tree_is_not_touched(tmp_path: Path) -> None:
    generate(INIT, CAT, out=tmp_path)
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    assert generate(INIT, CAT, out=tmp_path).paths == ()
    assert {path: path.stat() for path in tmp_path.rglob("*")} == before


def test_only_what_changed_is_written_and_stale_files_go(tmp_path: Path) -> None:
    generate(INIT, CAT, DOG, out=tmp_path)
    kept = (tmp_path / INIT.path).stat()
    changed = File(CAT.path, CAT.data + b"# more\n")
    difference = generate(INIT, changed, TYPED, out=tmp_path)
    assert difference.changed == (CAT.path,)
    assert difference.added == (TYPED.path,)
    assert difference.stale == (DOG.path,)
    assert tree(tmp_path) == {f.path: f.data for f in (INIT, changed, TYPED)}
    now = (tmp_path / INIT.path).stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)


def test_other_files_in_the_output_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text("other")
    generate(INIT, out=tmp_path)
    assert tree(tmp_path) == {
        "mine.py": b"mine",
        "other/__init__.py": b"other",
        INIT.path: INIT.data,
    }


@pytest.mark.parametrize("name", ["__init__.py", "notes.md", "models/cat.py"])
def test_files_of_others_are_never_lost(tmp_path: Path, name: str) -> None:
    generate(INIT, CAT, out=tmp_path)
    (tmp_path / "pets" / name).write_text("somebody's work\n")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=name):
        generate(INIT, CAT, DOG, out=tmp_path)
    assert tree(tmp_path) == before
    generate(INIT, CAT, DOG, out=tmp_path, force=True)
    assert tree(tmp_path) == {file.path: file.data for file in (INIT, CAT, DOG)}


def test_documents_are_known_by_their_marks(tmp_path: Path) -> None:
    heads = {
        "mkdocs.yml": MARKER,
        "docs/index.md": f"---\n{MARKER} Do not edit.\n---\n",
        "docs/cat.svg": f"<!-- {MARKER.removeprefix('# ')} -->\n",
        "docs/site.css": f"/* {MARKER.removeprefix('# ')} */\n",
    }
    files = [File(f"pets-docs/{path}", text.encode()) for path, text in heads.items()]
    generate(*files, out=tmp_path)
    difference = generate(files[0], out=tmp_path)
    assert len(difference.stale) == 3 and difference.foreign == ()
    (tmp_path / "pets-docs" / "notes.md").write_text(f"# Notes\n{MARKER}\n")
    with pytest.raises(OutputError, match="notes.md"):
        generate(files[0], out=tmp_path)


def test_a_folder_that_was_not_generated_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets" / "cat.py").write_text("import this\n")
    with pytest.raises(OutputError, match="not written by specwright.*--force"):
        generate(INIT, out=tmp_path)
    assert tree(tmp_path) == {"pets/cat.py": b"import this\n"}


def test_the_copied_runtime_is_ours_without_a_mark(tmp_path: Path) -> None:
    old = File("pets/_runtime/model.py", b"OLD = 1\n")
    generate(INIT, old, out=tmp_path)
    assert generate(INIT, out=tmp_path).stale == (old.path,)


@pytest.mark.parametrize("name", ["mine.py", "deep/model.py", "model.txt"])
def test_what_others_put_into_the_copied_runtime_is_kept(
    tmp_path: Path, name: str
) -> None:
    generate(INIT, out=tmp_path)
    mine = tmp_path / "pets" / "_runtime" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine = 1\n")
    with pytest.raises(OutputError, match=name):
        generate(INIT, CAT, out=tmp_path)
    assert mine.read_text() == "mine = 1\n"


def test_a_folder_that_another_run_writes_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with writer.locked([INIT], out):
        with pytest.raises(OutputError, match="another run.*pets"):
            generate(INIT, out=out)
        generate(File("cats/__init__.py", INIT.data), out=out)
    generate(INIT, out=out)
    assert sorted(path.name for path in out.iterdir()) == ["cats", "pets"]


def test_the_lock_of_a_killed_run_does_not_hold(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from generator import writer\n"
        "from generator.files import File\n"
        "with writer.locked([File('pets/a.py', b'')], Path(sys.argv[1])): os._exit(9)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    assert subprocess.run(command, env=environment, timeout=60).returncode == 9
    assert [path.name for path in tmp_path.iterdir()] == [".pets.specwright-lock"]
    generate(INIT, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


def test_runs_at_the_same_time_leave_a_whole_tree(tmp_path: Path) -> None:
    many = [INIT, *(File(f"pets/m{n}.py", MARKER.encode()) for n in range(40))]
    refused: list[OutputError] = []

    def run() -> None:
        for count in range(5):
            try:
                generate(
                    *many, File(f"pets/n{count}.py", MARKER.encode()), out=tmp_path
                )
            except OutputError as error:
                refused.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("another run" in str(error) for error in refused)
    assert {file.path for file in many} <= set(tree(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


def test_a_folder_that_nobody_may_write_needs_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(INIT, out=tmp_path)

    def refuse(*arguments: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    assert generate(INIT, out=tmp_path).paths == ()


def test_what_python_leaves_behind_is_nobody_s_work(tmp_path: Path) -> None:
    generate(INIT, out=tmp_path)
    (tmp_path / "pets" / "__pycache__").mkdir()
    (tmp_path / "pets" / "__pycache__" / "x.pyc").write_bytes(b"\0")
    assert writer.compare([INIT], tmp_path).paths == ()
    generate(INIT, CAT, out=tmp_path)


@pytest.mark.parametrize(
    "path",
    ["../x.py", "/x.py", "pets/../../x.py", "pets//x.py", "pets/./x.py", "x.py", ""]
    + ["pets\\..\\x.py", "c:/x.py", "pets/a\0b.py"],
    ids=repr,
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="not a path below"):
        generate(File(path, b""), out=tmp_path / "out")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("second", [CAT.path, "pets/models/Cat.py"])
def test_two_files_cannot_share_a_place(tmp_path: Path, second: str) -> None:
    with pytest.raises(OutputError, match="two files|letter case"):
        generate(CAT, File(second, b""), out=tmp_path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "cat.py").write_bytes(CAT.data)
    out = tmp_path / "out"
    generate(INIT, out=out)
    (out / "pets" / "models").symlink_to(outside)
    with pytest.raises(OutputError, match="not written by specwright"):
        generate(INIT, DOG, out=out)
    (out / "pets" / "models").unlink()
    (out / "pets").rename(tmp_path / "elsewhere")
    (out / "pets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="not a folder"):
        generate(INIT, DOG, out=out)
    assert tree(outside) == {"cat.py": CAT.data}


def fail(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("broken", ["_fill", "_swap"])
def test_a_failure_leaves_the_old_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    generate(INIT, CAT, out=tmp_path)
    before = tree(tmp_path)
    monkeypatch.setattr(writer, broken, fail)
    with pytest.raises(OutputError, match="No space left"):
        generate(INIT, DOG, out=tmp_path)
    assert tree(tmp_path) == before


def test_a_second_rename_that_fails_undoes_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(INIT, CAT, out=tmp_path)
    before = tree(tmp_path)
    rename = Path.rename

    def refuse_new(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            fail()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(OutputError):
        generate(INIT, DOG, out=tmp_path)
    assert tree(tmp_path) == before


def test_a_run_killed_between_the_renames_is_put_right(tmp_path: Path) -> None:
    generate(INIT, CAT, out=tmp_path)
    before = tree(tmp_path)
    (tmp_path / "pets").rename(tmp_path / ".pets.specwright-old")
    writer.recover([INIT, CAT], tmp_path)
    assert tree(tmp_path) == before
    (tmp_path / ".pets.specwright-new").mkdir()
    generate(INIT, DOG, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


def test_a_folder_that_cannot_be_renamed_is_changed_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(INIT, CAT, out=tmp_path)
    rename = Path.rename

    def refuse_old(self: Path, target: Path) -> Path:
        if self.name == "pets":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_old)
    generate(INIT, DOG, out=tmp_path)
    assert tree(tmp_path) == {file.path: file.data for file in (INIT, DOG)}


def test_the_diff_is_unified_and_names_missing_and_stale_files(tmp_path: Path) -> None:
    generate(INIT, CAT, DOG, out=tmp_path)
    before = tree(tmp_path)
    changed = File(CAT.path, f"{MARKER}\nCAT = 2".encode())
    difference = writer.compare([INIT, changed, TYPED], tmp_path)
    assert list(writer.unified_diff(difference)) == [
        "--- a/pets/models/cat.py",
        "+++ b/pets/models/cat.py",
        "@@ -1,2 +1,2 @@",
        f" {MARKER}",
        "-CAT = 1",
        "+CAT = 2",
        "\\ No newline at end of file",
        "--- a/pets/models/dog.py",
        "+++ /dev/null",
        "@@ -1,2 +0,0 @@",
        f"-{MARKER}",
        "-DOG = 1",
        "--- /dev/null",
        "+++ b/pets/py.typed",
    ]
    assert tree(tmp_path) == before
