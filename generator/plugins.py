"""Emitters and passes of other packages, found by their entry points.

`specwright.emitters` names callables that take an Api and a mapping of options and give
files; `specwright.passes` callables that take an Api and a `Diagnostics` and give an
Api. The pipeline calls them beside our own. Everything that is wrong with one is a
diagnostic of an error: `plugin-missing`, `plugin-clash`, `plugin-broken` where it cannot
be loaded, `plugin-failed` where it raises or gives something else than it has to.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from generator.diagnostics import Diagnostics, SpecError
from generator.files import File
from generator.model import Api, Place

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

EMITTERS: Final = "specwright.emitters"
PASSES: Final = "specwright.passes"

_KINDS: Final = {EMITTERS: "emitter", PASSES: "pass"}


def names(group: str) -> tuple[str, ...]:
    """Give the names that the installed packages have in a group, sorted."""
    return tuple(sorted({point.name for point in _installed(group)}))


def versions(group: str, name: str) -> str:
    """Tell what a name stands for: the package with its version."""
    return _shown(_found(group, name))


def code(group: str, name: str) -> list[Path]:
    """Give the files of the code that a name stands for, as far as they lie beside its
    module; nothing of it is run."""
    from importlib.util import find_spec

    top = _found(group, name).module.partition(".")[0]
    spec = find_spec(top)
    if spec is None:
        return []
    folders = [Path(each) for each in spec.submodule_search_locations or ()]
    single = [Path(spec.origin)] if spec.origin and not folders else []
    return [*single, *(path for each in folders for path in sorted(each.rglob("*.py")))]


def emit(name: str, api: Api, options: Mapping[str, Any]) -> tuple[File, ...]:
    """Give the files that an emitter of another package makes.

    Raises SpecError where there is no such emitter or something is wrong with it.
    """
    point = _found(EMITTERS, name)
    call = _loaded(EMITTERS, point)
    with _judged(EMITTERS, point):
        files = tuple(call(api, options))
    for file in files:
        if not isinstance(file, File):
            _stop(
                "plugin-failed",
                f"{_title(EMITTERS, point)} gave {_kind(file)} among its files;"
                " it gives generator.files.File",
            )
        parts: tuple[object, object] = (file.path, file.data)
        if tuple(map(type, parts)) != (str, bytes):
            path, data = _kind(file.path), _kind(file.data)
            _stop(
                "plugin-failed",
                f"{_title(EMITTERS, point)} gave a file with {path} as its path and"
                f" {data} as its data; they are str and bytes",
            )
    return files


def run_pass(name: str, api: Api, diagnostics: Diagnostics) -> Api:
    """Give the Api that a pass of another package makes of one.

    Raises SpecError where there is no such pass or something is wrong with it.
    """
    point = _found(PASSES, name)
    call = _loaded(PASSES, point)
    with _judged(PASSES, point):
        made = call(api, diagnostics)
    if not isinstance(made, Api):
        message = f"{_title(PASSES, point)} gave {_kind(made)}; it gives an Api"
        _stop("plugin-failed", message)
    return made


def _found(group: str, name: str) -> EntryPoint:
    found = {
        (point.value, _shown(point)): point
        for point in _installed(group)
        if point.name == name
    }
    if len(found) == 1:
        return next(iter(found.values()))
    kind = _KINDS[group]
    if not found:
        known = ", ".join(names(group)) or "none"
        message = f"no installed package has a {kind} {name!r}; found: {known}"
        _stop("plugin-missing", message)
    owners = " and ".join(sorted(_shown(point) for point in found.values()))
    _stop("plugin-clash", f"{owners} both have a {kind} {name!r}; uninstall one")


def _installed(group: str) -> Iterable[EntryPoint]:
    from importlib.metadata import entry_points  # slow to import, and rarely needed

    return entry_points(group=group)


def _loaded(group: str, point: EntryPoint) -> Callable[..., Any]:
    """Give what an entry point names; loading it runs code of another package."""
    try:
        loaded = point.load()
    except Exception as error:
        message = f"{_title(group, point)} cannot be loaded: {_words(error)}"
        _stop("plugin-broken", message, error)
    if not callable(loaded):
        message = f"{_title(group, point)} is {_kind(loaded)}, which cannot be called"
        _stop("plugin-broken", message)
    called: Callable[..., Any] = loaded
    return called


@contextmanager
def _judged(group: str, point: EntryPoint) -> Iterator[None]:
    """Turn what a plugin raises into a SpecError that says where; its own SpecErrors
    are about the input, and pass."""
    try:
        yield
    except SpecError:
        raise
    except Exception as error:
        _stop("plugin-failed", f"{_title(group, point)}: {_words(error)}", error)


def _title(group: str, point: EntryPoint) -> str:
    return f"the {_KINDS[group]} {point.name!r} of {_shown(point)}"


def _shown(point: EntryPoint) -> str:
    owner = point.dist
    return f"{owner.name} {owner.version}" if owner else point.value


def _kind(value: object) -> str:
    return f"an object of type {type(value).__name__}"


def _words(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _stop(code: str, message: str, cause: Exception | None = None) -> NoReturn:
    """Raise SpecError, with the line at which a plugin raised."""
    frames = traceback.extract_tb(cause.__traceback__)[1:] if cause else []
    own = [each for each in frames if "importlib" not in each.filename]
    place = Place(own[-1].filename, own[-1].lineno or 0) if own else None
    diagnostics = Diagnostics()
    diagnostics.error(code, message, place)
    raise SpecError(diagnostics.errors) from cause
