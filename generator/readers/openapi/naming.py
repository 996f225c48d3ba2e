"""Names of schemas that have none: words from where they stand.

A schema that is written where it is used is known by a token while the description is
read. In the end `settle_names` gives each a name: what all the places call it where
nothing else is called so, else the way to it. Schemas that say the same share one. Nothing
depends on the order of the document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from generator.words import split_words

_PLAIN = re.compile(r"[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*")
_WORDS_OF_SIGNS = {"+": "plus", "-": "minus", "<": "less", ">": "greater", "=": "equal"}

_SAYS_HOW = re.compile(r"(?:item|value|request|response)\Z|with-")
"""Steps that tell how a schema stands in another, not what it is."""

TOKEN = "\ud800"
"""What the id of a schema without a name begins with, until it has one: half a
character, which no document can hold."""


@dataclass(frozen=True, slots=True)
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
    groups: Iterable[list[Unnamed]], taken: Iterable[str], content: Callable[[str], str]
) -> dict[str, str]:
    """Give the id for every token; `groups` are the schemas that say the same, `taken`
    the ids that are given already.

    `content` gives what the schema of a token says, for those that no word tells apart.
    """
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
    left = _long_names(rest, used, ids)
    left.sort(key=lambda item: (item[0], content(item[1][0])))
    _numbered(left, used, ids)
    return ids


def _short_names(
    groups: list[list[Unnamed]], used: set[tuple[str, ...]]
) -> list[tuple[list[Unnamed], str]]:
    """Give for each group the name that all its places have for it, "" where there is
    none, where something else has it, or where most places mean something else."""
    claims = [(group, _common(group)) for group in groups]
    places: Counter[tuple[str, ...]] = Counter()
    for group, name in claims:
        places[_key(name)] += len(group)
    return [
        (group, name if len(group) * 2 > places[key] and key not in used else "")
        for group, name in claims
        for key in [_key(name)]
    ]


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
        return min([name.local for name in names])
    return names[0].local if len(names) == 1 and not names[0].steps else ""


_Waiting = tuple[tuple[str, str], list[str]]
"""The forms of a name, and the tokens that are to have it."""


def _long_names(
    groups: list[list[Unnamed]], used: set[tuple[str, ...]], ids: dict[str, str]
) -> list[_Waiting]:
    """Name what is left by the ways to it: one name for what is the same and of one
    owner. Give what could not be named."""
    waiting: list[_Waiting] = []
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
    return waiting


def _numbered(
    waiting: list[_Waiting], used: set[tuple[str, ...]], ids: dict[str, str]
) -> None:
    """Name by numbers what no word tells apart."""
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
