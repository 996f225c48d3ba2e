"""Why: what brings a type, operation or resource into a slice.

Answers a question about an Api and changes nothing; beside `slice`, with whose
selection it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostics
from generator.model import Api, Protocol, offered
from generator.passes.closure import Reason, Thing
from generator.passes.patterns import NamePattern
from generator.passes.selection import select
from generator.passes.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: what is there, by which relation, of what.

    `str()` gives it as a line: "microsoft.graph.user: property manager of
    microsoft.graph.directoryObject".
    """

    name: str
    relation: str
    of: str

    def __str__(self) -> str:
        return f"{self.name}: {self.relation} {self.of}"


def why(
    api: Api, include: Sequence[str], depth: int | None, name: str
) -> tuple[Step, ...]:
    """Give the shortest chain that leads from a pattern to a name, the pattern first.

    `api` is the whole one, `include` and `depth` are those of `slice_api`; `name` is
    that of a type, an action or function, or a resource, and may be as short as in a
    pattern. Where `depth` counts, the chain with the fewest navigation properties is
    taken. Empty if the slice does not have the name.
    """
    if not include:
        return tuple(
            Step(thing.id, "part of", "the whole specification")
            for thing in _meant(name, api)[:1]
        )
    selection = select(api, include, depth, Diagnostics())
    chains = [
        chain
        for thing in _meant(name, api)
        for reasons in selection.reasons()
        if (chain := _chain(thing, reasons))
    ]
    return min(chains, key=len, default=())


def absence(api: Api, name: str) -> str:
    """Say why a slice of an Api, the whole of which is given, does not have a name."""
    if _meant(name, api):
        return f"nothing that is included leads to {name!r}"
    names = {*api.types, *(operation.id for _, operation in offered(api))}
    names |= {item.name for item in api.operations}
    hint = Suggestions(names).close(name)
    return f"no type, operation or resource is called {name!r}{hint}"


def _meant(name: str, api: Api) -> list[Thing]:
    """Give the things that a name may mean: types before operations before
    resources."""
    pattern = NamePattern(name)
    types = pattern.matching(api.types, api.namespace)
    kinds = ("type", "base", "place")
    found = [Thing(kind, type_id) for type_id in types for kind in kinds]
    operations = api.operations
    if api.protocol is Protocol.HTTP:
        operations = tuple([operation for _, operation in offered(api)])
    names = {item.name: None for item in operations}
    called = {*pattern.matching(names, api.namespace), name}
    for operation in operations:
        if operation.name in called or operation.id in called:
            found.append(Thing("operation", operation.id))
    for resource_id in (name, f"#{name}"):
        if resource_id in api.resources:
            found.append(Thing("resource", resource_id))
    return found


def _chain(thing: Thing, reasons: Mapping[Thing, Reason]) -> tuple[Step, ...]:
    steps = tuple(_backwards(thing, reasons))
    return steps[::-1]


def _backwards(thing: Thing, reasons: Mapping[Thing, Reason]) -> Iterator[Step]:
    seen: set[Thing] = set()
    while thing in reasons and thing not in seen:
        seen.add(thing)
        relation, of = reasons[thing]
        yield Step(thing.id, relation, of.id)
        thing = of
