"""Values: an annotation and its expression, turned into the model's.

A part of the reader's second step (CSDL 4.01 sections 14.2 to 14.4). Constants and
paths become values, in attribute and in element notation alike; what would have to be
computed stays an expression, kept as `Dynamic`. No fault in an annotation is fatal
(section 14).
"""

from __future__ import annotations

from generator.model import (
    Annotation,
    Constant,
    Dynamic,
    EnumMembers,
    ListOf,
    Named,
    PathValue,
    Record,
    Scalar,
    ScalarKind,
    Value,
)
from generator.readers.csdl.grammar import EXPRESSIONS, PATHS, VALUE_ATTRIBUTES
from generator.readers.csdl.reading import BOOLEANS, Reading, Term
from generator.readers.csdl.xml import Element

_TYPE_NAMES = frozenset({"Type", "Function", "Name"})
_SCALAR_KINDS = {
    ScalarKind.STRING: "String",
    ScalarKind.BOOLEAN: "Bool",
    ScalarKind.SINGLE: "Float",
    ScalarKind.DOUBLE: "Float",
    ScalarKind.DECIMAL: "Decimal",
    ScalarKind.BINARY: "Binary",
    ScalarKind.DATE: "Date",
    ScalarKind.DATE_TIME: "DateTimeOffset",
    ScalarKind.TIME: "TimeOfDay",
    ScalarKind.DURATION: "Duration",
    ScalarKind.GUID: "Guid",
}
_NAMES_OF_ELEMENTS = frozenset(
    {
        "Org.OData.Core.V1.ExplicitOperationBindings",
        "Org.OData.Core.V1.RequiresType",
        "Org.OData.Validation.V1.DerivedTypeConstraint",
        "Org.OData.Validation.V1.OpenPropertyTypeConstraint",
    }
)
"""Terms whose strings are qualified names, and so may have an alias before the dot."""


def read_annotations(
    reading: Reading, element: Element, qualifier: str = ""
) -> tuple[Annotation, ...]:
    """Read the annotations that stand in an element, in their order.

    `qualifier` is that of an Annotations element, for annotations without their own.
    """
    return tuple(
        _annotation(reading, child, qualifier)
        for child in element.children
        if child.name == "Annotation"
    )


def _annotation(reading: Reading, element: Element, qualifier: str) -> Annotation:
    term = reading.scope.name(element.attributes["Term"])
    found = _values(reading, element)
    value = found[0] if found else _default(reading, term, element)
    if term in _NAMES_OF_ELEMENTS:
        value = _full_names(reading, value)
    return Annotation(
        term=term,
        value=value,
        qualifier=element.attributes.get("Qualifier", qualifier),
        annotations=read_annotations(reading, element),
        place=element.place,
    )


def _default(reading: Reading, name: str, element: Element) -> Value:
    """Give what an annotation without an expression says (CSDL 4.01 section 14.2).

    A term that no document defines is taken for a tag, which says True.
    """
    term = reading.draft.terms.get(name)
    if term is None:
        return True
    if isinstance(term.type, ListOf):
        return ()
    if term.default is not None:
        return _simple(reading, _kind(term), term.default, element)
    is_tag = isinstance(term.type, Named) or term.type == Scalar(ScalarKind.BOOLEAN)
    return True if is_tag else None


def _kind(term: Term) -> str:
    if isinstance(term.type, Scalar):
        return _SCALAR_KINDS.get(term.type.kind, "Int")
    return "Bool" if term.default in BOOLEANS else "String"


def _full_names(reading: Reading, value: Value) -> Value:
    if isinstance(value, str):
        return reading.scope.path(value)
    if isinstance(value, tuple):
        return tuple(_full_names(reading, item) for item in value)
    return value


def _values(reading: Reading, element: Element) -> tuple[Value, ...]:
    """Give the expression that an element has, as attribute or child: one or none.

    Of several the first counts, and a warning says so.
    """
    written = [name for name in element.attributes if name in VALUE_ATTRIBUTES]
    children = [child for child in element.children if child.name in EXPRESSIONS]
    if len(written) + len(children) > 1:
        message = f"{element.name} has several values; the first counts"
        reading.report("csdl-bad-annotation", message, element.place)
    if written:
        kind = written[0]
        return (_simple(reading, kind, element.attributes[kind], element),)
    return (_expression(reading, children[0]),) if children else ()


def _simple(reading: Reading, kind: str, text: str, element: Element) -> Value:
    if kind == "String":
        return text
    text = text.strip()
    if kind in PATHS:
        return PathValue(kind, reading.scope.path(text))
    match kind:
        case "Bool" if text in BOOLEANS:
            return BOOLEANS[text]
        case "Int" if _is_integer(text):
            return int(text)
        case "EnumMember":
            return _enum_members(reading, text)
        case "UrlRef":
            return Dynamic("UrlRef", operands=(text,))
        case "Bool" | "Int":
            message = f"{text!r} is no value of kind {kind}; it is kept as text"
            reading.report("csdl-bad-constant", message, element.place)
            return Constant(kind, text)
        case _:
            return Constant(kind, text)


def _is_integer(text: str) -> bool:
    digits = text[1:] if text[:1] in ("-", "+") else text
    return digits.isascii() and digits.isdigit() and len(digits) < 20


def _enum_members(reading: Reading, text: str) -> EnumMembers:
    """Read `ns.Colour/Red ns.Colour/Blue`: type and member, spaces between several."""
    type_id = ""
    members: list[str] = []
    for word in text.split():
        type_name, _, member = word.rpartition("/")
        type_id = type_id or reading.scope.name(type_name)
        members.append(member)
    return EnumMembers(type_id, tuple(members))


def _expression(reading: Reading, element: Element) -> Value:
    match element.name:
        case "Null":
            return None
        case "Collection":
            return _operands(reading, element)
        case "Record":
            return _record(reading, element)
        case "LabeledElementReference":
            name = element.attributes.get("Name") or element.text.strip()
            return Dynamic(element.name, (("Name", reading.scope.name(name)),))
        case name if name in VALUE_ATTRIBUTES and name != "UrlRef":
            return _simple(reading, name, element.text, element)
        case _:
            return _dynamic(reading, element)


def _operands(reading: Reading, element: Element) -> tuple[Value, ...]:
    return tuple(
        _expression(reading, child)
        for child in element.children
        if child.name in EXPRESSIONS
    )


def _record(reading: Reading, element: Element) -> Record:
    properties = tuple(
        (child.attributes["Property"], _property_value(reading, child))
        for child in element.children
        if child.name == "PropertyValue"
    )
    type_name = reading.scope.path(element.attributes.get("Type", ""))
    return Record(type_name, properties, read_annotations(reading, element))


def _property_value(reading: Reading, element: Element) -> Value:
    _tell_dropped(reading, element)
    found = _values(reading, element)
    return found[0] if found else True


def _tell_dropped(reading: Reading, element: Element) -> None:
    for child in element.children:
        if child.name == "Annotation":
            message = f"an annotation of {element.name} is not kept"
            reading.report("csdl-annotation-dropped", message, child.place)


def _dynamic(reading: Reading, element: Element) -> Dynamic:
    _tell_dropped(reading, element)
    attributes = tuple(
        (name, reading.scope.path(text) if name in _TYPE_NAMES else text)
        for name, text in element.attributes.items()
        if name not in VALUE_ATTRIBUTES
    )
    operands = tuple(
        _simple(reading, name, text, element)
        for name, text in element.attributes.items()
        if name in VALUE_ATTRIBUTES
    )
    return Dynamic(element.name, attributes, operands + _operands(reading, element))
