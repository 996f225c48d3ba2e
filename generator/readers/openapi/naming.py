"""Names of schemas that have none: words from where they stand.

A schema that is written where it is used is known by a token while the description is
read. In the end `settle_names` gives each a name: what all the places call it where
nothing else is called so, else the way to it. Schemas that say the same share one. Nothing
depends on the order of the document. A name that a former run gave to a place stays that
place's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.words import split_words

_PLAIN = re.compile(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*")
_WORDS_OF_SIGNS = {"+": "plus", "-": "minus", "<": "less", ">": "greater", "=": "equal"}

_SAYS_HOW = re.compile(r"(?:item|value|request|response)\Z|with-")
"""Steps that tell how a schema stands in another, not what it is."""

TOKEN = "\ud800"
"""What the id of a schema without a name begins with, until it has one: half a
character, which no document can hold."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The way to a schema: its owner, which has a name, and the steps from there.

    `kind` is what the owner is: "operation", "schema", "parameter" and so on.
    """

    owner: str
    steps: tuple[str, ...] = ()
    kind: str = "schema"

    def __truediv__(self, step: str) -> Name:
        return Name(self.owner, (*self.steps, words_of(step)), self.kind)

    @property
    def local(self) -> str:
        """What the schema is called where it stands: the last step that a property or
        parameter gives with those behind it, "" for none, the owner without steps."""
        own = [i for i, step in enumerate(self.steps) if not _SAYS_HOW.match(step)]
        if not self.steps:
            return self.owner
        return "-".join(self.steps[own[-1] :]) if own else ""

    def forms(self) -> tuple[str, str]:
        """Give the name, and another one that tells owner and steps apart."""
        if not self.steps:
            return self.owner, f"{self.owner}-{self.kind}"
        whole = "-".join((self.owner, *self.steps))
        return whole, "-of-".join((*reversed(self.steps), self.owner))

    def __str__(self) -> str:
        return "/".join((f"{self.kind} {self.owner}", *self.steps))


def words_of(text: str) -> str:
    """Give a text as a step of a name: as it stands where that is a name, else its words
    with hyphens, else the names of its signs."""
    if _PLAIN.fullmatch(text):
        return text
    words = split_words(text)
    if words and not all(word.isdigit() for word in words):
        return "-".join(words)
    signs = [_WORDS_OF_SIGNS[sign] for sign in text if sign in _WORDS_OF_SIGNS]
    return "-".join((*signs, *words)) or "property"


@dataclass(slots=True)
class Unnamed:
    """A schema without a name: its token, all ways that lead to it, its title."""

    token: str
    names: set[Name] = field(default_factory=set[Name])
    title: str = ""


def settle_names(
    groups: Sequence[list[Unnamed]],
    taken: Iterable[str],
    content: Callable[[str], str],
    given: Mapping[str, str] | None = None,
) -> Names:
    """Give the id for every token, and the names by the ways that they stand for;
    `groups` are the schemas that say the same, `taken` the ids that are given already.

    `content` gives what the schema of a token says, for those that no word tells apart;
    `given` are the ids that places have had, by the way to each.
    """
    naming = _Naming(groups, taken, content, given or {})
    return Names(naming.run(), naming.ways())


class Names(NamedTuple):
    """The id of each token; the ways to each id."""

    ids: dict[str, str]
    ways: dict[str, set[str]]


_Unit = tuple[tuple[int, str], Name, list[str]]
"""What is to have one name: its group and root, the name, and the tokens."""


_Claim = tuple[str, int]
"""A short name that schemas may have, and how much speaks for it."""


class _Naming:
    """The names given so far; what stands in a schema is named when that has a name."""

    def __init__(
        self,
        groups: Sequence[list[Unnamed]],
        taken: Iterable[str],
        content: Callable[[str], str],
        given: Mapping[str, str],
    ) -> None:
        self._groups = groups
        self._given = given
        self._kept: dict[str, int] = {}
        self._content = content
        self._group_of = {
            unnamed.token: position
            for position, group in enumerate(groups)
            for unnamed in group
        }
        self._used = {_key(name) for name in taken}
        self._ids: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._shared: dict[tuple[int, str], str] = {}

    def run(self) -> dict[str, str]:
        """Give all names."""
        if self._given:
            while self._keep_names():
                pass
        self._give_short_names(self._by_title)
        self._give_short_names(self._by_place)
        waiting = [unnamed for group in self._groups for unnamed in group]
        while waiting := [each for each in waiting if each.token not in self._ids]:
            self._give_long_names(self._ready(waiting))
        return self._ids

    def ways(self) -> dict[str, set[str]]:
        """Give the ways to each id."""
        result: dict[str, set[str]] = {}
        for group in self._groups:
            for unnamed in group:
                ways = result.setdefault(self._ids[unnamed.token], set())
                ways.update([str(name) for name, _ in self._ways(unnamed)])
        return result

    # --- names that were given

    def _keep_names(self) -> bool:
        """Give places the names that they had, as far as the way to them is known; say
        whether there were any."""
        claims: dict[str, Counter[int]] = {}
        found: list[tuple[int, Unnamed, str, str]] = []
        for position, group in enumerate(self._groups):
            for unnamed in group:
                if unnamed.token in self._ids:
                    continue
                ways = sorted(self._ways(unnamed), key=lambda w: (_order(w[0]), w))
                had = [(self._given.get(str(way)), root) for way, root in ways]
                name, root = next(((n, r) for n, r in had if n), ("", ""))
                if name:
                    claims.setdefault(name, Counter())[position] += 1
                    found.append((position, unnamed, name, root))
        # what said the same may say two things now: most of it keeps the name
        owners = {name: max(c, key=lambda p: (c[p], -p)) for name, c in claims.items()}
        for name, position in owners.items():
            if _key(name) not in self._used:
                self._used.add(_key(name))
                self._kept[name] = position
        kept = False
        for position, unnamed, name, root in found:
            if self._kept.get(name) != position:
                continue
            self._shared[position, root] = self._ids[unnamed.token] = name
            self._roots[unnamed.token] = root
            kept = True
        return kept

    # --- short names

    def _give_short_names(self, common: Callable[[list[Unnamed]], _Claim]) -> None:
        """Name what is called alike in all its places, and is most of what is called
        so."""
        claims = [
            (group, *common(group))
            for whole in self._groups
            if (group := [each for each in whole if each.token not in self._ids])
        ]
        places: Counter[tuple[str, ...]] = Counter()
        for _, name, weight in claims:
            places[_key(name)] += weight
        for group, name, weight in claims:
            key = _key(name)
            if name and weight * 2 > places[key] and key not in self._used:
                self._used.add(key)
                for unnamed in group:
                    self._ids[unnamed.token] = self._roots[unnamed.token] = name

    def _by_title(self, group: list[Unnamed]) -> _Claim:
        """Give the title that all have, and how many they are."""
        titles = {unnamed.title for unnamed in group}
        title = next(iter(titles)) if len(titles) == 1 else ""
        if not split_words(title) or not title[0].isalpha():
            return "", 0
        named = "-".join(split_words(title)) if "." in title else words_of(title)
        return named, len(group)

    def _by_place(self, group: list[Unnamed]) -> _Claim:
        """Give what all are called where they stand, if that is in several different
        places, and in how many."""
        names = [name for unnamed in group for name in unnamed.names]
        local = {_key(name.local) for name in names}
        weight = len({self._group_of.get(name.owner, name.owner) for name in names})
        if len(local) == 1 and (weight > 1 or not any(name.steps for name in names)):
            return min([name.local for name in names]), weight
        return "", 0

    # --- long names

    def _ready(self, waiting: list[Unnamed]) -> list[Unnamed]:
        """Give what stands in schemas that have their names; where schemas stand in one
        another, what stands in one that has."""
        for among in (all, any):
            ready = [
                unnamed
                for unnamed in waiting
                if among([self._resolved(name) is not None for name in unnamed.names])
            ]
            if ready:
                return ready
        return waiting

    def _resolved(self, name: Name) -> Name | None:
        """Give a name with that of its owner, None while it has none."""
        if not name.owner.startswith(TOKEN):
            return name
        owner = self._ids.get(name.owner)
        return Name(owner, name.steps, name.kind) if owner is not None else None

    def _give_long_names(self, ready: list[Unnamed]) -> None:
        """Name schemas by the ways to them: one name for what says the same and stands
        in one component or operation."""
        units: dict[tuple[int, str], list[tuple[Name, str]]] = {}
        for unnamed in ready:
            best, root = min(self._ways(unnamed), key=lambda way: (_order(way[0]), way))
            self._roots[unnamed.token] = root
            unit = self._group_of[unnamed.token], root
            if unit in self._shared:
                self._ids[unnamed.token] = self._shared[unit]
            else:
                units.setdefault(unit, []).append((best, unnamed.token))
        self._name(
            [
                (
                    unit,
                    min([name for name, _ in ways], key=_order),
                    [t for _, t in ways],
                )
                for unit, ways in units.items()
            ]
        )

    def _ways(self, unnamed: Unnamed) -> list[tuple[Name, str]]:
        """Give the names of a schema that are known, each with the component or
        operation that it stands in."""
        found = [
            (resolved, self._roots.get(name.owner, name.owner))
            for name in unnamed.names
            if (resolved := self._resolved(name)) is not None
        ]
        return found or [(Name(_NOWHERE), _NOWHERE)]

    def _name(self, units: list[_Unit]) -> None:
        for position in (0, 1):
            forms = [(unit, unit[1].forms()[position]) for unit in units]
            counts = Counter([_key(form) for _, form in forms])
            units = []
            for unit, form in forms:
                if counts[_key(form)] == 1 and _key(form) not in self._used:
                    self._give(unit, form)
                else:
                    units.append(unit)
        order = {id(unit): self._content(unit[2][0]) for unit in units}
        for unit in sorted(units, key=lambda unit: (_order(unit[1]), order[id(unit)])):
            form, number = unit[1].forms()[0], 2
            while _key(f"{form}-{number}") in self._used:
                number += 1
            self._give(unit, f"{form}-{number}")

    def _give(self, unit: _Unit, form: str) -> None:
        self._used.add(_key(form))
        self._shared[unit[0]] = form
        self._ids.update(dict.fromkeys(unit[2], form))


_NOWHERE = "schema"
"""What a schema is called that stands only in itself."""


def _order(name: Name) -> tuple[int, str]:
    whole = name.forms()[0]
    return len(split_words(whole)), whole


def _key(name: str) -> tuple[str, ...]:
    """Names with equal keys are too alike to stand side by side."""
    return tuple([word.casefold() for word in split_words(name)])
