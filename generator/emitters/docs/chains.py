"""Chains: the way to a place in Python, `client.users["..."].manager`, piece by piece.

`snippets` writes them whole where a line has room, and otherwise part by part into
variables, for which the pieces have names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword

from generator.emitters.docs.addresses import Step
from generator.emitters.docs.literals import Imported, Literals
from generator.emitters.python.call_names import place_name
from generator.emitters.python.layout import Pair, Part, flat
from generator.emitters.python.names import Names, link_key
from generator.emitters.samples import Json
from generator.model import Api, LinkKind, Operation, Resource, ResourceLink

# What snippets call something else, and builtins that nobody should hide.
_TAKEN = frozenset(
    "all any bytes change client content created credential dict dir dt file filter"
    " float format hash id input int isinstance iter len list map max min next object"
    " open place print property range repr result set sorted str sum tuple type vars"
    " zip".split()
)
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A step in Python, and what to call what it leads to."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from the client."""

    pieces: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        return "client" + "".join(piece.code for piece in self.pieces)

    def __add__(self, code: str) -> Chain:
        return Chain((*self.pieces, Piece(code, self.name)))

    @property
    def name(self) -> str:
        """What to call the place at its end."""
        return self.pieces[-1].name if self.pieces else "client"


class Chains:
    """Writes the ways to the places of an Api."""

    def __init__(self, api: Api, names: Names, literals: Literals) -> None:
        self._api = api
        self._names = names
        self._literals = literals

    def chain(self, steps: Sequence[Step], imported: Imported) -> Chain:
        """Give the way along steps from the service root."""
        pieces: list[Piece] = []
        here: Resource | None = None
        for step in steps:
            members = (
                self._names.resource_members(here)
                if here is not None
                else self._names.client_members
            )
            there = self._api.resources[step.link.target]
            before = pieces[-1].name if pieces else ""
            name = self._name(step.link, there, before, members)
            pieces.append(Piece(self._code(step, members, imported), name))
            here = there
        return Chain(tuple(pieces))

    def _code(self, step: Step, members: Mapping[str, str], imported: Imported) -> str:
        link = step.link
        if link.operation is not None:
            arguments = self.arguments(link.operation, step.arguments, imported)
            called = ", ".join(flat(each) for each in arguments)
            return f".{place_name(members, link.operation)}({called})"
        if link.kind is not LinkKind.KEY:
            return f".{members[link_key(link)]}"
        keys = [
            flat(self._literals.of(key.type, key.value, imported)) for key in step.keys
        ]
        if link.alternate:
            return f".{members[link_key(link)]}({', '.join(keys)})"
        return f"[{', '.join(keys)}]"

    def arguments(
        self, operation: Operation, given: Mapping[str, Json], imported: Imported
    ) -> Iterator[Part]:
        """Give the keyword arguments of a call."""
        python = self._names.parameters(operation.name)
        types = {each.name: each.type for each in operation.parameters}
        for wire, value in given.items():
            part = self._literals.of(types[wire], value, imported)
            yield Pair(f"{python[wire]}=", part)

    def _name(
        self, link: ResourceLink, there: Resource, before: str, names: Mapping[str, str]
    ) -> str:
        if link.kind is LinkKind.KEY:
            return item_name(before, self.type_name(there.type))
        attribute = names.get(link_key(link), "")
        is_named = link.kind in (LinkKind.NAVIGATION, LinkKind.COMPLEX)
        if attribute and (is_named or there.many):
            return variable(attribute)
        return self.type_name(there.type)

    def type_name(self, type_id: str) -> str:
        """Give what to call an object of a type."""
        return variable(self._names.type_module(type_id))


def item_name(many: str, otherwise: str) -> str:
    """Give what to call one of several: their name in the singular."""
    stem = many.rstrip("_")
    one = ""
    if stem.endswith("ies"):
        one = f"{stem[:-3]}y"
    elif stem.endswith(("sses", "shes", "ches", "xes")):
        one = stem[:-2]
    elif stem.endswith("s") and not stem.endswith(("ss", "us", "news")):
        one = stem[:-1]
    return variable(one) if one.isidentifier() else otherwise


def variable(name: str) -> str:
    """Give a name that a variable may have, not too long: of a long one the last
    words."""
    names = list(endings(name))
    return next((each for each in names if len(each) <= _LONGEST), names[0])


def endings(name: str) -> Iterator[str]:
    """Give the names that are left of a name, an identifier, without its first words,
    itself first."""
    words = name.strip("_").split("_")
    found = ["_".join(words[number:]) for number in range(len(words))]
    for each in filter(str.isidentifier, found):
        yield f"{each}_" if iskeyword(each) or each in _TAKEN else each
    yield name
