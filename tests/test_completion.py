"""What shells complete: the scripts, run by the shells themselves where they are
installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.completion import Command, commands, script
from generator.options import parser

BASH = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_specwright
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Path]:
    """The scripts, in files."""
    made = {}
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        made[shell] = tmp_path / f"specwright.{shell}"
        made[shell].write_text(capsys.readouterr().out)
    return made


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def in_bash(scripts: dict[str, Path], *words: str) -> list[str]:
    """What bash offers for the last of some words behind the command."""
    output = run("bash", "-c", BASH, "-", str(scripts["bash"]), "specwright", *words)
    return output.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["gen"], ["generate"]),
        (["templates", ""], ["list", "eject", "context", "-h", "--help"]),
        (["docs", "ch"], ["check"]),
        (["generate", "--for"], ["--force", "--format"]),
        (["generate", "--format", ""], ["text", "json", "sarif", "github"]),
        (["--quiet", "diff", "--fail-on", "b"], ["breaking"]),
        (["diff", "old", "--format", "m"], ["markdown"]),
        (["completion", "z"], ["zsh"]),
        (["generate", "--spec", ""], []),
        (["diff", "a.csdl"], []),
    ],
)
def test_bash_completes(
    words: list[str], offered: list[str], scripts: dict[str, Path]
) -> None:
    assert in_bash(scripts, *words) == offered


def test_zsh_takes_the_script(scripts: dict[str, Path]) -> None:
    run("zsh", "-n", str(scripts["zsh"]))
    code = f"autoload -U compinit; compinit -u -D; source {scripts['zsh']}; "
    assert "_specwright" in run("zsh", "-f", "-c", code + "print $_comps[specwright]")


def test_fish_completes(scripts: dict[str, Path]) -> None:
    def offered(line: str) -> list[str]:
        code = f"source {scripts['fish']}; complete -C {line!r}"
        return [each.split("\t")[0] for each in run("fish", "-c", code).splitlines()]

    assert offered("specwright gen") == ["generate"]
    assert {"list", "eject", "context"} <= {*offered("specwright templates ")}
    assert offered("specwright diff a b --format m") == ["markdown"]
    assert "--force" in offered("specwright generate --fo")
    assert "--force" not in offered("specwright check --fo")


def test_every_command_and_option_is_offered() -> None:
    found = list(commands(parser()))
    texts = {shell: script(shell, parser()) for shell in ("bash", "zsh", "fish")}
    assert Command((), found[0].words, found[0].options) == found[0]
    assert {("templates", "eject"), ("docs", "check"), ("list", "types")} <= {
        each.path for each in found
    }
    for each in found:
        for word, _ in each.words:
            assert all(word in text for text in texts.values())
        for option, _, _ in each.options:
            assert option in texts["bash"] and option in texts["zsh"]
            assert f" {option.replace('--', '-l ', 1)}" in texts["fish"] or (
                option == "-h" and " -s h" in texts["fish"]
            )


def test_another_shell_is_refused() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["completion", "tcsh"])
    assert caught.value.code == 2
