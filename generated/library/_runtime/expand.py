"""What is asked of related objects: `$expand` with options of its own.

Loaded when the first `Path.expand` or filtered count is made; see OData URL Conventions
4.01, section 5.1.3.1.
"""

# pyright: reportPrivateUsage=false
# Expressions read one another; users have no use for the underscore names.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .options import option_text
from .query import Path


class Expand:
    """A path with options, for `expand` of requests; `Path.expand` makes it."""

    __slots__ = ("_paths", "_text")

    def __init__(self, path: Path[Any], options: Mapping[str, Any]) -> None:
        self._text = path.text + nested_options(options)
        inner = [f"{path._place}/{each}" for each in _expanded(options.get("$expand"))]
        self._paths = (*path.paths, *inner)

    @property
    def paths(self) -> tuple[str, ...]:
        """What is expanded: this path, and from it those of its own `expand`."""
        return self._paths

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Expand({self._text!r})"


def _expanded(value: Any) -> Iterable[str]:
    """Give the paths that are expanded, as far as they are not mere text."""
    if isinstance(value, Expand | Path):
        return value.paths
    if value is None or isinstance(value, str):
        return ()
    return [path for each in value for path in _expanded(each)]


def nested_options(options: Mapping[str, Any]) -> str:
    """Write the options of a part of a query: "($select=id;$top=5)".

    They are not percent-encoded. What is None or empty is left out, and the parentheses
    if nothing is left.
    """
    written = [
        f"{name}={text}"
        for name, value in options.items()
        if value is not None and (text := option_text(value))
    ]
    return f"({';'.join(written)})" if written else ""
