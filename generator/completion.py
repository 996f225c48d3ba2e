"""Scripts by which shells complete command lines, made from the options themselves.

bash, zsh and fish are told of every command, option and choice; for anything else they
offer files. The scripts run nothing, so that completing costs nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group of commands: the words that lead to it, what may follow.

    `words` are the commands below it, with what each does; `options` have what they do
    and the choices of their values, None where they take none, () for any.
    """

    path: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str, tuple[str, ...] | None], ...]


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Give the script for "bash", "zsh" or "fish"."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return "\n".join(lines(tuple(commands(parser)))) + "\n"


def commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[Command]:
    """Give a command and all those below it, from the top."""
    words: list[tuple[str, str]] = []
    options: list[tuple[str, str, tuple[str, ...] | None]] = []
    below: list[tuple[str, argparse.ArgumentParser]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {each.dest: each.help for each in action._choices_actions}
            for name, child in action.choices.items():
                words.append((name, _line(helps.get(name))))
                below.append((name, child))
        elif action.option_strings:
            values = (
                None if action.nargs == 0 else tuple(map(str, action.choices or ()))
            )
            for option in action.option_strings:
                options.append((option, _line(action.help), values))
        elif action.choices:
            words += [(str(choice), "") for choice in action.choices]
    yield Command(path, tuple(words), tuple(options))
    for name, child in below:
        yield from commands(child, (*path, name))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _bash(found: tuple[Command, ...]) -> Iterator[str]:
    yield "# bash completion of specwright: source it, or put it in"
    yield "# ~/.local/share/bash-completion/completions/specwright"
    yield "_specwright() {"
    yield '    local path="" word values="" words="" i'
    yield "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}"
    yield "    for ((i = 1; i < COMP_CWORD; i++)); do"
    yield '        word="$path ${COMP_WORDS[i]}"'
    yield '        case "$word" in'
    paths = "|".join(_quoted(f" {' '.join(each.path)}") for each in found if each.path)
    yield f"            {paths}) path=$word ;;"
    yield "        esac"
    yield "    done"
    yield '    case "$path" in'
    for each in found:
        yield f"        {_quoted(''.join(f' {word}' for word in each.path))})"
        names = [name for name, _ in each.words] + [name for name, *_ in each.options]
        yield f"            words={_quoted(' '.join(names))}"
        yield '            case "$previous" in'
        for name, _, values in each.options:
            if values is not None:
                shown = _quoted(" ".join(values)) if values else "-"
                yield f"                {name}) values={shown} ;;"
        yield "            esac ;;"
    yield "    esac"
    yield '    if [[ $values == "-" ]]; then'
    yield "        COMPREPLY=()  # files, by the default"
    yield "        return"
    yield "    fi"
    yield '    COMPREPLY=($(compgen -W "${values:-$words}" -- "$current"))'
    yield "}"
    yield "complete -o bashdefault -o default -F _specwright specwright"


def _zsh(found: tuple[Command, ...]) -> Iterator[str]:
    yield "#compdef specwright"
    yield "# zsh completion of specwright: a file _specwright in a folder of $fpath"
    yield "_specwright() {"
    yield '    local place="" word previous=${words[CURRENT-1]}'
    yield "    local -a names"
    yield '    for word in "${(@)words[2,CURRENT-1]}"; do'
    yield '        case "$place $word" in'
    paths = "|".join(_quoted(f" {' '.join(each.path)}") for each in found if each.path)
    yield f'            {paths}) place="$place $word" ;;'
    yield "        esac"
    yield "    done"
    yield '    case "$place" in'
    for each in found:
        yield f"        {_quoted(''.join(f' {word}' for word in each.path))})"
        yield '            case "$previous" in'
        for name, _, values in each.options:
            if values:
                shown = " ".join(map(_quoted, values))
                yield f"                {name}) compadd -- {shown}; return ;;"
            elif values is not None:
                yield f"                {name}) _files; return ;;"
        yield "            esac"
        yield "            names=("
        for name, text in (*each.words, *[option[:2] for option in each.options]):
            escaped = name.replace(":", "\\:")
            yield f"                {_quoted(f'{escaped}:{text}')}"
        yield "            ) ;;"
    yield "    esac"
    yield "    _describe -t commands specwright names || _files"
    yield "}"
    yield 'if [[ $funcstack[1] == _specwright ]]; then _specwright "$@"; else'
    yield "    compdef _specwright specwright"
    yield "fi"


def _fish(found: tuple[Command, ...]) -> Iterator[str]:
    yield "# fish completion of specwright: a file specwright.fish in"
    yield "# ~/.config/fish/completions"
    yield "function __specwright_at"
    yield "    set -l place"
    yield "    for word in (commandline -opc)[2..-1]"
    yield '        switch "$place $word"'
    paths = " ".join(_quoted(f" {' '.join(each.path)}") for each in found if each.path)
    yield f"            case {paths}"
    yield '                set place "$place $word"'
    yield "        end"
    yield "    end"
    yield '    test "$place" = "$argv[1]"'
    yield "end"
    for each in found:
        place = "".join(f" {word}" for word in each.path)
        start = f"complete -c specwright -n {_quoted(f'__specwright_at {place!r}', fish=True)}"
        for name, text in each.words:
            yield f"{start} -f -a {name} -d {_quoted(text, fish=True)}"
        for name, text, values in each.options:
            flag = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
            taken = ""
            if values:
                taken = f" -x -a {_quoted(' '.join(values), fish=True)}"
            elif values is not None:
                taken = " -r"
            yield f"{start} {flag}{taken} -d {_quoted(text, fish=True)}"


def _quoted(text: str, *, fish: bool = False) -> str:
    """Quote a text for a shell: within single quotes nothing has a meaning, but for
    backslashes in fish."""
    if fish:
        return "'" + re.sub(r"([\\'])", r"\\\1", text) + "'"
    return "'" + text.replace("'", "'\\''") + "'"
