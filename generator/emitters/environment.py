"""The templates of the emitters, and the Jinja2 environment that renders them: it lets
nothing through but what was made for its output.

Each emitter has a subclass of `str` for text that may stand in its files, and functions
that make it from the text of a spec (`python.code.Code`, `docs.markdown.Md`). A user's
folder may hold templates of the same names, which then come first (`overrides`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Undefined,
)

from generator.emitters.overrides import (
    CONTEXT_VERSION,
    OwnLoader,
    check_mark,
    located,
    own_file,
)
from generator.files import data_folder


def only(kind: type[str], escapes: Iterable[str] = ()) -> Callable[[object], str]:
    """Give the function that lets text of one kind pass, which the filters named in
    `escapes` make.

    It raises TypeError for text that nobody has escaped, a fault of the emitter or of a
    user's template.
    """
    hint = ", ".join(f"| {name}" for name in escapes)
    hint = f"; what makes it is {hint}" if hint else ""

    def escaped(value: object) -> str:
        if isinstance(value, kind):
            return value
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined says which name is missing
        raise TypeError(
            f"a template was given {type(value).__name__} that is not"
            f" {kind.__name__}: {value!r:.80}{hint}"
        )

    return escaped


Escapes = Mapping[str, Callable[[str], str]]
"""Filters that make text that may stand in the output of any text, by name."""


class Templates:
    """The templates of one kind of output, by their names below the folder of all
    templates ("docs/operation.md.j2").

    `kind` alone may stand in what they give; `escapes` are filters that make it. `own`
    is a user's folder, whose templates come before those of their names here.
    """

    def __init__(
        self, kind: type[str], escapes: Escapes, own: Path | None = None
    ) -> None:
        ours = FileSystemLoader(data_folder("templates"))
        self._loader = OwnLoader(own, ours) if own is not None else None
        self._environment = _environment(self._loader or ours, kind, escapes)
        self._own: dict[str, str] = {}

    def own_file(self, name: str) -> str:
        """Give the file of the user's that a template is made with, the template's own
        before those that it names; "" where there is none."""
        if self._loader is None:
            return ""
        if name not in self._own:
            with located(self._loader):
                self._own[name] = own_file(name, self._environment, self._loader)
        return self._own[name]

    def render(self, name: str, view: object) -> str:
        """Give what a template makes of a view.

        Raises SpecError, with the line, for a fault in a template of the user.
        """
        file = self.own_file(name)
        if not file or self._loader is None:
            return self._render(name, view)
        with located(self._loader):
            text = self._render(name, view)
        check_mark(text, file)
        return text

    def _render(self, name: str, view: object) -> str:
        template = self._environment.get_template(name)
        return template.render(view=view, context_version=CONTEXT_VERSION)


def templates(kind: type[str], escapes: Escapes, own: Path | None) -> Templates:
    """Give the templates of a kind of output: our own compiled once for all runs, a
    user's, which may change between runs, anew."""
    if own is not None:
        return Templates(kind, escapes, own)
    return _ours(kind, tuple(escapes.items()))


@lru_cache(maxsize=4)
def _ours(
    kind: type[str], escapes: tuple[tuple[str, Callable[[str], str]], ...]
) -> Templates:
    return Templates(kind, dict(escapes))


def _environment(loader: BaseLoader, kind: type[str], escapes: Escapes) -> Environment:
    """The environment for templates in whose output only `kind` may stand."""
    environment = Environment(
        loader=loader,
        finalize=only(kind, escapes),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a run is short; to look for changes costs a stat a file
        autoescape=False,  # finalize is stricter: what is not escaped is refused
    )
    # What a block, a macro or super() gives is put together of what was let through.
    environment.concat = lambda parts: kind("".join(parts))  # type: ignore[method-assign]
    environment.filters |= {
        name: lambda value, make=make: make(str(value))
        for name, make in escapes.items()
    }
    return environment
