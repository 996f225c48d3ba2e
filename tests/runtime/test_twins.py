"""The async verbs are the sync verbs: the same code, but for what is awaited."""

from __future__ import annotations

import ast
import inspect
import re
from typing import Any

import pytest

from generator.runtime import (
    aio,
    client,
    http_client,
    long_running,
    pages,
    resources,
    streams,
    uploads,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (client.SyncClient, client.AsyncClientBase),
        (http_client.HttpClient, http_client.AsyncHttpClient),
        (pages.Pages, pages.AsyncPages),
        (long_running.LongRunning, long_running.AsyncLongRunning),
        (streams.Download, streams.AsyncDownload),
        (uploads.LargeUpload, uploads.AsyncLargeUpload),
    ],
)
def test_what_has_a_twin_offers_the_same(one: type, other: type) -> None:
    renamed = {"aclose": "close", "__aenter__": "__enter__", "__aexit__": "__exit__"}
    renamed["__aiter__"] = "__iter__"
    functions = {
        renamed.get(name, name): list(inspect.signature(each).parameters)
        for name, each in vars(other).items()
        if inspect.isfunction(each)
    }
    assert functions == {
        name: list(inspect.signature(each).parameters)
        for name, each in vars(one).items()
        if inspect.isfunction(each)
    }


@pytest.mark.parametrize("base", [resources.Resource, aio.AsyncResource])
def test_a_place_is_no_sequence(base: type[Any]) -> None:
    class People(base):  # type: ignore[misc]
        def __getitem__(self, key: str) -> str:
            return key

    people = People.__new__(People)
    with pytest.raises(TypeError, match="not iterable"):
        iter(people)
    with pytest.raises(TypeError, match="not a container"):
        "1" in people  # noqa: B015


class Awaited(ast.NodeTransformer):
    """Takes out of an async module what makes it async."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        function = ast.FunctionDef(**{n: v for n, v in ast.iter_fields(node)})
        return self.generic_visit(function)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        node.names.sort(key=lambda alias: alias.name)
        return node

    def visit_Await(self, node: ast.Await) -> ast.AST:
        return self.visit(node.value)


def test_the_async_verbs_are_the_sync_ones_awaited() -> None:
    source = re.sub(r"\bAsync(?=[A-Z])", "", inspect.getsource(aio))
    tree = Awaited().visit(ast.parse(source.replace(".aio_transport", ".transport")))
    own = Awaited().visit(ast.parse(inspect.getsource(resources)))
    for module in (tree, own):
        del module.body[0]
    described = [
        sorted(ast.dump(statement) for statement in module.body)
        for module in (tree, own)
    ]
    assert described[0] == described[1]
