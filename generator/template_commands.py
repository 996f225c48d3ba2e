"""What `specwright templates` does: it lists the templates, writes out one to be
changed, and tells what templates are given."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands import NO, OK

if TYPE_CHECKING:
    from generator.console import Console


def run_list(options: argparse.Namespace, console: Console) -> int:
    """List the templates with their blocks, and which of them a folder overrides."""
    from generator.emitters import context
    from generator.emitters.overrides import own_names

    own = own_names(Path(options.dir)) if options.dir else ()

    def lines() -> Iterator[str]:
        for name in context.names():
            mark = ["overridden"] if name in own else []
            yield "\t".join([name, ", ".join(context.blocks(name)) or "-", *mark])

    console.print_lines(lines())
    return OK


def run_eject(options: argparse.Namespace, console: Console) -> int:
    """Write a template of ours to a folder, whole or as one that changes blocks."""
    from difflib import get_close_matches

    from generator.emitters import context
    from generator.saving import save_new

    known = context.names()
    if options.name not in known:
        close = get_close_matches(options.name, known, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        options.fail(f"there is no template {options.name!r}{hint}")
    if options.blocks and not context.blocks(options.name):
        options.fail(f"{options.name} has no blocks; leave out --blocks")
    make = context.extension if options.blocks else context.ejected
    path = Path(options.dir or "templates") / options.name
    save_new(path, make(options.name).encode())
    console.note(f"{path} is yours; templates = {str(path.parents[1])!r} uses it")
    return OK


def run_context(options: argparse.Namespace, console: Console) -> int:
    """Tell in Markdown what templates are given."""
    from generator.emitters.context import described

    return OK if console.print_lines(described()) else NO
