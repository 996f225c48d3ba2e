"""What a caller may leave out, and how query options are written.

Used by `location` and `calls`; knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast
from urllib.parse import quote, unquote

from .expressions import Expression, Order
from .query import Path

if TYPE_CHECKING:
    from .expand import Expand
    from .search import Search

Headers: TypeAlias = Mapping[str, str] | None
Query: TypeAlias = Mapping[str, str] | None
Returns: TypeAlias = Literal["minimal", "representation"] | None
"""Whether a change is to be answered with the object (RFC 7240 section 4.2)."""

# What requests take as select, order_by, filter, expand and search. Those that name
# classes which few programs use are texts, so that nobody else imports them.
Names: TypeAlias = str | Path[Any] | Sequence[str | Path[Any]] | None
Orders: TypeAlias = (
    str | Expression[Any] | Order | Sequence[str | Expression[Any] | Order] | None
)
Condition: TypeAlias = str | Expression[bool] | None
Expands: TypeAlias = (
    "str | Path[Any] | Expand | Sequence[str | Path[Any] | Expand] | None"
)
Terms: TypeAlias = "str | Search | None"

IN_QUERY = "$'()*,/:@!="


class _Unset:
    """The type of UNSET."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Any = _Unset()
"""The default of what may be left out: it is not sent. None is sent, as null."""


def query_options(options: Mapping[str, Any], extra: Mapping[str, str] | None) -> str:
    """Write query options, percent-encoded once: "$select=id,mail&$top=5".

    `options` are the system's own by name, `extra` the caller's. None and what is empty
    are left out; several values are joined by commas (OData URL Conventions 4.01
    section 5.1). A plus sign and a space become %2B and %20, which every service reads
    alike.
    """
    written: list[str] = []
    for name, value in options.items():
        if value is not None and (text := option_text(value)):
            written.append(f"{name}={quote(text, safe=IN_QUERY)}")
    for name, value in (extra or {}).items():
        written.append(f"{quote(name, safe='$@')}={quote(str(value), safe=IN_QUERY)}")
    return "&".join(written)


def joined(query: str, further: str) -> str:
    """Join two written queries; an option that `query` has is not taken from the other.

    A query names a system option once at most (OData URL Conventions 4.01 section 5.1).
    """
    names = {_name(option) for option in query.split("&")}
    rest = [each for each in further.split("&") if _name(each) not in names]
    return "&".join(filter(None, (query, *rest)))


def _name(option: str) -> str:
    return unquote(option.partition("=")[0])


def option_text(value: Any) -> str:
    """Write the value of a query option, not percent-encoded."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Iterable):
        return ",".join(map(str, cast("Iterable[object]", value)))
    return str(value)
