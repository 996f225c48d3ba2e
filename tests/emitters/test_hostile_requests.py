"""Whatever a description in OpenAPI says, it becomes a package that holds together."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from typing import Any

import pytest
from emitters.building import sources, trees
from emitters.documents import documents
from emitters.documents import faults as page_faults
from emitters.random_descriptions import random_description
from emitters.soundness import faults
from emitters.test_hostile import strange_characters, strange_code, strange_paths
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.openapi import description

from generator.diagnostics import Diagnostics
from generator.emitters import openapi
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source

# What the modules of requests hold, besides what those of places do.
KNOWN = re.compile(
    r".*: (calls (request|path|query|header|cookie|body|part|as_json|Scheme|server_url"
    r"|self\._request|super\(\)\.__init__)|streams\.(Async)?Content|multipart\.FilePart"
    r"|List\(elts=.*|self\._base_url = server_url\(.*)"
)


def api_of(document: Any) -> Api:
    """What a description says, whatever is found in it."""
    source = Source("api.json", json.dumps(document).encode())
    return with_catalogue(read([source], Diagnostics()))


def package(document: Any) -> Mapping[str, str]:
    """The modules of a description."""
    return sources(api_of(document))


def assert_harmless(texts: Mapping[str, str]) -> None:
    assert faults(texts) == []
    strange = strange_code(texts)
    assert [each for each in strange if not KNOWN.fullmatch(each)] == []
    assert list(strange_paths(list(texts))) == []
    assert list(strange_characters(texts)) == []
    for path, text in texts.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


seeds = st.integers(0, 1_000_000)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_any_description_becomes_a_harmless_package(seed: int) -> None:
    assert_harmless(package(random_description(random.Random(seed))))


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_any_description_becomes_harmless_pages(seed: int) -> None:
    api = api_of(random_description(random.Random(seed)))
    assert list(page_faults(documents(api))) == []


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("version", ["3.0", "3.1"])
@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_any_description_is_written_as_a_document(
    form: str, version: str, seed: int
) -> None:
    api = api_of(random_description(random.Random(seed)))
    (file,) = openapi.emit(api, openapi.Options("x", version, form))
    again = read([Source(file.path, file.data)], Diagnostics())
    assert again.info == api.info


def test_an_example_that_names_its_type_by_what_is_no_text() -> None:
    members = {"a": {"type": "string"}, "kind": {}}
    union = {
        "oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}],
        "discriminator": {"propertyName": "kind", "mapping": {"a": "A"}},
        "example": {"kind": ["a"]},
    }
    document = answering(union)
    document["components"]["schemas"]["A"] = {"properties": members}
    assert list(page_faults(documents(api_of(document)))) == []


def test_a_schema_without_a_name_is_nobodys_base() -> None:
    schemas = {
        "": {"type": "object", "properties": {"nameless": {"type": "string"}}},
        "B": {"type": "object", "properties": {"own": {"type": "string"}}},
    }
    document = answering({"$ref": "#/components/schemas/B"})
    document["components"]["schemas"] = schemas
    body = {"content": {"application/json": {"schema": schemas["B"]}}}
    document["paths"]["/a"]["get"]["requestBody"] = body
    texts = package(document)
    assert_harmless(texts)
    assert "nameless" not in texts["client.py"]
    pages = documents(api_of(document))
    assert list(page_faults(pages)) == []
    assert "nameless" not in pages["docs/resources/b.md"]


def answering(*schemas: Any) -> dict[str, Any]:
    """A description of an operation with an answer of each of some schemas."""
    answers = {
        str(200 + number): {
            "description": "",
            "content": {"application/json": {"schema": schema}},
        }
        for number, schema in enumerate(schemas)
    }
    operation = {"operationId": "look", "responses": answers}
    return description(version="3.0.3", paths={"/a": {"get": operation}})


def test_answers_that_share_a_part_of_their_types() -> None:
    maps = [
        {"type": "object", "additionalProperties": {"type": kind, "nullable": True}}
        for kind in ("integer", "string")
    ]
    texts = package(answering(*maps))
    assert_harmless(texts)
    kinds = "MutableMapping[str, int | None] | MutableMapping[str, str | None]"
    assert kinds in texts["client.py"]


@pytest.mark.parametrize("text", ["a = b", "a] | [b", "a | b", "a: b", "]", ",", "["])
def test_constants_that_look_like_types_in_long_lines(text: str) -> None:
    constants = [{"enum": [f"{text} {end * 60}"]} for end in ("x", "y")]
    parameter = {"name": "q", "in": "query", "schema": {"oneOf": constants}}
    document = answering({"oneOf": constants})
    document["paths"]["/a"]["get"]["parameters"] = [parameter]
    document["components"]["schemas"]["A"] = {"properties": {"p": constants[0]}}
    assert_harmless(package(document))


@pytest.mark.parametrize(
    "names",
    [
        ("class", "import"),
        ("credential", "options", "base_url"),
        ("regionId", "region_id", "region-id"),
        ("super", "self", "server_url"),
        ("", "-", "1"),
    ],
)
def test_variables_of_servers_have_names_of_their_own(names: tuple[str, ...]) -> None:
    document = answering({})
    variables = {name: {"default": "a", "enum": ["b"]} for name in names}
    url = "https://x.example" + "".join(f"/{{{name}}}" for name in names)
    document["servers"] = [{"url": url, "variables": variables}]
    texts = package(document)
    assert_harmless(texts)
    # a value that is left out is one of those that may be given
    assert 'Literal["b", "a"]' in texts["client.py"]


@pytest.mark.parametrize("name", ["class", "str", "tuple", "async", "Callable", ""])
def test_schemes_of_security_have_names_of_their_own(name: str) -> None:
    document = answering({})
    basic = {"type": "http", "scheme": "basic"}
    key = {"type": "apiKey", "in": "header", "name": "k"}
    document["components"]["securitySchemes"] = {name: basic, "a": basic, "key": key}
    assert_harmless(package(document))


def test_a_type_that_is_called_as_the_credentials_of_the_twin() -> None:
    name = "AsyncCredentials"
    document = answering({"$ref": f"#/components/schemas/{name}"})
    document["components"]["schemas"][name] = {"properties": {"a": {}}}
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "k"}}
    document["components"]["securitySchemes"] = schemes
    assert_harmless(package(document))


def test_nothing_is_imported_that_one_type_for_all_makes_needless() -> None:
    document = answering({"type": "string", "format": "date"}, {})
    operation = document["paths"]["/a"]["get"]
    content = {"image/*": {}, "application/json": {"schema": {}}}
    operation["requestBody"] = {"content": content, "required": True}
    texts = package(document)
    assert_harmless(texts)
    assert "datetime" not in texts["client.py"]


def test_what_would_be_found() -> None:
    assert trees({"a.py": "x = 1"})
    with pytest.raises(AssertionError):
        assert_harmless({"a.py": "import os\nos.system('x')\n"})


def test_types_in_types_in_types() -> None:
    """Each is written once, however deep it stands."""
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(40):
        schema = {"type": "array", "items": schema}
    texts = package(description({"A": {"properties": {"p": schema}}}))
    assert "MutableSequence[" * 20 in "".join(texts["models/a.py"].split())


def test_a_file_among_the_properties_of_json() -> None:
    members = {"file": {"type": "string", "format": "binary"}, "note": {}}
    document = answering({})
    document["components"]["schemas"]["A"] = {"properties": members}
    content = {
        kind: {"schema": {"$ref": "#/components/schemas/A"}}
        for kind in ("application/json", "multipart/form-data")
    }
    operation = document["paths"]["/a"]["get"]
    document["paths"]["/a"]["post"] = {**operation, "requestBody": {"content": content}}
    document["paths"]["/a"]["post"]["operationId"] = "send"
    assert list(page_faults(documents(api_of(document)))) == []


def test_definitions_that_mention_the_next_one_more_than_once() -> None:
    """Written out in one another they would be longer than any file."""
    schemas: dict[str, Any] = {"S40": {"type": "string"}}
    for number in range(40):
        following = {"$ref": f"#/components/schemas/S{number + 1}"}
        union = {"oneOf": [following, {"type": "array", "items": following}]}
        schemas[f"S{number}"] = {"type": "object", "additionalProperties": union}
    document = answering({"$ref": "#/components/schemas/S0"})
    document["components"]["schemas"] = schemas
    texts = package(document)
    assert_harmless(texts)
    assert sum(map(len, texts.values())) < 200_000


def test_lists_of_lists_by_a_long_line_of_definitions() -> None:
    schemas: dict[str, Any] = {
        f"S{number}": {
            "type": "array",
            "items": {"$ref": f"#/components/schemas/S{number + 1}"},
        }
        for number in range(1500)
    }
    texts = package(description({**schemas, "S1500": {"type": "string"}}))
    assert "models/s0.py" in texts
