"""Discriminators, enumerations of numbers, and properties that must be given as null or
are only ever sent."""

from __future__ import annotations

import copy
import pickle
from types import ModuleType
from typing import Any

import pytest

DOG = {"petType": "dog", "name": "Rex", "good": True}


# --- discriminators


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ({"petType": "cat"}, "Cat"),
        ({"petType": "pug"}, "Pug"),
        ({"petType": "parrot"}, "Pet"),
        ({"petType": 5}, "Pet"),
        ({"petType": None}, "Pet"),
        ({"@odata.type": "#Cat"}, "Pet"),
        ({}, "Pet"),
    ],
)
def test_the_base_picks_the_class(kinds: ModuleType, wire: Any, expected: str) -> None:
    assert type(kinds.Pet.from_dict(wire)).__name__ == expected
    thing = kinds.Everything.from_dict({"pet": wire, "pets": [wire]})
    assert type(thing.pet).__name__ == type(thing.pets[0]).__name__ == expected


def test_a_derived_class_picks_only_what_derives_from_it(kinds: ModuleType) -> None:
    assert type(kinds.Dog.from_dict({"petType": "pug"})) is kinds.Pug
    assert type(kinds.Dog.from_dict({"petType": "cat"})) is kinds.Dog


def test_objects_are_made_with_their_tags(kinds: ModuleType) -> None:
    assert kinds.Dog(name="Rex", good=True).to_dict() == DOG
    assert kinds.Pug(name=None, good=True).pet_type == "pug"
    assert kinds.Pet(name="x").to_dict() == {"name": "x"}
    assert kinds.Pet(name="x", pet_type="parrot").pet_type == "parrot"
    assert kinds.Dog.patch().to_dict() == {}


def test_what_has_another_type_than_is_declared_says_so(kinds: ModuleType) -> None:
    bodies = __import__("kinds_made._runtime.bodies", fromlist=["update_body"])
    dog = kinds.Dog.patch()
    dog.good = False
    assert bodies.update_body(dog, kinds.Pet) == {"petType": "dog", "good": False}
    assert bodies.update_body(dog, kinds.Dog) == {"good": False}
    thing = kinds.Everything.patch()
    thing.pet = kinds.Dog.patch()
    thing.pets = [kinds.Pet.patch()]
    assert thing.to_dict() == {"pet": {"petType": "dog"}, "pets": [{}]}


def test_only_what_was_set_of_a_derived_object_is_sent(kinds: ModuleType) -> None:
    bodies = __import__("kinds_made._runtime.bodies", fromlist=["update_body"])
    thing = kinds.Everything.from_dict({"pet": dict(DOG)})
    assert thing.pet.good is True
    assert bodies.update_body(thing, kinds.Everything) == {}
    thing.pet.good = False
    expected = {"pet": {"petType": "dog", "good": False}}
    assert bodies.update_body(thing, kinds.Everything) == expected


def test_a_property_is_declared_once(kinds: ModuleType) -> None:
    assert kinds.Dog.pet_type is kinds.Pet.pet_type
    assert "pet_type" not in vars(kinds.Dog)


# --- enumerations of numbers


def test_numbers_of_an_enumeration_stay_open(kinds: ModuleType) -> None:
    level = kinds.Everything.from_dict({"level": 30}).level
    assert level is kinds.Level.VALUE_30
    assert (level == 30, level > kinds.Level.LOW, level.is_known) == (True, True, True)
    other = kinds.Everything.from_dict({"level": 99}).level
    assert (other == 99, other.is_known, type(other)) == (True, False, kinds.Level)
    assert (str(other), f"{other:03}", hash(other)) == ("99", "099", hash(99))
    assert (repr(level), repr(other)) == (
        "<Level.VALUE_30: 30>",
        "<Level: 99, unknown>",
    )
    for each in (level, other):
        assert pickle.loads(pickle.dumps(each)) == copy.deepcopy(each) == each
        assert pickle.loads(pickle.dumps(each)).is_known == each.is_known


def test_numbers_of_an_enumeration_are_written_as_numbers(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    for value in (kinds.Level.LOW, 1):
        thing.level = value
        assert type(thing.to_dict()["level"]) is int
        assert thing.to_json() == '{"level":1}'
    for value in (True, "1", 1.0):
        with pytest.raises(TypeError, match="Everything.level: expected Level"):
            thing.level = value
    codecs = __import__("kinds_made._runtime.codecs", fromlist=["encode"])
    assert type(codecs.encode(kinds.Level.LOW)) is int
    assert codecs.literal(kinds.Level.LOW) == "1"
    assert kinds.Level._codec().literal(kinds.Level.LOW) == "1"
    assert kinds.Level("30") is kinds.Level.VALUE_30


def test_texts_are_called_by_their_labels_or_words(kinds: ModuleType) -> None:
    assert [each.name for each in kinds.Level] == ["LOW", "MINUS_1", "VALUE_30"]
    assert [each.name for each in kinds.Reaction] == ["PLUS_1", "MINUS_1", "HEART"]


# --- what must be given


def everything(kinds: ModuleType, **others: Any) -> Any:
    values = dict(password="x", labels={}, hen=None, owner="ada", level=None)
    return kinds.Everything(**{**values, **others})


def test_null_may_be_given_where_a_value_is_required(kinds: ModuleType) -> None:
    made = everything(kinds)
    assert made.to_dict()["hen"] is None
    assert made.validate() == []
    made.hen = 5
    made.hen = None
    with pytest.raises(TypeError, match="needs 'name'"):
        kinds.Cat()
    with pytest.raises(TypeError, match="owner is required and cannot be None"):
        everything(kinds, owner=None)


def test_absence_and_null_are_told_apart_by_validate(kinds: ModuleType) -> None:
    found = {v.path: v.message for v in kinds.Everything.from_dict({}).validate()}
    required = {"labels", "hen", "owner", "level", "version", "three"}
    assert found == dict.fromkeys(required, "is required and absent")
    nulls = kinds.Everything.from_dict({"hen": None, "owner": None, "version": None})
    messages = {v.path: v.message for v in nulls.validate(partial=True)}
    assert messages == dict.fromkeys(["owner", "version"], "must not be null")


def test_what_is_only_ever_sent_is_not_missed_in_an_answer(kinds: ModuleType) -> None:
    assert "password" not in [v.path for v in kinds.Everything.from_dict({}).validate()]
    assert "password" in [v.path for v in kinds.Everything.patch().validate()]
    assert everything(kinds).to_dict()["password"] == "x"


def test_declared_names_are_properties_whatever_is_in_them(kinds: ModuleType) -> None:
    made = everything(kinds, odata_type="x", id="y", value_="", a_b="1", plus_1="+")
    bodies = __import__("kinds_made._runtime.bodies", fromlist=["create_body"])
    body = bodies.create_body(made, kinds.Everything)
    assert (body["@odata.type"], body["@id"], body[""], body["a_b"]) == (
        "x",
        "y",
        "",
        "1",
    )
    slash = next(
        prop
        for prop in vars(kinds.Everything).values()
        if getattr(prop, "wire", "") == "a/b"
    )
    assert slash not in made
    assert kinds.Everything.plus_1 in made
    assert made.instance_annotations == {}
