"""The Jinja2 environments of the emitters: they let nothing through but what was made
for their output.

Each emitter has a subclass of `str` for text that may stand in its files, and functions
that make it from the text of a spec (`python.code.Code`, `docs.markdown.Md`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined


def only(kind: type[str]) -> Callable[[object], str]:
    """Give the function that lets text of one kind pass.

    It raises TypeError for text that nobody has escaped, a fault of the emitter.
    """

    def escaped(value: object) -> str:
        if isinstance(value, kind):
            return value
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined says which name is missing
        raise TypeError(
            f"a template was given {type(value).__name__} that is not"
            f" {kind.__name__}: {value!r:.80}"
        )

    return escaped


@lru_cache(maxsize=4)
def environment(folder: Path, kind: type[str]) -> Environment:
    """The environment for the templates of a folder, in which only `kind` may stand."""
    return Environment(
        loader=FileSystemLoader(folder),
        finalize=only(kind),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a run is short; to look for changes costs a stat a file
        autoescape=False,  # finalize is stricter: what is not escaped is refused
    )
