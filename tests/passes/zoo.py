"""A small service for the tests of slices, reasons and paths, and how to load it."""

from __future__ import annotations

from support import read_csdl

from generator.model import Api, Struct
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

ZOO = """
<EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="person" BaseType="ns.thing">
  <Property Name="home" Type="ns.address"/><Property Name="name" Type="Edm.String"/>
  <NavigationProperty Name="boss" Type="ns.person"/>
  <NavigationProperty Name="desk" Type="ns.desk" ContainsTarget="true"/></EntityType>
<EntityType Name="keeper" BaseType="ns.person">
  <NavigationProperty Name="animals" Type="Collection(ns.animal)" Partner="keeper"/>
</EntityType>
<EntityType Name="animal" BaseType="ns.thing"><Property Name="kind" Type="ns.kind"/>
  <Property Name="photo" Type="Edm.Stream"/>
  <NavigationProperty Name="keeper" Type="ns.keeper" Partner="animals"/>
  <NavigationProperty Name="young" Type="Collection(ns.animal)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="desk" BaseType="ns.thing">
  <NavigationProperty Name="key" Type="ns.key" ContainsTarget="true"/></EntityType>
<EntityType Name="key" BaseType="ns.thing"/>
<ComplexType Name="address"><Property Name="street" Type="Edm.String"/></ComplexType>
<ComplexType Name="meal"/><ComplexType Name="receipt"/><ComplexType Name="unused"/>
<EnumType Name="kind"><Member Name="cat"/></EnumType>
<Action Name="feed" IsBound="true"><Parameter Name="it" Type="ns.animal"/>
  <Parameter Name="meal" Type="ns.meal"/><ReturnType Type="ns.receipt"/></Action>
<Function Name="oldest" IsBound="true"><Parameter Name="all"
  Type="Collection(ns.animal)"/><ReturnType Type="ns.kind"/></Function>
<Action Name="close"/>
<EntityContainer Name="Zoo"><EntitySet Name="animals" EntityType="ns.animal">
  <NavigationPropertyBinding Path="keeper" Target="keepers"/></EntitySet>
  <EntitySet Name="keepers" EntityType="ns.keeper"/>
  <EntitySet Name="people" EntityType="ns.person"/>
  <Singleton Name="boss" Type="ns.person"/>
  <ActionImport Name="close" Action="ns.close"/></EntityContainer>
<Annotations Target="ns.animal/keeper"><Annotation Term="x.T"/></Annotations>
<Annotations Target="ns.feed"><Annotation Term="x.T"/></Annotations>
<Annotations Target="ns.Zoo/people"><Annotation Term="x.T"/></Annotations>
<Annotations Target="ns.Zoo"><Annotation Term="x.T"/></Annotations>
"""


def load(body: str = ZOO) -> Api:
    """Run every pass before the slice."""
    api, diagnostics = read_csdl(body)
    api = make_resources(annotate(resolve(api, diagnostics), diagnostics))
    assert diagnostics.errors == ()
    return with_catalogue(api)


def names(api: Api) -> set[str]:
    """Give the types of an Api without their namespace."""
    return {type_id.removeprefix("ns.") for type_id in api.types}


def members(api: Api, name: str) -> list[str]:
    """Give the properties of a type."""
    definition = api.types[f"ns.{name}"]
    assert isinstance(definition, Struct)
    return [member.name for member in definition.properties]
