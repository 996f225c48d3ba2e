"""The lock file: what a run read and wrote, so that the next one knows what has changed.

It is JSON with an entry a line, sorted, so that two branches can be merged. Every hash is
SHA-256. Paths are relative to the lock file, those of outputs to the folder `out` of
their target. It stands after the configuration and before the pipeline: `runs` asks it
whether anything has to be done, and gives the writer its new text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__, plugins
from generator.config.records import EMITTERS
from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import Place
from generator.files import read_kept
from generator.hashes import digest, plain_ends
from generator.readers.source import listing

if TYPE_CHECKING:
    from hashlib import _Hash

    from generator.config import Target

NAME = "specwright.lock"
"""What the lock file of a configuration is called; it stands beside that."""

FORMAT = 1
"""Which format this version writes, and the newest that it reads."""

_CONFLICT = ("<<<<<<< ", "=======", ">>>>>>> ")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run did for one target.

    `version` is that of specwright, `code` the hash of it and its templates, `settings`
    that of the target's configuration. `inputs` and `outputs` are hashes by path; "" is
    the hash of an input that was looked for and not found. `names` are the names that
    were given (`generator.pins`), `warnings` the number of findings about the inputs.
    """

    version: str
    code: str
    settings: str
    out: str
    warnings: int
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    names: Mapping[str, str]

    def renewed(self, other: Entry) -> bool:
        """Say whether nothing but the program differs from another entry."""
        return replace(self, version=other.version, code=other.code) == other


_FIELDS = tuple([each.name for each in fields(Entry)])


def read_lock(path: Path) -> dict[str, Entry]:
    """Read a lock file: the entry of each target by its name; none if there is no file.

    Raises SpecError for one that cannot be read, was left with conflicts by a merge, or
    is in a format of a newer version.
    """
    try:
        text = read_kept(path).decode()
        found = json.loads(text)
        if found["format"] > FORMAT:
            message = (
                f"it is in format {found['format']}, which a newer specwright wrote;"
                f" this is version {__version__}"
            )
            raise _fault("lock-newer", message, path)
        if not isinstance(found["format"], int):
            raise TypeError("a format has a number")
        return {name: _entry(each) for name, each in found["targets"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _fault("lock-unreadable", f"cannot be read: {error}", path) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and _has_conflict(text):
            message = "a merge left conflicts in it; take either side of them, and then"
            raise _fault("lock-conflict", f"{message} {_AGAIN}", path) from None
        message = (
            f"this is no lock file of specwright; restore it, or remove it and {_AGAIN}"
        )
        raise _fault("lock-broken", message, path) from error


_AGAIN = "run specwright generate"


def lock_text(entries: Mapping[str, Entry]) -> bytes:
    """Give the text of a lock file."""
    targets = {
        name: _lines({key: _said(getattr(entry, key)) for key in _FIELDS})
        for name, entry in entries.items()
    }
    table = {"format": json.dumps(FORMAT), "targets": _lines(targets)}
    return f"{_lines(table)}\n".encode()


def _said(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    # with an indentation, json would take ten times as long
    text = json.dumps(value, sort_keys=True, separators=(",\n", ": "))
    return f"{{\n{text[1:-1]}\n}}" if value else "{}"


def _lines(table: Mapping[str, str]) -> str:
    """Write an object of values that are written already."""
    lines = [f"{json.dumps(key)}: {table[key]}" for key in sorted(table)]
    return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"


def settings_hash(target: Target, folder: Path) -> str:
    """Give the hash of all that a configuration says of a target but its name, and but
    where it stands, which for one made of options is the current folder; `folder` is
    that of the lock."""

    def plain(value: object) -> str:
        return relative(value, folder) if isinstance(value, Path) else str(value)

    table = {**asdict(target), "name": "", "home": "."}
    return digest(json.dumps(table, default=plain, sort_keys=True).encode())


def relative(path: Path | str, folder: Path) -> str:
    """Give a path as a lock file in a folder says it."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(path).absolute().as_posix()


def inputs_are(inputs: Mapping[str, str], folder: Path) -> bool:
    """Say whether inputs are what they were when their hashes were noted."""
    return all(file_hash(folder / path) == known for path, known in inputs.items())


def file_hash(path: Path) -> str:
    """Give the hash of a file, of a folder that of its listing; "" for what cannot be
    read."""
    try:
        if path.is_dir():
            return digest(listing(path))
        return digest(plain_ends(read_kept(path)))
    except (OSError, ValueError):
        return ""


def code_hash(target: Target) -> str:
    """Give the hash of the code that makes a target: of this program and its templates,
    of the user's templates, and of the emitters and passes of other packages.

    Raises SpecError for one that is not installed.
    """
    whole = sha256(_own_code().encode())
    if target.templates is not None:
        _add_files(whole, sorted(target.templates.rglob("*")), target.templates)
    for group, names in (
        (plugins.EMITTERS, [name for name in target.emit if name not in EMITTERS]),
        (plugins.PASSES, target.passes),
    ):
        for name in names:
            whole.update(f"{group} {name} {plugins.versions(group, name)}\n".encode())
            _add_files(whole, plugins.code(group, name))
    return whole.hexdigest()


@cache
def _own_code() -> str:
    """Give the hash of this program and its templates. Only in a checkout does it change
    without the version."""
    package = Path(__file__).parent
    files = sorted(package.rglob("*.py"))
    for folder in (package / "_data" / "templates", package.parent / "templates"):
        files += sorted(folder.rglob("*.j2"))
    whole = sha256()
    _add_files(whole, files)
    return whole.hexdigest()


def _add_files(whole: _Hash, files: Iterable[Path], below: Path | None = None) -> None:
    """Add files with their names, in a folder that may have folders with their paths
    below it."""
    for path in files:
        if path.is_file():
            data = plain_ends(path.read_bytes())
            name = path.relative_to(below).as_posix() if below else path.name
            whole.update(f"{name} {len(data)}\n".encode("utf-8", "surrogateescape"))
            whole.update(data)


def _entry(table: Mapping[str, Any]) -> Entry:
    """Make an entry of what a file says, having judged what is used as a path or a
    number."""
    entry = Entry(**{name: table[name] for name in Entry.__slots__})
    for mapping in (entry.inputs, entry.outputs, entry.names):
        if not all(isinstance(value, str) for value in mapping.values()):
            raise TypeError("hashes and names are texts")
    for name in tops(entry.outputs):
        if name in ("", ".", "..") or set(name) & set("\\:\0"):
            raise ValueError("an output stands in its folder")
    texts: list[Any] = [table[name] for name in ("version", "code", "settings", "out")]
    if not all(isinstance(text, str) and "\0" not in text for text in texts):
        raise TypeError("versions, hashes and folders are texts")
    if not isinstance(entry.warnings, int):
        raise TypeError("a number is no text")
    return entry


def top(path: str) -> str:
    """Give the package folder of an output."""
    return path.split("/", 1)[0]


def tops(paths: Iterable[str]) -> set[str]:
    """Give the package folders of outputs."""
    return set(map(top, paths))


def _has_conflict(text: str) -> bool:
    lines = text.splitlines()
    return all(any(line.startswith(mark) for line in lines) for mark in _CONFLICT)


def _fault(code: str, message: str, path: Path) -> SpecError:
    return SpecError((Diagnostic(code, Severity.ERROR, message, Place(str(path))),))
