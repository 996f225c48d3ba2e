"""Packages of the public specs: made by the program itself, imported, forgotten
again."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Package:
    """A package as `specwright generate` wrote it, and how long that took."""

    folder: Path
    name: str
    seconds: float

    @property
    def path(self) -> Path:
        """The folder of the package itself."""
        return self.folder / self.name

    @property
    def modules(self) -> list[str]:
        """The names of all modules, the runtime's too."""
        found = (path.relative_to(self.folder) for path in self.path.rglob("*.py"))
        return sorted(
            ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            for path in found
        )

    def load(self, module: str = "") -> ModuleType:
        """Import the package or a module of it; only while it is `importable`."""
        return importlib.import_module(f"{self.name}.{module}".rstrip("."))


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a module of this Python, whatever the variables of the environment say of it;
    its output is UTF-8."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=kept | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


def specwright(command: str, name: str, spec: Path, *more: str | Path) -> list[str]:
    """The command line for a spec; `more` are further options."""
    line = ["-m", "generator", command, "--spec", str(spec), "--package", name]
    return [*line, *map(str, more)]


def generate(name: str, spec: Path, out: Path, *more: str | Path) -> Package:
    """Write a package as a user does, and see that nothing is found wrong."""
    started = time.perf_counter()
    result = run(*specwright("generate", name, spec, "--out", out, *more))
    seconds = time.perf_counter() - started
    assert result.returncode == 0, result.stderr
    assert ": error: " not in result.stderr
    assert "Traceback" not in result.stderr
    return Package(out, name, seconds)


@contextmanager
def importable(package: Package) -> Iterator[Package]:
    """Make a package importable; afterwards it is as if it had never been imported."""
    sys.path.insert(0, str(package.folder))
    importlib.invalidate_caches()
    try:
        yield package
    finally:
        sys.path.remove(str(package.folder))
        for name in list(sys.modules):
            if name.partition(".")[0] == package.name:
                del sys.modules[name]


IMPORT_ALL = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.stdin.read().split():
    importlib.import_module(name)
"""


def import_all(package: Package) -> float:
    """Import every module in one new process, warnings being errors: the seconds it
    takes."""
    started = time.perf_counter()
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_ALL, str(package.folder)],
        input="\n".join(package.modules),
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return time.perf_counter() - started
