"""Names of a package that are imported when they are first used.

A generated package has thousands of classes, each in a module of its own. Its
`__init__` modules list their names and take `__getattr__` and `__dir__` from here
(PEP 562).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Give the `__getattr__` and the `__dir__` of a package.

    `names` maps each name to the module, relative to the package, that defines it, or to
    "" where the name is itself a module of the package. A name is put into the package
    when it is first asked for, so it is looked up once. `__getattr__` raises
    AttributeError for other names.
    """

    def get(name: str) -> Any:
        module = names.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = import_module(f".{module or name}", package)
        value = getattr(found, name) if module else found
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *names})

    return get, list_names
