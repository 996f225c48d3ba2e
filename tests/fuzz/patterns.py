"""Python read as patterns, and syntax trees held against them.

`shapes` says how patterns are written. Trees are compared by what they say: where it
stands counts for nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_IGNORED = {"ctx", "kind", "type_comment"}

_MODULES = {
    "dt": {"date", "datetime", "time", "timedelta"},
    "streams": {"Content", "AsyncContent"},
    "multipart": {"FilePart"},
}
"""What annotations take out of modules."""


def is_text(node: ast.AST) -> bool:
    """Tell whether a node is a text, or a statement of nothing but one."""
    if isinstance(node, ast.Expr):
        node = node.value
    return isinstance(node, ast.Constant) and type(node.value) is str


def is_special(name: str) -> bool:
    """Tell whether a name has a meaning for Python itself, as `__class__` has."""
    return name.startswith("__") and name.endswith("__")


def is_number(node: ast.AST) -> bool:
    """Tell whether a node is a number, with or without a sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def is_constant(node: ast.AST) -> bool:
    """Tell whether a node is a constant that JSON has too."""
    if isinstance(node, ast.Constant) and (
        node.value is None or type(node.value) is bool
    ):
        return True
    return is_text(node) or is_number(node)


def is_type(node: ast.AST) -> bool:
    """Tell whether a node is the annotation of a value."""
    match node:
        case ast.Name() | ast.Constant(None):
            return True
        case ast.Attribute(ast.Name(module), name):
            return name in _MODULES.get(module, ())
        case ast.BinOp(left, ast.BitOr(), right):
            return is_type(left) and is_type(right)
        case ast.Subscript(ast.Name("Literal"), ast.Tuple(constants)):
            return all(map(is_constant, constants))
        case ast.Subscript(ast.Name("Literal"), constant):
            return is_constant(constant)
        case ast.Subscript(ast.Name("Callable"), ast.Tuple([ast.List([]), result])):
            return is_type(result)
        case ast.Subscript(ast.Name(), ast.Tuple(types)):
            return all(map(is_type, types))
        case ast.Subscript(ast.Name(), inner):
            return is_type(inner)
    return False


def is_quoted(node: ast.AST) -> bool:
    """Tell whether a node is a type in quotes."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    try:
        return is_type(ast.parse(node.value, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return False


_KINDS: Mapping[str, Callable[[ast.AST], bool]] = {
    "ANY_TEXT": is_text,
    "ANY_NUMBER": is_number,
    "ANY_CONSTANT": is_constant,
    "ANY_TRUTH": lambda node: is_constant(node)
    and not (is_text(node) or is_number(node)),
    "ANY_TYPE": is_type,
    "ANY_QUOTED": is_quoted,
    "ANY_NAME": lambda node: isinstance(node, ast.Name) and not is_special(node.id),
}


class Patterns:
    """Alternatives, a statement each; `expressions` say what other names stand for."""

    def __init__(self, text: str, expressions: Mapping[str, str]) -> None:
        # `await` and `return` stand where they may
        inner = "\n".join(f"    {line}" for line in text.strip().split("\n"))
        (function,) = ast.parse(f"async def _():\n{inner or '    pass'}\n").body
        assert isinstance(function, ast.AsyncFunctionDef)
        self.alternatives = function.body if text.strip() else []
        self._expressions = {
            name: [each.value for each in ast.parse(text.strip()).body]  # type: ignore[attr-defined]
            for name, text in expressions.items()
        }

    def fit(self, node: ast.stmt) -> bool:
        """Tell whether a statement is one of the alternatives."""
        return any(self.same(each, node) for each in self.alternatives)

    def fit_expression(self, node: ast.expr) -> bool:
        """Tell whether an expression is one of the alternatives."""
        return any(
            isinstance(each, ast.Expr) and self.same(each.value, node)
            for each in self.alternatives
        )

    def same(self, pattern: Any, node: Any) -> bool:
        """Tell whether a node is what a pattern describes."""
        match pattern:
            case ast.Name(name) if name in _KINDS:
                return _KINDS[name](node)
            case ast.Name(name) if name in self._expressions:
                return any(self.same(each, node) for each in self._expressions[name])
            case ast.Dict([key], [value]):
                return isinstance(node, ast.Dict) and all(
                    self.same(key, k) and self.same(value, v)
                    for k, v in zip(node.keys, node.values, strict=True)
                )
            case ast.Call(function, arguments, keywords):
                return (
                    isinstance(node, ast.Call)
                    and self.same(function, node.func)
                    and self._same_list(arguments, node.args)
                    and self._same_keywords(keywords, node.keywords)
                )
            case ast.AST():
                return type(pattern) is type(node) and all(
                    self.same(getattr(pattern, field), getattr(node, field))
                    for field in pattern._fields
                    if field not in _IGNORED
                )
            case list():
                return isinstance(node, list) and self._same_list(pattern, node)
        return type(pattern) is type(node) and bool(pattern == node)

    def _same_list(self, patterns: Sequence[Any], nodes: Sequence[Any]) -> bool:
        """Compare lists, of which the last pattern may stand for any number."""
        if patterns and isinstance(patterns[-1], ast.Starred):
            repeated = patterns[-1].value
            patterns = patterns[:-1]
            more = nodes[len(patterns) :]
            nodes = nodes[: len(patterns)]
            if not all(self.same(repeated, each) for each in more):
                return False
        return len(patterns) == len(nodes) and all(
            self.same(one, other) for one, other in zip(patterns, nodes, strict=True)
        )

    def _same_keywords(
        self, patterns: Sequence[ast.keyword], nodes: Sequence[ast.keyword]
    ) -> bool:
        known = {each.arg: each.value for each in patterns}
        return all(
            each.arg in known and self.same(known[each.arg], each.value)
            for each in nodes
        )
