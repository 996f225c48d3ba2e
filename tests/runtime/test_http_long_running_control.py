"""Long-running operations in hand: looked at, waited for, cancelled, taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from http_service import AsyncClient, Client, Person
from long_runs import ACCEPTED, ADA, HTTP, MONITOR, pausing, told
from server import Answer, Server

from generator.runtime.errors import (
    ApiError,
    MethodNotAllowed,
    OperationFailed,
    TimedOut,
    UntrustedLink,
)
from generator.runtime.long_running import AsyncLongRunning, LongRunning
from generator.runtime.retry import Retry


@contextmanager
def started(*script: Answer) -> Iterator[tuple[LongRunning[Any], Server, list[float]]]:
    """A sync operation on `touch`, with its server and the pauses that it makes."""
    pauses: list[float] = []
    with Server(script) as server:
        with Client("tok", base_url=server.url, retry=pausing(pauses)) as client:
            yield client.start(client.people["1"].touch), server, pauses


def test_an_operation_tells_how_far_it_is() -> None:
    half = (202, {}, {"status": "inProgress", "percentageComplete": 50})
    with started(ACCEPTED, half, told("succeeded")) as (operation, server, pauses):
        assert operation.url == f"{server.url}{MONITOR}"
        assert (operation.is_done, operation.status) == (False, "")
        assert operation.progress is None
        assert operation.poll() is False
        assert (operation.status, operation.progress) == ("inProgress", 50.0)
        assert repr(operation) == f"<LongRunning inProgress {server.url}{MONITOR}>"
        assert operation.poll() is True
        assert operation.poll() is True
        assert operation.wait() is None
        assert operation.wait() is None
        assert len(server.requests) == 3
        assert pauses == []


def test_waiting_ends_in_time_and_can_go_on() -> None:
    running = (200, {"Retry-After": "4"}, {"status": "running"})
    script = [ACCEPTED, running, running, told("succeeded")]
    with started(*script) as (operation, server, pauses):
        with pytest.raises(TimedOut, match="still running after 8 s") as raised:
            operation.wait(timeout=8)
        assert raised.value.may_have_happened
        assert pauses == [1.0, 4.0]
        assert not operation.is_done
        assert operation.wait(timeout=8) is None
        assert pauses == [1.0, 4.0, 4.0]


def test_what_is_left_of_the_time_is_used() -> None:
    script = [ACCEPTED, *[told("running")] * 9]
    with started(*script) as (operation, server, pauses):
        with pytest.raises(TimedOut):
            operation.wait(timeout=4)
        assert pauses[:2] == [1.0, 1.5]
        assert 3.9 < sum(pauses) <= 4
        assert len(server.requests) == 4


def test_no_time_is_one_question() -> None:
    with started(ACCEPTED, told("running")) as (operation, server, pauses):
        with pytest.raises(TimedOut):
            operation.wait(timeout=0)
        assert len(server.requests) == 2


def test_a_fault_is_not_tried_again_beyond_the_time() -> None:
    late = (503, {"Retry-After": "60"}, b"")
    with started(ACCEPTED, late, told("succeeded")) as (operation, server, pauses):
        with pytest.raises(ApiError):
            operation.wait(timeout=30)
        assert pauses == [1.0]
        assert operation.wait(timeout=90) is None


def test_an_operation_can_be_cancelled() -> None:
    with started(ACCEPTED, (204, {}, b"")) as (operation, server, pauses):
        operation.cancel()
        assert (operation.is_done, operation.status) == (True, "cancelled")
        operation.cancel()
        with pytest.raises(OperationFailed) as raised:
            operation.wait()
        assert raised.value.status == "cancelled"
        assert [each.method for each in server.requests] == ["POST", "DELETE"]


def test_cancelling_may_take_its_time_or_be_impossible() -> None:
    wrapped = (200, HTTP, "HTTP/1.1 500 No\n\n")
    script = [ACCEPTED, (405, {}, b""), (202, {"Location": "/c/1"}, b""), wrapped]
    with started(*script) as (operation, server, pauses):
        with pytest.raises(MethodNotAllowed):
            operation.cancel()
        operation.cancel()
        assert not operation.is_done
        with pytest.raises(ApiError) as raised:
            operation.wait()
        assert raised.value.status == 500
        assert server.requests[-1].target == MONITOR


def test_an_operation_is_taken_up_again() -> None:
    done = told("succeeded", resourceLocation="/people/1")
    pauses: list[float] = []
    with Server([done, (200, {}, ADA), done]) as server:
        with Client("tok", base_url=server.url, retry=pausing(pauses)) as client:
            url = f"{server.url}{MONITOR}"
            assert LongRunning.resume(client, url, Person).wait().id == "1"
            again = LongRunning.resume(client, url)
            assert again.poll() is True
            again.wait()
            with pytest.raises(UntrustedLink, match="is not https"):
                LongRunning.resume(client, "ftp://example.com/x")
            with pytest.raises(UntrustedLink, match="is no URL"):
                LongRunning.resume(client, "http://example.com:x/")
    assert pauses == []


def test_an_operation_is_taken_up_and_cancelled_by_an_async_client() -> None:
    async def run() -> None:
        async with AsyncClient("tok", base_url=server.url, retry=Retry()) as client:
            url = f"{server.url}{MONITOR}"
            operation = AsyncLongRunning.resume(client, url, Person)
            assert await operation.poll() is False
            await operation.cancel()
            with pytest.raises(OperationFailed):
                await AsyncLongRunning.resume(client, url).wait()

    script: list[Answer] = [told("running"), (204, {}, b""), told("failed")]
    with Server(script) as server:
        asyncio.run(run())
    assert [each.method for each in server.requests] == ["GET", "DELETE", "GET"]
