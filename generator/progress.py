"""A progress bar for a terminal; elsewhere nothing at all.

Stands beside the command line: the pipeline says which step begins, this draws it.
"""

from __future__ import annotations

import os
from typing import TextIO

_WIDTH = 24
_CLEAR = "\r\x1b[K"


class Progress:
    """A line that shows how many of a known number of steps have begun."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._steps = 1
        self._begun = 0
        self._active = stream.isatty() and os.environ.get("TERM") != "dumb"

    def expect(self, steps: int) -> None:
        """Say how many steps there will be."""
        self._steps = max(steps, 1)

    def __call__(self, step: str) -> None:
        """Show that a step begins."""
        done = min(_WIDTH * self._begun // self._steps, _WIDTH)
        self._begun += 1
        bar = "#" * done + "." * (_WIDTH - done)
        self._draw(f"{_CLEAR}[{bar}] {step}")

    def clear(self) -> None:
        """Give the line back to whoever prints next."""
        self._draw(_CLEAR)

    def _draw(self, text: str) -> None:
        if self._active:
            self._stream.write(text)
            self._stream.flush()
