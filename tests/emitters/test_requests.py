"""Requests as the Python emitter writes them: names, signatures and descriptions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from emitters.building import sources, trees
from requests_api import NOTHING, answer, content, described, operation, parameter

from generator.emitters.python.names import Names
from generator.emitters.python.request_names import RequestNames
from generator.model import Api

TEXT = {"type": "string"}


def document(paths: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "paths": paths,
        **more,
    }


def get(name: str, *parameters: Any, **more: Any) -> dict[str, Any]:
    return {"get": operation(name, *parameters, **more)}


def named(api: Api) -> dict[str, str]:
    """Methods by operation id, with the attribute of their tag before them."""
    names = RequestNames(api, Names(api))
    found = {each.id: names.method(each) for each in api.operations}
    for resource in api.resources.values():
        tag = names.tag_attribute(resource)
        found |= {o.id: f"{tag}.{names.method(o)}" for o in resource.operations}
    return found


@pytest.mark.parametrize(
    ("tag", "name", "method"),
    [
        ("repos", "repos/get", "repos.get"),
        ("Users", "Users_List", "users.list"),
        ("code-scanning", "code-scanning/list-alerts", "code_scanning.list_alerts"),
        ("users.user", "users.user.GetUser", "users_user.get_user"),
        ("pets", "listPets", "pets.list_pets"),
        ("pets", "pets", "pets.pets"),
        ("class", "class/import", "class_.import_"),
        ("close", "close/with_options", "close_.with_options_"),
        ("", "listPets", "list_pets"),
        ("", "close", "close_"),
    ],
)
def test_methods_are_named_without_their_tag(tag: str, name: str, method: str) -> None:
    api = described(document({"/": get(name, tag=tag)}))
    assert named(api) == {name: method}


def test_methods_of_operations_without_a_name() -> None:
    paths = {
        "/users/{id}/posts/{post-id}.json": {
            "parameters": [parameter("id", "path"), parameter("post-id", "path")],
            "get": {"responses": NOTHING},
            "delete": {"responses": NOTHING, "tags": ["posts"]},
        }
    }
    assert sorted(named(described(document(paths))).values()) == [
        "get_users_by_id_posts_json_by_post_id",
        "posts.delete_users_by_id_posts_json_by_post_id",
    ]


def test_methods_of_one_name_are_told_apart() -> None:
    paths = {"/a": get("pets/get", tag="pets"), "/b": get("get", tag="pets")}
    found = named(described(document(paths)))
    assert found == {"get": "pets.get", "pets/get": "pets.pets_get"}


def test_methods_that_differ_in_case_alone_send_what_is_theirs() -> None:
    paths = {"/one": get("a-b"), "/two": get("a_B"), "/three": get("_of_a_b")}
    texts = sources(described(document(paths)))
    (tree,) = (t for p, t in trees(texts).items() if p == "resources/pets.py")
    sent: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], ast.Call(args=[_, path, *_])):
                assert name not in sent
                sent[name] = ast.literal_eval(path)
    calls = {
        node.name: sent[ast.unparse(call.args[0])]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
    }
    assert calls == {"a_b": "/one", "a_B": "/two", "of_a_b": "/three"}


def test_names_do_not_depend_on_the_order_or_the_slice() -> None:
    paths = {"/a": get("pets/get", tag="pets"), "/b": get("get", tag="pets")}
    api = described(document(paths))
    turned = described(document(dict(reversed(paths.items()))))
    assert named(api) == named(turned)
    resource = api.resources["#pets"]
    slim = replace(resource, operations=resource.operations[:1])
    cut = replace(api, resources={slim.id: slim})
    assert named(cut).items() <= named(api).items()


def test_a_tag_does_not_take_the_name_of_a_type() -> None:
    schemas = {"PetsResource": {"type": "object", "properties": {"a": TEXT}}}
    paths = {
        "/": get(
            "list", responses=answer({"$ref": "#/components/schemas/PetsResource"})
        )
    }
    texts = sources(described(document(paths, components={"schemas": schemas})))
    assert "class PetsOperations(Requests):" in texts["resources/pets.py"]


def test_tags_that_are_one_word_have_classes_and_modules_of_their_own() -> None:
    tags = ("pets", "Pets", "pets!", "pets?")
    paths = {f"/{at}": get(f"list{at}", tag=tag) for at, tag in enumerate(tags)}
    api = described(document(paths))
    names = RequestNames(api, Names(api))
    resources = list(api.resources.values())
    classes = [names.tag_class(each) for each in resources]
    assert len({*classes, *(f"Async{each}" for each in classes)}) == 8
    known = {"PetsResource", "PetsOperations", "PetsResource_", "PetsResource__"}
    assert set(classes) == known
    modules = {names.tag_module(each).casefold() for each in resources}
    assert len(modules) == len({names.tag_attribute(each) for each in resources}) == 4


def test_modules_of_tags_that_are_devices_are_told_apart() -> None:
    """`con` cannot be a file on Windows, so that its module is called con_."""
    paths = {"/a": get("a", tag="con"), "/b": get("b", tag="con_")}
    api = described(document(paths))
    names = RequestNames(api, Names(api))
    modules = [names.tag_module(each) for each in api.resources.values()]
    assert sorted(modules) == ["con_", "con__"]


def test_parameters_of_one_name_are_told_apart() -> None:
    parameters = [
        parameter("id", place) for place in ("header", "query", "path", "cookie")
    ]
    texts = sources(described(document({"/{id}": get("get", *parameters, tag="")})))
    head = "def get(\n        self,\n        id: str,\n        *,"
    assert head in texts["client.py"]
    for name in ("id_header", "id_query", "id_cookie"):
        assert f"        {name}: str = UNSET,\n" in texts["client.py"]


def test_a_body_with_a_property_of_a_parameters_name_is_a_value() -> None:
    body = {"requestBody": content({"type": "object", "properties": {"id": TEXT}})}
    paths = {"/{id}": get("get", parameter("id", "path"), tag="", **body)}
    text = sources(described(document(paths)))["client.py"]
    assert "def get(self, id: str, body: GetRequest = UNSET) -> None:" in text
    assert "@overload" not in text


def test_a_body_is_called_by_what_none_of_its_properties_is() -> None:
    def head(*properties: str) -> str:
        given = {"type": "object", "properties": dict.fromkeys(properties, TEXT)}
        paths = {"/": get("set", tag="", requestBody=content(given))}
        text = sources(described(document(paths)))["client.py"]
        return text[text.index("def set(") :]

    assert "self, body: SetRequest = UNSET" in head("a")
    assert "self, request_body: SetRequest = UNSET" in head("body")
    assert "self, whole_request_body: SetRequest" in head("body", "request_body")
    taken = head("body", "request_body", "whole_request_body")
    assert taken.startswith("def set(self, body: SetRequest = UNSET) -> None:")


@pytest.mark.parametrize(
    ("responses", "returns"),
    [
        (NOTHING, "None"),
        ({**answer(TEXT), **NOTHING}, "str | None"),
        ({**answer(TEXT), **answer({"type": "integer"}, status="201")}, "str | int"),
        (answer(TEXT, "text/plain"), "str"),
        (answer({"type": "object"}, "application/xml"), "str"),
        (answer({}, "application/pdf"), "bytes"),
        (answer({"type": ["string", "null"]}), "str | None"),
        (answer({"type": "array", "items": TEXT}), "MutableSequence[str]"),
        ({"302": {"description": "on"}}, "bytes"),
        (answer(TEXT, status="default"), "str"),
        ({"404": {"description": "none"}}, "None"),
        ({**answer({}, "text/csv"), **answer({}, "text/css", "201")}, "str"),
        (
            {
                "200": {
                    "description": "",
                    "content": {
                        "text/csv": {"schema": TEXT},
                        "application/json": {"schema": {"type": "integer"}},
                    },
                }
            },
            "int",
        ),
    ],
)
def test_results(responses: Any, returns: str) -> None:
    paths = {"/": get("get", tag="", responses=responses)}
    assert (
        f"def get(self) -> {returns}:"
        in sources(described(document(paths)))["client.py"]
    )


HOSTILE = '"""\n\'; import os; os.system("x") #{}\\ \u202e'


def test_hostile_text_stays_text() -> None:
    scheme = {"type": "apiKey", "in": "header", "name": HOSTILE}
    paths = {
        f"/{HOSTILE.replace('{}', '')}/{{a b}}": {
            "post": operation(
                HOSTILE,
                parameter("a b", "path"),
                parameter(HOSTILE, "query", description=HOSTILE),
                tag=HOSTILE,
                responses=answer(TEXT, 'text/plain; x="y"'),
                requestBody=content(
                    {"type": "object", "properties": {HOSTILE: TEXT}}, "multipart/x"
                ),
                security=[{"x": [HOSTILE]}],
                servers=[{"url": f"https://x/{HOSTILE}"}],
            )
        }
    }
    api = described(document(paths, components={"securitySchemes": {"x": scheme}}))
    texts = sources(api)
    for tree in trees(texts).values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names]
                assert "os" not in names
            if isinstance(node, ast.Name):
                assert node.id != "os"
    assert not any("\u202e" in text for text in texts.values())
