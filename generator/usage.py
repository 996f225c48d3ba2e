"""A parser of command lines that says in one line what is wrong, and where to read on.

`options` makes the command line of it; the standard library prints the whole usage
instead, behind which the fault is hard to see.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """Reads a command line, on which options are written in full.

    What is wrong ends the process with 2.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Help, **more)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong."""
        self.exit(2, f"{self.prog}: error: {message}\nsee: {self.prog} --help\n")

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Say that the command takes no such words, and which one may be meant."""
        word = words[0].partition("=")[0]
        known = [name for action in self._actions for name in action.option_strings]
        if not word.startswith("-"):
            spec = f"; a description is given by --spec {word}"
            self.error(f"{word!r} is too much{spec if '--spec' in known else ''}")
        self.error(f"there is no option {word}{_suggestion(word, known)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise ArgumentError for what is none of the choices."""
        if action.choices is not None and value not in action.choices:
            known = list(map(str, action.choices))
            message = f"{value!r} is none of {', '.join(known)}"
            raise argparse.ArgumentError(action, message + _suggestion(value, known))


class _Help(argparse.HelpFormatter):
    """Help in which each command stands on the line of what it does."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = 14


def _suggestion(word: str, known: Sequence[str]) -> str:
    from generator.config import suggestion

    return suggestion(word, tuple(known))
