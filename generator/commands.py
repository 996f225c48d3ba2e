"""What each command does with its options: it asks the pipeline, and prints.

Exit status 0 is fine, 1 says that the answer is "no" (drift, nothing found), 2 that
something is wrong. What a command needs is imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from generator import asking, outcomes

if TYPE_CHECKING:
    from generator.console import Console
    from generator.diff import Change

OK, NO, ERROR, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143

STEPS = 7
"""How many steps a run announces for one target."""

FORMS = ("text", "json", "sarif", "github")
"""How findings can be written; `generator.formats` writes them."""

SHELLS = ("bash", "zsh", "fish")
"""What `generator.completion` writes scripts for."""


def run_generate(options: argparse.Namespace, console: Console) -> int:
    """Write what the targets give."""
    from generator import runs

    ask = asking.asked(options)
    console.progress.expect(STEPS * len(ask.targets))
    done = runs.generate(ask, console.diagnostics, console.progress)
    console.show_findings()
    for outcome in done:
        outcomes.summarise(outcome, console)
    return OK


def run_check(options: argparse.Namespace, console: Console) -> int:
    """Compare what the targets give with what was written, and print a diff."""
    from generator import runs

    ask = asking.asked(options)
    console.progress.expect(STEPS * len(ask.targets))
    status = OK
    for outcome in runs.check(ask, console.diagnostics, console.progress):
        for difference in outcome.differences:
            console.show_difference(difference)
            status = NO if difference.paths else status
        console.progress.clear()
        outcomes.summarise(outcome, console)
        outcomes.note_drift(outcome, ask.lock, console)
        outcomes.note_difference(outcome, console)
    console.show_findings()
    return status


def run_list(options: argparse.Namespace, console: Console) -> int:
    """List what a target has."""
    from generator import listing, pipeline

    lines = {
        "types": listing.type_lines,
        "operations": listing.operation_lines,
        "paths": listing.path_lines,
    }[options.what]
    target, names = asking.one_target(options)
    console.progress.expect(STEPS)
    api = pipeline.load(target, console.diagnostics, console.progress, names)
    found = lines(api, options.pattern)

    def nothing() -> str:
        return listing.nothing(api, options.what, options.pattern)

    return _answer(found, nothing, console)


def run_why(options: argparse.Namespace, console: Console) -> int:
    """Tell what brings something into a target."""
    from generator import answers

    target, names = asking.one_target(options)
    console.progress.expect(STEPS)
    steps, otherwise = answers.why(
        target, options.name, console.diagnostics, console.progress, names
    )
    return _answer(map(str, steps), lambda: otherwise, console)


def run_diff(options: argparse.Namespace, console: Console) -> int:
    """Compare two versions of an API."""
    from dataclasses import replace

    from generator import answers, formats
    from generator.config import judged, target_from
    from generator.diff import Grade, rendering

    if options.old == options.new == "-":
        options.fail("the standard input holds one version: name the other one")
    described = {
        "package": "api",
        "out": ".",
        "annotations": options.annotations,
        "allow_local": options.allow_local,
    }
    targets = [
        target_from({**described, "spec": [path]})
        for path in (options.old, options.new)
    ]
    old, new = judged(targets, asking.levels(options))
    # the same annotations: what is piped in can be read once
    new = replace(new, annotations=old.annotations)
    console.progress.expect(answers.STEPS_OF_DIFF)
    changes = answers.diff(old, new, console.diagnostics, console.progress)
    forms: dict[str, Callable[[], Iterable[str]]] = {
        "text": lambda: rendering.text_lines(changes),
        "markdown": lambda: rendering.changelog(changes).splitlines(),
        "json": lambda: rendering.json_text(changes).splitlines(),
        "sarif": lambda: _sarif(changes).splitlines(),
        "github": lambda: formats.github_lines(rendering.findings(changes)),
    }
    console.print_lines(forms[options.format](), commands=options.format == "github")
    console.count_warnings()
    if options.format == "text":
        console.summary(rendering.summary(changes))
    if options.fail_on == "any":
        return NO if changes else OK
    breaks = any(change.grade is Grade.BREAKING for change in changes)
    return NO if options.fail_on == "breaking" and breaks else OK


def _sarif(changes: Sequence[Change]) -> str:
    from generator import sarif
    from generator.diff import KINDS, rendering

    return sarif.sarif_text(rendering.findings(changes), KINDS)


def run_docs_check(options: argparse.Namespace, console: Console) -> int:
    """Hold pages against the metadata."""
    from pathlib import Path

    from generator import answers, formats
    from generator.diagnostics import Severity

    target, names = asking.one_target(options)
    console.progress.expect(STEPS - 1)
    pages, findings = answers.check_pages(
        target, Path(options.folder), console.diagnostics, console.progress, names
    )
    console.progress.clear()
    if options.format != "text":
        console.say(formats.written(options.format, findings, answers.page_codes()))
    else:
        console.print_findings(findings)
        errors = len(findings.errors)
        warnings = sum(item.severity is Severity.WARNING for item in findings)
        console.summary(
            f"{outcomes.counted(pages, 'page')}: {outcomes.counted(errors, 'error')}, "
            f"{outcomes.counted(warnings, 'warning')}"
        )
    console.count_warnings()
    if not pages:
        console.say(f"there is no page (*.md) in {options.folder}", sys.stderr)
    is_fine = all(item.severity is Severity.INFO for item in findings)
    return OK if pages and is_fine else NO


def run_gaps(options: argparse.Namespace, console: Console) -> int:
    """Tell what documentation could not say."""
    from generator import answers, listing

    target, names = asking.one_target(options)
    console.progress.expect(STEPS)
    found = answers.gaps(target, console.diagnostics, console.progress, names)
    console.progress.clear()
    if options.format == "json":
        console.say(listing.gap_json(found))
        console.count_warnings()
    else:
        lines = listing.gap_lines(found)
        _answer(lines, lambda: f"{target.name} lacks nothing", console)
        if found:
            console.note(f"{target.name}: {listing.gap_counts(found)}")
    return NO if found else OK


def run_completion(options: argparse.Namespace, console: Console) -> int:
    """Print what makes a shell complete command lines."""
    from generator.completion import script

    print(script(options.shell, options.parser), end="")
    return OK


def run_fetch(options: argparse.Namespace, console: Console) -> int:
    """Get the documents at URLs again."""
    from generator import answers

    number = 0
    for number, each in enumerate(answers.fetch(asking.meant(options)[0]), 1):
        console.print_lines([f"{each.url}: {each.change}, {each.size:,} bytes"])
    if not number:
        console.note("no target has a URL")
    return OK


def run_init(options: argparse.Namespace, console: Console) -> int:
    """Begin a configuration."""
    from generator import starter

    started = starter.start(asking.described(options))
    console.print_lines(
        [
            f"{started.file}: package {started.package} of {started.kind}",
            "write it with: specwright generate",
        ]
    )
    return OK


def run_config_schema(options: argparse.Namespace, console: Console) -> int:
    """Print the JSON schema of a configuration."""
    from generator.config.schema import schema_text

    print(schema_text(), end="")
    return OK


def run_explain(options: argparse.Namespace, console: Console) -> int:
    """Tell what codes of findings mean."""
    from generator import codes
    from generator.config import suggestion
    from generator.diff import KINDS

    found = codes.matching(options.code)
    change = KINDS.get(options.code)
    if not found and not change:
        hint = suggestion(options.code, (*codes.all_codes(), *map(str, KINDS)))
        console.say(f"no finding has the code {options.code!r}{hint}", sys.stderr)
        return NO
    if change:
        console.print_lines([f"{options.code} (a change that diff tells of): {change}"])
    is_one = found == [options.code]
    console.print_lines(
        codes.explanation(found[0]) if is_one else codes.code_lines(found)
    )
    return OK


def _answer(
    lines: Iterable[str], otherwise: Callable[[], str], console: Console
) -> int:
    """Print an answer line by line; say what `otherwise` gives where there is none,
    which is a "no"."""
    status = OK if console.print_lines(lines) else NO
    console.count_warnings()
    if status == NO:
        console.say(otherwise(), sys.stderr)
    return status
