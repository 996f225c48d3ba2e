"""The views of requests: an operation is described once, by a constant of its module,
and called by a method of each twin.

`request_bodies` and `request_answers` write the two halves of what travels; `request_modules` puts
the methods into classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.emitters.python.calls import MethodView, Writer
from generator.emitters.python.code import Code, identifier, literal
from generator.emitters.python.docs import describe, said
from generator.emitters.python.layout import (
    Group,
    Pair,
    Part,
    call,
    mapping,
    signature,
    statement,
    texts,
)
from generator.emitters.python.request_answers import AnswersView, answers_view
from generator.emitters.python.request_bodies import (
    BodyView,
    bodies_part,
    body_view,
    keyword_parameter,
    value_annotation,
)
from generator.emitters.python.request_names import RequestNames
from generator.model import (
    Api,
    Operation,
    Parameter,
    ParameterIn,
    Scalar,
    ScalarKind,
    SecurityRequirement,
)

_MULTI_SEGMENT = "x-multi-segment"
_LEFT_OUT = " = UNSET"


@dataclass(frozen=True, slots=True)
class RequestWriter:
    """What is needed to write the requests of a module, beside what each twin needs."""

    api: Api
    names: RequestNames

    def constant(self, operation: Operation, writer: Writer) -> Code:
        """The statement that describes an operation."""
        writer.imports.add(f"{writer.runtime}.requests", "request")
        answers = answers_view(operation, writer)
        body = self._body(operation, writer)
        arguments: list[Part] = [
            literal(operation.method),
            literal("".join(operation.path)),
            *(_parameter(each, writer) for each in ordered(operation)),
        ]
        if body is not None:
            arguments.append(Pair("bodies=", bodies_part(body, writer)))
        arguments.append(Pair("answers=", mapping(answers.readers)))
        if answers.errors:
            arguments.append(Pair("errors=", mapping(answers.errors)))
        if answers.accept:
            arguments.append(f"accept={literal(answers.accept)}")
        if operation.security not in (None, self.api.requirements):
            alternatives = operation.security or ()
            arguments.append(Pair("security=", self.security(alternatives)))
        if operation.servers:
            url = operation.servers[0].filled()
            arguments.append(f"server={literal(url)}")
        name = constant_name(self.names.method(operation))
        return statement(f"{name} = ", call("request", *arguments), 0)

    def security(self, alternatives: Sequence[SecurityRequirement]) -> Part:
        """The alternatives of schemes that something requires."""
        keys = self.names.credentials
        return Group(
            "[",
            tuple(
                mapping(
                    (literal(keys[scheme]), texts(scopes))
                    for scheme, scopes in alternative
                    if scheme in keys
                )
                for alternative in alternatives
            ),
            "]",
        )

    def methods(self, operation: Operation, writer: Writer) -> list[MethodView]:
        """The method of an operation, with a typed signature for each way to give its
        body.
        """
        name = self.names.method(operation)
        python = self.names.parameters(operation)
        body = self._body(operation, writer)
        answers = answers_view(operation, writer)
        doc = _doc(operation, python, answers)
        lines = (_send(name, operation, python, body, answers, writer),)
        define = f"{'async def' if writer.is_async else 'def'} {identifier(name)}"
        returns = answers.returns
        positional, keywords = _parameters(operation, python, writer)
        if body is None or body.keywords is None:
            given = [] if body is None else _value(body, writer)
            if body is not None and body.has_choice:
                keywords = [*keywords, "content_type: str = UNSET"]
            parameters = _listed(positional, given, keywords, writer)
            made = signature(define, parameters, returns, 4)
            return [MethodView((), made, doc, lines)]
        writer.imports.add("typing", "overload")
        writer.imports.add_checking("typing", "Any")
        choice = ["content_type: str = UNSET"] if body.has_choice else []
        properties = [
            keyword_parameter(each, body.bodies[0], writer) for each in body.keywords
        ]
        given = _value(body, writer)
        by_value = _listed(positional, given, [*keywords, *choice], writer)
        by_name = _listed(
            positional, [], _required_first([*properties, *keywords]), writer
        )
        either = _listed(
            positional,
            [f"{body.name}: Any = UNSET"],
            [*keywords, *choice, "**properties: Any"],
            writer,
        )
        overload = (Code("@overload"),)
        stubs = [
            MethodView(
                overload, signature(define, each, returns, 4, " ..."), Code(""), ()
            )
            for each in (by_value, by_name)
        ]
        return [
            *stubs,
            MethodView((), signature(define, either, returns, 4), doc, lines),
        ]

    def _body(self, operation: Operation, writer: Writer) -> BodyView | None:
        taken = self.names.parameters(operation).values()
        return body_view(operation, taken, writer)


def constant_name(method: str) -> Code:
    """The constant that describes the operation of a method.

    Methods may differ in nothing but case, and constants must differ too: one that has
    capitals already keeps its spelling, behind a word that no other has.
    """
    if not method.isascii():
        return identifier(f"_{method}")
    is_plain = method == method.lower()
    return identifier(f"_{method.upper()}" if is_plain else f"_of_{method}")


def ordered(operation: Operation) -> list[Parameter]:
    """The parameters as methods give them: those of the path in the order of the
    template, then what is required, then the rest.
    """
    template = "".join(operation.path)
    return sorted(
        operation.parameters,
        key=lambda each: (
            each.place is not ParameterIn.PATH,
            template.find(f"{{{each.name}}}") if each.place is ParameterIn.PATH else 0,
            not each.required,
        ),
    )


def _parameter(parameter: Parameter, writer: Writer) -> Part:
    place = parameter.place.value
    writer.imports.add(f"{writer.runtime}.parameters", place)
    arguments: list[Part] = [literal(parameter.name)]
    ref = writer.types.settle(parameter.type)
    if not (isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING):
        arguments.append(writer.types.codec(parameter.type, writer.imports))
    if parameter.media_type:
        arguments.append("json=True")
    elif parameter.style and place in ("path", "query"):
        usual = {"path": "simple", "query": "form"}[place]
        if parameter.style != usual:
            arguments.append(f"style={literal(parameter.style)}")
    if parameter.explode is not None and not parameter.media_type:
        usual_explode = place in ("query", "cookie") and parameter.style in ("", "form")
        if parameter.explode != usual_explode:
            arguments.append(f"explode={parameter.explode}")
    spans = (_MULTI_SEGMENT, "true") in parameter.doc.extensions
    if (parameter.allow_reserved or spans) and place in ("path", "query"):
        arguments.append("reserved=True")
    if place != "path" and _is_nullable(parameter, writer):
        arguments.append("null=True")
    return call(place, *arguments)


def _is_nullable(parameter: Parameter, writer: Writer) -> bool:
    return parameter.nullable or writer.types.is_nullable(parameter.type)


def _parameters(
    operation: Operation, python: Mapping[tuple[str, str], str], writer: Writer
) -> tuple[list[str], list[str]]:
    """The parameters of a method: those given by position, and those by keyword."""
    positional: list[str] = []
    keywords: list[str] = []
    for parameter in ordered(operation):
        name = identifier(python[parameter.place.value, parameter.name])
        annotation = writer.types.annotation(parameter.type, writer.imports, given=True)
        if parameter.place is ParameterIn.PATH:
            positional.append(f"{name}: {annotation}")
            continue
        if _is_nullable(parameter, writer) and annotation != "Any":
            annotation += " | None"
        default = "" if parameter.required else _LEFT_OUT
        keywords.append(f"{name}: {annotation}{default}")
    return positional, keywords


def _value(body: BodyView, writer: Writer) -> list[str]:
    default = "" if body.required else _LEFT_OUT
    return [f"{body.name}: {value_annotation(body, writer)}{default}"]


def _listed(
    positional: Sequence[str],
    given: Sequence[str],
    keywords: Sequence[str],
    writer: Writer,
) -> list[str]:
    """The parameters of a signature, with what they need."""
    if any(each.endswith(_LEFT_OUT) for each in (*given, *keywords)):
        writer.imports.add(f"{writer.runtime}.options", "UNSET")
    star = ["*"] if keywords and not keywords[0].startswith("**") else []
    return ["self", *positional, *given, *star, *keywords]


def _required_first(parameters: Sequence[str]) -> list[str]:
    return sorted(parameters, key=lambda each: each.endswith(_LEFT_OUT))


def _send(
    name: str,
    operation: Operation,
    python: Mapping[tuple[str, str], str],
    body: BodyView | None,
    answers: AnswersView,
    writer: Writer,
) -> Code:
    """The statement that sends the request of a method."""
    arguments: list[Part] = [constant_name(name)]
    arguments += [python[each.place.value, each.name] for each in ordered(operation)]
    if body is not None:
        arguments.append(f"body={body.name}")
        if body.keywords is not None:
            arguments.append("properties=properties")
        if body.has_choice:
            arguments.append("content_type=content_type")
    prefix = "" if answers.returns == "None" else "return "
    prefix += "await " if writer.is_async else ""
    return statement(prefix, call("self._request", *arguments), 8)


def _doc(
    operation: Operation, python: Mapping[tuple[str, str], str], answers: AnswersView
) -> Code:
    notes = [
        f"{python[each.place.value, each.name]}: {said(each.doc)}"
        for each in ordered(operation)
        if said(each.doc)
    ]
    return describe(
        operation.doc,
        8,
        deprecation=operation.deprecation,
        notes=tuple(notes),
        facts=(answers.told, f"{operation.method} {''.join(operation.path)}"),
    )
