"""Resolve: what dangles is reported and worked round."""

from __future__ import annotations

import pytest
from pace import at_most
from support import csdl, shared_data

from generator.diagnostics import Diagnostics, Severity
from generator.model import AnyType, Api, ListOf, Named, Struct
from generator.passes.codes import CODES
from generator.passes.resolve import resolve
from generator.readers.csdl import read
from generator.readers.source import load_source


def resolved(body: str, overlay: str = "") -> tuple[Api, Diagnostics]:
    diagnostics = Diagnostics()
    sources = [csdl(body)]
    if overlay:
        given = csdl(overlay, "overlay.csdl")
        sources.append(type(given)(given.name, given.data.replace(b'"ns"', b'"o"')))
    api = read(sources, diagnostics)
    assert list(diagnostics) == []
    return resolve(api, diagnostics, frozenset({"overlay.csdl"})), diagnostics


def codes(diagnostics: Diagnostics) -> list[str]:
    assert {item.code for item in diagnostics} <= set(CODES)
    return [item.code for item in diagnostics]


def struct(api: Api, type_id: str) -> Struct:
    found = api.types[type_id]
    assert isinstance(found, Struct)
    return found


ITEM = (
    '<EntityType Name="item"><Key><PropertyRef Name="id"/></Key>'
    '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>'
)


def test_an_api_without_faults_stays_as_it_is() -> None:
    api, diagnostics = resolved(ITEM)
    again = resolve(api, diagnostics)
    assert list(diagnostics) == []
    assert again == api
    assert again.types["ns.item"] is api.types["ns.item"]


def test_unknown_property_types_take_any_value() -> None:
    api, diagnostics = resolved(
        '<ComplexType Name="a"><Property Name="x" Type="ns.B"/>'
        '<Property Name="y" Type="Collection(ns.gone)"/></ComplexType>'
        '<ComplexType Name="b"/>'
    )
    assert codes(diagnostics) == ["unknown-type", "unknown-type"]
    first, second = diagnostics
    assert "did you mean 'ns.b'?" in first.message
    assert "did you mean" not in second.message
    assert first.place is not None and first.place.line == 2
    x, y = struct(api, "ns.a").properties
    assert (x.type, y.type) == (AnyType(), ListOf(AnyType()))


def test_unknown_bases_are_dropped_and_other_kinds_reported() -> None:
    api, diagnostics = resolved(
        '<ComplexType Name="a" BaseType="ns.gone"/><EnumType Name="e"/>'
        '<ComplexType Name="b" BaseType="ns.e"/>'
        '<ComplexType Name="c" BaseType="ns.item"/>' + ITEM
    )
    assert codes(diagnostics) == ["unknown-base", "unknown-base", "base-kind"]
    assert [struct(api, f"ns.{name}").base for name in "abc"] == [None, None, "ns.item"]


def test_a_cycle_of_bases_is_one_error_that_names_its_members() -> None:
    api, diagnostics = resolved(
        '<ComplexType Name="below" BaseType="ns.a"/>'
        '<ComplexType Name="a" BaseType="ns.b"/><ComplexType Name="b" BaseType="ns.c"/>'
        '<ComplexType Name="c" BaseType="ns.a"/>'
    )
    assert codes(diagnostics) == ["base-cycle"]
    assert [item.severity for item in diagnostics] == [Severity.ERROR]
    assert "ns.a -> ns.b -> ns.c -> ns.a" in next(iter(diagnostics)).message
    assert struct(api, "ns.a").base is None


def test_key_parts_partners_and_constraints_that_name_nothing() -> None:
    api, diagnostics = resolved(
        '<EntityType Name="a"><Key><PropertyRef Name="id"/><PropertyRef Name="no"/>'
        '</Key><Property Name="id" Type="Edm.String"/>'
        '<NavigationProperty Name="n" Type="ns.a" Partner="no">'
        '<ReferentialConstraint Property="id" ReferencedProperty="id"/>'
        '<ReferentialConstraint Property="id" ReferencedProperty="no"/>'
        "</NavigationProperty></EntityType>"
    )
    assert codes(diagnostics) == ["key-path", "partner-path", "referential-constraint"]
    found = struct(api, "ns.a")
    assert [part.path for part in found.key] == ["id"]
    navigation = found.properties[1].navigation
    assert navigation is not None
    assert navigation.partner == ""
    assert navigation.referential_constraints == (("id", "id"),)


@pytest.mark.parametrize("principal", ["id", "n/id", "c/x", "n/c/x"])
def test_a_principal_property_is_a_path_from_the_target(principal: str) -> None:
    api, diagnostics = resolved(
        '<ComplexType Name="c"><Property Name="x" Type="Edm.String"/></ComplexType>'
        '<EntityType Name="b"><Property Name="id" Type="Edm.String"/>'
        '<Property Name="c" Type="ns.c"/></EntityType>'
        '<EntityType Name="a"><Property Name="own" Type="Edm.String"/>'
        '<NavigationProperty Name="n" Type="ns.b"><ReferentialConstraint Property="own"'
        f' ReferencedProperty="{principal}"/></NavigationProperty></EntityType>'
    )
    assert codes(diagnostics) == []
    navigation = struct(api, "ns.a").properties[1].navigation
    assert navigation is not None
    expected = ("own", principal.removeprefix("n/"))
    assert navigation.referential_constraints == (expected,)


def test_paths_go_through_complex_types_casts_and_bases() -> None:
    _, diagnostics = resolved(
        '<ComplexType Name="c"><Property Name="id" Type="Edm.String"/></ComplexType>'
        '<EntityType Name="b"><Key><PropertyRef Name="c/id" Alias="id"/></Key>'
        '<Property Name="c" Type="ns.c" Nullable="false"/></EntityType>'
        '<EntityType Name="a" BaseType="ns.b">'
        '<NavigationProperty Name="n" Type="ns.b" Partner="ns.a/n"/></EntityType>'
    )
    assert codes(diagnostics) == []


def test_a_navigation_property_needs_an_entity_type() -> None:
    api, diagnostics = resolved(
        '<ComplexType Name="c"/><EntityType Name="e">'
        '<NavigationProperty Name="x" Type="ns.c"/>'
        '<NavigationProperty Name="y" Type="ns.gone"/></EntityType>'
    )
    assert codes(diagnostics) == ["navigation-type", "unknown-type"]
    assert all(member.navigation is None for member in struct(api, "ns.e").properties)


def test_roots_and_bindings_that_lead_nowhere_are_dropped() -> None:
    api, diagnostics = resolved(
        '<EntityType Name="a"><NavigationProperty Name="n" Type="ns.a"/></EntityType>'
        '<EntityContainer Name="C"><EntitySet Name="lost" EntityType="ns.Gone"/>'
        '<EntitySet Name="as" EntityType="ns.a">'
        '<NavigationPropertyBinding Path="n" Target="as"/>'
        '<NavigationPropertyBinding Path="no" Target="as"/>'
        '<NavigationPropertyBinding Path="n" Target="nothing"/>'
        '<NavigationPropertyBinding Path="n" Target="x.D/others"/>'
        '<NavigationPropertyBinding Path="n" Target="as/n"/></EntitySet>'
        "</EntityContainer>"
    )
    expected = ["unknown-root", "binding-path", "binding-target", "binding-target"]
    assert codes(diagnostics) == expected
    assert [item.severity for item in diagnostics][-1] is Severity.INFO
    [root] = api.roots
    assert root.bindings == (("n", "as"), ("n", "as/n"))


def test_operations_keep_what_is_known() -> None:
    api, diagnostics = resolved(
        '<Action Name="lost" IsBound="true"><Parameter Name="b" Type="ns.gone"/>'
        '</Action><Action Name="kept" IsBound="true">'
        '<Parameter Name="b" Type="ns.item"/><Parameter Name="p" Type="ns.no"/>'
        '<ReturnType Type="Collection(ns.no)"/></Action>' + ITEM
    )
    assert codes(diagnostics) == ["unknown-binding", "unknown-type", "unknown-type"]
    [operation] = api.operations
    assert [item.type for item in operation.parameters] == [AnyType()]
    assert operation.result is not None
    assert operation.result.type == ListOf(AnyType())


TARGETS = (
    '<EntityType Name="e" BaseType="ns.item"><NavigationProperty Name="n" '
    'Type="ns.item"><ReferentialConstraint Property="id" ReferencedProperty="id"/>'
    '<OnDelete Action="Cascade"/></NavigationProperty></EntityType>'
    '<Term Name="t" Type="Edm.String"/>'
    '<EnumType Name="u"><Member Name="m"/></EnumType>'
    '<Action Name="act" IsBound="true"><Parameter Name="b" Type="ns.e"/>'
    '<Parameter Name="p" Type="Edm.String"/></Action>'
    '<Action Name="act" IsBound="true"><Parameter Name="b" Type="ns.item"/></Action>'
    '<EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/>'
    '<EntitySet Name="items" EntityType="ns.item"/></EntityContainer>' + ITEM
)
ACT_ITEM = "ns.act(ns.item)"
ACT_E = "ns.act(ns.e,Edm.String)"


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("self.e", ["ns.e"]),
        ("ns.e/n", ["ns.e/n"]),
        ("ns.e/id", ["ns.e/id"]),
        ("ns.item/ns.e/n", ["ns.item/ns.e/n"]),
        ("ns.u/m", ["ns.u/m"]),
        ("ns.C", ["ns.C"]),
        ("ns.C/es/n/id", ["ns.C/es/n/id"]),
        ("ns.C/items/ns.e/n", ["ns.C/items/ns.e/n"]),
        ("ns.act", [ACT_E, ACT_ITEM]),
        ("ns.act/p", [f"{ACT_E}/p"]),
        ("ns.act(self.e)", [ACT_E]),
        ("ns.act(ns.e, Edm.String)/p", [f"{ACT_E}/p"]),
        ("ns.act(ns.item)/$ReturnType", [f"{ACT_ITEM}/$ReturnType"]),
        ("ns.e/@Core.Description", ["ns.e/@Core.Description"]),
        ("ns.e/n/$OnDelete", ["ns.e/n/$OnDelete"]),
        ("ns.e/n/$ReferentialConstraint/id", ["ns.e/n/$ReferentialConstraint/id"]),
        ("self.t", ["ns.t"]),
        ("ns", ["ns"]),
    ],
)
def test_targets_are_found(target: str, keys: list[str]) -> None:
    annotations = (
        f'<Annotations Target="{target}"><Annotation Term="x.T"/></Annotations>'
    )
    api, diagnostics = resolved(TARGETS + annotations)
    assert codes(diagnostics) == []
    assert list(api.annotations) == keys


@pytest.mark.parametrize(
    "target",
    [
        "ns.E",
        "ns.e/no",
        "ns.u/no",
        "ns.C/no",
        "ns.C/es/no",
        "ns.act(ns.u)",
        "ns.act/q",
        "ns.e/id/$OnDelete",
        "ns.e/n/$ReferentialConstraint/n",
        "ns.e/n/$Partner",
        "ns.t/no",
        "x",
        "x.T",
    ],
)
def test_a_target_that_matches_nothing(target: str) -> None:
    annotations = (
        f'<Annotations Target="{target}"><Annotation Term="x.T"/></Annotations>'
    )
    api, diagnostics = resolved(TARGETS + annotations)
    assert [item.severity for item in diagnostics] == [Severity.WARNING]
    assert api.annotations == {}
    _, diagnostics = resolved(TARGETS, annotations)
    assert codes(diagnostics) == ["annotation-target"]
    assert [item.severity for item in diagnostics] == [Severity.ERROR]
    [error] = diagnostics
    assert error.place is not None and error.place.file == "overlay.csdl"


@pytest.mark.parametrize(
    "target", ["x", "x.T", "x.T/p", "x.act(x.T)/p", "x.C/s/n", "ns.e/x.T/p"]
)
def test_what_stands_in_a_document_that_was_not_read_may_exist(target: str) -> None:
    included = csdl(
        f'<Annotations Target="{target}"><Annotation Term="x.T"/></Annotations>',
        "overlay.csdl",
    )
    reference = (
        b'<edmx:Reference Uri="https://example.com/x"><edmx:Include Namespace="x"/>'
        b"</edmx:Reference><edmx:DataServices>"
    )
    data = included.data.replace(b"<edmx:DataServices>", reference)
    overlay = type(included)("overlay.csdl", data.replace(b'"ns"', b'"o"'))
    diagnostics = Diagnostics()
    api = read([csdl(TARGETS), overlay], diagnostics)
    api = resolve(api, diagnostics, frozenset({"overlay.csdl"}))
    assert diagnostics.errors == ()
    assert list(api.annotations) == [target]


def test_terms_are_made_of_known_types() -> None:
    api, diagnostics = resolved(
        '<Term Name="a" Type="ns.item"/><Term Name="b" Type="ns.gone"/>' + ITEM
    )
    assert codes(diagnostics) == ["unknown-type"]
    assert api.terms == {"ns.a": Named("ns.item"), "ns.b": AnyType()}


def test_terms_of_unread_vocabularies_are_of_any_type() -> None:
    api = Api("", included=frozenset({"x"}), terms={"ns.a": Named("x.Tag")})
    diagnostics = Diagnostics()
    assert resolve(api, diagnostics).terms == {"ns.a": AnyType()}
    assert codes(diagnostics) == []


def test_a_term_said_twice() -> None:
    first = (
        '<Annotations Target="ns.e"><Annotation Term="x.T" String="1"/></Annotations>'
    )
    second = first.replace('"1"', '"2"')
    api, diagnostics = resolved(TARGETS + first + second)
    assert codes(diagnostics) == ["annotation-duplicate"]
    assert [item.value for item in api.annotations["ns.e"]] == ["2"]
    _, diagnostics = resolved(TARGETS + first + first)
    assert codes(diagnostics) == []
    api, diagnostics = resolved(TARGETS + first, second)
    assert codes(diagnostics) == []
    assert [item.value for item in api.annotations["ns.e"]] == ["2"]


def test_what_is_said_of_one_overload_wins_over_all_overloads() -> None:
    special = f'<Annotations Target="{ACT_ITEM}"><Annotation Term="x.T" Int="1"/>'
    general = '<Annotations Target="ns.act"><Annotation Term="x.T" Int="2"/>'
    end = "</Annotations>"
    api, diagnostics = resolved(TARGETS + special + end + general + end)
    assert codes(diagnostics) == []
    assert [item.value for item in api.annotations[ACT_ITEM]] == [1]
    assert [item.value for item in api.annotations[ACT_E]] == [2]


def test_microsoft_graph_resolves_with_its_known_defects() -> None:
    diagnostics = Diagnostics()
    source = load_source(shared_data("graph/graph-v1.0-2026-08.csdl"))
    api = resolve(read([source], diagnostics), diagnostics)
    assert diagnostics.errors == ()
    doubles = [item for item in diagnostics if item.code == "annotation-duplicate"]
    assert len(doubles) == 5
    assert set(codes(diagnostics)) == {"annotation-duplicate", "binding-target"}
    assert len(api.operations) == 857 + 326


@pytest.mark.parametrize("prefix", ["m", "nope"])
def test_thousands_of_targets_take_no_square_of_their_number(prefix: str) -> None:
    """In one enumeration, in one type, and among the overloads of one function."""
    numbers = range(6000)
    members = "".join(f'<Member Name="m{n}"/>' for n in numbers)
    properties = "".join(f'<Property Name="m{n}" Type="Edm.String"/>' for n in numbers)
    overloads = "".join(
        f'<ComplexType Name="m{n}"/><Function Name="f" IsBound="true">'
        f'<Parameter Name="it" Type="ns.m{n}"/><ReturnType Type="Edm.String"/>'
        "</Function>"
        for n in numbers
    )
    targets = [
        target
        for n in numbers
        for target in (
            f"ns.e/{prefix}{n}",
            f"ns.c/{prefix}{n}",
            f"ns.f(ns.{prefix}{n})",
        )
    ]
    body = (
        f'<EnumType Name="e">{members}</EnumType>'
        f'<ComplexType Name="c">{properties}</ComplexType>{overloads}'
    ) + "".join(
        f'<Annotations Target="{target}">'
        '<Annotation Term="Org.OData.Core.V1.Description" String="x"/></Annotations>'
        for target in targets
    )
    with at_most(5):
        _, diagnostics = resolved(body)
    unknown = len(targets) if prefix == "nope" else 0
    assert codes(diagnostics) == ["annotation-target"] * unknown


def derived(count: int) -> str:
    """A chain of `count` complex types, each on the one before, one on a line."""
    first = '<ComplexType Name="t1"/>\n'
    return first + "\n".join(
        f'<ComplexType Name="t{n}" BaseType="ns.t{n - 1}"/>'
        for n in range(2, count + 1)
    )


def test_inheritance_too_deep_for_python_is_one_error_with_a_place() -> None:
    assert codes(resolved(derived(200))[1]) == []
    _, diagnostics = resolved(derived(3000))
    (error,) = diagnostics
    assert (error.code, error.severity) == ("base-depth", Severity.ERROR)
    assert "ns.t201" in error.message and "200" in error.message
    assert error.place is not None and error.place.line == 202


def members(types: int, each: int) -> str:
    """A chain of complex types, each on the one before and with properties of its
    own."""
    return "\n".join(
        f'<ComplexType Name="t{n}"'
        + (f' BaseType="ns.t{n - 1}"' if n else "")
        + ">"
        + "".join(f'<Property Name="p{n}_{m}" Type="Edm.String"/>' for m in range(each))
        + "</ComplexType>"
        for n in range(types)
    )


def test_more_inherited_members_than_pages_can_show_are_one_error_with_a_place() -> (
    None
):
    assert codes(resolved(members(200, 5))[1]) == []
    api, diagnostics = resolved(members(190, 40))
    (error,) = diagnostics
    assert (error.code, error.severity) == ("base-members", Severity.ERROR)
    assert "ns.t71" in error.message and "100,000" in error.message
    assert error.place is not None and error.place.line == 73
