"""Deep targets: what is said of a path holds for the property at its end."""

from __future__ import annotations

import pytest
from support import read_csdl, shared_data

from generator.diagnostics import Diagnostics, Severity
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.codes import CODES
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.readers.csdl import read
from generator.readers.source import load_source

TYPES = """
<EntityType Name="thing"><NavigationProperty Name="parts" Type="Collection(ns.part)"
  ContainsTarget="true"/><Property Name="size" Type="ns.size"/>
  <Property Name="name" Type="Edm.String"/></EntityType>
<EntityType Name="box" BaseType="ns.thing"><NavigationProperty Name="lid" Type="ns.part"
  ContainsTarget="true"/></EntityType>
<EntityType Name="part"><NavigationProperty Name="of" Type="ns.thing"/></EntityType>
<ComplexType Name="size"/>
<EntityContainer Name="C"><EntitySet Name="boxes" EntityType="ns.box"/>
  <EntitySet Name="things" EntityType="ns.thing"/></EntityContainer>
"""
CORE, CAPABILITIES = "Org.OData.Core.V1", "Org.OData.Capabilities.V1"


def said(target: str, term: str, value: str = "") -> str:
    return (
        f'<Annotations Target="{target}"><Annotation Term="{term}" {value}/>'
        "</Annotations>"
    )


def described(target: str, text: str) -> str:
    return said(target, f"{CORE}.Description", f'String="{text}"')


def annotated(body: str) -> tuple[Api, Diagnostics]:
    api, diagnostics = read_csdl(TYPES + body)
    api = annotate(resolve(api, diagnostics), diagnostics)
    assert {item.code for item in diagnostics} <= set(CODES)
    return api, diagnostics


def descriptions(api: Api) -> dict[str, str]:
    return {
        target: str(item.value)
        for target, items in api.annotations.items()
        for item in items
        if not target.startswith("ns.C/")
    }


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("boxes/lid", "ns.box/lid"),
        ("boxes/parts", "ns.thing/parts"),
        ("boxes/parts/of/parts", "ns.thing/parts"),
        ("things/ns.box/lid", "ns.box/lid"),
        ("things/parts/of/ns.box/lid", "ns.box/lid"),
        ("boxes/size", "ns.thing/size"),
    ],
)
def test_a_path_speaks_for_the_property_at_its_end(path: str, owner: str) -> None:
    api, diagnostics = annotated(described(f"ns.C/{path}", "Deep."))
    assert list(diagnostics) == []
    assert descriptions(api) == {owner: "Deep."}
    assert f"ns.C/{path}" in api.annotations


@pytest.mark.parametrize(
    "path", ["boxes", "boxes/name", "things/ns.box", "boxes/lid/@T"]
)
def test_what_does_not_end_at_another_place_stays_where_it_is(path: str) -> None:
    api, _ = annotated(described(f"ns.C/{path}", "Deep."))
    assert descriptions(api) == {}


def test_what_is_about_values_stays_where_it_is() -> None:
    api, _ = annotated(said("ns.C/boxes/lid", f"{CORE}.Computed"))
    assert "ns.box/lid" not in api.annotations


def test_what_the_property_says_itself_holds() -> None:
    body = described("ns.box/lid", "Own.")
    api, diagnostics = annotated(body + described("ns.C/boxes/lid", "Deep."))
    assert descriptions(api) == {"ns.box/lid": "Own."}
    assert [item.code for item in diagnostics] == ["annotation-path"]
    tag = said("ns.C/boxes/lid", f"{CAPABILITIES}.TopSupported")
    api, diagnostics = annotated(body + tag)
    terms = [item.term.rpartition(".")[2] for item in api.annotations["ns.box/lid"]]
    assert terms == ["Description", "TopSupported"]
    assert list(diagnostics) == []


def test_of_two_paths_the_first_in_their_order_holds() -> None:
    later = described("ns.C/things/parts", "Second.")
    api, diagnostics = annotated(later + described("ns.C/boxes/parts", "First."))
    assert descriptions(api) == {"ns.thing/parts": "First."}
    [info] = diagnostics
    assert (info.code, info.severity) == ("annotation-path", Severity.INFO)
    assert "'ns.C/things/parts' differs from that of 'ns.C/boxes/parts'" in info.message
    same = described("ns.C/things/parts", "First.")
    _, diagnostics = annotated(same + described("ns.C/boxes/parts", "First."))
    assert list(diagnostics) == []


def test_the_pin_of_microsoft_graph_gets_what_is_said_of_its_path() -> None:
    names = ("beta-qrpin-fragment-2026-08.csdl", "beta-qrpin-annotations-2026-08.csdl")
    sources = [load_source(shared_data(f"graph/{name}")) for name in names]
    diagnostics = Diagnostics()
    api = annotate(resolve(read(sources, diagnostics), diagnostics), diagnostics)
    pin = make_resources(api).resources["microsoft.graph.qrPin"]
    update = next(item for item in pin.operations if item.method == "PATCH")
    assert update.doc.summary == "Update qrPin"
    assert not diagnostics.errors
