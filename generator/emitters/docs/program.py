"""A program under construction: the lines of one Python example.

`snippets` says what is called, with what, and what is shown; here the lines are laid
out as black has them. A line that has no room for the way to a place gets a variable
for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emitters.docs.chains import Chain, Piece, endings
from generator.emitters.docs.literals import Imported
from generator.emitters.python.code import LINE_LENGTH, literal
from generator.emitters.python.layout import (
    UNSETTLED,
    Group,
    Part,
    flat,
    settled,
    statement,
)

_INDENT = 4


class Program:
    """The statements inside `with Client(credential) as client:`; `given` is what the
    client is made with."""

    def __init__(
        self, imported: Imported, is_async: bool, given: str = "credential"
    ) -> None:
        self.imported = imported
        self._lines: list[str] = []
        self._used: set[str] = set()
        self._async = "async " if is_async else ""
        self._await = "await " if is_async else ""
        self._client = "AsyncClient" if is_async else "Client"
        self._given = given
        imported.names.add(self._client)

    def text(self) -> str:
        """Give the whole program."""
        head = f"{self._async}with {self._client}({self._given}) as client:"
        source = "\n".join([*self.imported.lines(), "", head, *self._lines, ""])
        if max(map(len, source.split("\n"))) > LINE_LENGTH:
            source += UNSETTLED
        return settled(source)

    # --- statements

    def line(self, prefix: str, part: Part, indent: int = _INDENT) -> None:
        """Add a statement."""
        self._lines.append(" " * indent + statement(prefix, part, indent))

    def run(self, chain: Chain, method: str, arguments: Sequence[Part]) -> None:
        """Add a call of which nothing is wanted."""
        self._add("", chain, f"{self._await}{{}}.{method}(", arguments)

    def assign(
        self, variable: str, chain: Chain, method: str, arguments: Sequence[Part]
    ) -> None:
        """Add a call whose result gets a name."""
        self._used.add(variable)
        opening = f"{self._await}{{}}.{method}("
        self._add(f"{variable} = ", chain, opening, arguments)

    def loop(
        self, variable: str, chain: Chain, method: str, arguments: Sequence[Part]
    ) -> None:
        """Begin a loop over the pages that a call gives."""
        self._used.add(variable)
        prefix = f"{self._async}for {variable} in "
        self._add(prefix, chain, f"{{}}.{method}(", arguments, "):")

    def loop_over_result(
        self, variable: str, chain: Chain, method: str, arguments: Sequence[Part]
    ) -> None:
        """Begin a loop over the list that a call gives."""
        self._used.add(variable)
        opening = f"{self._await}{{}}.{method}("
        self._add(f"for {variable} in ", chain, opening, arguments, "):")

    def send(
        self,
        variable: str,
        chain: Chain,
        method: str,
        model: Part,
        more: Sequence[Part],
        name: str,
    ) -> str:
        """Add a call with an object, which stands in the call where there is room for
        it and otherwise gets the `name`. The result, if it is wanted, gets the name
        `variable`, or another one where the object has that; give its name.
        """
        self._used |= {variable, name}
        opening = f"{self._await}{{}}.{method}("
        result = f"{variable} = " if variable else ""
        inline = Group(opening.format(self._shortest(chain)), (model, *more))
        if _INDENT + len(result + flat(inline)) <= LINE_LENGTH:
            self._add(result, chain, opening, (model, *more))
            return variable
        self.line(f"{name} = ", model)
        result = "created = " if variable else ""
        self._add(result, chain, opening, (name, *more))
        return "created"

    def upload(self, chain: Chain, file: str, kind: Part) -> None:
        """Add the upload of a file."""
        place = self._fitting(
            chain, f"    {self._await}{{}}.upload(file, {flat(kind)})"
        )
        self._lines.append(f'    with open({literal(file)}, "rb") as file:')
        call = Group(f"{self._await}{place}.upload(", ("file", kind))
        self.line("", call, 2 * _INDENT)

    def send_file(
        self, prefix: str, chain: Chain, method: str, file: str, call: Sequence[Part]
    ) -> None:
        """Add a call that sends a file."""
        self._lines.append(f'    with open({literal(file)}, "rb") as file:')
        opening = f"{self._await}{chain}.{method}("
        self.line(prefix, Group(opening, tuple(call)), 2 * _INDENT)

    def show(self, expression: str, *, deeper: bool = False) -> None:
        """Print something; `deeper`: in the statement that was begun."""
        indent = 2 * _INDENT if deeper else _INDENT
        self.line("", Group("print(", (expression,)), indent)

    def show_result(self, chain: Chain, method: str, arguments: Sequence[Part]) -> None:
        """Print what a call gives, in one line or after it got a name."""
        opening = f"print({self._await}{{}}.{method}("
        shortest = self._shortest(chain)
        inline = Group(opening.format(shortest), tuple(arguments), "))")
        if _INDENT + len(flat(inline)) <= LINE_LENGTH:
            self._add("", chain, opening, arguments, "))")
            return
        self.assign("result", chain, method, arguments)
        self.show("result")

    def removed(self, variable: str, shown: str) -> None:
        """Print changes, of those that say that something is gone no more than that."""
        self.imported.names.add("Removed")
        self.line(f"if isinstance({variable}, Removed):", "", 2 * _INDENT)
        self.line("", f'print("removed", {variable}.id)', 3 * _INDENT)
        self.line("else:", "", 2 * _INDENT)
        self.line("", f"print({shown})", 3 * _INDENT)

    # --- room

    def _add(
        self,
        prefix: str,
        chain: Chain,
        opening: str,
        arguments: Sequence[Part],
        closing: str = ")",
    ) -> None:
        whole = prefix + flat(Group(opening, tuple(arguments), closing))
        place = self._fitting(chain, whole)
        part = Group(opening.format(place), tuple(arguments), closing)
        self.line(prefix, part)

    def _fitting(self, chain: Chain, line: str) -> str:
        """The way to a place as it stands in a line: whole where there is room, else a
        variable, which is set before."""
        room = LINE_LENGTH - _INDENT - len(line.replace("{}", "", 1))
        if len(str(chain)) <= room or len(chain.pieces) < 2:
            return str(chain)
        return self._variable(chain)

    def _shortest(self, chain: Chain) -> str:
        """The way to a place as it stands in a line that has little room."""
        return str(chain) if len(chain.pieces) < 2 else "place"

    def _variable(self, chain: Chain) -> str:
        """Put a place into a variable, in several steps if one has no room for it."""
        start, pieces = "client", chain.pieces
        while pieces:
            count, name = self._part(start, pieces)
            self._used.add(name)
            code = "".join(piece.code for piece in pieces[:count])
            self.line(f"{name} = ", f"{start}{code}")
            start, pieces = name, pieces[count:]
        return start

    def _part(self, start: str, pieces: Sequence[Piece]) -> tuple[int, str]:
        """How many pieces have room in one line, and what to call where they lead."""
        for count in range(len(pieces), 0, -1):
            code = "".join(piece.code for piece in pieces[:count])
            is_last = count == len(pieces)
            for name in ("place",) if is_last else endings(pieces[count - 1].name):
                line = f"{name} = {start}{code}"
                if name not in self._used and _INDENT + len(line) <= LINE_LENGTH:
                    return count, name
        name = pieces[0].name
        while name in self._used:
            name += "_"
        return 1, "place" if len(pieces) == 1 else name
