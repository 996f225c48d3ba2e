"""What the tests of generated packages share: the one with everything, as text, in a
folder and imported."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from emitters.building import EVERYTHING, PACKAGE, forget, load, sources

from generator.emitters.python import Options, emit


@pytest.fixture(scope="session")
def everything() -> Mapping[str, str]:
    """The modules of the package of everything: text by path."""
    return sources(load(EVERYTHING), "https://zoo.example/v1")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of everything, runtime included."""
    root = tmp_path_factory.mktemp("written")
    for file in emit(load(EVERYTHING), Options(PACKAGE, "https://zoo.example/v1")):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return root


@pytest.fixture
def package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package of everything, imported for one test."""
    monkeypatch.syspath_prepend(str(folder))
    yield importlib.import_module(PACKAGE)
    forget()
