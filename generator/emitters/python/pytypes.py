"""How the types of the model are written in Python: annotations, codecs and what they
import.
"""

from __future__ import annotations

from generator.emitters.python.code import Code, literal
from generator.emitters.python.layout import Part, call, import_lines
from generator.emitters.python.names import Names
from generator.model import (
    AnyType,
    Api,
    Enum,
    ListOf,
    Named,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
    settle,
)

# kind -> (annotation, what it imports: module and name, codec of the runtime)
_SCALARS: dict[ScalarKind, tuple[str, tuple[str, str], str]] = {
    ScalarKind.STRING: ("str", ("", ""), "STRING"),
    ScalarKind.BOOLEAN: ("bool", ("", ""), "BOOLEAN"),
    ScalarKind.BYTE: ("int", ("", ""), "INTEGER"),
    ScalarKind.SBYTE: ("int", ("", ""), "INTEGER"),
    ScalarKind.INT16: ("int", ("", ""), "INTEGER"),
    ScalarKind.INT32: ("int", ("", ""), "INTEGER"),
    ScalarKind.INT64: ("int", ("", ""), "INT64"),
    ScalarKind.SINGLE: ("float", ("", ""), "DOUBLE"),
    ScalarKind.DOUBLE: ("float", ("", ""), "DOUBLE"),
    ScalarKind.DECIMAL: ("Decimal", ("decimal", "Decimal"), "DECIMAL"),
    ScalarKind.BINARY: ("bytes", ("", ""), "BINARY"),
    ScalarKind.DATE: ("dt.date", ("datetime", "dt"), "DATE"),
    ScalarKind.DATE_TIME: ("dt.datetime", ("datetime", "dt"), "DATE_TIME"),
    ScalarKind.TIME: ("dt.time", ("datetime", "dt"), "TIME"),
    ScalarKind.DURATION: ("dt.timedelta", ("datetime", "dt"), "DURATION"),
    ScalarKind.GUID: ("UUID", ("uuid", "UUID"), "GUID"),
}

# What JSON's own values need no codec for.
PLAIN = frozenset({"STRING", "BOOLEAN", "INTEGER", "ANY"})


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


class PyTypes:
    """Writes references to types for one module after another.

    `models` and `runtime` are where the model modules and the runtime stand, as the
    module that is being written sees them: relative module names, the first with the
    dot that a module's name follows.
    """

    def __init__(
        self, api: Api, names: Names, models: str, runtime: str = ".._runtime"
    ) -> None:
        self._types = api.types
        self._names = names
        self._models = models
        self._runtime = runtime

    def settle(self, ref: TypeRef) -> TypeRef:
        """Follow type definitions to what they stand for; what is not there can be
        anything.
        """
        return settle(ref, self._types)

    def is_flags(self, ref: TypeRef) -> bool:
        """Whether a value is a set of flags."""
        ref = self.settle(ref)
        target = self._types.get(ref.id) if isinstance(ref, Named) else None
        return isinstance(target, Enum) and target.is_flags

    def annotation(self, ref: TypeRef, imports: Imports, *, given: bool = False) -> str:
        """Give the annotation of a value; `given`: one that the caller gives, not one
        that is read.
        """
        ref = self.settle(ref)
        if isinstance(ref, ListOf):
            container = "Sequence" if given else "MutableSequence"
            imports.add_checking("collections.abc", container)
            return f"{container}[{self.annotation(ref.item, imports, given=given)}]"
        if isinstance(ref, Scalar):
            name, (module, imported), _ = _SCALARS[ref.kind]
            if module:
                imports.add_checking(module, imported)
            return name
        if isinstance(ref, StreamType):
            return "bytes"
        if isinstance(ref, AnyType):
            imports.add_checking("typing", "Any")
            return "Any"
        name = self.class_name(ref, imports)
        if self.is_flags(ref):
            imports.add_checking(f"{self._runtime}.enums", "Flags")
            return f"Flags[{name}] | {name}" if given else f"Flags[{name}]"
        return name

    def class_name(self, ref: TypeRef, imports: Imports) -> str:
        """Give the class of a named type."""
        if not isinstance(ref, Named):
            raise TypeError(f"not a named type: {ref}")
        name = self._names.type_class(ref.id)
        imports.add_checking(f"{self._models}{self._names.type_module(ref.id)}", name)
        return name

    def codec(self, ref: TypeRef, imports: Imports) -> Part:
        """Give the expression of the codec of a type."""
        ref = self.settle(ref)
        if isinstance(ref, ListOf):
            return self._codec_call("list_of", imports, self.codec(ref.item, imports))
        if isinstance(ref, Scalar):
            constant = _SCALARS[ref.kind][2]
        elif isinstance(ref, StreamType):
            constant = "BINARY"
        elif isinstance(ref, AnyType):
            constant = "ANY"
        else:
            return self._codec_call(
                "flags" if self.is_flags(ref) else "nested",
                imports,
                literal(self._names.type_module(ref.id)),
                literal(self._names.type_class(ref.id)),
            )
        imports.add(f"{self._runtime}.codecs", constant)
        return constant

    def _codec_call(self, function: str, imports: Imports, *arguments: Part) -> Part:
        imports.add(f"{self._runtime}.codecs", function)
        return call(function, *arguments)
