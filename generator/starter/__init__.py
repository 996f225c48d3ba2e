"""A first configuration for a project: from a description to the target that reads it.

It goes into `pyproject.toml`, behind what stands there and without touching it, or else
into `specwright.toml`. What is there already is never written over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.config import Target, target_from
from generator.locations import StandardInput
from generator.readers.source import Source
from generator.sources import load
from generator.starter.guessing import failure, kind_of, only_one, package_for
from generator.starter.writing import parsed, target_text, write


@dataclass(frozen=True, slots=True)
class Started:
    """What was begun: the file, the target's package, and what its spec is written in."""

    file: Path
    package: str
    kind: str


def start(given: dict[str, Any]) -> Started:
    """Begin a configuration in the current folder.

    `given` are entries of the target: where it has no `spec`, the only description in
    the folder or in one of the usual folders in it is taken, and what else it lacks is
    made of that. Raises SpecError for descriptions that cannot be read, or to choose
    from, and where a configuration is already; OutputError where the disk refuses.
    """
    file = _file()
    specs = given.get("spec") or [only_one()]
    table = {"package": package_for(specs[0]), "out": _out(), **given, "spec": specs}
    target = target_from(table)
    if any(isinstance(each, StandardInput) for each in target.locations):
        message = "standard input cannot be configured; name a file or a URL"
        raise failure("config-value", message, file)
    kind = kind_of(_sources(target)[0])
    name = "tool.specwright.target" if file.name == "pyproject.toml" else "target"
    write(file, target_text(name, table, kind))
    return Started(file, target.package, kind)


def _file() -> Path:
    """Give the file to write to. Raises SpecError if one configures specwright."""
    own, project = Path("specwright.toml"), Path("pyproject.toml")
    if own.exists():
        message = "this is a configuration already; add a [[target]] to it"
        raise failure("config-duplicate", message, own)
    if not project.exists():
        return own
    tool = parsed(project).get("tool", {})
    if isinstance(tool, dict) and "specwright" in tool:
        message = (
            "[tool.specwright] is a configuration already; add a"
            " [[tool.specwright.target]] to it"
        )
        raise failure("config-duplicate", message, project)
    return project


def _sources(target: Target) -> list[Source]:
    return [
        source
        for location in target.spec
        for source in load(location, Path(), allow_local=target.allow_local)
    ]


def _out() -> str:
    return "src" if Path("src").is_dir() else "."
