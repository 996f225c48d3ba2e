"""The hooks for pre-commit."""

from __future__ import annotations

from pathlib import Path

import yaml

from generator.options import parser

ROOT = Path(__file__).parents[1]


def test_the_hooks_run_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["specwright-check", "specwright-generate"]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        options = parser().parse_args(arguments)
        assert program == "specwright"
        assert options.command.__name__ == f"run_{arguments[0]}"
        assert hook["language"] == "python"
        # names of files would be taken for arguments, of which there are none
        assert hook["pass_filenames"] is False and hook["always_run"] is True
