"""Templates of a user's own, in place of ours.

A folder holds templates below `python/` and `docs/`, by the names of those that they
replace. One that is to change single blocks extends the original, whose name is the
same behind an exclamation mark: `{% extends "!docs/operation.md.j2" %}`. What an
original includes or extends is looked for among the user's templates first.

Templates are code of the user, and what is wrong with one is said with its file and
line: `template-syntax`, `template-missing`, `template-failed`, `template-mark`,
`template-output`, `template-unused`, `template-context`.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)

from generator.diagnostics import Diagnostics, SpecError
from generator.files import MARKER, data_folder
from generator.model import Place

CONTEXT_VERSION: Final = 1
"""The number of what templates are given: `view`, with the attributes that the classes
of the views document, and `context_version`. It rises when one of them goes or changes
its meaning, not when one is added."""

ORIGINAL: Final = "!"
"""What stands before the name of a template to mean ours."""

SUFFIX: Final = ".j2"

WRITTEN_FOR: Final = re.compile(r"\{#\s*specwright template context (\d{1,9})\s*#\}")
"""How a template says which version of the context it was written for."""

Loaded = tuple[str, str | None, Callable[[], bool] | None]


class OwnLoader(BaseLoader):
    """Finds templates in a user's folder and then among ours; ORIGINAL before a name
    leaves out the user's."""

    def __init__(self, folder: Path, ours: BaseLoader) -> None:
        self.folder = folder
        self._own = FileSystemLoader(folder)
        self._ours = ours

    def get_source(self, environment: Environment, template: str) -> Loaded:
        """Give a template's text and file, as Jinja2 wants them."""
        if not template.startswith(ORIGINAL):
            with suppress(TemplateNotFound):
                return self._own.get_source(environment, template)
        try:
            name = template.removeprefix(ORIGINAL)
            return self._ours.get_source(environment, name)
        except TemplateNotFound:
            raise TemplateNotFound(template) from None


def own_names(folder: Path) -> tuple[str, ...]:
    """Give the names of the templates in a folder, sorted."""
    found = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob(f"*{SUFFIX}")
        if path.is_file()
    ]
    return tuple(sorted(found))


def own_file(name: str, environment: Environment, loader: OwnLoader) -> str:
    """Give the user's file among those that a template is made with: its own, or the
    first that it names; "" for none.

    All others are ours, and name none that is not there.
    """
    own = own_names(loader.folder)
    reached = dict.fromkeys([name])
    waiting = [name]
    while waiting:
        each = waiting.pop(0)
        if each in own:
            return str(loader.folder / each)
        source, file, _ = loader.get_source(environment, each)
        tree = environment.parse(source, each, file)
        named = [each for each in meta.find_referenced_templates(tree) if each]
        waiting += [each for each in named if each not in reached]
        reached |= dict.fromkeys(named)
    return ""


def check_mark(text: str, file: str) -> None:
    """Demand of what a user's template gives the line by which the writer knows
    generated files.

    Raises SpecError, `template-mark`.
    """
    mark = MARKER.removeprefix("# ")
    if not any(mark in line for line in text.split("\n", 2)[:2]):
        message = f"what it gives does not begin with the comment {MARKER!r}"
        _stop("template-mark", message, Place(file))


@contextmanager
def judged(file: str, path: str) -> Iterator[None]:
    """Turn a ValueError that a user's template has caused into a SpecError,
    `template-output`, that names the template's file and that to be written."""
    try:
        yield
    except ValueError as error:
        message = f"what it makes of {path} is no Python: {_words(error)}"
        _stop("template-output", message, Place(file), error)


@contextmanager
def located(loader: OwnLoader) -> Iterator[None]:
    """Turn what goes wrong in a template of the user's into a SpecError that says where.

    Whatever is raised elsewhere passes: it is a fault of ours.
    """
    try:
        yield
    except SpecError:
        raise
    except TemplateSyntaxError as error:
        if not error.filename or not _is_below(error.filename, loader.folder):
            raise
        place = Place(error.filename, error.lineno)
        _stop("template-syntax", error.message or "cannot be read", place, error)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [each for each in frames if _is_below(each.filename, loader.folder)]
        if not own:
            raise
        place = Place(own[-1].filename, own[-1].lineno or 0)
        _stop(*_described(error), place, error)


def _described(error: Exception) -> tuple[str, str]:
    if isinstance(error, TemplateNotFound):
        return "template-missing", f"there is no template {error.name!r}"
    if isinstance(error, RecursionError):
        message = "a template leads back to itself; the original is named with a !:"
        return "template-failed", f'{message} {{% extends "!docs/index.md.j2" %}}'
    return "template-failed", _words(error)


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _stop(
    code: str, message: str, place: Place, cause: Exception | None = None
) -> NoReturn:
    diagnostics = Diagnostics()
    diagnostics.error(code, message, place)
    raise SpecError(diagnostics.errors) from cause


def _is_below(file: str, folder: Path) -> bool:
    return Path(os.path.abspath(file)).is_relative_to(folder.absolute())


def check(folder: Path, diagnostics: Diagnostics) -> None:
    """Report a folder that is none, templates and blocks in it that nothing uses, and
    templates that were written for another version of the context.

    A template that has the name of none of ours is used if another names it.
    """
    if not folder.is_dir():
        message = "the folder of templates is not there"
        diagnostics.error("template-missing", message, Place(str(folder)))
        return
    ours = own_names(data_folder("templates"))
    names = own_names(folder)
    texts = {name: _text(folder / name, diagnostics) for name in names}
    for name, text in texts.items():
        place = Place(str(folder / name))
        if name not in ours and not any(
            name in other for each, other in texts.items() if each != name
        ):
            close = get_close_matches(name, ours, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            message = f"no template has the name {name!r}, and none includes it{hint}"
            diagnostics.error("template-unused", message, place)
        _check_blocks(text, place, diagnostics)
        written_for = WRITTEN_FOR.search(text)
        if written_for and int(written_for[1]) != CONTEXT_VERSION:
            message = (
                f"written for version {written_for[1]} of the context, which is"
                f" {CONTEXT_VERSION} now: see specwright templates context"
            )
            diagnostics.warning("template-context", message, place)


def blocks(text: str) -> tuple[str, ...]:
    """Give the names of the blocks of a template, in their order.

    Raises jinja2.TemplateSyntaxError.
    """
    return tuple([block.name for block in _tree(text).find_all(nodes.Block)])


def _tree(text: str) -> nodes.Template:
    return Environment(undefined=StrictUndefined, autoescape=True).parse(text)


def _check_blocks(text: str, place: Place, diagnostics: Diagnostics) -> None:
    """Report blocks that are to replace those of an original, which has none of their
    names: nothing would come of them."""
    with suppress(TemplateSyntaxError):  # what cannot be read is told when it is used
        tree = _tree(text)
        named = tree.find(nodes.Extends)
        if named is None or not isinstance(named.template, nodes.Const):
            return
        name = str(named.template.value).removeprefix(ORIGINAL)
        original = data_folder("templates") / name
        if not original.is_file() or name == named.template.value:
            return
        known = blocks(original.read_text("utf-8"))
        for block in tree.body:
            if isinstance(block, nodes.Block) and block.name not in known:
                close = get_close_matches(block.name, known, n=1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                message = f"{name} has no block {block.name!r}{hint}"
                at = Place(place.file, block.lineno)
                diagnostics.error("template-unused", message, at)


def _text(path: Path, diagnostics: Diagnostics) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        diagnostics.error("template-syntax", message, Place(str(path)))
        return ""
