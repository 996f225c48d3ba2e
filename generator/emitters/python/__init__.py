"""The Python emitter: model -> names -> views -> templates -> files of a package.

`emit` is the whole of it. The package holds a module per type, a module per place, the
clients, and a copy of the runtime.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from generator.emitters.environment import environment
from generator.emitters.python.client import client_view
from generator.emitters.python.code import Code
from generator.emitters.python.layout import settled
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
from generator.emitters.python.request_modules import http_client_view, tag_view
from generator.files import File, data_folder
from generator.model import Api, Enum, Protocol, Resource, Struct

RUNTIME = Path(__file__).parents[2] / "runtime"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user decides about a package: its name, and where the service answers (""
    for unknown).
    """

    package: str
    base_url: str = ""


def emit(api: Api, options: Options) -> tuple[File, ...]:
    """Give the files of the package, in the order of their paths.

    `api` has been through all passes; its catalogue decides the names.
    """
    names = Names(api)
    places = _requests if api.protocol is Protocol.HTTP else _places
    templates = environment(data_folder("templates") / "python", Code)
    types = PyTypes(api, names, ".")
    models = models_view(api, names, types)
    rendered = [
        ("models/__init__.py", "models.py.j2", models),
        # In the module itself, thousands of imports for checkers alone would take
        # longer to load than a first object takes to decode.
        ("models/__init__.pyi", "models.pyi.j2", models),
        ("models/_index.py", "index.py.j2", index_view(api, names)),
        ("resources/__init__.py", "empty.py.j2", resources_view(api)),
        *_models(api, names, types),
        *places(api, names, options.base_url),
    ]
    files = {
        path: _render(templates, template, view) for path, template, view in rendered
    }
    files["py.typed"] = b""
    for module in RUNTIME.glob("*.py"):
        files[f"_runtime/{module.name}"] = module.read_bytes()
    return tuple(
        File(f"{options.package}/{path}", files[path]) for path in sorted(files)
    )


def given_names(api: Api) -> dict[str, str]:
    """Give the names of all that an Api has, in the lines of `generator.pins`."""
    names = Names(api)
    lines = names.given(api)
    if api.protocol is Protocol.HTTP:
        lines |= RequestNames(api, names).given(api)
    return lines


def _models(
    api: Api, names: Names, types: PyTypes
) -> Iterator[tuple[str, str, object]]:
    for definition in api.types.values():
        path = f"models/{names.type_module(definition.id)}.py"
        if isinstance(definition, Struct):
            yield path, "model.py.j2", struct_view(definition, types, names)
        elif isinstance(definition, Enum):
            yield path, "model.py.j2", enum_view(definition, names)
        elif types.has_module(definition.id):
            yield path, "model_alias.py.j2", alias_view(definition, types, names)


def _places(api: Api, names: Names, base_url: str) -> Iterator[tuple[str, str, object]]:
    """The client of an OData service, and the places that it leads to."""
    yield "__init__.py", "package.py.j2", top_view(api)
    yield "client.py", "places.py.j2", client_view(api, names, base_url)
    by_type: dict[str, list[Resource]] = {}
    for resource in api.resources.values():
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


def _render(templates: Environment, template: str, view: object) -> bytes:
    text = templates.get_template(template).render(view=view)
    return settled(text).encode()
