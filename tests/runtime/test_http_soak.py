"""Thousands of requests at once, a tenth of them broken: nothing lost, nothing doubled.

Each request is a job with a number. The server's ledger says how often each job was
carried out, the client's outcome says what its caller was told; the two must agree.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path

import httpx
import pytest
from fault_server import FAULTS, FaultServer, by_chance
from http_service import AsyncClient, Client, Person, send

from generator.runtime.errors import CallError, ServiceUnavailable, TooManyRequests
from generator.runtime.retry import Retry

pytestmark = pytest.mark.slow

JOBS = 10_000
WARM = 2_000
WORKERS = 50
ONCE = ("POST", "PATCH")
CONNECTIONS = 20
THREADS = 8
QUICK = Retry(attempts=2, first_delay=0.01, longest_delay=0.05)
"""Two attempts only, so that callers meet every kind of error."""

MOST_BLOCKS = 4_000
MOST_BYTES = 8_000_000
"""How much more may be in use after JOBS than after WARM: half a block and a kilobyte
a job. Measured: 300 blocks and 100,000 bytes.
"""


class Outcome(Enum):
    """What the caller was told."""

    DONE = "done"
    UNDONE = "an error, and nothing was carried out"
    UNKNOWN = "an error, and it may have been carried out"


def told(method: str, error: CallError) -> Outcome:
    """Read from an error whether the request may have been carried out.

    A refusal speaks of the last attempt. Only what is never sent again in doubt had no
    other attempt that could have been carried out.
    """
    refused = isinstance(error, TooManyRequests | ServiceUnavailable)
    if not getattr(error, "may_have_happened", not (refused and method in ONCE)):
        return Outcome.UNDONE
    return Outcome.UNKNOWN


def method_of(job: int) -> str:
    return ("GET", "PATCH", "POST", "DELETE")[job % 4]


def assert_own_answer(job: int, answer: Person | None) -> None:
    """An answer belongs to the request that it is given for."""
    if method_of(job) == "DELETE":
        assert answer is None
    else:
        assert answer is not None and answer.name == f"job {job}"


async def worker(
    client: AsyncClient, jobs: Iterator[int], outcomes: list[Outcome | None]
) -> None:
    for job in jobs:
        try:
            assert_own_answer(job, await send(client.people, method_of(job), job))
            outcomes[job] = Outcome.DONE
        except CallError as error:
            outcomes[job] = told(method_of(job), error)


def one_by_one(client: Client, job: int) -> Outcome:
    try:
        assert_own_answer(job, send(client.people, method_of(job), job))
    except CallError as error:
        return told(method_of(job), error)
    return Outcome.DONE


def assert_agree(server: FaultServer, outcomes: Sequence[Outcome | None]) -> None:
    """Set what callers were told against what the server did, job by job."""
    wrong = []
    for job, (outcome, times) in enumerate(
        zip(outcomes, server.carried_out, strict=True)
    ):
        once = method_of(job) in ONCE
        allowed = {
            Outcome.DONE: times == 1 if once else times >= 1,
            Outcome.UNDONE: times == 0,
            Outcome.UNKNOWN: times <= 1 if once else True,
            None: False,
        }
        if not allowed[outcome]:
            wrong.append((method_of(job), job, outcome, times))
    assert wrong == []
    assert max(server.attempts) == QUICK.attempts


def assert_faults_were_met(server: FaultServer, outcomes: Sequence[object]) -> None:
    """The figures above say something only if enough went wrong."""
    assert set(FAULTS) <= set(server.injected)
    broken = 1 - server.injected[""] / server.injected.total()
    assert 0.08 < broken < 0.11
    kinds = Counter(outcomes)
    assert kinds[Outcome.UNDONE] > 0 and kinds[Outcome.UNKNOWN] > len(outcomes) / 200


def assert_all_closed(server: FaultServer) -> None:
    """No connection outlives the client; the server may learn of it a little later."""
    patience = time.monotonic() + 5
    while server.open and time.monotonic() < patience:
        time.sleep(0.01)
    assert server.open == 0


def memory() -> tuple[int, int]:
    """Give what is in use: blocks of Python's allocator, and bytes of the process.

    The blocks show that objects are left, whatever their size. The bytes show what
    Python does not count, where the system tells (Linux); they are 0 elsewhere.
    """
    gc.collect()
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return sys.getallocatedblocks(), pages * resource.getpagesize()


def test_ten_thousand_async_requests_at_concurrency_fifty() -> None:
    outcomes: list[Outcome | None] = [None] * JOBS
    sizes: list[tuple[int, int]] = []

    async def run(url: str) -> None:
        limits = httpx.Limits(
            max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS
        )
        async with (
            httpx.AsyncClient(limits=limits, timeout=30) as http,
            AsyncClient(base_url=url, http_client=http, retry=QUICK) as client,
        ):
            for part in (range(WARM), range(WARM, JOBS)):
                jobs = iter(part)
                workers = (worker(client, jobs, outcomes) for _ in range(WORKERS))
                await asyncio.gather(*workers)
                sizes.append(memory())

    with FaultServer(JOBS, by_chance(seed=1)) as server:
        asyncio.run(run(server.url))
        assert_all_closed(server)
    assert_agree(server, outcomes)
    assert_faults_were_met(server, outcomes)
    assert server.most_open <= CONNECTIONS
    (blocks, size), (blocks_at_end, size_at_end) = sizes
    assert blocks_at_end - blocks < MOST_BLOCKS
    assert size_at_end - size < MOST_BYTES


def test_two_thousand_requests_from_eight_threads() -> None:
    jobs = range(WARM)
    with FaultServer(WARM, by_chance(seed=2)) as server:
        with Client(base_url=server.url, retry=QUICK) as client:
            with ThreadPoolExecutor(THREADS) as threads:
                outcomes = list(threads.map(lambda job: one_by_one(client, job), jobs))
        assert_all_closed(server)
    assert_agree(server, outcomes)
    assert_faults_were_met(server, outcomes)
    assert server.most_open <= THREADS
