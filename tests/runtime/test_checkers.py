"""The runtime inside a package, and what users write with it, under both checkers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkers

HERE = Path(__file__).parent / "checkers"


def mypy_errors(folder: Path, *targets: str) -> list[tuple[str, int, str]]:
    """Run mypy in strict mode: file, line and message of each error."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-color-output", *targets]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    found = re.findall(r"^([^:\n]+):(\d+): error: (.*)$", run.stdout, re.MULTILINE)
    return [(file, int(line), text) for file, line, text in found]


def pyright_errors(folder: Path, *targets: str) -> list[tuple[str, int, str]]:
    """Run pyright in strict mode: file, line and message of each error."""
    settings = {"include": list(targets), "typeCheckingMode": "strict"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson"]
    command += ["--pythonpath", sys.executable]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return [
        (Path(each["file"]).name, each["range"]["start"]["line"] + 1, each["message"])
        for each in json.loads(run.stdout)["generalDiagnostics"]
    ]


@pytest.fixture(scope="module")
def checked(sample_folder: Path) -> Path:
    """The folder with the package and the programs beside it."""
    for program in HERE.iterdir():
        shutil.copy(program, sample_folder)
    return sample_folder


@pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])
def test_the_package_is_clean(checked: Path, errors: type[list[object]]) -> None:
    pytest.importorskip(errors.__name__.removesuffix("_errors"))
    assert errors(checked, "sample_graph", "accepted.py") == []  # type: ignore[call-arg]


@pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])
def test_mistakes_are_refused(checked: Path, errors: type[list[object]]) -> None:
    pytest.importorskip(errors.__name__.removesuffix("_errors"))
    lines = (checked / "refused.py").read_text().splitlines()
    expected = {n for n, line in enumerate(lines, 1) if line.endswith("# refused")}
    found = errors(checked, "refused.py")
    assert {line for _, line, _ in found} == expected, found
