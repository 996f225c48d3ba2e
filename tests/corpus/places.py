"""Driving generated places: where their attributes lead and what their methods send.

A client is given a transport that records a request and sends nothing. Every argument
is a text, the Python name of its parameter, so that the request tells which parameter
was sent under which wire name.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx
from corpus.packages import Package

HERE = "/here"
OF_MANY = {"Listable", "Countable", "ReferenceCollection"}


class Sent(Exception):
    """Carries a request from the transport to who caused it; nothing answers."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(str(request.url))
        self.request = request


def _record(request: httpx.Request) -> httpx.Response:
    raise Sent(request)


RECORDING = httpx.MockTransport(_record)


@dataclass(frozen=True)
class Called:
    """What a method does: the request's method ("" if it leads to a place), the last
    segment of its path, and the Python name sent under each wire name."""

    method: str
    segment: str
    parameters: dict[str, str]
    place: Any = None

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments that were given, by their Python names."""
        return {name: name for name in self.parameters.values()}


@dataclass(frozen=True)
class Pair:
    """The clients of a package, both with the recording transport."""

    sync: Any
    twin: Any

    def of(self, cls: type) -> Any:
        """The client from which a class takes its places."""
        return self.twin if cls.__name__.startswith("Async") else self.sync


def clients(package: Package, transport: httpx.MockTransport = RECORDING) -> Pair:
    """Make the clients of an importable package."""
    module = package.load()
    url = "https://service.test"
    return Pair(
        module.Client(base_url=url, transport=transport),
        module.AsyncClient(base_url=url, transport=transport),
    )


def place_classes(package: Package) -> list[type]:
    """All places, sync and async; not the bases that hold what several have alike."""
    resource = package.load("_runtime.resources").Resource
    twin = package.load("_runtime.aio").AsyncResource
    found = []
    for name in package.modules:
        if name.startswith(f"{package.name}.resources."):
            module = package.load(name.partition(".")[2])
            found += [
                value
                for value in vars(module).values()
                if inspect.isclass(value)
                and issubclass(value, (resource, twin))
                and value.__module__ == name
                and "_model" in vars(value)
            ]
    return found


def type_of(place: Any) -> str:
    """The full name of the type that stands at a place."""
    name: str = place._model._type_name
    return name


def is_many(cls: type) -> bool:
    """Whether a collection stands at the places of a class."""
    bases = {base.__name__.removeprefix("Async") for base in cls.__mro__}
    return hasattr(cls, "__getitem__") or bool(bases & OF_MANY)


def is_twin(cls: type) -> bool:
    """Whether a class is an async one."""
    return any(base.__name__ == "AsyncPlace" for base in cls.__mro__)


def at(cls: Any, pair: Pair) -> Any:
    """A place of a class, at HERE."""
    return cls.at(pair.of(cls), HERE)


def ways(place: Any, home: str = HERE) -> dict[str, tuple[str, Any]]:
    """Where the attributes lead: the name and the place, by segment."""
    found: dict[str, tuple[str, Any]] = {}
    for name in _names(type(place)):
        if isinstance(inspect.getattr_static(place, name), property):
            target = getattr(place, name)
            segment = unquote(target._at.path.removeprefix(f"{home}/"))
            assert segment not in found, f"{place}: two ways to {segment}"
            found[segment] = (name, target)
    return found


def calls(place: Any, home: str = HERE) -> Iterator[tuple[str, Called]]:
    """What the generated methods do: actions, functions, alternate keys."""
    package = type(place).__module__.partition(".")[0]
    for name in _names(type(place)):
        method = inspect.getattr_static(place, name)
        if inspect.isfunction(method) and not method.__module__.startswith(
            f"{package}._runtime."
        ):
            parameters = [
                p for p in inspect.signature(method).parameters if p != "self"
            ]
            result = outcome(getattr(place, name), {p: p for p in parameters})
            yield name, _called(result, home)


def outcome(method: Any, arguments: dict[str, str]) -> Any:
    """Call a method until it sends something: the request, or the place it gives."""
    try:
        result = method(**arguments)
        if hasattr(result, "_at"):
            return result
        if inspect.iscoroutine(result):
            result.send(None)
        elif hasattr(result, "__aiter__"):
            aiter(result).__anext__().send(None)
        else:
            next(iter(result))
    except Sent as sent:
        return sent.request
    raise AssertionError(f"{method} sends nothing")


def _names(cls: type) -> list[str]:
    return [name for name in dir(cls) if not name.startswith("_")]


def _called(result: Any, home: str) -> Called:
    if not isinstance(result, httpx.Request):
        segment, parameters = _function(result._at.path, home)
        return Called("", segment, parameters, result)
    segment, parameters = _function(result.url.raw_path.decode(), home)
    if result.method == "POST":
        parameters = json.loads(result.content or b"{}")
    return Called(result.method, segment, parameters)


def _function(path: str, home: str) -> tuple[str, dict[str, str]]:
    """Take `/here/name(p='a',q='b')` apart."""
    name, _, rest = path.removeprefix(home).removeprefix("/").partition("(")
    pairs = (part.partition("=") for part in rest.removesuffix(")").split(",") if part)
    return unquote(name), {unquote(w): unquote(v).strip("'") for w, _, v in pairs}
