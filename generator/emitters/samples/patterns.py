"""A text that a regular expression matches, made from the expression itself.

`scalars` asks for one where the spec says of a property what its values look like
(Validation.Pattern, JSON Schema's pattern). The expression is never run: one written
to take for ever must not stop a generator. What is understood is the part that such
constraints are written in: characters, sets, groups, alternatives, counts and anchors.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.emitters.samples.chance import Chance

_LONGEST = 200
_DEEPEST = 12

_CLASSES = {
    "d": string.digits,
    "w": string.ascii_lowercase + string.digits,
    "s": " ",
    "D": string.ascii_lowercase,
    "W": "-.",
    "S": string.ascii_lowercase,
}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_ANY = string.ascii_lowercase
_LETTERS = (string.ascii_lowercase, string.ascii_uppercase)


class _Unknown(Exception):
    """The expression holds what is not understood here."""


@dataclass(frozen=True, slots=True)
class _Repeat:
    """A part that stands at least and at most so many times."""

    part: _Part
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class _OneOf:
    """Several sequences, one of which stands here."""

    choices: tuple[tuple[_Repeat, ...], ...]


_Part: TypeAlias = "str | _OneOf"
"""Characters, one of which stands here, or alternatives."""


def matching(
    pattern: str, chance: Chance, least: int = 0, most: int = _LONGEST
) -> str | None:
    """Give a text that the whole of `pattern` describes, of `least` to `most`
    characters.

    None where the expression is not understood, or no such text was found.
    """
    try:
        parsed = _Reader(pattern).read()
        fewest = _shortest(parsed)
        if fewest > min(most, _LONGEST):
            return None
        # what may be repeated without need is, until the text is of a natural length
        wanted = max(least, min(most, 6 if fewest < 4 else fewest))
        text = _write(parsed, chance, _Spare(wanted - fewest))
    except _Unknown:
        return None
    return text if least <= len(text) <= most else None


@dataclass(slots=True)
class _Spare:
    """How many characters more than necessary are wanted."""

    count: int


@dataclass(slots=True)
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    depth: int = 0

    def read(self) -> _OneOf:
        parsed = self._choices()
        if self.at < len(self.text):
            raise _Unknown
        return parsed

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        taken = self._next()
        if not taken:
            raise _Unknown
        self.at += 1
        return taken

    def _accept(self, text: str) -> bool:
        found = self.text.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def _choices(self) -> _OneOf:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unknown
        choices = [self._sequence()]
        while self._accept("|"):
            choices.append(self._sequence())
        self.depth -= 1
        return _OneOf(tuple(choices))

    def _sequence(self) -> tuple[_Repeat, ...]:
        """An anchor says nothing here at the ends of the text, and cannot be heeded
        elsewhere."""
        found: list[_Repeat] = []
        if self.depth == 1:
            self._accept("^")
        while self._next() not in ("", "|", ")"):
            if self.depth == 1 and self._next() == "$":
                self.at += 1
                if self._next() not in ("", "|"):
                    raise _Unknown
                break
            found.append(self._repeated(self._part()))
        return tuple(found)

    def _part(self) -> _Part:
        taken = self._take()
        if taken == "(":
            if self._accept("?") and not self._accept(":"):
                raise _Unknown
            inner = self._choices()
            if not self._accept(")"):
                raise _Unknown
            return inner
        if taken == "[":
            return self._set()
        if taken == "\\":
            return self._escaped()
        if taken in "^$*+?{":
            raise _Unknown
        return _ANY if taken == "." else taken

    def _escaped(self) -> str:
        taken = self._take()
        if taken in _CLASSES:
            return _CLASSES[taken]
        if taken in _CONTROLS:
            return _CONTROLS[taken]
        if taken.isalnum():
            raise _Unknown
        return taken

    def _set(self) -> str:
        excluding = self._accept("^")
        found = ""
        while not self._accept("]") or not found:
            taken = self._take()
            if taken == "[":
                # classes by name and sets within sets differ between dialects
                raise _Unknown
            members = self._escaped() if taken == "\\" else taken
            if len(members) == 1 and self._next() == "-" and self._closes() is False:
                self.at += 1
                last = self._take()
                last = self._escaped() if last == "\\" else last
                if len(last) != 1 or not 0 <= ord(last) - ord(members) < 0x10000:
                    raise _Unknown
                found += _range(members, last)
            else:
                found += members
        if excluding:
            found = "".join(each for each in _ANY + string.digits if each not in found)
        if not found:
            raise _Unknown
        return _plain(found)

    def _closes(self) -> bool:
        """Whether a hyphen stands for itself, at the end of a set."""
        return self.text[self.at + 1 : self.at + 2] == "]"

    def _repeated(self, part: _Part) -> _Repeat:
        least, most = 1, 1
        if self._accept("?"):
            least = 0
        elif self._accept("*"):
            least, most = 0, _LONGEST
        elif self._accept("+"):
            most = _LONGEST
        elif self._accept("{"):
            least, most = self._count()
        else:
            return _Repeat(part)
        # lazily or possessively: the same texts
        if not self._accept("?"):
            self._accept("+")
        if least > most or least > _LONGEST:
            raise _Unknown
        return _Repeat(part, least, min(most, _LONGEST))

    def _count(self) -> tuple[int, int]:
        body, brace, _ = self.text[self.at : self.at + 20].partition("}")
        least, comma, most = body.partition(",")
        numbers = least + (most or "0")
        if not brace or not least or not (numbers.isascii() and numbers.isdigit()):
            raise _Unknown
        self.at += len(body) + 1
        if not comma:
            return int(least), int(least)
        return int(least), int(most) if most else _LONGEST


def _range(first: str, last: str) -> str:
    """The characters of a range, of a long one only the beginning and ASCII letters."""
    end = min(ord(last), ord(first) + 127)
    return "".join(map(chr, range(ord(first), end + 1)))


def _plain(found: str) -> str:
    """What is preferred of a set: letters of one case, and digits."""
    kept = [[each for each in letters if each in found] for letters in _LETTERS]
    letters = next(filter(None, kept), [])
    digits = [each for each in string.digits if each in found]
    return "".join(letters + digits) or found


def _shortest(part: _Part) -> int:
    if isinstance(part, str):
        return 1
    return min(_length(sequence) for sequence in part.choices)


def _length(sequence: Sequence[_Repeat]) -> int:
    return sum(each.least * _shortest(each.part) for each in sequence)


def _write(part: _Part, chance: Chance, spare: _Spare) -> str:
    if isinstance(part, str):
        return chance.pick(part)
    fewest = _shortest(part)
    sequence = next(each for each in part.choices if _length(each) == fewest)
    return "".join(_repeat(each, chance, spare) for each in sequence)


def _repeat(repeat: _Repeat, chance: Chance, spare: _Spare) -> str:
    one = _shortest(repeat.part)
    if not one:
        # one that is written may take what is spare; the others are empty
        return _write(repeat.part, chance, spare) if repeat.most else ""
    more = max(0, min(repeat.most - repeat.least, spare.count // one))
    spare.count -= more * one
    times = range(repeat.least + more)
    return "".join([_write(repeat.part, chance, spare) for _ in times])
