"""What takes several calls, written once for sync and async: programs of steps.

A program is a generator that yields what it wants done and is sent the result: a `Call`
(the answer, not yet judged by the call's `read`), a `Wait`, or `Blocking` work such as
reading a file. An error of a step is raised where it was yielded. What the generator
returns is the program's result. `run` drives a program on a sync transport, `arun` on
an async one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from .errors import CallError
from .exchange import Call

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Blocking:
    """Do work that may block, on an async client in a thread; gives what it gives."""

    work: Callable[[], Any]


Step: TypeAlias = Call[Any] | Wait | Blocking
Steps: TypeAlias = Generator[Step, Any, T]


def run(transport: Transport, steps: Steps[T]) -> T:
    """Take the steps of a program, and give its result."""
    try:
        step = next(steps)
        while True:
            try:
                done = _take(transport, step)
            except (CallError, OSError) as error:
                step = steps.throw(error)
            else:
                step = steps.send(done)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()


async def arun(transport: AsyncTransport, steps: Steps[T]) -> T:
    """Take the steps of a program, and give its result."""
    try:
        step = next(steps)
        while True:
            try:
                done = await _atake(transport, step)
            except (CallError, OSError) as error:
                step = steps.throw(error)
            else:
                step = steps.send(done)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()


def _take(transport: Transport, step: Step) -> Any:
    if isinstance(step, Call):
        return transport.respond(step)
    if isinstance(step, Wait):
        return transport.pause(step.seconds)
    return step.work()


async def _atake(transport: AsyncTransport, step: Step) -> Any:
    if isinstance(step, Call):
        return await transport.respond(step)
    if isinstance(step, Wait):
        return await transport.pause(step.seconds)
    from anyio import to_thread

    return await to_thread.run_sync(step.work)
