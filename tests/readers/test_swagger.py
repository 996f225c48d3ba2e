"""Swagger 2.0: what its documents become, and where things stand in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from documents import loaded
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from generator.diagnostics import Diagnostics
from generator.model import Struct
from generator.readers.openapi import read
from generator.readers.openapi.swagger import Converted, convert, is_swagger
from generator.readers.source import Source, load_source

PETS = """\
swagger: '2.0'
info: {title: Pets, version: '1'}
host: api.example.com
basePath: /v1/
schemes: [https, http]
consumes: [application/json]
produces: [application/json, application/xml]
x-own: 1
tags: [{name: pets}]
security: [{key: []}, {oauth: [read]}]
parameters:
  Limit: {name: limit, in: query, type: integer, format: int32, default: 20}
  Pet: {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
  File: {name: file, in: formData, type: file, required: true}
responses:
  NotFound: {description: Not found, schema: {$ref: '#/definitions/Error'}}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  basic: {type: basic, description: Old}
  oauth:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://example.com/authorize
    tokenUrl: https://example.com/token
    scopes: {read: To read}
    x-more: 1
  app: {type: oauth2, flow: application, tokenUrl: https://example.com/token, scopes: {}}
paths:
  /pets:
    get:
      operationId: list
      tags: [pets]
      schemes: [http]
      parameters:
      - $ref: '#/parameters/Limit'
      - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: pipes}
      - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
      - {name: kind, in: query, type: string, enum: [cat, dog], x-ms-enum: {name: Kind}}
      - {name: X-Ids, in: header, type: array, items: {type: integer}}
      responses:
        200:
          description: Pets
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
          headers: {X-Next: {type: string, description: Next page}}
          examples: {application/json: [{name: Rex}]}
        404: {$ref: '#/responses/NotFound'}
        default: {description: Others}
    post:
      operationId: create
      parameters:
      - $ref: '#/parameters/Limit'
      - $ref: '#/parameters/Pet'
      responses: {201: {description: Made}}
  /pets/{id}/photo:
    parameters:
    - {name: id, in: path, required: true, type: string}
    post:
      operationId: upload
      consumes: [multipart/form-data]
      produces: [image/png]
      parameters:
      - $ref: '#/parameters/File'
      - {name: labels, in: formData, type: array, items: {type: string}, description: Labels}
      responses:
        200: {description: The photo, schema: {type: file}}
        404: {$ref: '#/responses/NotFound'}
    put:
      operationId: rate
      parameters:
      - {name: stars, in: formData, type: integer, required: true, x-a: 1}
      responses: {204: {description: Done}}
definitions:
  Pet:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: {type: string}
      name: {type: string, x-nullable: true, example: {$ref: no}}
      owner: {$ref: '#/definitions/Owner', x-nullable: true}
      friends: {type: object, additionalProperties: {$ref: '#/definitions/Pet'}}
  Cat:
    x-ms-discriminator-value: '#cat'
    allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}]
  Kitten:
    x-ms-discriminator-value: '#kitten'
    allOf: [{$ref: '#/definitions/Cat'}]
  Owner: {type: object, properties: {name: {type: string}}}
  Error: {type: object, properties: {message: {type: string}}}
"""


@pytest.fixture(scope="module")
def pets() -> Converted:
    diagnostics = Diagnostics()
    document = loaded(PETS, "pets.yaml")
    assert is_swagger(document.value)
    made = convert(document, diagnostics)
    assert list(diagnostics) == []
    return made


def test_the_result_is_valid(pets: Converted) -> None:
    validate(pets.value)


def test_the_document(pets: Converted) -> None:
    value = pets.value
    assert list(value) == [
        *("openapi", "info", "security", "tags", "x-own", "servers", "paths"),
        "components",
    ]
    assert value["servers"] == [
        {"url": "https://api.example.com/v1"},
        {"url": "http://api.example.com/v1"},
    ]
    assert value["components"]["securitySchemes"] == {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "basic": {"type": "http", "scheme": "basic", "description": "Old"},
        "oauth": {
            "type": "oauth2",
            "x-more": 1,
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "https://example.com/authorize",
                    "tokenUrl": "https://example.com/token",
                    "scopes": {"read": "To read"},
                }
            },
        },
        "app": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "https://example.com/token",
                    "scopes": {},
                }
            },
        },
    }


def test_parameters(pets: Converted) -> None:
    operation = pets.value["paths"]["/pets"]["get"]
    limit, ids, tags, kind, header = operation["parameters"]
    assert limit == {"$ref": "#/components/parameters/Limit"}
    assert pets.value["components"]["parameters"] == {
        "Limit": {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "format": "int32", "default": 20},
        }
    }
    assert (ids["style"], ids["explode"]) == ("pipeDelimited", False)
    assert ids["schema"] == {"type": "array", "items": {"type": "string"}}
    assert (tags["style"], tags["explode"]) == ("form", True)
    assert kind["schema"]["x-ms-enum"] == {"name": "Kind"}
    assert (header["style"], header["explode"]) == ("simple", False)
    assert operation["servers"] == [{"url": "http://api.example.com/v1"}]


def test_bodies(pets: Converted) -> None:
    create = pets.value["paths"]["/pets"]["post"]
    assert create["parameters"] == [{"$ref": "#/components/parameters/Limit"}]
    assert create["requestBody"] == {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
        },
    }
    photo = pets.value["paths"]["/pets/{id}/photo"]
    assert photo["post"]["requestBody"] == {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "labels": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "Labels",
                        },
                    },
                    "required": ["file"],
                },
                "encoding": {"labels": {"style": "form", "explode": False}},
            }
        },
        "required": True,
    }
    [form] = photo["put"]["requestBody"]["content"].items()
    assert form[0] == "application/x-www-form-urlencoded"
    assert form[1]["schema"]["properties"] == {"stars": {"type": "integer", "x-a": 1}}


def test_responses(pets: Converted) -> None:
    responses = pets.value["paths"]["/pets"]["get"]["responses"]
    pet_list = {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
    assert responses["200"] == {
        "description": "Pets",
        "headers": {
            "X-Next": {"description": "Next page", "schema": {"type": "string"}}
        },
        "content": {
            "application/json": {"schema": pet_list, "example": [{"name": "Rex"}]},
            "application/xml": {"schema": pet_list},
        },
    }
    assert responses["404"] == {"$ref": "#/components/responses/NotFound"}
    assert responses["default"] == {"description": "Others"}
    shared = pets.value["components"]["responses"]["NotFound"]["content"]
    assert list(shared) == ["application/json", "application/xml"]
    photo = pets.value["paths"]["/pets/{id}/photo"]["post"]["responses"]
    assert photo["200"]["content"] == {
        "image/png": {"schema": {"type": "string", "format": "binary"}}
    }
    assert list(photo["404"]["content"]) == ["image/png"]


def test_schemas(pets: Converted) -> None:
    schemas = pets.value["components"]["schemas"]
    assert schemas["Pet"]["discriminator"] == {
        "propertyName": "kind",
        "mapping": {
            "#cat": "#/components/schemas/Cat",
            "#kitten": "#/components/schemas/Kitten",
        },
    }
    properties = schemas["Pet"]["properties"]
    assert properties["name"] == {
        "type": "string",
        "nullable": True,
        "example": {"$ref": "no"},
    }
    assert properties["owner"] == {
        "nullable": True,
        "allOf": [{"$ref": "#/components/schemas/Owner"}],
    }
    friends = properties["friends"]["additionalProperties"]
    assert friends == {"$ref": "#/components/schemas/Pet"}


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        (("openapi",), "swagger: "),
        (("servers", 0, "url"), "host: "),
        (("components", "schemas", "Pet", "properties", "name"), "name: {type: string, x-n"),
        (("components", "parameters", "Limit", "schema", "format"), "format: int32"),
        (("components", "securitySchemes", "oauth"), "oauth:\n"),
        (("components", "responses", "NotFound", "content", "application/xml", "schema"), "schema: {$ref: '#/definitions/Error'"),
        (("paths", "/pets", "get", "parameters", 1, "name"), "name: ids"),
        (("paths", "/pets", "get", "parameters", 1, "schema", "items"), "items: {type: string}, collectionFormat: pipes"),
        (("paths", "/pets", "get", "servers"), "schemes: [http]"),
        (("paths", "/pets", "get", "responses", "200", "content", "application/json", "schema", "items"), "items: {$ref: '#/definitions/Pet'}}\n"),
        (("paths", "/pets", "get", "responses", "200", "content", "application/json", "example", 0, "name"), "name: Rex"),
        (("paths", "/pets", "post", "requestBody", "content", "application/json", "schema", "$ref"), "$ref: '#/definitions/Pet'}}\n"),
        (("paths", "/pets/{id}/photo", "post", "requestBody", "content", "multipart/form-data", "schema", "properties", "labels", "description"), "description: Labels"),
        (("paths", "/pets/{id}/photo", "post", "responses", "404", "description"), "description: Not found"),
    ],
)  # fmt: skip
def test_places(pets: Converted, pointer: tuple[str | int, ...], text: str) -> None:
    place = pets.place(pointer)
    line = f"{PETS.splitlines()[place.line - 1]}\n"
    assert line[place.column - 1 :].startswith(text)


def test_what_openapi_has_no_word_for() -> None:
    text = (
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
        "      parameters:\n"
        "      - {name: a, in: query, type: array, collectionFormat: tsv, items: {}}\n"
        "      responses: {}\n"
    )
    diagnostics = Diagnostics()
    value = convert(loaded(text), diagnostics).value
    assert value["paths"]["/a"]["get"]["parameters"][0]["style"] == "form"
    [found] = map(str, diagnostics)
    assert found == (
        "test.yaml:7:43: warning: OpenAPI 3 has no word for the collectionFormat 'tsv'"
        " in query; taken for csv [openapi-swagger]"
    )


def test_bodies_of_the_path_item() -> None:
    text = (
        "swagger: '2.0'\npaths:\n  /a:\n    parameters:\n"
        "    - {name: b, in: body, schema: {type: string}}\n"
        "    post: {responses: {}}\n"
        "    put:\n      parameters: [{name: c, in: body, schema: {type: integer}}]\n"
    )
    item = convert(loaded(text), Diagnostics()).value["paths"]["/a"]
    assert item["parameters"] == []
    types = [
        item[method]["requestBody"]["content"]["application/json"]["schema"]["type"]
        for method in ("post", "put")
    ]
    assert types == ["string", "integer"]


def test_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "swagger: '2.0'\ninfo: {title: M, version: '1'}\npaths: {}\n"
        "definitions: {Toy: {type: object, properties: {size: {type: integer}}}}\n"
    )
    (tmp_path / "pets.yaml").write_text(
        PETS.replace("'#/definitions/Owner'", "'more.yaml#/definitions/Toy'")
    )
    diagnostics = Diagnostics()
    api = read([load_source(tmp_path / "pets.yaml")], diagnostics)
    assert [str(found) for found in diagnostics.errors] == []
    pet, toy = api.types["Pet"], api.types["Toy"]
    assert isinstance(pet, Struct)
    assert isinstance(toy, Struct)
    assert [each.name for each in toy.properties] == ["size"]
    names = {
        operation.id
        for resource in api.resources.values()
        for operation in resource.operations
    }
    names |= {operation.id for operation in api.operations}
    assert names == {"list", "create", "upload", "rate"}


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["a", "body", "array", "oauth2", "#/parameters/a"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            "a $ref get parameters in name schema type items responses examples headers"
            " allOf properties produces consumes 200 discriminator x-nullable"
            " collectionFormat array flow type oauth2".split()
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)
TOP = "paths definitions parameters responses securityDefinitions host basePath schemes consumes produces"


@given(st.dictionaries(st.sampled_from(TOP.split()), ANY))
@settings(max_examples=500)
def test_nothing_makes_it_fail(value: dict[str, Any]) -> None:
    document = loaded("swagger: '2.0'\n")
    document.value |= value
    made = convert(document, Diagnostics())
    assert made.value["openapi"] == "3.0.4"
    document.value |= {
        "paths": {"/a": {"get": value, "parameters": value.get("paths")}}
    }
    convert(document, Diagnostics())


def converted(operation: str, definitions: str = "{}") -> dict[str, Any]:
    """Give the one operation of a description, converted, and its schemas."""
    text = (
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"
        f"paths: {{/a: {{post: {operation}}}}}\ndefinitions: {definitions}\n"
    )
    diagnostics = Diagnostics()
    value = convert(loaded(text), diagnostics).value
    assert list(diagnostics) == []
    found: dict[str, Any] = value["paths"]["/a"]["post"]
    return found | {"schemas": value["components"]["schemas"]}


def test_a_file_without_a_media_type_is_bytes() -> None:
    found = converted("{responses: {200: {description: x, schema: {type: file}}}}")
    content = found["responses"]["200"]["content"]
    binary = {"schema": {"type": "string", "format": "binary"}}
    assert content == {"application/octet-stream": binary}


def test_an_answer_of_which_only_examples_are_told() -> None:
    found = converted(
        "{responses: {200: {description: x, examples: {text/a: b}, headers: {X: no}}}}"
    )
    answer = found["responses"]["200"]
    assert answer["content"] == {"text/a": {"example": "b"}}
    assert answer["headers"] == {"X": "no"}


def test_a_form_that_may_be_sent_in_two_ways_and_need_not_be() -> None:
    found = converted(
        "{consumes: [multipart/form-data, application/x-www-form-urlencoded, text/a],"
        " parameters: [{name: n, in: formData, type: string}], responses: {}}"
    )
    schema = {"type": "object", "properties": {"n": {"type": "string"}}}
    assert found["requestBody"] == {
        "content": {
            "multipart/form-data": {"schema": schema},
            "application/x-www-form-urlencoded": {"schema": schema},
        }
    }


def test_how_items_are_joined_is_no_part_of_their_schema() -> None:
    found = converted(
        "{parameters: [{name: n, in: query, type: array, collectionFormat: pipes,"
        " items: {type: array, collectionFormat: csv, items: {type: string}}}],"
        " responses: {}}"
    )
    (parameter,) = found["parameters"]
    texts = {"type": "array", "items": {"type": "string"}}
    assert parameter["schema"] == {"type": "array", "items": texts}
    assert (parameter["style"], parameter["explode"]) == ("pipeDelimited", False)


def test_a_value_is_mapped_once_however_often_its_schema_inherits() -> None:
    found = converted(
        "{responses: {}}",
        "{A: {type: object, discriminator: k}, B: {allOf: [{$ref: '#/definitions/A'}]},"
        " C: {allOf: [{$ref: '#/definitions/A'}]}, D: {x-discriminator-value: d,"
        " allOf: [{$ref: '#/definitions/B'}, {$ref: '#/definitions/C'}]}}",
    )
    mapping = found["schemas"]["A"]["discriminator"]["mapping"]
    assert mapping == {"d": "#/components/schemas/D"}


def test_what_two_schemas_have_in_common_is_reported_once() -> None:
    """Both are made of two others, so that the discriminator of one is theirs too."""
    text = """\
swagger: '2.0'
info: {title: T, version: '1'}
paths: {}
definitions:
  A: {type: object, properties: {x: {type: string}}}
  B: {type: object, discriminator: k, properties: {k: {type: string}}}
  C:
    x-ms-discriminator-value: c
    allOf: [{$ref: '#/definitions/A'}, {$ref: '#/definitions/B'}]
  D:
    x-ms-discriminator-value: d
    allOf: [{$ref: '#/definitions/A'}, {$ref: '#/definitions/B'}]
"""
    diagnostics = Diagnostics()
    read([Source("api.yaml", text.encode())], diagnostics)
    assert [each.message[:3] for each in diagnostics] == ["'c'", "'d'"]
