"""Spellings: how the words of a wire name are put together in Python, and how names are
kept apart.

`names` decides with these functions what everything is called.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import count
from keyword import iskeyword

from generator.hidden import without_hidden
from generator.words import split_words

# So many bytes may the name of a module have: paths inside a package stay below 120.
LONGEST = 100

_FEW_UNDERSCORES = 10

_APART = re.compile(r"[\W_]+")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@lru_cache(maxsize=65536)
def snake(name: str) -> str:
    """lower_case_with_underscores, an identifier; "value" stands in for what has no
    word."""
    return _identifier("_".join(_words(name)).lower(), "value_")


def upper(name: str) -> str:
    """UPPER_CASE_WITH_UNDERSCORES, an identifier."""
    return unicodedata.normalize("NFKC", snake(name).upper())


@lru_cache(maxsize=65536)
def pascal(name: str) -> str:
    """CapitalisedWords, an identifier; acronyms keep their case."""
    words = (word[0].upper() + word[1:] for word in _words(name))
    joined = _identifier("".join(words), "Type")
    # a script without capitals would give class and module one name
    return joined if joined[0].isupper() else f"Type{joined}"


def split_id(type_id: str) -> tuple[str, str]:
    """Give the namespace and the short name of a qualified one."""
    namespace, _, short = type_id.rpartition(".")
    return namespace, short


_SIGNS = {
    "+": "plus",
    "-": "minus",
    "*": "star",
    "/": "slash",
    "%": "percent",
    "<": "less",
    ">": "greater",
    "=": "equal",
    "!": "not",
}


def _words(name: str) -> tuple[str, ...]:
    """The words of a name; signs are words where only they tell what is meant: "+1" and
    "-1", "<" and ">="."""
    words = split_words(without_hidden(name))
    if not words:
        return tuple([_SIGNS[each] for each in name if each in _SIGNS])
    if name[0] in "+-" and name[1:2].isdigit():
        return (_SIGNS[name[0]], *words)
    return words


def _identifier(name: str, prefix: str) -> str:
    """Make an identifier, in the form in which Python compares them (PEP 3131)."""
    name = unicodedata.normalize("NFKC", name)
    if not name.isidentifier():
        name = "".join(each for each in name if f"a{each}".isidentifier())
        name = (prefix + name.strip("_")).strip("_")
    return name


def is_name(text: str) -> bool:
    """Say whether a text could be one of the names that are made here: an identifier of
    one spelling, which neither is a keyword nor begins as private names do."""
    plain = unicodedata.normalize("NFKC", text)
    is_free = text.isidentifier() and not iskeyword(text) and text[0] != "_"
    return is_free and plain == text


def shortened(name: str, whole: str) -> str:
    """Give a name that is no longer than LONGEST bytes as a module.

    Words of the middle give way to eight letters that stand for `whole`, the full name
    of the thing; a shorter name comes back as it is.
    """
    if _size(name) <= LONGEST:
        return name
    room = (LONGEST - 10) // 2
    words = _words(name)
    front = _first(words, room) or [_cut(words[0], room)]
    back = _first(words[::-1], room) or [_cut(words[-1][::-1], room)[::-1]]
    letters = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return " ".join((*front, letters.translate(_LETTERS), *back[::-1]))


def _size(name: str) -> int:
    return len(snake(name).encode())


def _first(words: tuple[str, ...], room: int) -> list[str]:
    """As many words as there is room for, an underscore after each."""
    kept: list[str] = []
    for word in words:
        room -= _size(word) + 1
        if room < 0:
            break
        kept.append(word)
    return kept


def _cut(word: str, room: int) -> str:
    """As many characters of a word as there is room for."""
    end = room
    while _size(word[:end]) > room:
        end -= 1
    return word[:end]


def apart(
    wire_names: Iterable[str],
    make: Mapping[str, str],
    taken: Iterable[str],
    given: Iterable[str] = (),
    pinned: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Give each wire name a Python name of its own; those of `pinned` keep theirs if
    nothing else has it.

    `make` gives the wished name of each; `taken` are names that are not free, which get
    an underscore, `given` those that other things have. When two wish for the same, the
    first that is spelled in camelCase has it, else the one that is a name already, and
    the others keep their own spelling, if that is free; the order does not matter beyond
    that.
    """
    names = sorted(
        wire_names,
        key=lambda wire: (not _is_camel(wire), make[wire] != wire, wire),
    )
    reserved_names = frozenset(taken)
    used = {*reserved_names, *given}
    result: dict[str, str] = {}
    tried: dict[str, int] = {}
    if pinned:
        for wire in sorted(pinned.keys() & set(names)):
            if pinned[wire] not in used:
                result[wire] = pinned[wire]
                used.add(pinned[wire])
    for wire in names:
        if wire in result:
            continue
        wish = make[wire]
        if wish in reserved_names:
            wish += "_"
        name = wish
        if name in used:
            free = (each for each in _others(wire, wish) if each not in used)
            name = next(free, wish)
        name = next(each for each in numbered(name, tried) if each not in used)
        used.add(name)
        result[wire] = name
    return result


def numbered(name: str, tried: dict[str, int]) -> Iterator[str]:
    """Give a name, then with one underscore more each time, and with a number instead
    where nobody would count them; `tried` says how far others of that wish have come,
    lest thousands of them begin anew each time."""
    for number in count(tried.get(name, 0)):
        tried[name] = number
        has_few = number < _FEW_UNDERSCORES
        yield name + "_" * number if has_few else f"{name}_{number}"


def _is_camel(wire: str) -> bool:
    return wire.isalnum() and not wire[:1].isupper()


def _others(wire: str, wish: str) -> Iterator[str]:
    """What else a thing may be called: as on the wire, and by all words of a qualified
    name.

    A name with a capital could hide a class or a constant that the module uses; only
    members of enumerations, whose names are upper case, may have one.
    """
    spelling = _APART.sub("_", unicodedata.normalize("NFKC", without_hidden(wire)))
    spelling = spelling.strip("_")
    if spelling.isidentifier() and (wish[0].isupper() or not spelling[0].isupper()):
        yield spelling
    yield snake(wire) if not wish[0].isupper() else upper(wire)
