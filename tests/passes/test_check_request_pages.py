"""The check of pages against a description in OpenAPI: what documentation writes is
found right, and what is wrong is found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from emitters.documents import documents
from emitters.requests import LIBRARY, ZOO, load

from generator.diagnostics import Diagnostics
from generator.passes.check_pages import check_pages
from generator.passes.check_pages.templates import Templates
from generator.readers.pages import read_pages


@cache
def library() -> Mapping[str, str]:
    return documents(load(LIBRARY))


def check(folder: Path, files: Mapping[str, str], spec: Path) -> list[str]:
    """What the check finds: codes with messages."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    found = Diagnostics()
    check_pages(load(spec), read_pages(folder / "docs", found), found)
    return [f"{each.code}: {each.message}" for each in found]


def test_documentation_passes_its_own_check(tmp_path: Path) -> None:
    assert check(tmp_path, library(), LIBRARY) == []


@pytest.mark.parametrize(
    ("page", "old", "new", "expected"),
    [
        ("items-get", "/v1/items/{item_id}", "/v1/item/{item_id}", "page-request-path"),
        ("items-add", "POST https", "PUT https", "page-request-method"),
        ("items-add", '"shelf": ', '"shelff": ', "page-example-unknown"),
        ("items-add", '  "kind": "book",\n', "", "page-example-missing"),
        ("items-add", "|title|string|", "|title|boolean|", "page-property-type"),
        ("items-add", "|title|", "|titel|", "page-property-unknown"),
        ("items-list", '"pages": 4', '"pages": "4"', "page-example-type"),
        ("loans-borrow", "What is borrowed.", "TODO", "page-placeholder"),
        ("loans-borrow", "../tags/loans.md", "../tags/loan.md", "page-link"),
    ],
)
def test_faults_are_found(
    page: str, old: str, new: str, expected: str, tmp_path: Path
) -> None:
    path = f"docs/api/{page}.md"
    text = library()[path]
    if '"pages"' in old:
        pages = text.partition('"pages": ')[2].partition("\n")[0]
        old, new = f'"pages": {pages}', f'"pages": "{pages}"'
    assert old in text
    found = check(tmp_path, {**library(), path: text.replace(old, new)}, LIBRARY)
    assert expected in {each.partition(":")[0] for each in found}, found


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/animals", {"animals_list", "animals_add"}),
        ("/animals?x=1", {"animals_list", "animals_add"}),
        ("https://north.zoo.example/v2/animals/7", {"animals_get", "animals_feed"}),
        ("https://test.zoo.example/v2/animals/{id}", {"animals_get", "animals_feed"}),
        ("https://other.example/nothing", set()),
        ("/animals/...", set()),
    ],
)
def test_request_lines_are_understood(target: str, expected: set[str]) -> None:
    offer = Templates(load(ZOO)).find(target)
    assert {each.id for each in offer.operations} == expected
    assert offer.fault == ""


def test_a_fault_says_what_there_is_instead() -> None:
    offer = Templates(load(ZOO)).find("/animals/7/photo")
    assert offer.fault == "nothing is called 'photo' after '/animals/7'"
    assert offer.known == ("photos",)
    assert Templates(load(ZOO)).find("/keepers").fault
