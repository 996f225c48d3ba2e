"""Names of a package that are imported when they are first used.

A generated package has thousands of classes, each in a module of its own. Its
`__init__` modules list their names and take `__getattr__` and `__dir__` from here
(PEP 562).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_names(
    package: str, names: str
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Give the `__getattr__` and the `__dir__` of a package.

    `names` has a line for each name: the name, a space and the module, relative to the
    package, that defines it; the name alone where it is itself a module. The first line
    is empty. One text is loaded in no time where a mapping of thousands takes
    milliseconds, and few of the names are ever looked up.

    A name is put into the package when it is first asked for, so it is looked up once.
    `__getattr__` raises AttributeError for other names; as `__all__` it gives them all,
    so that `from package import *` is what checkers take it for.
    """

    def get(name: str) -> Any:
        if name == "__all__":
            return named()
        module = _module(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = import_module(f".{module or name}", package)
        value = getattr(found, name) if module else found
        setattr(sys.modules[package], name, value)
        return value

    def _module(name: str) -> str | None:
        start = names.find(f"\n{name} ")
        if start < 0:
            return "" if f"\n{name}\n" in names else None
        start += len(name) + 2
        return names[start : names.index("\n", start)]

    def named() -> list[str]:
        return [line.partition(" ")[0] for line in names.split("\n") if line]

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *named()})

    return get, list_names
