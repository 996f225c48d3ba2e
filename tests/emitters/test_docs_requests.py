"""The documents of services in plain HTTP as a whole: which pages there are, what they
say, and that all is well with them whatever a description says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from emitters.documents import documents, faults, site
from emitters.kinds import every_kind
from emitters.random_apis import apis
from emitters.reading import MARKDOWN, Page, read, shown
from emitters.requests import LIBRARY, ZOO, load, load_text
from emitters.test_docs import HOSTILE
from emitters.test_docs_markdown import texts
from emitters.test_hostile import WORDS
from hypothesis import given, settings

from generator.emitters.docs import Options
from generator.emitters.docs.plain_http.site import HttpSite
from generator.model import (
    AnyType,
    Api,
    Doc,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Protocol,
    Scalar,
    ScalarKind as Kind,
    StreamType,
    TypeRef,
    UnionOf,
)
from generator.passes.catalogue import with_catalogue


@cache
def zoo() -> Mapping[str, str]:
    return documents(load(ZOO))


@cache
def library() -> Mapping[str, str]:
    return documents(load(LIBRARY))


def page(name: str) -> Page:
    return read(zoo()[f"docs/{name}.md"])


def text_of(name: str) -> str:
    """A page as it is read, but for what stands in tables and blocks."""
    tokens = MARKDOWN.parse(zoo()[f"docs/{name}.md"])
    return "\n".join(shown(each) for each in tokens if each.type == "inline")


def rows(name: str) -> dict[str, list[str]]:
    """The rows of all tables of a page by their first cells."""
    return {row[0]: row[1:] for row in page(name).rows}


@pytest.mark.parametrize("files", [zoo, library])
def test_all_is_well_with_a_page_of_every_kind(files: Any) -> None:
    assert list(faults(files())) == []


@pytest.mark.checkers
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    for path, text in zoo().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert site(tmp_path, tmp_path / "out") == ""


def test_a_page_for_each_operation_tag_and_type() -> None:
    names = {path.removeprefix("docs/") for path in zoo() if path[-3:] == ".md"}
    assert {
        *("api/animals-list.md", "api/animals-add.md", "api/animals-add-photo.md"),
        *("api/the-keepers-set-picture.md", "api/post-report.md", "api/status.md"),
        *("tags/animals.md", "tags/the-keepers.md", "enums/kind.md", "enums/size.md"),
        *("resources/animal.md", "resources/meal.md", "resources/query.md"),
        *("resources/label.md", "index.md", "glossary.md", "security.md"),
    } <= names
    assert "permissions.md" not in names


def test_an_operation_is_called_as_the_source_calls_it() -> None:
    assert page("api/animals-list").headings[0] == "# List animals"
    assert page("api/animals-get").headings[0] == "# Animals get"
    assert page("api/post-report").headings[0] == "# Ask for a report"
    text = documents(
        load_text(
            "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {/a: {get: {responses: {}}}}"
        )
    )
    assert read(text["docs/api/get-a.md"]).headings[0] == "# GET /a"


def test_each_way_to_sign_in_is_a_row() -> None:
    table = rows("api/animals-add")
    assert table["token"] == [
        "OAuth 2.0: Authorization: Bearer {token}",
        "animals.read",
    ]
    assert table["app and key"][0] == (
        "A key in the header X-App; A key in the query parameter api_key"
    )
    assert table["login"][0].startswith("User name and password")
    assert "## Security" not in zoo()["docs/api/animals-list.md"]
    assert rows("api/animals-add")["X-App"] == ["string", "For app."]


def test_request_lines_have_the_address_of_every_server() -> None:
    lines = page("api/animals-get").fences[0][1].splitlines()
    assert lines == [
        "GET https://{place}.zoo.example/{version}/animals/{id}",
        "GET https://test.zoo.example/v2/animals/{id}",
    ]
    assert "GET https://status.zoo.example/status" in zoo()["docs/api/status.md"]
    given = documents(load(ZOO), base_url="https://mine.example/")
    assert (
        "\nGET https://mine.example/animals/{id}\n" in given["docs/api/animals-get.md"]
    )


def test_parameters_have_types_limits_defaults_and_manners() -> None:
    table = rows("api/animals-list")
    assert table["page size"] == [
        "integer (int32)",
        "How many at once. At least 1. At most 100. Example: 20. Required.",
    ]
    assert "Each property is written as born[property]=value." in table["born"][1]
    assert "Several values stand with commas between them." in table["near"][1]
    assert "Written as application/json." in table["filter"][1]
    assert table["sort"][1].endswith("Optional. Deprecated")
    assert "Default: name." in table["sort"][1]
    assert table["session"] == ["string", "Required."]


def test_a_body_has_only_what_can_be_written() -> None:
    table = rows("api/animals-add")
    assert "id" not in table and "secret" in table
    assert table["name"] == ["string", "At least 1 characters. Required."]
    assert list(table).index("name") < list(table).index("secret")
    assert "kind tells the type: bird for bird, cat for cat." in text_of(
        "api/animals-add"
    )


def test_each_media_type_of_a_body_has_its_part() -> None:
    text = zoo()["docs/api/animals-feed.md"]
    assert "### As `application/json`" in text
    assert "### As `application/x-www-form-urlencoded`" in text
    assert "Sent as image/jpeg." in rows("api/animals-add-photo")["photo"][1]


def test_answers_and_errors_are_told_by_status() -> None:
    table = rows("api/animals-list")
    assert table["200 OK"] == ["string (text/csv)", "The animals."]
    assert table["404 Not Found"] == [
        *("NotFound", "fault", "No animal | <b>at all</b>"),
    ]
    assert table["4XX"][0] == "ApiError" and table["any other"][0] == "ApiError"
    assert table["Link"] == ["string", ""]
    assert rows("api/the-keepers-set-picture")["any other"][0] == "string (text/plain)"


def test_the_examples_of_the_source_win() -> None:
    text = zoo()["docs/api/animals-add.md"]
    assert '"name": "Tom"' in text and 'Cat(name="Tom", kind=Kind.CAT, lives=8)' in text
    assert '"name": 1' not in text
    assert '"name": "Minka"' in zoo()["docs/api/animals-list.md"]
    assert "page%20size=20" in zoo()["docs/api/animals-list.md"]
    assert "/animals/7" in zoo()["docs/api/animals-get.md"]


def test_examples_of_json_are_json() -> None:
    for path, text in zoo().items():
        for info, block in read(text).fences if path.endswith(".md") else ():
            body = block if info == "json" else block.partition("\n\n")[2]
            if info == "json" or body.startswith(("{", "[")):
                json.loads(body)


def test_types_say_what_they_are_made_of() -> None:
    table = rows("resources/animal")
    assert table["id"] == ["integer", "Its number. Read-only."]
    assert table["mother"] == ["animal", "May be null."]
    assert table["notes"][0] == "map of array of string"
    assert rows("resources/cat")["name"][1].endswith("Inherited from animal.")
    assert (
        "It may have more properties, of any name and of the type integer."
        in text_of("resources/fish")
    )
    assert "A value of exactly one of these types:" in text_of("resources/meal")
    assert "Another name for string." in text_of("resources/label")
    assert "At most 8 characters." in text_of("resources/label")
    assert "../diagrams/animal.svg" in page("resources/animal").pictures
    assert text_of("resources/bird").count("Deprecated") == 1


def test_numbers_of_enumerations_have_names() -> None:
    assert rows("enums/size")["2"] == ["middling", ""]
    assert rows("enums/kind")["cat"] == [""]


def test_descriptions_are_commonmark() -> None:
    text = zoo()["docs/api/animals-list.md"]
    assert "``` text\nGET /animals?kind=cat\n```" in text
    assert "**Order**\n\n1. By *name*.\n2. By **age**.\n\n> **Note:** Dead" in text


def test_the_index_names_servers_tags_and_whom_to_ask() -> None:
    text = zoo()["docs/index.md"]
    assert (
        "mailto:keepers@zoo.example" in text and "https://zoo.example/license" in text
    )
    table = rows("index")
    assert table["place"] == ["north, south", "Which of the two. Default: north."]
    assert table["animals"][0] == "6"
    assert table["Ask for a report"] == ["POST /report"]


def test_security_names_every_scheme_and_scope() -> None:
    table = rows("security")
    assert table["certificate"][0] == "A client certificate (mutual TLS)"
    assert "List animals" not in table
    assert table["Add an animal"] == ["token (animals.read); or app and key; or login"]
    assert "### animals.write" in page("security").headings


def test_an_operation_of_two_tags_is_on_both_pages() -> None:
    for tag in ("animals", "the-keepers"):
        assert "../api/animals-list.md" in page(f"tags/{tag}").links


def test_changes_have_a_page() -> None:
    files = documents(load(ZOO), changes="## 2.0\n\nMore animals.")
    assert "More animals." in files["docs/changelog.md"]
    assert "(changelog.md)" in files["docs/index.md"]


def test_a_description_that_says_next_to_nothing() -> None:
    api = Api(name="Nothing", protocol=Protocol.HTTP)
    assert list(faults(documents(with_catalogue(api)))) == []


# --- hostile text

_TEXTS = {
    "summary",
    "description",
    "title",
    "label",
    "terms_of_service",
    "bearer_format",
}
_TEXTS |= {"email", "url", "authorization_url", "token_url", "default"}


def told(value: Any, text: str) -> Any:
    """Put a text in the place of everything that a description says in words."""
    if isinstance(value, tuple):
        return tuple(told(each, text) for each in value)
    if isinstance(value, dict):
        return {key: told(each, text) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        each.name: (
            text if each.name in _TEXTS else told(getattr(value, each.name), text)
        )
        for each in fields(value)
        if each.name in _TEXTS or not isinstance(getattr(value, each.name), str)
    }
    return replace(value, **changes)


@given(texts)
@settings(max_examples=40)
def test_hostile_text_in_every_place(text: str) -> None:
    api = told(load(ZOO), text)
    assert list(faults(documents(api, title=text, version=text))) == []


@given(apis(HOSTILE, every=True))
@settings(max_examples=60)
def test_types_of_every_kind_whatever_they_are_called(api: Api) -> None:
    bare = Api(name=api.name, protocol=Protocol.HTTP, types=api.types, doc=api.doc)
    assert list(faults(documents(with_catalogue(bare)))) == []


def test_types_of_every_kind() -> None:
    for protocol in Protocol:
        assert list(faults(documents(every_kind(protocol)))) == []


@pytest.mark.parametrize(
    "word", [*WORDS, "|x|", "`", "<b>", "# x", "[a](b)", "{{ x }}"]
)
def test_a_hostile_word_as_a_name(word: str) -> None:
    name = word.strip() or "x"
    schema = {
        "type": "object",
        "properties": {name: {"enum": [name, "other"]}},
        "required": [name],
    }
    operation = {
        "tags": [name],
        "operationId": name,
        "parameters": [{"name": name, "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": name}},
        "security": [{name: [name]}],
    }
    described = {
        "openapi": "3.1.0",
        "info": {"title": name, "version": name},
        "servers": [{"url": f"https://x.example/{name}"}],
        "paths": {"/a": {"post": operation}},
        "components": {
            "securitySchemes": {name: {"type": "apiKey", "in": "header", "name": name}}
        },
    }
    api = load_text(yaml.safe_dump(described, allow_unicode=True))
    assert list(faults(documents(api))) == []


def test_texts_are_those_of_the_source() -> None:
    api = told(load(ZOO), "Ordinary.")
    assert all(
        tag.doc == Doc(*["Ordinary."] * 2, title="Ordinary.") for tag in api.tags
    )


# --- what is rarely described


@pytest.mark.parametrize(
    ("ref", "words", "text"),
    [
        (Scalar(Kind.STRING), "string", "string"),
        (Scalar(Kind.STRING, "uri"), "string (uri)", "string (uri)"),
        (Named("fish"), "fish", "[fish](../resources/fish.md)"),
        (
            ListOf(Named("fish")),
            "array of fish",
            "array of [fish](../resources/fish.md)",
        ),
        (MapOf(AnyType()), "map of any", "map of any"),
        (
            ListOf(UnionOf((LiteralType("1"), AnyType(), StreamType()))),
            "array of 1 or any or bytes",
            "array of (`1`, any or bytes)",
        ),
        (UnionOf(()), "", ""),
        (UnionOf((AnyType(),)), "any", "any"),
    ],
)
def test_types_in_words(ref: TypeRef, words: str, text: str) -> None:
    here = HttpSite(load(ZOO), Options("docs", "made"))
    assert (here.type_word(ref), here.type_text(ref)) == (words, text)
