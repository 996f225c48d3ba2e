"""mypy, pyright and black over packages: what each finds, as lines of text.

Each is given the folder, the packages in it, and a folder for what it leaves behind.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.packages import run


def mypy(folder: Path, packages: Sequence[str], scratch: Path) -> list[str]:
    """Check in strict mode, without a configuration file."""
    options = ["--strict", "--config-file", os.devnull, "--no-error-summary"]
    options += ["--cache-dir", str(scratch / "mypy"), "--python-version", "3.11"]
    result = run("-m", "mypy", *options, *packages, cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    return result.stdout.splitlines()


def pyright(folder: Path, packages: Sequence[str], scratch: Path) -> list[str]:
    """Check in strict mode, warnings being findings; see that all files are read."""
    settings = {
        "include": list(packages),
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    # the packages must stand below the folder of the settings
    project = folder / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    options = ["--outputjson", "--project", str(project)]
    result = run("-m", "pyright", *options, "--pythonpath", sys.executable, cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    found = json.loads(result.stdout)
    sources = [
        path
        for package in packages
        for path in (folder / package).rglob("*")
        if path.suffix in (".py", ".pyi")
    ]
    assert found["summary"]["filesAnalyzed"] == len(sources)
    return [
        f"{each['file']}:{each['range']['start']['line'] + 1}: {each['message']}"
        for each in found["generalDiagnostics"]
    ]


def black(folder: Path, packages: Sequence[str], scratch: Path) -> list[str]:
    """See that black, with two processes and nothing configured, changes no file."""
    options = ["--check", "--workers", "2", "--config", os.devnull]
    result = run("-m", "black", *options, *packages, cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    lines = result.stderr.splitlines()
    return [line for line in lines if line.startswith("would reformat")]


CHECKERS = {"mypy": mypy, "pyright": pyright, "black": black}
