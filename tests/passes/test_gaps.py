"""Gaps: what nobody says, with the annotation that would say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pace import at_most
from passes.places import CAPABILITIES, said
from passes.test_permissions import listing
from passes.zoo import ZOO as ZOO_CSDL
from passes.zoo import load
from support import csdl, shared_data

from generator.config import target_from
from generator.diagnostics import Diagnostics, Severity
from generator.files import data_folder
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.codes import CODES
from generator.passes.gaps import gaps
from generator.passes.missing import Gap, Missing, report_gaps
from generator.passes.permissions import with_path_permissions
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.pipeline import load as load_target
from generator.readers.csdl import read

DESCRIPTION = "Org.OData.Core.V1.Description"
READ = listing(("P", "GET", "/animals"))


def zoo(listed: bool = True, more: str = "") -> Api:
    api = replace(load(ZOO_CSDL + more), key_as_segment=True)
    if listed:
        return with_path_permissions(api, READ, Diagnostics())
    return api


def of(found: tuple[Gap, ...], missing: Missing) -> list[tuple[str, str]]:
    return [(gap.what, gap.target) for gap in found if gap.missing is missing]


def filled(body: str, found: tuple[Gap, ...]) -> Api:
    """The service again, with every annotation written that the gaps ask for."""
    notes = "".join(gap.annotation for gap in found)
    diagnostics = Diagnostics()
    sources = [csdl(body), csdl(notes.replace("...", "said"), "notes.csdl")]
    sources[1] = replace(
        sources[1],
        data=sources[1].data.replace(b'Namespace="ns"', b'Namespace="notes"'),
    )
    api = resolve(read(sources, diagnostics), diagnostics, frozenset({"notes.csdl"}))
    api = with_catalogue(make_resources(annotate(api, diagnostics)))
    assert diagnostics.errors == ()
    return replace(api, key_as_segment=True)


def test_everything_that_pages_describe_is_asked_for() -> None:
    found = gaps(zoo())
    described = of(found, Missing.DESCRIPTION)
    assert len(described) == len(set(described))
    for each in (
        ("type", "ns.animal"),
        ("type", "ns.kind"),
        ("property", "ns.person/name"),
        ("relationship", "ns.keeper/animals"),
        ("enum member", "ns.kind/cat"),
        ("action", "ns.feed(ns.animal,ns.meal)"),
        ("parameter", "ns.feed(ns.animal,ns.meal)/meal"),
        ("entity set", "ns.Zoo/people"),
        ("singleton", "ns.Zoo/boss"),
        ("service", "ns.Zoo"),
    ):
        assert each in described
    gap = next(gap for gap in found if gap.target == "ns.person/name")
    assert gap.annotation == (
        '<Annotations Target="ns.person/name">'
        f'<Annotation Term="{DESCRIPTION}" String="..."/></Annotations>'
    )
    assert gap.place is not None
    assert gap.place.file == "test.csdl"


def test_what_is_described_is_no_gap() -> None:
    text = f'<Annotation Term="{DESCRIPTION}" String="Said."/>'
    target = f'<Annotations Target="ns.person/name">{text}</Annotations>'
    found = gaps(zoo(more=target))
    assert "ns.person/name" not in {gap.target for gap in found}


def test_permissions_are_missing_by_type_and_term() -> None:
    found = gaps(zoo())
    missing = of(found, Missing.PERMISSIONS)
    # the list says it of reading animals, and of nothing else
    assert ("list", "ns.animal") not in missing
    assert ("read", "ns.animal") in missing
    assert ("list, read", "ns.desk") not in missing
    assert ("list, read", "ns.keeper") in missing
    assert ("create", "ns.animal") in missing
    assert ("action", "ns.feed(ns.animal,ns.meal)") in missing
    assert ("action", "ns.close()") in missing
    assert len({(gap.target, gap.annotation) for gap in found}) == len(found)
    # nobody can call what no way leads to
    assert "ns.thing" not in {target for _, target in missing}


def test_a_service_that_says_nothing_of_permissions_has_one_gap() -> None:
    found = gaps(zoo(listed=False))
    assert of(found, Missing.PERMISSIONS) == []
    assert of(found, Missing.SECURITY) == [("service", "ns.Zoo")]
    assert of(gaps(filled(ZOO_CSDL, found)), Missing.SECURITY) == []


def test_an_annotation_that_is_there_is_added_to() -> None:
    more = said("ns.animal", "InsertRestrictions", Description="Buy an animal")
    found = gaps(zoo(more=more))
    (gap,) = [
        gap for gap in found if gap.target == "ns.animal" and gap.what == "create"
    ]
    assert gap.within == CAPABILITIES + "InsertRestrictions"
    assert gap.annotation.startswith('<PropertyValue Property="Permissions">')


def test_what_is_asked_for_fills_the_gaps() -> None:
    found = gaps(zoo())
    api = with_path_permissions(filled(ZOO_CSDL, found), READ, Diagnostics())
    assert gaps(api) == ()


def test_creating_one_is_said_of_the_way_to_it() -> None:
    inserted = said("ns.person/desk", "InsertRestrictions", Insertable=True)
    found = gaps(zoo(more=inserted))
    assert ("create", "ns.person/desk") in of(found, Missing.PERMISSIONS)


def test_hostile_names_stay_in_their_attribute() -> None:
    api = zoo()
    struct = replace(api.types["ns.meal"], id='ns."><Evil/>&', doc=api.doc)
    found = gaps(replace(api, types={struct.id: struct}))
    element = ElementTree.fromstring(found[0].annotation)
    assert element.get("Target") == struct.id
    assert [child.tag for child in element] == ["Annotation"]


def test_gaps_as_findings() -> None:
    found = gaps(zoo())
    diagnostics = Diagnostics()
    report_gaps(found, diagnostics)
    assert len(diagnostics) == len(found)
    assert {item.severity for item in diagnostics} == {Severity.INFO}
    assert {item.code for item in diagnostics} <= set(CODES)
    first = next(iter(diagnostics))
    assert first.message == "type ns.address has no description"


def read_target(spec: Path, *annotations: Path, permissions: str = "") -> Api:
    table: dict[str, object] = {"package": "p", "out": ".", "spec": str(spec)}
    table |= {"annotations": [str(path) for path in annotations]}
    if permissions:
        table["permissions"] = permissions
    return load_target(target_from(table), Diagnostics())


def test_the_bundled_description_describes_everything() -> None:
    specs = data_folder("specs")
    found = gaps(
        read_target(specs / "graph-qrpin.csdl", specs / "graph-qrpin.annotations.csdl")
    )
    assert of(found, Missing.DESCRIPTION) == []
    assert "microsoft.graph.qrPin" not in {gap.target for gap in found}


@pytest.mark.corpus
def test_the_gaps_of_microsoft_graph_can_be_filled(tmp_path: Path) -> None:
    spec = shared_data("graph/graph-v1.0-2026-08.csdl")
    listed = str(shared_data("graph/graph-permissions-2026-08-07.json.gz"))
    api = read_target(spec, permissions=listed)
    with at_most(2):
        found = gaps(api)
    assert len(found) > 20_000
    notes = tmp_path / "notes.csdl"
    body = "".join(gap.annotation for gap in found if not gap.within)
    notes.write_text(csdl(body).data.decode().replace('"ns"', '"notes"'))
    rest = gaps(read_target(spec, notes, permissions=listed))
    assert len(rest) == len([gap for gap in found if gap.within]) > 0
    assert {gap.missing for gap in rest} == {Missing.PERMISSIONS}
