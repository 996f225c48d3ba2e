"""The HTTP half as it is used: in a package, with classes that are imported late."""

from __future__ import annotations

import asyncio
import importlib
from types import ModuleType
from typing import Any

import httpx
import pytest

from generator.runtime.errors import CallError


@pytest.fixture
def runtime(sample: ModuleType) -> ModuleType:
    """The package's own copy of the runtime, the HTTP half imported."""
    for name in ("aio", "client", "resources", "results"):
        importlib.import_module(f"{sample.__name__}._runtime.{name}")
    copied: ModuleType = sample._runtime
    return copied


def read(result: Any, body: object) -> Any:
    request = httpx.Request("GET", "https://host/p")
    return result(httpx.Response(200, json=body, request=request))


def test_an_object_result_is_of_the_class_that_it_names(
    sample: ModuleType, runtime: ModuleType
) -> None:
    codec = runtime.codecs.nested("user", "User")
    body = {"@odata.type": "#microsoft.graph.guest", "value": 1}
    assert type(read(runtime.results.one(codec), body)) is sample.models.Guest


def test_an_enum_result_stands_under_value(
    sample: ModuleType, runtime: ModuleType
) -> None:
    codec = runtime.codecs.nested("error_correction_level", "ErrorCorrectionLevel")
    level = read(runtime.results.one(codec), {"value": "m"})
    assert level is sample.models.ErrorCorrectionLevel.M


def test_a_flags_result_stands_under_value(
    sample: ModuleType, runtime: ModuleType
) -> None:
    codec = runtime.codecs.flags("auth_mode", "AuthMode")
    assert str(read(runtime.results.optional(codec), {"value": "a,b"})) == "a,b"


@pytest.mark.parametrize(
    ("body", "value"),
    [({"@odata.context": "x", "value": [1]}, [1]), ({"value": 1, "b": 2}, None)],
)
def test_an_untyped_result_is_known_by_its_shape(
    runtime: ModuleType, body: object, value: object
) -> None:
    assert read(runtime.results.one(runtime.codecs.ANY), body) == (value or body)


def test_a_package_has_its_own_errors_and_logger(
    runtime: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="sample_graph")
    carrier = httpx.MockTransport(lambda request: httpx.Response(404))
    client = runtime.client.SyncClient(base_url="https://host", transport=carrier)
    with pytest.raises(runtime.errors.NotFound) as raised:
        runtime.resources.StreamResource.at(client, "/x").download()
    assert not isinstance(raised.value, CallError)
    assert caplog.records[-1].name == "sample_graph"


def test_an_enum_may_be_a_key(sample: ModuleType, runtime: ModuleType) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return httpx.Response(200, text="1")

    async def run() -> None:
        carrier = httpx.MockTransport(answer)
        base = "https://host/api"
        client = runtime.client.AsyncClientBase(base_url=base, transport=carrier)
        resource = runtime.aio.AsyncResource.at(client, "/levels")
        at = resource._at.key(sample.models.ErrorCorrectionLevel.M)
        await runtime.aio.AsyncCountable(at).count()

    asyncio.run(run())
    assert seen == ["/api/levels('m')/$count"]
