"""Two things done at once, on two cores: for the two versions that `diff` reads.

Python runs one thread of a process at a time, so the first is done in a process of its
own, and what it gives is sent back.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
A = TypeVar("A")


def both(do: Callable[[A], T], first: A, second: A, *, pays: bool) -> tuple[T, T]:
    """Give what a function makes of two arguments, in their order; `pays` says whether
    it takes longer than a process takes to start.

    The function and the arguments can be pickled, and so can what it gives and raises.
    """
    if not pays or (os.cpu_count() or 1) < 2:
        return do(first), do(second)
    try:
        with ProcessPoolExecutor(1) as pool:
            begun = pool.submit(do, first)
            other = do(second)
            return begun.result(), other
    except BrokenProcessPool:  # where no process can be had, one has to do
        return do(first), do(second)
