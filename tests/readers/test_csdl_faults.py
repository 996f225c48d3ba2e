"""Faults: each is told with its code and place, and all of a document at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import read_csdl

import generator.readers.csdl
from generator.diagnostics import Diagnostics, Severity
from generator.model import AnyType, Struct
from generator.readers.csdl import read
from generator.readers.csdl.codes import CODES
from generator.readers.source import Source

EDMX = 'xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"'


def findings(body: str) -> list[str]:
    """Read a schema and give its findings as "line:column code"."""
    _, diagnostics = read_csdl(body)
    return [
        f"{found.place.line}:{found.place.column} {found.code}"
        for found in diagnostics
        if found.place
    ]


def findings_of(text: str) -> list[tuple[str, str, int]]:
    diagnostics = Diagnostics()
    read([Source("x", text.encode())], diagnostics)
    return [
        (found.code, found.severity.value, found.place.line if found.place else 0)
        for found in diagnostics
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<EntityType/>", "missing-attribute"),
        ('<EntityType Name=""/>', "missing-attribute"),
        ('<Annotations Target=""/>', "missing-attribute"),
        ('<EntityType Name="a b"/>', "bad-name"),
        (f'<EntityType Name="{"a" * 129}"/>', "long-name"),
        ('<EntityType Name="E" Abstract="yes"/>', "bad-boolean"),
        ('<EntityType Name="E"><Key/></EntityType>', "empty-key"),
        ('<EntityType Name="E" Colour="red"/>', "unknown-attribute"),
        ('<Association Name="E"/>', "unknown-element"),
        ('<Property Name="p" Type="Edm.Int32"/>', "unknown-element"),
        ('<EnumType Name="E"><Member Name="m" Value="1.5"/></EnumType>', "bad-number"),
        (
            '<EnumType Name="E"><Member Name="m" Value="9223372036854775808"/>'
            "</EnumType>",
            "bad-number",
        ),
        ('<EnumType Name="E" UnderlyingType="Edm.String"/>', "bad-type"),
        ('<EnumType Name="E" UnderlyingType="Edm.Integer"/>', "bad-type"),
        ('<TypeDefinition Name="T" UnderlyingType="Edm.Time"/>', "unknown-type"),
        (
            '<TypeDefinition Name="T" UnderlyingType="Collection(Edm.Int32)"/>',
            "bad-type",
        ),
        (
            '<Term Name="t" Type="Edm.Int32"/><Term Name="t" Type="Edm.Int32"/>',
            "duplicate-term",
        ),
        ('<ComplexType Name="T"/><EnumType Name="T"/>', "duplicate-name"),
        ('<ComplexType Name="T"/><ComplexType Name="T"/>', "duplicate-name"),
        (
            '<EnumType Name="E"><Member Name="m"/><Member Name="m"/></EnumType>',
            "duplicate-name",
        ),
        (
            '<EntityContainer Name="C"><Singleton Name="s" Type="self.E"/>'
            '<EntitySet Name="s" EntityType="self.E"/></EntityContainer>',
            "duplicate-name",
        ),
        (
            '<EntityContainer Name="C"><Singleton Name="s" Type="self.E"/>'
            '</EntityContainer><EntityContainer Name="D">'
            '<Singleton Name="s" Type="self.E"/></EntityContainer>',
            "duplicate-name",
        ),
        (
            '<Action Name="a" IsBound="true"><Parameter Name="it" Type="self.E"/>'
            '</Action><Action Name="a" IsBound="true">'
            '<Parameter Name="it" Type="ns.E"/></Action>',
            "duplicate-name",
        ),
        (
            '<Action Name="a" IsBound="true"><Parameter Name="it" Type="self.E"/>'
            '<Parameter Name="it" Type="self.E"/></Action>',
            "duplicate-name",
        ),
    ],
)
def test_one_fault(body: str, code: str) -> None:
    _, diagnostics = read_csdl(body)
    [found] = diagnostics
    assert found.code == f"csdl-{code}"
    assert found.place is not None and found.place.line == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Edm.DateTime", "csdl-unknown-type"),
        ("Collection(Edm.Strnig)", "csdl-unknown-type"),
        ("Collection(Collection(Edm.String))", "csdl-bad-type"),
        ("a b", "csdl-bad-type"),
        ("Collection()", "csdl-bad-type"),
    ],
)
def test_unreadable_types_become_any(text: str, code: str) -> None:
    api, diagnostics = read_csdl(
        f'<ComplexType Name="C"><Property Name="p" Type="{text}"/></ComplexType>'
    )
    [found] = diagnostics
    assert (found.code, found.severity) == (code, "error")
    definition = api.types["ns.C"]
    assert isinstance(definition, Struct)
    assert definition.properties[0].type == AnyType()


@pytest.mark.parametrize("facet", ['MaxLength="x"', 'Precision="-1"', 'Scale="1e9"'])
def test_unreadable_facets_are_left_out(facet: str) -> None:
    body = f'<ComplexType Name="C"><Property Name="p" Type="Edm.Decimal" {facet}/>'
    assert findings(f"{body}</ComplexType>") == ["2:23 csdl-bad-facet"]


def test_all_faults_at_once() -> None:
    assert (
        findings("""<EntityType BaseType="self.A">
  <Property Type="Edm.String"/>
</EntityType>
<ComplexType Name="C">
  <Property Name="p" Type="Edm.Text"/>
  <Property Name="p" Type="Edm.String" Nullable="maybe"/>
  <Property Name="q" Type="Edm.String" Nullable="maybe"/>
  <Colour/>
</ComplexType>""")
        == [
            "2:1 csdl-missing-attribute",
            "3:3 csdl-missing-attribute",
            "9:3 csdl-unknown-element",
            "6:3 csdl-unknown-type",
            "7:3 csdl-duplicate-name",
            "8:3 csdl-bad-boolean",
        ]
    )


def test_not_well_formed_names_every_fault() -> None:
    text = f'<edmx:Edmx Version="4.0" {EDMX}>\n<a b=1/>\n&c;\n</edmx:Edmx>'
    assert findings_of(text) == [
        ("csdl-not-well-formed", "error", 2),
        ("csdl-not-well-formed", "error", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"$Version": "4.0"}',
        "openapi: 3.1.0",
        '<?xml version="1.0" encoding="unheard-of"?><a/>',
        '<?xml version="1.0" encoding="shift_jis"?><a/>',
        "\0",
    ],
)
def test_what_is_no_xml(text: str) -> None:
    assert findings_of(text)[0] == ("csdl-not-well-formed", "error", 1)


def test_what_is_no_csdl() -> None:
    assert findings_of("<html/>") == [("csdl-wrong-root", "error", 1)]
    text = '<Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm"/>'
    assert findings_of(text) == [("csdl-wrong-root", "error", 1)]


def test_other_versions() -> None:
    old = (
        '<edmx:Edmx Version="1.0"'
        ' xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"/>'
    )
    assert findings_of(old) == [("csdl-bad-version", "error", 1)]
    for version in ("3.0", "5.0", "four"):
        text = f'<edmx:Edmx Version="{version}" {EDMX}/>'
        assert findings_of(text) == [("csdl-bad-version", "error", 1)]
    for version in ("4.0", "4.01"):
        assert findings_of(f'<edmx:Edmx Version="{version}" {EDMX}/>') == []
    missing = findings_of(f"<edmx:Edmx {EDMX}/>")
    assert missing == [("csdl-missing-attribute", "error", 1)]


def test_schema_without_xml_namespace() -> None:
    text = (
        f'<edmx:Edmx Version="4.0" {EDMX}><edmx:DataServices>\n'
        '<Schema Namespace="a"/></edmx:DataServices></edmx:Edmx>'
    )
    assert findings_of(text) == [("csdl-unknown-element", "warning", 2)]


def test_names_of_schemas_and_aliases() -> None:
    edm = 'xmlns="http://docs.oasis-open.org/odata/ns/edm"'
    text = (
        f'<edmx:Edmx Version="4.0" {EDMX}><edmx:DataServices>\n'
        f'<Schema Namespace="a" Alias="x" {edm}/>\n'
        f'<Schema Namespace="b" Alias="x" {edm}/>\n'
        f'<Schema Namespace="c d" {edm}/>\n'
        f'<Schema Namespace="{"e" * 512}" {edm}/></edmx:DataServices></edmx:Edmx>'
    )
    assert findings_of(text) == [
        ("csdl-bad-name", "warning", 4),
        ("csdl-long-name", "error", 5),
        ("csdl-duplicate-alias", "error", 3),
    ]


def test_foreign_namespaces_are_nobodys_business() -> None:
    body = """<ComplexType Name="C" xmlns:s="http://sap.example" s:label="x">
      <s:note><Property Name="p"/></s:note></ComplexType>"""
    assert findings(body) == []


def test_the_table_has_every_code_and_no_other() -> None:
    folder = Path(generator.readers.csdl.__file__).parent
    used = {
        code
        for module in folder.glob("*.py")
        if module.name != "codes.py"
        for code in re.findall(r'"(csdl-[a-z-]+)"', module.read_text())
    }
    assert used == set(CODES)
    assert all(entry.meaning for entry in CODES.values())
    assert {entry.severity for entry in CODES.values()} == set(Severity)


def test_an_element_with_two_faults_is_left_out_once() -> None:
    api, diagnostics = read_csdl("""<EntityContainer Name="C">
      <EntitySet Name="s" EntityType="self.E"><NavigationPropertyBinding/></EntitySet>
      </EntityContainer>""")
    assert [found.message for found in diagnostics] == [
        "NavigationPropertyBinding needs the attribute Path",
        "NavigationPropertyBinding needs the attribute Target",
    ]
    assert [(root.name, root.bindings) for root in api.roots] == [("s", ())]
