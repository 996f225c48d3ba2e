"""Calls: actions and functions at the places of the types they are bound to."""

from __future__ import annotations

import pytest
from passes.places import links
from passes.zoo import load

from generator.model import Api, LinkKind

TYPES = """
<EntityType Name="base"/><EntityType Name="e" BaseType="ns.base"/>
<EntityType Name="f" BaseType="ns.base"/><EntityType Name="home">
  <NavigationProperty Name="e" Type="ns.e" ContainsTarget="true"/>
  <NavigationProperty Name="es" Type="Collection(ns.e)" ContainsTarget="true"/>
  <NavigationProperty Name="f" Type="ns.f" ContainsTarget="true"/></EntityType>
<EntityContainer Name="C"><Singleton Name="home" Type="ns.home"/></EntityContainer>
"""


def bound(kind: str, name: str, to: str, more: str = "", inside: str = "") -> str:
    return (
        f'<{kind} Name="{name}" IsBound="true" {more}>'
        f'<Parameter Name="it" Type="{to}"/>{inside}</{kind}>'
    )


def parameter(name: str, type_: str = "Edm.String") -> str:
    return f'<Parameter Name="{name}" Type="{type_}"/>'


def calls(api: Api, resource: str) -> list[str]:
    return [item.id for item in api.resources[resource].operations if item.binding]


def test_operations_are_inherited_and_stand_where_they_are_bound() -> None:
    api = load(
        TYPES
        + bound("Action", "a", "ns.base")
        + bound("Action", "b", "ns.e")
        + bound("Action", "c", "Collection(ns.base)")
    )
    assert calls(api, "ns.e") == ["ns.b(ns.e)", "ns.a(ns.base)"]
    assert calls(api, "ns.f") == ["ns.a(ns.base)"]
    assert calls(api, "ns.e[]") == ["ns.c(Collection(ns.base))"]


def test_the_nearest_overload_with_the_same_parameters_counts() -> None:
    api = load(
        TYPES
        + bound("Action", "a", "ns.base")
        + bound("Action", "a", "ns.e")
        + bound("Action", "a", "ns.base", inside=parameter("x"))
    )
    assert calls(api, "ns.e") == ["ns.a(ns.e)", "ns.a(ns.base,Edm.String)"]
    assert calls(api, "ns.f") == ["ns.a(ns.base)", "ns.a(ns.base,Edm.String)"]


def function(name: str, result: str, inside: str = "", more: str = "true") -> str:
    returned = f'{inside}<ReturnType Type="{result}"/>'
    return bound("Function", name, "ns.e", f'IsComposable="{more}"', returned)


def test_composable_functions_that_give_entities_are_links() -> None:
    api = load(
        TYPES
        + function("one", "ns.f")
        + function("one", "ns.f", parameter("x"))
        + function("many", "Collection(ns.f)")
        + function("text", "Edm.String")
        + function("last", "ns.f", more="false")
    )
    found = links(api, "ns.e", LinkKind.FUNCTION)
    assert [(link.name, link.target) for link in found] == [
        ("ns.one", "ns.f"),
        ("ns.one", "ns.f"),
        ("ns.many", "ns.f[]"),
    ]
    ids = [link.operation.id for link in found if link.operation]
    assert ids[:2] == ["ns.one(ns.e)", "ns.one(ns.e,Edm.String)"]
    assert calls(api, "ns.e") == ["ns.text(ns.e)", "ns.last(ns.e)"]
    assert "ns.f[]" in api.resources


REQUIRED = '<Annotation Term="Org.OData.Core.V1.RequiresExplicitBinding"/>'


def listing(target: str, *names: str) -> str:
    texts = "".join(f"<String>{name}</String>" for name in names)
    return (
        f'<Annotations Target="{target}"><Annotation '
        'Term="Org.OData.Core.V1.ExplicitOperationBindings">'
        f"<Collection>{texts}</Collection></Annotation></Annotations>"
    )


@pytest.mark.parametrize(
    "target", ["ns.e", "ns.home/e", "ns.home/es", "ns.C/home/e", "ns.C/home/es"]
)
@pytest.mark.parametrize("name", ["ns.a", "self.a", "ns.a(ns.base)"])
def test_explicit_operations_stand_where_types_or_places_list_them(
    target: str, name: str
) -> None:
    explicit = bound("Action", "a", "ns.base", inside=REQUIRED)
    api = load(TYPES + explicit + listing(target, name))
    assert calls(api, "ns.e") == ["ns.a(ns.base)"]
    assert calls(api, "ns.f") == []


def test_explicit_operations_that_nothing_lists_stand_everywhere() -> None:
    explicit = bound("Action", "a", "ns.base", inside=REQUIRED)
    other = bound("Action", "b", "ns.base")
    api = load(TYPES + explicit + other + listing("ns.e", "ns.b"))
    for resource in ("ns.e", "ns.f"):
        assert calls(api, resource) == ["ns.a(ns.base)", "ns.b(ns.base)"]


def test_overloads_are_listed_one_by_one() -> None:
    api = load(
        TYPES
        + bound("Action", "a", "ns.e", inside=REQUIRED)
        + bound("Action", "a", "Collection(ns.e)", inside=REQUIRED)
        + listing("ns.home/es", "ns.a(Collection(ns.e))")
        + listing("ns.f", "ns.a(ns.e)")
    )
    assert calls(api, "ns.e[]") == ["ns.a(Collection(ns.e))"]
    assert calls(api, "ns.e") == []


def delta(attributes: str, result: str, name: str = "delta", said: str = "") -> bool:
    """Whether a function or action, as it is written here, gives changes."""
    kind = attributes.partition(" ")[0]
    binding, roots = '<Parameter Name="it" Type="Collection(ns.e)"/>', ""
    if "IsBound" not in attributes:
        binding, roots = "", f'<{kind}Import Name="f" {kind}="ns.{name}"/>'
    api = load(
        TYPES.replace("<Singleton", f"{roots}<Singleton")
        + f'<{attributes} Name="{name}">{binding}'
        + f'<ReturnType Type="{result}">{said}</ReturnType></{kind}>'
    )
    [operation] = api.operations
    return operation.delta


IS_DELTA = '<Annotation Term="Org.OData.Core.V1.IsDelta" Bool="{}"/>'
BOUND = 'Function IsBound="true"'


def test_a_bound_function_of_that_name_gives_changes_of_entities() -> None:
    assert delta(BOUND, "Collection(ns.e)")
    assert not delta(BOUND, "ns.e")
    assert not delta(BOUND, "Collection(Edm.String)")
    assert not delta(BOUND, "Collection(ns.e)", name="deltas")
    assert not delta("Function", "Collection(ns.e)")
    assert not delta('Action IsBound="true"', "Collection(ns.e)")


def test_an_annotation_says_what_gives_changes_and_what_does_not() -> None:
    yes, no = IS_DELTA.format("true"), IS_DELTA.format("false")
    assert delta(BOUND, "Collection(ns.e)", "changes", yes)
    assert delta("Function", "Collection(ns.e)", "changes", yes)
    assert delta('Action IsBound="true"', "Collection(ns.e)", "changes", yes)
    assert not delta(BOUND, "Collection(ns.e)", "delta", no)
    assert not delta(BOUND, "Collection(Edm.String)", "changes", yes)


def test_changes_are_no_place_to_go_on_from() -> None:
    result = '<ReturnType Type="Collection(ns.e)"/>'
    api = load(
        TYPES
        + bound("Function", "delta", "Collection(ns.e)", 'IsComposable="true"', result)
    )
    assert calls(api, "ns.e[]") == ["ns.delta(Collection(ns.e))"]
    assert links(api, "ns.e[]", LinkKind.FUNCTION) == []
