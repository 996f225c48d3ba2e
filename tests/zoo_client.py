"""The package of `requests_api`, used once by its sync client and once by its twin.

@both
def test_it(zoo: ModuleType, using: Using) -> None:
    with Server([...]) as server:
        pet = using(zoo, server, lambda client: client.pets.get("1"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from inspect import isawaitable
from types import ModuleType
from typing import Any

import pytest
from requests_api import imported, written
from server import Server

Use = Callable[[Any], Any]
Using = Callable[..., Any]

PACKAGE = "zoo_client_package"


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package, imported."""
    folder = tmp_path_factory.mktemp("zoo")
    written(folder, PACKAGE)
    with imported(folder, PACKAGE) as package:
        yield package


def sync_use(zoo: ModuleType, server: Server, use: Use, **settings: Any) -> Any:
    """Use the sync client."""
    credential = settings.pop("credential", None)
    with zoo.Client(credential, base_url=server.url, **settings) as client:
        return use(client)


def async_use(zoo: ModuleType, server: Server, use: Use, **settings: Any) -> Any:
    """Use the async client, in an event loop of its own."""
    credential = settings.pop("credential", None)

    async def run() -> Any:
        client = zoo.AsyncClient(credential, base_url=server.url, **settings)
        async with client:
            result = use(client)
            return await result if isawaitable(result) else result

    return asyncio.run(run())


both = pytest.mark.parametrize("using", [sync_use, async_use], ids=["sync", "async"])
