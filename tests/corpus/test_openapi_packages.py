"""The packages of the small public OpenAPI descriptions: importable, and clean under both
checkers. GitHub's has tests of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus.checkers import CHECKERS
from corpus.packages import Package, generate, import_all
from support import shared_data

pytestmark = pytest.mark.corpus

NAMES = (
    "DiscriminatorSample EnumHandling InheritingErrors ModelWithDerivedTypes"
    " ModelWithDictionary ModelWithMultipleSecurity SimpleModelOpenApi3_1 ToDoApi"
).split()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Package]:
    """The packages of all descriptions, in one folder."""
    folder = tmp_path_factory.mktemp("openapi")
    return [
        generate(name.lower(), shared_data(f"openapi/{name}.yaml"), folder)
        for name in NAMES
    ]


def test_every_module_can_be_imported(packages: list[Package]) -> None:
    for package in packages:
        import_all(package)


@pytest.mark.checkers
@pytest.mark.parametrize("checker", CHECKERS)
def test_nothing_is_found(
    packages: list[Package], tmp_path: Path, checker: str
) -> None:
    names = [package.name for package in packages]
    assert CHECKERS[checker](packages[0].folder, names, tmp_path) == []
