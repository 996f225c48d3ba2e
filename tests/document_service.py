"""A service that does what an OpenAPI document says, no more and no less.

A script for `server.Server`: each request is matched with the document and held against
it (paths, methods, who asks, parameters, bodies) by means of their own, and answered
with the document's example. What is wrong is answered as HTTP has it: 400, 401, 404,
405, 406, 415.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

from jsonschema import (
    Draft202012Validator,
    FormatChecker,
    ValidationError,
    validators,
)
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from server import Answer, Request

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
DOCUMENT = "urn:document"


FORMATS = FormatChecker(())
"""The formats of values that the document may name."""

_STANDARD = Draft202012Validator.FORMAT_CHECKER
_URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")
_BITS = {"int8": 7, "int16": 15, "int32": 31, "int64": 63}


def _is_standard(name: str) -> Callable[[Any], bool]:
    return lambda value: _STANDARD.conforms(value, name)


def _is_whole(bits: int) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, int) or -(1 << bits) <= value < 1 << bits


def _is_address(value: Any) -> bool:
    return not isinstance(value, str) or bool(_URI.fullmatch(value))


for _name in ("date", "date-time", "duration", "time", "uuid"):
    FORMATS.checks(_name)(_is_standard(_name))
for _name, _bits in _BITS.items():
    FORMATS.checks(_name)(_is_whole(_bits))
for _name in ("uri", "uri-reference"):
    FORMATS.checks(_name)(_is_address)


def _pattern(
    validator: Any, pattern: str, value: Any, schema: Any
) -> Iterator[ValidationError]:
    """In ECMA-262 "$" is the end, where Python lets a line end follow."""
    ending = pattern.endswith("$") and not pattern.endswith("\\$")
    python = f"{pattern[:-1]}\\Z" if ending else pattern
    if isinstance(value, str) and not re.search(python, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


Validator = validators.extend(Draft202012Validator, {"pattern": _pattern})


class Refused(Exception):
    """A request that the document does not allow, with the status that says so."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}


@dataclass(frozen=True)
class Route:
    """A path of the document, as an expression and with what it has."""

    expression: re.Pattern[str]
    fixed: int
    item: Mapping[str, Any]


class DocumentService:
    """Answers requests as a document says; `validate` is by JSON Schema 2020-12, so
    that the document has to be one of OpenAPI 3.1."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        resource = Resource(contents=document, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(DOCUMENT, resource)
        self._validators: dict[str, Any] = {}
        self._deleted: set[str] = set()

    def __call__(self, request: Request) -> Answer:
        """Answer a request."""
        try:
            return self._answer(request)
        except Refused as refused:
            error = {"code": f"refused{refused.status}", "message": str(refused)}
            return refused.status, refused.headers, {"error": error}

    def _answer(self, request: Request) -> Answer:
        item, values = self._matching(request.path)
        operation = item.get(request.method.lower())
        if operation is None:
            allowed = [name.upper() for name in METHODS if name in item]
            raise Refused(405, "not done here", Allow=", ".join(allowed))
        self._check_caller(operation, request)
        parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
        self._check_parameters(map(self.resolved, parameters), values, request)
        if "requestBody" in operation:
            self._check_body(operation["requestBody"], request)
        self._check_existence(request)
        return self._success(operation, request.headers.get("accept", "*/*"))

    def _check_existence(self, request: Request) -> None:
        """What was deleted is no more, with all that is below it, until a POST makes it
        or something in its collection."""
        path = f"{request.path}/"
        if request.method == "POST":
            self._deleted = {
                gone for gone in self._deleted if not gone.startswith(path)
            }
        if any(path.startswith(gone) for gone in self._deleted):
            raise Refused(404, "it was deleted")
        if request.method == "DELETE":
            self._deleted.add(path)

    # --- what is asked for

    @cached_property
    def _routes(self) -> list[Route]:
        """The routes, those with most fixed text first."""
        found: list[Route] = []
        for path, item in self._document["paths"].items():
            parts = re.split(r"\{([^{}]+)\}", path)
            names = {name: f"p{n}" for n, name in enumerate(parts[1::2])}
            text = "".join(
                f"(?P<{names[part]}>[^/]+)" if n % 2 else re.escape(part)
                for n, part in enumerate(parts)
            )
            fixed = sum(map(len, parts[::2]))
            named = {"names": names, **item}
            found.append(Route(re.compile(text), fixed, named))
        return sorted(found, key=lambda route: -route.fixed)

    def _matching(self, path: str) -> tuple[Mapping[str, Any], dict[str, str]]:
        for route in self._routes:
            found = route.expression.fullmatch(path)
            if found is not None:
                names = route.item["names"]
                return route.item, {n: unquote(found[g]) for n, g in names.items()}
        raise Refused(404, "nothing is here")

    def _check_caller(self, operation: Mapping[str, Any], request: Request) -> None:
        """Who asks has to give a token; what the token allows is none of its text."""
        needed = operation.get("security", self._document.get("security", []))
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if needed and (scheme.lower() != "bearer" or not token.strip()):
            raise Refused(401, "who are you?", WWW_Authenticate="Bearer")

    def _check_parameters(
        self,
        parameters: Iterator[Mapping[str, Any]],
        path: Mapping[str, str],
        request: Request,
    ) -> None:
        query = dict(
            parse_qsl(request.target.partition("?")[2], keep_blank_values=True)
        )
        given = {"path": path, "query": query, "header": request.headers}
        known: set[str] = set()
        for parameter in parameters:
            name, place = parameter["name"], parameter["in"]
            known.add(name)
            text = given[place].get(name.lower() if place == "header" else name)
            if text is None and parameter.get("required"):
                raise Refused(400, f"{name} is missing")
            if text is not None:
                self._check_value(parameter, text)
        # OData 4.01 Protocol section 11.2.1: an option of the system that is not
        # supported is a fault, one of the caller's own is passed over.
        for name in query:
            if name.startswith("$") and name not in known:
                raise Refused(400, f"{name} is not taken here")

    def _check_value(self, parameter: Mapping[str, Any], text: str) -> None:
        name = parameter["name"]
        if "content" in parameter:
            ((_, media),) = parameter["content"].items()
            self._check(media["schema"], _json(text, name), name)
        else:
            schema = self.resolved(parameter["schema"])
            self._check(parameter["schema"], _typed(schema, text), name)

    def _check_body(self, body: Mapping[str, Any], request: Request) -> None:
        if not request.body and "content-type" not in request.headers:
            if body.get("required"):
                raise Refused(400, "a body is missing")
            return
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()
        content = body["content"].get(media_type) or body["content"].get("*/*")
        if content is None:
            raise Refused(415, f"{media_type!r} is not taken here")
        if media_type.endswith("json"):
            self._check(content["schema"], _json(request.body, "the body"), "the body")

    def _check(self, schema: Mapping[str, Any], value: Any, what: str) -> None:
        key = json.dumps(schema)
        validator = self._validators.get(key)
        if validator is None:
            absolute = json.loads(key.replace('"#/', f'"{DOCUMENT}#/'))
            validator = self._validators[key] = Validator(
                absolute,
                registry=self._registry,
                format_checker=FORMATS,
            )
        for error in validator.iter_errors(value):
            raise Refused(400, f"{what}: {error.json_path}: {error.message[:200]}")

    # --- what is answered

    def _success(self, operation: Mapping[str, Any], accepted: str) -> Answer:
        status, response = next(
            (status, self.resolved(response))
            for status, response in sorted(operation["responses"].items())
            if status.startswith("2")
        )
        for media_type, content in response.get("content", {}).items():
            kind = media_type if media_type != "*/*" else "application/octet-stream"
            if not _accepts(accepted, kind):
                raise Refused(406, f"only {kind} is given here")
            body = b"\x00\x01"
            if kind.endswith("json"):
                body = json.dumps(self._example(content)).encode()
            return int(status), {"Content-Type": kind}, body
        return int(status), {}, b""

    def _example(self, content: Mapping[str, Any]) -> Any:
        """Give the example of an answer; a page has one item, like that of its type."""
        for example in content.get("examples", {}).values():
            return self.resolved(example)["value"]
        value = content["schema"].get("properties", {}).get("value", {})
        if "items" in value:
            return {"value": list(self._examples_of(value["items"]))}
        return {"value": _simplest(self.resolved(value))} if value else {}

    def _examples_of(self, schema: Mapping[str, Any]) -> Iterator[Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        example = self._document["components"].get("examples", {}).get(name)
        if example is not None:
            yield example["value"]

    def resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow references."""
        while "$ref" in part:
            found: Any = self._document
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part


def _json(text: str | bytes, what: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise Refused(400, f"{what} is no JSON") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _typed(schema: Mapping[str, Any], text: str) -> Any:
    """Read a value from a URL or header as its schema has it; what cannot be read so
    stays a text, which the schema then refuses."""
    kinds = schema.get("type", "string")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "array":
        items = schema.get("items", {})
        return [_typed(items, part) for part in text.split(",")] if text else []
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind in ("integer", "number") and re.fullmatch(r"-?\d+(\.\d+)?([eE]\d+)?", text):
        return json.loads(text) if not re.match(r"-?0\d", text) else text
    return text


def _accepts(accepted: str, media_type: str) -> bool:
    kinds = {part.partition(";")[0].strip() for part in accepted.split(",")}
    return bool(kinds & {"", "*/*", media_type, f"{media_type.partition('/')[0]}/*"})


def _simplest(schema: Mapping[str, Any]) -> Any:
    """Give a plain value of a type."""
    kinds = schema.get("type", "string")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if "enum" in schema:
        return schema["enum"][0]
    return {"boolean": True, "integer": 1, "number": 1, "object": {}}.get(kind, "text")
