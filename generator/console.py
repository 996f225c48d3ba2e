"""The terminal of one command: its findings, its progress bar, how much to say."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.writer import Difference


class Console:
    """What a command prints, and what it found.

    `form` is how findings are written: "text" for people, on the stream of errors; in
    another form they are all that the standard output has. What is `endless` ends with
    its reader: for all else its exit status says what nobody reads.
    """

    def __init__(
        self,
        *,
        quiet: bool,
        verbose: bool,
        form: str = "text",
        endless: bool = False,
    ) -> None:
        from generator.diagnostics import Diagnostics
        from generator.progress import Progress

        self.diagnostics = Diagnostics()
        self.progress = Progress(sys.stderr)
        self._quiet = quiet
        self._verbose = verbose
        self._form = form
        self._endless = endless
        self._started = time.perf_counter()

    def say(self, text: str, stream: TextIO | None = None) -> None:
        """Print a text, on the standard output if no stream is named. What comes after
        the reader of it has gone, having seen enough, is for nobody."""
        stream = stream or sys.stdout
        try:
            print(text, file=stream)
        except BrokenPipeError:
            if self._endless:
                raise
            leave(stream)

    def count_warnings(self) -> None:
        """Say in one line that there are warnings; with --verbose, what they are."""
        warnings = len(self.diagnostics) - len(self.diagnostics.errors)
        if self._verbose or self.diagnostics.errors:
            self.show_findings()
        elif warnings:
            self.progress.clear()
            found = "1 finding" if warnings == 1 else f"{warnings} findings"
            self.note(f"{found} about the input; see --verbose")

    def show_findings(self, more: Iterable[Diagnostic] = ()) -> None:
        """Print what was found so far, and more that came with an exception.

        A command that takes a form does this once.
        """
        from generator.report import report_lines

        self.progress.clear()
        items = list(self.diagnostics)
        known = set(items)
        items += [item for item in more if item not in known]
        if self._form != "text":
            self._write(items)
            return
        for line in report_lines(items, verbose=self._verbose, quiet=self._quiet):
            self.say(line, sys.stderr)

    def _write(self, items: list[Diagnostic]) -> None:
        from generator import codes
        from generator.diagnostics import Severity
        from generator.formats import written

        if self._quiet:
            items = [item for item in items if item.severity is Severity.ERROR]
        elif self._form == "github" and not self._verbose:
            items = [item for item in items if item.severity is not Severity.INFO]
        meanings = {name: code.meaning for name, code in codes.all_codes().items()}
        text = written(self._form, items, meanings)
        if text:
            self.say(text)

    def show_difference(self, difference: Difference) -> None:
        """Show what separates an output folder from what should be in it: as a unified
        diff, or as findings about its files."""
        from generator.model import Place
        from generator.writer import unified_diff

        self.progress.clear()
        if self._form == "text":
            self.print_lines(unified_diff(difference))
            return
        kinds = {
            "missing": (difference.added, "is not there"),
            "changed": (difference.changed, "is not what it should be"),
            "stale": (difference.stale, "should not be there"),
        }
        for kind, (paths, text) in kinds.items():
            for path in paths:
                place = Place((difference.out / path).as_posix())
                message = f"{path} {text}: run specwright generate"
                self.diagnostics.error(f"output-{kind}", message, place)

    def print_findings(self, items: Iterable[Diagnostic]) -> None:
        """Print findings that are what was asked for: all but, unless --verbose, mere
        information."""
        from generator.diagnostics import Severity
        from generator.report import report_lines

        shown = [
            item
            for item in items
            if self._verbose or item.severity is not Severity.INFO
        ]
        for line in report_lines(shown, verbose=True, quiet=self._quiet):
            self.say(line)

    def note(self, text: str) -> None:
        """Print a line that is worth knowing."""
        from generator.report import printable

        if not self._quiet:
            self.say(printable(text), sys.stderr)

    def summary(self, text: str) -> None:
        """Print the line that ends a run, with the time that it took."""
        from generator.report import printable

        if not self._quiet:
            seconds = time.perf_counter() - self._started
            stream = sys.stdout if self._form == "text" else sys.stderr
            self.say(f"{printable(text)} in {seconds:.2f} s", stream)

    def print_lines(self, lines: Iterable[str], *, commands: bool = False) -> int:
        """Print lines that may hold text of a spec, `commands` where they are meant for
        GitHub Actions; give their number."""
        from generator.report import printable

        number = 0
        self.progress.clear()
        for number, line in enumerate(lines, 1):
            parts = line.split("\t")
            self.say("\t".join([printable(part, commands=commands) for part in parts]))
        return number


def leave(stream: TextIO) -> None:
    """Let what a stream still gets go nowhere, what it holds back included."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
