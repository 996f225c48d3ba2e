"""Reserved names are those that something else answers to, no more and no fewer."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterable, Iterator, Mapping

import pytest
from emitters.building import EVERYTHING, load, sources, trees
from requests_api import described
from emitters.kinds import every_kind

from generator.emitters.python import reserved
from generator.runtime import aio, client, enums, http_client, model, resources

ONE = "Readable Creatable Updatable Replaceable Deletable Referenceable"
MANY = "Listable Creatable Countable ReferenceCollection"


def public(*classes: type) -> set[str]:
    return {name for each in classes for name in dir(each) if name[0] != "_"}


def verbs(names: str) -> set[str]:
    """What the verbs of places are called, on both sides."""
    found = {
        prefix: public(*(getattr(module, prefix + name) for name in names.split()))
        for module, prefix in ((resources, ""), (aio, "Async"))
    }
    assert found[""] == found["Async"]
    return found[""]


@pytest.fixture(scope="module")
def modules() -> Mapping[str, ast.Module]:
    """The modules of two packages, which have all that there can be between them."""
    kinds = trees(sources(every_kind()))
    models = {path: tree for path, tree in kinds.items() if path.startswith("models/")}
    return {f"{path}.py": tree for path, tree in models.items()} | trees(
        sources(load(EVERYTHING))
    )


@pytest.fixture(scope="module")
def requests() -> Mapping[str, ast.Module]:
    return trees(sources(described()))


def of(modules: Mapping[str, ast.Module], *folders: str) -> Iterator[ast.ClassDef]:
    for path, tree in modules.items():
        if path.startswith(folders):
            yield from (node for node in tree.body if isinstance(node, ast.ClassDef))


def is_method(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def small_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that are looked up and could be an attribute's or a parameter's."""
    return {
        each.id
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
        if each.id[0].islower()
    }


def looked_up_by_bodies(classes: Iterable[ast.ClassDef]) -> set[str]:
    """What class bodies look up: statements, decorators and annotations."""
    found: set[str] = set()
    for node in classes:
        found |= small_names(each for each in node.body if not is_method(each))
        for each in node.body:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                found |= small_names([*each.decorator_list, each.args])
                found |= small_names([each.returns] if each.returns else [])
    return found


def test_models(modules: Mapping[str, ast.Module]) -> None:
    used = looked_up_by_bodies(of(modules, "models/"))
    expected = reserved.KEYWORDS | public(model.Model) | used | {"self"}
    # what types the additional properties stands before all members, which it precedes
    assert reserved.MODEL == expected - {"property"}


def test_enumerations() -> None:
    known = {name for name in dir(enums.OpenFlag) if name[0] != "_"}
    assert reserved.ENUM >= reserved.KEYWORDS | known
    for name in reserved.ENUM - reserved.KEYWORDS - {"mro"}:
        assert name in {"name", "value"} or hasattr(enums.OpenFlag, name)
    with pytest.raises((ValueError, TypeError)):
        enum.Enum("Colours", ["mro"])


def test_places(modules: Mapping[str, ast.Module]) -> None:
    used = looked_up_by_bodies(of(modules, "resources/", "client"))
    assert reserved.ONE == reserved.KEYWORDS | used | verbs(ONE)
    assert reserved.MANY == reserved.KEYWORDS | used | verbs(MANY)
    attributes = public(client.SyncClient, client.AsyncClientBase)
    assert reserved.CLIENT == reserved.KEYWORDS | used | attributes


def test_requests(requests: Mapping[str, ast.Module]) -> None:
    used = looked_up_by_bodies(of(requests, "resources/", "client"))
    attributes = public(http_client.HttpClient, http_client.AsyncHttpClient)
    modules = {"multipart", "streams"}
    assert modules < used
    # what places of OData name, too
    expected = (
        reserved.KEYWORDS | used | {"bool", "bytes", "dt", "float", "int", "tuple"}
    )
    assert reserved.HTTP_CLIENT == expected | attributes
    assert reserved.REQUESTS == expected | {"with_options"}


def test_parameters(modules: Mapping[str, ast.Module]) -> None:
    # what stands for types that OData does not have, but other sources do
    called = {"list_of", "literal_of", "map_of", "union_of"}
    for node in of(modules, "resources/", "client"):
        for each in ast.walk(node):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
                called |= small_names([each.func])
    assert reserved.PARAMETER == reserved.KEYWORDS | called | {"self"}


def test_classes(
    modules: Mapping[str, ast.Module], requests: Mapping[str, ast.Module]
) -> None:
    imported: set[str] = set()
    for path, tree in [*modules.items(), *requests.items()]:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and path != "__init__.py":
                if not node.level or "_runtime" in (node.module or ""):
                    imported |= {alias.name for alias in node.names}
    # a name with an underscore is no class of ours: their words stand together
    possible = {name for name in imported if name[0].isupper() and "_" not in name}
    defined = {node.name for node in of(modules, "client")}
    # the codec of a type definition, and what a caller gives where a map is taken
    defined |= {"CODEC", "Mapping"}
    # what a client without any credential is made of
    defined |= {"Never"}
    assert reserved.CLASS == reserved.KEYWORDS | possible | defined


def test_modules() -> None:
    devices = {name for name in reserved.MODULE if name not in reserved.KEYWORDS}
    assert devices >= {"con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"}
    assert len(devices) == 24


def test_what_clients_take_by_name() -> None:
    options = {*http_client.ClientOptions.__annotations__}
    assert options == {*http_client.AsyncClientOptions.__annotations__}
    ours = {"self", "credential", "options", "server_url", "super"}
    assert reserved.SERVER_VARIABLE == reserved.KEYWORDS | options | ours
