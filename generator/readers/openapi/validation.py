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
