"""Packages made of small Apis: what is written, that it imports, that it is always the
same."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import black
import pytest
from emitters.building import EVERYTHING, PACKAGE, forget, load, sources, trees
from emitters.random_apis import apis
from emitters.soundness import faults
from hypothesis import given, settings

from generator.emitters.python import Options, emit
from generator.files import MARKER
from generator.model import Api

REPOSITORY = Path(__file__).parents[2]


def test_everything_is_sound(everything: Mapping[str, str]) -> None:
    assert faults(everything) == []
    assert set(everything) == {
        *("__init__.py", "client.py", "py.typed"),
        *("models/__init__.py", "models/__init__.pyi", "models/_index.py"),
        *(
            f"models/{name}.py"
            for name in "animal bird egg home kind needs report thing".split()
        ),
        "resources/__init__.py",
        *(f"resources/{name}.py" for name in "animal bird egg home thing".split()),
    }


def test_every_module_bears_the_mark(everything: Mapping[str, str]) -> None:
    unmarked = [path for path in everything if not everything[path].startswith(MARKER)]
    assert unmarked == ["py.typed"]


def test_the_runtime_is_a_copy() -> None:
    runtime = REPOSITORY / "generator" / "runtime"
    copies = {
        file.path.rpartition("/")[2]: file.data
        for file in emit(load("<EntityContainer Name='C'/>"), Options(PACKAGE))
        if "/_runtime/" in file.path
    }
    assert copies == {path.name: path.read_bytes() for path in runtime.glob("*.py")}


def test_black_leaves_everything_as_it_is(everything: Mapping[str, str]) -> None:
    assert changed_by_black(everything) == []


@given(apis(every=True))
@settings(max_examples=25)
def test_black_leaves_awkward_packages_as_they_are(api: Api) -> None:
    assert changed_by_black(sources(api)) == []


def changed_by_black(texts: Mapping[str, str]) -> list[str]:
    return [
        path
        for path, text in texts.items()
        if path.endswith((".py", ".pyi"))
        if black.format_str(text, mode=black.Mode(is_pyi=path.endswith("i"))) != text
    ]


def test_no_module_waits_for_another_that_waits_for_it(
    everything: Mapping[str, str],
) -> None:
    graph = {
        path: {f"{place}.py" for place in imported(path, tree)}
        for path, tree in trees(everything).items()
    }
    assert "models/thing.py" in graph["models/animal.py"]
    assert "models/animal.py" in graph["resources/animal.py"]
    assert "resources/egg.py" not in graph["resources/animal.py"]
    TopologicalSorter(graph).prepare()


def imported(path: str, tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports at run time, of the package."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            parts = (node.module or "").split(".")
            yield "/".join([*path.split("/")[: -node.level], *parts])


def test_every_module_can_be_the_first_to_be_imported(
    folder: Path, everything: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(folder))
    for path in everything:
        if path.endswith(".py"):
            forget()
            name = f"{PACKAGE}/{path}".removesuffix(".py").removesuffix("/__init__")
            importlib.import_module(name.replace("/", "."))
    forget()


def test_a_package_names_its_types_and_imports_them_late(package: ModuleType) -> None:
    models = package.models
    assert {"Animal", "Bird", "Egg", "Home", "Kind", "Needs"} <= set(dir(models))
    assert f"{PACKAGE}.models.bird" not in sys.modules
    assert models.Bird.__mro__[1:3] == (models.Animal, models.Thing)
    with pytest.raises(AttributeError, match="Wolf"):
        _ = models.Wolf


@pytest.mark.checkers
def test_mypy_finds_nothing(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", PACKAGE],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stdout


# --- the same bytes, always

DIGEST = """
from emitters.test_python import digest
print(digest())
"""


def digest() -> str:
    """A hash of everything that is written."""
    files = emit(load(EVERYTHING), Options(PACKAGE))
    return sha256(
        b"".join(file.path.encode() + file.data for file in files)
    ).hexdigest()


def test_the_output_is_the_same_whatever_the_hash_seed() -> None:
    def run(seed: str) -> str:
        paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        return subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert run("1") == run("2") == digest()


def test_files_come_in_the_order_of_their_paths() -> None:
    paths = [file.path for file in emit(load(EVERYTHING), Options(PACKAGE))]
    assert paths == sorted(paths)
    assert len(paths) == len(set(paths))
