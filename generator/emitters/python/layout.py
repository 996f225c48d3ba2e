"""Source laid out as black lays it out, for the few shapes that the templates need.

black is the judge of generated code but too slow to be a stage of every run (some 2,400 lines a second), so these
functions know its rules for a call, a signature and an import. What goes beyond them (a name so long that
no rule of ours makes it fit) is marked, and the emitter gives that one file to black.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.emitters.python.code import LINE_LENGTH, Code

# Stands in code that has to go through black; it never reaches a file.
UNSETTLED = "\x00"


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets: a call with its arguments, a dict display with its items."""

    opening: str
    items: tuple[Part, ...]
    closing: str = ")"


Part: TypeAlias = "str | Group | Pair | Join"


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with what stands before it: `default=None`, `"code": code`."""

    prefix: str
    value: Part


@dataclass(frozen=True, slots=True)
class Join:
    """Two operands of an operator: `self._at / "users"`."""

    left: str
    operator: str
    right: str


def call(function: str, *arguments: Part) -> Group:
    """A call."""
    return Group(f"{function}(", arguments)


def mapping(items: Iterable[tuple[Code, str]]) -> Group:
    """A dict display of literal keys."""
    return Group("{", tuple(Pair(f"{key}: ", value) for key, value in items), "}")


def flat(part: Part) -> str:
    """The part on one line."""
    if isinstance(part, str):
        return part
    if isinstance(part, Pair):
        return part.prefix + flat(part.value)
    if isinstance(part, Join):
        return f"{part.left} {part.operator} {part.right}"
    return part.opening + ", ".join(map(flat, part.items)) + part.closing


def statement(prefix: str, part: Part, indent: int) -> Code:
    """Lay out `prefix` + `part` as it stands at `indent` columns."""
    if isinstance(part, str) and prefix.endswith("= "):
        return _assignment(prefix, part, indent)
    return Code("\n".join(_lines(prefix, part, indent, "")).lstrip(" "))


def declaration(name: str, kind: str, of: str, value: Part) -> Code:
    """Lay out `name: kind[of] = value` in the body of a class."""
    head = f"{name}: {kind}[{of}] = "
    line = f"    {head}{flat(value)}"
    if len(line) <= LINE_LENGTH:
        return Code(line[4:])
    opening = value.opening if isinstance(value, Group) else flat(value)
    if 4 + len(head) + len(opening) <= LINE_LENGTH:
        return statement(head, value, 4)
    if 4 + len(head) + 1 <= LINE_LENGTH:
        inner = "\n".join(_lines("", value, 8, ""))
        return Code(f"{head}(\n{inner}\n    )")
    inside = f"{kind}[{of}]"
    unsettled = UNSETTLED if len(inside) + 8 > LINE_LENGTH or "[" in of else ""
    if 4 + len(name) + 3 <= LINE_LENGTH < 4 + len(name) + len(kind) + 3:
        rest = "\n".join(_lines(") = ", value, 4, ""))
        return Code(f"{name}: (\n        {inside}\n{rest}{unsettled}")
    rest = "\n".join(_lines("] = ", value, 4, ""))
    return Code(f"{name}: {kind}[\n        {of}\n{rest}{unsettled}")


def _assignment(prefix: str, value: str, indent: int) -> Code:
    """A value that cannot be broken goes into parentheses where that makes it fit."""
    fits = indent + len(prefix) + len(value) <= LINE_LENGTH
    if fits or indent + 4 + len(value) > LINE_LENGTH:
        return Code(prefix + value)
    pad = "\n" + " " * indent
    return Code(f"{prefix}({pad}    {value}{pad})")


def _lines(prefix: str, part: Part, indent: int, suffix: str) -> list[str]:
    pad = " " * indent
    line = f"{pad}{prefix}{flat(part)}{suffix}"
    if len(line) <= LINE_LENGTH:
        return [line]
    if isinstance(part, Pair):
        return _lines(prefix + part.prefix, part.value, indent, suffix)
    if isinstance(part, Join):
        return [
            f"{pad}{prefix}{part.left}",
            f"{pad}{part.operator} {part.right}{suffix}",
        ]
    if isinstance(part, str) or not part.items:
        # nothing to break at: black leaves it as it is
        return [line]
    head = f"{pad}{prefix}{part.opening}"
    if len(head) > LINE_LENGTH and prefix == "return ":
        inner = _lines("", part, indent + 4, "")
        if max(map(len, inner)) <= LINE_LENGTH:
            return [f"{pad}return (", *inner, f"{pad})"]
    return [head, *_items(part.items, indent + 4), f"{pad}{part.closing}{suffix}"]


def _items(items: Sequence[Part], indent: int) -> list[str]:
    """The items of a bracket that was opened: on one line if they fit, else one a line."""
    line = " " * indent + ", ".join(map(flat, items))
    if len(line) <= LINE_LENGTH:
        return [line]
    if len(items) == 1:
        return _lines("", items[0], indent, "")
    return [line for item in items for line in _lines("", item, indent, ",")]


def signature(
    name: str, parameters: Sequence[str], returns: str, indent: int, rest: str = ""
) -> Code:
    """Lay out a `def` line; `name` begins with "def" or "async def", `rest` follows the colon."""
    line = f"{name}({', '.join(parameters)}) -> {returns}:{rest}"
    if indent + len(line) <= LINE_LENGTH:
        return Code(line)
    pad = "\n" + " " * indent
    inner = pad + "    "
    joined = ", ".join(parameters)
    # black adds the comma after a lone parameter at once, and then keeps one parameter a line
    if len(parameters) > 1 and indent + 4 + len(joined) <= LINE_LENGTH:
        body = inner + joined
    else:
        body = "".join(f"{inner}{_parameter(each, indent + 4)}," for each in parameters)
    tail = f") -> {returns}:{rest}"
    if indent + len(tail) > LINE_LENGTH:
        opening, bracket, closing = returns.partition("[")
        if not bracket:
            fits = indent + 4 + len(returns) <= LINE_LENGTH
            union = returns if fits else _broken(returns, inner)
            if fits or union != returns:
                tail = f") -> ({inner}{union}{pad}):{rest}"
        elif closing.endswith("]"):
            tail = f") -> {opening}[{inner}{closing[:-1]}{pad}]:{rest}"
        else:
            tail += UNSETTLED
    return Code(f"{name}({body}{pad}{tail}")


def _parameter(parameter: str, indent: int) -> str:
    """A parameter on a line of its own; a union that is too long goes into parentheses."""
    if indent + len(parameter) + 1 <= LINE_LENGTH:
        return parameter
    name, _, annotation = parameter.partition(": ")
    annotation, equals, default = annotation.partition(" = ")
    pad = "\n" + " " * indent
    inner = pad + "    "
    if _is_union(annotation):
        fits = indent + 4 + len(annotation) <= LINE_LENGTH
        union = annotation if fits else _broken(annotation, inner)
        return f"{name}: ({inner}{union}{pad}){equals}{default}"
    opening, bracket, closing = annotation.partition("[")
    if bracket and indent + 3 + len(closing) <= LINE_LENGTH:
        return f"{name}: {opening}[{inner}{closing[:-1]}{pad}]{equals}{default}"
    return parameter + UNSETTLED


def _is_union(annotation: str) -> bool:
    """Whether an annotation is a union itself, not only inside of brackets."""
    depth = 0
    for character in annotation:
        depth += (character == "[") - (character == "]")
        if character == "|" and not depth:
            return True
    return False


def _broken(union: str, pad: str) -> str:
    return union.replace(" | ", f"{pad}| ")


def class_line(name: str, bases: Sequence[str]) -> Code:
    """Lay out a `class` line."""
    line = f"class {name}({', '.join(bases)}):"
    if len(line) <= LINE_LENGTH:
        return Code(line)
    joined = ", ".join(bases)
    if len(joined) + 4 <= LINE_LENGTH or len(bases) == 1:
        unsettled = UNSETTLED if len(joined) + 4 > LINE_LENGTH else ""
        return Code(f"class {name}(\n    {joined}\n):{unsettled}")
    body = "".join(f"    {base},\n" for base in bases)
    unsettled = UNSETTLED * any(len(base) + 5 > LINE_LENGTH for base in bases)
    return Code(f"class {name}(\n{body}):{unsettled}")


def import_lines(module: str, names: Iterable[str], indent: int = 0) -> Code:
    """Lay out `from module import names`, names in order and once each."""
    ordered = sorted(set(names))
    line = f"from {module} import {', '.join(ordered)}"
    if indent + len(line) <= LINE_LENGTH:
        return Code(line)
    pad = "\n" + " " * indent
    body = "".join(f"{pad}    {name}," for name in ordered)
    return Code(f"from {module} import ({body}{pad})")
