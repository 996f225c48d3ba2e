"""The vocabularies: what capabilities say of places."""

from __future__ import annotations

from decimal import Decimal

from generator.model import (
    Annotation,
    Constant,
    Dynamic,
    EnumMembers,
    ParameterIn,
    PathValue,
    Permission,
    Record,
    Value,
)
from generator.passes.values import enum_members, flag, integer, number, paths
from generator.passes.vocabulary import needs_etag, restriction, security

CAPABILITIES = "Org.OData.Capabilities.V1."


def said(term: str, **properties: Value) -> tuple[Annotation, ...]:
    value = Record("", tuple(properties.items()))
    return (Annotation(CAPABILITIES + term, value),)


def test_a_record_with_only_prose_restricts_nothing() -> None:
    found = restriction(
        {"t": said("UpdateRestrictions", Description="D", LongDescription="L")},
        "t",
        "UpdateRestrictions",
    )
    assert found is not None
    assert (found.allowed, found.description, found.long_description) == (
        None,
        "D",
        "L",
    )


def test_a_target_that_says_nothing() -> None:
    assert restriction({}, "t", "UpdateRestrictions") is None
    other = {"t": said("InsertRestrictions", Insertable=False)}
    assert restriction(other, "t", "UpdateRestrictions") is None


def test_what_a_restriction_says() -> None:
    scopes = (
        Record("", (("Scope", "a"),)),
        Record("", (("Scope", "b"),)),
    )
    permission = Record("", (("SchemeName", "Work"), ("Scopes", scopes)))
    header = Record("", (("Name", "ConsistencyLevel"), ("Required", True)))
    found = restriction(
        {
            "t": said(
                "UpdateRestrictions",
                Updatable=False,
                UpdateMethod=EnumMembers("HttpMethod", ("PATCH", "PUT")),
                UpsertSupported=True,
                NonUpdatableProperties=(PathValue("PropertyPath", "p"),),
                Permissions=(permission,),
                CustomHeaders=(header,),
            )
        },
        "t",
        "UpdateRestrictions",
    )
    assert found is not None
    assert found.allowed is False
    assert found.methods == ("PATCH", "PUT")
    assert found.upsertable is True
    assert found.excluded == ("p",)
    assert found.permissions == (Permission("Work", ("a", "b")),)
    [parameter] = found.parameters
    assert (parameter.name, parameter.required) == ("ConsistencyLevel", True)
    assert parameter.place is ParameterIn.HEADER


def test_reading_by_key_is_something_else() -> None:
    by_key = Record("", (("Readable", True),))
    found = restriction(
        {"t": said("ReadRestrictions", Readable=False, ReadByKeyRestrictions=by_key)},
        "t",
        "ReadRestrictions",
    )
    assert found is not None and found.by_key is not None
    assert (found.allowed, found.by_key.allowed) == (False, True)


def test_a_qualified_annotation_decides_nothing() -> None:
    [annotation] = said("InsertRestrictions", Insertable=False)
    qualified = Annotation(annotation.term, annotation.value, qualifier="Tablet")
    assert restriction({"t": (qualified,)}, "t", "InsertRestrictions") is None


def test_a_dynamic_value_says_neither_yes_nor_no() -> None:
    found = restriction(
        {"t": said("InsertRestrictions", Insertable=PathValue("Path", "switch"))},
        "t",
        "InsertRestrictions",
    )
    assert found is not None and found.allowed is None


def test_changes_need_an_etag_where_something_says_so() -> None:
    term = "Org.OData.Core.V1.OptimisticConcurrency"
    for value in ((), ("version",), PathValue("PropertyPath", "version"), True):
        assert needs_etag((Annotation(term, value),))
    for value in (None, False):
        assert not needs_etag((Annotation(term, value),))
    assert not needs_etag((Annotation(term, (), qualifier="Tablet"),))
    control = CAPABILITIES + "OptimisticConcurrencyControl"
    assert needs_etag((Annotation(control),))
    assert not needs_etag((Annotation(control, False),))


def test_scopes_that_are_required_together_are_one() -> None:
    schemes = (
        Record("", (("Authorization", "key"),)),
        Record("", (("Authorization", "oauth"), ("RequiredScopes", ("w", "r")))),
    )
    term = "Org.OData.Authorization.V1.SecuritySchemes"
    found = security((Annotation(term, schemes),))
    assert found == (Permission("key", ()), Permission("oauth", ("w r",)))


def test_values_of_unexpected_forms_say_nothing() -> None:
    odd: tuple[Value, ...] = (Dynamic("If"), Record("", ()), None, "odd")
    assert [flag(item) for item in odd] == [None] * 4
    assert [number(item) for item in odd] == [None] * 4
    assert number(True) is None
    assert number(Constant("Float", "INF")) is None
    assert number(Constant("Decimal", "1.50")) == Decimal("1.5")
    assert integer(Constant("Decimal", "1.5")) is None
    assert integer(Constant("Decimal", "1E999999999")) is None
    assert integer(Constant("Decimal", "1E18")) == 10**18
    assert integer("9" * 5000) is None
    assert paths((PathValue("Path", "a/b"), 7, "c")) == ("a/b", "c")
    assert enum_members(Dynamic("Apply")) == ()
    assert enum_members("9" * 5000, {1: "Read"}) == ()
    assert enum_members("3", {1: "Read", 2: "Write"}) == ("Read", "Write")
