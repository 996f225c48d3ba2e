"""The whole of Microsoft Graph as one OpenAPI document: valid and complete.

The validator of documents walks every schema in every place that refers to it and needs
an hour for this one. So the document is held against the JSON Schema of OpenAPI 3.1, its
components all of them and of its paths every twentieth; that every reference leads
somewhere and every id is one of its own is looked at for all.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from support import shared_data

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.pipeline import load

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

SPEC = "graph/graph-v1.0-2026-08.csdl"
EVERY = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("graph")


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The document."""
    subprocess.run(
        [
            *(sys.executable, "-m", "generator", "generate", "--quiet"),
            *("--spec", str(shared_data(SPEC)), "--emit", "openapi"),
            *("--package", "graph", "--out", str(folder)),
            *("--base-url", "https://graph.microsoft.com/v1.0"),
        ],
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return folder / "graph-openapi" / "openapi.yaml"


@cache
def document(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def graph(written: Path) -> Any:
    return document(written)


def parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from parts(part)


def operations(graph: Any) -> Iterator[tuple[str, str, Any]]:
    for path, item in graph["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield path, method, operation


def test_it_is_large_and_not_too_large(written: Path, graph: Any) -> None:
    assert len(graph["paths"]) > 10_000
    assert written.stat().st_size < 50_000_000


def test_it_is_valid_as_far_as_a_sample_tells(graph: Any) -> None:
    names = list(graph["paths"])[::EVERY]
    sample = {**graph, "paths": {name: graph["paths"][name] for name in names}}
    validator = OpenAPIV31SpecValidator(sample).schema_validator
    assert [error.message for error in validator.iter_errors(sample)] == []


def test_a_fault_in_the_sample_would_be_found(graph: Any) -> None:
    name, *_ = graph["paths"]
    broken = {"get": {"responses": {"200": {"content": {}}}}}
    sample = {**graph, "paths": {name: broken}, "components": {}}
    validator = OpenAPIV31SpecValidator(sample).schema_validator
    assert list(validator.iter_errors(sample))


def test_every_reference_leads_somewhere(graph: Any) -> None:
    known = {
        f"#/components/{section}/{name}"
        for section, components in graph["components"].items()
        for name in components
    }
    used = {part["$ref"] for part in parts(graph) if isinstance(part.get("$ref"), str)}
    used |= {
        target
        for part in parts(graph["components"]["schemas"])
        for target in part.get("discriminator", {}).get("mapping", {}).values()
        if isinstance(part.get("discriminator"), dict)
    }
    assert used <= known
    unused = {name for name in known - used if "/securitySchemes/" not in name}
    assert unused == set()


def test_every_operation_has_an_id_of_its_own(graph: Any) -> None:
    found = Counter(operation["operationId"] for *_, operation in operations(graph))
    assert [name for name, times in found.items() if times > 1] == []


def test_every_parameter_of_a_path_is_defined_once(graph: Any) -> None:
    for path, item in graph["paths"].items():
        names = [part.partition("}")[0] for part in path.split("{")[1:]]
        defined = [parameter["name"] for parameter in item.get("parameters", ())]
        assert defined == names, path
        assert len(set(names)) == len(names)


def test_every_action_and_function_is_there(graph: Any) -> None:
    target = target_from(
        {"spec": [str(shared_data(SPEC))], "package": "graph", "out": "."}
    )
    api = load(target, Diagnostics())
    names = {
        operation.path[-1].partition("(")[0]
        for found in api.resources.values()
        for operation in found.operations
        if operation.kind.value in ("action", "function")
    }
    written = {path.rpartition("/")[2].partition("(")[0] for path in graph["paths"]}
    assert len(names) > 500
    assert names - written == set()
