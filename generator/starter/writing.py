"""A first target as TOML, and how it comes into a file without touching what is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator import saving
from generator.config import toml
from generator.starter.guessing import failure
from generator.writer import OutputError


def target_text(name: str, table: dict[str, Any], kind: str) -> str:
    """Give the target as TOML, with what else may be said of it as comments."""
    slices = '["some.namespace.type", "GET /some/{id}/**"]'
    related = {"depth": "1  # how many relationships a slice follows; unset, all"}
    if not kind.startswith("OData"):
        slices = '["a tag", "an operation id", "GET /some/{id}/**"]'
        related = {}
    more = {
        "include": f"{slices}  # only these, and what they lead to",
        **related,
        "emit": '["python", "docs", "openapi"]  # documentation as well',
        "base_url": '"https://..."  # where the service answers',
    }
    lines = [f"# {kind}; write the package with: specwright generate", f"[[{name}]]"]
    lines += [f"{key} = {_toml(table[key])}" for key in _ordered(table)]
    lines += [f"# {key} = {text}" for key, text in more.items() if key not in table]
    return "\n".join(lines) + "\n"


def _ordered(table: dict[str, Any]) -> list[str]:
    first = ("spec", "package", "out")
    return [*first, *(key for key in table if key not in first)]


def _toml(value: Any) -> str:
    """Write a text, a truth value or a list of texts; a list of one as the text alone."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) == 1:
            return _toml(value[0])
        return f"[{', '.join(map(_toml, value))}]"
    # The escapes of JSON are those of TOML, but for the one of DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def parsed(path: Path) -> dict[str, Any]:
    """Give what a TOML file says. Raises SpecError for what cannot be read."""
    try:
        return toml.parse(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise failure("config-toml", f"cannot be read as TOML: {error}", path) from None


def write(file: Path, text: str) -> None:
    """Write a configuration into a new file, or behind what a file holds.

    Raises SpecError for a file that cannot be added to, and OutputError where the disk
    refuses.
    """
    if not file.exists():
        saving.save_new(file, text.encode())
        return
    before = file.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before else end if before.endswith(b"\n") else end * 2
    after = before + gap + text.encode().replace(b"\n", end)
    _check_kept(file, after)
    try:
        saving.save(file.resolve(), after)
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error}") from error


def _check_kept(file: Path, after: bytes) -> None:
    """Raise SpecError if a table behind everything else is not possible, as it is where
    `tool` is an inline table."""
    try:
        found = toml.parse(after.decode())
    except ValueError:
        message = "a table cannot be added to this file; write a specwright.toml"
        raise failure("config-toml", message, file) from None
    tool = found["tool"]
    if isinstance(tool, dict):
        tool.pop("specwright")
    if found != {"tool": {}, **parsed(file)}:
        message = "adding to this file would change it; write a specwright.toml"
        raise failure("config-toml", message, file)
