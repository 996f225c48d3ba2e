"""The documentation as a whole: pages, their check, and what is new on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.cli import main
from generator.config import target_from
from generator.diagnostics import Diagnostics

ROOT = Path(__file__).parents[1]
BUNDLED = ROOT / "generated" / "graph-qrpin-docs" / "docs"

OLD = """\
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="animal">
        <Key><PropertyRef Name="id" /></Key>
        <Property Name="id" Type="Edm.String" Nullable="false" />
        <Property Name="name" Type="Edm.String" />
      </EntityType>
      <EntityType Name="keeper">
        <Key><PropertyRef Name="id" /></Key>
        <Property Name="id" Type="Edm.String" Nullable="false" />
      </EntityType>
      <EntityContainer Name="Zoo">
        <EntitySet Name="animals" EntityType="zoo.animal" />
        <EntitySet Name="keepers" EntityType="zoo.keeper" />
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
"""
NEW = OLD.replace(
    '<Property Name="name" Type="Edm.String" />',
    '<Property Name="legs" Type="Edm.Int32" />',
)


def test_the_bundled_pages_pass_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = main(["docs", "check", str(BUNDLED), "--target", "graph-qrpin"])
    assert (status, capsys.readouterr().out.partition(" in ")[0]) == (
        0,
        f"{len(list(BUNDLED.rglob('*.md')))} pages: 0 errors, 0 warnings",
    )


def pages_of(folder: Path, **more: object) -> dict[str, str]:
    """The texts of the documents of the new version, by path."""
    (folder / "old.csdl").write_text(OLD)
    (folder / "new.csdl").write_text(NEW)
    entries = {"spec": ["new.csdl"], "package": "zoo", "out": ".", "emit": ["docs"]}
    build = pipeline.build(target_from({**entries, **more}), Diagnostics())
    return {
        file.path.removeprefix("zoo-docs/"): file.data.decode() for file in build.files
    }


def test_a_page_tells_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages = pages_of(tmp_path, docs={"previous": ["old.csdl"]})
    page = pages["docs/changelog.md"]
    assert page.count("\n# Changes\n") == 1
    assert "## [`zoo.animal`](resources/animal.md)" in page
    assert "**breaking** `name`" in page and "**compatible** `legs`" in page
    assert "keeper" not in page
    assert '"Changes": changelog.md' in pages["mkdocs.yml"]
    assert "changelog.md" in pages["docs/toc.yml"]
    assert "(changelog.md)" in pages["docs/index.md"]


def test_of_a_slice_only_what_is_left_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages = pages_of(tmp_path, docs={"previous": ["old.csdl"]}, include=["zoo.keeper"])
    assert "legs" not in pages["docs/changelog.md"]


def test_without_another_version_there_is_no_such_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages = pages_of(tmp_path)
    assert not [path for path in pages if "changelog" in path]
    assert "Changes" not in pages["mkdocs.yml"]
