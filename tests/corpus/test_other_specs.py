"""The other public specs: older Graph versions, a document with descriptions, the beta
fragment with its annotations, and OASIS's examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus.checkers import CHECKERS
from corpus.metadata import Metadata
from corpus.packages import Package, generate, import_all, importable
from corpus.places import place_classes, type_of
from support import shared_data

pytestmark = pytest.mark.corpus

OLDER = {
    "graph_2024_06": "graph/graph-v1.0-2024-06.csdl",
    "graph_2025_06": "graph/graph-v1.0-2025-06.csdl",
    "graph_2026_02": "graph/graph-v1.0-2026-02.csdl",
    "graph_2023_05": "graph/descriptions-v1.0-2023-05.xml",
}
BETA = "graph/beta-qrpin-fragment-2026-08.csdl"
BETA_ANNOTATIONS = "graph/beta-qrpin-annotations-2026-08.csdl"
OASIS = "oasis/csdl-to-openapi"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """The packages of the fragment and of OASIS's examples, all in one folder."""
    out = tmp_path_factory.mktemp("small")
    told = shared_data(BETA_ANNOTATIONS)
    packages = [generate("beta", shared_data(BETA), out, "--annotations", told)]
    for path in sorted(shared_data(OASIS).glob("*.xml")):
        name = package_name(path)
        packages.append(generate(name, path, out))
    return {package.name: package for package in packages}


def package_name(path: Path) -> str:
    return path.stem.lower().replace("-", "_").replace(".", "_")


def check(package: Package, metadata: Metadata) -> None:
    """See that all modules are imported, all types are there, entity types have
    places."""
    import_all(package)
    with importable(package):
        index = package.load("models._index").TYPES
        assert index.keys() >= metadata.types.keys()
        reached = {type_of(cls) for cls in place_classes(package)}
    entities = {n for n, each in metadata.types.items() if each.kind == "EntityType"}
    assert entities <= reached


@pytest.mark.parametrize("name", OLDER)
def test_other_graph_versions(name: str, tmp_path: Path) -> None:
    path = shared_data(OLDER[name])
    package = generate(name, path, tmp_path)
    check(package, Metadata(path))
    print(f"\n{len(package.modules)} modules written in {package.seconds:.1f} s")


def test_the_small_ones(small: dict[str, Package]) -> None:
    check(small["beta"], Metadata(shared_data(BETA)))
    for path in sorted(shared_data(OASIS).glob("*.xml")):
        check(small[package_name(path)], Metadata(path))
    assert len(small) == 9


@pytest.mark.checkers
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_small_ones_are_clean(
    small: dict[str, Package], tmp_path: Path, checker: str
) -> None:
    folder = small["beta"].folder
    assert CHECKERS[checker](folder, sorted(small), tmp_path) == []
