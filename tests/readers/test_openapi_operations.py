"""Operations: parameters, bodies, answers, servers, security and tags."""

from __future__ import annotations

from typing import Any

import pytest
from readers.openapi import (
    codes_of,
    description,
    operations_of,
    read_all,
    read_clean,
)

from generator.model import (
    AnyType,
    Deprecation,
    Encoding,
    Link,
    LinkKind,
    MapOf,
    Named,
    OAuthFlow,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Protocol,
    Scalar,
    ScalarKind,
    Server,
    ServerVariable,
    Struct,
    Tag,
)

STRING = Scalar(ScalarKind.STRING)
OK: dict[str, Any] = {"responses": {"204": {"description": "Done."}}}


def operation(fields: dict[str, Any], path: str = "/a", **others: Any) -> Operation:
    """Read the one operation of a sound description."""
    api = read_clean(description(paths={path: {"get": {**OK, **fields}}}, **others))
    (found,) = operations_of(api).values()
    return found


def found_in(fields: dict[str, Any], path: str = "/a", **others: Any) -> list[str]:
    """Give the codes of what is found in a description of one operation."""
    return codes_of(description(paths={path: {"get": {**OK, **fields}}}, **others))


def test_the_description_as_a_whole() -> None:
    document = description(
        {
            "ns.a": {"type": "object"},
            "ns.b": {"type": "object"},
            "c": {"type": "object"},
        },
        servers=[
            {
                "url": "https://{region}.example.com",
                "description": "One per region.",
                "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}},
            }
        ],
        externalDocs={"url": "https://docs.example.com", "description": "More"},
    )
    document["info"] |= {
        "summary": "Short.",
        "description": "Long.",
        "termsOfService": "https://terms",
        "contact": {"name": "n", "url": "u", "email": "e"},
        "license": {"name": "MIT", "identifier": "MIT"},
    }
    api = read_clean(document)
    assert (api.name, api.version, api.protocol) == ("Test", "1", Protocol.HTTP)
    assert api.namespace == "ns"
    assert (api.doc.summary, api.doc.description) == ("Short.", "Long.")
    assert api.doc.links == (Link("More", "https://docs.example.com"),)
    (server,) = api.servers
    assert server.url == "https://{region}.example.com"
    assert server.variables == (ServerVariable("region", "eu", ("eu", "us")),)
    assert api.info.contact.email == "e" and api.info.license.identifier == "MIT"
    assert api.info.terms_of_service == "https://terms"


def test_an_operation() -> None:
    found = operation(
        {
            "operationId": "users/list",
            "summary": "List users.",
            "description": "All of them.",
            "tags": ["users", "people"],
            "deprecated": True,
            "x-rate": 3,
        }
    )
    assert (found.id, found.name, found.method) == ("users/list", "users/list", "GET")
    assert (found.kind, found.path) == (OperationKind.REQUEST, ("/a",))
    assert (found.doc.summary, found.doc.description) == ("List users.", "All of them.")
    assert found.doc.extensions == (("x-rate", "3"),)
    assert found.tags == ("users", "people")
    assert found.deprecation == Deprecation()
    assert found.responses[0].status == "204" and found.responses[0].type is None


def test_an_operation_without_an_id_is_called_by_its_line() -> None:
    found = operation({})
    assert (found.id, found.name) == ("GET /a", "")


# --- parameters


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
        ([{"name": "x", "in": "query"}] * 2, "openapi-duplicate-parameter"),
        ([{"name": "x", "in": "query", "style": "matrix"}], "openapi-value"),
        ([3], "openapi-type"),
        ({"name": "x"}, "openapi-type"),
    ],
)
def test_faults_of_parameters(parameters: Any, code: str) -> None:
    assert found_in({"parameters": parameters}) == [code]


# --- bodies and answers


def test_bodies_in_several_media_types() -> None:
    content = {
        "multipart/form-data": {
            "schema": {"properties": {"f": {"type": "string"}}},
            "encoding": {
                "f": {
                    "contentType": "image/png",
                    "style": "form",
                    "explode": False,
                    "headers": {"X": {"schema": {"type": "string"}}},
                }
            },
        },
        "application/vnd.api+json": {"schema": {"type": "string"}},
        "text/plain": {},
        "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        "application/json": {
            "schema": {"$ref": "#/components/schemas/A"},
            "examples": {"one": {"value": {"a": 1}}},
        },
    }
    body = {"description": "What to send.", "required": True, "content": content}
    found = operation(
        {"requestBody": body}, components={"schemas": {"A": {"const": 1}}}
    )
    assert found.body is not None
    assert found.body.type == Named("A") and found.body.required
    assert found.body.doc.summary == "What to send."
    assert found.body.doc.examples == ('{"a": 1}',)
    assert [each.media_type for each in found.other_bodies] == [
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ]
    header = found.other_bodies[2].encodings[0].headers[0]
    assert found.other_bodies[2].encodings == (
        Encoding("f", "image/png", "form", False, (header,)),
    )
    assert (header.name, header.type, header.required) == ("X", STRING, False)


def test_answers() -> None:
    responses = {
        "200": {
            "description": "Fine.",
            "headers": {"X-Rate": {"schema": {"type": "integer"}, "required": True}},
            "content": {
                "application/json": {"schema": {"type": "string"}},
                "application/jsonl": {"itemSchema": {"type": "integer"}},
            },
        },
        "4XX": {"$ref": "#/components/responses/Error"},
        "default": {"description": "Else."},
    }
    error = {"description": "E", "content": {"application/json": {"schema": {}}}}
    found = operation(
        {"responses": responses}, components={"responses": {"Error": error}}
    )
    assert [
        (each.status, each.media_type, each.type) for each in found.responses[:3]
    ] == [
        ("200", "application/json", STRING),
        ("200", "application/jsonl", found.responses[1].type),
        ("4XX", "application/json", AnyType()),
    ]
    assert found.responses[1].item_type == Scalar(ScalarKind.INT64)
    assert found.responses[0].headers[0].name == "X-Rate"
    assert found.responses[0].doc.summary == "Fine."
    assert (found.responses[3].status, found.responses[3].type) == ("default", None)


def test_what_is_reported_and_left_out() -> None:
    responses = {"200": {"description": "", "links": {"l": {"operationId": "x"}}}}
    paths = {
        "/a": {"get": {"responses": responses, "callbacks": {"c": {}}}},
        "/b": {"get": {"responses": responses, "callbacks": {"c": {}}}},
    }
    webhooks = {"w": {"post": OK}, "v": {"post": OK}}
    _, diagnostics = read_all(description(paths=paths, webhooks=webhooks))
    assert sorted([each.code for each in diagnostics]) == [
        "openapi-callbacks",
        "openapi-links",
        "openapi-webhooks",
    ]
    assert all("2 times" in each.message and each.place for each in diagnostics)


# --- methods, ids and paths


def test_methods_of_openapi_3_2() -> None:
    item = {"query": OK, "additionalOperations": {"COPY": OK}}
    found = operations_of(read_clean(description(paths={"/a": item}, version="3.2.0")))
    assert list(found) == ["QUERY /a", "COPY /a"]
    item = {"additionalOperations": {"NO GOOD": OK}}
    assert codes_of(description(paths={"/a": item})) == ["openapi-method"]


def test_an_operation_id_that_is_used_twice() -> None:
    paths = {
        "/a": {"get": {**OK, "operationId": "x"}, "put": {**OK, "operationId": "x"}}
    }
    api, diagnostics = read_all(description(paths=paths))
    assert [each.code for each in diagnostics] == ["openapi-duplicate-operation"]
    assert list(operations_of(api)) == ["GET /a", "PUT /a"]


def test_paths_that_are_alike() -> None:
    item = {"get": {**OK, "parameters": []}}
    document = description(paths={"/a/{b}": item, "/a/{c}": item})
    assert codes_of(document).count("openapi-same-path") == 1
    assert codes_of(description(paths={"a": {"get": OK}})) == ["openapi-bad-path"]


def test_path_items_elsewhere() -> None:
    document = description(
        paths={"/a": {"$ref": "#/components/pathItems/P"}},
        components={"pathItems": {"P": {"get": OK}}},
    )
    assert list(operations_of(read_clean(document))) == ["GET /a"]


def test_servers_of_paths_and_operations() -> None:
    paths = {
        "/a": {
            "servers": [{"url": "/item"}],
            "get": {**OK, "servers": [{"url": "/own"}]},
            "put": OK,
        }
    }
    found = operations_of(read_clean(description(paths=paths)))
    assert found["GET /a"].servers == (Server("/own"),)
    assert found["PUT /a"].servers == (Server("/item"),)


# --- security and tags

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "basic": {"type": "http", "scheme": "Basic"},
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "oauth": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {"tokenUrl": "https://t", "scopes": {"read": "Read."}}
        },
    },
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://o"},
    "mutual": {"type": "mutualTLS", "description": "A certificate."},
}


def test_security() -> None:
    paths = {
        "/a": {
            "get": OK,
            "put": {**OK, "security": [{"oauth": ["read"], "key": []}, {"basic": []}]},
            "post": {**OK, "security": []},
            "patch": {**OK, "security": [{}]},
        }
    }
    api = read_clean(
        description(
            paths=paths,
            components={"securitySchemes": SCHEMES},
            security=[{"bearer": []}],
        )
    )
    found = operations_of(api)
    assert api.requirements == ((("bearer", ()),),)
    assert found["GET /a"].security is None
    assert found["PUT /a"].security == (
        (("key", ()), ("oauth", ("read",))),
        (("basic", ()),),
    )
    assert found["POST /a"].security == ()
    assert found["PATCH /a"].security == ((),)
    schemes = api.security_schemes
    assert [each.type for each in schemes.values()] == [
        "http",
        "http",
        "apiKey",
        "mutualTLS",
        "oauth2",
        "openIdConnect",
    ]
    assert (schemes["key"].place, schemes["key"].name) == ("header", "X-Key")
    assert schemes["basic"].scheme == "basic"
    assert schemes["oauth"].flows == (
        OAuthFlow(
            "clientCredentials", token_url="https://t", scopes=(("read", "Read."),)
        ),
    )
    assert schemes["openid"].address == "https://o"
    assert schemes["mutual"].doc.summary == "A certificate."


def test_faults_of_security() -> None:
    assert found_in({"security": [{"nobody": []}]}) == ["openapi-unknown-scheme"]
    for scheme in ({"type": "magic"}, {}, {"type": "apiKey", "in": "header"}):
        components = {"securitySchemes": {"s": scheme}}
        assert len(codes_of(description(components=components))) == 1


def test_tags() -> None:
    paths = {
        "/a": {
            "get": {**OK, "tags": ["b", "c"]},
            "put": {**OK, "tags": ["a"]},
            "post": OK,
        }
    }
    tags = [
        {"name": "a", "parent": "top", "kind": "nav"},
        {"name": "unused"},
        {"name": "b", "description": "Bs."},
    ]
    api = read_clean(description(paths=paths, tags=tags))
    assert [each.name for each in api.tags] == ["a", "unused", "b", "c"]
    assert api.tags[0] == Tag("a", "top", "nav")
    assert [(each.name, each.target, each.kind) for each in api.links] == [
        ("a", "#a", LinkKind.TAG),
        ("b", "#b", LinkKind.TAG),
    ]
    assert list(api.resources) == ["#a", "#b"]
    assert api.resources["#b"].doc.summary == "Bs."
    assert [each.id for each in api.resources["#b"].operations] == ["GET /a"]
    assert [each.id for each in api.operations] == ["POST /a"]


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


def test_a_body_that_is_not_there_and_one_without_a_schema() -> None:
    found = operation({"requestBody": {"content": {"application/json": {}}}})
    assert found.body is not None and found.body.type == AnyType()
    assert not found.body.required
    assert operation({"requestBody": {"content": {}}}).body is None


def test_a_request_of_items_is_bytes() -> None:
    content = {"application/jsonl": {"itemSchema": {"type": "string"}}}
    assert found_in({"requestBody": {"content": content}}) == ["openapi-item-schema"]


def test_a_form_of_an_inline_object() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    document = description(
        paths={
            "/a": {
                "post": {
                    **OK,
                    "operationId": "x/y",
                    "requestBody": {"content": content},
                }
            }
        }
    )
    api = read_clean(document)
    struct = api.types["x-y-request"]
    assert isinstance(struct, Struct)
    assert [each.name for each in struct.properties] == ["a"]


def test_schemas_of_several_media_types_are_told_apart_by_these() -> None:
    def content(name: str) -> dict[str, Any]:
        return {"schema": {"type": "object", "properties": {name: {"type": "string"}}}}

    body = {
        "application/x-www-form-urlencoded": content("a"),
        "application/json": content("b"),
        "multipart/form-data": content("c"),
        "application/vnd.zoo.merge-patch+json": content("d"),
    }
    found = operation({"operationId": "borrow", "requestBody": {"content": body}})
    assert found.body is not None
    bodies = {each.media_type: each.type for each in (found.body, *found.other_bodies)}
    assert bodies == {
        "application/json": Named("borrow-request"),
        "application/x-www-form-urlencoded": Named("borrow-request-form"),
        "multipart/form-data": Named("borrow-request-multipart"),
        "application/vnd.zoo.merge-patch+json": Named("borrow-request-merge-patch"),
    }
