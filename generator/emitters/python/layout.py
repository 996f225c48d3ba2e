"""Source laid out as black lays it out, for the few shapes that the templates need.

black is the judge of generated code but too slow to be a stage of every run (some 2,400
lines a second), so these functions know its rules for a call, a signature and an
import. What goes beyond them (a name so long that no rule of ours makes it fit) is
marked, and the emitter gives that one file to black.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.emitters.python.code import LINE_LENGTH, Code, literal

# Stands in code that has to go through black; it never reaches a file. What holds it
# is not broken here: a text in it may look like brackets and operators.
UNSETTLED = "\x00"

_MOST_FORMATTED = 300_000
"""So many characters black formats in some three seconds."""

# All characters that black may count as two columns, and some more.
_WIDE = re.compile(
    "[\u1100-\u11ff\u2300-\u27ff\u2900-\u2bff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe10-\ufe6f\uff00-\uffef\U00016fe0-\U0001b2ff\U0001d300-\U0001d37f\U0001f000-\U0001faff"
    "\U00020000-\U0003ffff]"
)


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


def is_settled(source: str) -> bool:
    """Whether black would surely leave a module as it is.

    The functions here count a character as a column; where that is wrong for a line at
    the limit, they cannot tell.
    """
    if UNSETTLED in source:
        return False
    return source.isascii() or not any(
        len(line) + len(_WIDE.findall(line)) > LINE_LENGTH
        for line in source.split("\n")
        if not line.isascii()
    )


def settled(source: str) -> str:
    """Give a module as black lays it out: formatted by black itself where it holds a
    line that the functions here cannot settle, which is rare.

    A very long one stays as it is then: black would take minutes, and looks are not
    worth that.
    """
    if is_settled(source):
        return source
    if len(source) > _MOST_FORMATTED:
        return source.replace(UNSETTLED, "")
    return formatted(source)


def formatted(source: str, path: str = "") -> str:
    """Give a module, or a stub if its path says so, as black formats it.

    Raises ValueError, with black's words, for what is no Python.
    """
    import black  # slow to import, and hardly ever needed

    mode = black.Mode(is_pyi=path.endswith(".pyi"))
    return black.format_str(source.replace(UNSETTLED, ""), mode=mode)


def call(function: str, *arguments: Part) -> Group:
    """A call."""
    return Group(f"{function}(", arguments)


def mapping(items: Iterable[tuple[Code, Part]]) -> Group:
    """A dict display of literal keys."""
    return Group("{", tuple(Pair(f"{key}: ", value) for key, value in items), "}")


def texts(values: Sequence[str]) -> Group:
    """A tuple of texts."""
    comma = "," * (len(values) == 1)
    return Group("(", tuple(literal(value) + comma for value in values))


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
    if len(line) <= LINE_LENGTH or UNSETTLED in line:
        return Code(line[4:])
    opening = value.opening if isinstance(value, Group) else flat(value)
    if 4 + len(head) + len(opening) <= LINE_LENGTH:
        return statement(head, value, 4)
    if 4 + len(head) + 1 <= LINE_LENGTH:
        inner = "\n".join(_lines("", value, 8, ""))
        return Code(f"{head}(\n{inner}\n    )")
    if 4 + len(f"{name}: {kind}[") > LINE_LENGTH:
        return _long_declaration(name, f"{kind}[{of}]", value)
    inside = "\n".join(_type_lines(of, 8))
    rest = "\n".join(_lines("] = ", value, 4, ""))
    return Code(f"{name}: {kind}[\n{inside}\n{rest}")


def _long_declaration(name: str, annotation: str, value: Part) -> Code:
    """A declaration whose name and kind do not fit on a line."""
    head = f"{name}: {annotation} = "
    too_wide = 8 + len(annotation) > LINE_LENGTH
    if too_wide or 4 + len(f") = {flat(value)}") <= LINE_LENGTH:
        return Code(f"{head}{flat(value)}{UNSETTLED}")
    if 4 + len(f"{name}: (") <= LINE_LENGTH:
        rest = "\n".join(_lines(") = ", value, 4, ""))
        return Code(f"{name}: (\n        {annotation}\n{rest}")
    kind, _, of = annotation.removesuffix("]").partition("[")
    rest = "\n".join(_lines("] = ", value, 4, ""))
    return Code(f"{name}: {kind}[\n        {of}\n{rest}")


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
    together = part.opening not in ("(", "{", "[")
    items = _items(part.items, indent + 4, together)
    return [head, *items, f"{pad}{part.closing}{suffix}"]


def _items(items: Sequence[Part], indent: int, together: bool) -> list[str]:
    """The items of a bracket that was opened: on one line if they fit and may stand
    together (those of a display may not), else one a line.
    """
    line = " " * indent + ", ".join(map(flat, items))
    if len(items) == 1:
        return _lines("", items[0], indent, "")
    if together and len(line) <= LINE_LENGTH:
        return [line]
    return [line for item in items for line in _lines("", item, indent, ",")]


def signature(
    name: str, parameters: Sequence[str], returns: str, indent: int, rest: str = ""
) -> Code:
    """Lay out a `def` line; `name` begins with "def" or "async def", `rest` follows the
    colon.
    """
    line = f"{name}({', '.join(parameters)}) -> {returns}:{rest}"
    if indent + len(line) <= LINE_LENGTH or UNSETTLED in line:
        return Code(line)
    pad = "\n" + " " * indent
    inner = pad + "    "
    joined = ", ".join(parameters)
    # black adds the comma after a lone parameter at once, and then keeps one parameter
    # a line
    if len(parameters) > 1 and indent + 4 + len(joined) <= LINE_LENGTH:
        body = inner + joined
    else:
        body = "".join(f"{inner}{_parameter(each, indent + 4)}," for each in parameters)
    result = _annotated(") -> ", returns, f":{rest}", indent)
    fits = indent + 4 + len(returns) <= LINE_LENGTH
    if len(result) == 1 and len(result[0]) > LINE_LENGTH and fits:
        result = [f"{pad[1:]}) -> (", f"{inner[1:]}{returns}", f"{pad[1:]}):{rest}"]
    return Code("\n".join((f"{name}({body}", *result)))


def _parameter(parameter: str, indent: int) -> str:
    """A parameter on a line of its own, without the comma that follows it."""
    if indent + len(parameter) + 1 <= LINE_LENGTH:
        return parameter
    name, _, annotation = parameter.partition(": ")
    annotation, equals, default = annotation.partition(" = ")
    lines = _annotated(f"{name}: ", annotation, equals + default + ",", indent)
    return "\n".join(lines).strip().removesuffix(",")


def _annotated(before: str, kind: str, after: str, indent: int) -> list[str]:
    """A type between what stands before and after it; a union that is too long goes
    into parentheses.
    """
    pad = " " * indent
    line = f"{pad}{before}{kind}{after}"
    if len(line) > LINE_LENGTH and len(_operands(kind)) > 1:
        return [f"{pad}{before}(", *_type_lines(kind, indent + 4), f"{pad}){after}"]
    return _bracketed(before, kind, after, indent)


def _type_lines(kind: str, indent: int) -> list[str]:
    """A type in brackets that were opened: on one line if it fits, else an operand a
    line.
    """
    operands = _operands(kind)
    if indent + len(kind) <= LINE_LENGTH or len(operands) == 1:
        return _bracketed("", kind, "", indent)
    first, *others = operands
    lines = _bracketed("", first, "", indent)
    for operand in others:
        lines += _bracketed("| ", operand, "", indent)
    return lines


def _bracketed(before: str, kind: str, after: str, indent: int) -> list[str]:
    """A type that is no union; one that is too long is broken at its own brackets."""
    pad = " " * indent
    line = f"{pad}{before}{kind}{after}"
    opening, bracket, inside = kind.partition("[")
    if len(line) <= LINE_LENGTH or not bracket:
        return [line]
    lines = _type_lines(inside.removesuffix("]"), indent + 4)
    # several types in one pair of brackets are more than these rules know of
    unsettled = UNSETTLED * (", " in inside)
    return [f"{pad}{before}{opening}[{unsettled}", *lines, f"{pad}]{after}"]


def _operands(kind: str) -> list[str]:
    """The operands of a union; of another type, itself alone."""
    operands = [""]
    depth = 0
    for part in kind.split(" | "):
        operands[-1] += (" | " if depth else "") + part
        depth += part.count("[") - part.count("]")
        if not depth:
            operands.append("")
    return operands[:-1]


def class_line(name: str, bases: Sequence[str]) -> Code:
    """Lay out a `class` line."""
    line = f"class {name}({', '.join(bases)}):"
    if len(line) <= LINE_LENGTH:
        return Code(line)
    joined = ", ".join(bases)
    if len(joined) + 4 <= LINE_LENGTH:
        return Code(f"class {name}(\n    {joined}\n):")
    comma = "," * (len(bases) > 1)
    body = [line for base in bases for line in _bracketed("", base, comma, 4)]
    return Code("\n".join((f"class {name}(", *body, "):")))


def import_lines(module: str, names: Iterable[str], indent: int = 0) -> Code:
    """Lay out `from module import names`, names in order and once each."""
    ordered = sorted(set(names))
    line = f"from {module} import {', '.join(ordered)}"
    if indent + len(line) <= LINE_LENGTH:
        return Code(line)
    pad = "\n" + " " * indent
    body = "".join(f"{pad}    {name}," for name in ordered)
    return Code(f"from {module} import ({body}{pad})")
