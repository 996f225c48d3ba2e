"""How the types of the model are written in Python: annotations and codecs.

`imports` gathers what they need. A type definition is written as what it stands for,
but for those that have a module of their own: see `aliases`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator.emitters.python.aliases import Aliases
from generator.emitters.python.code import Code, literal
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import UNSETTLED, Pair, Part, call, mapping
from generator.emitters.python.names import Names
from generator.model import (
    Alias,
    AnyType,
    Api,
    Constraints,
    Discriminator,
    Enum,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeDef,
    TypeRef,
    UnionOf,
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
        self._aliases = Aliases(api.types)
        self._names = names
        self._models = models
        self._runtime = runtime

    def settle(self, ref: TypeRef) -> TypeRef:
        """Follow type definitions to what they stand for, or to the first that has a
        module of its own; what is not there can be anything.
        """
        return self._aliases.settle(ref)

    def struct(self, ref: TypeRef) -> Struct | None:
        """Give the structured type that a value is of, if it is of one."""
        ref = self.settle(ref)
        target = self._types.get(ref.id) if isinstance(ref, Named) else None
        return target if isinstance(target, Struct) else None

    def has_module(self, type_id: str) -> bool:
        """Whether a type has a module in `models`; other type definitions are written
        as what they stand for.
        """
        is_alias = isinstance(self._types.get(type_id), Alias)
        return not is_alias or self._aliases.is_own(type_id)

    def meaning(self, alias: Alias) -> TypeRef:
        """What a type definition with a module of its own stands for."""
        return self._aliases.meaning(alias)

    def constraints(self, prop: Property) -> Constraints | None:
        """What the values of a property must satisfy, by it and by its type."""
        return self._aliases.constraints(prop.type, prop.constraints)

    def bases(self, struct: Struct) -> list[Struct]:
        """Give the types that a structured type is derived from, the nearest first."""
        found: list[Struct] = []
        # "" may be the name of a type; None is that of none
        while struct.base is not None:
            base = self._types.get(struct.base)
            if not isinstance(base, Struct) or base in found:
                break
            found.append(base)
            struct = base
        return found

    @cached_property
    def tags(self) -> Mapping[tuple[str, str], set[str]]:
        """What tells the members of unions from each other: values by type id and
        property.
        """
        found: dict[tuple[str, str], set[str]] = {}
        for definition in self._types.values():
            for union in _unions(definition):
                chosen = union.discriminator or Discriminator("")
                for value, type_id in chosen.mapping:
                    key = (type_id, chosen.property)
                    found.setdefault(key, set()).add(value)
        return found

    def constant(self, ref: TypeRef) -> str:
        """Give the only value of a type as Python writes it; "" if it has others, or is
        not one that Python's Literal can say.
        """
        ref = self.settle(ref)
        if not isinstance(ref, LiteralType):
            return ""
        value = json.loads(ref.value)
        return _python(value) if isinstance(value, str | int) else ""

    def is_flags(self, ref: TypeRef) -> bool:
        """Whether a value is a set of flags."""
        ref = self.settle(ref)
        target = self._types.get(ref.id) if isinstance(ref, Named) else None
        return isinstance(target, Enum) and target.is_flags

    def is_nullable(self, ref: TypeRef) -> bool:
        """Whether a type definition, or a union, has null among its values."""
        return self._aliases.is_nullable(ref)

    def annotation(self, ref: TypeRef, imports: Imports, *, given: bool = False) -> str:
        """Give the annotation of a value; `given`: one that the caller gives, not one
        that is read.
        """
        return " | ".join(self.operands(ref, imports, given=given))

    def operands(
        self, ref: TypeRef, imports: Imports, *, given: bool = False
    ) -> tuple[str, ...]:
        """Give the types of which a value may be, as `annotation` puts them together."""
        operands = one_of(lambda to: self._operands(ref, to, given), imports)
        # null is for whatever holds the value to say
        return tuple(each for each in operands if each != "None") or ("None",)

    def _operands(self, ref: TypeRef, imports: Imports, given: bool) -> Iterator[str]:
        """What a value may be of; several for a union."""
        ref = self.settle(ref)
        match ref:
            case UnionOf(members) if members:
                for member in members:
                    yield from self._operands(member, imports, given)
            case ListOf(item):
                container = "Sequence" if given else "MutableSequence"
                imports.add_checking("collections.abc", container)
                yield f"{container}[{self._inside(ref, item, imports, given)}]"
            case MapOf(value):
                container = "Mapping" if given else "MutableMapping"
                imports.add_checking("collections.abc", container)
                yield f"{container}[str, {self._inside(ref, value, imports, given)}]"
            case LiteralType():
                yield _literal_annotation(ref, imports)
            case Scalar(kind):
                name, (module, imported), _ = _SCALARS[kind]
                if module:
                    imports.add_checking(module, imported)
                yield name
            case StreamType():
                yield "bytes"
            case Named():
                yield self._named(ref, imports, given)
            case _:
                imports.add_checking("typing", "Any")
                yield "Any"

    def item_annotation(self, ref: ListOf, imports: Imports) -> str:
        """Give the annotation of the items of a list."""
        return self._inside(ref, ref.item, imports, given=False)

    def _inside(
        self, holder: ListOf | MapOf, ref: TypeRef, imports: Imports, given: bool
    ) -> str:
        """The annotation of the items of a list, of the values of a map."""
        annotation = self.annotation(ref, imports, given=given)
        nullable = holder.nullable or self.is_nullable(ref)
        return (
            f"{annotation} | None" if nullable and annotation != "Any" else annotation
        )

    def _named(self, ref: Named, imports: Imports, given: bool) -> str:
        name = self.class_name(ref, imports)
        if self.is_flags(ref):
            imports.add_checking(f"{self._runtime}.enums", "Flags")
            return f"Flags[{name}] | {name}" if given else f"Flags[{name}]"
        return name

    def class_name(self, ref: TypeRef, imports: Imports) -> str:
        """Give the class of a named type, or the name of a type definition that has a
        module of its own.
        """
        if not isinstance(ref, Named):
            raise TypeError(f"not a named type: {ref}")
        name = self._names.type_class(ref.id)
        imports.add_checking(f"{self._models}{self._names.type_module(ref.id)}", name)
        return name

    def codec(self, ref: TypeRef, imports: Imports) -> Part:
        """Give the expression of the codec of a type."""
        ref = self.settle(ref)
        match ref:
            case UnionOf(members) if members:
                return self._union(ref, imports)
            case ListOf(item):
                return self._call(
                    "codecs", "list_of", imports, self.codec(item, imports)
                )
            case MapOf(value):
                return self._call("maps", "map_of", imports, self.codec(value, imports))
            case LiteralType(value) if _is_literal(value):
                constant = _python(json.loads(value))
                return self._call("choices", "literal_of", imports, constant)
            case Named():
                return self._nested(ref, imports)
            case Scalar(kind):
                constant = _SCALARS[kind][2]
            case StreamType():
                constant = "BINARY"
            case _:
                constant = "ANY"
        imports.add(f"{self._runtime}.codecs", constant)
        return constant

    def _nested(self, ref: Named, imports: Imports, kind: str = "") -> Part:
        """The codec of a class, or that of a type definition with its own module."""
        module = literal(self._names.type_module(ref.id))
        if isinstance(self._types.get(ref.id), Alias):
            return self._call("codecs", "nested", imports, module, literal("CODEC"))
        arguments: list[Part] = [module, literal(self._names.type_class(ref.id))]
        if self.is_flags(ref):
            return self._call("codecs", "flags", imports, *arguments)
        if kind:
            arguments.append(literal(kind))
        return self._call("codecs", "nested", imports, *arguments)

    def _union(self, union: UnionOf, imports: Imports) -> Part:
        """The codec of a union; that of its only member, where there is but one."""
        members = list(dict.fromkeys(self._members(union)))
        if any(isinstance(each, AnyType) for each in members):
            return self.codec(AnyType(), imports)
        if len(members) == 1:
            return self.codec(members[0], imports)
        arguments = [self._member(each, imports) for each in members]
        chosen = union.discriminator
        tags = [] if chosen is None else self._tags(chosen.mapping, imports)
        if chosen is not None and tags:
            arguments.append(f"by={literal(chosen.property)}")
            arguments.append(Pair("tags=", mapping(tags)))
        return self._call("choices", "union_of", imports, *arguments)

    def _members(self, union: UnionOf) -> Iterator[TypeRef]:
        """The members of a union and of those in it; null is not for codecs."""
        for member in map(self.settle, union.members):
            if isinstance(member, UnionOf):
                yield from self._members(member)
            elif member != LiteralType("null"):
                yield member

    def _member(self, ref: TypeRef, imports: Imports) -> Part:
        """The codec of a member, which tells what JSON an enumeration is written as."""
        target = self._types.get(ref.id) if isinstance(ref, Named) else None
        if not isinstance(ref, Named) or isinstance(target, Alias):
            return self.codec(ref, imports)
        if isinstance(target, Enum):
            return self._nested(ref, imports, "int" if target.is_numeric else "str")
        return self._nested(ref, imports, "dict")

    def _tags(
        self, pairs: tuple[tuple[str, str], ...], imports: Imports
    ) -> list[tuple[Code, Part]]:
        return [
            (literal(value), self.codec(Named(type_id), imports))
            for value, type_id in pairs
            if type_id in self._types
        ]

    def _call(
        self, module: str, function: str, imports: Imports, *arguments: Part
    ) -> Part:
        imports.add(f"{self._runtime}.{module}", function)
        return call(function, *arguments)


def one_of(
    operands: Callable[[Imports], Iterable[str]], imports: Imports
) -> tuple[str, ...]:
    """Give the operands of a union, each once and null last; Any swallows the others,
    and then nothing is imported for them.
    """
    # written once only: types in types in types would be written ever more often
    needed = Imports()
    found = dict.fromkeys(operands(needed))
    if "Any" in found:
        imports.add_checking("typing", "Any")
        return ("Any",)
    imports.add_all(needed)
    kept = tuple(each for each in found if each != "None")
    return (*kept, "None") if "None" in found else kept


def literal_annotation(constants: Sequence[str]) -> str:
    """Give the annotation of what may be one of some constants, as Python writes them."""
    text = ", ".join(constants)
    # the rules of layout would take these for brackets and operators of their own
    unsettled = UNSETTLED if any(each in text for each in "[]|,=") else ""
    return f"Literal[{text}]{unsettled}"


def _unions(definition: TypeDef) -> Iterator[UnionOf]:
    """The unions that a definition says of itself or of its properties."""
    waiting: list[TypeRef] = []
    if isinstance(definition, Alias):
        waiting = [definition.type]
    elif isinstance(definition, Struct):
        waiting = [prop.type for prop in definition.properties]
    while waiting:
        match waiting.pop():
            case UnionOf(members) as union:
                yield union
                waiting += members
            case ListOf(item) | MapOf(item):
                waiting.append(item)
            case _:
                pass


def _is_literal(value: str) -> bool:
    """Whether a constant is a value that a codec can be made for."""
    return isinstance(json.loads(value), str | int | float)


def _literal_annotation(ref: LiteralType, imports: Imports) -> str:
    """What may stand in an annotation for a constant (PEP 586 knows no numbers with a
    fraction, and nothing made of others).
    """
    value = json.loads(ref.value)
    if value is None:
        return "None"
    if isinstance(value, float):
        return "float"
    if isinstance(value, dict | list):
        imports.add_checking("typing", "Any")
        return "Any"
    imports.add_checking("typing", "Literal")
    text = _python(value)
    return literal_annotation([text])


def _python(value: str | float | bool) -> str:
    """A constant of JSON as Python writes it."""
    return literal(value) if isinstance(value, str) else repr(value)
