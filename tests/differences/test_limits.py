"""Changes of one property in the model: what its values must satisfy, who may use it,
and what kind of relationship it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.diff import diff
from generator.model import (
    Access,
    Api,
    Constraints,
    ListOf,
    Named,
    Navigation,
    Property,
    Scalar,
    ScalarKind,
    Struct,
)
from generator.passes.catalogue import with_catalogue

TEXT = Scalar(ScalarKind.STRING)


def changes(old: Property, new: Property) -> list[tuple[str, str, str]]:
    """Kind, first letter of the grade, and text of what differs in one property."""
    versions = [
        with_catalogue(
            Api(
                "Zoo",
                namespace="ns",
                types={
                    "ns.T": Struct("ns.T", properties=(member,)),
                    "ns.U": Struct("ns.U", base="ns.T"),
                },
            )
        )
        for member in (old, new)
    ]
    found = [each for each in diff(*versions) if each.target == "ns.T/x"]
    assert all(each.consequence.endswith(".") for each in found)
    return [(each.kind.value, each.grade[0], each.text) for each in found]


def limited(limits: dict[str, Any], **more: Any) -> Property:
    told = Constraints(**limits) if limits else None
    return Property("x", TEXT, constraints=told, **more)


@pytest.mark.parametrize(
    ("old", "new", "grade", "text"),
    [
        ({}, {"max_length": 9}, "b", "max length (none) became 9"),
        ({"max_length": 9}, {"max_length": 8}, "b", "max length 9 became 8"),
        ({"max_length": 8}, {"max_length": 9}, "c", "max length 8 became 9"),
        ({"min_items": 1}, {"min_items": 2}, "b", "min items 1 became 2"),
        ({"min_items": 2}, {"min_items": 1}, "c", "min items 2 became 1"),
        ({"pattern": "a"}, {"pattern": "b"}, "b", "pattern a became b"),
        ({"pattern": "a"}, {}, "c", "pattern a became (none)"),
        (
            {"maximum": Decimal(3)},
            {"maximum": Decimal(3), "exclusive_maximum": True},
            "b",
            "exclusive maximum False became True",
        ),
        (
            {"minimum": Decimal(3), "exclusive_minimum": True},
            {"minimum": Decimal(3)},
            "c",
            "exclusive minimum True became False",
        ),
        ({}, {"allowed_values": ("a", "b")}, "b", "allowed values (none) became a | b"),
        (
            {"allowed_values": ("a", "b")},
            {"allowed_values": ("a",)},
            "b",
            "allowed values a | b became a",
        ),
        (
            {"allowed_values": ("a",)},
            {"allowed_values": ("a", "b")},
            "c",
            "allowed values a became a | b",
        ),
        (
            {"max_length": 9, "min_length": 1},
            {"max_length": 10, "min_length": 2},
            "b",
            "max length 9 became 10, min length 1 became 2",
        ),
    ],
)
def test_what_was_allowed_still_is_or_not(
    old: dict[str, Any], new: dict[str, Any], grade: str, text: str
) -> None:
    said = f"what a value must satisfy changed: {text}"
    assert changes(limited(old), limited(new)) == [("constraints", grade, said)]
    read = {"access": Access.READ, "computed": True}
    (told,) = changes(limited(old, **read), limited(new, **read))
    assert told[:2] == ("constraints", "c")


@pytest.mark.parametrize(
    ("old", "new", "grade", "text"),
    [
        (Access.BOTH, Access.WRITE, "b", "changed from both to write"),
        (Access.WRITE, Access.BOTH, "c", "changed from write to both"),
    ],
)
def test_who_may_use_a_property(
    old: Access, new: Access, grade: str, text: str
) -> None:
    assert changes(
        Property("x", TEXT, access=old), Property("x", TEXT, access=new)
    ) == [("access", grade, f"who may use it {text}")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, Navigation(), ("b", "is now a relationship")),
        (Navigation(), None, ("b", "is no longer a relationship")),
        (
            Navigation(),
            Navigation(types=("ns.U",)),
            ("b", "the derived types that may stand there changed"),
        ),
        (
            Navigation(types=("ns.U",)),
            Navigation(types=("ns.U", "ns.T")),
            ("c", "the derived types that may stand there changed"),
        ),
        (
            Navigation(types=("ns.U",)),
            Navigation(),
            ("c", "the derived types that may stand there changed"),
        ),
        (
            Navigation(),
            Navigation(on_delete="Cascade"),
            ("d", "the partner or the constraints of the relationship changed"),
        ),
    ],
)
def test_relationships(
    old: Navigation | None, new: Navigation | None, expected: tuple[str, str]
) -> None:
    one, other = (
        Property("x", ListOf(Named("ns.T")), navigation=each) for each in (old, new)
    )
    assert changes(one, other) == [("navigation", *expected)]
