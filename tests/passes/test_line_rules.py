"""Lines of requests of an OData service: which paths restrictions leave, and which verbs
are offered on them."""

from __future__ import annotations

import pytest
from emitters.building import load
from support import read_csdl

from generator.diagnostics import Diagnostics, SpecError
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.request_lines import request_lines
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

CAPABILITIES = "Org.OData.Capabilities.V1"
SHOP = """
<EntityType Name="order"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="buyer" Type="self.buyer"/>
  <NavigationProperty Name="lines" Type="Collection(self.line)" ContainsTarget="true"/>
  <NavigationProperty Name="bill" Type="self.bill" Nullable="false"
    ContainsTarget="true"/>
  <NavigationProperty Name="sheet" Type="self.bill" ContainsTarget="true"/></EntityType>
<EntityType Name="buyer"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="orders" Type="Collection(self.order)"/></EntityType>
<EntityType Name="line"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="maker" Type="self.buyer"/>
</EntityType>
<EntityType Name="cart"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="lines" Type="Collection(self.line)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="bill"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityContainer Name="C"><EntitySet Name="orders" EntityType="self.order">
    <NavigationPropertyBinding Path="buyer" Target="buyers"/></EntitySet>
  <EntitySet Name="buyers" EntityType="self.buyer">
    <NavigationPropertyBinding Path="orders" Target="orders"/></EntitySet>
  <EntitySet Name="carts" EntityType="self.cart"/>
</EntityContainer>
"""


def lines(*annotations: str, depth: int = 3) -> set[str]:
    """The lines of the shop, "GET /orders", with some annotations."""
    diagnostics = Diagnostics()
    api = resolve(read_csdl(SHOP + "".join(annotations))[0], diagnostics)
    api = with_catalogue(make_resources(annotate(api, diagnostics)))
    assert diagnostics.errors == ()
    return {
        f"{each.operation.method} {each.path}" for each in request_lines(api, depth)
    }


def said(target: str, term: str, value: str) -> str:
    return (
        f'<Annotations Target="{target}"><Annotation Term="{CAPABILITIES}.{term}"'
        f"{value}</Annotation></Annotations>"
    )


def navigable(target: str, kind: str) -> str:
    member = f"{CAPABILITIES}.NavigationType/{kind}"
    record = f'<PropertyValue Property="Navigability" EnumMember="{member}"/>'
    return said(target, "NavigationRestrictions", f"><Record>{record}</Record>")


def denied(target: str, term: str, property_: str) -> str:
    record = f'<PropertyValue Property="{property_}" Bool="false"/>'
    return said(target, term, f"><Record>{record}</Record>")


def test_nothing_is_left_out_where_nothing_is_said() -> None:
    found = lines()
    assert {
        "GET /orders",
        "POST /orders",
        "GET /orders('{id}')/lines('{id_1}')/maker",
        "GET /orders('{id}')/buyer",
        "POST /buyers('{id}')/orders",
    } <= found


def test_what_cannot_be_null_cannot_be_deleted() -> None:
    found = lines()
    assert "DELETE /orders('{id}')/sheet" in found
    assert "DELETE /orders('{id}')/bill" not in found


@pytest.mark.parametrize(
    ("annotation", "is_there", "deeper"),
    [
        ("", True, True),
        (navigable("self.C/orders", "Recursive"), True, True),
        (navigable("self.C/orders", "Single"), True, False),
        (navigable("self.C/orders", "None"), False, False),
        (navigable("self.order/buyer", "None"), False, True),
        (navigable("self.C/orders/buyer", "None"), False, True),
        (navigable("self.C/orders/lines", "Single"), True, False),
        (navigable("self.line/maker", "None"), True, False),
        (
            navigable("self.order/buyer", "None")
            + navigable("self.C/orders/buyer", "Recursive"),
            True,
            True,
        ),
    ],
)
def test_paths_go_as_far_as_they_are_said_to(
    annotation: str, is_there: bool, deeper: bool
) -> None:
    found = lines(annotation)
    assert ("GET /orders('{id}')/buyer" in found) is is_there
    assert ("GET /orders('{id}')/lines('{id_1}')/maker" in found) is deeper


def test_items_without_an_index_are_reached_where_they_have_one() -> None:
    """Carts and orders have the same lines."""
    found = lines(said("self.C/orders/lines", "IndexableByKey", ' Bool="false">'))
    assert "GET /orders('{id}')/lines" in found
    assert "GET /carts('{id}')/lines('{id_1}')" in found
    assert "GET /orders('{id}')/lines('{id_1}')" not in found


def test_where_a_set_takes_no_more_a_relationship_into_it_does_not() -> None:
    found = lines(denied("self.C/orders", "InsertRestrictions", "Insertable"))
    assert not found & {"POST /orders", "POST /buyers('{id}')/orders"}
    found = lines(denied("self.C/buyers/orders", "InsertRestrictions", "Insertable"))
    assert "POST /orders" in found and "POST /buyers('{id}')/orders" not in found


def test_more_paths_than_anybody_reads_are_refused() -> None:
    """A million within three steps, of ten thousand properties: 70 KB of CSDL."""
    count = 100
    targets = "".join(
        f'<NavigationProperty Name="n{i}" Type="self.t{i}" ContainsTarget="true"/>'
        for i in range(count)
    )
    types = "".join(
        f'<EntityType Name="t{i}">{targets}</EntityType>' for i in range(count)
    )
    api = load(
        f'{types}<EntityContainer Name="c"><Singleton Name="s" Type="self.t0"/>'
        "</EntityContainer>"
    )
    with pytest.raises(SpecError, match=r"--openapi-depth.* \[openapi-paths\]"):
        request_lines(api)
    assert 100 < len(request_lines(api, 1)) < 100_000
