"""Verbs: what the Capabilities vocabulary allows and forbids at a place."""

from __future__ import annotations

import pytest
from passes.places import kinds, properties, said
from passes.zoo import load

from generator.model import Api, Doc, Operation, Permission
from generator.passes.verbs import CREATE_ON_ONE

TYPES = """
<EntityType Name="base"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="{}" BaseType="ns.base"/>
"""
HOME = """
<EntityType Name="home"><NavigationProperty Name="n" {}/></EntityType>
<EntityContainer Name="C"><Singleton Name="home" Type="ns.home"/></EntityContainer>
"""
REACHES = {
    "entity": 'Type="ns.e" ContainsTarget="true"',
    "collection": 'Type="Collection(ns.e)" ContainsTarget="true"',
    "reference": 'Type="ns.e"',
    "references": 'Type="Collection(ns.e)"',
}


def at(reach: str, *annotations: str) -> Api:
    """Load a service with one way to `ns.e`: the property `ns.home/n`."""
    body = TYPES.format("e") + HOME.format(REACHES[reach])
    return load(body + "".join(annotations))


def operation(api: Api, resource: str, kind: str) -> Operation:
    [found] = [
        item for item in api.resources[resource].operations if item.kind.value == kind
    ]
    return found


@pytest.mark.parametrize("target", ["ns.home/n", "ns.e", "ns.base", "ns.C/home/n"])
@pytest.mark.parametrize(
    ("reach", "term", "name", "resource", "missing"),
    [
        ("entity", "ReadRestrictions", "Readable", "ns.e", "read"),
        ("entity", "UpdateRestrictions", "Updatable", "ns.e", "update"),
        ("entity", "DeleteRestrictions", "Deletable", "ns.e", "delete"),
        ("collection", "ReadRestrictions", "Readable", "ns.e[]", "list"),
        ("collection", "ReadRestrictions", "Readable", "ns.e", "read"),
        ("collection", "InsertRestrictions", "Insertable", "ns.e[]", "create"),
        ("collection", "CountRestrictions", "Countable", "ns.e[]", "count"),
        ("collection", "UpdateRestrictions", "Updatable", "ns.e", "update"),
        ("reference", "ReadRestrictions", "Readable", "ns.e", "read"),
        ("references", "CountRestrictions", "Countable", "ns.e[]", "count"),
    ],
)
def test_what_is_usual_can_be_forbidden(
    target: str, reach: str, term: str, name: str, resource: str, missing: str
) -> None:
    usual = kinds(at(reach), resource)
    assert missing in usual
    for allowed in (True, False):
        found = kinds(at(reach, said(target, term, **{name: allowed})), resource)
        assert (missing in found) is allowed
        assert set(usual) - set(found) <= {missing}


@pytest.mark.parametrize(
    ("reach", "term", "name", "resource", "added"),
    [
        ("entity", "InsertRestrictions", "Insertable", "ns.e", "create"),
        ("reference", "InsertRestrictions", "Insertable", "ns.e", "create"),
        ("reference", "UpdateRestrictions", "Updatable", "ns.e", "update"),
        ("reference", "DeleteRestrictions", "Deletable", "ns.e", "delete"),
        ("references", "InsertRestrictions", "Insertable", "ns.e[]", "create"),
        ("references", "UpdateRestrictions", "Updatable", "ns.e", "update"),
        ("references", "DeleteRestrictions", "Deletable", "ns.e", "delete"),
    ],
)
def test_more_is_allowed_where_the_place_itself_says_so(
    reach: str, term: str, name: str, resource: str, added: str
) -> None:
    yes = {name: True}
    assert added not in kinds(at(reach), resource)
    assert added not in kinds(at(reach, said("ns.e", term, **yes)), resource)
    assert added in kinds(at(reach, said("ns.home/n", term, **yes)), resource)
    assert added in kinds(at(reach, said("ns.C/home/n", term, **yes)), resource)


def test_a_singleton_is_deleted_only_if_it_says_so() -> None:
    body = TYPES.format("e") + (
        '<EntityContainer Name="C"><Singleton Name="it" Type="ns.e"/></EntityContainer>'
    )
    assert kinds(load(body), "ns.e") == ["read", "update"]
    yes = said("ns.C/it", "DeleteRestrictions", Deletable=True)
    assert kinds(load(body + yes), "ns.e") == ["read", "update", "delete"]


def test_a_collection_says_nothing_of_making_something_at_an_item() -> None:
    api = at("collection", said("ns.home/n", "InsertRestrictions", Insertable=True))
    assert kinds(api, "ns.e") == ["read", "update", "delete"]


def test_making_something_at_a_single_place_departs_from_the_protocol() -> None:
    api = at("entity", said("ns.home/n", "InsertRestrictions", Insertable=True))
    create = operation(api, "ns.e", "create")
    assert (create.method, create.path, create.departs) == ("POST", (), CREATE_ON_ONE)
    assert create.result is not None and create.result.status == "201"
    assert operation(at("collection"), "ns.e[]", "create").departs == ""


@pytest.mark.parametrize("reach", ["reference", "references"])
def test_references_are_changed_unless_the_property_says_otherwise(reach: str) -> None:
    resource = "ns.e[]" if reach == "references" else "ns.e"
    for target, changes in (("ns.home/n", False), ("ns.e", True)):
        api = at(reach, said(target, "NavigationRestrictions", Referenceable=False))
        found = [kind for kind in kinds(api, resource) if kind.endswith("-reference")]
        assert bool(found) is changes
    api = at(reach)
    change = operation(api, resource, "remove-reference")
    assert (change.method, change.path) == ("DELETE", ("$ref",))


def methods(*names: str) -> str:
    text = " ".join(f"Org.OData.Capabilities.V1.HttpMethod/{name}" for name in names)
    return f"<EnumMember>{text}</EnumMember>"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("PUT",), [("replace", "PUT")]),
        (("PATCH",), [("update", "PATCH")]),
        (("PATCH", "PUT"), [("update", "PATCH"), ("replace", "PUT")]),
        (("POST",), [("update", "PATCH")]),
    ],
)
def test_an_update_may_be_a_replacement(
    names: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    api = at(
        "entity", said("ns.home/n", "UpdateRestrictions", UpdateMethod=methods(*names))
    )
    found = [
        (item.kind.value, item.method) for item in api.resources["ns.e"].operations
    ]
    assert found == [("read", "GET"), *expected, ("delete", "DELETE")]


def test_prose_restricts_nothing_and_is_kept() -> None:
    prose = {"Description": "Short.", "LongDescription": "Long."}
    api = at("entity", said("ns.home/n", "DeleteRestrictions", **prose))
    assert operation(api, "ns.e", "delete").doc == Doc("Short.", "Long.")
    no = said("ns.e", "DeleteRestrictions", Deletable=False)
    api = at("entity", said("ns.home/n", "DeleteRestrictions", **prose), no)
    assert "delete" not in kinds(api, "ns.e")


def test_what_the_nearest_word_leaves_open_the_next_one_says() -> None:
    scopes = f"<Collection>{properties(Scope='S')}</Collection>"
    permission = f"<Collection>{properties(SchemeName='W', Scopes=scopes)}</Collection>"
    api = at(
        "entity",
        said("ns.home/n", "UpdateRestrictions", Description="Near."),
        said("ns.e", "UpdateRestrictions", Description="Far.", Permissions=permission),
        said("ns.base", "UpdateRestrictions", UpdateMethod=methods("PUT")),
    )
    found = operation(api, "ns.e", "replace")
    assert found.doc.summary == "Near."
    assert found.permissions == (Permission("W", ("S",)),)


@pytest.mark.parametrize("target", ["ns.home/n", "ns.e"])
def test_reading_an_item_may_be_another_thing_than_listing(target: str) -> None:
    only_items = said(
        target,
        "ReadRestrictions",
        Readable=False,
        ReadByKeyRestrictions=properties(Readable=True, Description="Get it"),
    )
    api = at("collection", only_items)
    assert kinds(api, "ns.e[]") == ["create", "count"]
    assert operation(api, "ns.e", "read").doc.summary == "Get it"
    only_lists = said(
        target, "ReadRestrictions", ReadByKeyRestrictions=properties(Readable=False)
    )
    api = at("collection", only_lists)
    assert "list" in kinds(api, "ns.e[]")
    assert kinds(api, "ns.e") == ["update", "delete"]


def test_what_is_not_said_of_an_item_is_said_of_the_list_but_in_words() -> None:
    prose = properties(Description="Get it")
    words = {"Description": "List them", "LongDescription": "Long."}
    restriction = said(
        "ns.home/n",
        "ReadRestrictions",
        Readable=False,
        ReadByKeyRestrictions=prose,
        **words,
    )
    assert kinds(at("collection", restriction), "ns.e") == ["update", "delete"]
    allowed = restriction.replace('"Readable" Bool="false"', '"Readable" Bool="true"')
    read = operation(at("collection", allowed), "ns.e", "read")
    assert read.doc == Doc("Get it")


def test_a_qualified_restriction_decides_nothing() -> None:
    no = said("ns.home/n", "DeleteRestrictions", Deletable=False)
    qualified = no.replace('Restrictions">', 'Restrictions" Qualifier="Tablet">')
    assert "delete" in kinds(at("entity", qualified), "ns.e")


def test_bodies_and_answers() -> None:
    api = at("collection")
    statuses = {
        item.kind.value: (item.body is not None, item.responses[0].status)
        for resource in ("ns.e[]", "ns.e")
        for item in api.resources[resource].operations
    }
    assert statuses == {
        "list": (False, "200"),
        "create": (True, "201"),
        "count": (False, "200"),
        "read": (False, "200"),
        "update": (True, "2XX"),
        "delete": (False, "204"),
    }
