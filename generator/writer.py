"""The output folder: the only module that touches it.

It stands at the end of the flow. What emitters gave is compared with what is there
(`compare`); the difference is shown (`unified_diff`) or carried out (`write`).

A package folder is replaced as a whole. The new tree is made beside the old one,
unchanged files being linked into it, and takes its place by renaming, so that a crash
leaves the old tree or the new one, never a mixture. What stands in a package folder and
does not bear the mark of a generated file is somebody's work: it is neither overwritten
nor removed unless the caller insists.
"""

from __future__ import annotations

import difflib
import errno
import io
import itertools
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.files import MARKER, File, runtime_names

# XML and CSS have no comments that begin with "#".
_MARKS = (MARKER.encode(), MARKER.removeprefix("# ").encode())
_JSON_OPENING = b'{\n  "x-generator": "'
_STARTS = ("__init__.py", "mkdocs.yml", "openapi.yaml", "openapi.json")
_BYPRODUCTS = ("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache")


class OutputError(Exception):
    """The output cannot be written, or must not be; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates an output folder from the files that should be in it.

    `files` are the wanted ones, `present` the contents of those that are there and
    differ or have to go (None for a link). The other fields hold paths, sorted; all are
    relative to the output folder. `foreign` are changed or stale files that were not
    generated.
    """

    out: Path
    files: Mapping[str, bytes]
    present: Mapping[str, bytes | None]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    stale: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that differ; none if there is nothing to do."""
        return tuple(sorted((*self.changed, *self.added, *self.stale)))


def compare(files: Iterable[File], out: Path) -> Difference:
    """Compare files with what an output folder holds in their package folders.

    Raises OutputError for a path that leads out of the folder, for two files of one
    path, and for a tree that cannot be read. Nothing is written.
    """
    wanted = _checked(files)
    present: dict[str, bytes | None] = {}
    foreign: list[str] = []
    missing = set(wanted)
    try:
        for folder in _folders(wanted):
            marked = _is_marked(out / folder)
            for path, data in _present(out, folder):
                missing.discard(path)
                if data is None or data != wanted.get(path):
                    present[path] = data
                    if not (marked and _is_ours(path, data)):
                        foreign.append(path)
    except OSError as error:
        raise OutputError(f"cannot read {out}: {error}") from error
    return Difference(
        out=out,
        files=wanted,
        present=present,
        changed=tuple(sorted(path for path in present if path in wanted)),
        added=tuple(sorted(missing)),
        stale=tuple(sorted(path for path in present if path not in wanted)),
        foreign=tuple(sorted(foreign)),
    )


@contextmanager
def locked(files: Iterable[File], out: Path) -> Iterator[None]:
    """Keep other runs from the package folders of files: hold this over `recover`,
    `compare` and `write`.

    Raises OutputError if another run has one of them, or where the disk refuses. The
    system drops the lock of a run that dies.
    """
    with ExitStack() as held:
        try:
            for folder in _folders(_checked(files)):
                held.enter_context(_lock(out, folder))
        except OSError as error:
            raise OutputError(f"cannot write to {out}: {error}") from error
        yield


@contextmanager
def _lock(out: Path, folder: str) -> Iterator[None]:
    path = out / f".{folder}.specwright-lock"
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = _locked_file(path)
    except BlockingIOError:
        message = f"another run of specwright is writing {out / folder}; try again"
        raise OutputError(message) from None
    except OSError as error:
        # where nothing can be made, nothing can be written by anybody of our rights
        unwritable = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        if path.exists() or not unwritable:
            raise
        yield
        return
    try:
        yield
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(descriptor)


if sys.platform == "win32":

    def _locked_file(path: Path) -> int:
        """Make a file that the system removes when its process closes it or dies."""
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
        try:
            return os.open(path, flags)
        except (FileExistsError, PermissionError) as error:
            if path.exists():
                raise BlockingIOError from error
            raise

else:
    import fcntl

    def _locked_file(path: Path) -> int:
        """Lock a file, which must still be the one of that name afterwards: the run
        that had it before removes it."""
        while True:
            flags = os.O_CREAT | os.O_RDONLY | os.O_NOFOLLOW
            descriptor = os.open(path, flags, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                    return descriptor
            except FileNotFoundError:
                pass
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)


def recover(files: Iterable[File], out: Path) -> None:
    """Put back the package folders that a killed run left renamed.

    Raises OutputError where the disk refuses.
    """
    try:
        for folder in _folders(_checked(files)):
            old = _old(out, folder)
            if old.is_dir() and (out / folder).exists():
                _remove(old)
            elif old.is_dir():
                old.rename(out / folder)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error}") from error


def refuse_foreign(difference: Difference) -> None:
    """Raise OutputError if writing would lose files that were not generated."""
    if not difference.foreign:
        return
    names = [str(difference.out / path) for path in difference.foreign[:5]]
    more = len(difference.foreign) - len(names)
    listed = ", ".join(names) + (f" and {more} more" if more else "")
    raise OutputError(
        f"not written by specwright, and would be lost: {listed}; "
        "move them away, choose another folder, or insist with --force"
    )


def write(difference: Difference) -> None:
    """Make an output folder hold the wanted files and, in their package folders, no
    others.

    Folders without a difference are not touched. Raises OutputError where the disk
    refuses.
    """
    try:
        for folder in _folders(difference.paths):
            _replace(difference, folder)
    except OSError as error:
        raise OutputError(f"cannot write to {difference.out}: {error}") from error


def unified_diff(difference: Difference) -> Iterator[str]:
    """Give the lines, without line ends, of a unified diff from what is there to what
    is wanted, file by file in the order of their paths."""
    for path in difference.paths:
        old = "/dev/null" if path in difference.added else f"a/{path}"
        new = "/dev/null" if path in difference.stale else f"b/{path}"
        yield f"--- {old}"
        yield f"+++ {new}"
        before = _lines(difference.present.get(path))
        hunks = difflib.unified_diff(before, _lines(difference.files.get(path)))
        for line in itertools.islice(hunks, 2, None):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace")
    return io.StringIO(text, newline="\n").readlines()


def _checked(files: Iterable[File]) -> dict[str, bytes]:
    """Give the files by path, having refused every path that is not plainly below."""
    wanted: dict[str, bytes] = {}
    for file in files:
        path = PurePosixPath(file.path)
        parts = file.path.split("/")
        plain = not {"", ".", ".."} & set(parts) and len(parts) > 1
        if path.is_absolute() or not plain or set(file.path) & set("\\:\0"):
            raise OutputError(f"not a path below the output folder: {file.path!r}")
        if file.path in wanted:
            raise OutputError(f"two files are named {file.path}")
        wanted[file.path] = file.data
    _refuse_lookalikes(wanted)
    return wanted


def _refuse_lookalikes(paths: Iterable[str]) -> None:
    """Refuse two paths that are one where letter case does not count."""
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise OutputError(f"{other} and {path} differ in letter case alone")


def _folders(paths: Iterable[str]) -> list[str]:
    return sorted({path.split("/", 1)[0] for path in paths})


def _present(out: Path, folder: str) -> Iterator[tuple[str, bytes | None]]:
    """Give path and content of each file in a package folder, None for a link's
    content."""
    top = out / folder
    if top.is_symlink() or (top.exists() and not top.is_dir()):
        raise OutputError(f"{top} is not a folder; remove it or choose another name")
    for path in _walk(str(top)):
        below = path[len(str(top)) :].replace(os.sep, "/")
        data = None if os.path.islink(path) else Path(path).read_bytes()
        yield folder + below, data


def _walk(top: str) -> Iterator[str]:
    """Give the files below a folder, links as such, without what Python leaves
    behind."""
    for root, folders, names in os.walk(top):
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        folders[:] = [name for name in folders if name not in _BYPRODUCTS]
        yield from (os.path.join(root, name) for name in (*names, *links))


def _is_marked(package: Path) -> bool:
    """Say whether a folder is a generated package, generated documents or an OpenAPI
    document."""
    return any(
        start.is_file() and _bears_mark(start.read_bytes())
        for start in [package / name for name in _STARTS]
    )


def _bears_mark(data: bytes) -> bool:
    for opening in (b"---\n", b"<!-- ", b"/* ", _JSON_OPENING):
        data = data.removeprefix(opening)
    return data.startswith(_MARKS)


def _is_ours(path: str, data: bytes | None) -> bool:
    """Say whether a file of a generated package was generated: by its mark, or by a
    place where only the generator writes."""
    if data is None:
        return False
    below = path.split("/")[1:]
    if below == ["py.typed"]:
        return True
    if len(below) == 2 and below[0] == "_runtime" and below[1] in runtime_names():
        return True
    return _bears_mark(data)


def _replace(difference: Difference, folder: str) -> None:
    """Put a new tree in the place of a package folder."""
    out = difference.out
    new, old = _new(out, folder), _old(out, folder)
    _remove(new)
    try:
        _fill(new, difference, folder)
        _swap(out / folder, new, old)
    finally:
        _remove(new)
    _remove(old)


def _fill(new: Path, difference: Difference, folder: str) -> None:
    """Make the new tree: what is unchanged is the same file, the rest is written."""
    differs = {*difference.changed, *difference.added}
    made: set[Path] = set()
    for path, data in difference.files.items():
        if not path.startswith(f"{folder}/"):
            continue
        target = new / path.split("/", 1)[1]
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        if path in differs:
            target.write_bytes(data)
        else:
            _link(difference.out / path, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(place: Path, new: Path, old: Path) -> None:
    """Rename the new tree to its place; a failure half way puts the old one back."""
    if not place.exists():
        new.rename(place)
        return
    try:
        place.rename(old)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EBUSY):
            raise
        _merge(new, place)
        return
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise


def _merge(new: Path, place: Path) -> None:
    """Make a folder that cannot be renamed (a layer of a container's disk, a mount)
    equal to the new tree, file by file."""
    wanted = {os.path.relpath(path, new) for path in _walk(str(new))}
    stale = {os.path.relpath(path, place) for path in _walk(str(place))} - wanted
    for path in sorted(wanted):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / path, place / path)
    for path in stale:
        (place / path).unlink()


def _new(out: Path, folder: str) -> Path:
    return out / f".{folder}.specwright-new"


def _old(out: Path, folder: str) -> Path:
    return out / f".{folder}.specwright-old"


def _remove(tree: Path) -> None:
    if tree.exists():
        shutil.rmtree(tree)
