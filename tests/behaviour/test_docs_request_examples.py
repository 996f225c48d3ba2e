"""The examples of the documentation of services in plain HTTP: Python passes both
checkers in strict mode, runs, and sends what the HTTP example shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import black
import pytest
from corpus.checkers import mypy, pyright
from corpus.packages import Package, importable
from emitters.requests import LIBRARY, ZOO, Call, Examples, at, load
from server import Answer, Request, Server

from generator.emitters.python import Options, emit

ASYNC = (False, True)
FILES = ("picture.png", "photo.jpg", "content.bin")


@dataclass(frozen=True)
class Setting:
    """A package and its examples."""

    package: Package
    examples: Examples

    @property
    def calls(self) -> list[Call]:
        """Every operation."""
        return list(self.examples.calls())


@pytest.fixture(scope="module", params=[LIBRARY, ZOO], ids=["library", "zoo"])
def setting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Setting]:
    name = "library" if request.param is LIBRARY else "zoo"
    api = load(request.param)
    folder = tmp_path_factory.mktemp(name)
    for file in emit(api, Options(name)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    with importable(Package(folder, name, 0.0)) as package:
        yield Setting(package, Examples(api, name))


@pytest.mark.checkers
def test_python_passes_both_checkers(setting: Setting, tmp_path: Path) -> None:
    module = setting.package.folder / "examples" / "__init__.py"
    module.parent.mkdir()
    examples = setting.examples
    written = [
        examples.function(examples.snippet(call, is_async), f"f_{number}", is_async)
        for is_async in ASYNC
        for number, call in enumerate(setting.calls, len(setting.calls) * is_async)
    ]
    module.write_text("\n\n".join(written))
    assert mypy(setting.package.folder, ["examples"], tmp_path) == []
    assert pyright(setting.package.folder, ["examples"], tmp_path) == []


def test_black_would_change_no_python(setting: Setting) -> None:
    for call in setting.calls:
        for is_async in ASYNC:
            text = setting.examples.snippet(call, is_async)
            assert black.format_str(text, mode=black.Mode()) == text, str(call)


@pytest.mark.parametrize("is_async", ASYNC)
def test_python_sends_what_the_http_example_shows(
    setting: Setting,
    is_async: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        tmp_path.joinpath(name).write_bytes(b"content")
    answers: list[Answer] = []
    with Server(lambda _: answers.pop()) as server:
        for call in setting.calls:
            text = setting.examples.snippet(call, is_async)
            answers.append(answer(setting.examples.response(call)))
            run(setting.examples, text, is_async, server.url)
            sent = server.requests.pop()
            shown = setting.examples.request(call)
            compare(sent, shown, setting.examples.root(call))
            assert answers == server.requests == [], str(call)
            printed = bool(capsys.readouterr().out)
            assert printed is ("print(" in text), str(call)


def answer(response: str) -> Answer:
    """Read the HTTP example of an answer as one that the server gives."""
    head, _, body = response.partition("\n\n")
    _, status, *_ = head.split(" ")
    headers = dict(line.split(": ", 1) for line in head.split("\n")[1:])
    return int(status), headers, body


def run(examples: Examples, text: str, is_async: bool, home: str) -> None:
    """Run an example against a server."""
    space: dict[str, Any] = {}
    function = examples.function(at(text), "example", is_async)
    exec(compile(function, "example", "exec"), space)
    made = space["example"](**examples.arguments(home))
    if is_async:
        asyncio.run(made)


def compare(sent: Request, shown: str, root: str) -> None:
    """See that a request is what the HTTP example shows; keys in the query are not
    shown."""
    head, _, body = shown.partition("\n\n")
    line, *headers = head.split("\n")
    target = sent.target.replace("?api_key=key", "").replace("&api_key=key", "")
    assert line == f"{sent.method} {root}{target}"
    kind = sent.headers.get("content-type", "")
    for header in headers:
        name, value = header.split(": ", 1)
        if name != "Content-Type":
            assert sent.headers[name.lower()] == value, line
        else:
            assert kind.partition(";")[0] == value.partition(";")[0], line
    if "multipart" in kind:
        assert parts(sent) == body
    elif body == "<binary data>":
        assert sent.body == b"content", line
    elif kind == "application/x-www-form-urlencoded":
        assert parse_qsl(sent.body.decode()) == parse_qsl(body), line
    elif body:
        assert sent.json == json.loads(body), line
    else:
        assert sent.body == b"", line


def parts(sent: Request) -> str:
    """A multipart body as examples show it."""
    boundary = sent.headers["content-type"].partition("boundary=")[2]
    text = sent.body.decode().replace("\r\n", "\n").replace(boundary, "boundary")
    return text.replace("\n\ncontent\n", "\n\n<binary data>\n").strip()


def test_what_gives_something_shows_it_and_nothing_else_does(setting: Setting) -> None:
    for call in setting.calls:
        answers = [each for each in call.operation.responses if each.status != "404"]
        gives = any(each.type for each in answers if each.status[0] in "2d")
        text = setting.examples.snippet(call, False)
        assert ("print(" in text) is gives, str(call)


def test_credentials_are_those_of_the_first_way_to_sign_in(setting: Setting) -> None:
    made = {
        str(call): setting.examples.snippet(call, False).partition("with ")[2]
        for call in setting.calls
    }
    if setting.package.name == "library":
        assert made["items/list"].startswith("Client() as client:")
        assert made["items/add"].startswith("Client(credential) as client:")
    else:
        assert made["animals_add_photo"].startswith(
            'Client(credentials={"login": (user, password)}) as client:'
        )
        assert made["set_picture"].startswith(
            'Client(credentials={"app": app, "key": key}) as client:'
        )
        assert made["status"].startswith("Client() as client:")
