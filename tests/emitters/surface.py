"""What users write when they use a package: its classes, their attributes, the
parameters of their methods."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from emitters.building import trees


def surface(texts: Mapping[str, str]) -> set[str]:
    """Everything that a package offers, as "module class attribute parameter"."""
    return {
        f"{path} {line}"
        for path, tree in trees(texts).items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for line in _class(node)
    }


def _class(node: ast.ClassDef) -> Iterator[str]:
    yield node.name
    for each in node.body:
        if isinstance(each, ast.AnnAssign | ast.Assign):
            target = each.target if isinstance(each, ast.AnnAssign) else each.targets[0]
            yield f"{node.name} {ast.unparse(target)}"
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{node.name} {each.name}"
            for parameter in each.args.kwonlyargs:
                yield f"{node.name} {each.name} {parameter.arg}"
