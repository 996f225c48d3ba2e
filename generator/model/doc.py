"""Where things stand in their source and what is said of them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a source document: the file as the user named it, line and column
    from 1.

    Column 0 means that only the line is known, line 0 that only the file is. `pointer`
    is the JSON pointer of a value in the document (RFC 6901), where it has such; places
    that differ in it alone are equal.
    """

    file: str
    line: int = 0
    column: int = 0
    pointer: str = field(default="", compare=False)

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to a page about something: its relation ("docs/update") and its
    address."""

    relation: str
    href: str


@dataclass(frozen=True, slots=True)
class Doc:
    """What the source says of a thing, as it stands there: text that no output may
    trust.

    `title` is a name in the source's own words. `examples` are values as JSON texts,
    `extensions` what the source adds in its own terms (x-...): names and JSON texts.
    """

    summary: str = ""
    description: str = ""
    links: tuple[Link, ...] = ()
    title: str = ""
    examples: tuple[str, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deprecation:
    """That something is on its way out: since when, until when (ISO dates) and what
    instead."""

    description: str = ""
    date: str = ""
    removal_date: str = ""
    version: str = ""
