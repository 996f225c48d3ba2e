"""The Python emitter: model -> names -> views -> templates -> files of a package.

`emit` is the whole of it. The package holds a module per type, a module per place, the
clients, and a copy of the runtime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.emitters.beside import beside
from generator.emitters.environment import Templates, templates
from generator.emitters.overrides import judged
from generator.emitters.python.client import client_view
from generator.emitters.python.code import Code, literal
from generator.emitters.python.layout import formatted, settled
from generator.emitters.python.models import alias_view, enum_view, struct_view
from generator.emitters.python.names import Names
from generator.emitters.python.package import (
    index_view,
    models_view,
    resources_view,
    top_view,
)
from generator.emitters.python.pytypes import PyTypes
from generator.emitters.python.request_names import RequestNames
from generator.emitters.python.resources import ResourceViews
from generator.emitters.python.reuse import changed_types, fingerprints
from generator.emitters.python.request_modules import http_client_view, tag_view
from generator.files import File
from generator.model import Api, Enum, Protocol, Resource, Struct

__all__ = [
    "Again",
    "Options",
    "Package",
    "changed_types",
    "emit",
    "fingerprints",
    "make",
]

RUNTIME = Path(__file__).parents[2] / "runtime"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user decides about a package: its name, where the service answers (""
    for unknown), and the folder of the user's own templates.
    """

    package: str
    base_url: str = ""
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """What to make of a package of which the rest is there: the modules of these
    types. `kept` gives the content of a file as it was generated, None where that is not
    known; `names` are the lines of names as they were."""

    types: frozenset[str]
    kept: Callable[[str], bytes | None]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a package in the order of their paths, and the names of what is in
    it, in the lines of `generator.pins`."""

    files: tuple[File, ...]
    names: Mapping[str, str]


def emit(api: Api, options: Options) -> tuple[File, ...]:
    """Give the files of the package, in the order of their paths.

    `api` has been through all passes; its catalogue decides the names.
    """
    return make(api, options).files


def make(
    api: Api, options: Options, again: Again | None = None, *, jobs: int = 1
) -> Package:
    """Make a package, as `emit` does; of one of which most is there, make what is not.
    Two jobs share the work between two processes, where the system can fork."""
    names = Names(api)
    types = PyTypes(api, names, ".")
    found = templates(Code, {"literal": literal}, options.templates)
    files = _kept(api, names, types, again) if again else {}
    only = None if again is None else _not_in(files, api, names)

    def places() -> tuple[dict[str, bytes], dict[str, str]]:
        if api.protocol is Protocol.HTTP:
            views = _requests(api, names, options.base_url)
        else:
            views = _places(api, names, options.base_url, only)
        return _rendered(views, found), _names_given(api, names, again)

    is_large = len(only or api.types) >= _WORTH_A_PROCESS
    wait = beside(places) if jobs > 1 and is_large else places
    files |= _rendered(_top(api, names, types), found)
    files |= _rendered(_models(api, names, types, only), found)
    made, lines = wait()
    files |= made
    files["py.typed"] = b""
    for module in RUNTIME.glob("*.py"):
        files[f"_runtime/{module.name}"] = module.read_bytes()
    ordered = [File(f"{options.package}/{path}", files[path]) for path in sorted(files)]
    return Package(tuple(ordered), lines)


_WORTH_A_PROCESS = 300
"""From how many types on a second process saves time."""


def _kept(api: Api, names: Names, types: PyTypes, again: Again) -> dict[str, bytes]:
    """Give the modules that need not be made again."""
    paths = [
        f"{folder}/{names.type_module(type_id)}.py"
        for folder, ids in (
            ("models", filter(types.has_module, api.types)),
            ("resources", {each.type: None for each in api.resources.values()}),
        )
        for type_id in ids
        if type_id not in again.types
    ]
    found = {path: again.kept(path) for path in paths}
    return {path: data for path, data in found.items() if data is not None}


def _not_in(files: Mapping[str, bytes], api: Api, names: Names) -> frozenset[str]:
    """Give the types of which a module is missing among files."""
    with_places = {each.type for each in api.resources.values()}
    return frozenset(
        type_id
        for type_id in api.types
        if (module := names.type_module(type_id))
        and (
            f"models/{module}.py" not in files
            or (type_id in with_places and f"resources/{module}.py" not in files)
        )
    )


def _names_given(api: Api, names: Names, again: Again | None) -> dict[str, str]:
    """Give the names of all that an Api has; what was named has kept its names, so that
    those of the rest suffice where most is there."""
    lines = names.given(api, again.types if again else None)
    if again is not None:
        of_calls = "parameter "  # all of which are among the lines, even of old places
        old = {k: n for k, n in again.names.items() if not k.startswith(of_calls)}
        lines = old | lines
    if api.protocol is Protocol.HTTP:
        lines |= RequestNames(api, names).given(api)
    return lines


def _top(api: Api, names: Names, types: PyTypes) -> Iterator[tuple[str, str, object]]:
    """What holds the modules together."""
    models = models_view(api, names, types)
    yield "models/__init__.py", "models.py.j2", models
    # In the module itself, thousands of imports for checkers alone would take longer to
    # load than a first object takes to decode.
    yield "models/__init__.pyi", "models.pyi.j2", models
    yield "models/_index.py", "index.py.j2", index_view(api, names)
    yield "resources/__init__.py", "empty.py.j2", resources_view(api)


def _models(
    api: Api, names: Names, types: PyTypes, only: frozenset[str] | None
) -> Iterator[tuple[str, str, object]]:
    for definition in api.types.values():
        if only is not None and definition.id not in only:
            continue
        path = f"models/{names.type_module(definition.id)}.py"
        if isinstance(definition, Struct):
            yield path, "model.py.j2", struct_view(definition, types, names)
        elif isinstance(definition, Enum):
            yield path, "model.py.j2", enum_view(definition, names)
        elif types.has_module(definition.id):
            yield path, "model_alias.py.j2", alias_view(definition, types, names)


def _places(
    api: Api, names: Names, base_url: str, only: frozenset[str] | None
) -> Iterator[tuple[str, str, object]]:
    """The client of an OData service, and the places that it leads to."""
    yield "__init__.py", "package.py.j2", top_view(api)
    yield "client.py", "places.py.j2", client_view(api, names, base_url)
    by_type: dict[str, list[Resource]] = {}
    for resource in api.resources.values():
        if only is None or resource.type in only:
            by_type.setdefault(resource.type, []).append(resource)
    views = ResourceViews(api, names)
    for type_id, resources in by_type.items():
        path = f"resources/{names.type_module(type_id)}.py"
        yield path, "places.py.j2", views.module(type_id, resources)


def _requests(
    api: Api, names: Names, base_url: str
) -> Iterator[tuple[str, str, object]]:
    """The client of any other service, and the operations of each tag."""
    requests = RequestNames(api, names)
    view = http_client_view(api, names, requests, base_url)
    yield "__init__.py", "package.py.j2", top_view(api, view.credential_names)
    yield "client.py", "requests.py.j2", view
    for resource in api.resources.values():
        path = f"resources/{requests.tag_module(resource)}.py"
        yield path, "requests.py.j2", tag_view(resource, api, names, requests)


def _rendered(
    views: Iterable[tuple[str, str, object]], found: Templates
) -> dict[str, bytes]:
    """Give the modules for views, each with its path and its template."""
    return {
        path: _render(found, f"python/{template}", view, path)
        for path, template, view in views
    }


def _render(found: Templates, template: str, view: object, path: str) -> bytes:
    """Give a module as black lays it out: ours as they are, what the user's templates
    give formatted by black."""
    text = found.render(template, view)
    own = found.own_file(template)
    if own:
        with judged(own, path):
            text = formatted(text, path)
    return settled(text).encode()
