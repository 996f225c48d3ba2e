"""Two versions of a schema written in a few lines, and what differs between them."""

from __future__ import annotations

from support import csdl

from generator.diagnostics import Diagnostics
from generator.diff import Change, diff
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.readers.csdl import read


def version(body: str, name: str) -> Api:
    """Take a schema `ns` through the passes."""
    diagnostics = Diagnostics()
    api = read([csdl(body, name)], diagnostics)
    api = make_resources(annotate(resolve(api, diagnostics), diagnostics))
    assert diagnostics.errors == ()
    return with_catalogue(api)


def compare(old: str, new: str) -> tuple[Change, ...]:
    """Compare the schema of old.csdl with that of new.csdl."""
    return diff(version(old, "old.csdl"), version(new, "new.csdl"))


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """Give what matters of changes: kind, target and the grade's first letter."""
    return [(item.kind.value, item.target, item.grade[0]) for item in changes]
