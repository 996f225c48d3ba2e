"""The operations in the OpenAPI documents of OData services: what they take, answer and
need."""

from __future__ import annotations

from typing import Any

import pytest
from emitters.openapi import SHED, ZOO, document, load, said, value

from generator.model import Grant, PathPermissions


def parameters(found: Any, path: str, method: str) -> dict[str, Any]:
    """What can be asked for, by name."""
    given = found["paths"][path][method].get("parameters", [])
    resolved = [
        (
            found["components"]["parameters"][each["$ref"].rpartition("/")[2]]
            if "$ref" in each
            else each
        )
        for each in given
    ]
    return {each["name"]: each for each in resolved}


def test_an_operation_has_an_id_that_depends_on_nothing_else() -> None:
    found = document()["paths"]
    assert found["/animals"]["get"]["operationId"] == "animals.list"
    assert found["/animals/{id}"]["patch"]["operationId"] == "animals.item.update"
    feed = found["/animals/{id}/ns.feed"]["post"]
    assert feed["operationId"] == "animals.item.ns.feed"
    shallow = document(depth=1)["paths"]
    for path, item in shallow.items():
        for method, operation in item.items():
            if method != "parameters":
                assert operation["operationId"] == found[path][method]["operationId"]


def test_query_options_are_those_that_are_taken() -> None:
    assert set(parameters(document(), "/animals", "get")) == {
        *("$top", "$skip", "$search", "$filter", "$count", "$orderby", "$select"),
        "$expand",
    }
    assert set(parameters(document(), "/star", "get")) == {"$select", "$expand"}
    restricted = ZOO + "".join(
        [
            said("self.C/animals", "FilterRestrictions", value("Filterable", False)),
            said("self.C/animals", "CountRestrictions", value("Countable", False)),
            said(
                "self.C/animals",
                "SortRestrictions",
                '<PropertyValue Property="NonSortableProperties"><Collection>'
                "<PropertyPath>name</PropertyPath></Collection></PropertyValue>",
            ),
        ]
    )
    found = parameters(document(load(restricted)), "/animals", "get")
    assert not {"$filter", "$count"} & set(found)
    names = found["$orderby"]["schema"]["items"]["enum"]
    assert "id desc" in names and "name" not in names and "home/street" in names


def test_what_may_be_selected_and_expanded_is_listed() -> None:
    found = parameters(document(), "/animals", "get")
    assert "mood" in found["$select"]["schema"]["items"]["enum"]
    assert found["$expand"]["schema"]["items"]["enum"] == ["*", "keeper", "young"]


def test_an_action_takes_its_parameters_in_the_body() -> None:
    body = document()["paths"]["/animals/{id}/ns.feed"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    assert schema["required"] == ["what"]
    assert set(schema["properties"]) == {"what", "where"}
    assert set(body["content"]["application/json"]["example"]) == {"what", "where"}


def test_a_function_takes_them_in_the_path_and_lists_behind_an_alias() -> None:
    path = "/animals/{id}/ns.near(who={who},among=@among)"
    item = document()["paths"][path]
    key, who = item["parameters"]
    assert (key["name"], who["name"]) == ("id", "who")
    assert who["schema"]["pattern"] == "^'([^']|'')*'$"
    (among,) = [each for each in item["get"]["parameters"]]
    assert (among["name"], among["in"]) == ("@among", "query")
    assert among["content"]["application/json"]["schema"]["type"] == "array"


def test_a_single_value_is_answered_in_an_object() -> None:
    answers = document()["paths"]["/animals/{id}/ns.bird/ns.fly"]["get"]["responses"]
    schema = answers["200"]["content"]["application/json"]["schema"]
    assert schema == {"type": "object", "properties": {"value": {"type": "boolean"}}}


def test_a_stream_is_read_and_written() -> None:
    item = document()["paths"]["/animals/{id}/photo"]
    content = item["get"]["responses"]["200"]["content"]
    assert content == {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    assert "requestBody" in item["put"]


def test_permissions_by_request_line_become_requirements() -> None:
    grants = {
        "/animals/{}": (
            Grant("Animals.Read", frozenset({"GET"}), ("Delegated",), frozenset()),
            Grant(
                "Animals.ReadBasic",
                frozenset({"GET"}),
                ("Delegated",),
                frozenset({"Delegated"}),
            ),
        )
    }
    api = load(path_permissions=PathPermissions(grants))
    found = document(api)
    assert found["paths"]["/animals/{id}"]["get"]["security"] == [
        {"Delegated": ["Animals.ReadBasic"]},
        {"Delegated": ["Animals.Read"]},
    ]
    assert "security" not in found["paths"]["/animals"]["get"]
    schemes = found["components"]["securitySchemes"]
    assert schemes == {"Delegated": {"type": "http", "scheme": "bearer"}}
    # 3.0 lets only some schemes name scopes
    older = document(api, version="3.0")["paths"]["/animals/{id}"]["get"]
    assert older["security"] == [{"Delegated": []}, {"Delegated": []}]


def test_what_permissions_are_listed_for_is_there_however_deep() -> None:
    deep = "/animals/{id}/young/{id_1}/young/{id_2}"
    assert deep not in document(depth=1)["paths"]
    grant = Grant("Animals.Read", frozenset({"GET"}), ("Delegated",))
    keys = ("/animals/{}/young/{}/young/{}", "/animals/{}/young/{}/photo")
    listed = PathPermissions({key: (grant,) for key in keys})
    paths = document(load(path_permissions=listed), depth=1)["paths"]
    assert set(paths[deep]) == {"parameters", "get"}
    assert set(paths["/animals/{id}/young/{id_1}/photo"]) == {"parameters", "get"}


@pytest.mark.parametrize("ms_extensions", [True, False])
def test_what_is_deprecated_says_why(ms_extensions: bool) -> None:
    found = document(load(SHED), ms_extensions=ms_extensions)
    names = found["paths"]["/tools/{id}/ns.names"]["get"]
    assert names["deprecated"] is True
    assert names["description"] == "All of them.\n\nUse near."
    assert names.get("x-ms-deprecation") == (
        {
            "removalDate": "2025-01-31",
            "date": "2024-04-10",
            "version": "2024-04/x",
            "description": "Use near.",
        }
        if ms_extensions
        else None
    )


def test_a_page_of_values_is_written_where_it_is_answered() -> None:
    found = document(load(SHED))
    answer = found["paths"]["/tools/{id}/ns.names"]["get"]["responses"]["200"]
    page = answer["content"]["application/json"]["schema"]["properties"]
    assert page["value"] == {"type": "array", "items": {"type": "string"}}
    assert "ns.tool-collection" in found["components"]["responses"]


def test_overloads_on_one_path_are_told_once() -> None:
    found = document(load(SHED))
    assert "parameters" not in found["paths"]["/tools/{id}/ns.cost"]["get"]
