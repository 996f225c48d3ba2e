"""One document run as a user would run it, and what comes of it looked at."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import formats, pipeline, runs, writer
from generator.codes import all_codes
from generator.config import Target, find_config
from generator.diagnostics import Diagnostic, Diagnostics, SpecError
from generator.report import report_lines

from .documents import OUT, PACKAGE, Document
from .paths import strange_paths
from .shapes import strange_code

WRITTEN = 25
"""One in so many documents goes through the writer to the disk and back; all others are
looked at in memory."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a document: whether it could be read, whether files came of it, how
    many modules there were besides the runtime, and what is wrong with them."""

    read: bool = False
    generated: bool = False
    modules: int = 0
    faults: tuple[str, ...] = ()


def run(document: Document, folder: Path) -> Trial:
    """Run a document in an empty folder; what is raised is a crash of the program."""
    home = folder / "home"
    home.mkdir()
    for name, data in document.files.items():
        (home / name).write_bytes(data)
    seen: list[str] = []
    diagnostics = Diagnostics()
    with _working_in(home), _collector_at_rest():
        try:
            (target,) = find_config(Path()).targets
            build = pipeline.build(target, diagnostics, seen.append)
        except (SpecError, writer.OutputError) as error:
            _show(error.diagnostics if isinstance(error, SpecError) else (), FORMS)
            return Trial(read="emitting" in seen)
        is_written = document.number % WRITTEN == 0
        _show(diagnostics, FORMS if is_written else ())
        if not document.has_own_place:
            return Trial(True, True)
        faults = list(_faults(build))
        if is_written:
            faults += _written(target, build, folder)
    modules = sum("/_runtime/" not in each.path for each in build.files)
    return Trial(True, True, modules, tuple(faults))


def _faults(build: pipeline.Build) -> Iterator[str]:
    yield from strange_paths([file.path for file in build.files])
    prefix = f"{PACKAGE}/"
    yield from strange_code(
        {
            file.path.removeprefix(prefix): file.data
            for file in build.files
            if file.path.startswith(prefix)
        }
    )
    for name in build.inputs:
        if not Path(os.path.normpath(name)).resolve().is_relative_to(Path.cwd()):
            yield f"reads {name}"


def _written(target: Target, build: pipeline.Build, folder: Path) -> Iterator[str]:
    """Let a run write what was built; tell what it wrote elsewhere, or otherwise."""
    before = _files(folder)
    ask = runs.Ask((target,), Path("specwright.lock"))
    runs.generate(ask, Diagnostics(), pipeline.silent)
    wanted = {f"home/{OUT}/{file.path}": file.data for file in build.files}
    found = {path: data for path, data in _files(folder).items() if path not in before}
    for path in found.keys() - wanted.keys():
        if not path.startswith(("home/specwright.lock", "home/.specwright/")):
            yield f"wrote {path}"
    for path, data in wanted.items():
        if found.get(path) != data:
            yield f"did not write {path}"
    for path, data in before.items():
        if (folder / path).read_bytes() != data:
            yield f"changed {path}"
    for outcome in runs.check(ask, Diagnostics(), pipeline.silent):
        if any(each.paths for each in outcome.differences):
            yield "what was written is not what would be"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _show(findings: Iterable[Diagnostic], forms: Iterable[str]) -> None:
    """Write findings as text and in other forms, which must not fail either."""
    meanings = {code: known.meaning for code, known in all_codes().items()}
    texts = [formats.written(form, findings, meanings) for form in forms]
    for text in (*texts, *report_lines(findings, verbose=True)):
        text.encode("utf-8", "backslashreplace")


FORMS = ("json", "sarif", "github")


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let Python not look for cycles, as the command line does."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
