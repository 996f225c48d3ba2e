"""azure-core's credentials on our clients, in types and in fact: azure_credentials.py ROOT.

Run by the peers' interpreter, and read by both checkers in strict mode: nothing is cast.
Prints for which scopes each credential was asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from types import TracebackType
from typing import Any

from azure.core.credentials import AccessToken, TokenCredential
from azure.core.credentials_async import AsyncTokenCredential
from graph_qrpin import AsyncClient, Client


class Fixed(TokenCredential):
    """A sync credential, as azure-identity's are."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AccessToken:
        self.asked += scopes
        return AccessToken("sync", int(time.time()) + 3600)


class AsyncFixed(AsyncTokenCredential):
    """An async credential, as those of azure.identity.aio are."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AccessToken:
        self.asked += scopes
        return AccessToken("async", int(time.time()) + 3600)

    async def close(self) -> None: ...

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None: ...


def read(credential: TokenCredential, root: str, *scopes: str) -> None:
    """Read a PIN with the sync client, asking twice."""
    with Client(credential, base_url=root, scopes=scopes) as client:
        client.me.authentication.qr_code_pin_method.pin.get()
        client.me.authentication.qr_code_pin_method.pin.get()


async def read_async(
    credential: TokenCredential | AsyncTokenCredential, root: str
) -> None:
    """Read a PIN with the async client, which takes credentials of either kind."""
    async with AsyncClient(credential, base_url=root) as client:
        await client.me.authentication.qr_code_pin_method.pin.get()


def main(root: str) -> None:
    """Read with every credential on every client that takes it."""
    fixed, chosen, in_async, awaited = Fixed(), Fixed(), Fixed(), AsyncFixed()
    read(fixed, root)
    read(chosen, root, "a", "b")
    asyncio.run(read_async(in_async, root))
    asyncio.run(read_async(awaited, root))
    asked = [each.asked for each in (fixed, chosen, in_async, awaited)]
    print(json.dumps(asked))


if __name__ == "__main__":
    main(sys.argv[1])
