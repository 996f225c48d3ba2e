"""The way in: a command line in, text and an exit status out.

`options` reads the command line, `commands` does what it says by way of the pipeline;
this module turns faults of the user's inputs into messages.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from generator.commands import ERROR, INTERRUPTED, OK, TERMINATED
from generator.options import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; give its exit status. Wrong options end the process with
    2."""
    for stream in (sys.stdout, sys.stderr):
        _escape_unknown(stream)
    options, unknown = parser().parse_known_args(arguments)
    if unknown:
        options.refuse(unknown)
    try:
        os.getcwd()
    except OSError as error:  # another branch may not have it
        print(f"error: the current folder is gone: {error.strerror}", file=sys.stderr)
        return ERROR
    status = OK
    try:
        with _told_of_its_end():
            status = _watch(options) if _is_endless(options) else _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has seen enough; what is still buffered must not raise once more
        from generator.console import leave

        leave(sys.stdout)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except _Terminated:
        print("terminated", file=sys.stderr)
        return TERMINATED
    return status


class _Terminated(BaseException):
    """The process is asked to end."""


@contextmanager
def _told_of_its_end() -> Iterator[None]:
    """Let a process that is asked to end clear up as one that is interrupted does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_endless(options: argparse.Namespace) -> bool:
    return getattr(options, "watch", False)


def _watch(options: argparse.Namespace) -> int:
    """Run a command whenever something changes, until it is interrupted."""
    from generator.asking import inputs
    from generator.recording import recorded
    from generator.watching import watch

    read: dict[str, str] = {}

    def run() -> None:
        with recorded() as found:
            _run(options)
        sys.stdout.flush()
        read.clear()
        read.update(found)

    watch(run, lambda: inputs(options, read))
    return OK


def _escape_unknown(stream: Any) -> None:
    """Let a terminal that lacks a character show its number rather than fail."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _run(options: argparse.Namespace) -> int:
    """Run one command; faults of its inputs and outputs become messages."""
    from generator.console import Console
    from generator.diagnostics import Diagnostic, Severity, SpecError
    from generator.writer import OutputError

    form = getattr(options, "findings", "text")
    console = Console(
        quiet=options.quiet,
        verbose=options.verbose,
        form=form,
        endless=_is_endless(options),
    )
    try:
        with _collector_at_rest():
            status: int = options.command(options, console)
            return status
    except SpecError as error:
        console.show_findings(error.diagnostics)
    except OutputError as error:
        fault = Diagnostic("output", Severity.ERROR, str(error))
        console.show_findings([fault])
    return ERROR


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let Python not look for cycles: a run makes a million objects and drops few of
    them, and looking takes a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
