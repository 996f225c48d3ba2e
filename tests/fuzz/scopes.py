"""What the names in generated modules mean: nothing that is not of the package, of its
runtime, or of a few modules of the standard library."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping

LIBRARY = {
    "__future__": {"annotations"},
    "typing": set(
        "Any Literal Never TYPE_CHECKING TypeAlias TypedDict Union Unpack overload".split()
    ),
    "collections.abc": set(
        "Awaitable Callable Mapping MutableMapping MutableSequence Sequence".split()
    ),
    "decimal": {"Decimal"},
    "uuid": {"UUID"},
}
"""What is imported from the standard library, beside `import datetime as dt`."""

BUILT_IN = set("str int float bool bytes tuple dict property super __name__".split())

Import = ast.Import | ast.ImportFrom
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Package:
    """The modules of a package by their paths, and the names that those of the runtime
    define."""

    def __init__(
        self, trees: Mapping[str, ast.Module], runtime: Mapping[str, set[str]]
    ) -> None:
        self.trees = trees
        self._names = {path: set(bound(tree)) for path, tree in trees.items()}
        self._names |= runtime

    def has(self, module: str, name: str) -> bool:
        """Tell whether a module, a path without its end, defines a name; for "" whether
        it is there."""
        for path in (f"{module}.py", f"{module}/__init__.py"):
            if path in self._names:
                return not name or name in self._names[path]
        return False


def bound(tree: ast.Module) -> Iterator[str]:
    """Give the names that a module binds, as often as it does."""
    for node in tree.body:
        inner = node.body if isinstance(node, ast.If) else [node]
        for each in inner:
            match each:
                case ast.Import(aliases) | ast.ImportFrom(names=aliases):
                    yield from (alias.asname or alias.name for alias in aliases)
                case ast.ClassDef(name) | ast.FunctionDef(name):
                    yield name
                case ast.Assign(targets):
                    for target in targets:
                        yield from _stored(target)
                case ast.AnnAssign(target):
                    yield from _stored(target)


def _stored(target: ast.expr) -> Iterator[str]:
    return (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def strange_names(path: str, package: Package) -> Iterator[str]:
    """Tell which names of a module come from elsewhere, or from nowhere."""
    tree = package.trees[path]
    for node in ast.walk(tree):
        if isinstance(node, Import):
            yield from _strange_import(path, node, package)
    names = Counter(bound(tree))
    yield from (f"{name} is bound twice" for name, n in names.items() if n > 1)
    yield from (f"{name} is hidden" for name in sorted(BUILT_IN & set(names)))
    yield from _unknown(tree, BUILT_IN | set(names))
    yield from _strange_places(path, tree, package)


def _strange_import(path: str, node: Import, package: Package) -> Iterator[str]:
    shown = ast.unparse(node)
    if isinstance(node, ast.Import):
        if shown != "import datetime as dt":
            yield shown
        return
    if any(alias.asname not in (None, alias.name) for alias in node.names):
        yield shown
    if not node.level:
        if not {alias.name for alias in node.names} <= LIBRARY.get(
            node.module or "", set()
        ):
            yield shown
        return
    steps = path.split("/")[: -node.level]
    if len(path.split("/")) < node.level:
        yield f"{shown} leads out of the package"
        return
    module = "/".join([*steps, *(node.module or "").split(".")]).strip("/")
    for alias in node.names:
        inside = f"{module}/{alias.name}".strip("/")
        if not (package.has(module, alias.name) or package.has(inside, "")):
            yield f"{shown}: {alias.name} is not there"


def _unknown(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """Tell which names are used that nothing gives a meaning to."""
    waiting: list[tuple[ast.AST, set[str]]] = [(tree, known)]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, Function):
            names = names | _local(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id not in names:
                yield f"{node.id} is unknown"
        elif _is_alias(node):
            for each in ast.walk(node.value):  # type: ignore[attr-defined]
                if isinstance(each, ast.Constant):
                    waiting.append((ast.parse(str(each.value)), names))
        waiting.extend((child, names) for child in ast.iter_child_nodes(node))


def _is_alias(node: ast.AST) -> bool:
    """Whether a statement gives a type a name; the type stands in quotes."""
    return (
        isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"
    )


def _local(node: Function) -> set[str]:
    arguments = [*node.args.args, *node.args.kwonlyargs]
    rest = [node.args.kwarg] if node.args.kwarg else []
    imported = {
        alias.name
        for each in node.body
        if isinstance(each, ast.ImportFrom)
        for alias in each.names
    }
    return {each.arg for each in (*arguments, *rest)} | imported


def _strange_places(path: str, tree: ast.Module, package: Package) -> Iterator[str]:
    """Tell which texts that the runtime takes for modules and names are none."""
    home = path.rpartition("/")[0]
    for folder, module, name in _places(home, tree):
        place = "/".join(filter(None, [folder, *module.split(".")]))
        if not all(each.isidentifier() for each in [*module.split("."), name or "_"]):
            yield f"{module}:{name} is no place"
        elif not package.has(place, name):
            yield f"{module}:{name} is not there"


def _places(home: str, tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Give the modules, each with the folder where it stands, and the names in them
    that are named in texts."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name("_MODULES")], ast.Constant(str(text))):
                for line in filter(None, text.split("\n")):
                    name, _, module = line.partition(" ")
                    yield (home, module, name) if module else (home, name, "")
            case ast.AnnAssign(ast.Name("TYPES"), value=ast.Dict(_, values)):
                for value in values:
                    module, _, name = str(ast.literal_eval(value)).partition(":")
                    yield home, module, name
            case ast.Call(ast.Name("nested" | "flags"), [module_, name_, *_]):
                yield "models", ast.literal_eval(module_), ast.literal_eval(name_)
