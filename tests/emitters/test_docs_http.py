"""HTTP examples: requests and answers as messages, hostile specs included."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from docs_examples import BASE_URL, Call, Examples, bundled, calls
from emitters.building import EVERYTHING, load
from emitters.random_apis import apis
from emitters.test_code import is_hidden
from emitters.test_hostile import HOSTILE
from hypothesis import given, settings

from generator.emitters.docs.http import HttpExamples, json_text
from generator.emitters.samples import Samples
from generator.model import Api

BUNDLED = bundled()
EXAMPLES = Examples(BUNDLED, "graph_qrpin")


def call(operation: str, resource: str, path: str = "") -> Call:
    """Find an operation at a place, on the shortest way that holds `path`."""
    return next(
        each
        for each in calls(BUNDLED, 5)
        if each.operation.name.endswith(operation)
        and each.resource is not None
        and each.resource.id.partition("@")[0] == f"microsoft.graph.{resource}"
        and path in str(each)
    )


def test_the_worked_example() -> None:
    create = call("create", "qrPin", "/me/")
    assert EXAMPLES.request(create) == (
        "POST https://service.example/v1/me/authentication/qrCodePinMethod/pin\n"
        "Content-Type: application/json\n"
        "\n"
        "{\n"
        '  "code": "64726927",\n'
        '  "forceChangePinNextSignIn": true\n'
        "}"
    )
    head, _, body = EXAMPLES.response(create).partition("\n\n")
    assert head == "HTTP/1.1 201 Created\nContent-Type: application/json"
    made = json.loads(body)
    assert made["code"] == "64726927"
    assert list(made)[0] == "id"


def test_what_is_done_without_an_answer() -> None:
    for done in (call("update", "qrPin"), call("delete", "qrPin")):
        assert EXAMPLES.response(done) == "HTTP/1.1 204 No Content"
    assert EXAMPLES.request(call("delete", "qrPin")).count("\n") == 0


def test_a_list_has_what_was_selected_of_one_item() -> None:
    users = call("list", "user[]")
    query = urlsplit(EXAMPLES.request(users).removeprefix("GET ")).query
    assert query == (
        "$filter=department%20eq%20'Sales'&$select=id,displayName,userPrincipalName"
    )
    (user,) = json.loads(EXAMPLES.response(users).partition("\n\n")[2])["value"]
    assert list(user) == ["id", "displayName", "userPrincipalName"]


def test_what_a_place_refuses_is_not_asked_for() -> None:
    methods = call("list", "authenticationMethod[]")
    assert methods.resource is not None and methods.resource.refusals
    assert "?" not in EXAMPLES.request(methods)


def test_changes_end_with_a_link() -> None:
    changes = call("delta", "user[]")
    body = json.loads(EXAMPLES.response(changes).partition("\n\n")[2])
    assert body["@odata.deltaLink"].startswith(f"{BASE_URL}/users/delta()?$deltatoken=")


def test_a_reference_leads_to_where_the_object_lives() -> None:
    body = EXAMPLES.request(call("set-reference", "directoryObject")).partition("\n\n")[
        2
    ]
    link = json.loads(body)["@odata.id"]
    assert re.fullmatch(rf"{BASE_URL}/directoryObjects/[0-9a-f-]{{36}}", link)


def test_streams_are_no_text() -> None:
    download = call("download", "profilePhoto")
    upload = call("upload", "profilePhoto")
    assert EXAMPLES.response(download).endswith(
        "Content-Type: image/jpeg\n\n<binary data>"
    )
    assert EXAMPLES.request(upload).endswith(
        "Content-Type: image/jpeg\n\n<binary data>"
    )


def test_keys_stand_as_the_service_wants_them() -> None:
    everything = load(EVERYTHING)
    examples = Examples(everything, "zoo")
    eggs = [
        each
        for each in calls(everything)
        if each.resource and each.resource.id == "ns.egg"
    ]
    lines = {examples.request(each).split("\n")[0] for each in eggs}
    assert f"GET {BASE_URL}/eggs(nest='Nest',number=15)" in lines


def test_a_place_that_needs_the_state_is_told_it() -> None:
    everything = load(EVERYTHING)
    examples = Examples(everything, "zoo")
    reads, updates = (
        next(
            each
            for each in calls(everything)
            if each.resource
            and each.resource.id == "ns.egg"
            and each.operation.name == name
        )
        for name in ("read", "update")
    )
    etag = json.loads(examples.response(reads).partition("\n\n")[2])["@odata.etag"]
    assert f"If-Match: {etag}" in examples.request(updates).split("\n")


def test_json_hides_nothing() -> None:
    assert json_text({"größe": 1}) == '{\n  "größe": 1\n}'
    assert json_text("a\u202eb\ud800") == '"a\\u202eb\\ud800"'


def harmless(text: str) -> None:
    assert not any(is_hidden(character) for character in text.replace("\n", ""))
    head, _, body = text.partition("\n\n")
    first, *headers = head.split("\n")
    assert re.fullmatch(r"[A-Z]+ \S+|HTTP/1\.1 \d+ [\w -]+", first, re.ASCII), first
    for header in headers:
        assert ": " in header
    if body not in ("", "<binary data>"):
        json.loads(body)


@given(apis(HOSTILE))
@settings(max_examples=60)
def test_hostile_text_stays_where_it_belongs(api: Api) -> None:
    examples = Examples(api, "hostile")
    for each in calls(api, 1):
        harmless(examples.request(each))
        harmless(examples.response(each))


@pytest.mark.parametrize("base_url", ["https://x.example/", "https://x.example"])
def test_a_base_url_may_end_with_a_slash(base_url: str) -> None:
    read = call("read", "user", "/me")
    examples = HttpExamples(BUNDLED, Samples(BUNDLED), base_url)
    text = examples.request(read.resource, read.operation, read.way)
    assert text == "GET https://x.example/me"
