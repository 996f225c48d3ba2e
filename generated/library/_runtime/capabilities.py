"""What a service is said to refuse, compared with the query options of a call.

A generated class holds it as `_refuses`: a query option, or an option, a space and the
path of one property, each with the term and property of the Capabilities vocabulary
that says so. `calls` asks before anything is sent. Conditions and paths that are given
as text are not read, but for the first word of what is selected, expanded or ordered by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .errors import UnsupportedOption
from .shapes import is_iterable

_VOCABULARY = "Org.OData.Capabilities.V1."
_BY_NAME = ("$expand", "$orderby", "$select")


def refuse(place: str, refuses: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """Raise UnsupportedOption for the first option that the place is said to refuse."""
    for option, value in options.items():
        if value is None or value is False:
            continue
        if option in refuses:
            raise _error(place, option, "", refuses[option])
        for path in _paths(option, value):
            said = refuses.get(f"{option} {path}")
            if said is not None:
                raise _error(place, option, path, said)


def _paths(option: str, value: Any) -> Iterator[str]:
    """Give the property paths in an option's value, and those on the way to them."""
    for each in _each(value):
        found: Iterable[str] = getattr(each, "paths", ())
        if isinstance(each, str) and option in _BY_NAME:
            found = [_first_word(part) for part in each.split(",")]
        for path in found:
            yield path
            while "/" in path:
                path = path.rpartition("/")[0]
                yield path


def _each(value: Any) -> Iterable[Any]:
    return value if is_iterable(value) else (value,)


def _first_word(text: str) -> str:
    return text.strip().partition(" ")[0].partition("(")[0]


def _error(place: str, option: str, path: str, said: str) -> UnsupportedOption:
    what = f"{option} by {path}" if path else option
    return UnsupportedOption(
        f"{place} does not take {what}: {_VOCABULARY}{said} says so"
        " (with_options(check_capabilities=False) sends it all the same)",
        option=option,
        path=path,
        annotation=_VOCABULARY + said,
    )
