"""Query options: which of them a place is said not to take.

Used by `resources`. What is said of the set or navigation property counts before what
is said of the type (CSDL 4.01 section 14.2), statement by statement: a record that
leaves something open decides nothing about it. What is said of a base type is about its
own places: Microsoft Graph says of directoryObject that nothing can be selected, and of
user, which is derived from it, nothing of the kind.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from typing import Final

from generator.model import QueryOption, Record, Refusal, Value
from generator.passes.values import flag, paths
from generator.passes.vocabulary import CAPABILITIES, Annotations

Option = QueryOption

# What says of an option whether a place takes it at all (Capabilities vocabulary).
_WHOLE: Final = {
    Option.FILTER: ("FilterRestrictions/Filterable",),
    Option.ORDER_BY: ("SortRestrictions/Sortable",),
    Option.EXPAND: ("ExpandRestrictions/Expandable",),
    # The second is Microsoft Graph's own, and says the same.
    Option.SELECT: ("SelectSupport/Supported", "SelectRestrictions/Selectable"),
    Option.SEARCH: ("SearchRestrictions/Searchable",),
    Option.COUNT: ("CountRestrictions/Countable",),
    Option.TOP: ("TopSupported",),
    Option.SKIP: ("SkipSupported",),
}

# What says for which properties it does not.
_EXCEPTED: Final = {
    Option.FILTER: "FilterRestrictions/NonFilterableProperties",
    Option.ORDER_BY: "SortRestrictions/NonSortableProperties",
    Option.EXPAND: "ExpandRestrictions/NonExpandableProperties",
}

_FLAGS: Final = frozenset(each for named in _WHOLE.values() for each in named)
_LISTS: Final = frozenset(_EXCEPTED.values())
_TERMS: Final = {each.partition("/")[0] for each in _FLAGS}

# The others are about collections (OData 4.01 Protocol section 11.2.6).
_OF_ONE: Final = (Option.EXPAND, Option.SELECT)


class QueryOptions:
    """What is said of the query options of places, looked up by target."""

    def __init__(self, annotations: Annotations) -> None:
        self._said: dict[str, dict[str, Value]] = {}
        for target, items in annotations.items():
            for item in items:
                term = item.term.removeprefix(CAPABILITIES)
                if term in _TERMS and not item.qualifier:
                    found = self._said.setdefault(target, {})
                    found.update(_statements(term, item.value))

    def __contains__(self, target: str) -> bool:
        return target in self._said

    def refused(self, targets: Sequence[str], *, many: bool) -> tuple[Refusal, ...]:
        """Give what a place refuses, of which `targets` are about, the nearest first.

        `many`: a collection stands there; one object can be selected from and expanded,
        and nothing else.
        """
        layers = [self._said[target] for target in targets if target in self._said]
        if not layers:
            return ()
        options = tuple(Option) if many else _OF_ONE
        said = ChainMap(*layers)
        return tuple([each for option in options for each in _refusals(option, said)])


def _statements(term: str, value: Value) -> Iterator[tuple[str, Value]]:
    """Give what a term says, but for what says neither yes nor no."""
    given = (
        [(f"{term}/{name}", each) for name, each in value.properties]
        if isinstance(value, Record)
        else [(term, value)]
    )
    for statement, each in given:
        if statement in _LISTS or (statement in _FLAGS and flag(each) is not None):
            yield statement, each


def _refusals(option: Option, said: ChainMap[str, Value]) -> Iterator[Refusal]:
    told = next((each for each in _WHOLE[option] if each in said), "")
    if flag(said.get(told)) is False:
        yield Refusal(option, told)
        return
    excepted = _EXCEPTED.get(option, "")
    for path in paths(said.get(excepted)):
        yield Refusal(option, excepted, path)
