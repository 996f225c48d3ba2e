"""How long something may take in a test: bounds that find what takes for ever, or the
square of what it should. How fast it is, `tests.benchmarks` measures."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail if what is done within takes more seconds of the processor than that.

    Only the work of this process counts, whatever else the machine does; and the
    collector is off, as it is when the command runs, since otherwise it walks through
    all that earlier tests have left in memory.
    """
    collecting = gc.isenabled()
    gc.disable()
    started = time.process_time()
    try:
        yield
        taken = time.process_time() - started
    finally:
        if collecting:
            gc.enable()
    assert taken < seconds, f"{taken:.1f} s of the processor, not less than {seconds}"
