"""Parameters of operations: where they travel and how they are written."""

from __future__ import annotations

from typing import Any

import pytest
from readers.openapi import (
    OK,
    STRING,
    description,
    found_in,
    operation,
    operations_of,
    read_all,
    read_clean,
)

from generator.model import (
    AnyType,
    MapOf,
    Named,
    Parameter,
    ParameterIn,
    Scalar,
    ScalarKind,
)


def parameter(fields: dict[str, Any]) -> Parameter:
    return operation(
        {"parameters": [{"name": "p", "in": "query", **fields}]}
    ).parameters[0]


def test_where_parameters_travel() -> None:
    schema = {"schema": {"type": "string"}}
    found = operation(
        {
            "parameters": [
                {"name": "q", "in": "query", **schema},
                {"name": "b", "in": "path", "required": True, **schema},
                {"name": "H", "in": "header", "required": True, **schema},
                {"name": "c", "in": "cookie", **schema},
                {"name": "a", "in": "path", "required": True, **schema},
                {"name": "Authorization", "in": "header", **schema},
            ]
        },
        path="/x/{a}/y/{b}",
    ).parameters
    assert [(each.name, each.place, each.required) for each in found] == [
        ("a", ParameterIn.PATH, True),
        ("b", ParameterIn.PATH, True),
        ("q", ParameterIn.QUERY, False),
        ("H", ParameterIn.HEADER, True),
        ("c", ParameterIn.COOKIE, False),
    ]


def test_how_parameters_are_written() -> None:
    deep = parameter(
        {"style": "deepObject", "explode": True, "schema": {"type": "object"}}
    )
    assert (deep.style, deep.explode, deep.type) == (
        "deepObject",
        True,
        MapOf(AnyType(), True),
    )
    plain = parameter({"schema": {"type": "string", "default": "d", "maxLength": 3}})
    assert (plain.style, plain.explode, plain.default) == ("", None, "d")
    assert plain.constraints is not None and plain.constraints.max_length == 3
    assert parameter({"schema": {}, "allowReserved": True}).allow_reserved
    json = parameter({"content": {"application/json": {"schema": {"type": "integer"}}}})
    assert json.media_type == "application/json"
    assert json.type == Scalar(ScalarKind.INT64)
    told = parameter(
        {
            "schema": {"type": "string"},
            "description": "d",
            "example": 1,
            "deprecated": True,
        }
    )
    assert told.doc.summary == "d" and told.doc.examples == ("1",)
    assert told.deprecation is not None


def test_parameters_of_the_path_item() -> None:
    schema = {"schema": {"type": "string"}}
    paths = {
        "/a/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, **schema},
                {"name": "q", "in": "query", **schema},
            ],
            "get": {
                **OK,
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "integer"}}
                ],
            },
            "delete": OK,
        }
    }
    found = operations_of(read_clean(description(paths=paths)))
    get, delete = found["GET /a/{id}"], found["DELETE /a/{id}"]
    assert [each.type for each in get.parameters] == [STRING, Scalar(ScalarKind.INT64)]
    assert [each.type for each in delete.parameters] == [STRING, STRING]


def test_a_path_parameter_that_nobody_declares() -> None:
    document = description(paths={"/a/{b}": {"get": OK}})
    api, diagnostics = read_all(document)
    assert [each.code for each in diagnostics] == ["openapi-missing-parameter"]
    found = operations_of(api)["GET /a/{b}"]
    assert found.parameters == (Parameter("b", STRING, ParameterIn.PATH),)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ([{"name": "x", "in": "path", "required": True}], "openapi-unknown-parameter"),
        ([{"name": "x", "in": "querystring"}], "openapi-querystring"),
        ([{"name": "x", "in": "body"}], "openapi-missing"),
        ([{"in": "query"}], "openapi-missing"),
        ([{"name": "X\r\nEvil: 1", "in": "header"}], "openapi-header-name"),
        ([{"name": "X Y", "in": "header"}], "openapi-header-name"),
        ([{"name": "X:", "in": "header"}], "openapi-header-name"),
        ([{"name": "é", "in": "header"}], "openapi-header-name"),
        ([{"name": "x", "in": "query"}] * 2, "openapi-duplicate-parameter"),
        (
            [{"name": "X-A", "in": "header"}, {"name": "x-a", "in": "header"}],
            "openapi-duplicate-parameter",
        ),
        ([{"name": "x", "in": "query", "style": "matrix"}], "openapi-value"),
        ([3], "openapi-type"),
        ({"name": "x"}, "openapi-type"),
    ],
)
def test_faults_of_parameters(parameters: Any, code: str) -> None:
    assert found_in({"parameters": parameters}) == [code]


def test_names_that_begin_as_extensions_do() -> None:
    """Names of headers and of schemes are anybody's; answers have extensions."""
    headers = {"x-rate-limit": {"schema": {"type": "integer"}}}
    responses = {"200": {"description": "", "headers": headers}, "x-note": {}}
    api = read_clean(
        description(
            paths={"/a": {"get": {"responses": responses}}},
            components={
                "securitySchemes": {"x-key": {"type": "http", "scheme": "basic"}}
            },
            security=[{"x-key": []}],
        )
    )
    (response,) = operations_of(api)["GET /a"].responses
    assert [each.name for each in response.headers] == ["x-rate-limit"]
    assert api.requirements == ((("x-key", ()),),)


def test_a_header_of_an_answer_that_no_header_can_be_is_left_out() -> None:
    headers = {"X-A": {}, "X\nB": {}}
    answer = {"200": {"description": "", "headers": headers}}
    api, diagnostics = read_all(
        description(paths={"/a": {"get": {"responses": answer}}})
    )
    assert [each.code for each in diagnostics] == ["openapi-header-name"]
    (response,) = operations_of(api)["GET /a"].responses
    assert [each.name for each in response.headers] == ["X-A"]


def test_parameters_bodies_and_headers_are_shared() -> None:
    """One parameter by reference in two operations has one type, named after it."""
    shared = {
        "name": "order",
        "in": "query",
        "schema": {"type": "string", "enum": ["up", "down"]},
    }
    use = {**OK, "parameters": [{"$ref": "#/components/parameters/sort-order"}]}
    api = read_clean(
        description(
            paths={"/a": {"get": use, "put": use}},
            components={"parameters": {"sort-order": shared}},
        )
    )
    assert list(api.types) == ["sort-order"]
    assert {each.parameters[0].type for each in operations_of(api).values()} == {
        Named("sort-order")
    }
