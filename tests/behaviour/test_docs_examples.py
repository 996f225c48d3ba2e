"""The examples of the documentation: Python passes both checkers in strict mode, runs,
and sends what the HTTP example shows.

So it is for the bundled spec, and for one that has everything the model knows.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import black
import pytest
from corpus.checkers import mypy, pyright
from corpus.packages import Package, importable
from docs_examples import BASE_URL, Call, Examples, bundled, calls, function
from emitters.building import EVERYTHING
from emitters.building import load as load_text
from server import Answer, Request, Server

from generator.emitters.python import Options, emit
from generator.model import Api

ASYNC = (False, True)


@dataclass(frozen=True)
class Setting:
    """An Api, its package, and its examples."""

    api: Api
    package: Package
    examples: Examples

    @property
    def calls(self) -> list[Call]:
        """Every operation, at the end of the shortest way to it."""
        return list(calls(self.api, 1))


@pytest.fixture(scope="module", params=["graph_qrpin", "everything"])
def setting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Setting]:
    name = request.param
    api = bundled() if name == "graph_qrpin" else load_text(EVERYTHING)
    folder = tmp_path_factory.mktemp(name)
    for file in emit(api, Options(name, BASE_URL)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    with importable(Package(folder, name, 0.0)) as package:
        yield Setting(api, package, Examples(api, name))


@pytest.mark.checkers
def test_python_passes_both_checkers(setting: Setting, tmp_path: Path) -> None:
    module = setting.package.folder / "examples" / "__init__.py"
    module.parent.mkdir()
    written = [
        function(setting.examples.snippet(call, is_async), f"f_{number}", is_async)
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


def answer(response: str, home: str) -> Answer:
    """Read the HTTP example of an answer as one that the server gives."""
    head, _, body = response.partition("\n\n")
    _, status, *_ = head.split(" ")
    headers = dict(line.split(": ", 1) for line in head.split("\n")[1:])
    return int(status), headers, body.replace(BASE_URL, home)


def run(
    text: str, package: Package, is_async: bool, home: str, known: bool = True
) -> None:
    """Run an example against a server, of which the package knows or not."""
    top: Any = package.load()
    for client in (top.Client, top.AsyncClient):
        client._base_url = home if known else ""
    space: dict[str, Any] = {}
    exec(compile(function(text, "example", is_async), "example", "exec"), space)
    if is_async:
        assert inspect.iscoroutinefunction(space["example"])
        asyncio.run(space["example"]("token", home))
    else:
        space["example"]("token", home)


@pytest.mark.parametrize("is_async", ASYNC)
def test_python_sends_what_the_http_example_shows(
    setting: Setting,
    is_async: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("content.bin", "photo.jpg"):
        tmp_path.joinpath(name).write_bytes(b"content")
    answers: list[Answer] = []
    with Server(lambda _: answers.pop()) as server:
        for call in setting.calls:
            text = setting.examples.snippet(call, is_async)
            answers.append(answer(setting.examples.response(call), server.url))
            run(text, setting.package, is_async, server.url)
            shown = setting.examples.request(call).replace(BASE_URL, server.url)
            compare(server.requests.pop(), shown, server.url)
            assert answers == server.requests == [], str(call)
            printed = bool(capsys.readouterr().out)
            assert printed is ("print(" in text), str(call)


@pytest.mark.parametrize("is_async", ASYNC)
def test_the_address_is_given_where_the_package_has_none(
    setting: Setting, is_async: bool
) -> None:
    call = next(call for call in setting.calls if call.operation.kind == "list")
    examples = Examples(setting.api, setting.package.name, needs_root=True)
    text = examples.snippet(call, is_async)
    with Server(lambda _: (200, {}, '{"value": []}')) as server:
        run(text, setting.package, is_async, server.url, known=False)
        assert [each.method for each in server.requests] == ["GET"]


def compare(sent: Request, shown: str, home: str) -> None:
    """See that a request is what the HTTP example shows."""
    head, _, body = shown.partition("\n\n")
    line, *headers = head.split("\n")
    assert line == f"{sent.method} {home}{sent.target}"
    for header in headers:
        name, value = header.split(": ", 1)
        assert sent.headers[name.lower()] == value, line
    if body == "<binary data>":
        assert sent.body == b"content", line
    elif body:
        assert sent.json == json.loads(body), line
    else:
        assert sent.body == b"", line


SILENT = {"update", "replace", "delete", "upload"}


def test_what_gives_something_shows_it_and_nothing_else_does(setting: Setting) -> None:
    for call in setting.calls:
        kind, result = call.operation.kind, call.operation.result
        silent = kind in SILENT or kind.endswith("reference")
        if kind in ("action", "function"):
            silent = result is None or result.type is None
        text = setting.examples.snippet(call, False)
        assert ("print(" in text) is not silent, str(call)
