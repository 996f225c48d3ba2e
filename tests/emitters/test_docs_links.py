"""Links in the text of a spec: to a page of the site, to where the user says, or
nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from emitters.building import load
from emitters.documents import documents, faults, site
from emitters.reading import read
from emitters.test_docs_markdown import texts
from hypothesis import given

from generator.emitters.docs.links import Links

PAGES = ("resources/user.md", "enums/size.md", "api/user-get.md", "api/user.md")
BASE = "https://docs.example/graph/api"


@pytest.mark.parametrize(
    ("href", "page"),
    [
        *(("user.md", "resources/user.md"), ("./User.md", "resources/user.md")),
        *(("../resources/user.md#properties", "resources/user.md"),),
        *(("../api/user-get.md?tabs=http", "api/user-get.md"),),
        *(("user-get.md", "api/user-get.md"), ("../api/user.md", "api/user.md")),
        *(("../resources/size.md", "enums/size.md"), ("size.md", "enums/size.md")),
        ("/graph/api/resources/user?view=graph-rest-beta", "resources/user.md"),
        ("/graph/api/user-get", "api/user-get.md"),
    ],
)
def test_a_link_to_what_has_a_page_leads_there(href: str, page: str) -> None:
    for base in ("", BASE):
        assert Links(PAGES, base).target(href, "../") == f"../{page}"
        assert Links(PAGES, base).target(href, "") == page


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("group.md", f"{BASE}/group.md"),
        ("../concepts/user.md", "https://docs.example/graph/concepts/user.md"),
        ("/graph/auth/user?a=b#c", "https://docs.example/graph/auth/user?a=b#c"),
        ("user", f"{BASE}/user"),
        (".//evil.example", f"{BASE}/evil.example"),
    ],
)
def test_another_relative_link_leads_to_where_the_user_says(
    href: str, address: str
) -> None:
    for base in (BASE, f"{BASE}/"):
        assert Links(PAGES, base).target(href, "../") == address
    assert Links(PAGES, "").target(href, "../") == ""


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x"),
        *("file:///etc/passwd", "ftp://a.example/x", "x:user.md", "https:user.md"),
        *("//evil.example/x", "///evil.example", "\\\\evil.example", "/\\evil.example"),
        *("#a", "?a=b", "", "http://", "mailto:"),
    ],
)
def test_what_is_not_safe_leads_nowhere(href: str) -> None:
    assert Links(PAGES, BASE).target(href, "../") == ""


@given(texts)
def test_no_text_leads_elsewhere(text: str) -> None:
    found = Links(PAGES, BASE).target(text, "../")
    assert not found or found.startswith(
        ("http://", "https://", "mailto:", "HTTP", "../")
    )


LINKED = """
<EntityType Name="user"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="size" Type="self.size"><Annotation
    Term="Org.OData.Core.V1.Description" String="A [`size`](../resources/size.md)."/>
    </Property>
  <Property Name="group" Type="Edm.String"><Annotation
    Term="Org.OData.Core.V1.Description" String="A [group](group.md) | [x](data:x)"/>
    </Property>
  <Annotation Term="Org.OData.Core.V1.Description"
    String="See [get](../api/user-get.md#request) and [more](/graph/more)."/>
</EntityType>
<EnumType Name="size"><Member Name="small"/><Annotation
  Term="Org.OData.Core.V1.Description" String="Of a [user](user.md)."/></EnumType>
<EntityContainer Name="C"><EntitySet Name="users" EntityType="self.user"><Annotation
  Term="Org.OData.Core.V1.Description" String="All [users](resources/user.md)"/>
  </EntitySet></EntityContainer>
"""


def links(files: Mapping[str, str], page: str) -> set[str]:
    return set(read(files[f"docs/{page}"]).links)


@pytest.mark.parametrize("base", ["", BASE])
def test_the_links_of_descriptions_are_kept(base: str) -> None:
    files = documents(load(LINKED), link_base=base)
    assert list(faults(files)) == []
    found = links(files, "resources/user.md")
    assert {"../enums/size.md", "../api/user-get.md"} <= found
    away = {f"{BASE}/group.md", "https://docs.example/graph/more"}
    assert {each for each in found if "://" in each} == (away if base else set())
    assert "[`size`](../enums/size.md)" in files["docs/resources/user.md"]
    assert "../resources/user.md" in links(files, "enums/size.md")
    assert {"resources/user.md", "api/user-get.md"} <= links(files, "glossary.md")
    assert "[users](resources/user.md)" in files["docs/index.md"]


@pytest.mark.slow
def test_the_site_has_no_broken_link(tmp_path: Path) -> None:
    for name, text in documents(load(LINKED), link_base=BASE).items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert site(tmp_path / "docs", tmp_path / "site") == ""
