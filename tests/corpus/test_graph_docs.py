"""The whole of Microsoft Graph as documents: what is written, and how fast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from corpus.documents import Documents, written_by
from emitters.documents import faults
from emitters.reading import read
from support import shared_data

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.emitters.docs.calls import offered
from generator.emitters.docs.names import PageNames
from generator.model import Alias, Api, Enum, LinkKind
from generator.pipeline import load

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

DESCRIBED = "graph/descriptions-v1.0-2023-05.xml"
NEWEST = "graph/graph-v1.0-2026-08.csdl"
PERMISSIONS = "graph/graph-permissions-2026-08-07.json.gz"

STREAMS = ("download", "upload")
SECONDS, MEGABYTES = 30, 800


def options(spec: str) -> Sequence[str]:
    return (
        *("--spec", str(shared_data(spec))),
        *("--permissions", str(shared_data(PERMISSIONS))),
        *("--package", "graph", "--emit", "docs"),
        *("--base-url", "https://graph.microsoft.com/v1.0"),
    )


def written(spec: str, folder: Path) -> Documents:
    return written_by(options(spec), "graph", folder)


@pytest.fixture(scope="module", params=[DESCRIBED, NEWEST])
def spec(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def graph(spec: str, tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return written(spec, tmp_path_factory.mktemp("docs"))


@pytest.fixture(scope="module")
def api(spec: str) -> Api:
    table = {"spec": str(shared_data(spec)), "package": "graph", "out": "."}
    return load(target_from(table), Diagnostics())


def test_it_is_quick_and_small(graph: Documents) -> None:
    size = sum(map(len, graph.files.values())) / 1e6
    print(
        f"\n{len(graph.files)} files, {size:.1f} MB, {graph.seconds} s,"
        f" {graph.megabytes} MB of memory"
    )
    assert graph.seconds <= SECONDS
    assert graph.megabytes <= MEGABYTES


def test_every_page_is_there_and_all_is_well_with_it(
    graph: Documents, api: Api
) -> None:
    names = PageNames(api)
    types = {
        names.type(each.id)
        for each in api.types.values()
        if not isinstance(each, Alias)
    }
    calls = {
        names.operation(*each)
        for each in offered(api.resources.values(), api.operations)
    }
    others = {"index.md", "glossary.md", "permissions.md"}
    pages = {path.removeprefix("docs/") for path in graph.files if path[-3:] == ".md"}
    assert pages == types | calls | others
    assert list(faults(graph.files)) == []


def test_every_operation_has_its_page(graph: Documents, api: Api) -> None:
    """Counted without the emitter: by type, cardinality, kind and name."""
    expected = set()
    for place in api.resources.values():
        called = [link.operation for link in place.links if link.operation]
        for call in (*place.operations, *called):
            at = call.binding or place
            expected.add((at.type, at.many, call.kind, call.name))
        for link in place.links:
            if link.kind is LinkKind.STREAM:
                expected |= {(place.type, False, way, link.name) for way in STREAMS}
    found = [path for path in graph.files if path.startswith("docs/api/")]
    assert len(found) == len(expected)


def test_enumerations_list_their_members(graph: Documents, api: Api) -> None:
    names = PageNames(api)
    for each in api.types.values():
        if isinstance(each, Enum):
            rows = read(graph.files[f"docs/{names.type(each.id)}"]).rows
            assert [row[0] for row in rows[1:]] == [m.name for m in each.members]


def test_examples_of_json_are_json(graph: Documents) -> None:
    count = 0
    for path, text in graph.files.items():
        if not path.endswith(".md"):
            continue
        for info, content in read(text).fences:
            head, _, body = content.partition("\n\n")
            if info == "json":
                json.loads(content)
            elif info == "http" and "Content-Type: application/json" in head:
                json.loads(body)
                count += 1
    print(f"\n{count} bodies")
    assert count > 4000


def test_permissions_of_the_list_are_told(graph: Documents) -> None:
    text = graph.files["docs/api/user-get.md"]
    work = [row[1] for row in read(text).rows if row[0].endswith("school account)")]
    assert "User.Read" in work  # what GET /me needs, and nothing beside it
    told = [text for text in graph.files.values() if "\n## Permissions\n" in text]
    print(f"\n{len(told)} pages with permissions")
    assert len(told) > 1000


def test_another_run_writes_the_same(
    graph: Documents, spec: str, tmp_path: Path
) -> None:
    assert written(spec, tmp_path).files == graph.files
