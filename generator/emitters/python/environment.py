"""The Jinja2 environment of the Python templates: it lets nothing through but code."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined

from generator.emitters.python.code import Code


def only_code(value: object) -> str:
    """Let `Code` pass; TypeError for text that nobody has escaped, a fault of the
    emitter.
    """
    if isinstance(value, Code):
        return value
    if isinstance(value, Undefined):
        str(value)  # StrictUndefined says which name is missing
    raise TypeError(
        f"a template was given {type(value).__name__} that is not code: {value!r:.80}"
    )


@lru_cache(maxsize=4)
def environment(folder: Path) -> Environment:
    """The environment for the templates of a folder."""
    return Environment(
        loader=FileSystemLoader(folder),
        finalize=only_code,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a run is short; to look for changes costs a stat a file
        autoescape=False,  # finalize is stricter: what is not escaped is refused
    )
