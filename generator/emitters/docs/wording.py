"""What pages say of an operation where the source does not: titles and sentences made
from its kind and its type.
"""

from __future__ import annotations

from typing import Final

from generator.model import OperationKind

Kind = OperationKind

_LONGEST_TITLE: Final = 80

_TITLES: Final = {
    Kind.READ: "Get {one}",
    Kind.LIST: "List {many}",
    Kind.CREATE: "Create {one}",
    Kind.UPDATE: "Update {one}",
    Kind.REPLACE: "Replace {one}",
    Kind.DELETE: "Delete {one}",
    Kind.COUNT: "Count {many}",
    Kind.ADD_REFERENCE: "Add {one} by reference",
    Kind.SET_REFERENCE: "Set {one} by reference",
    Kind.REMOVE_REFERENCE: "Remove {one} by reference",
    Kind.DOWNLOAD: "Download {stream} of {one}",
    Kind.UPLOAD: "Upload {stream} of {one}",
}

_SENTENCES: Final = {
    Kind.READ: "Read the properties of {a_one}.",
    Kind.LIST: "Get the {many} of a collection, a page at a time.",
    Kind.CREATE: "Create {a_one}.",
    Kind.UPDATE: "Change those properties of {a_one} that are sent, and no others.",
    Kind.REPLACE: "Put {a_one} in the place of what is there.",
    Kind.DELETE: "Delete {a_one}.",
    Kind.COUNT: "Get the number of {many} in a collection.",
    Kind.ADD_REFERENCE: "Add {a_one} that exists to a relationship.",
    Kind.SET_REFERENCE: "Make {a_one} that exists the target of a relationship.",
    Kind.REMOVE_REFERENCE: (
        "Take {a_one} out of a relationship. It goes on to exist where it lives."
    ),
    Kind.DOWNLOAD: "Get {stream} of {a_one}, as bytes.",
    Kind.UPLOAD: "Set {stream} of {a_one}, as bytes.",
    Kind.ACTION: "Call the action {name}.",
    Kind.FUNCTION: "Call the function {name}.",
}


def title(kind: OperationKind, type_name: str, name: str) -> str:
    """Give the title of an operation's page, with the type's short name ("" for the
    service) and that of the operation."""
    if kind in (Kind.ACTION, Kind.FUNCTION):
        return f"{type_name}: {name}" if type_name else name
    return _TITLES[kind].format(**_words(type_name, name))


def sentence(kind: OperationKind, type_name: str, name: str) -> str:
    """Give a sentence that says what an operation does."""
    return _SENTENCES[kind].format(**_words(type_name, name))


def is_title(summary: str) -> bool:
    """Say whether a summary can be a heading ("Create qrPin"), not a sentence."""
    text = summary.strip()
    return (
        0 < len(text) <= _LONGEST_TITLE and text[-1] not in ".:!?" and "\n" not in text
    )


def _words(type_name: str, name: str) -> dict[str, str]:
    return {
        "one": type_name,
        "a_one": article(type_name),
        "many": plural(type_name),
        "name": name,
        "stream": "the content" if name == "$value" else name,
    }


def article(name: str) -> str:
    """Put "a" or "an" before a name, as far as its spelling tells how it sounds."""
    low = name.lower()
    is_vowel = low[:1] in tuple("aeio") or (
        low[:1] == "u" and not low.startswith(("us", "uni", "ur", "ut"))
    )
    return f"{'an' if is_vowel else 'a'} {name}"


def plural(name: str) -> str:
    """Give the plural of a name where English is regular."""
    low = name.lower()
    if low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        return f"{name[:-1]}ies"
    if low.endswith(("s", "x", "ch", "sh")):
        return f"{name}es"
    return f"{name}s"
