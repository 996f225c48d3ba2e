"""Hostile documents: nothing is expanded or fetched; memory and depth are bounded."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import at_most
from support import csdl, read_csdl

from generator.diagnostics import Diagnostics
from generator.model import Struct
from generator.readers.csdl import read
from generator.readers.csdl.xml import MAX_DEPTH, MAX_FAULTS
from generator.readers.source import Source

EDMX = 'xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"'

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "haha">'
    + "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12)
    )
    + f']><edmx:Edmx Version="&l11;" {EDMX}>&l11;</edmx:Edmx>'
)


def codes_of(data: str | bytes) -> set[str]:
    diagnostics = Diagnostics()
    encoded = data.encode() if isinstance(data, str) else data
    read([Source("x", encoded)], diagnostics)
    return {found.code for found in diagnostics}


def test_entities_are_not_expanded() -> None:
    with at_most(1):
        assert codes_of(LAUGHS) == {"csdl-doctype"}
        assert codes_of(LAUGHS.encode("utf-16")) == {"csdl-doctype"}


def test_the_second_look_expands_none_either() -> None:
    with at_most(1):
        found = codes_of(f'<?xml version="1.0" broken?>{LAUGHS}')
        assert found == {"csdl-not-well-formed"}


def test_nothing_external_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    uri = secret.as_uri()
    external = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{uri}">]><a>&x;</a>'
    assert codes_of(external) == {"csdl-doctype"}
    assert codes_of(f'<!DOCTYPE a SYSTEM "{uri}"><a/>') == {"csdl-doctype"}
    api, diagnostics = read_csdl(
        '<Annotation Term="x.y"><String>a<xi:include parse="text"'
        f' xmlns:xi="http://www.w3.org/2001/XInclude" href="{uri}"/></String>'
        "</Annotation>"
    )
    assert list(diagnostics) == []
    assert [found.value for found in api.annotations["ns"]] == ["a"]


def test_depth_is_bounded() -> None:
    deep = "<Collection>" * 10_000 + "</Collection>" * 10_000
    _, diagnostics = read_csdl(f'<Annotation Term="x.y">{deep}</Annotation>')
    assert [found.code for found in diagnostics] == ["csdl-too-deep"]
    levels = MAX_DEPTH - 5
    fair = "<Not>" * levels + "<Bool>true</Bool>" + "</Not>" * levels
    _, diagnostics = read_csdl(f'<Annotation Term="x.y">{fair}</Annotation>')
    assert list(diagnostics) == []


def test_depth_of_foreign_elements_costs_nothing() -> None:
    deep = "<x>" * 100_000 + "</x>" * 100_000
    text = deep.replace("<x>", '<x xmlns="foreign">', 1)
    _, diagnostics = read_csdl(text)
    assert list(diagnostics) == []


def test_long_attribute() -> None:
    long = "x" * 10_000_000
    api, diagnostics = read_csdl(
        '<ComplexType Name="C"><Property Name="p" Type="Edm.String"'
        f' DefaultValue="{long}"/></ComplexType>'
    )
    assert list(diagnostics) == []
    definition = api.types["ns.C"]
    assert isinstance(definition, Struct)
    assert definition.properties[0].default == long
    _, diagnostics = read_csdl(f'<ComplexType Name="{long}"/>')
    [found] = diagnostics
    assert found.code == "csdl-long-name"
    assert len(found.message) < 1000


def test_long_signature() -> None:
    parameters = "".join(
        f'<Parameter Name="p{number}" Type="self.E"/>' for number in range(5000)
    )
    _, diagnostics = read_csdl(f'<Action Name="a">{parameters}</Action>')
    assert [found.code for found in diagnostics] == ["csdl-long-name"]


def test_long_namespace_cannot_be_multiplied_by_an_alias() -> None:
    include = f'<edmx:Include Namespace="{"n" * 100_000}" Alias="a"/>'
    source = csdl('<ComplexType Name="C" BaseType="a.B"/>')
    start, end = b"<edmx:DataServices>", b'<edmx:Reference Uri="b">'
    data = source.data.replace(
        start, end + include.encode() + b"</edmx:Reference>" + start
    )
    diagnostics = Diagnostics()
    api = read([Source("x", data)], diagnostics)
    definition = api.types["ns.C"]
    assert isinstance(definition, Struct)
    assert definition.base == "a.B"
    assert [found.code for found in diagnostics.errors] == ["csdl-long-name"]


def test_number_of_faults_is_bounded() -> None:
    source = csdl("<a/>" * (MAX_FAULTS + 10))
    diagnostics = Diagnostics()
    api = read([source], diagnostics)
    assert len(diagnostics) == MAX_FAULTS + 1
    assert [found.code for found in diagnostics.errors] == ["csdl-too-many-faults"]
    assert dict(api.types) == {}


@pytest.mark.parametrize("data", [b"\xff\xfe<", b"\x80", b"<a>\xff</a>", b"<" * 1000])
def test_bytes_that_are_no_text(data: bytes) -> None:
    assert codes_of(data) <= {"csdl-not-well-formed", "csdl-wrong-root"}


def test_number_of_elements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.readers.csdl.xml.MAX_ELEMENTS", 1000)
    for element in ('<x xmlns="foreign"/>', "<Annotation/>"):
        _, diagnostics = read_csdl(element * 999)
        assert "csdl-too-large" in [found.code for found in diagnostics]
    members = "".join(f'<Member Name="m{number}"/>' for number in range(2000))
    api, diagnostics = read_csdl(f'<EnumType Name="e">{members}</EnumType>')
    [found] = diagnostics
    assert "the document has more than 1,000 elements" in str(found)
    assert dict(api.types) == {}
