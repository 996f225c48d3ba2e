"""References: several documents make one Api; nothing outside their folder is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.model import Api, Named, Struct
from generator.readers.csdl import read
from generator.readers.source import load_source

EDMX = 'xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"'
EDM = 'xmlns="http://docs.oasis-open.org/odata/ns/edm"'


def document(namespace: str, body: str, *references: tuple[str, str]) -> str:
    """Write a document that includes namespaces under the alias `other`."""
    included = "".join(
        f'<edmx:Reference Uri="{uri}"><edmx:Include Namespace="{name}" Alias="other"/>'
        "</edmx:Reference>"
        for uri, name in references
    )
    return (
        f'<edmx:Edmx Version="4.0" {EDMX}>{included}<edmx:DataServices>'
        f'<Schema Namespace="{namespace}" {EDM}>{body}</Schema>'
        "</edmx:DataServices></edmx:Edmx>"
    )


def read_files(*paths: Path) -> tuple[Api, Diagnostics]:
    diagnostics = Diagnostics()
    return read([load_source(path) for path in paths], diagnostics), diagnostics


def test_documents_that_refer_to_each_other(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csdl", tmp_path / "b.csdl"
    body = (
        '<EntityContainer Name="{}"><Annotation Term="x.y"/>'
        '<EntitySet Name="{}" EntityType="other.T"/>'
    )
    typed = '</EntityContainer><ComplexType Name="T" BaseType="other.T"/>'
    first.write_text(document("a", body.format("A", "as") + typed, ("./b.csdl", "b")))
    second.write_text(document("b", body.format("B", "bs") + typed, ("a.csdl", "a")))
    api, diagnostics = read_files(first)
    assert list(diagnostics) == []
    one, other = api.types["a.T"], api.types["b.T"]
    assert isinstance(one, Struct) and isinstance(other, Struct)
    assert (one.base, other.base) == ("b.T", "a.T")
    assert [root.target for root in api.roots] == ["a.A/as"]
    assert (api.name, api.namespace) == ("A", "a")
    assert api.annotations.keys() == {"a.A"}
    both, diagnostics = read_files(first, second)
    assert list(diagnostics) == []
    assert [root.target for root in both.roots] == ["a.A/as", "b.B/bs"]
    assert both.annotations.keys() == {"a.A", "b.B"}


def test_namespaces_that_are_declared_or_only_included(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csdl", tmp_path / "b.csdl"
    vocabulary = ("https://oasis-tcs.github.io/x.xml", "Org.OData.Core.V1")
    text = document("a", "", ("b.csdl", "b"), vocabulary)
    first.write_text(text.replace(' Alias="other"', ""))
    second.write_text(document("b", ""))
    api, _ = read_files(first)
    assert api.namespaces == {"a", "b"}
    assert api.included == {"Org.OData.Core.V1"}


def test_alias_is_known_in_its_document_only(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csdl", tmp_path / "b.csdl"
    body = '<ComplexType Name="T"><Property Name="p" Type="other.X"/></ComplexType>'
    first.write_text(document("a", body, ("c.csdl", "c")))
    second.write_text(document("b", body))
    (tmp_path / "c.csdl").write_text(document("c", '<ComplexType Name="X"/>'))
    api, diagnostics = read_files(first, second)
    assert list(diagnostics) == []
    one, other = api.types["a.T"], api.types["b.T"]
    assert isinstance(one, Struct) and isinstance(other, Struct)
    assert one.properties[0].type == Named("c.X")
    assert other.properties[0].type == Named("other.X")


@pytest.mark.parametrize(
    "uri",
    [
        "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/x.V1.xml",
        "http://docs.oasis-open.org/odata/x.xml",
    ],
)
def test_standard_vocabularies_are_known(tmp_path: Path, uri: str) -> None:
    path = tmp_path / "a.csdl"
    path.write_text(document("a", "", (uri, "x.V1")))
    assert list(read_files(path)[1]) == []
    path.write_text(document("a", "", ("missing.xml", "Org.OData.Core.V1")))
    assert list(read_files(path)[1]) == []


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/metadata.xml",
        "http://[broken",
        "file:///etc/hostname",
        "/etc/hostname",
        "../outside.csdl",
        "%2e%2e/outside.csdl",
        "..\\outside.csdl",
        "link.csdl",
        "missing.csdl",
        ".",
        "a%00b",
    ],
)
def test_nothing_else_is_read(tmp_path: Path, uri: str) -> None:
    outside = tmp_path / "outside.csdl"
    outside.write_text(document("outside", '<ComplexType Name="X"/>'))
    folder = tmp_path / "specs"
    folder.mkdir()
    (folder / "link.csdl").symlink_to(outside)
    path = folder / "a.csdl"
    path.write_text(document("a", "", (uri, "outside")))
    api, diagnostics = read_files(path)
    assert dict(api.types) == {}
    [found] = diagnostics
    assert (found.code, found.severity) == ("csdl-reference-not-read", "info")


def test_folder_below(tmp_path: Path) -> None:
    (tmp_path / "sub dir").mkdir()
    target = tmp_path / "sub dir" / "b.csdl"
    target.write_text(document("b", '<ComplexType Name="X"/>'))
    path = tmp_path / "a.csdl"
    path.write_text(document("a", "", ("sub%20dir/b.csdl", "b")))
    api, diagnostics = read_files(path)
    assert list(diagnostics) == []
    assert set(api.types) == {"b.X"}


def test_type_said_again_in_the_same_words(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csdl", tmp_path / "b.csdl"
    body = '<ComplexType Name="T"><Property Name="p" Type="Edm.{}">{}</Property>'
    note = '<Annotation Term="x.y" String="said"/>'
    first.write_text(document("a", body.format("Int32", "") + "</ComplexType>"))
    second.write_text(document("a", body.format("Int32", note) + "</ComplexType>"))
    api, diagnostics = read_files(first, second)
    assert list(diagnostics) == []
    assert [found.value for found in api.annotations["a.T/p"]] == ["said"]
    second.write_text(document("a", body.format("Int64", "") + "</ComplexType>"))
    [found] = read_files(first, second)[1]
    assert found.code == "csdl-duplicate-name"
    assert found.place is not None and found.place.file == str(second)
