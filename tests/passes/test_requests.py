"""Slices, lists and reasons of an Api whose operations are requests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.diagnostics import Diagnostics
from generator.diff import diff
from generator.listing import operation_lines, path_lines, type_lines
from generator.model import (
    Alias,
    Api,
    Body,
    Discriminator,
    Encoding,
    LinkKind,
    MapOf,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Property,
    Protocol,
    Resource,
    ResourceLink,
    Response,
    Scalar,
    ScalarKind,
    Struct,
    Tag,
    UnionOf,
)
from generator.passes.catalogue import with_catalogue
from generator.passes.gaps import gaps
from generator.passes.patterns import PathPattern, parse_pattern
from generator.passes.slice import slice_api
from generator.passes.why import why

STRING = Scalar(ScalarKind.STRING)


def request(line: str, name: str = "", **fields: object) -> Operation:
    method, _, path = line.partition(" ")
    return Operation(
        name or line, name, OperationKind.REQUEST, method, path=(path,), **fields  # type: ignore[arg-type]
    )


def header(type_id: str) -> tuple[Parameter, ...]:
    return (Parameter("H", Named(type_id), ParameterIn.HEADER),)


LIST = request(
    "GET /pets",
    "pets/list",
    tags=("pets", "all"),
    parameters=(Parameter("sort", Named("sort"), ParameterIn.QUERY),),
    responses=(
        Response("200", Named("page"), headers=header("rate")),
        Response("200", None, item_type=Named("event")),
    ),
)
CREATE = request(
    "POST /pets/{id}",
    "pets/create",
    tags=("pets",),
    body=Body(Named("pet")),
    other_bodies=(
        Body(
            Named("form"),
            media_type="multipart/form-data",
            encodings=(Encoding("f", headers=header("part")),),
        ),
    ),
)
PING = request("GET /ping/{a}/{b}", responses=(Response("200", Named("free")),))


def api() -> Api:
    types = [
        Alias("sort", STRING),
        Struct("page", properties=(Property("items", MapOf(Named("union"))),)),
        Alias("union", UnionOf((Named("pet"), Named("other")))),
        Struct(
            "pet",
            discriminator=Discriminator("kind", (("dog", "dog"), ("cat", "cat"))),
        ),
        Struct("dog", base="pet", tag="dog"),
        Struct("cat", base="pet", tag="cat"),
        Struct("other", open=True, additional=Named("more")),
        *[Struct(name) for name in ("more", "rate", "event", "form", "part", "free")],
    ]
    return with_catalogue(
        Api(
            "Pets",
            protocol=Protocol.HTTP,
            types={each.id: each for each in types},
            tags=(Tag("top"), Tag("pets", parent="top"), Tag("all"), Tag("none")),
            resources={"#pets": Resource("#pets", "", operations=(LIST, CREATE))},
            links=(ResourceLink("pets", "#pets", LinkKind.TAG),),
            operations=(PING,),
        )
    )


def sliced(*include: str) -> Api:
    diagnostics = Diagnostics()
    found = slice_api(api(), include, None, diagnostics)
    assert not len(diagnostics)
    return found


def kept(found: Api) -> list[str]:
    """Give the operations that are left."""
    tagged = [each for place in found.resources.values() for each in place.operations]
    return [each.id for each in (*tagged, *found.operations)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("pets/list", ["pets/list"]),
        ("pets/*", ["pets/list", "pets/create"]),
        ("pets", ["pets/list", "pets/create"]),
        ("all", ["pets/list"]),
        ("GET /pets", ["pets/list"]),
        ("/pets/**", ["pets/list", "pets/create"]),
        ("/pets/{x}", ["pets/create"]),
        ("/*/{a}/*", ["GET /ping/{a}/{b}"]),
        ("GET /**", ["pets/list", "GET /ping/{a}/{b}"]),
        ("dog", []),
    ],
)
def test_what_a_pattern_means(pattern: str, expected: list[str]) -> None:
    assert kept(sliced(pattern)) == expected


def test_what_an_operation_needs_stays() -> None:
    found = sliced("pets/list")
    assert set(found.types) == {
        *("sort", "page", "union", "pet", "dog", "cat", "other", "more"),
        *("rate", "event"),
    }
    assert list(found.resources) == ["#pets"] and len(found.links) == 1
    assert [tag.name for tag in found.tags] == ["top", "pets", "all"]
    assert found.catalogue == api().catalogue


def test_other_bodies_and_their_headers_are_needed() -> None:
    assert set(sliced("pets/create").types) == {"pet", "dog", "cat", "form", "part"}


def test_an_untagged_operation_alone() -> None:
    found = sliced("/ping/**")
    assert set(found.types) == {"free"}
    assert (found.resources, found.links, found.tags) == ({}, (), ())


def test_a_discriminator_names_what_is_left() -> None:
    pet = sliced("dog").types["pet"]
    assert isinstance(pet, Struct)
    assert pet.discriminator == Discriminator("kind", (("dog", "dog"),))


@pytest.mark.parametrize("pattern", ["nobody", "/nowhere/**", "PUT /pets"])
def test_a_pattern_that_means_nothing(pattern: str) -> None:
    diagnostics = Diagnostics()
    slice_api(api(), [pattern], None, diagnostics)
    assert [each.code for each in diagnostics] == ["slice-unmatched"]


def test_why() -> None:
    steps = [str(step) for step in why(api(), ["pets/list"], None, "more")]
    assert steps == [
        "pets/list: named by pets/list",
        "page: answer of pets/list",
        "union: property items of page",
        "other: what is defined as union",
        "more: further properties of other",
    ]
    assert [str(s) for s in why(api(), ["all"], None, "pets/list")] == [
        "pets/list: tagged with all"
    ]
    assert [str(s) for s in why(api(), ["/pets"], None, "pets")] == [
        "pets/list: on the path of /pets",
        "#pets: resource of pets/list",
    ]
    assert why(api(), ["/pets"], None, "free") == ()
    assert why(api(), [], None, "pets/create")


def test_lists() -> None:
    assert list(type_lines(api(), "do?")) == ["dog\tobject"]
    assert list(operation_lines(api())) == [
        "GET\t/pets\tpets/list\tpets, all",
        "POST\t/pets/{id}\tpets/create\tpets",
        "GET\t/ping/{a}/{b}\tGET /ping/{a}/{b}",
    ]
    for pattern in ("pets", "list", "/pets", "all"):
        listed = list(operation_lines(api(), pattern))
        assert "GET\t/pets\tpets/list\tpets, all" in listed
    assert list(path_lines(api(), "/pets/**")) == ["GET\t/pets", "POST\t/pets/{id}"]
    assert len(list(path_lines(api()))) == 3


@pytest.mark.parametrize(
    ("pattern", "template", "expected"),
    [
        ("/a/{x}", "/a/{other}", True),
        ("/a/{x}", "/a/b", False),
        ("/a/x.{f}", "/a/x.{format}", True),
        ("/a/*", "/a/{b}", True),
        ("/a/*", "/a/b/c", False),
        ("/a/**", "/a", True),
        ("/a/**/z", "/a/b/c/z", True),
        ("/a+b", "/a+b", True),
        ("/a(b)", "/a(b)", True),
        ("/a", "/a/", True),
        ("GET /a/**", "/ab", False),
    ],
)
def test_paths_that_match(pattern: str, template: str, expected: bool) -> None:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, PathPattern)
    assert parsed.matches(template) is expected


def test_gaps_and_differences_can_be_asked_for() -> None:
    assert gaps(api())
    assert diff(api(), api()) == ()


def test_differences() -> None:
    old = api()
    create = replace(
        CREATE, tags=("top",), path=("/pets",), body=Body(Named("form"), required=False)
    )
    added = request("PUT /ping", body=Body(STRING))
    resource = replace(old.resources["#pets"], operations=(create,))
    new = replace(old, resources={"#pets": resource}, operations=(PING, added))
    found = {(each.target, str(each.kind)): str(each.grade) for each in diff(old, new)}
    assert found == {
        ("PUT /ping", "operation-added"): "compatible",
        ("pets/create", "request-line"): "compatible",
        ("pets/create", "tag"): "breaking",
        ("pets/create/body", "required"): "compatible",
        ("pets/create/body", "type-changed"): "breaking",
        ("pets/list", "operation-removed"): "breaking",
    }
    changed = replace(added, body=None)
    assert {
        str(e.kind) for e in diff(new, replace(new, operations=(PING, changed)))
    } == {"parameter-removed"}
