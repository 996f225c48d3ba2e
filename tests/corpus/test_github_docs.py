"""The whole of GitHub's description as documents: what is written, and that its examples
are right."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from corpus.checkers import mypy
from corpus.documents import Documents, written_by
from corpus.packages import generate
from emitters.documents import faults
from emitters.reading import read
from support import shared_data

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

GITHUB = "openapi/api.github.com.json.gz"
OPERATIONS = 1223


def written(folder: Path) -> Documents:
    options = ["--spec", str(shared_data(GITHUB)), "--package", "github"]
    return written_by([*options, "--emit", "docs"], "github", folder)


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return written(tmp_path_factory.mktemp("docs"))


def test_every_operation_has_its_page_and_all_is_well(github: Documents) -> None:
    found = [path for path in github.files if path.startswith("docs/api/")]
    assert len(found) == OPERATIONS
    assert list(faults(github.files)) == []


def test_examples_of_json_are_json(github: Documents) -> None:
    count = 0
    for path, text in github.files.items():
        for info, content in read(text).fences if path.endswith(".md") else ():
            head, _, body = content.partition("\n\n")
            if info == "json":
                json.loads(content)
            elif info == "http" and "Content-Type: application/json" in head:
                json.loads(body)
                count += 1
    print(f"\n{count} bodies")
    assert count > 1000


def test_python_passes_the_checker(github: Documents, tmp_path: Path) -> None:
    package = generate("github", shared_data(GITHUB), tmp_path, "--emit", "python")
    module = tmp_path / "examples" / "__init__.py"
    module.parent.mkdir()
    written = []
    for path in sorted(github.files):
        if path.startswith("docs/api/"):
            blocks = [each for each in read(github.files[path]).fences]
            found = [text for info, text in blocks if info == "python"]
            assert len(found) == 2, path
            for text in found:
                kind = "async def" if "async with" in text else "def"
                head = f"{kind} f_{len(written)}() -> None:\n"
                written.append(head + textwrap.indent(text, "    "))
    module.write_text("\n\n".join(written))
    assert mypy(package.folder, ["examples"], tmp_path) == []


def test_another_run_writes_the_same(github: Documents, tmp_path: Path) -> None:
    assert written(tmp_path).files == github.files
