"""What separates an output folder from the files that should be in it.

Nothing is written here. Whose a file is, is told by its hash where a lock file has
hashes, else by the mark that generated files bear.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files import MARKER, File, runtime_names
from generator.hashes import as_noted, plain_ends

# XML and CSS have no comments that begin with "#".
_MARKS = (MARKER.encode(), MARKER.removeprefix("# ").encode())
_JSON_OPENING = b'{\n  "x-generator": "'
_STARTS = ("__init__.py", "mkdocs.yml", "openapi.yaml", "openapi.json")
_ELSEWHERE = frozenset("\\:\0")
"""What leads out of a folder on Windows, and what no path may hold."""
_BYPRODUCTS = ("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache")
_OF_FILE_MANAGERS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What looking into a folder leaves in it on macOS and Windows."""


class OutputError(Exception):
    """The output cannot be written, or must not be; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates an output folder from the files that should be in it.

    `files` are the wanted ones, `present` the contents of those that are there and
    differ or have to go (None for what is no plain file). The other fields hold paths, sorted; all are
    relative to the output folder. `foreign` are changed or stale files that are not as
    they were generated, `edited` those of them that once were.
    """

    out: Path
    files: Mapping[str, bytes]
    present: Mapping[str, bytes | None]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    stale: tuple[str, ...]
    foreign: tuple[str, ...]
    edited: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that differ; none if there is nothing to do."""
        return tuple(sorted((*self.changed, *self.added, *self.stale)))


def compare(
    files: Iterable[File], out: Path, known: Mapping[str, str] | None = None
) -> Difference:
    """Compare files with what an output folder holds in their package folders, and in
    those of `known`: the files that were generated last, with the SHA-256 of each, None
    if nobody has noted them. In a folder that is only among the latter, what is in
    neither list stays.

    Raises OutputError for a path that leads out of the folder, for two files of one
    path, and for a tree that cannot be read. Nothing is written.
    """
    wanted = _checked(files)
    present: dict[str, bytes | None] = {}
    foreign: list[str] = []
    missing = set(wanted)
    here = _tops(wanted)
    try:
        for folder in _tops([*wanted, *(known or ())]):
            marked = known is None and _is_marked(out / folder)
            for path, data in _present(out, folder):
                missing.discard(path)
                if data is not None and _is_same(data, wanted.get(path)):
                    continue
                if (
                    data is not None
                    and folder not in here
                    and path not in (known or ())
                ):
                    wanted[path] = data
                    continue
                present[path] = data
                is_ours = (
                    marked and _is_ours(path, data)
                    if known is None
                    else data is not None
                    and as_noted(data, known.get(path)) is not None
                )
                if not is_ours:
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
        edited=tuple(sorted(path for path in foreign if path in (known or ()))),
    )


def content(out: Path, path: str, known: str) -> bytes | None:
    """Give the content of a file that has a hash, None if it has another or cannot be
    read; its path is below an output folder."""
    try:
        return as_noted(_read(f"{out}/{path}"), known)
    except OSError:
        return None


def is_intact(out: Path, known: Mapping[str, str]) -> bool:
    """Say whether the package folders of files hold these, as their hashes say, and no
    others."""
    missing = set(known)
    try:
        for top in _tops(known):
            for path, data in _present(out, top):
                if data is None or as_noted(data, known.get(path)) is None:
                    return False
                missing.discard(path)
    except (OSError, OutputError):
        return False
    return not missing


def folders(
    files: Iterable[File], out: Path, known: Iterable[str] | None = None
) -> list[Path]:
    """Give the package folders that `compare` looks into, in order.

    Raises OutputError as `compare` does.
    """
    return [out / top for top in _tops([*_checked(files), *(known or ())])]


def refuse_foreign(differences: Sequence[Difference]) -> None:
    """Raise OutputError if writing would lose files that were not generated, or were
    edited since."""
    edited = [each.out / path for each in differences for path in each.edited]
    found: dict[str, list[Path]] = {}
    for each in differences:
        for path in sorted({*each.foreign} - {*each.edited}):
            found.setdefault(_whose(each, path), []).append(each.out / path)
    parts = [f"{whose}, and would be lost: {_some(found[whose])}" for whose in found]
    if edited:
        parts.append(f"edited since specwright wrote them: {_some(edited)}")
    if parts:
        raise OutputError(
            f"{'; '.join(parts)}; move them away, choose another folder, "
            "or insist with --force"
        )


def _whose(difference: Difference, path: str) -> str:
    """Say whose a file is that the last run did not write: git leaves what another one
    wrote where it was not committed."""
    data = difference.present.get(path)
    if data is not None and _bears_mark(data):
        return "written by specwright in a run that the lock does not know"
    return "not written by specwright"


def _some(paths: Sequence[Path]) -> str:
    """Name the first of some files, and say how many more there are."""
    names = ", ".join(map(str, paths[:5]))
    return names + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")


def unified_diff(difference: Difference) -> Iterator[str]:
    """Give the lines, without line ends, of a unified diff from what is there to what
    is wanted, file by file in the order of their paths. Of what was never generated
    there is the name alone."""
    import difflib  # slow to import, and needed only where something differs

    others = set(difference.foreign) - {*difference.files, *difference.edited}
    for path in difference.paths:
        if path in others:
            yield f"{_whose(difference, path)}: {difference.out / path}"
            continue
        old = "/dev/null" if path in difference.added else f"a/{path}"
        new = "/dev/null" if path in difference.stale else f"b/{path}"
        yield f"--- {old}"
        yield f"+++ {new}"
        before = _lines(difference.present.get(path))
        hunks = difflib.unified_diff(before, _lines(difference.files.get(path)))
        for line in list(hunks)[2:]:
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _lines(data: bytes | None) -> list[str]:
    text = plain_ends(data or b"").decode("utf-8", "replace")
    return io.StringIO(text, newline="\n").readlines()


def _checked(files: Iterable[File]) -> dict[str, bytes]:
    """Give the files by path, having refused every path that is not plainly below."""
    wanted: dict[str, bytes] = {}
    for file in files:
        parts = file.path.split("/")  # of an absolute path the first one is ""
        plain = not {"", ".", ".."}.intersection(parts) and len(parts) > 1
        if not plain or not _ELSEWHERE.isdisjoint(file.path):
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


def _tops(paths: Iterable[str]) -> list[str]:
    return sorted({path.split("/", 1)[0] for path in paths})


def _present(out: Path, folder: str) -> Iterator[tuple[str, bytes | None]]:
    """Give path and content of each file in a package folder, None for the content of
    a link and of what is no plain file."""
    top = out / folder
    if top.is_symlink() or (top.exists() and not top.is_dir()):
        raise OutputError(f"{top} is not a folder; remove it or choose another name")
    for path in walk(str(top)):
        below = path[len(str(top)) :].replace(os.sep, "/")
        is_plain = stat.S_ISREG(os.lstat(path).st_mode)  # to read a pipe would not end
        yield folder + below, _read(path) if is_plain else None


def walk(top: str) -> Iterator[str]:
    """Give the files below a folder, links as such, without what Python and file
    managers leave behind. Raises OSError for a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        if error.filename != top or os.path.lexists(top):
            raise error

    for root, folders, names in os.walk(top, onerror=refuse):
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        folders[:] = [name for name in folders if name not in _BYPRODUCTS]
        names = [name for name in names if name not in _OF_FILE_MANAGERS]
        yield from (os.path.join(root, name) for name in (*names, *links))


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()


def _is_same(data: bytes, wanted: bytes | None) -> bool:
    """Say whether a file is as it is wanted, or as git writes that on Windows."""
    return data == wanted or plain_ends(data) == wanted


def _is_marked(package: Path) -> bool:
    """Say whether a folder is a generated package, generated documents or an OpenAPI
    document."""
    return any(
        start.is_file() and _bears_mark(start.read_bytes())
        for start in [package / name for name in _STARTS]
    )


def _bears_mark(data: bytes) -> bool:
    data = plain_ends(data)
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
