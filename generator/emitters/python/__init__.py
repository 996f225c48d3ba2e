"""The Python emitter: model -> names -> views -> templates -> files of a package.

`emit` is the whole of it. The package holds a module per type, a module per place, the
clients, and a copy of the runtime.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from generator.emitters.python.client import client_view
from generator.emitters.python.code import Code, docstring, literal
from generator.emitters.python.environment import environment
from generator.emitters.python.layout import UNSETTLED, import_lines
from generator.emitters.python.models import enum_view, struct_view
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PyTypes
from generator.emitters.python.resources import ResourceViews
from generator.files import File, data_folder
from generator.model import Api, Enum, Resource, Struct

RUNTIME = Path(__file__).parents[2] / "runtime"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user decides about a package: its name, and where the service answers ("" for unknown)."""

    package: str
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class PackageView:
    """What the package's own modules say: `entries` are lines of a table."""

    doc: Code
    imports: tuple[Code, ...] = ()
    entries: tuple[Code, ...] = ()


def emit(api: Api, options: Options) -> tuple[File, ...]:
    """Give the files of the package, in the order of their paths.

    `api` has been through all passes; its catalogue decides the names.
    """
    files = {file.path: file for file in _Package(api, options).files()}
    return tuple(files[path] for path in sorted(files))


class _Package:
    def __init__(self, api: Api, options: Options) -> None:
        self._api = api
        self._options = options
        self._names = Names(api)
        self._templates: Environment = environment(data_folder("templates") / "python")

    def files(self) -> Iterator[File]:
        """All files of the package."""
        yield from self._package_modules()
        yield from self._models()
        yield from self._resources()
        yield self._render(
            "client.py",
            "places.py.j2",
            client_view(self._api, self._names, self._options.base_url),
        )
        for path in sorted(RUNTIME.glob("*.py")):
            yield self._file(f"_runtime/{path.name}", path.read_bytes())

    def _package_modules(self) -> Iterator[File]:
        name = self._api.name
        doc = docstring(
            f"A client of {name}, made by specwright from what the API says of itself.",
            0,
        )
        yield self._render("__init__.py", "package.py.j2", PackageView(doc))
        yield self._file("py.typed", b"")
        typed = [t for t in self._api.types.values() if isinstance(t, Struct | Enum)]
        modules = sorted(
            (self._names.type_class(t.id), self._names.type_module(t.id), t.id)
            for t in typed
        )
        view = PackageView(
            docstring(f"The types of {name}, each imported when it is first named.", 0),
            imports=tuple(
                import_lines(f".{module}", [f"{cls} as {cls}"])
                for cls, module, _ in modules
            ),
            entries=tuple(Code(f"{cls} {module}") for cls, module, _ in modules),
        )
        yield self._render("models/__init__.py", "models.py.j2", view)
        # thousands of imports for checkers alone: in the module itself, to load them
        # took longer than to decode a first object
        yield self._render("models/__init__.pyi", "models.pyi.j2", view)
        yield self._render(
            "models/_index.py",
            "index.py.j2",
            PackageView(
                docstring(
                    "Where the class of a type stands, by the name of the type on the wire.",
                    0,
                ),
                entries=tuple(
                    _entry(wire, f"{module}:{cls}")
                    for wire, module, cls in sorted((w, m, c) for c, m, w in modules)
                ),
            ),
        )
        yield self._render(
            "resources/__init__.py",
            "empty.py.j2",
            PackageView(
                docstring(
                    f"The places of {name}, each imported when it is first reached.", 0
                )
            ),
        )

    def _models(self) -> Iterator[File]:
        types = PyTypes(self._api, self._names, ".")
        for definition in self._api.types.values():
            if isinstance(definition, Struct):
                view = struct_view(definition, types, self._names)
            elif isinstance(definition, Enum):
                view = enum_view(definition, self._names)
            else:
                continue
            module = self._names.type_module(definition.id)
            yield self._render(f"models/{module}.py", "model.py.j2", view)

    def _resources(self) -> Iterator[File]:
        by_type: dict[str, list[Resource]] = {}
        for resource in self._api.resources.values():
            by_type.setdefault(resource.type, []).append(resource)
        views = ResourceViews(self._api, self._names)
        for type_id, resources in by_type.items():
            module = self._names.type_module(type_id)
            view = views.module(type_id, resources)
            yield self._render(f"resources/{module}.py", "places.py.j2", view)

    def _render(self, path: str, template: str, view: object) -> File:
        text = self._templates.get_template(template).render(view=view)
        if UNSETTLED in text:
            text = _blackened(text.replace(UNSETTLED, ""))
        return self._file(path, text.encode())

    def _file(self, path: str, data: bytes) -> File:
        return File(f"{self._options.package}/{path}", data)


def _entry(key: str, value: str) -> Code:
    return Code(f"{literal(key)}: {literal(value)}")


def _blackened(text: str) -> str:
    """Format the rare module that holds a line which our own layout cannot settle."""
    import black  # slow to import, and hardly ever needed

    return black.format_str(text, mode=black.Mode())
