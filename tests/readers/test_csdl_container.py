"""Containers: the roots of a service, and what is said of the service as a whole."""

from __future__ import annotations

from support import csdl, read_csdl

from generator.diagnostics import Diagnostics
from generator.model import Place, Root
from generator.readers.csdl import read
from generator.readers.source import Source


def test_sets_and_singletons() -> None:
    api, diagnostics = read_csdl("""<EntityContainer Name="C">
      <EntitySet Name="users" EntityType="self.user" IncludeInServiceDocument="false">
        <NavigationPropertyBinding Path="self.guest/boss" Target="users"/>
        <NavigationPropertyBinding Path="photo" Target="self.C/photos"/>
        <NavigationPropertyBinding Path="other" Target="x.D/others"/></EntitySet>
      <Singleton Name="me" Type="self.user"/></EntityContainer>""")
    assert list(diagnostics) == []
    assert api.roots == (
        Root(
            "users",
            "ns.user",
            many=True,
            target="ns.C/users",
            bindings=(
                ("ns.guest/boss", "users"),
                ("photo", "photos"),
                ("other", "x.D/others"),
            ),
            place=Place("test.csdl", 3, 7),
        ),
        Root(
            "me",
            "ns.user",
            many=False,
            target="ns.C/me",
            place=Place("test.csdl", 7, 7),
        ),
    )


def test_the_container_names_the_api() -> None:
    api, _ = read_csdl('<EntityContainer Name="Service"/>')
    assert (api.name, api.namespace) == ("Service", "ns")


def test_without_container_the_largest_schema_names_it() -> None:
    small = csdl('<ComplexType Name="A"/>', "a.csdl")
    body = '<ComplexType Name="A"/><ComplexType Name="B"/>'
    large = csdl(body, "b.csdl")
    large = type(large)(large.name, large.data.replace(b'"ns"', b'"large.ns"'))
    api = read([small, large], Diagnostics())
    assert (api.name, api.namespace) == ("large.ns", "large.ns")


def test_extended_container() -> None:
    api, diagnostics = read_csdl("""
      <EntityContainer Name="Base"><EntitySet Name="old" EntityType="self.E"/>
        <EntitySet Name="both" EntityType="self.E"/>
        <ActionImport Name="act" Action="self.a"/></EntityContainer>
      <EntityContainer Name="C" Extends="self.Base">
        <EntitySet Name="both" EntityType="self.D"/></EntityContainer>
      <Action Name="a"/>
      <Annotations Target="self.Base/old"><Annotation Term="x.y" Int="1"/></Annotations>
      <Annotations Target="self.Base"><Annotation Term="x.z" Int="2"/></Annotations>
      <Annotations Target="self.a"><Annotation Term="x.z" Int="3"/></Annotations>
      """)
    assert list(diagnostics) == []
    assert api.name == "C"
    assert [(root.target, root.type) for root in api.roots] == [
        ("ns.C/both", "ns.D"),
        ("ns.C/old", "ns.E"),
    ]
    assert [operation.name for operation in api.operations] == ["act"]
    assert set(api.annotations) == {"ns.C/old", "ns.C", "ns.a"}


def test_container_that_extends_nothing_known_or_itself() -> None:
    _, diagnostics = read_csdl("""<EntityContainer Name="A" Extends="x.B"/>
      <EntityContainer Name="C" Extends="self.C"/>""")
    assert [found.code for found in diagnostics] == ["csdl-unknown-container"]
    _, diagnostics = read_csdl('<EntityContainer Name="C" Extends="self.C"/>')
    assert "extends itself" in str(*diagnostics)


def test_key_as_segment_is_said_or_known() -> None:
    term = "Org.OData.Capabilities.V1.KeyAsSegmentSupported"
    said, _ = read_csdl(
        f'<EntityContainer Name="C"><Annotation Term="{term}"/></EntityContainer>'
    )
    denied, _ = read_csdl(
        f'<EntityContainer Name="C"><Annotation Term="{term}" Bool="false"/>'
        "</EntityContainer>"
    )
    assert said.key_as_segment
    assert not denied.key_as_segment
    source = csdl('<EntityContainer Name="C"/>')
    data = source.data.replace(b'"ns"', b'"microsoft.graph"')
    assert read([type(source)("g", data)], Diagnostics()).key_as_segment


def test_version_of_the_schema() -> None:
    api, _ = read_csdl(
        '<Annotation Term="Org.OData.Core.V1.SchemaVersion" String="1.2"/>'
        '<EntityContainer Name="C"/>'
    )
    assert api.version == "1.2"


TAG = '<Annotation Term="Org.OData.Core.V1.DefaultNamespace"{}/>'


def test_default_namespaces_are_said_of_schemas() -> None:
    api, _ = read_csdl(TAG.format(""))
    assert api.default_namespaces == {"ns"}
    api, _ = read_csdl(TAG.format(' Bool="false"'))
    assert api.default_namespaces == set()


def test_default_namespaces_are_said_where_they_are_included() -> None:
    source = csdl("")
    include = (
        '<edmx:Reference Uri="https://example.com/x"><edmx:Include Namespace="other">'
        '<Annotation xmlns="http://docs.oasis-open.org/odata/ns/edm"'
        ' Term="Org.OData.Core.V1.DefaultNamespace"/>'
        "</edmx:Include></edmx:Reference><edmx:DataServices>"
    ).encode()
    data = source.data.replace(b"<edmx:DataServices>", include)
    api = read([Source(source.name, data)], Diagnostics())
    assert api.default_namespaces == {"other"}


def test_microsoft_graph_has_a_default_namespace_without_saying_so() -> None:
    source = csdl('<EntityContainer Name="GraphService"/>')
    data = source.data.replace(b'"ns"', b'"microsoft.graph"')
    api = read([Source(source.name, data)], Diagnostics())
    assert api.default_namespaces == {"microsoft.graph"}
