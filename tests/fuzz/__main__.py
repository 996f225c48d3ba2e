"""Run many documents, and sum up what came of them."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from .documents import KINDS, document
from .workers import Result, results

EVERY = 1000


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; 1 if anything went wrong with a document."""
    options = _options(arguments)
    if options.keep:
        _keep(options)
    numbers = range(options.first, options.first + options.documents)
    summary = Summary(options.kind)
    for result in results(options.kind, numbers, options.jobs):
        summary.add(result)
        if summary.counts["documents"] % EVERY == 0:
            print(summary.line(), flush=True)
    print(summary)
    return 1 if summary.counts["bad"] else 0


class Summary:
    """What came of the documents up to now."""

    def __init__(self, kind: str) -> None:
        self.counts: Counter[str] = Counter()
        self._kind = kind
        self._began = time.monotonic()
        self._slowest = Result(-1)
        self._largest = Result(-1)

    def add(self, result: Result) -> None:
        """Count a result, and show it if something went wrong."""
        found = result.trial
        self.counts["documents"] += 1
        self.counts["read"] += found.read
        self.counts["generated"] += found.generated
        self.counts["modules"] += found.modules
        self._slowest = max(self._slowest, result, key=lambda each: each.seconds)
        self._largest = max(self._largest, result, key=lambda each: each.megabytes)
        if result.crash or found.faults:
            self.counts["bad"] += 1
            command = f"python -m tests.fuzz --kind {self._kind}"
            print(f"\n{command} --documents 1 --first {result.number}")
            lines = [*found.faults[:9], *result.crash.splitlines()]
            shown = lines if len(lines) < 60 else [*lines[:20], "...", *lines[-20:]]
            print("\n".join(shown), flush=True)

    def line(self) -> str:
        """Give the counts on one line."""
        seconds = time.monotonic() - self._began
        counts = ", ".join(f"{count:,} {what}" for what, count in self.counts.items())
        return f"{seconds:.0f} s: {counts}"

    def __str__(self) -> str:
        slow, large = self._slowest, self._largest
        return (
            f"{self.line()}\n"
            f"slowest: {slow.seconds:.2f} s of the processor, number {slow.number}\n"
            f"most memory: {large.megabytes:.0f} MB, number {large.number}\n"
            f"{self.counts['bad']} went wrong"
        )


def _keep(options: argparse.Namespace) -> None:
    """Write the files of the first document into a folder, to look at."""
    options.keep.mkdir(parents=True, exist_ok=True)
    for name, data in document(options.kind, options.first).files.items():
        (options.keep / name).write_bytes(data)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--documents", type=int, default=1000, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="N")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
