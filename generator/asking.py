"""What a command line asks for: the targets that its options mean, configured ones or one
that they describe, and where their lock file is.

Stands between `options`, which reads the command line, and the commands.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.runs import Ask

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

OPENAPI_OPTIONS = ("version", "format", "depth", "ms_extensions")
"""What of its OpenAPI document can be said as an option, --openapi-version and so
on."""

LEVELS = ("error", "warn", "ignore")
"""The options that say what is to be made of findings: --error CODE and so on."""


def inputs(options: argparse.Namespace, read: Iterable[str] = ()) -> list[Path]:
    """Give the files on which the output of a command that writes depends, as far as
    they are known: those that were `read` or that the lock names, and what may be the
    configuration; also the lock, where it has to be mended."""
    from pathlib import Path

    from generator import lock
    from generator.config import FILES
    from generator.diagnostics import SpecError

    here = Path.cwd()
    found = [folder / name for folder in (here, *here.parents) for name in FILES]
    found += map(Path, read)
    try:
        ask = asked(options)
    except SpecError:  # the run has told of it
        return sorted(set(found))
    for target in ask.targets:
        found += [each for each in target.locations if isinstance(each, Path)]
        if target.templates is not None:
            found += [target.templates, *target.templates.rglob("*")]
    try:
        for entry in lock.read_lock(ask.lock).values():
            found += [ask.lock.parent / path for path in entry.inputs]
    except SpecError:
        found.append(ask.lock)  # somebody mends it; every other is written by runs
    return sorted(set(found))


def one_target(options: argparse.Namespace) -> tuple[Target, Mapping[str, str]]:
    """Give the target that is meant, and the names that the last run gave in it."""
    from generator import lock

    targets, file = meant(options)
    if len(targets) > 1:
        names = ", ".join(target.name for target in targets)
        options.fail(f"choose one of the targets with --target: {names}")
    entry = lock.read_lock(file).get(targets[0].name)
    return targets[0], entry.names if entry else {}


def asked(options: argparse.Namespace) -> Ask:
    """Give what the options of a command that writes, or checks, ask for."""
    from generator.runs import Ask

    targets, lock = meant(options)
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


def meant(options: argparse.Namespace) -> tuple[tuple[Target, ...], Path]:
    """Give the targets that the options mean, configured ones or one that they
    describe, and where their lock file is."""
    from pathlib import Path

    from generator import lock
    from generator.config import chosen, find_config, judged, target_from

    given = described(options)
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
        targets = judged(chosen(config, options.target), levels(options))
        return targets, config.file.parent / lock.NAME
    if options.target:
        options.fail("--target names a configured target, --spec describes another one")
    if options.writes:
        missing = [f"--{name}" for name in ("package", "out") if name not in given]
        if missing:
            options.fail(f"with --spec, {' and '.join(missing)} must be given")
    target = target_from({"package": "api", "out": ".", **given})
    targets = judged([target], levels(options))
    return targets, target.out / f"{target.package}.{lock.NAME}"


def described(options: argparse.Namespace) -> dict[str, Any]:
    """Give the options that describe a target, as entries of one."""
    table = {name: getattr(options, name) for name in _DESCRIBING}
    return {name: value for name, value in table.items() if value is not None}


def levels(options: argparse.Namespace) -> dict[str, str]:
    """Give what the options say is to be made of findings, by code or pattern."""
    levels: dict[str, str] = {}
    for level in LEVELS:
        for name in getattr(options, f"level_{level}"):
            if levels.setdefault(name, level) != level:
                options.fail(f"--{level} and --{levels[name]} both name {name}")
    return levels
