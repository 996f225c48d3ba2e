"""Names of schemas that have none: words from where they stand.

A schema that is written where it is used is known by a token while the description is
read. In the end `settle_names` gives each a name: what all the places call it where
nothing else is called so, else the way to it. Schemas that say the same share one. Nothing
depends on the order of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.words import split_words

_PLAIN = re.compile(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*")
_WORDS_OF_SIGNS = {"+": "plus", "-": "minus", "<": "less", ">": "greater", "=": "equal"}

TOKEN = "\0"
"""What the id of a schema without a name begins with, until it has one."""


@dataclass(frozen=True, slots=True)
class Name:
    """The way to a schema: its owner, which has a name, and the steps from there."""

    owner: str
    steps: tuple[str, ...] = ()

    def __truediv__(self, step: str) -> Name:
        return Name(self.owner, (*self.steps, words_of(step)))

    @property
    def local(self) -> str:
        """The last step, or the owner where there is none."""
        return self.steps[-1] if self.steps else self.owner

    def forms(self) -> tuple[str, str]:
        """Give the name, and another one that tells owner and steps apart."""
        if not self.steps:
            return self.owner, self.owner
        whole = "-".join((self.owner, *self.steps))
        return whole, "-of-".join((*reversed(self.steps), self.owner))


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
    groups: Iterable[list[Unnamed]], taken: Iterable[str]
) -> dict[str, str]:
    """Give the id for every token; `groups` are the schemas that say the same, `taken`
    the ids that are given already."""
    used = {_key(name) for name in taken}
    ids: dict[str, str] = {}
    rest: list[list[Unnamed]] = []
    groups = list(groups)
    for group, name in _short_names(groups, used):
        if name:
            used.add(_key(name))
            ids.update({unnamed.token: name for unnamed in group})
        else:
            rest.append(group)
    _long_names(rest, used, ids)
    return ids


def _short_names(
    groups: list[list[Unnamed]], used: set[tuple[str, ...]]
) -> list[tuple[list[Unnamed], str]]:
    """Give for each group the name that all its places have for it, "" where there is
    none, where something else has it, or where as many places mean something else."""
    wanted: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    claims = []
    for group in groups:
        name = _common(group)
        claims.append((group, name))
        if name:
            wanted[_key(name)].append((len(group), name))
    found = []
    for group, name in claims:
        rivals = wanted[_key(name)] if name else []
        most = max([size for size, _ in rivals], default=0)
        wins = len(group) == most and [size for size, _ in rivals].count(most) == 1
        found.append((group, name if wins and _key(name) not in used else ""))
    return found


def _common(group: list[Unnamed]) -> str:
    """Give the title that all have, else the last step that all have if they are of
    several owners, else ""."""
    titles = {unnamed.title for unnamed in group}
    title = next(iter(titles)) if len(titles) == 1 else ""
    if title and split_words(title) and title[0].isalpha():
        return words_of(title) if "." not in title else "-".join(split_words(title))
    names = [name for unnamed in group for name in unnamed.names]
    local = {_key(name.local) for name in names}
    owners = {name.owner for name in names}
    if len(local) == 1 and len(owners) > 1:
        return min(name.local for name in names)
    return names[0].local if len(names) == 1 and not names[0].steps else ""


def _long_names(
    groups: list[list[Unnamed]], used: set[tuple[str, ...]], ids: dict[str, str]
) -> None:
    """Name what is left by the ways to it: one name for what is the same and of one
    owner."""
    waiting: list[tuple[tuple[str, str], list[str]]] = []
    for group in groups:
        by_owner: defaultdict[str, list[tuple[Name, str]]] = defaultdict(list)
        for unnamed in group:
            best = min(unnamed.names, key=_order)
            by_owner[best.owner].append((best, unnamed.token))
        for items in by_owner.values():
            best = min([name for name, _ in items], key=_order)
            waiting.append((best.forms(), [token for _, token in items]))
    for position in (0, 1):
        counts: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for forms, _ in waiting:
            counts[_key(forms[position])] += 1
        left = []
        for forms, tokens in waiting:
            key = _key(forms[position])
            if counts[key] == 1 and key not in used:
                used.add(key)
                ids.update(dict.fromkeys(tokens, forms[position]))
            else:
                left.append((forms, tokens))
        waiting = left
    _numbered(waiting, used, ids)


def _numbered(
    waiting: list[tuple[tuple[str, str], list[str]]],
    used: set[tuple[str, ...]],
    ids: dict[str, str],
) -> None:
    for (name, _), tokens in waiting:
        number = 2
        while _key(f"{name}-{number}") in used:
            number += 1
        used.add(_key(f"{name}-{number}"))
        ids.update(dict.fromkeys(tokens, f"{name}-{number}"))


def _order(name: Name) -> tuple[int, str]:
    whole = name.forms()[0]
    return len(name.steps), whole


def _key(name: str) -> tuple[str, ...]:
    """Names with equal keys are too alike to stand side by side."""
    return tuple([word.casefold() for word in split_words(name)])


def renamed(text: str, ids: Mapping[str, str]) -> str:
    """Give the id for what may be a token."""
    return ids.get(text, text)
