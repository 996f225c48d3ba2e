"""Query options: what the Capabilities vocabulary says that a place does not take."""

from __future__ import annotations

import pytest
from passes.places import said, targets
from passes.zoo import load

from generator.model import Annotation, Api, PathValue, Record, Refusal, Value
from generator.model import QueryOption as Option
from generator.passes.query_options import QueryOptions

CAPABILITIES = "Org.OData.Capabilities.V1."

TYPES = """
<EntityType Name="e"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String"/>
  <NavigationProperty Name="one" Type="ns.e" ContainsTarget="true"/>
  <NavigationProperty Name="many" Type="Collection(ns.e)" ContainsTarget="true"/>
</EntityType><EntityType Name="d" BaseType="ns.e"/>
<EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/></EntityContainer>
"""


def record(term: str, **values: Value) -> Annotation:
    return Annotation(CAPABILITIES + term, Record("", tuple(values.items())))


def refused(*annotations: Annotation, many: bool = True) -> dict[str, str]:
    """Give what a place refuses of which this is said, with the statements."""
    found = QueryOptions({"t": annotations}).refused(["", "t"], many=many)
    return {f"{each.option} {each.path}".strip(): each.said for each in found}


@pytest.mark.parametrize(
    ("term", "name", "option"),
    [
        ("FilterRestrictions", "Filterable", "filter"),
        ("SortRestrictions", "Sortable", "orderby"),
        ("ExpandRestrictions", "Expandable", "expand"),
        ("SelectSupport", "Supported", "select"),
        ("SelectRestrictions", "Selectable", "select"),
        ("SearchRestrictions", "Searchable", "search"),
        ("CountRestrictions", "Countable", "count"),
    ],
)
def test_each_option_has_its_statement(term: str, name: str, option: str) -> None:
    assert refused(record(term, **{name: False})) == {option: f"{term}/{name}"}
    assert refused(record(term, **{name: True})) == {}
    assert refused(record(term, Description="Nothing but prose.")) == {}


@pytest.mark.parametrize(("term", "option"), [("Top", "top"), ("Skip", "skip")])
def test_pages_have_statements_of_their_own(term: str, option: str) -> None:
    term = f"{term}Supported"
    assert refused(Annotation(CAPABILITIES + term, False)) == {option: term}
    assert refused(Annotation(CAPABILITIES + term)) == {}


def test_properties_are_excepted_one_by_one() -> None:
    assert refused(
        record("FilterRestrictions", NonFilterableProperties=("a", "b/c")),
        record("SortRestrictions", NonSortableProperties=("a",), Sortable=True),
        record("ExpandRestrictions", NonExpandableProperties=("n",)),
    ) == {
        "filter a": "FilterRestrictions/NonFilterableProperties",
        "filter b/c": "FilterRestrictions/NonFilterableProperties",
        "orderby a": "SortRestrictions/NonSortableProperties",
        "expand n": "ExpandRestrictions/NonExpandableProperties",
    }


def test_no_property_is_excepted_where_none_is_allowed() -> None:
    whole = record(
        "FilterRestrictions", Filterable=False, NonFilterableProperties=("a",)
    )
    assert refused(whole) == {"filter": "FilterRestrictions/Filterable"}


def test_of_one_object_only_what_can_be_asked_of_it_is_refused() -> None:
    everything = [
        record("FilterRestrictions", Filterable=False),
        record("ExpandRestrictions", NonExpandableProperties=("n",)),
        record("SelectSupport", Supported=False),
        Annotation(CAPABILITIES + "TopSupported", False),
    ]
    assert set(refused(*everything)) == {"filter", "expand n", "select", "top"}
    assert set(refused(*everything, many=False)) == {"expand n", "select"}


def test_the_nearest_statement_counts_and_what_it_leaves_open_the_next_says() -> None:
    options = QueryOptions(
        {
            "set": (
                record("SortRestrictions", Sortable=False),
                record("FilterRestrictions", Filterable=True),
            ),
            "type": (
                record("SortRestrictions", Sortable=True),
                record(
                    "FilterRestrictions",
                    Filterable=False,
                    NonFilterableProperties=("p",),
                ),
            ),
        }
    )
    assert options.refused(["set", "gone", "type"], many=True) == (
        Refusal(Option.FILTER, "FilterRestrictions/NonFilterableProperties", "p"),
        Refusal(Option.ORDER_BY, "SortRestrictions/Sortable"),
    )
    assert options.refused(["gone"], many=True) == ()


def test_what_is_qualified_or_dynamic_decides_nothing() -> None:
    term = CAPABILITIES + "TopSupported"
    assert refused(Annotation(term, False, qualifier="Tablet")) == {}
    assert refused(Annotation(term, PathValue("Path", "switch"))) == {}


def refusals(api: Api, resource: str) -> set[str]:
    found = api.resources[resource].refusals
    return {f"{each.option} {each.path}".strip() for each in found}


def test_a_place_that_refuses_something_else_is_called_after_its_owner() -> None:
    api = load(TYPES + said("ns.C/es", "FilterRestrictions", Filterable=False))
    assert api.links[0].target == "ns.e[]@ns.C/es"
    assert refusals(api, "ns.e[]@ns.C/es") == {"filter"}
    assert refusals(api, "ns.e[]") == set()
    assert targets(api, "ns.e[]@ns.C/es")[""] == "ns.e"


def test_what_an_owner_says_of_one_object_makes_another_place_of_the_items() -> None:
    api = load(TYPES + said("ns.e/many", "SelectSupport", Supported=False))
    assert targets(api, "ns.e")["many"] == "ns.e[]@ns.e/many"
    assert refusals(api, "ns.e[]@ns.e/many") == {"select"}
    assert refusals(api, "ns.e@ns.e/many") == {"select"}
    assert refusals(api, "ns.e") == set()


def test_an_owner_that_says_what_its_type_says_makes_no_other_place() -> None:
    api = load(
        TYPES
        + said("ns.e", "SortRestrictions", Sortable=False)
        + said("ns.C/es", "SortRestrictions", Sortable=False)
        + said("ns.e/many", "SearchRestrictions", Description="Prose.")
    )
    assert set(api.resources) == {"ns.e[]", "ns.e", "ns.d[]", "ns.d"}
    assert refusals(api, "ns.e[]") == {"orderby"}


def test_what_is_said_of_a_base_is_about_its_own_places() -> None:
    api = load(TYPES + said("ns.e", "SelectSupport", Supported=False))
    assert refusals(api, "ns.e") == refusals(api, "ns.e[]") == {"select"}
    assert refusals(api, "ns.d") == refusals(api, "ns.d[]") == set()
