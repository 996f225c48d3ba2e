"""Large descriptions, and small ones that mean something large: the emitters end, and
write in proportion to what they read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from emitters.building import load, sources
from emitters.documents import documents
from hypothesis import given
from hypothesis import strategies as st
from pace import at_most
from readers.openapi import description, read_all

from generator.emitters.circles import in_circles
from generator.emitters.samples import Purpose, Samples
from generator.model import Alias, Api, ListOf, MapOf, Named, UnionOf, named_types
from generator.passes.catalogue import with_catalogue

SOON = 10
"""Seconds. Without bounds it would take minutes, or for ever; with them, a moment."""


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def answering(schemas: dict[str, Any], name: str) -> Api:
    """What a description of schemas says, of which an answer has one."""
    content = {"application/json": {"schema": ref(name)}}
    answer = {"200": {"description": "", "content": content}}
    get = {"operationId": "look", "responses": answer}
    return with_catalogue(read_all(description(schemas, paths={"/a": {"get": get}}))[0])


def size_of(files: Any) -> int:
    return sum(map(len, files.values()))


def of_one_base(count: int) -> dict[str, Any]:
    schemas: dict[str, Any] = {
        f"D{i}": {"allOf": [ref("B"), {"properties": {f"p{i}": {"type": "string"}}}]}
        for i in range(count)
    }
    schemas["B"] = {
        "type": "object",
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind"},
    }
    return schemas


def test_pages_of_derived_types_do_not_list_one_another() -> None:
    few, many = [documents(answering(of_one_base(n), "B")) for n in (120, 480)]
    assert size_of(many) < 5 * size_of(few)
    page = many["docs/resources/d7.md"]
    assert "`D7` for [D7]" in page and "D8" not in page
    assert many["docs/resources/b.md"].count(" for [D") == 480


def test_a_body_of_many_types_names_some_and_where_the_others_are() -> None:
    content = {"application/json": {"schema": ref("B")}}
    post = {"requestBody": {"content": content}, "operationId": "add", "responses": {}}
    document = description(of_one_base(150), paths={"/a": {"post": post}})
    page = documents(with_catalogue(read_all(document)[0]))["docs/api/add.md"]
    assert page.count(" for [D") == 100
    assert "50 more are listed with [B](../resources/b.md)." in page


@pytest.mark.parametrize("kind", ["array", "object"])
@pytest.mark.parametrize("ring", [False, True])
def test_definitions_of_one_another_thousands_deep(kind: str, ring: bool) -> None:
    inner = "items" if kind == "array" else "additionalProperties"
    schemas: dict[str, Any] = {
        f"S{i}": {"type": kind, inner: ref(f"S{i + 1}")} for i in range(1000)
    }
    schemas["S1000"] = {"type": kind, inner: ref("S0")} if ring else {"type": "string"}
    api = answering(schemas, "S0")
    with at_most(SOON):
        assert len(documents(api)) > 1000
        assert len(sources(api)) > 100


REQUIRED = [
    {"type": "array", "minItems": 20, "items": "next"},
    {
        "type": "object",
        "required": [f"p{i}" for i in range(20)],
        "properties": {f"p{i}": "next" for i in range(20)},
    },
    {
        "type": "object",
        "required": ["p"],
        "properties": {"p": {"type": "array", "minItems": 20, "items": "next"}},
    },
]


@pytest.mark.parametrize("schema", REQUIRED, ids=["lists", "objects", "both"])
@pytest.mark.parametrize("purpose", Purpose)
def test_an_example_is_no_larger_than_it_may_be(
    schema: dict[str, Any], purpose: Purpose
) -> None:
    text = json.dumps(schema)
    schemas = {
        f"S{i}": json.loads(text.replace('"next"', json.dumps(ref(f"S{i + 1}"))))
        for i in range(12)
    }
    schemas["S12"] = {"type": "string"}
    schemas["T"] = {
        "type": "object",
        "required": ["s"],
        "properties": {"s": ref("S0"), "after": {"type": "string"}},
    }
    api = answering(schemas, "T")
    with at_most(SOON):
        made = Samples(api).object("T", purpose)
    assert len(json.dumps(made)) < 500_000
    assert made["s"] if purpose is not Purpose.UPDATE else made


def test_an_example_of_types_that_require_one_another_is_no_deeper_than_json() -> None:
    body = "".join(
        f'<ComplexType Name="t{i}"><Property Name="p" Type="self.t{i + 1}"'
        ' Nullable="false"/></ComplexType>'
        for i in range(3000)
    )
    api = load(f'{body}<ComplexType Name="t3000"/>')
    made = Samples(api).object("self.t0", Purpose.CREATE)
    assert json.loads(json.dumps(made)) == made


def test_whether_a_service_is_secured_is_asked_once() -> None:
    """And not by each page of all places, of which there are as many."""
    types = "".join(f'<EntityType Name="d{i}" BaseType="self.b"/>' for i in range(800))
    api = load(
        '<EntityType Name="b"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>'
        f'{types}<EntityContainer Name="c"><EntitySet Name="bs" EntityType="self.b"/>'
        "</EntityContainer>"
    )
    with at_most(SOON):
        assert len(documents(api)) > 1600


names = st.sampled_from("abcdef")
mentions = st.builds(Named, names) | st.builds(ListOf, st.builds(Named, names))


@given(
    st.dictionaries(
        names,
        mentions | st.builds(UnionOf, st.tuples(mentions, mentions.map(MapOf))),
    )
)
def test_circles_are_what_leads_back(meanings: dict[str, Any]) -> None:
    types = {name: Alias(name, meaning) for name, meaning in meanings.items()}

    def leads_on(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            alias = types.get(waiting.pop())
            new = set(named_types(alias.type)) - found if alias else set()
            found |= new
            waiting += new
        return found

    expected = {name for name in types if name in leads_on(name)}
    assert in_circles(types) == expected
