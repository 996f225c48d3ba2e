"""OpenAPI to the model and back: the document that is written says the same.

Said on the model (what is read of it is what was read), and of small documents also
directly, without the reader in between.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from emitters.round_trip import comparable, model, operations, resolved, written
from openapi_spec_validator import validate
from support import shared_data

from generator.readers.source import Source, load_source

LIBRARY = Path(__file__).parents[2] / "specs" / "library.openapi.yaml"
SHARED = (
    "DiscriminatorSample",
    "EnumHandling",
    "InheritingErrors",
    "ModelWithDerivedTypes",
    "ModelWithDictionary",
    "ModelWithMultipleSecurity",
    "SimpleModelOpenApi3_1",
    "ToDoApi",
)

# Everything that the library has no use for.
WORKSHOP = """
openapi: 3.1.0
info:
  title: Workshop
  version: '2'
  termsOfService: https://workshop.example/terms
  contact: {name: A, url: https://workshop.example, email: a@workshop.example}
  license: {name: MIT, url: https://opensource.org/license/mit}
  x-level: 3
externalDocs: {url: https://workshop.example/docs}
servers:
- url: https://{name}.workshop.example:{port}
  description: Where it is.
  variables:
    name: {default: main}
    port: {default: '443', enum: ['443', '8443'], description: The port.}
- url: /relative
security:
- token: []
  signed: []
- open: [read, write]
tags:
- name: tools
  description: What there is.
  externalDocs: {url: https://workshop.example/tools, description: All tools}
  x-order: 1
- name: unused
paths:
  /tools/{tool}/{part}:
    put:
      operationId: tools_put
      tags: [tools, more]
      summary: Put
      description: |
        Puts a tool
        in its place.
      deprecated: true
      x-cost: {units: [1, 2.5, null]}
      externalDocs: {url: https://workshop.example/put}
      servers: [{url: https://put.workshop.example}]
      security: [{}]
      parameters:
      - {name: tool, in: path, required: true, style: label, schema: {type: string}}
      - {name: part, in: path, required: true, schema: {type: integer, format: int32},
         examples: {one: {value: 1}, two: {value: 2}}}
      - {name: ids, in: query, style: spaceDelimited, explode: false, deprecated: true,
         description: Which., schema: {type: array, items: {type: integer}, uniqueItems: true, minItems: 1,
         maxItems: 9}}
      - {name: raw, in: query, allowReserved: true, allowEmptyValue: false,
         schema: {type: string, default: a/b}, example: a/b}
      - {name: shape, in: query, content: {application/json: {schema: {type: object,
         additionalProperties: {type: number}}}}}
      - {name: X-Trace, in: header, required: true, schema: {type: string,
         format: uuid}}
      - {name: taste, in: cookie, schema: {type: boolean, default: true}}
      requestBody:
        description: The tool.
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/tool'},
            example: {name: hammer}}
          application/xml: {schema: {$ref: '#/components/schemas/tool'}}
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                note: {type: string}
                tags: {type: array, items: {type: string}}
            encoding:
              file: {contentType: 'image/png, image/jpeg', headers: {X-Kind: {schema: {
                type: string}}}}
              tags: {style: form, explode: true}
          text/plain: {schema: {type: string}}
          application/octet-stream: {schema: {type: string, format: binary}}
      responses:
        '200':
          description: Done.
          headers:
            X-Left: {description: How many., required: true, schema: {type: integer}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/tool'},
              examples: {a: {value: {name: a}}, b: {value: {name: b}}}}
            text/csv: {schema: {type: string}}
        '204': {description: ''}
        4XX: {description: Wrong., x-kind: caller, content: {application/json: {schema:
          {$ref: '#/components/schemas/fault'}}}}
        default: {description: Else.}
    parameters: []
  /untagged:
    get:
      responses:
        '200': {description: '', content: {application/json: {schema: {}}}}
    head:
      responses: {'200': {description: There.}}
components:
  schemas:
    tool:
      title: Tool
      description: A tool.
      type: object
      required: [name, size, gone]
      x-colour: red
      examples: [{name: hammer}]
      externalDocs: {url: https://workshop.example/tool}
      additionalProperties: true
      properties:
        name: {type: string, minLength: 1, maxLength: 9, pattern: ^a, default: ab,
          description: Its name., examples: [ab]}
        size: {type: [number, 'null'], exclusiveMinimum: 0, maximum: 10.5,
          multipleOf: 0.5}
        level: {type: integer, format: int8, minimum: 1, exclusiveMaximum: 9}
        gone: {type: [string, 'null'], format: date-time, readOnly: true}
        secret: {type: string, format: byte, writeOnly: true, deprecated: true}
        data: {type: string, contentEncoding: base64}
        kind: {const: tool}
        flag: {enum: [true]}
        colour: {type: string, enum: [red, green], default: red}
        parent: {$ref: '#/components/schemas/tool', description: What it hangs on.}
        maybe: {anyOf: [{$ref: '#/components/schemas/tool'}, {type: 'null'}]}
        parts: {type: array, items: {$ref: '#/components/schemas/part'}, maxItems: 3}
        holes: {type: array, items: {type: [integer, 'null']}}
        words: {type: object, additionalProperties: {type: array, items: {
          type: string}}}
        free: {}
        bag: {type: object}
        either: {oneOf: [{type: string}, {type: integer}, {type: 'null'}]}
        some: {anyOf: [{$ref: '#/components/schemas/part'}, {$ref:
          '#/components/schemas/fault'}]}
        inner: {type: object, properties: {a: {type: string, x-note: n}}}
        day: {type: string, format: date}
        hour: {type: string, format: time}
        wait: {type: string, format: duration}
        price: {type: number, format: decimal}
        ratio: {type: number, format: float}
        site: {type: [string, 'null'], format: uri}
        long: {type: integer, format: int64}
        exact: {type: number, format: double}
        url64: {type: string, format: base64url}
        mails: {type: array, uniqueItems: true, items: {type: string, format: email}}
        not: {type: string, not: {enum: [a]}}
    part:
      type: object
      required: [type]
      properties: {type: {type: string}, weight: {type: number}}
      discriminator:
        propertyName: type
        mapping: {bolt: '#/components/schemas/bolt', nut: '#/components/schemas/nut'}
    bolt:
      description: A bolt.
      allOf:
      - $ref: '#/components/schemas/part'
      - {type: object, properties: {length: {type: integer}}}
    nut:
      allOf:
      - $ref: '#/components/schemas/part'
      - {type: object, required: [thread], properties: {thread: {type: string}}}
    fault:
      oneOf: [{$ref: '#/components/schemas/soft'}, {$ref: '#/components/schemas/hard'}]
      discriminator: {propertyName: grade, mapping: {s: '#/components/schemas/soft',
        h: '#/components/schemas/hard'}}
    soft: {type: object, required: [grade], properties: {grade: {const: s}}}
    hard: {type: object, required: [grade], properties: {grade: {const: h}}}
    level: {type: integer, enum: [1, 2], x-enum-varnames: [low, high],
      x-enum-descriptions: [Not much., A lot.]}
    name: {type: string, maxLength: 40, pattern: '^\\S+$', description: A name.}
    names: {type: array, items: {$ref: '#/components/schemas/name'}}
    scores: {type: object, additionalProperties: {type: number}}
    nothing: {type: object, properties: {}, additionalProperties: false}
    perhaps: {type: [string, 'null'], deprecated: true}
    strict: {type: object, additionalProperties: {type: integer}, properties: {a: {
      type: string}}}
  securitySchemes:
    token: {type: http, scheme: bearer, bearerFormat: JWT, description: A token.}
    signed: {type: apiKey, in: header, name: X-Key, x-hint: h}
    open:
      type: oauth2
      flows:
        authorizationCode: {authorizationUrl: https://workshop.example/a, tokenUrl:
          https://workshop.example/t, refreshUrl: https://workshop.example/r, scopes: {
          read: To read., write: ''}}
        clientCredentials: {tokenUrl: https://workshop.example/t, scopes: {}}
    known: {type: openIdConnect, openIdConnectUrl: https://workshop.example/.well-known}
    wires: {type: mutualTLS}
"""


def source(name: str) -> Source:
    if name == "workshop":
        return Source("workshop.yaml", WORKSHOP.encode())
    if name == "library":
        return load_source(LIBRARY)
    return load_source(shared_data(f"openapi/{name}.yaml"))


ALL = ("library", "workshop", *SHARED)

LOST_IN_3_0 = ("info", "doc", "security_schemes")
"""3.0 has no summary of the API, no identifier of a license and no mutualTLS."""


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("format_", ["json", "yaml"])
def test_what_is_written_reads_as_what_was_read(name: str, format_: str) -> None:
    first = model(source(name))
    again = model(written(first, "3.1", format_))
    assert comparable(again) == comparable(first)


@pytest.mark.parametrize("name", ALL)
def test_the_older_version_says_the_same(name: str) -> None:
    # bytes in JSON have a format in 3.0 alone
    without = ("place", "source", "format")
    first = comparable(model(source(name)), without)[1]
    again = comparable(model(written(model(source(name)), "3.0")), without)[1]
    for part in first:
        if part not in LOST_IN_3_0:
            assert again[part] == first[part], part


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("version", ["3.1", "3.0"])
def test_what_is_written_is_valid(name: str, version: str) -> None:
    document = json.loads(written(model(source(name)), version).data)
    assert document["openapi"].startswith(version)
    validate(document)


# --- directly


def documents(name: str) -> tuple[Any, Any]:
    """Give the document as it is and as it is written."""
    text = source(name)
    return yaml.safe_load(text.data), json.loads(written(model(text), "3.1").data)


@pytest.mark.parametrize("name", ALL)
def test_every_operation_keeps_what_is_its_own(name: str) -> None:
    before, after = documents(name)
    was, now = operations(before), operations(after)
    assert now.keys() == was.keys()
    kept = ("operationId", "tags", "deprecated", "security", "servers", "externalDocs")
    for line, operation in was.items():
        for field in kept:
            assert now[line].get(field) == operation.get(field), (line, field)
        for field in operation:
            if field.startswith("x-"):
                assert now[line][field] == operation[field]
        said = {operation.get("summary"), operation.get("description")}
        text = {now[line].get("summary"), now[line].get("description")}
        assert text == said, line


@pytest.mark.parametrize("name", ALL)
def test_every_parameter_keeps_its_place_and_its_words(name: str) -> None:
    before, after = documents(name)
    was, now = operations(before), operations(after)
    for (path, method), operation in was.items():
        above = before["paths"][path].get("parameters", [])
        expected = [
            resolved(before, each)
            for each in [*above, *operation.get("parameters", ())]
        ]
        found = now[path, method].get("parameters", [])
        of_path = {name for name in re.findall(r"\{([^{}]+)\}", path)}
        assert {each["name"] for each in found} == {
            *of_path,
            *(each["name"] for each in expected),
        }
        for each in expected:
            (same,) = [
                parameter
                for parameter in found
                if (parameter["name"], parameter["in"]) == (each["name"], each["in"])
            ]
            for field in ("description", "required", "deprecated", "allowReserved"):
                assert (same.get(field) or None) == (each.get(field) or None)
            assert ("content" in same) == ("content" in each)


@pytest.mark.parametrize("name", ALL)
def test_every_body_and_answer_keeps_its_media_types(name: str) -> None:
    before, after = documents(name)
    was, now = operations(before), operations(after)
    for line, operation in was.items():
        body = resolved(before, operation.get("requestBody", {}))
        found = now[line].get("requestBody", {})
        assert set(found.get("content", ())) == set(body.get("content", ()))
        assert bool(found.get("required")) == bool(body.get("required"))
        assert found.get("description") == body.get("description")
        answers = {str(status): each for status, each in operation["responses"].items()}
        assert now[line]["responses"].keys() == answers.keys()
        for status, response in answers.items():
            expected = resolved(before, response)
            answer = now[line]["responses"][status]
            assert answer["description"].strip() == expected["description"].strip()
            for field in ("content", "headers"):
                assert set(answer.get(field, ())) == set(expected.get(field, ()))


@pytest.mark.parametrize("name", ALL)
def test_every_component_is_there(name: str) -> None:
    before, after = documents(name)
    was, now = before.get("components", {}), after.get("components", {})
    assert set(was.get("schemas", ())) <= set(now.get("schemas", ()))
    assert now.get("securitySchemes") == was.get("securitySchemes")
    for field in ("servers", "security"):
        assert after.get(field) == before.get(field)
    if "tags" in before:
        described = after["tags"][: len(before["tags"])]
        assert described == before["tags"]


def test_what_schemas_say_is_said_again() -> None:
    before, after = documents("workshop")
    was, now = before["components"]["schemas"], after["components"]["schemas"]
    tool, again = was["tool"], now["tool"]
    for field in ("title", "description", "required", "x-colour", "examples"):
        assert again[field] == tool[field]
    for name in (
        "name",
        "size",
        "level",
        "kind",
        "parent",
        "parts",
        "holes",
        "words",
        "long",
        "exact",
        "url64",
        "mails",
        "not",
        "price",
        "ratio",
        "data",
        "free",
        "bag",
        "some",
        "wait",
        "day",
        "hour",
    ):
        assert again["properties"][name] == tool["properties"][name], name
    for name in ("part", "bolt", "fault", "level", "name", "names", "scores"):
        assert now[name] == was[name], name


def test_items_of_a_sequence_have_no_word_in_3_1() -> None:
    """`itemSchema` came with OpenAPI 3.2."""
    items = {"text/event-stream": {"itemSchema": {"type": "string"}}}
    answer = {"200": {"description": "Events.", "content": items}}
    described = {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": answer}}},
    }
    api = model(Source("a.json", json.dumps(described).encode()))
    document = json.loads(written(api, "3.1").data)
    validate(document)
    content = document["paths"]["/a"]["get"]["responses"]["200"]["content"]
    text = {"type": "string"}
    assert content == {"text/event-stream": {"schema": text, "x-itemSchema": text}}
