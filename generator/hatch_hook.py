"""A build hook for Hatch: the targets of a project are written while it is built.

`[tool.hatch.build.hooks.specwright]` in a project's pyproject.toml asks for it, with
specwright among the `requires` of its build system. Hatchling finds this module by the
entry point `hatch`, and runs `specwright generate` through it in the project's folder,
for wheels, source distributions and editable installs alike.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

_OURS = ("targets", "check")
_HATCHLINGS = (
    "dependencies",
    "enable-by-default",
    "require-runtime-dependencies",
    "require-runtime-features",
)


class SpecwrightBuildHook(BuildHookInterface[Any]):
    """Writes what the targets of a project give, and has it packed.

    `targets` are names of targets, all of them where there are none. `check = true`
    writes nothing, and fails where what is there differs from what would be written.
    """

    PLUGIN_NAME = "specwright"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files of a distribution are collected.

        Raises ValueError for options that are none, RuntimeError where the command does
        not succeed, which has said why.
        """
        targets, check = self._options()
        with chdir(self.root), redirect_stdout(sys.stderr):
            _run("check" if check else "generate", targets)
            build_data["artifacts"] += _folders(targets)

    def _options(self) -> tuple[list[str], bool]:
        where = "tool.hatch.build.hooks.specwright"
        for key in self.config:
            if key not in (*_OURS, *_HATCHLINGS):
                known = ", ".join(_OURS)
                raise ValueError(f"{where}: unknown key {key!r}; known are {known}")
        targets = self.config.get("targets", [])
        check = self.config.get("check", False)
        if not isinstance(targets, list) or not all(
            isinstance(name, str) for name in targets
        ):
            raise ValueError(f"{where}: `targets` is a list of names")
        if not isinstance(check, bool):
            raise ValueError(f"{where}: `check` is true or false")
        return targets, check


def _run(command: str, targets: list[str]) -> None:
    from generator.cli import main

    options = [option for name in targets for option in ("--target", name)]
    if main([command, *options]):
        raise RuntimeError(f"specwright {command} did not succeed")


def _folders(targets: list[str]) -> Iterator[str]:
    """Give patterns for the package folders below the project: what is generated may be
    ignored by version control, and is packed all the same."""
    from generator.config import chosen, find_config

    for target in chosen(find_config(Path()), targets):
        folder = target.out / target.package
        if "python" in target.emit and not {"..", folder.anchor} & {*folder.parts}:
            yield f"/{folder.as_posix()}/"


@hookimpl
def hatch_register_build_hook() -> type[SpecwrightBuildHook]:
    """Tell Hatchling of the hook."""
    return SpecwrightBuildHook
