"""Operations: every method of every path (OpenAPI 3.1 sections 4.8.9 and 4.8.10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.model import (
    Body,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Response,
    Server,
)
from generator.readers.openapi.contents import (
    owner_of,
    read_bodies,
    read_response,
    status_words,
)
from generator.readers.openapi.docs import read_deprecation, read_doc
from generator.readers.openapi.naming import Name
from generator.readers.openapi.nodes import Node, by_name
from generator.readers.openapi.parameters import missing_parameter, read_parameter
from generator.readers.openapi.reading import Reading, is_token
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.security import read_requirements, read_servers
from generator.words import split_words

METHODS = ("get", "query", "head", "post", "put", "patch", "delete", "options", "trace")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")


@dataclass(frozen=True, slots=True)
class _Found:
    """An operation as the document has it."""

    node: Node
    item: Node
    path: str
    method: str

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"


class Operations:
    """The operations of a description, read one after another."""

    def __init__(
        self, reading: Reading, schemas: Schemas, schemes: Collection[str]
    ) -> None:
        self._reading = reading
        self._schemas = schemas
        self._schemes = schemes
        self._parameters: dict[int, Parameter | None] = {}

    def read(self, root: Node) -> Iterator[Operation]:
        """Read every operation of a description, by path and method: the order of the
        keys of a map says nothing (RFC 8259 section 4)."""
        by_name: defaultdict[str, list[_Found]] = defaultdict(list)
        found = [
            (each, self._reading.text(each.node, "operationId"))
            for each in self._all(root)
        ]
        for each, name in found:
            by_name[name].append(each)
        for each, name in found:
            alike = by_name[name]
            if name and len(alike) > 1 and each is alike[0]:
                lines = ", ".join([other.line for other in alike])
                message = f"{name} is the operationId of {lines}"
                self._reading.report("openapi-duplicate-operation", message, each.node)
            yield self._operation(each, name if len(alike) == 1 else "")

    # --- paths

    def _all(self, root: Node) -> Iterator[_Found]:
        shapes: dict[str, str] = {}
        for path, child in sorted(self._reading.mapping(root, "paths"), key=by_name):
            if path.startswith("x-"):
                continue
            item = self._reading.checked(child)
            if item is None:
                continue
            if not path.startswith("/"):
                message = f"a path begins with a slash, found {path!r}"
                self._reading.report("openapi-bad-path", message, child)
                continue
            shape = _TEMPLATE.sub("{}", path)
            if shapes.setdefault(shape, path) != path:
                message = f"{path} differs from {shapes[shape]} in names alone"
                self._reading.report("openapi-same-path", message, child)
            for method, node in self._methods(item):
                yield _Found(node, item, path, method)

    def _methods(self, item: Node) -> Iterator[tuple[str, Node]]:
        members = dict(item.members())
        for key in METHODS:
            if key in members:
                node = self._reading.checked(members[key])
                if node is not None:
                    yield key.upper(), node
        others = self._reading.objects(item, "additionalOperations")
        for name, node in sorted(others, key=by_name):
            if is_token(name):
                yield name, node
            else:
                message = f"{name!r} cannot be an HTTP method"
                self._reading.report("openapi-method", message, node)

    # --- one operation

    def _operation(self, found: _Found, name: str) -> Operation:
        reading, node = self._reading, found.node
        words = operation_words(name or f"{found.method.lower()} {found.path}")
        owner = Name(words, kind="operation")
        bodies = self._bodies(node, owner)
        if reading.mapping(node, "callbacks"):
            message = "callbacks, by which the service calls back, are left out"
            reading.count("openapi-callbacks", message, node)
        return Operation(
            name or found.line,
            name,
            OperationKind.REQUEST,
            found.method,
            path=(found.path,),
            parameters=tuple(self._all_parameters(found, owner)),
            body=bodies[0] if bodies else None,
            other_bodies=tuple(bodies[1:]),
            responses=tuple(self._responses(node, owner)),
            security=(
                read_requirements(reading, node, self._schemes)
                if node.get("security") is not None
                else None
            ),
            servers=self._servers(found),
            tags=tuple(dict.fromkeys(reading.texts(node, "tags"))),
            doc=read_doc(reading, node),
            deprecation=read_deprecation(reading, node),
            place=self._schemas.place(node),
        )

    def _servers(self, found: _Found) -> tuple[Server, ...]:
        own = read_servers(self._reading, found.node)
        return own or read_servers(self._reading, found.item)

    def _bodies(self, node: Node, owner: Name) -> Sequence[Body]:
        body = self._reading.object(node, "requestBody")
        if body is None:
            return ()
        return read_bodies(self._schemas, body, owner_of(body, owner / "request"))

    # --- parameters

    def _all_parameters(self, found: _Found, owner: Name) -> Iterator[Parameter]:
        """Give the parameters of an operation, those of the path first and in its
        order; its own win over those of the path item."""
        known: dict[tuple[str, ParameterIn], Parameter] = {}
        for node in (found.item, found.node):
            own: set[tuple[str, ParameterIn]] = set()
            for parameter, where in self._parameters_in(node, owner):
                key = (parameter.name, parameter.place)
                if parameter.place is ParameterIn.HEADER:  # RFC 9110 section 5.1
                    key = (parameter.name.lower(), parameter.place)
                if key in own:
                    message = f"{found.line} has the parameter {parameter.name} twice"
                    self._reading.report("openapi-duplicate-parameter", message, where)
                own.add(key)
                known[key] = parameter
        for name in dict.fromkeys(_TEMPLATE.findall(found.path)):
            declared = known.pop((name, ParameterIn.PATH), None)
            if declared is None:
                message = f"{found.line} does not declare its parameter {name}"
                self._reading.report("openapi-missing-parameter", message, found.node)
            yield declared or missing_parameter(name)
        for (name, place), parameter in known.items():
            if place is ParameterIn.PATH:
                message = f"{found.line} has no {{{name}}} in its path"
                self._reading.report("openapi-unknown-parameter", message, found.node)
            else:
                yield parameter

    def _parameters_in(
        self, node: Node, owner: Name
    ) -> Iterator[tuple[Parameter, Node]]:
        for item in self._reading.sequence(node, "parameters"):
            target = self._reading.checked(item)
            if target is None:
                continue
            key = id(target.value)
            if key not in self._parameters:
                name = owner_of(target, owner)
                self._parameters[key] = read_parameter(self._schemas, target, name)
            parameter = self._parameters[key]
            if parameter is not None:
                yield parameter, item

    # --- answers

    def _responses(self, node: Node, owner: Name) -> Iterator[Response]:
        answers = sorted(self._reading.objects(node, "responses"), key=by_name)
        successes = sorted(
            [s for s, answer in answers if s[:1] == "2" and "content" in answer.value]
        )
        if not answers:
            message = "an operation without responses"
            self._reading.count("openapi-missing", message, node)
        for status, answer in answers:
            if not _STATUS.fullmatch(status.replace("x", "X")):
                message = f"{status!r} is no HTTP status, left out"
                self._reading.report("openapi-value", message, answer)
                continue
            word = "response" if successes[:1] == [status] else status_words(status)
            name = owner_of(answer, owner / word)
            status = status.upper() if status != "default" else status
            yield from read_response(self._schemas, answer, status, name)


def operation_words(text: str) -> str:
    """Give an operationId, or a method with its path, as the owner of names."""
    return "-".join(split_words(text)).lower() or "operation"
