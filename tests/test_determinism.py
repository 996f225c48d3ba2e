"""The output depends on nothing but the input: not on the process, the folder, the
machine or the Python, and not on order where order says nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from generator import pipeline
from generator.config import Target, find_config
from generator.diagnostics import Diagnostics

ROOT = Path(__file__).parents[1]
MODULES = "black, jinja2, lxml, openapi_spec_validator, jsonpath, yaml"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file of the bundled targets' packages, pages and documents in a folder."""
    names = {path.partition("/")[0] for path in committed()}
    return {
        path: data
        for path, data in tree(folder).items()
        if path.partition("/")[0] in names
    }


@cache
def committed() -> dict[str, bytes]:
    """What is committed; it is up to date if `make generate` leaves no difference."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "generated"], cwd=ROOT, capture_output=True
    ).stdout.decode()
    if not names:
        return tree(ROOT / "generated")
    paths = [name for name in names.split("\0") if name]
    return {p.removeprefix("generated/"): (ROOT / p).read_bytes() for p in paths}


def project(folder: Path) -> Path:
    """Copy what `make generate` reads."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "specs", folder / "specs")
    return folder


def generate(
    cwd: Path, python: str = sys.executable, flags: tuple[str, ...] = (), **more: str
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    command = [python, *flags, "-m", "generator", "generate", "--quiet"]
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


ENVIRONMENTS = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4294967295": {"PYTHONHASHSEED": "4294967295"},
    "ASCII locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "time zone before": {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
    "time zone behind": {"TZ": "America/Adak"},
    "other home and width": {"HOME": "/nowhere", "COLUMNS": "20", "USER": "x"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environment_says_nothing(tmp_path: Path, name: str) -> None:
    here = project(tmp_path / "project")
    generate(here, **ENVIRONMENTS[name])
    assert outputs(here / "generated") == committed()


def test_the_working_folder_says_nothing(tmp_path: Path) -> None:
    here = project(tmp_path / "\u00fcber alles" / "project")
    below = here / "deep" / "below"
    below.mkdir(parents=True)
    generate(below)
    assert outputs(here / "generated") == committed()


def test_optimised_python_gives_the_same(tmp_path: Path) -> None:
    """Assertions and docstrings are no part of what is generated."""
    here = project(tmp_path / "project")
    generate(here, flags=("-OO",))
    assert outputs(here / "generated") == committed()


def newest() -> str:
    """Give the newest other Python that has what specwright needs, or skip the test.

    SPECWRIGHT_OTHER_PYTHON names one that is not on the path.
    """
    own = sys.version_info[:2]
    names = [f"python3.{minor}" for minor in range(own[1] + 9, own[1], -1)]
    told = os.environ.get("SPECWRIGHT_OTHER_PYTHON")
    for name in [told] if told else names:
        found = shutil.which(name)
        if found and _has_what_is_needed(found):
            return found
        assert not told, f"{told} has not all of {MODULES}"
    pytest.skip(
        f"no Python newer than {own[0]}.{own[1]} on the path has {MODULES}; "
        "SPECWRIGHT_OTHER_PYTHON names one"
    )


def _has_what_is_needed(python: str) -> bool:
    command = [python, "-c", f"import {MODULES}"]
    return subprocess.run(command, capture_output=True).returncode == 0


def test_the_newest_python_gives_the_same(tmp_path: Path) -> None:
    python = newest()
    here = project(tmp_path / "project")
    generate(here, python)
    assert outputs(here / "generated") == committed()


def target(name: str) -> Target:
    (found,) = (t for t in find_config(ROOT).targets if t.name == name)
    return found


def built(wanted: Target) -> dict[str, bytes]:
    return {f.path: f.data for f in pipeline.build(wanted, Diagnostics()).files}


UNORDERED = (
    "Annotations",
    "DataServices",
    "EntitySet",
    "Record",
    "Schema",
    "Singleton",
)
"""What holds things whose order says nothing. That of entity sets, properties, members
and parameters is the one in which readers see them."""


def reordered_csdl(path: Path, chance: random.Random) -> bytes:
    """Put what stands beside one another in another order: schemas, the types and
    operations of a schema, bindings, annotations."""
    root = etree.parse(path).getroot()
    for element in list(root.iter(etree.Element)):
        if etree.QName(element).localname in UNORDERED:
            children = list(element)
            chance.shuffle(children)
            for child in children:
                element.append(child)
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_schemas_and_types_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(ROOT)
    graph = target("graph-qrpin")
    chance = random.Random(seed)
    for path in (*graph.spec, *graph.annotations):
        assert isinstance(path, Path)
        (tmp_path / path.name).write_bytes(reordered_csdl(path, chance))
    other = replace(
        graph,
        spec=tuple(tmp_path / Path(str(path)).name for path in graph.spec),
        annotations=tuple(tmp_path / Path(str(p)).name for p in graph.annotations),
    )
    assert built(other) == built(graph)


READ_IN_ORDER = ("properties", "example", "examples", "default", "value")
"""The keys of maps whose order is shown as the author wrote it."""


def reordered(value: Any, chance: random.Random, key: str = "") -> Any:
    """Put the keys of maps in another order, except where readers see it."""
    if isinstance(value, list):
        return [reordered(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    if key in READ_IN_ORDER[1:]:
        return value
    items = list(value.items())
    if key not in READ_IN_ORDER:
        chance.shuffle(items)
    return {name: reordered(item, chance, name) for name, item in items}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_keys_of_maps_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(ROOT)
    library = replace(target("library"), emit=("python", "docs", "openapi"))
    (path,) = library.spec
    assert isinstance(path, Path)
    document = reordered(yaml.safe_load(path.read_text("utf-8")), random.Random(seed))
    other = tmp_path / "other.openapi.json"
    other.write_text(json.dumps(document))
    assert built(replace(library, spec=(other,))) == built(library)
