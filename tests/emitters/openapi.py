"""Schemas for the tests of the OpenAPI emitter, and the documents that are made of
them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from support import read_csdl

from generator.diagnostics import Diagnostics
from generator.emitters.openapi import Options, emit
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.request_lines import request_lines
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

CORE = "Org.OData.Core.V1"
CAPABILITIES = "Org.OData.Capabilities.V1"

ZOO = f"""
<EnumType Name="mood"><Member Name="calm"/><Member Name="wild"/></EnumType>
<EnumType Name="days" IsFlags="true"><Member Name="mon" Value="1"/>
  <Member Name="tue" Value="2"/></EnumType>
<TypeDefinition Name="grams" UnderlyingType="Edm.Decimal" Scale="2"/>
<ComplexType Name="place"><Property Name="street" Type="Edm.String"/></ComplexType>
<EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="animal" BaseType="self.thing">
  <Property Name="name" Type="Edm.String" Nullable="false">
    <Annotation Term="{CORE}.Description" String="What it is called."/>
    <Annotation Term="Org.OData.Validation.V1.Pattern" String="^[a-z]+$"/></Property>
  <Property Name="mood" Type="self.mood"/>
  <Property Name="open" Type="self.days" Nullable="false"/>
  <Property Name="weight" Type="self.grams"/>
  <Property Name="home" Type="self.place"/>
  <Property Name="seen" Type="Edm.DateTimeOffset">
    <Annotation Term="{CORE}.Computed"/></Property>
  <Property Name="born" Type="Edm.Date"><Annotation Term="{CORE}.Immutable"/></Property>
  <Property Name="photo" Type="Edm.Stream"/>
  <NavigationProperty Name="keeper" Type="self.keeper"/>
  <NavigationProperty Name="young" Type="Collection(self.animal)"
    ContainsTarget="true"/>
</EntityType>
<EntityType Name="bird" BaseType="self.animal">
  <Property Name="span" Type="Edm.Double"/></EntityType>
<EntityType Name="keeper"><Key><PropertyRef Name="number"/></Key>
  <Property Name="number" Type="Edm.Int32" Nullable="false"/></EntityType>
<Action Name="feed" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="what" Type="Edm.String" Nullable="false"/>
  <Parameter Name="where" Type="self.place"/></Action>
<Function Name="near" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="who" Type="Edm.String" Nullable="false"/>
  <Parameter Name="among" Type="Collection(Edm.String)" Nullable="false"/>
  <ReturnType Type="Collection(self.animal)"/></Function>
<Function Name="fly" IsBound="true"><Parameter Name="it" Type="self.bird"/>
  <ReturnType Type="Edm.Boolean" Nullable="false"/></Function>
<EntityContainer Name="C">
  <EntitySet Name="animals" EntityType="self.animal">
    <NavigationPropertyBinding Path="keeper" Target="keepers"/>
    <Annotation Term="{CORE}.Description" String="All animals."/></EntitySet>
  <EntitySet Name="keepers" EntityType="self.keeper"/>
  <Singleton Name="star" Type="self.animal"/>
</EntityContainer>
"""


def load(body: str = ZOO, **changes: Any) -> Api:
    diagnostics = Diagnostics()
    api = annotate(resolve(read_csdl(body)[0], diagnostics), diagnostics)
    assert not list(diagnostics.errors)
    changes.setdefault("key_as_segment", True)
    return replace(with_catalogue(make_resources(api)), **changes)


def document(api: Api | None = None, depth: int = 3, **options: Any) -> Any:
    api = load() if api is None else api
    settings = Options("out", format="json", **options)
    (file,) = emit(api, settings, request_lines(api, depth))
    return json.loads(file.data)


def said(target: str, term: str, record: str) -> str:
    return (
        f'<Annotations Target="{target}"><Annotation Term="{CAPABILITIES}.{term}">'
        f"<Record>{record}</Record></Annotation></Annotations>"
    )


def value(name: str, flag: bool) -> str:
    return f'<PropertyValue Property="{name}" Bool="{str(flag).lower()}"/>'


REVISED = f"""<Annotation Term="{CORE}.Revisions"><Collection><Record>
  <PropertyValue Property="Kind" EnumMember="{CORE}.RevisionKind/Deprecated"/>
  <PropertyValue Property="Description" String="Use near."/>
  <PropertyValue Property="Date" Date="2024-04-10"/>
  <PropertyValue Property="RemovalDate" Date="2025-01-31"/>
  <PropertyValue Property="Version" String="2024-04/x"/></Record></Collection>
  </Annotation>"""
SHED = f"""
<EnumType Name="void"/>
<EntityType Name="tool"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="use" Type="self.void"/></EntityType>
<EntityType Name="lock"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<Function Name="names" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <ReturnType Type="Collection(Edm.String)"/>
  <Annotation Term="{CORE}.LongDescription" String="All of them."/>{REVISED}</Function>
<Function Name="cost" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <ReturnType Type="Edm.Int32"/></Function>
<Function Name="cost" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <Parameter Name="in" Type="Edm.String">
    <Annotation Term="{CORE}.OptionalParameter"/></Parameter>
  <ReturnType Type="Edm.Int32"/></Function>
<EntityContainer Name="C"><EntitySet Name="tools" EntityType="self.tool"/>
  <Singleton Name="door" Type="self.lock"/></EntityContainer>
{said("self.C/door", "ReadRestrictions", value("Readable", False))}
{said("self.C/door", "UpdateRestrictions", value("Updatable", False))}
"""
