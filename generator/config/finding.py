"""Where a configuration is found, and the targets that it has.

A configuration stands in `specwright.toml`, or below `[tool.specwright]` in
`pyproject.toml`, in the current folder or one above it. Everything wrong with it is said
at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.config import toml
from generator.config.entries import Entries, described, suggestion
from generator.config.records import Config, Target
from generator.config.policy import over, read_policy
from generator.config.targets import read_target
from generator.diagnostics import Diagnostics, SpecError
from generator.model import Place

FILES = ("specwright.toml", "pyproject.toml")
"""In what files a configuration may stand."""

KEYS = ("target", "diagnostics")
"""The keys of a configuration."""


def find_config(start: Path) -> Config:
    """Read the configuration that holds for a folder: the nearest, looking upwards.

    Paths in it are relative to its own folder; they are given relative to `start`, as a
    user there would write them. Raises SpecError if there is none, or if it is faulty.
    """
    diagnostics = Diagnostics()
    start = start.resolve()
    for folder in (start, *start.parents):
        found = _tables_in(folder, start, diagnostics)
        diagnostics.stop_on_errors()
        if len(found) > 1:
            names = " and ".join(str(file) for file, _ in found)
            diagnostics.error("config-ambiguous", f"{names} both configure specwright")
        if found:
            config = _read_config(*found[0], diagnostics)
            diagnostics.stop_on_errors()
            return config
    diagnostics.error(
        "config-missing",
        "no [[tool.specwright.target]] in a pyproject.toml, and no specwright.toml, "
        f"in {start} or above; begin one with specwright init --spec FILE, or give "
        "--spec, and to write a package --package and --out",
    )
    raise SpecError(diagnostics.errors)


def chosen(config: Config, names: Sequence[str]) -> tuple[Target, ...]:
    """Give the targets of the names, in the configuration's order; all for no names.

    Raises SpecError for names that no target has.
    """
    known = tuple(target.name for target in config.targets)
    diagnostics = Diagnostics()
    for name in names:
        if name not in known:
            message = f"there is no target {name!r}{suggestion(name, known)}"
            diagnostics.error("config-unknown-target", message, Place(str(config.file)))
    diagnostics.stop_on_errors()
    return tuple(each for each in config.targets if not names or each.name in names)


def target_from(table: Mapping[str, Any]) -> Target:
    """Make a target of entries that stand in no file; paths are the current folder's.

    Raises SpecError with everything that is wrong with it.
    """
    diagnostics = Diagnostics()
    target = read_target(Entries(table, "options", None, diagnostics), Path())
    diagnostics.stop_on_errors()
    return target


def judged(targets: Sequence[Target], levels: Mapping[str, str]) -> tuple[Target, ...]:
    """Give targets with levels of codes, or of patterns, that go before their own.

    Raises SpecError for codes that do not exist or cannot have their level.
    """
    diagnostics = Diagnostics()
    policy = read_policy(Entries(levels, "options", None, diagnostics))
    diagnostics.stop_on_errors()
    return tuple(
        replace(each, diagnostics=over(each.diagnostics, dict(policy)))
        for each in targets
    )


def _tables_in(
    folder: Path, start: Path, diagnostics: Diagnostics
) -> list[tuple[Path, Mapping[str, Any]]]:
    """Give the configurations of one folder: none, one, or too many."""
    tables: list[tuple[Path, Mapping[str, Any]]] = []
    for name in FILES:
        path = folder / name
        if not os.path.isfile(path):
            continue
        shown = Path(os.path.relpath(path, start))
        table: Any = _parse(path, shown, diagnostics)
        if name == "pyproject.toml":
            tool = table.get("tool")
            table = tool.get("specwright") if isinstance(tool, dict) else None
        if isinstance(table, dict):
            tables.append((shown, table))
        elif table is not None:
            message = f"[tool.specwright] is a table, found {described(table)}"
            diagnostics.error("config-type", message, Place(str(shown)))
    return tables


def _parse(path: Path, shown: Path, diagnostics: Diagnostics) -> dict[str, Any]:
    try:
        return toml.parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        diagnostics.error("config-unreadable", message, Place(str(shown)))
    except toml.TomlError as error:
        place = Place(str(shown), error.line, error.column)
        diagnostics.error("config-toml", f"not valid TOML: {error}", place)
    return {}


def _read_config(
    file: Path, table: Mapping[str, Any], diagnostics: Diagnostics
) -> Config:
    place = Place(str(file))
    reader = Entries(table, "configuration", place, diagnostics)
    section = "tool.specwright." if file.name == "pyproject.toml" else ""
    if not section and "tool" in table:
        message = "`tool.specwright` is for pyproject.toml; here it is [[target]]"
        diagnostics.error("config-unknown-key", message, place)
        return Config(file, ())
    reader.check_keys(KEYS)
    policy = read_policy(reader.below("diagnostics"))
    entries = table.get("target", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        message = f"`target` is an array of tables, written [[{section}target]]"
        diagnostics.error("config-type", message, place)
        return Config(file, ())
    if not entries:
        message = f"there is no target; it is a table [[{section}target]]"
        diagnostics.error("config-missing", message, place)
    targets = [
        read_target(
            Entries(entry, _title(entry), place, diagnostics), file.parent, policy
        )
        for entry in entries
    ]
    _check_distinct(targets, place, diagnostics)
    return Config(file, tuple(targets))


def _check_distinct(
    targets: list[Target], place: Place, diagnostics: Diagnostics
) -> None:
    """Report targets that could not be told apart, or would write to one folder or
    into the package of another."""
    for position, target in enumerate(targets):
        for other in targets[:position]:
            if target.name == other.name:
                message = f"two targets are named {target.name!r}"
                diagnostics.error("config-duplicate", message, place)
            elif _folder(target) == _folder(other):
                folder = target.out / target.package
                message = f"{other.name!r} and {target.name!r} both write {folder}"
                diagnostics.error("config-duplicate", message, place)
            for inner, outer in ((target, other), (other, target)):
                if _is_within(inner, outer):
                    message = (
                        f"{inner.name!r} writes into {inner.out}: the package of"
                        f" {outer.name!r} there takes no other files"
                    )
                    diagnostics.error("config-duplicate", message, place)


def _folder(target: Target) -> str:
    """Give what the folder of a target is to a disk that knows no case."""
    return os.path.normpath(target.out / target.package).casefold()


def _is_within(inner: Target, outer: Target) -> bool:
    """Say whether a target writes into the package that another one replaces as a
    whole."""
    below = f"{_folder(outer)}{os.sep}"
    return "python" in outer.emit and _folder(inner).startswith(below)


def _title(entry: Mapping[str, Any]) -> str:
    return f"target {entry.get('name', entry.get('package'))!r}"
