"""The commands: options in, text and an exit status out.

Everything that a command does stands in `generator.pipeline`; this module reads
options, prints, and turns faults of the user's inputs into messages. Exit status 0 is
fine, 1 says that the answer is "no" (drift, nothing found), 2 that something is wrong.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from generator import __version__

if TYPE_CHECKING:
    from generator.config import Target
    from generator.diagnostics import Diagnostic
    from generator.writer import Difference

OK, NO, ERROR, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; give its exit status. Wrong options end the process with
    2."""
    for stream in (sys.stdout, sys.stderr):
        _escape_unknown(stream)
    options = _parser().parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has seen enough; what is still buffered must not raise once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def _escape_unknown(stream: Any) -> None:
    """Let a terminal that lacks a character show its number rather than fail."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _run(options: argparse.Namespace) -> int:
    """Run one command; faults of its inputs and outputs become messages."""
    from generator.diagnostics import SpecError
    from generator.writer import OutputError

    console = _Console(quiet=options.quiet, verbose=options.verbose)
    try:
        with _collector_at_rest():
            status: int = options.command(options, console)
            return status
    except SpecError as error:
        console.show_findings(error.diagnostics)
    except OutputError as error:
        console.show_findings()
        print(f"error: {error} [output]", file=sys.stderr)
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


class _Console:
    """The terminal, for one command: its findings, its progress bar, how much to
    say."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        from generator.diagnostics import Diagnostics
        from generator.progress import Progress

        self.diagnostics = Diagnostics()
        self.progress = Progress(sys.stderr)
        self._quiet = quiet
        self._verbose = verbose
        self._started = time.perf_counter()

    def count_warnings(self) -> None:
        """Say in one line that there are warnings; with --verbose, what they are."""
        warnings = len(self.diagnostics) - len(self.diagnostics.errors)
        if self._verbose or self.diagnostics.errors:
            self.show_findings()
        elif warnings:
            self.progress.clear()
            self.note(f"{warnings} findings about the input; see --verbose")

    def show_findings(self, more: Iterable[Diagnostic] = ()) -> None:
        """Print what was found so far, and more that came with an exception."""
        from generator.report import report_lines

        self.progress.clear()
        items = list(self.diagnostics)
        items += [item for item in more if item not in items]
        for line in report_lines(items, verbose=self._verbose, quiet=self._quiet):
            print(line, file=sys.stderr)

    def note(self, text: str) -> None:
        """Print a line that is worth knowing."""
        if not self._quiet:
            print(text, file=sys.stderr)

    def summary(self, text: str) -> None:
        """Print the line that ends a run, with the time that it took."""
        if not self._quiet:
            seconds = time.perf_counter() - self._started
            print(f"{text} in {seconds:.2f} s")


def _generate(options: argparse.Namespace, console: _Console) -> int:
    from generator import listing, pipeline

    targets = _targets(options)
    console.progress.expect(pipeline.STEPS * len(targets))
    builds = [
        pipeline.build(target, console.diagnostics, console.progress)
        for target in targets
    ]
    done = pipeline.write(builds, force=options.force, progress=console.progress)
    console.show_findings()
    for build, difference in zip(builds, done, strict=True):
        console.summary(
            f"{build.target.name}: {len(build.api.types)} types, "
            f"{build.operations} operations, {len(build.files)} files "
            f"({_counts(difference)})"
        )
        if build.gaps:
            console.note(f"{listing.gap_counts(build.gaps)}: see specwright gaps")
    return OK


def _check(options: argparse.Namespace, console: _Console) -> int:
    from generator import pipeline, writer

    targets = _targets(options)
    console.progress.expect(pipeline.STEPS * len(targets))
    status = OK
    for target in targets:
        build = pipeline.build(target, console.diagnostics, console.progress)
        difference = pipeline.compare(build, console.progress)
        console.progress.clear()
        for line in writer.unified_diff(difference):
            print(line)
        found = _counts(difference)
        console.summary(f"{target.name}: {len(build.files)} files ({found})")
        status = NO if difference.paths else status
    console.show_findings()
    return status


def _counts(difference: Difference) -> str:
    """Say what differs, in a few words."""
    parts = {
        "changed": len(difference.changed),
        "new": len(difference.added),
        "stale": len(difference.stale),
    }
    return ", ".join(f"{n} {what}" for what, n in parts.items() if n) or "all the same"


def _list(options: argparse.Namespace, console: _Console) -> int:
    from generator import listing, pipeline

    lines = {
        "types": listing.type_lines,
        "operations": listing.operation_lines,
        "paths": listing.path_lines,
    }[options.what]
    target = _one_target(options)
    console.progress.expect(pipeline.STEPS)
    api = pipeline.load(target, console.diagnostics, console.progress)
    found = lines(api, options.pattern)
    return _answer(found, f"{target.name} has no such {options.what}", console)


def _why(options: argparse.Namespace, console: _Console) -> int:
    from generator import pipeline

    target = _one_target(options)
    console.progress.expect(pipeline.STEPS)
    steps = pipeline.why(target, options.name, console.diagnostics, console.progress)
    return _answer(map(str, steps), f"{target.name} has no {options.name}", console)


def _gaps(options: argparse.Namespace, console: _Console) -> int:
    from generator import listing, pipeline

    target = _one_target(options)
    console.progress.expect(pipeline.STEPS)
    found = pipeline.gaps(target, console.diagnostics, console.progress)
    console.progress.clear()
    if options.format == "json":
        print(listing.gap_json(found))
        console.count_warnings()
    else:
        _answer(listing.gap_lines(found), f"{target.name} lacks nothing", console)
        if found:
            console.note(f"{target.name}: {listing.gap_counts(found)}")
    return NO if found else OK


def _answer(lines: Iterable[str], otherwise: str, console: _Console) -> int:
    """Print an answer line by line; say `otherwise` where there is none, which is a
    "no"."""
    from generator.report import printable

    status = NO
    console.progress.clear()
    for line in lines:
        print("\t".join(map(printable, line.split("\t"))))
        status = OK
    console.count_warnings()
    if status == NO:
        print(otherwise, file=sys.stderr)
    return status


def _one_target(options: argparse.Namespace) -> Target:
    targets = _targets(options)
    if len(targets) > 1:
        names = ", ".join(target.name for target in targets)
        options.fail(f"choose one of the targets with --target: {names}")
    return targets[0]


def _targets(options: argparse.Namespace) -> tuple[Target, ...]:
    """Give the targets that the options mean: configured ones, or one that they
    describe."""
    from pathlib import Path

    from generator.config import chosen, find_config, target_from

    table = {name: getattr(options, name) for name in _DESCRIBING}
    given = {name: value for name, value in table.items() if value is not None}
    if "spec" not in given:
        if given:
            first = next(iter(given)).replace("_", "-")
            options.fail(f"--{first} describes a target of its own and needs --spec")
        return chosen(find_config(Path()), options.target)
    if options.target:
        options.fail("--target names a configured target, --spec describes another one")
    if options.writes:
        missing = [f"--{name}" for name in ("package", "out") if name not in given]
        if missing:
            options.fail(f"with --spec, {' and '.join(missing)} must be given")
    return (target_from({"package": "api", "out": ".", **given}),)


_DESCRIBING = (
    "spec",
    "annotations",
    "permissions",
    "include",
    "depth",
    "package",
    "out",
    "emit",
    "base_url",
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="specwright",
        description="Read what an API says of itself and write typed Python for it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"specwright {__version__}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_generate(commands)
    _add_check(commands)
    _add_list(commands)
    _add_why(commands)
    _add_gaps(commands)
    return parser


def _add_generate(commands: Any) -> None:
    parser = _command(commands, "generate", _generate, "write the packages")
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace package folders even if files of others in them are lost",
    )
    _add_target_options(parser, writes=True)


def _add_check(commands: Any) -> None:
    text = "compare with what was written; print a diff and exit with 1 if it differs"
    parser = _command(commands, "check", _check, text)
    _add_target_options(parser, writes=True)


def _add_list(commands: Any) -> None:
    parser = commands.add_parser("list", help="list what there is", allow_abbrev=False)
    kinds = parser.add_subparsers(required=True, metavar="WHAT", dest="what")
    name = "part of a name, or a name with * and ?"
    path = "a path with {name} for a key, * for a segment and ** for any: '/users/**'"
    for what, pattern in (("types", name), ("operations", name), ("paths", path)):
        kind = _command(kinds, what, _list, f"list {what}")
        kind.add_argument(
            "pattern", nargs="?", default="", metavar="PATTERN", help=pattern
        )
        _add_target_options(kind, writes=False)


def _add_why(commands: Any) -> None:
    text = "tell what brings a type or an operation into a slice"
    parser = _command(commands, "why", _why, text)
    parser.add_argument("name", metavar="NAME")
    _add_target_options(parser, writes=False)


def _add_gaps(commands: Any) -> None:
    text = "tell what documentation could not say, with the annotations to write"
    parser = _command(commands, "gaps", _gaps, f"{text}; exit with 1 if there is any")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how to write what is found; default: text",
    )
    _add_target_options(parser, writes=False)


def _command(
    commands: Any, name: str, run: Any, description: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=description,
        description=f"{description[0].upper()}{description[1:]}.",
    )
    parser.set_defaults(command=run, fail=parser.error)
    return parser


def _add_target_options(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Add the options that say for which target; `writes` adds where its output
    goes."""
    parser.set_defaults(writes=writes, package=None, out=None, emit=None, base_url=None)
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="a target of the configuration; may be repeated; default: all of them",
    )
    group = parser.add_argument_group("a target that is not in the configuration")
    several: dict[str, Any] = {"action": "append", "metavar": "PATH"}
    group.add_argument("--spec", **several, help="a document; may be repeated")
    group.add_argument(
        "--annotations", **several, help="a document that annotates it; may be repeated"
    )
    group.add_argument(
        "--permissions", metavar="PATH", help="a list of permissions by request line"
    )
    group.add_argument(
        "--include",
        action="append",
        metavar="PATTERN",
        help="keep a type, an operation or 'METHOD /path/**'; may be repeated",
    )
    group.add_argument(
        "--depth", type=int, metavar="N", help="follow this many navigation properties"
    )
    if writes:
        group.add_argument("--package", metavar="NAME", help="name of the package")
        group.add_argument("--out", metavar="DIR", help="folder of the package folder")
        group.add_argument(
            "--emit", type=_names, metavar="LIST", help="what to write: python, docs"
        )
        group.add_argument(
            "--base-url", metavar="URL", help="where the service answers by default"
        )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quiet", action="store_true", help="print errors only")
    amount.add_argument("--verbose", action="store_true", help="print every finding")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]
