"""Snapshots: for each folder of tests/cases, a small spec and the exact tree that it
gives.

    tests/cases/<name>/spec*.csdl       the documents
                       options.toml     entries of a target, where the case needs some
                       expected/        the package, without the runtime's copy
                       expected.txt     or the findings, where the spec cannot be used

Missing and extra files fail. `pytest tests/test_cases.py --rewrite-cases` is the one
way of changing what is expected; read the diff before you commit it.
"""

from __future__ import annotations

import importlib
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import Target, target_from
from generator.diagnostics import Diagnostic, Diagnostics, SpecError
from generator.files import File
from generator.report import report_lines
from generator.writer import compare, unified_diff, write

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-cases"))


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case's folder, which is the current one, as if a user worked there."""
    folder = CASES / str(request.param)
    monkeypatch.chdir(folder)
    return folder


def target_of(case: Path) -> Target:
    specs = sorted(path.name for path in case.glob("spec*"))
    table = {"spec": specs, "package": case.name, "out": "."}
    options = case / "options.toml"
    if options.exists():
        table |= tomllib.loads(options.read_text("utf-8"))
    return target_from(table)


def generated(case: Path) -> tuple[tuple[File, ...], str]:
    """The files of a case, and its findings as text."""
    diagnostics = Diagnostics()
    files: tuple[File, ...] = ()
    try:
        files = pipeline.build(target_of(case), diagnostics).files
    except SpecError as error:
        return (), text_of(error.diagnostics)
    return files, text_of(diagnostics)


def text_of(findings: Iterable[Diagnostic]) -> str:
    return "".join(f"{line}\n" for line in report_lines(findings, verbose=True))


def test_a_case_gives_exactly_what_is_expected(case: Path, rewrite: bool) -> None:
    files, findings = generated(case)
    tree = [
        File(f"expected/{file.path.split('/', 1)[1]}", file.data)
        for file in files
        if "/_runtime/" not in file.path
    ]
    if rewrite:
        expect(case, tree, findings)
    text = case / "expected.txt"
    assert findings == (text.read_text("utf-8") if text.exists() else "")
    if tree:
        assert "\n".join(unified_diff(compare(tree, case))) == ""
    else:
        assert not (case / "expected").exists()


def expect(case: Path, tree: list[File], findings: str) -> None:
    shutil.rmtree(case / "expected", ignore_errors=True)
    (case / "expected.txt").unlink(missing_ok=True)
    if tree:
        write([compare(tree, case)], case / "specwright.lock")
    if findings:
        (case / "expected.txt").write_text(findings, "utf-8")


@pytest.fixture
def import_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder from which packages are imported, and forgotten afterwards."""
    known = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - known:
        if getattr(sys.modules[name], "__file__", None) is not None:
            if str(sys.modules[name].__file__).startswith(str(tmp_path)):
                del sys.modules[name]


def test_every_module_of_a_case_imports(case: Path, import_path: Path) -> None:
    files, _ = generated(case)
    if not files:
        pytest.skip("the spec of this case cannot be used")
    write([compare(files, import_path)], import_path / "specwright.lock")
    for file in files:
        if file.path.endswith(".py"):
            module = file.path.removesuffix(".py").removesuffix("/__init__")
            importlib.import_module(module.replace("/", "."))


def test_a_second_run_gives_the_same_bytes(case: Path) -> None:
    assert generated(case) == generated(case)
