"""The committed documents of the bundled spec, and the site that MkDocs makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from emitters.documents import faults, site
from emitters.reading import Page, read
from support import shared_data

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "generated" / "graph-qrpin-docs"
PLACEHOLDERS = ("TODO", '"String"', '"Boolean"', "(timestamp)", "[!INCLUDE", "Provide")


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def create(files: Mapping[str, str]) -> Page:
    return read(files["docs/api/qrpin-create.md"])


def test_all_is_well_with_the_documents(files: Mapping[str, str]) -> None:
    assert list(faults(files)) == []
    assert not any("TODO" in text for text in files.values())


def test_the_create_page_has_the_sections_of_the_stub_in_their_order(
    create: Page,
) -> None:
    stub = shared_data("../reference/create-qrpin-page.md").read_text("utf-8")
    wanted = read(stub).headings
    assert len(wanted) == 9
    assert in_order(wanted, create.headings)
    assert list(create.front_matter)[:2] == ["title", "description"]
    assert create.front_matter["doc_type"] == "apiPageType"
    assert create.front_matter["ms.subservice"] == "entra-sign-in"


def in_order(wanted: list[str], found: list[str]) -> bool:
    rest: Iterator[str] = iter(found)
    return all(each in rest for each in wanted)


def test_the_create_page_has_no_placeholders(files: Mapping[str, str]) -> None:
    text = files["docs/api/qrpin-create.md"]
    assert [each for each in PLACEHOLDERS if each in text] == []


def test_the_create_page_says_all_that_a_caller_needs(create: Page) -> None:
    lines = [content for info, content in create.fences if info == "http"][0]
    assert lines.splitlines() == [
        "POST /users/{userId}/authentication/qrCodePinMethod/pin",
        "POST /me/authentication/qrCodePinMethod/pin",
        "POST /authenticationMethodDevices/{authenticationMethodDeviceId}"
        "/hardwareOathDevices/{hardwareOathTokenAuthenticationMethodDeviceId}"
        "/assignTo/authentication/qrCodePinMethod/pin",
    ]
    rows = {row[0]: row[1:] for row in create.rows}
    assert set(re.findall(r"\{(\w+)\}", lines)) <= rows.keys()
    assert rows["Delegated (work or school account)"] == [
        "UserAuthenticationMethod.ReadWrite",
        "UserAuthenticationMethod.ReadWrite.All",
    ]
    assert rows["Delegated (personal Microsoft account)"] == ["Not supported."] * 2
    assert rows["Content-Type"] == ["application/json. Required."]
    assert [row[0] for row in create.rows if row[1:2] in (["String"], ["Boolean"])][
        -2:
    ] == ["code", "forceChangePinNextSignIn"]
    assert rows["code"][1].endswith(" Required.")
    assert "createdDateTime" not in rows and "id" not in rows


def test_what_departs_from_odata_is_noted(files: Mapping[str, str]) -> None:
    assert "> **Note:** OData creates a single-valued" in (
        files["docs/api/qrpin-create.md"]
    )
    assert "**Note:**" not in files["docs/api/qrpin-update.md"]


def test_each_way_to_a_user_is_told_in_its_own_words(files: Mapping[str, str]) -> None:
    text = files["docs/api/user-get.md"]
    assert "For `GET /users/{userId}`:" in text and "For `GET /me`:" in text
    assert "Reads the account of the person who is signed in.\n\n<!--" in text


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    assert site(FOLDER, tmp_path / "site") == ""
    html = (tmp_path / "site" / "api" / "qrpin-create" / "index.html").read_text()
    assert html.count("<table>") == 5 and 'class="highlight"' in html
    assert "qrPin" in (tmp_path / "site" / "search" / "search_index.json").read_text()
    # of what a page loads, nothing comes from elsewhere
    loaded = re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="([^"]*)"', html)
    outside = [each for each in loaded if each.startswith(("http", "//", "/"))]
    assert loaded and outside == []
