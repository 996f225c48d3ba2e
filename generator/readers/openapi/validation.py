"""What openapi-spec-validator has to say of a description, with places.

Beside the reader, which reports what it cannot use: the validator holds a description
against the schemas that come with the specification. It needs about ten seconds for a
megabyte, and gigabytes for the largest, so that those are only judged when asked to.

It would fetch what references name; here it gets files below the folder of the
description, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.readers.codes import add
from generator.readers.documents import Loaded, load_document
from generator.readers.openapi.codes import CODES
from generator.readers.openapi.swagger import Converted
from generator.readers.source import beside, load_source

__all__ = ["MAX_BYTES", "validate"]

MAX_BYTES: Final = 1_000_000
"""How large a description may be that is judged without being asked to."""

_MOST_VALUES: Final = 200_000
"""How many values it may have, counting those that aliases repeat."""

_MOST_FAULTS: Final = 100

_TOLD_BY_THE_READER: Final = frozenset(
    {
        "DuplicateOperationIDError",
        "ParameterDuplicateError",
        "UnresolvableParameterError",
    }
)
"""The faults that the validator finds without saying where."""


def validate(
    document: Loaded, diagnostics: Diagnostics, *, always: bool = False
) -> bool:
    """Add what openapi-spec-validator finds in a description; a large one is left
    alone, unless it is `always` to be judged. Tells whether it was judged.

    A document of Swagger 2.0 is judged as such. Whatever the validator stumbles over
    itself is no fault of the description, and told as information.
    """
    if isinstance(document, Converted):
        document = document.before
    if not always and _is_large(document):
        return False
    if _is_tangled(document.value):
        message = "not validated: its schemas are made of one another too often"
        _report(diagnostics, "openapi-not-validated", message, document)
        return False
    try:
        for number, error in enumerate(_errors(document)):
            if number == _MOST_FAULTS:
                message = f"more than {_MOST_FAULTS} faults; the rest is not listed"
                _report(diagnostics, "openapi-not-validated", message, document)
                break
            _tell(error, document, diagnostics)
    # the validator raises what comes up in it, of any kind, when a reference leads
    # nowhere or a value is of a type that it did not expect
    except Exception as error:
        first = str(error).partition("\n")[0]
        message = f"the rest is not validated: {type(error).__name__}: {first}"
        _report(diagnostics, "openapi-not-validated", message, document)
    return True


def _is_large(document: Loaded) -> bool:
    if len(document.source.data) > MAX_BYTES:
        return True
    count = 0
    level = [document.value]
    while level and count <= _MOST_VALUES:
        children: list[Any] = []
        for parent in level:
            if isinstance(parent, dict | list):
                count += len(parent)
                if count > _MOST_VALUES:
                    return True
                children += parent.values() if isinstance(parent, dict) else parent
        level = children
    return False


_MADE_OF: Final = ("allOf", "anyOf", "oneOf")


def _is_tangled(root: Any) -> bool:
    """Tell whether the validator would have to look into schemas without end: from each
    `allOf` it looks into all that its members are made of, and into what is mentioned
    twice twice, so that sixty of them in a row take it longer than anybody lives."""
    counts: dict[int, int] = {}
    total = 0
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
            members = value.get("allOf")
            if isinstance(members, list):
                total += sum(_looks(root, each, counts) for each in members)
        elif isinstance(value, list):
            waiting += value
        if total > _MOST_VALUES:
            return True
    return False


def _looks(root: Any, value: Any, counts: dict[int, int]) -> int:
    """Count how many schemas are looked into for what a schema is made of; a circle has
    no end either, but the validator notices. `counts` are those that are known."""
    stack = [value]
    while stack:
        at = stack[-1]
        parts = list(_parts(root, at))
        if id(at) not in counts:
            counts[id(at)] = 0
            stack += [each for each in parts if id(each) not in counts]
        else:
            stack.pop()
            looks = 1 + sum(counts.get(id(each), 0) for each in parts)
            counts[id(at)] = min(looks, _MOST_VALUES + 1)
    return counts[id(value)]


def _parts(root: Any, value: Any) -> Iterator[Any]:
    """Give the schemas that the validator looks into from one, and what it refers to in
    the same document."""
    if not isinstance(value, dict):
        return
    for key in _MADE_OF:
        members = value.get(key)
        yield from members if isinstance(members, list) else ()
    yield from (value[key] for key in ("items", "not") if key in value)
    reference = value.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        at = root
        for token in unquote(reference[2:]).split("/"):
            token = token.replace("~1", "/").replace("~0", "~")
            at = at.get(token) if isinstance(at, dict) else None
        yield at


def _errors(document: Loaded) -> Iterator[Any]:
    from jsonschema_path import SchemaPath
    from openapi_spec_validator.shortcuts import get_validator_cls

    path = Path(document.source.name).resolve()
    schema = SchemaPath.from_dict(
        document.value, base_uri=path.as_uri(), handlers=_Handlers(path)
    )
    errors: Iterator[Any] = get_validator_cls(document.value)(schema).iter_errors()
    return errors


class _Handlers(dict[str, Callable[[str], Any]]):
    """Answers for every scheme of URIs, lest the validator fetch what it finds none
    for."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._folder = path.parent

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Callable[[str], Any]:
        return self._load

    def _load(self, uri: str) -> Any:
        parts = urlsplit(uri)
        name = Path(unquote(parts.path))
        if parts.scheme == "file" and not parts.netloc:
            if name.is_relative_to(self._folder):
                relative = name.relative_to(self._folder).as_posix()
                path = beside(relative, self._folder, self._folder)
                if path is not None:
                    return load_document(load_source(path), Diagnostics()).value
        raise LookupError(f"{uri} is not read: it is no file beside the description")


def _tell(error: Any, document: Loaded, diagnostics: Diagnostics) -> None:
    """Report a fault; of the alternatives that a value all fails, the one that it comes
    closest to, which is the one whose fault lies deepest."""
    if type(error).__name__ in _TOLD_BY_THE_READER:
        return
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    pointer = tuple(error.absolute_path)
    # where jsonschema-rs is installed, the schema and the value follow the fault
    message = str(error.message).partition("\n")[0]
    _report(diagnostics, "openapi-invalid", message, document, pointer)


def _report(
    diagnostics: Diagnostics,
    code: str,
    message: str,
    document: Loaded,
    pointer: tuple[str | int, ...] = (),
) -> None:
    # without a pointer only the file is known
    place = document.place(pointer) if pointer else Place(document.source.name)
    add(diagnostics, CODES, code, message, place)
