"""The type definitions that stand in what they stand for: A is a list of B, B a map of A.

Below the emitters, none of which can write such a definition out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Alias, TypeDef, named_types


def in_circles(types: Mapping[str, TypeDef]) -> frozenset[str]:
    """Give the definitions that are mentioned in themselves, however far inside.

    These are the strongly connected parts of what mentions what, found in one go
    (Tarjan's algorithm), whose steps are kept in a list: definitions may be thousands
    deep.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    found: set[str] = set()
    for start in types:
        steps = [(start, _mentioned(start, types))] if start not in order else []
        while steps:
            name, others = steps[-1]
            if name not in order:
                order[name] = lowest[name] = len(order)
                open_.append(name)
            other = next(others, None)
            if other is None:
                steps.pop()
                if steps:
                    above = steps[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == order[name]:
                    found |= _closed(name, open_, lowest, types)
            elif other not in order:
                steps.append((other, _mentioned(other, types)))
            elif lowest[other] >= 0:
                lowest[name] = min(lowest[name], order[other])
    return frozenset(found)


def _closed(
    name: str,
    open_: list[str],
    lowest: dict[str, int],
    types: Mapping[str, TypeDef],
) -> set[str]:
    """Close the part that a definition began; nothing where it is that one alone, and
    not mentioned in itself."""
    part: list[str] = []
    while name not in part[-1:]:
        part.append(open_.pop())
        lowest[part[-1]] = -1
    is_alone = len(part) == 1 and name not in _mentioned(name, types)
    return set() if is_alone else set(part)


def _mentioned(name: str, types: Mapping[str, TypeDef]) -> Iterator[str]:
    """The definitions that one mentions itself."""
    definition = types.get(name)
    if isinstance(definition, Alias):
        for other in named_types(definition.type):
            if isinstance(types.get(other), Alias):
                yield other
