"""What a pass of another package may leave dangling, each thing in one Api."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passes.zoo import load

from generator.model import (
    Alias,
    Api,
    Enum,
    ListOf,
    Named,
    Operation,
    Property,
    Struct,
    TypeDef,
)
from generator.passes.dangling import dangling

ZOO = load()
NOWHERE = Named("ns.nowhere")


def with_types(*types: TypeDef) -> Api:
    return replace(ZOO, types={**ZOO.types, **{each.id: each for each in types}})


def without(name: str) -> Api:
    return replace(ZOO, types={k: v for k, v in ZOO.types.items() if k != name})


def struct(name: str) -> Struct:
    found = ZOO.types[name]
    assert isinstance(found, Struct)
    return found


PERSON = struct("ns.person")
MEMBER = Property("lost", ListOf(NOWHERE))
FAULTS = {
    "ns.person names the type 'ns.nowhere', which is not there": with_types(
        replace(PERSON, base="ns.nowhere")
    ),
    "the base of ns.person is 'ns.e', which has no members": with_types(
        replace(PERSON, base="ns.e"), Enum("ns.e")
    ),
    "the type 'ns.person' is defined by itself": with_types(
        replace(PERSON, base="ns.person")
    ),
    "the type 'ns.b' is defined by itself": with_types(
        Alias("ns.a", Named("ns.b")),
        Alias("ns.b", Named("ns.c")),
        Alias("ns.c", Named("ns.b")),
    ),
    "the property ns.person/lost names the type 'ns.nowhere'": with_types(
        replace(PERSON, properties=(*PERSON.properties, MEMBER))
    ),
    "the additional of ns.person names the type 'ns.nowhere'": with_types(
        replace(PERSON, additional=NOWHERE)
    ),
    "the definition ns.a names the type 'ns.nowhere'": with_types(
        Alias("ns.a", NOWHERE)
    ),
    "'ns.other' stands among the types as 'ns.person'": replace(
        ZOO, types={**ZOO.types, "ns.person": replace(PERSON, id="ns.other")}
    ),
    "the resource ns.animal[] names the type 'ns.animal'": without("ns.animal"),
    "the root animals names the type 'ns.animal'": without("ns.animal"),
    "the link 'animals' of the service leads to the resource": replace(
        ZOO, resources={}
    ),
    "is not among the operations": replace(
        ZOO,
        operations=tuple([each for each in ZOO.operations if each.binding is None]),
    ),
}


def test_our_own_passes_leave_nothing_dangling() -> None:
    assert list(dangling(ZOO)) == []


@pytest.mark.parametrize("words", FAULTS)
def test_what_dangles_is_told(words: str) -> None:
    assert [each for each in dangling(FAULTS[words]) if words in each]


def test_a_list_of_itself_is_no_circle() -> None:
    api = with_types(Alias("ns.json", ListOf(Named("ns.json"))))
    assert list(dangling(api)) == []
