"""The views of methods: actions and functions, and the ways from one place to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.emitters.python.call_names import in_order
from generator.emitters.python.code import Code, docstring, identifier, literal
from generator.emitters.python.docs import describe, said
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import (
    Group,
    Join,
    Part,
    call,
    import_lines,
    mapping,
    signature,
    statement,
)
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PyTypes
from generator.emitters.python.reserved import PARAMETER
from generator.emitters.python.spelling import apart, snake
from generator.model import (
    AnyType,
    ListOf,
    Operation,
    OperationKind,
    Parameter,
    ResourceLink,
    Response,
    StreamType,
)


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method: its decorators, its `def` line, its docstring (or "") and the lines of
    its body.
    """

    decorators: tuple[Code, ...]
    signature: Code
    doc: Code
    body: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """What is needed to write the methods of one class.

    `is_async`: the asynchronous twin. `home` is the relative way from the module to the
    package, with its dots.
    """

    names: Names
    types: PyTypes
    imports: Imports
    is_async: bool
    home: str = ".."

    @property
    def runtime(self) -> str:
        """Where the runtime stands, as the module sees it."""
        return f"{self.home}_runtime"

    @property
    def prefix(self) -> str:
        """What stands before the class names of this twin."""
        return "Async" if self.is_async else ""


def segment(operation: Operation) -> str:
    """The path segment by which an action or function is called."""
    return operation.path[-1] if operation.path else operation.name


def given(operation: Operation) -> tuple[Parameter, ...]:
    """The parameters that a caller gives, the required ones first."""
    return tuple(
        sorted(operation.parameters, key=lambda parameter: not parameter.required)
    )


def call_methods(
    name: str, overloads: Sequence[Operation], writer: Writer
) -> list[MethodView]:
    """The method of an action or function, with a typed signature for each overload;
    all of them give the same."""
    ordered = in_order(overloads)
    if any(each.delta for each in ordered):
        # checkers want one kind of result, whichever of the overloads says so
        ordered = [replace(each, delta=True) for each in ordered]
    if len(ordered) == 1:
        return [_call_method(name, ordered[0], ordered, writer)]
    stubs = [_call_signature(name, each, writer, rest=" ...") for each in ordered]
    method = _call_method(name, ordered[-1], ordered, writer)
    return [*_overloads(stubs, writer), method]


def _overloads(signatures: Sequence[Code], writer: Writer) -> list[MethodView]:
    """What checkers read of a method that can be called in several ways."""
    writer.imports.add("typing", "overload")
    decorators = (Code("@overload"),)
    return [MethodView(decorators, each, Code(""), ()) for each in signatures]


def _call_method(
    name: str, operation: Operation, overloads: Sequence[Operation], writer: Writer
) -> MethodView:
    merged = _merged(overloads)
    return MethodView(
        (),
        _call_signature(name, merged, writer),
        _call_doc(operation, overloads, writer.names),
        (_call_body(merged, writer),),
    )


def _merged(overloads: Sequence[Operation]) -> Operation:
    """One operation with the parameters of all; required are those that all require."""
    if len(overloads) == 1:
        return overloads[0]
    found: dict[str, Parameter] = {}
    for operation in overloads:
        for parameter in operation.parameters:
            other = found.setdefault(parameter.name, parameter)
            if other.type != parameter.type:
                found[parameter.name] = replace(other, type=AnyType())
            elif parameter.nullable:
                found[parameter.name] = parameter
    required = set(found)
    for operation in overloads:
        required &= {p.name for p in operation.parameters if p.required}
    parameters = tuple(replace(p, required=p.name in required) for p in found.values())
    results = [each.result for each in overloads]
    nullable = any(each is not None and each.nullable for each in results)
    responses = tuple([replace(r, nullable=nullable) for r in overloads[-1].responses])
    return replace(overloads[-1], parameters=parameters, responses=responses)


def _call_signature(
    name: str,
    operation: Operation,
    writer: Writer,
    rest: str = "",
) -> Code:
    returns, pages = _returns(operation, writer)
    define = "async def" if writer.is_async and not pages else "def"
    parameters = ["self", *_parameters(operation, writer)]
    return signature(f"{define} {identifier(name)}", parameters, returns, 4, rest)


def _parameters(operation: Operation, writer: Writer) -> list[str]:
    python = writer.names.parameters(operation.name)
    result = ["*"] if operation.parameters else []
    for parameter in given(operation):
        annotation = writer.types.annotation(parameter.type, writer.imports, given=True)
        if parameter.nullable and annotation != "Any":
            annotation += " | None"
        default = ""
        if not parameter.required:
            writer.imports.add(f"{writer.runtime}.calls", "UNSET")
            default = " = UNSET"
        result.append(f"{identifier(python[parameter.name])}: {annotation}{default}")
    return result


def _returns(operation: Operation, writer: Writer) -> tuple[str, bool]:
    """The annotation of the result, and whether it comes in pages."""
    result = operation.result
    if result is None or result.type is None:
        return "None", False
    ref = writer.types.settle(result.type)
    if isinstance(ref, ListOf):
        kind = "Delta" if operation.delta else "Pages"
        pages = writer.prefix + kind
        writer.imports.add_checking(f"{writer.runtime}.{kind.lower()}", pages)
        return f"{pages}[{writer.types.annotation(ref.item, writer.imports)}]", True
    annotation = writer.types.annotation(ref, writer.imports)
    if isinstance(ref, StreamType) or not result.nullable or annotation == "Any":
        return annotation, False
    return f"{annotation} | None", False


def _call_body(operation: Operation, writer: Writer) -> Code:
    python = writer.names.parameters(operation.name)
    arguments = mapping(
        (literal(parameter.name), python[parameter.name])
        for parameter in operation.parameters
    )
    kind = "action" if operation.kind is OperationKind.ACTION else "function"
    parts: list[Part] = [literal(segment(operation)), arguments]
    result = operation.result
    ref = writer.types.settle(result.type) if result and result.type else None
    if isinstance(ref, ListOf):
        parts.append(writer.types.codec(ref.item, writer.imports))
        how = "delta" if operation.delta else "list"
        return statement("return ", call(f"self._{how}_{kind}", *parts), 8)
    parts.append(_reader(result, writer))
    prefix = "return " if ref is not None else ""
    if writer.is_async:
        prefix += "await "
    return statement(prefix, call(f"self._call_{kind}", *parts), 8)


def _reader(result: Response | None, writer: Writer) -> Part:
    """How the answer is read, in the runtime's terms."""
    if result is None or result.type is None:
        writer.imports.add(f"{writer.runtime}.calls", "NOTHING")
        return "NOTHING"
    ref = writer.types.settle(result.type)
    if isinstance(ref, StreamType):
        writer.imports.add(f"{writer.runtime}.calls", "BYTES")
        return "BYTES"
    reader = "optional" if result.nullable else "one"
    writer.imports.add(f"{writer.runtime}.calls", reader)
    return call(reader, writer.types.codec(ref, writer.imports))


def _call_doc(
    operation: Operation, overloads: Sequence[Operation], names: Names
) -> Code:
    python = names.parameters(operation.name)
    notes = tuple(
        f"{python[parameter.name]}: {said(parameter.doc)}"
        for each in overloads
        for parameter in given(each)
        if said(parameter.doc)
    )
    kind = "Action" if operation.kind is OperationKind.ACTION else "Function"
    return describe(
        operation.doc,
        8,
        deprecation=operation.deprecation,
        notes=tuple(dict.fromkeys(notes)),
        facts=(f"{kind}: {operation.name}",),
    )


# --- ways to other places


_MEDIA = "The content that the object stands for, such as the image of a photo: $value"


def link_method(
    name: str, link: ResourceLink, target: str, module: str, writer: Writer
) -> MethodView:
    """A property that leads to the place of class `target` in the resource module
    `module` ("" for this one).
    """
    at = Join("self._at", "/", literal(link.name))
    otherwise = _MEDIA if link.name == "$value" else ""
    doc = describe(link.doc, 8, otherwise=otherwise, deprecation=link.deprecation)
    return way_to(name, call(target, at), module, doc, writer)


def way_to(
    name: str, target: Group, module: str, doc: Code, writer: Writer
) -> MethodView:
    """A property that makes something of a class of a resource module ("" for this
    one).
    """
    class_name = target.opening.removesuffix("(")
    return MethodView(
        (Code("@property"),),
        signature(f"def {identifier(name)}", ["self"], class_name, 4),
        doc,
        (
            *_import_of(class_name, module, writer),
            statement("return ", target, 8),
        ),
    )


def key_method(
    name: str,
    link: ResourceLink,
    target: str,
    module: str,
    keys: Sequence[str],
    writer: Writer,
) -> MethodView:
    """The subscript by key, or a method by alternate key; `keys` are the annotations of
    the parts.
    """
    wires = [part.name for part in link.key]
    at: Group
    if link.alternate:
        python = apart(wires, {wire: snake(wire) for wire in wires}, PARAMETER)
        parameters = [
            f"{identifier(python[w])}: {k}" for w, k in zip(wires, keys, strict=True)
        ]
        at = call("self._at.keys", mapping((literal(w), python[w]) for w in wires))
    elif len(wires) == 1:
        parameters = [f"key: {keys[0]}"]
        at = call("self._at.key", "key")
    else:
        parameters = [f"key: tuple[{', '.join(keys)}]"]
        at = call(
            "self._at.keys",
            mapping(
                (literal(w), Group("key[", (str(i),), "]")) for i, w in enumerate(wires)
            ),
        )
    return MethodView(
        (),
        signature(f"def {name}", ["self", *parameters], target, 4),
        docstring(f"The item with this {' and '.join(wires)}.", 8),
        (
            *_import_of(target, module, writer),
            statement("return ", call(target, at), 8),
        ),
    )


def function_methods(
    name: str, links: Sequence[ResourceLink], target: str, module: str, writer: Writer
) -> list[MethodView]:
    """The method of a composable function: it sends nothing, it leads to what the
    function gives.
    """
    overloads = in_order(
        [link.operation for link in links if link.operation is not None]
    )
    merged = _merged(overloads)
    python = writer.names.parameters(merged.name)
    arguments = mapping((literal(p.name), python[p.name]) for p in merged.parameters)
    at = call("self._at.function", literal(segment(merged)), arguments)
    method = MethodView(
        (),
        _place_signature(name, merged, target, writer),
        _call_doc(overloads[-1], overloads, writer.names),
        (
            *_import_of(target, module, writer),
            statement("return ", call(target, at), 8),
        ),
    )
    if len(overloads) == 1:
        return [method]
    stubs = [_place_signature(name, each, target, writer, " ...") for each in overloads]
    return [*_overloads(stubs, writer), method]


def _place_signature(
    name: str,
    operation: Operation,
    target: str,
    writer: Writer,
    rest: str = "",
) -> Code:
    parameters = ["self", *_parameters(operation, writer)]
    return signature(f"def {identifier(name)}", parameters, target, 4, rest)


def _import_of(target: str, module: str, writer: Writer) -> tuple[Code, ...]:
    """The import of a place's class, when it is first followed; nothing for a class of
    the same module.
    """
    if not module:
        return ()
    writer.imports.add_checking(module, target)
    return (import_lines(module, [target], 8), Code(""))
