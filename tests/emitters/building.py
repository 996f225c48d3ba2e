"""Apis for the tests of the Python emitter, and the packages that are made of them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping

from support import read_csdl

from generator.diagnostics import Diagnostics
from generator.emitters.python import Options, emit
from generator.model import Annotation, Api, Operation, Root, TypeDef
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

PACKAGE = "made"
RUNTIME = "_runtime/"

_CORE = "Org.OData.Core.V1"
_CAPABILITIES = "Org.OData.Capabilities.V1"
_VALIDATION = "Org.OData.Validation.V1"

_SCALARS = """
Binary Boolean Byte Date DateTimeOffset Decimal Double Duration Guid Int16 Int32 Int64
SByte Single String TimeOfDay Untyped
""".split()

# What makes the emitter write everything that it can write.
EVERYTHING = f"""
<EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="animal" BaseType="self.thing" OpenType="true" HasStream="true">
  {"".join(f'<Property Name="{each}" Type="Edm.{each}"/>' for each in _SCALARS)}
  {"".join(f'<Property Name="many{each}" Type="Collection(Edm.{each})"/>'
           for each in _SCALARS)}
  <Property Name="photo" Type="Edm.Stream"/>
  <Property Name="kind" Type="self.kind"/>
  <Property Name="needs" Type="self.needs"/>
  <Property Name="must" Type="self.needs" Nullable="false"/>
  <Property Name="allNeeds" Type="Collection(self.needs)"/>
  <Property Name="made" Type="Edm.DateTimeOffset">
    <Annotation Term="{_CORE}.Computed"/></Property>
  <Property Name="years" Type="Collection(Edm.Int32)">
    <Annotation Term="{_CORE}.Computed"/></Property>
  <Property Name="weight" Type="self.grams" Nullable="false">
    <Annotation Term="{_VALIDATION}.Maximum" Decimal="1.5"/></Property>
  <Property Name="colour" Type="Edm.String"><Annotation Term="{_CORE}.Immutable"/>
    <Annotation Term="{_VALIDATION}.AllowedValues"><Collection><Record>
    <PropertyValue Property="Value" String="red"/></Record></Collection></Annotation>
    </Property>
  <Property Name="home" Type="self.home"/>
  <Property Name="homes" Type="Collection(self.home)"/>
  <NavigationProperty Name="friend" Type="self.animal"/>
  <NavigationProperty Name="friends" Type="Collection(self.animal)"/>
  <NavigationProperty Name="egg" Type="self.egg" ContainsTarget="true">
    <Annotation Term="{_CAPABILITIES}.InsertRestrictions"><Record>
    <PropertyValue Property="Insertable" Bool="true"/></Record></Annotation>
    <Annotation Term="{_CAPABILITIES}.UpdateRestrictions"><Record>
    <PropertyValue Property="UpdateMethod" EnumMember="{_CAPABILITIES}.HttpMethod/PUT"/>
    </Record></Annotation></NavigationProperty>
  <NavigationProperty Name="eggs" Type="Collection(self.egg)" ContainsTarget="true"/>
  <Annotation Term="{_CAPABILITIES}.InsertRestrictions"><Record>
    <PropertyValue Property="RequiredProperties"><Collection>
    <PropertyPath>weight</PropertyPath><PropertyPath>must</PropertyPath></Collection>
    </PropertyValue></Record></Annotation>
  <Annotation Term="{_CORE}.AlternateKeys"><Collection><Record>
    <PropertyValue Property="Key"><Collection><Record>
    <PropertyValue Property="Name" PropertyPath="colour"/>
    <PropertyValue Property="Alias" String="colour"/></Record></Collection>
    </PropertyValue></Record></Collection></Annotation></EntityType>
<EntityType Name="bird" BaseType="self.animal"/>
<EntityType Name="egg"><Key><PropertyRef Name="nest"/><PropertyRef Name="number"/></Key>
  <Property Name="nest" Type="Edm.String" Nullable="false"/>
  <Property Name="number" Type="Edm.Int32" Nullable="false"/>
  <Annotation Term="{_CAPABILITIES}.FilterRestrictions"><Record>
    <PropertyValue Property="NonFilterableProperties"><Collection>
    <PropertyPath>nest</PropertyPath></Collection></PropertyValue></Record></Annotation>
  <Annotation Term="{_CAPABILITIES}.SelectSupport"><Record>
    <PropertyValue Property="Supported" Bool="false"/></Record></Annotation>
  <Annotation Term="{_CAPABILITIES}.TopSupported" Bool="false"/>
  <Annotation Term="{_CAPABILITIES}.ReadRestrictions"><Record>
    <PropertyValue Property="CustomHeaders"><Collection><Record>
    <PropertyValue Property="Name" String="Torch"/>
    <PropertyValue Property="Description" String="How bright."/>
    <PropertyValue Property="Required" Bool="true"/></Record></Collection>
    </PropertyValue><PropertyValue Property="CustomQueryOptions"><Collection><Record>
    <PropertyValue Property="Name" String="angle"/></Record></Collection>
    </PropertyValue></Record></Annotation>
  <Annotation Term="{_CORE}.OptimisticConcurrency"><Collection/></Annotation>
  </EntityType>
<ComplexType Name="home"><Property Name="street" Type="Edm.String"/>
  <NavigationProperty Name="owner" Type="self.animal"/></ComplexType>
<ComplexType Name="report"><Property Name="text" Type="Edm.String"/></ComplexType>
<TypeDefinition Name="grams" UnderlyingType="Edm.Decimal"/>
<EnumType Name="kind"><Member Name="cat"/><Member Name="dog"/>
  <Member Name="unknownFutureValue"/></EnumType>
<EnumType Name="needs" IsFlags="true"><Member Name="food" Value="1"/>
  <Member Name="sun" Value="2"/></EnumType>
<Action Name="feed" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="meals" Type="Collection(Edm.String)" Nullable="false"/>
  <Parameter Name="after" Type="self.needs"/></Action>
<Action Name="adopt" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="mate" Type="self.bird"/><Parameter Name="house" Type="self.home"/>
  <Parameter Name="others" Type="Collection(self.thing)" Nullable="false"/></Action>
<Function Name="likes" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="other" Type="self.bird" Nullable="false"/>
  <ReturnType Type="Edm.Boolean" Nullable="false"/></Function>
<Action Name="scan" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <ReturnType Type="Edm.Stream"/></Action>
<Function Name="report" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <ReturnType Type="self.report"/></Function>
<Function Name="report" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="since" Type="Edm.Date" Nullable="false"/>
  <ReturnType Type="self.report"/></Function>
<Function Name="weights" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <ReturnType Type="Collection(self.grams)"/></Function>
<Function Name="wishes" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <ReturnType Type="Collection(self.needs)"/></Function>
<Action Name="merge" IsBound="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <ReturnType Type="Collection(self.animal)"/></Action>
<Function Name="delta" IsBound="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <ReturnType Type="Collection(self.animal)"/></Function>
<Function Name="delta" IsBound="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <Parameter Name="token" Type="Edm.String"/>
  <ReturnType Type="Collection(self.animal)"/></Function>
<Action Name="follow" IsBound="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <ReturnType Type="Collection(self.animal)"><Annotation Term="{_CORE}.IsDelta"/>
  </ReturnType></Action>
<Function Name="oldest" IsBound="true" IsComposable="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <ReturnType Type="self.animal"/></Function>
<Function Name="oldest" IsBound="true" IsComposable="true">
  <Parameter Name="them" Type="Collection(self.animal)"/>
  <Parameter Name="of" Type="self.kind" Nullable="false"/>
  <ReturnType Type="self.animal"/></Function>
<Action Name="close"><Parameter Name="hours" Type="Edm.Double"/><ReturnType Type="Edm.Boolean" Nullable="false"/></Action>
<Function Name="count"><ReturnType Type="Edm.Int64"/></Function>
<EntityContainer Name="Zoo"><EntitySet Name="animals" EntityType="self.animal"/>
  <EntitySet Name="eggs" EntityType="self.egg"/>
  <Singleton Name="star" Type="self.animal"/>
  <ActionImport Name="close" Action="self.close"/>
  <FunctionImport Name="count" Function="self.count"/></EntityContainer>
"""


def load(body: str) -> Api:
    """Read a schema `ns` and run every pass but the slice; no finding may be an error."""
    api, diagnostics = read_csdl(body)
    api = annotate(resolve(api, diagnostics), diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(make_resources(api))


def past_the_reader(
    types: Iterable[TypeDef],
    operations: Iterable[Operation] = (),
    roots: Iterable[Root] = (),
    name: str = "Zoo",
    annotations: Mapping[str, tuple[Annotation, ...]] | None = None,
) -> Api:
    """Make an Api of main namespace `ns` that no reader has looked at."""
    api = Api(
        name=name,
        namespace="ns",
        types={each.id: each for each in types},
        operations=tuple(operations),
        roots=tuple(roots),
        annotations=annotations or {},
    )
    return with_catalogue(make_resources(annotate(api, Diagnostics())))


def sources(api: Api, base_url: str = "") -> Mapping[str, str]:
    """The modules that are made of an Api, but for the runtime: text by path inside the
    package."""
    files = emit(api, Options(PACKAGE, base_url))
    texts = {
        file.path.removeprefix(f"{PACKAGE}/"): file.data.decode() for file in files
    }
    return {path: text for path, text in texts.items() if not path.startswith(RUNTIME)}


def trees(texts: Mapping[str, str]) -> Mapping[str, ast.Module]:
    """What modules say to the interpreter; SyntaxError if one says nothing."""
    return {
        path: ast.parse(text, path)
        for path, text in texts.items()
        if path.endswith((".py", ".pyi"))
    }


def forget() -> None:
    """Let the package be imported anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def lines(text: str) -> str:
    """Source with every run of white space as one space."""
    return " ".join(text.split())
