"""Work done in a second process, with what this one knows: where there is a second core, it
takes no time.

The process is a fork, so that nothing has to be sent to it; where the system has none, the
work is done here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def beside(work: Callable[[], _T]) -> Callable[[], _T]:
    """Begin work; give what waits for its result, which can be pickled.

    Work that fails there is done once more here, so that its exception is raised.
    """
    if not hasattr(os, "fork"):
        return work
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        # else it would wait for itself to read, should the other be killed
        os.close(source)
        _send(work, sink)
    os.close(sink)

    def wait() -> _T:
        with os.fdopen(source, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        if status != 0:
            return work()
        result: _T = pickle.loads(data)
        return result

    return wait


def _send(work: Callable[[], object], sink: int) -> None:
    """Write the result of work, and end this process at once: it must not clear up what
    belongs to the other."""
    status = 1
    try:
        with os.fdopen(sink, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
