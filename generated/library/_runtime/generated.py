"""What the generated part of the package says, imported when it is first asked for.

`models/_index.py` is the part that tells of the package as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

_PACKAGE = (__package__ or "").rpartition(".")[0]
"""The package that this runtime was copied into."""


def generated(module: str, name: str) -> Any:
    """Give what a module of `models` calls `name`.

    Raises ImportError or AttributeError if it is not there.
    """
    return getattr(import_module(f"{_PACKAGE}.models.{module}"), name)


def types() -> Mapping[str, str]:
    """Give "<module>:<class>" by the name of a type on the wire."""
    found: Mapping[str, str] = generated("_index", "TYPES")
    return found


def is_odata() -> bool:
    """Whether names with "@" are control information (OData JSON Format 4.01, section
    4.6), "@odata.type" above all; in other packages they are names like any other."""
    found: bool = generated("_index", "ODATA")
    return found
