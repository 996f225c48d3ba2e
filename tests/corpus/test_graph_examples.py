"""The whole of Microsoft Graph: a sample of every type that its generated class takes,
and an example of every operation, in a bounded time."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from corpus.metadata import GRAPH
from corpus.packages import Package
from docs_examples import BASE_URL, Call, Examples, calls
from pace import at_most
from support import shared_data

from generator.config import Target
from generator.diagnostics import Diagnostics
from generator.emitters.docs.requests import PICTURES
from generator.emitters.samples import Purpose, Samples
from generator.model import Api, Struct
from generator.pipeline import load

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def api() -> Api:
    """Graph after all passes."""
    target = Target(name="graph", spec=(shared_data(GRAPH),), package="graph_v1")
    return load(target, Diagnostics())


@pytest.fixture(scope="module")
def every(api: Api) -> list[Call]:
    """Every operation, at the end of the shortest way to it."""
    return list(calls(api, 1))


def structs(api: Api) -> list[str]:
    return [id_ for id_, each in api.types.items() if isinstance(each, Struct)]


def test_every_sample_is_what_the_class_takes(api: Api, loaded: Package) -> None:
    samples = Samples(api)
    index: dict[str, str] = loaded.load("models._index").TYPES
    models = loaded.load("models")
    for id_ in structs(api):
        model: Any = getattr(models, index[id_].partition(":")[2])
        for purpose in Purpose:
            sample = samples.object(id_, purpose)
            text = json.dumps(sample, allow_nan=False)
            assert len(text) < 65536, id_
            assert model.from_dict(json.loads(text)).validate(partial=True) == [], id_


def test_what_is_made_has_what_is_required(api: Api) -> None:
    samples = Samples(api)
    for id_ in structs(api):
        made = samples.object(id_, Purpose.CREATE)
        members = samples.structure.members(samples.structure.concrete(id_))
        settable = [each for each in members.values() if not each.computed]
        assert {each.name for each in settable if each.required} <= set(made), id_


def test_all_samples_take_a_second_or_two(api: Api) -> None:
    with at_most(5):
        samples = Samples(api)
        for id_ in structs(api):
            for purpose in Purpose:
                samples.object(id_, purpose)


def test_every_operation_has_its_examples(api: Api, every: list[Call]) -> None:
    """The messages are whole, the programs are Python; the lines are as long as they
    may be, unless a name or a text alone is longer."""
    examples = Examples(api, "graph_v1")
    assert len(every) > 9000
    for call in every:
        for text in (examples.request(call), examples.response(call)):
            body = text.partition("\n\n")[2]
            assert len(text) < 65536, str(call)
            if body not in ("", "<binary data>"):
                json.loads(body)
        for is_async in (False, True):
            text = examples.snippet(call, is_async)
            tree = ast.parse(text)
            assert isinstance(tree.body[-1], ast.AsyncWith if is_async else ast.With)
            assert len(text) < 8192, str(call)


def test_all_examples_take_a_bounded_time(api: Api, every: list[Call]) -> None:
    with at_most(30):
        examples = Examples(api, "graph_v1")
        for call in every:
            examples.request(call)
            examples.response(call)
            examples.snippet(call, False)
            examples.snippet(call, True)


def differences(
    examples: Examples, call: Call, client_of: Any, sent: list[httpx.Request]
) -> Iterator[str]:
    """Run the Python example of a call; give what it sends that the other does not
    show."""
    text = examples.snippet(call, False).replace("with Client(", "with client_of(")
    code = compile(text, str(call), "exec")
    exec(code, {"credential": "token", "client_of": client_of})
    (request,) = sent
    head, _, body = examples.request(call).partition("\n\n")
    if head.split("\n")[0] != f"{request.method} {request.url}":
        yield f"{call}: {request.method} {request.url}"
    if body == "<binary data>" or not body:
        if request.content != b"content" * bool(body):
            yield f"{call}: {request.content!r}"
    elif json.loads(request.content) != json.loads(body):
        yield f"{call}: {request.content.decode()}"


def test_python_sends_what_the_http_example_shows(
    api: Api,
    every: list[Call],
    loaded: Package,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("content.bin", *(f"{word}.jpg" for word in PICTURES)):
        tmp_path.joinpath(name).write_bytes(b"content")
    examples = Examples(api, "graph_v1")
    sent: list[httpx.Request] = []
    answers: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        sent.append(request)
        head, _, body = answers[-1].partition("\n\n")
        line, *headers = head.split("\n")
        fields = dict(each.split(": ", 1) for each in headers)
        status = int(line.split(" ")[1])
        return httpx.Response(status, headers=fields, content=body.encode())

    found: list[str] = []
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        make = loaded.load().Client
        client_of = partial(make, base_url=BASE_URL, http_client=http)
        for call in every:
            answers.append(examples.response(call))
            sent.clear()
            found.extend(differences(examples, call, client_of, sent))
    assert found == []
