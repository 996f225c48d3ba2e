"""The views of model modules: one for every structured type and enumeration."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.emitters.python.code import Code, docstring, identifier, literal
from generator.emitters.python.docs import describe, said
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import (
    Pair,
    Part,
    call,
    class_line,
    declaration,
    statement,
    texts,
)
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PLAIN, PyTypes
from generator.model import (
    Access,
    Constraints,
    Enum,
    EnumMember,
    ListOf,
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


def struct_view(struct: Struct, types: PyTypes, names: Names) -> ClassView:
    """The view of a structured type."""
    imports = Imports(own=f".{names.type_module(struct.id)}")
    base = "Model"
    if struct.base is not None:
        base = names.type_class(struct.base)
        imports.add(f".{names.type_module(struct.base)}", base)
    else:
        imports.add(".._runtime.model", base)
    fields = [
        (_field(prop, struct, types, names, imports), _property_doc(prop))
        for prop in struct.properties
        if not isinstance(types.settle(prop.type), StreamType)
    ]
    setting = [
        Code("__slots__ = ()"),
        statement("_type_name = ", literal(struct.id), 4),
    ]
    if struct.open:
        setting.append(Code("_open = True"))
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
    )


def enum_view(enum: Enum, names: Names) -> ClassView:
    """The view of an enumeration."""
    imports = Imports()
    base = "OpenFlag" if enum.is_flags else "OpenEnum"
    imports.add(".._runtime.enums", base)
    python = names.members(enum.id)
    members = [
        (
            statement(f"{identifier(python[member.name])} = ", literal(member.name), 4),
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


def _field(
    prop: Property, struct: Struct, types: PyTypes, names: Names, imports: Imports
) -> Code:
    name = identifier(names.members(struct.id)[prop.name])
    computed = prop.computed or prop.access is Access.READ
    ref = types.settle(prop.type)
    kind = "ReadOnly" if computed else "Required" if prop.required else "Field"
    # these kinds say by their name what the annotation would say, and take more when
    # set
    if types.is_flags(ref) and not computed:
        kind = "RequiredFlags" if prop.required else "FlagsField"
        annotation = types.class_name(ref, imports)
    elif isinstance(ref, ListOf) and kind == "Field":
        kind = "ListField"
        annotation = types.annotation(ref.item, imports)
    else:
        annotation = types.annotation(ref, imports)
    imports.add_checking(".._runtime.model", kind)
    imports.add(".._runtime.model", "field")
    arguments: list[Part] = [literal(prop.name)]
    codec = types.codec(prop.type, Imports())
    if codec not in PLAIN:
        arguments.append(types.codec(prop.type, imports))
    if computed:
        arguments.append("init=False")
    elif not prop.required:
        arguments.append("default=None")
    if not prop.nullable:
        arguments.append("nullable=False")
    # a key is never changed (OData Protocol 4.01 section 11.4.3)
    is_key = any(part.path == prop.name for part in struct.key)
    if prop.immutable or (is_key and not computed):
        arguments.append("immutable=True")
    limits = _limits(prop.constraints, imports) if prop.constraints else ()
    if limits:
        imports.add(".._runtime.model", "Limits")
        arguments.append(Pair("limits=", call("Limits", *limits)))
    return declaration(name, kind, annotation, call("field", *arguments))


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
    if value == value.to_integral_value() and abs(value) < 10**18:
        return str(int(value))
    imports.add("decimal", "Decimal")
    return call("Decimal", literal(str(value)))


def _property_doc(prop: Property) -> Code:
    if not said(prop.doc) and prop.deprecation is None:
        return Code("")
    return describe(prop.doc, 4, deprecation=prop.deprecation)


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
