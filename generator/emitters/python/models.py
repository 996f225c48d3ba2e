"""The views of model modules: one for every structured type and enumeration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.emitters.python.code import Code, docstring, identifier, literal
from generator.emitters.python.docs import describe, said
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import (
    UNSETTLED,
    Group,
    Pair,
    Part,
    call,
    class_line,
    declaration,
    signature,
    statement,
    texts,
)
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PLAIN, PyTypes
from generator.emitters.python.tags import is_tag, only_value, tag_lines
from generator.model import (
    Access,
    Alias,
    AnyType,
    Constraints,
    Enum,
    EnumMember,
    ListOf,
    MapOf,
    Property,
    StreamType,
    Struct,
)


@dataclass(frozen=True, slots=True)
class MemberView:
    """A statement of a class body, with its docstring (or "") and whether a blank line
    precedes it.
    """

    declaration: Code
    doc: Code
    gap: bool


@dataclass(frozen=True, slots=True)
class ClassView:
    """A model module: `setting` are the assignments that tell the runtime of the type."""

    module_doc: Code
    imports: tuple[Code, ...]
    checking: tuple[Code, ...]
    class_line: Code
    doc: Code
    setting: tuple[Code, ...]
    members: tuple[MemberView, ...]
    additional: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasView:
    """The module of a type definition: its name for annotations, and its codec."""

    module_doc: Code
    imports: tuple[Code, ...]
    checking: tuple[Code, ...]
    alias: Code
    doc: Code
    codec: Code


def struct_view(struct: Struct, types: PyTypes, names: Names) -> ClassView:
    """The view of a structured type.

    A property that a base declares already is not declared again: what reads it is
    typed by the base.
    """
    imports = Imports(own=f".{names.type_module(struct.id)}")
    base = "Model"
    if struct.base is not None:
        base = names.type_class(struct.base)
        imports.add(f".{names.type_module(struct.base)}", base)
    else:
        imports.add(".._runtime.model", base)
    bases = types.bases(struct)
    inherited = {prop.name for each in bases for prop in each.properties}
    fields = [
        (_field(prop, struct, types, names, imports), _property_doc(prop))
        for prop in struct.properties
        if prop.name not in inherited
        and not isinstance(types.settle(prop.type), StreamType)
    ]
    setting = [
        Code("__slots__ = ()"),
        statement("_type_name = ", literal(struct.id), 4),
    ]
    if struct.open:
        setting.append(Code("_open = True"))
    additional = _additional(struct, bases, types, imports)
    if additional:
        setting.append(_additional_codec(struct, types, imports))
    setting += tag_lines(struct, bases, types, names)
    return ClassView(
        module_doc=docstring(struct.id, 0),
        imports=imports.lines(),
        checking=imports.checking_lines(),
        class_line=class_line(names.type_class(struct.id), [base]),
        doc=describe(
            struct.doc,
            4,
            deprecation=struct.deprecation,
            facts=(f"Wire name: {struct.id}",),
        ),
        setting=tuple(setting),
        members=_spaced(fields),
        additional=additional,
    )


def alias_view(alias: Alias, types: PyTypes, names: Names) -> AliasView:
    """The view of a type definition with a module of its own."""
    imports = Imports(own=f".{names.type_module(alias.id)}")
    imports.add("typing", "TypeAlias")
    imports.add_checking(".._runtime.codecs", "Codec")
    name = names.type_class(alias.id)
    ref = types.meaning(alias)
    stands_for = _union(types.operands(ref, imports), imports)
    codec = types.codec(ref, imports)
    return AliasView(
        module_doc=docstring(alias.id, 0),
        imports=imports.lines(),
        checking=imports.checking_lines(),
        alias=statement(f"{name}: TypeAlias = ", stands_for, 0),
        doc=describe(
            alias.doc,
            0,
            deprecation=alias.deprecation,
            facts=(f"Wire name: {alias.id}",),
        ),
        codec=statement(f"CODEC: Codec[{name}] = ", codec, 0),
    )


def _union(operands: Sequence[str], imports: Imports) -> Part:
    """Types as they can be read at run time too, where "A" | None would be a fault."""
    quoted = tuple(map(_quoted, operands))
    if len(quoted) == 1:
        return quoted[0]
    imports.add("typing", "Union")
    return Group("Union[", quoted, "]")


def _quoted(operand: str) -> str:
    """A type as text: it is there for checkers alone, and may not be defined yet."""
    bare = operand.replace(UNSETTLED, "")
    return literal(bare) + UNSETTLED * (bare != operand)


def _additional(
    struct: Struct, bases: Sequence[Struct], types: PyTypes, imports: Imports
) -> tuple[Code, ...]:
    """The property that types what nobody declared; () where any JSON may stand there,
    and where a base has settled it.
    """
    typed = struct.additional is not None and types.annotation(
        struct.additional, Imports()
    )
    if not typed or typed == "Any" or any(each.additional for each in bases):
        return ()
    returns = types.annotation(MapOf(struct.additional or AnyType()), imports)
    return (
        Code("@property"),
        signature("def additional", ["self"], returns, 4),
        Code(
            '    """The properties that the class does not declare, by their wire names."""'
        ),
        Code("    return super().additional"),
    )


def _additional_codec(struct: Struct, types: PyTypes, imports: Imports) -> Code:
    codec = types.codec(struct.additional or AnyType(), imports)
    return statement("_additional = ", codec, 4)


def enum_view(enum: Enum, names: Names) -> ClassView:
    """The view of an enumeration."""
    imports = Imports()
    base = "OpenFlag" if enum.is_flags else "OpenEnum"
    module = "enums"
    if enum.is_numeric:
        base, module = "OpenInt", "int_enums"
    imports.add(f".._runtime.{module}", base)
    python = names.members(enum.id)
    members = [
        (
            statement(f"{identifier(python[member.name])} = ", _value(member, enum), 4),
            _member_doc(member),
        )
        for member in enum.members
    ]
    return ClassView(
        module_doc=docstring(enum.id, 0),
        imports=imports.lines(),
        checking=(),
        class_line=class_line(names.type_class(enum.id), [base]),
        doc=describe(
            enum.doc, 4, deprecation=enum.deprecation, facts=(f"Wire name: {enum.id}",)
        ),
        setting=(),
        members=_spaced(members),
    )


def _value(member: EnumMember, enum: Enum) -> Code:
    """What stands on the wire for a member."""
    if not enum.is_numeric:
        return literal(member.name)
    return Code(str(int(member.name) if member.value is None else member.value))


def _field(
    prop: Property, struct: Struct, types: PyTypes, names: Names, imports: Imports
) -> Code:
    name = identifier(names.members(struct.id)[prop.name])
    kind = _kind(prop, struct, types)
    ref = types.settle(prop.type)
    # some kinds say by their name what the annotation would say, and take more when set
    if kind in ("RequiredFlags", "FlagsField"):
        annotation = types.class_name(ref, imports)
    elif isinstance(ref, ListOf) and kind == "ListField":
        annotation = types.item_annotation(ref, imports)
    else:
        annotation = types.annotation(ref, imports)
    imports.add_checking(".._runtime.model", kind)
    imports.add(".._runtime.model", "field")
    arguments: list[Part] = [literal(prop.name)]
    codec = types.codec(prop.type, Imports())
    if codec not in PLAIN:
        arguments.append(types.codec(prop.type, imports))
    if kind == "ReadOnly":
        arguments.append("init=False")
    elif kind == "Required" and (only := only_value(prop, struct, types)):
        arguments.append(f"default={only}")
    elif not kind.startswith("Required"):
        arguments.append("default=None")
    if kind == "RequiredNullable":
        arguments.append("nullable=True")
    elif not prop.nullable and not types.is_nullable(prop.type):
        arguments.append("nullable=False")
    # a key is never changed (OData Protocol 4.01 section 11.4.3)
    is_key = any(part.path == prop.name for part in struct.key)
    if prop.immutable or (is_key and kind != "ReadOnly"):
        arguments.append("immutable=True")
    if prop.access is Access.WRITE:
        arguments.append("write_only=True")
    constraints = types.constraints(prop)
    limits = _limits(constraints, imports) if constraints else ()
    if limits:
        imports.add(".._runtime.model", "Limits")
        arguments.append(Pair("limits=", call("Limits", *limits)))
    return declaration(name, kind, annotation, call("field", *arguments))


def _kind(prop: Property, struct: Struct, types: PyTypes) -> str:
    """What may be done with a property: the protocol of the runtime that says it."""
    if prop.computed or prop.access is Access.READ:
        return "ReadOnly"
    ref = types.settle(prop.type)
    # what tells the class is known of those that are derived
    required = prop.required and not is_tag(prop, struct)
    if types.is_flags(ref):
        return "RequiredFlags" if required else "FlagsField"
    if required:
        nullable = prop.nullable or types.is_nullable(prop.type)
        return "RequiredNullable" if nullable else "Required"
    return "ListField" if isinstance(ref, ListOf) else "Field"


def _limits(constraints: Constraints, imports: Imports) -> list[Part]:
    """The arguments of `Limits`; none where the runtime has nothing to check."""
    numbers = ("max_length", "min_length", "min_items", "max_items")
    arguments: list[Part] = [
        f"{name}={value}"
        for name in numbers
        if (value := getattr(constraints, name)) is not None
    ]
    if constraints.pattern is not None:
        arguments.append(f"pattern={literal(constraints.pattern)}")
    for name in ("minimum", "maximum", "multiple_of"):
        value = getattr(constraints, name)
        if value is not None:
            arguments.append(Pair(f"{name}=", _number(value, imports)))
    for name in ("exclusive_minimum", "exclusive_maximum"):
        if getattr(constraints, name):
            arguments.append(f"{name}=True")
    if constraints.allowed_values:
        arguments.append(Pair("allowed_values=", texts(constraints.allowed_values)))
    return arguments


def _number(value: Decimal, imports: Imports) -> Part:
    if (
        value.is_finite()
        and value.adjusted() < 18
        and value == value.to_integral_value()
    ):
        return str(int(value))
    imports.add("decimal", "Decimal")
    return call("Decimal", literal(str(value)))


def _property_doc(prop: Property) -> Code:
    facts = []
    if prop.default is not None:
        facts.append(f"Default: {prop.default}")
    if prop.access is Access.WRITE:
        facts.append("Never in an answer.")
    if not said(prop.doc) and prop.deprecation is None and not facts:
        return Code("")
    return describe(prop.doc, 4, deprecation=prop.deprecation, facts=tuple(facts))


def _member_doc(member: EnumMember) -> Code:
    if not said(member.doc) and member.deprecation is None:
        return Code("")
    return describe(member.doc, 4, deprecation=member.deprecation)


def _spaced(members: list[tuple[Code, Code]]) -> tuple[MemberView, ...]:
    """A blank line before what is documented and after it; bare declarations stand
    together.
    """
    views = []
    gap = True
    for declaration, doc in members:
        views.append(MemberView(declaration, doc, gap or bool(doc)))
        gap = bool(doc)
    return tuple(views)
