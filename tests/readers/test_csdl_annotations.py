"""Annotations: every form of expression, and every kind of target."""

from __future__ import annotations

import pytest
from support import csdl, read_csdl

from generator.diagnostics import Diagnostics
from generator.model import (
    Annotation,
    Constant,
    Dynamic,
    EnumMembers,
    ListOf,
    Named,
    PathValue,
    Place,
    Record,
    Scalar,
    ScalarKind,
    Value,
)
from generator.readers.csdl import read


def value_of(annotation: str) -> Value:
    """Read one annotation of a schema, without any finding."""
    api, diagnostics = read_csdl(annotation)
    assert list(diagnostics) == []
    [found] = api.annotations["ns"]
    return found.value


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("String", " a b ", " a b "),
        ("Bool", "true", True),
        ("Bool", "0", False),
        ("Int", "-42", -42),
        ("Binary", "T0RhdGE", Constant("Binary", "T0RhdGE")),
        ("Date", "2026-01-31", Constant("Date", "2026-01-31")),
        (
            "DateTimeOffset",
            "2026-01-31T00:00:00Z",
            Constant("DateTimeOffset", "2026-01-31T00:00:00Z"),
        ),
        ("Decimal", "3.14", Constant("Decimal", "3.14")),
        ("Duration", "P1D", Constant("Duration", "P1D")),
        ("Float", "INF", Constant("Float", "INF")),
        ("Guid", "21EC2020-3AEA", Constant("Guid", "21EC2020-3AEA")),
        ("TimeOfDay", "21:45:00", Constant("TimeOfDay", "21:45:00")),
        ("EnumMember", "self.Colour/Red", EnumMembers("ns.Colour", ("Red",))),
        (
            "EnumMember",
            "self.Colour/Red self.Colour/Blue",
            EnumMembers("ns.Colour", ("Red", "Blue")),
        ),
        ("Path", "self.E/name", PathValue("Path", "ns.E/name")),
        ("PropertyPath", "a/b", PathValue("PropertyPath", "a/b")),
        (
            "NavigationPropertyPath",
            "a/b",
            PathValue("NavigationPropertyPath", "a/b"),
        ),
        (
            "AnnotationPath",
            "a/@self.Term#q",
            PathValue("AnnotationPath", "a/@ns.Term#q"),
        ),
        (
            "ModelElementPath",
            "/self.C/users",
            PathValue("ModelElementPath", "/ns.C/users"),
        ),
    ],
)
def test_constants_and_paths(kind: str, text: str, expected: Value) -> None:
    assert value_of(f'<Annotation Term="x.y" {kind}="{text}"/>') == expected
    element = f'<Annotation Term="x.y"><{kind}>{text}</{kind}></Annotation>'
    assert value_of(element) == expected


def test_collection_and_null() -> None:
    found = value_of("""<Annotation Term="x.y"><Collection><String>a</String><Null/>
      <Int>1</Int></Collection></Annotation>""")
    assert found == ("a", None, 1)


def test_record() -> None:
    found = value_of("""<Annotation Term="x.y"><Record Type="self.R">
      <PropertyValue Property="Deletable" Bool="false"/>
      <PropertyValue Property="Unknown"><Collection/></PropertyValue>
      <PropertyValue Property="Tag"/>
      <Annotation Term="self.note" String="n"/></Record></Annotation>""")
    assert isinstance(found, Record)
    assert found.type == "ns.R"
    assert found.properties == (("Deletable", False), ("Unknown", ()), ("Tag", True))
    [note] = found.annotations
    assert (note.term, note.value) == ("ns.note", "n")


def test_dynamic_expressions_are_kept_as_such() -> None:
    found = value_of("""<Annotation Term="x.y"><If>
      <And><Eq><Path>a</Path><Int>1</Int></Eq>
        <IsOf Type="Collection(self.T)" MaxLength="5"><Path>b</Path></IsOf></And>
      <Apply Function="odata.concat"><String>a</String><Path>self.E/c</Path></Apply>
      <Cast Type="Edm.String"><Path>d</Path></Cast></If></Annotation>""")
    equal = Dynamic("Eq", operands=(PathValue("Path", "a"), 1))
    is_of = Dynamic(
        "IsOf",
        (("Type", "Collection(ns.T)"), ("MaxLength", "5")),
        (PathValue("Path", "b"),),
    )
    concat = Dynamic(
        "Apply",
        (("Function", "odata.concat"),),
        ("a", PathValue("Path", "ns.E/c")),
    )
    cast = Dynamic("Cast", (("Type", "Edm.String"),), (PathValue("Path", "d"),))
    both = Dynamic("And", operands=(equal, is_of))
    assert found == Dynamic("If", operands=(both, concat, cast))


@pytest.mark.parametrize(
    "name",
    "Add And Div DivBy Eq Ge Gt Has In Le Lt Mod Mul Ne Or Sub Neg Not".split(),
)
def test_every_operator(name: str) -> None:
    text = f"<{name}><Int>1</Int><Int>2</Int></{name}>"
    found = value_of(f'<Annotation Term="x.y">{text}</Annotation>')
    assert found == Dynamic(name, operands=(1, 2))


def test_labels_and_urls() -> None:
    found = value_of("""<Annotation Term="x.y"><Collection>
      <LabeledElement Name="first" Path="a"/>
      <LabeledElementReference>self.first</LabeledElementReference>
      <LabeledElementReference Name="self.first"/>
      <UrlRef><String>http://host/</String></UrlRef></Collection></Annotation>""")
    reference = Dynamic("LabeledElementReference", (("Name", "ns.first"),))
    assert found == (
        Dynamic("LabeledElement", (("Name", "first"),), (PathValue("Path", "a"),)),
        reference,
        reference,
        Dynamic("UrlRef", operands=("http://host/",)),
    )
    url = value_of('<Annotation Term="x.y" UrlRef="http://host/"/>')
    assert url == Dynamic("UrlRef", operands=("http://host/",))


def test_annotation_of_an_annotation() -> None:
    api, _ = read_csdl("""<Annotation Term="x.unit" String="EUR" Qualifier="tablet">
      <Annotation Term="self.note" String="why"/></Annotation>""")
    [found] = api.annotations["ns"]
    assert found.qualifier == "tablet"
    assert found.place == Place("test.csdl", 2, 1)
    assert found.annotations == (
        Annotation("ns.note", "why", place=Place("test.csdl", 3, 7)),
    )


def test_term_without_value() -> None:
    api, diagnostics = read_csdl("""
      <Term Name="limit" Type="Edm.Int32" DefaultValue="25"/>
      <Term Name="flag" Type="Edm.Boolean" DefaultValue="false"/>
      <Term Name="label" Type="Edm.String"/><Term Name="mark" Type="Edm.Boolean"/>
      <Term Name="names" Type="Collection(Edm.String)"/>
      <Term Name="tag" Type="self.Tag" DefaultValue="true"/>
      <Term Name="kind" Type="self.Kind" DefaultValue="small"/>
      <Annotation Term="self.limit"/><Annotation Term="self.flag"/>
      <Annotation Term="self.label"/><Annotation Term="self.mark"/>
      <Annotation Term="self.names"/><Annotation Term="unknown.tag"/>
      <Annotation Term="self.tag"/><Annotation Term="self.kind"/>""")
    assert list(diagnostics) == []
    values = [found.value for found in api.annotations["ns"]]
    assert values == [25, False, None, True, (), True, True, "small"]


def test_terms_are_known_by_their_types() -> None:
    api, _ = read_csdl("""<Term Name="limit" Type="Edm.Int32" DefaultValue="25"/>
      <Term Name="kinds" Type="Collection(self.kind)"/>""")
    assert api.terms == {
        "ns.limit": Scalar(ScalarKind.INT32),
        "ns.kinds": ListOf(Named("ns.kind")),
    }


def test_strings_that_are_names_get_full_ones() -> None:
    term = "Org.OData.Validation.V1.DerivedTypeConstraint"
    found = value_of(f"""<Annotation Term="{term}"><Collection>
      <String>self.guest</String></Collection></Annotation>""")
    assert found == ("ns.guest",)
    assert value_of(f'<Annotation Term="{term}" String="self.guest"/>') == "ns.guest"
    assert value_of(f'<Annotation Term="{term}" Int="1"/>') == 1
    assert value_of('<Annotation Term="x.y" String="self.guest"/>') == "self.guest"


NOTE = '<Annotation Term="x.y"/>'


def test_inline_targets() -> None:
    api, diagnostics = read_csdl(f"""{NOTE}
      <EntityType Name="E">{NOTE}<Property Name="p" Type="Edm.Int32">{NOTE}</Property>
        <NavigationProperty Name="n" Type="self.E">{NOTE}
          <ReferentialConstraint Property="p" ReferencedProperty="q">{NOTE}
          </ReferentialConstraint><OnDelete Action="None">{NOTE}</OnDelete>
        </NavigationProperty></EntityType>
      <EnumType Name="L">{NOTE}<Member Name="m">{NOTE}</Member></EnumType>
      <TypeDefinition Name="T" UnderlyingType="Edm.Int32">{NOTE}</TypeDefinition>
      <Term Name="t" Type="Edm.Int32">{NOTE}</Term>
      <Function Name="f" IsBound="true">{NOTE}<Parameter Name="it" Type="self.E">{NOTE}
        </Parameter><Parameter Name="ids" Type="Collection(Edm.Guid)">{NOTE}</Parameter>
        <ReturnType Type="Edm.Int32">{NOTE}</ReturnType></Function>
      <EntityContainer Name="C">{NOTE}<EntitySet Name="s" EntityType="self.E">{NOTE}
        </EntitySet><Singleton Name="o" Type="self.E">{NOTE}</Singleton>
      </EntityContainer>""")
    assert list(diagnostics) == []
    function = "ns.f(ns.E,Collection(Edm.Guid))"
    assert set(api.annotations) == {
        "ns",
        "ns.E",
        "ns.E/p",
        "ns.E/n",
        "ns.E/n/$ReferentialConstraint/p",
        "ns.E/n/$OnDelete",
        "ns.L",
        "ns.L/m",
        "ns.T",
        "ns.t",
        function,
        f"{function}/it",
        f"{function}/ids",
        f"{function}/$ReturnType",
        "ns.C",
        "ns.C/s",
        "ns.C/o",
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("self.E", "ns.E"),
        ("ns.E/p", "ns.E/p"),
        ("other.E/p", "other.E/p"),
        ("self.C/users/self.guest/boss", "ns.C/users/ns.guest/boss"),
        ("self.f", "ns.f"),
        (
            "self.f( Collection(self.E), Edm.Int32 )/ids",
            "ns.f(Collection(ns.E),Edm.Int32)/ids",
        ),
        ("self.f(self.E)/$ReturnType", "ns.f(ns.E)/$ReturnType"),
        ("self.E/@self.term#q", "ns.E/@ns.term#q"),
    ],
)
def test_external_targets(written: str, expected: str) -> None:
    text = f'<Annotations Target="{written}" Qualifier="q">{NOTE}</Annotations>'
    api, diagnostics = read_csdl(text)
    assert list(diagnostics) == []
    [found] = api.annotations[expected]
    assert (found.term, found.qualifier) == ("x.y", "q")


def test_annotations_come_in_the_order_of_the_documents() -> None:
    first = csdl('<ComplexType Name="C"><Annotation Term="x.y" Int="1"/></ComplexType>')
    text = '<Annotations Target="self.C"><Annotation Term="x.y" Int="2"/></Annotations>'
    second = csdl(text, "second.csdl")
    api = read([first, second], Diagnostics())
    assert [found.value for found in api.annotations["ns.C"]] == [1, 2]
    places = [found.place for found in api.annotations["ns.C"]]
    assert [place.file for place in places if place] == ["test.csdl", "second.csdl"]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ('<Annotation Term="x.y" Int="many"/>', "constant", Constant("Int", "many")),
        ('<Annotation Term="x.y" Bool="no"/>', "constant", Constant("Bool", "no")),
        ('<Annotation Term="x.y" Int="1" String="a"/>', "annotation", 1),
        (
            '<Annotation Term="x.y"><Record><PropertyValue Int="1"/></Record>'
            "</Annotation>",
            "annotation",
            Record("", ()),
        ),
    ],
)
def test_faults_in_annotations_are_never_fatal(
    text: str, code: str, value: Value
) -> None:
    api, diagnostics = read_csdl(text)
    [found] = diagnostics
    assert found.code == f"csdl-bad-{code}"
    assert found.severity == "warning"
    assert [annotation.value for annotation in api.annotations["ns"]] == [value]


def test_annotation_that_the_model_cannot_keep_is_told_of() -> None:
    _, diagnostics = read_csdl("""<Annotation Term="x.y"><Record>
      <PropertyValue Property="p" Int="1"><Annotation Term="x.z"/></PropertyValue>
      </Record></Annotation>""")
    assert [found.code for found in diagnostics] == ["csdl-annotation-dropped"]
