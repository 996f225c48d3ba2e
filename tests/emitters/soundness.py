"""What must be true of every generated package, whatever it was made of.

Looks at the source alone: nothing is imported but the runtime.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module

from emitters.building import trees

Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults(texts: Mapping[str, str]) -> list[str]:
    """Everything that is wrong with the modules of a package, the runtime left out."""
    modules = {path: _Module(path, tree) for path, tree in trees(texts).items()}
    found: list[str] = []
    for path, module in modules.items():
        for fault in (
            *module.twice(),
            *module.unused(),
            *module.unknown(),
            *_missing(module, modules),
        ):
            found.append(f"{path}: {fault}")
    return found


class _Module:
    """A module: what it binds, what it names."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.tree = tree
        self.imports = [
            node
            for statement in tree.body
            for node in _behind_guard(statement)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        self.classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        self.assigned = [name for node in tree.body for name in _targets(node)]

    @property
    def is_table(self) -> bool:
        """Whether the module is there to be imported from, and uses nothing itself."""
        return self.path.rpartition("/")[2].startswith("__init__.")

    def imported(self) -> list[str]:
        return [
            alias.asname or alias.name
            for node in self.imports
            for alias in node.names
            if alias.name != "annotations"
        ]

    def defined(self) -> set[str]:
        return {*self.imported(), *(node.name for node in self.classes), *self.assigned}

    def twice(self) -> Iterator[str]:
        """Names that are given to two things."""
        names = Counter([*self.imported(), *(node.name for node in self.classes)])
        yield from (
            f"{name} stands twice" for name, count in names.items() if count > 1
        )
        for node in self.classes:
            members = Counter(_members(node))
            for name, count in members.items():
                if count > 1:
                    yield f"{node.name}.{name} stands twice"

    def unused(self) -> Iterator[str]:
        """Imports that the module does without."""
        if self.is_table:
            return
        used = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        used |= set(_named_in_quotes(self.tree))
        for name in self.imported():
            if name not in used:
                yield f"{name} is not used"

    def unknown(self) -> Iterator[str]:
        """Names that nothing gives a meaning to, or that their class gives another."""
        known = self.defined() | set(dir(builtins)) | {"__name__"}
        yield from (
            f"{name} is named"
            for name in _named_in_quotes(self.tree)
            if name not in known
        )
        for node in self.classes:
            hidden = set(_members(node))
            for name in _named_by_class(node):
                if name not in known:
                    yield f"{node.name} names {name}"
                if name in hidden:
                    yield f"{node.name} hides {name}"
            for name in _hidden_decorators(node):
                yield f"{node.name} hides {name}"
            for method in _methods(node):
                local = set(_parameters(method)) | set(_local_imports(method))
                for name in _named_by_method(method):
                    if name not in known | local:
                        yield f"{node.name}.{method.name} names {name}"
                for name in set(_parameters(method)) & set(_called_by(method)):
                    yield f"{node.name}.{method.name} hides {name}"


def _missing(module: _Module, modules: Mapping[str, _Module]) -> Iterator[str]:
    """What is imported, or looked up at run time, and does not exist."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            for alias in node.names:
                if not _exists(module.path, node, alias.name, modules):
                    yield f"{alias.name} of {'.' * node.level}{node.module} is not there"
        if isinstance(node, ast.Call) and _called(node) in ("nested", "flags"):
            place, name, *_ = map(ast.literal_eval, node.args)
            target = modules.get(f"models/{place}.py")
            if target is None or name not in target.defined():
                yield f"{name} of {place} is not there"


def _exists(
    path: str, node: ast.ImportFrom, name: str, modules: Mapping[str, _Module]
) -> bool:
    parts = path.split("/")[: -node.level] + (node.module or "").split(".")
    place = "/".join(part for part in parts if part)
    if place.startswith("_runtime"):
        inner = place.partition("/")[2] or name
        runtime = import_module(f"generator.runtime.{inner}")
        return inner == name or hasattr(runtime, name)
    for target in (f"{place}.py", f"{place}/__init__.py"):
        if target in modules:
            return name in modules[target].defined()
    return f"{place}/{name}/__init__.py".lstrip("/") in modules


def _behind_guard(node: ast.stmt) -> list[ast.stmt]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return node.body
    return [node]


def _named_in_quotes(tree: ast.Module) -> Iterator[str]:
    """What the definitions of types name, which stand in quotes."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            if ast.unparse(node.annotation) == "TypeAlias":
                for each in ast.walk(node.value):
                    if isinstance(each, ast.Constant):
                        yield from _names([ast.parse(str(each.value))])


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _targets(node: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        for each in ast.walk(target):
            if isinstance(each, ast.Name):
                yield each.id


def _methods(node: ast.ClassDef) -> list[Function]:
    return [each for each in node.body if isinstance(each, Function)]


def _members(node: ast.ClassDef) -> Iterator[str]:
    """What a class body binds; the typed signatures before a method are no members."""
    for each in node.body:
        if isinstance(each, Function):
            if "overload" not in map(ast.unparse, each.decorator_list):
                yield each.name
        else:
            yield from _targets(each)


def _names(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
                yield each.id


def _named_by_class(node: ast.ClassDef) -> Iterator[str]:
    """What is looked up among the class's own names: its statements, and the
    annotations of its methods."""
    statements = [each for each in node.body if not isinstance(each, Function)]
    yield from _names([*statements])
    for method in _methods(node):
        yield from _names([method.args])
        yield from _names([method.returns] if method.returns else [])


def _hidden_decorators(node: ast.ClassDef) -> Iterator[str]:
    """Decorators that are not what they seem, because a member before them is called
    so."""
    before: set[str] = set()
    for each in node.body:
        if isinstance(each, Function):
            yield from before.intersection(_names([*each.decorator_list]))
            before.add(each.name)
        else:
            before.update(_targets(each))


def _named_by_method(node: Function) -> Iterator[str]:
    yield from _names([*node.body])


def _called_by(node: Function) -> Iterator[str]:
    return (_called(each) for each in ast.walk(node) if isinstance(each, ast.Call))


def _parameters(node: Function) -> list[str]:
    rest = [node.args.kwarg] if node.args.kwarg else []
    return [each.arg for each in (*node.args.args, *node.args.kwonlyargs, *rest)]


def _local_imports(node: Function) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.ImportFrom):
            yield from (alias.name for alias in each.names)
