"""Operations: ids, methods, paths, servers, security and tags."""

from __future__ import annotations

from readers.openapi import (
    OK,
    codes_of,
    description,
    found_in,
    operation,
    operations_of,
    read_all,
    read_clean,
)

from generator.model import (
    Deprecation,
    Link,
    LinkKind,
    OAuthFlow,
    OperationKind,
    Protocol,
    Server,
    ServerVariable,
    Tag,
)


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


def test_what_a_description_needs() -> None:
    document = description({"A": {"type": "object"}})
    del document["info"]
    api, diagnostics = read_all(document)
    assert [str(each) for each in diagnostics] == [
        "api.json:1:1: warning: the description has no info [openapi-missing]"
    ]
    assert api.types.keys() == {"A"}


def test_extensions_are_no_paths_and_no_webhooks() -> None:
    document = description(
        paths={"x-note": {"get": "none"}, "/a": {"get": OK}},
        webhooks={"x-note": {"post": "none"}},
    )
    assert list(operations_of(read_clean(document))) == ["GET /a"]
    document = description(**{"x-webhooks": {"x-w": {"post": OK}}})
    assert codes_of(document) == ["openapi-webhooks"]


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


def test_answers_are_known_by_their_status() -> None:
    done = {"description": "Done."}
    responses = {"2000": done, "2xx": done, "default": done, "x-a": 1}
    api, diagnostics = read_all(
        description(paths={"/a": {"get": {"responses": responses}}})
    )
    assert [each.message for each in diagnostics] == [
        "'2000' is no HTTP status, left out"
    ]
    (found,) = operations_of(api).values()
    assert [each.status for each in found.responses] == ["2XX", "default"]


def test_an_operation_without_an_id_is_called_by_its_line() -> None:
    found = operation({})
    assert (found.id, found.name) == ("GET /a", "")


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
    for scheme in (
        {"type": "magic"},
        {},
        {"type": "apiKey", "in": "header"},
        {"type": "apiKey", "in": "header", "name": "X\r\nEvil: 1"},
        {"type": "apiKey", "in": "cookie", "name": "a; b"},
    ):
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
