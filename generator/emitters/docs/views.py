"""What the templates of all pages share: the head of a page, and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.emitters.docs.markdown import (
    Md,
    clean,
    inline,
    plain,
    scalar,
    shown,
)
from generator.emitters.docs.site import Site
from generator.emitters.python.code import paragraphs
from generator.emitters.yaml_text import short_text


def table(columns: str, rows: Iterable[tuple[Md, ...]]) -> Md:
    """Give a table whose columns are named in one text, with "|" between them; "" where
    it would have no rows."""
    lines = [f"|{'|'.join(row)}|" for row in rows]
    if not lines:
        return Md("")
    rule = "|:---" * (columns.count("|") + 1) + "|"
    return Md("\n".join([f"|{columns}|", rule, *lines]))


@dataclass(frozen=True, slots=True)
class Head:
    """How a page begins: `front_matter` are its lines, `title` the heading."""

    front_matter: tuple[Md, ...]
    title: Md
    namespace: Md
    warning: Md


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be: its path below the folder of the documents, its template and what
    that shows."""

    path: str
    template: str
    view: object


def head(
    site: Site, title: str, description: str, kind: str, namespace: str = ""
) -> Head:
    """Give the head of a page; `kind` is its doc_type, "" for a page that has none."""
    options = site.options
    entries = {"title": title, "description": _first_sentence(description)}
    entries = {name: shown(text) for name, text in entries.items()}
    entries |= dict(options.front_matter)
    if options.date:
        entries["ms.date"] = options.date
    if namespace:
        entries["namespace"] = namespace
    if kind:
        entries["doc_type"] = kind
    warning = (
        f"> **Important:** this is the {inline(options.version)} version of"
        f" {inline(site.title)}. It may change without notice; do not use it in"
        " production."
    )
    return Head(
        front_matter=tuple(
            [
                Md(f"{short_text(clean(name))}: {scalar(text)}")
                for name, text in entries.items()
            ]
        ),
        title=inline(title),
        namespace=inline(namespace),
        warning=Md(warning if options.version and namespace else ""),
    )


def _first_sentence(text: str) -> str:
    """Search engines show a line or two, so a long text is cut behind a sentence."""
    text = plain(next(iter(paragraphs(text)), ""))
    end = text.find(". ")
    return text[: end + 1] if end > 0 else text
