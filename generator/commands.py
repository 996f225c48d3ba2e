"""What each command does with its options: it asks the pipeline, and prints.

Exit status 0 is fine, 1 says that the answer is "no" (drift, nothing found), 2 that
something is wrong. What a command needs is imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.console import Console
    from generator.diff import Change
    from generator.runs import Ask, Outcome
    from generator.writer import Difference

OK, NO, ERROR, INTERRUPTED = 0, 1, 2, 130

STEPS = 7
"""How many steps a run announces for one target."""

_DESCRIBING = (
    "spec",
    "annotations",
    "permissions",
    "allow_local",
    "validate",
    "include",
    "depth",
    "package",
    "out",
    "emit",
    "base_url",
    "templates",
    "passes",
)
"""The options that describe a target of their own."""

FORMS = ("text", "json", "sarif", "github")
"""How findings can be written; `generator.formats` writes them."""

SHELLS = ("bash", "zsh", "fish")
"""What `generator.completion` writes scripts for."""

OPENAPI_OPTIONS = ("version", "format", "depth", "ms_extensions")
"""What of its OpenAPI document can be said as an option, --openapi-version and so
on."""

LEVELS = ("error", "warn", "ignore")
"""The options that say what is to be made of findings: --error CODE and so on."""


def run_generate(options: argparse.Namespace, console: Console) -> int:
    """Write what the targets give."""
    from generator import runs

    ask = _ask(options)
    console.progress.expect(STEPS * len(ask.targets))
    done = runs.generate(ask, console.diagnostics, console.progress)
    console.show_findings()
    for outcome in done:
        _summarise(outcome, console)
    return OK


def inputs(options: argparse.Namespace) -> list[Path]:
    """Give the files on which the output of a command that writes depends, as far as
    they are known: those that the last run read, and the configuration."""
    from pathlib import Path

    from generator import lock
    from generator.diagnostics import SpecError

    found = [Path("specwright.toml"), Path("pyproject.toml")]
    try:
        ask = _ask(options)
        found += [ask.lock.with_name(name) for name in map(str, found[:2])]
        for target in ask.targets:
            found += [each for each in target.locations if isinstance(each, Path)]
            if target.templates is not None:
                found += [target.templates, *target.templates.rglob("*")]
        for entry in lock.read_lock(ask.lock).values():
            found += [ask.lock.parent / path for path in entry.inputs]
    except SpecError:
        pass  # the run has told of it
    return sorted(set(found))


def run_check(options: argparse.Namespace, console: Console) -> int:
    """Compare what the targets give with what was written, and print a diff."""
    from generator import runs

    ask = _ask(options)
    console.progress.expect(STEPS * len(ask.targets))
    status = OK
    for outcome in runs.check(ask, console.diagnostics, console.progress):
        for difference in outcome.differences:
            console.show_difference(difference)
            status = NO if difference.paths else status
        console.progress.clear()
        _summarise(outcome, console)
        if not any(difference.paths for difference in outcome.differences):
            _note_drift(outcome, ask.lock, console)
    console.show_findings()
    return status


def _summarise(outcome: Outcome, console: Console) -> None:
    """Say in a line what came of a target."""
    build = outcome.build
    if outcome.target is None:
        paths = [path for each in outcome.differences for path in each.paths]
        console.summary(f"{outcome.name}: a target no more ({len(paths)} files stale)")
    elif build is None:
        files = len(outcome.now.outputs) if outcome.now else 0
        console.summary(
            f"{outcome.name}: nothing has changed, {files} files (all the same)"
        )
        if outcome.now and outcome.now.warnings:
            console.note(
                f"{outcome.now.warnings} warnings when it was read; see --verbose"
            )
    else:
        console.summary(
            f"{outcome.name}: {len(build.api.types)} types, {build.operations} "
            f"operations, {len(build.files)} files ({_counts(outcome.differences)})"
        )
        if build.gaps:
            from generator import listing

            console.note(f"{listing.gap_counts(build.gaps)}: see specwright gaps")


def _note_drift(outcome: Outcome, lock: Path, console: Console) -> None:
    """Say what is out of date in the lock although the output is not."""
    before, now = outcome.before, outcome.now
    if before == now or now is None:
        return
    if before is None:
        console.note(
            f"{lock} does not know {outcome.name}: specwright generate adds it"
        )
    elif now.renewed(before):
        is_other = before.version != now.version
        this = f"this is {now.version}" if is_other else "of other code than this"
        console.note(
            f"{outcome.name} was written by specwright {before.version}, {this};"
            " the output is the same"
        )
    else:
        console.note(
            f"what {outcome.name} is made of has changed since, its output has not:"
            f" specwright generate renews {lock}"
        )


def _counts(differences: Iterable[Difference]) -> str:
    """Say what differs, in a few words."""
    counts = Counter[str]()
    for each in differences:
        counts["changed"] += len(each.changed)
        counts["new"] += len(each.added)
        counts["stale"] += len(each.stale)
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "all the same"


def run_list(options: argparse.Namespace, console: Console) -> int:
    """List what a target has."""
    from generator import listing, pipeline

    lines = {
        "types": listing.type_lines,
        "operations": listing.operation_lines,
        "paths": listing.path_lines,
    }[options.what]
    target, names = _one_target(options)
    console.progress.expect(STEPS)
    api = pipeline.load(target, console.diagnostics, console.progress, names)
    found = lines(api, options.pattern)
    return _answer(found, f"{target.name} has no such {options.what}", console)


def run_why(options: argparse.Namespace, console: Console) -> int:
    """Tell what brings something into a target."""
    from generator import answers

    target, names = _one_target(options)
    console.progress.expect(STEPS)
    steps = answers.why(
        target, options.name, console.diagnostics, console.progress, names
    )
    return _answer(map(str, steps), f"{target.name} has no {options.name}", console)


def run_diff(options: argparse.Namespace, console: Console) -> int:
    """Compare two versions of an API."""
    from generator import answers, formats
    from generator.config import judged, target_from
    from generator.diff import Grade, rendering

    described = {"package": "api", "out": ".", "annotations": options.annotations}
    targets = [
        target_from({**described, "spec": [path]})
        for path in (options.old, options.new)
    ]
    old, new = judged(targets, _levels(options))
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

    target, names = _one_target(options)
    console.progress.expect(STEPS - 1)
    pages, findings = answers.check_pages(
        target, Path(options.folder), console.diagnostics, console.progress, names
    )
    console.progress.clear()
    if options.format != "text":
        print(formats.written(options.format, findings, answers.page_codes()))
    else:
        console.print_findings(findings)
        errors = len(findings.errors)
        warnings = sum(item.severity is Severity.WARNING for item in findings)
        console.summary(f"{pages} pages: {errors} errors, {warnings} warnings")
    console.count_warnings()
    if not pages:
        print(f"there is no page (*.md) in {options.folder}", file=sys.stderr)
    is_fine = all(item.severity is Severity.INFO for item in findings)
    return OK if pages and is_fine else NO


def run_gaps(options: argparse.Namespace, console: Console) -> int:
    """Tell what documentation could not say."""
    from generator import answers, listing

    target, names = _one_target(options)
    console.progress.expect(STEPS)
    found = answers.gaps(target, console.diagnostics, console.progress, names)
    console.progress.clear()
    if options.format == "json":
        print(listing.gap_json(found))
        console.count_warnings()
    else:
        _answer(listing.gap_lines(found), f"{target.name} lacks nothing", console)
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
    for number, each in enumerate(answers.fetch(_targets(options)[0]), 1):
        console.print_lines([f"{each.url}: {each.change}, {each.size:,} bytes"])
    if not number:
        console.note("no target has a URL")
    return OK


def run_init(options: argparse.Namespace, console: Console) -> int:
    """Begin a configuration."""
    from generator import starter

    started = starter.start(_described(options))
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

    found = codes.matching(options.code)
    if not found:
        hint = suggestion(options.code, tuple(codes.all_codes()))
        print(f"no finding has the code {options.code!r}{hint}", file=sys.stderr)
        return NO
    is_one = found == [options.code]
    console.print_lines(
        codes.explanation(found[0]) if is_one else codes.code_lines(found)
    )
    return OK


def _answer(lines: Iterable[str], otherwise: str, console: Console) -> int:
    """Print an answer line by line; say `otherwise` where there is none, which is a
    "no"."""
    status = OK if console.print_lines(lines) else NO
    console.count_warnings()
    if status == NO:
        print(otherwise, file=sys.stderr)
    return status


def _one_target(options: argparse.Namespace) -> tuple[Target, Mapping[str, str]]:
    """Give the target that is meant, and the names that the last run gave in it."""
    from generator import lock

    targets, file = _targets(options)
    if len(targets) > 1:
        names = ", ".join(target.name for target in targets)
        options.fail(f"choose one of the targets with --target: {names}")
    entry = lock.read_lock(file).get(targets[0].name)
    return targets[0], entry.names if entry else {}


def _ask(options: argparse.Namespace) -> Ask:
    """Give what the options of a command that writes, or checks, ask for."""
    from generator.runs import Ask

    targets, lock = _targets(options)
    if getattr(options, "watch", False) and "-" in (options.spec or ()):
        options.fail("the standard input does not change: --watch needs a file")
    return Ask(
        targets,
        lock,
        whole=not options.target,
        force=getattr(options, "force", False),
        afresh=options.verbose or options.findings != "text",
        jobs=options.jobs,
    )


def _targets(options: argparse.Namespace) -> tuple[tuple[Target, ...], Path]:
    """Give the targets that the options mean, configured ones or one that they
    describe, and where their lock file is."""
    from pathlib import Path

    from generator import lock
    from generator.config import chosen, find_config, judged, target_from

    given = _described(options)
    openapi = {
        name: value
        for name in OPENAPI_OPTIONS
        if (value := getattr(options, f"openapi_{name}")) is not None
    }
    if openapi:
        given["openapi"] = openapi
    if "spec" not in given:
        if given:
            first = next(iter(given)).replace("_", "-").replace("passes", "pass")
            first = f"openapi-{next(iter(openapi))}" if first == "openapi" else first
            options.fail(f"--{first} describes a target of its own and needs --spec")
        config = find_config(Path())
        targets = judged(chosen(config, options.target), _levels(options))
        return targets, config.file.parent / lock.NAME
    if options.target:
        options.fail("--target names a configured target, --spec describes another one")
    if options.writes:
        missing = [f"--{name}" for name in ("package", "out") if name not in given]
        if missing:
            options.fail(f"with --spec, {' and '.join(missing)} must be given")
    target = target_from({"package": "api", "out": ".", **given})
    targets = judged([target], _levels(options))
    return targets, target.out / f"{target.package}.{lock.NAME}"


def _described(options: argparse.Namespace) -> dict[str, Any]:
    """Give the options that describe a target, as entries of one."""
    table = {name: getattr(options, name) for name in _DESCRIBING}
    return {name: value for name, value in table.items() if value is not None}


def _levels(options: argparse.Namespace) -> dict[str, str]:
    """Give what the options say is to be made of findings, by code or pattern."""
    levels: dict[str, str] = {}
    for level in LEVELS:
        for name in getattr(options, f"level_{level}"):
            if levels.setdefault(name, level) != level:
                options.fail(f"--{level} and --{levels[name]} both name {name}")
    return levels
