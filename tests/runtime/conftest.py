"""Fixtures of the runtime's tests: the runtime as part of a real little package."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = "sample_graph"
HERE = Path(__file__).parent
RUNTIME = HERE.parents[1] / "generator" / "runtime"


def build_sample(folder: Path) -> Path:
    """Write the package into a folder: `sample/` with the runtime as `_runtime`."""
    package = folder / PACKAGE
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "sample", package, ignore=skipped)
    shutil.copytree(RUNTIME, package / "_runtime", ignore=skipped)
    (package / "py.typed").touch()
    return package


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the package `sample_graph`."""
    folder = tmp_path_factory.mktemp("sample")
    build_sample(folder)
    return folder


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Iterator[ModuleType]:
    """The package `sample_graph`, imported with `models` and all of the model runtime.

    Its parts are reached as attributes: `sample.models.QrPin`,
    `sample._runtime.codecs.encode`.
    """
    sys.path.insert(0, str(sample_folder))
    package = importlib.import_module(PACKAGE)
    runtime = "bodies codecs enums json lists model query values"
    for name in runtime.split():
        importlib.import_module(f"{PACKAGE}._runtime.{name}")
    importlib.import_module(f"{PACKAGE}.models")
    yield package
    sys.path.remove(str(sample_folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of types that a package has, for the runtime outside of one; it knows
    no type."""
    for name in ("generator.models", "generator.models._index"):
        module = ModuleType(name)
        vars(module).update(TYPES={}, ODATA=True)
        monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture(scope="session")
def models(sample: ModuleType) -> ModuleType:
    """The models of `sample_graph`."""
    return importlib.import_module(f"{PACKAGE}.models")
