"""Public OpenAPI documents: everything is read, with names in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostics
from generator.model import (
    Alias,
    Api,
    Operation,
    Protocol,
    Struct,
    named_types,
)
from generator.passes.catalogue import with_catalogue
from generator.passes.closure import mentioned_by
from generator.passes.slice import slice_api
from generator.readers.openapi import read
from generator.readers.source import load_source

DATA = Path(__file__).parents[3] / "shared" / "data"
SMALL = sorted((DATA / "openapi").glob("*.yaml"))
MAPPED = sorted((DATA / "oasis" / "csdl-to-openapi").glob("*.openapi3.json"))
GITHUB = DATA / "openapi" / "api.github.com.json.gz"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GITHUB.is_file(), reason="no public specs beside"),
]


def read_whole(path: Path) -> tuple[Api, Diagnostics]:
    diagnostics = Diagnostics()
    return read([load_source(path)], diagnostics), diagnostics


def operations_of(api: Api) -> list[Operation]:
    tagged = [each for place in api.resources.values() for each in place.operations]
    return [*tagged, *api.operations]


def check(api: Api) -> None:
    """Every type that is mentioned is there."""
    mentioned: set[str] = set()
    for definition in api.types.values():
        if isinstance(definition, Alias):
            mentioned.update(named_types(definition.type))
        elif isinstance(definition, Struct):
            mentioned.update([definition.base] if definition.base else [])
            for member in definition.properties:
                mentioned.update(named_types(member.type))
    for operation in operations_of(api):
        mentioned.update([type_id for type_id, _ in mentioned_by(operation)])
    assert mentioned <= set(api.types)


@pytest.mark.parametrize("path", [*SMALL, *MAPPED], ids=lambda path: path.name)
def test_documents_are_read_without_an_error(path: Path) -> None:
    api, diagnostics = read_whole(path)
    assert diagnostics.errors == ()
    assert api.protocol is Protocol.HTTP and operations_of(api)
    check(api)


@pytest.fixture(scope="module")
def github() -> Api:
    api, diagnostics = read_whole(GITHUB)
    assert diagnostics.errors == ()
    return api


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(load_source(GITHUB).data)
    return found


def test_every_operation_and_component_is_there(
    github: Api, document: dict[str, Any]
) -> None:
    check(github)
    lines = {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
        if method in ("get", "put", "post", "patch", "delete")
    }
    operations = operations_of(github)
    assert {f"{each.method} {each.path[0]}" for each in operations} == lines
    assert len({each.id for each in operations}) == len(operations) == len(lines)
    assert set(document["components"]["schemas"]) <= set(github.types)


def test_no_name_is_a_number(github: Api, document: dict[str, Any]) -> None:
    """An id ends in a number only where the text of the document has it."""
    texts = set(document["components"]["schemas"])
    waiting: list[Any] = [document["components"]["schemas"], document["paths"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            texts.update(value)
            texts.update(
                [value[k] for k in ("title",) if isinstance(value.get(k), str)]
            )
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    numbered = [type_id for type_id in github.types if re.search(r"\d\Z", type_id)]
    ends = tuple([text for text in texts if re.search(r"\d\Z", text)])
    assert [type_id for type_id in numbered if not type_id.endswith(ends)] == []


def test_a_slice_of_github(github: Api) -> None:
    diagnostics = Diagnostics()
    whole = with_catalogue(github)
    found = slice_api(whole, ["GET /repos/{owner}/{repo}/issues/**"], None, diagnostics)
    assert diagnostics.errors == ()
    check(found)
    assert 10 < len(operations_of(found)) < 60
    assert len(found.types) < len(github.types) / 3
