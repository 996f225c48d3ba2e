"""The async verbs are the sync verbs: same classes, same methods, same parameters."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from generator.runtime import aio, client, long_running, pages, resources


def described(module: Any, prefix: str) -> dict[str, dict[str, list[str]]]:
    """Give the methods of the classes a module defines, without what makes them twins."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, cls in vars(module).items():
        if inspect.isclass(cls) and cls.__module__ == module.__name__:
            if prefix and not name.startswith(prefix):
                continue
            found[name.removeprefix(prefix)] = {
                method: list(inspect.signature(function).parameters)
                for method, function in vars(cls).items()
                if inspect.isfunction(function)
            }
    return found


def test_verbs_are_twins() -> None:
    sync = described(resources, "")
    assert len(sync) > 10
    assert described(aio, "Async") == sync


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (client.SyncClient, client.AsyncClientBase),
        (pages.Pages, pages.AsyncPages),
        (long_running.LongRunning, long_running.AsyncLongRunning),
    ],
)
def test_clients_and_pages_are_twins(one: type, other: type) -> None:
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
