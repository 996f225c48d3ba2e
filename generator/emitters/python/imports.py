"""The import statements of generated modules."""

from __future__ import annotations

from generator.emitters.python.code import Code
from generator.emitters.python.layout import import_lines


class Imports:
    """What a module imports: at run time, and for the type checkers alone.

    Annotations are never evaluated in generated modules, so what only they name costs
    nothing at run time. `own` is the module itself, as it would be imported.
    """

    def __init__(self, own: str = "") -> None:
        self._own = own
        self._runtime: dict[str, set[str]] = {}
        self._checking: dict[str, set[str]] = {}

    def add(self, module: str, name: str) -> None:
        """Import at run time."""
        self._runtime.setdefault(module, set()).add(name)

    def add_checking(self, module: str, name: str) -> None:
        """Import for annotations only; the module's `own` names need none."""
        if module != self._own:
            self._checking.setdefault(module, set()).add(name)

    def add_all(self, others: Imports) -> None:
        """Import what something needs whose imports were gathered by themselves."""
        for add, modules in (
            (self.add, others._runtime),
            (self.add_checking, others._checking),
        ):
            for module, names in modules.items():
                for name in names:
                    add(module, name)

    def lines(self) -> tuple[Code, ...]:
        """The statements of run time: the standard library's and the package's, a gap
        between them.
        """
        modules = self._runtime
        if self._left():
            modules = modules | {
                "typing": modules.get("typing", set()) | {"TYPE_CHECKING"}
            }
        return _statements(modules, 0)

    def checking_lines(self) -> tuple[Code, ...]:
        """The statements under TYPE_CHECKING."""
        return _statements(self._left(), 4)

    def _left(self) -> dict[str, set[str]]:
        """What is imported for the checkers and not anyway."""
        left = {
            m: names - self._runtime.get(m, set())
            for m, names in self._checking.items()
        }
        return {module: names for module, names in left.items() if names}


def _statements(modules: dict[str, set[str]], indent: int) -> tuple[Code, ...]:
    library = sorted(module for module in modules if not module.startswith("."))
    package = sorted(
        (module for module in modules if module.startswith(".")), key=_depth
    )
    lines = [_import(module, modules[module], indent) for module in library]
    if library and package:
        lines.append(Code(""))
    return (*lines, *(_import(module, modules[module], indent) for module in package))


def _depth(module: str) -> tuple[int, str]:
    """Far modules first, as isort orders relative imports."""
    dots = len(module) - len(module.lstrip("."))
    return -dots, module


def _import(module: str, names: set[str], indent: int) -> Code:
    if module == "datetime":
        return Code("import datetime as dt")
    return import_lines(module, names, indent)
