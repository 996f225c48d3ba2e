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


Part: TypeAlias = "str | Group | Pair"


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with what stands before it: `default=None`, `"code": code`."""

    prefix: str
    value: Part


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
    return part.opening + ", ".join(map(flat, part.items)) + part.closing


def statement(prefix: str, part: Part, indent: int, suffix: str = "") -> Code:
    """Lay out `prefix` + `part` + `suffix` as it stands at `indent` columns."""
    return Code("\n".join(_lines(prefix, part, indent, suffix)).lstrip(" "))


def _lines(prefix: str, part: Part, indent: int, suffix: str) -> list[str]:
    pad = " " * indent
    line = f"{pad}{prefix}{flat(part)}{suffix}"
    if len(line) <= LINE_LENGTH:
        return [line]
    if isinstance(part, Pair):
        return _lines(prefix + part.prefix, part.value, indent, suffix)
    if isinstance(part, str) or not part.items:
        return [line + UNSETTLED]
    head = f"{pad}{prefix}{part.opening}"
    if len(head) > LINE_LENGTH:
        return [line + UNSETTLED]
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
    tail = f"{pad}) -> {returns}:{rest}"
    joined = ", ".join(parameters)
    unsettled = len(tail) - 1 > LINE_LENGTH or indent + len(name) + 1 > LINE_LENGTH
    # black adds the comma after a lone parameter at once, and then keeps one parameter a line
    if len(parameters) > 1 and indent + 4 + len(joined) <= LINE_LENGTH:
        body = inner + joined
    else:
        body = "".join(f"{inner}{parameter}," for parameter in parameters)
        # a bare * takes no comma of its own beyond the one that separates it
        unsettled |= any(indent + 5 + len(p) > LINE_LENGTH for p in parameters)
    return Code(f"{name}({body}{tail}" + UNSETTLED * unsettled)


def class_line(name: str, bases: Sequence[str]) -> Code:
    """Lay out a `class` line."""
    line = f"class {name}({', '.join(bases)}):"
    if len(line) <= LINE_LENGTH:
        return Code(line)
    joined = ", ".join(bases)
    if len(joined) + 4 <= LINE_LENGTH and len(bases) > 1:
        return Code(f"class {name}(\n    {joined}\n):")
    body = "".join(f"    {base},\n" for base in bases)
    unsettled = any(len(base) + 5 > LINE_LENGTH for base in bases)
    return Code(f"class {name}(\n{body}):" + UNSETTLED * (unsettled or len(bases) == 1))


def import_lines(module: str, names: Iterable[str], indent: int = 0) -> Code:
    """Lay out `from module import names`, names in order and once each."""
    ordered = sorted(set(names))
    line = f"from {module} import {', '.join(ordered)}"
    if indent + len(line) <= LINE_LENGTH:
        return Code(line)
    pad = "\n" + " " * indent
    body = "".join(f"{pad}    {name}," for name in ordered)
    return Code(f"from {module} import ({body}{pad})")
