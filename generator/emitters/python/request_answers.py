"""What an operation gives: the annotation of its result, the readers of its answers, the
types of its errors.

Of the media types of an answer one is asked for: JSON where there is any, else text,
else the first. `requests` writes the rest of an operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.emitters.python.calls import Writer
from generator.emitters.python.code import Code, literal
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import Part, call
from generator.model import (
    AnyType,
    Operation,
    Response,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
)

_TEXTS = ("/xml", "+xml", "/x-www-form-urlencoded", "/jsonl", "/x-ndjson", "json-seq")


@dataclass(frozen=True, slots=True)
class AnswersView:
    """What an operation gives: `readers` by status, `errors` are codecs by status,
    `told` says in words which errors have a type."""

    returns: str
    readers: tuple[tuple[Code, Part], ...]
    errors: tuple[tuple[Code, Part], ...]
    accept: str
    told: str


def answers_view(operation: Operation, writer: Writer) -> AnswersView:
    """The view of what an operation gives."""
    successes = list(successes_of(operation))
    operands: dict[str, None] = {}
    readers: list[tuple[Code, Part]] = []
    for response in successes:
        annotation, reader = _reading(response, writer)
        operands |= dict.fromkeys(annotation.split(" | ") if annotation else [])
        readers.append((literal(response.status), reader))
    if not readers:
        operands, readers = {"None": None}, [
            (Code('"2XX"'), _constant("NOTHING", writer))
        ]
    returns = "Any" if "Any" in operands else _union(operands)
    errors, told = _errors(operation, [each.status for each in successes], writer)
    return AnswersView(returns, tuple(readers), errors, _accept(successes), told)


def _union(operands: dict[str, None]) -> str:
    kept = [each for each in operands if each != "None"]
    return " | ".join([*kept, *(["None"] if "None" in operands else [])])


def successes_of(operation: Operation) -> Iterator[Response]:
    """Give the answers of success, one a status; redirects are where there is no other.

    That of a GET is followed, so what is given is the content at its end; any other is
    an answer of its own.
    """
    by_status: dict[str, list[Response]] = {}
    for response in operation.responses:
        by_status.setdefault(response.status.upper(), []).append(response)
    found = [status for status in by_status if status.startswith("2")]
    if not found:
        found = [s for s in by_status if s.startswith("3") and s != "304"]
    if not found and "default" in {s.lower() for s in by_status}:
        found = ["DEFAULT"]
    for status in found:
        best = preferred(by_status[status])
        if status.startswith("3") and operation.method.upper() == "GET":
            yield Response(status, StreamType(), media_type="*/*")
        else:
            name = "default" if status == "DEFAULT" else status
            yield Response(name, best.type, best.nullable, best.media_type)


def preferred(responses: Sequence[Response]) -> Response:
    """Give the answer of the media type that is asked for."""
    return min(responses, key=lambda each: _rank(each.media_type))


def _rank(media_type: str) -> int:
    if media_type.partition(";")[0].strip() == "application/json":
        return 0
    if is_json(media_type):
        return 1
    return 2 if is_text(media_type) else 3


def is_json(media_type: str) -> bool:
    """Whether a media type is that of a JSON text."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.endswith(("/json", "+json"))


def is_text(media_type: str) -> bool:
    """Whether a media type is that of a text, whatever is in it."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(_TEXTS)


def _reading(response: Response, writer: Writer) -> tuple[str, Part]:
    """The annotation of what an answer holds, and the reader that gives it."""
    if response.type is None:
        return "None", _constant("NOTHING", writer)
    ref = writer.types.settle(response.type)
    if isinstance(ref, StreamType):
        return "bytes", _constant("BYTES", writer)
    if is_json(response.media_type) or _is_open(response.media_type, ref):
        annotation = writer.types.annotation(response.type, writer.imports)
        null = response.nullable or writer.types.is_nullable(response.type)
        writer.imports.add(f"{writer.runtime}.answers", "as_json")
        parts: list[Part] = [writer.types.codec(response.type, writer.imports)]
        if null:
            annotation += " | None"
            parts.append("null=True")
        return annotation, call("as_json", *parts)
    is_string = isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING
    if is_text(response.media_type) or is_string:
        return "str", _constant("TEXT", writer)
    return "bytes", _constant("BYTES", writer)


def _is_open(media_type: str, ref: TypeRef) -> bool:
    """Whether a media type that says nothing can only mean JSON, by the type in it."""
    is_string = isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING
    return media_type == "*/*" and not (is_string or isinstance(ref, AnyType))


def _constant(name: str, writer: Writer) -> Part:
    writer.imports.add(f"{writer.runtime}.answers", name)
    return name


def _accept(successes: Sequence[Response]) -> str:
    kinds = [each.media_type for each in successes if each.type is not None]
    return ", ".join(dict.fromkeys(kinds))


def _errors(
    operation: Operation, successes: Sequence[str], writer: Writer
) -> tuple[tuple[tuple[Code, Part], ...], str]:
    """The codecs of errors by status, and the errors in words."""
    by_status: dict[str, list[Response]] = {}
    for response in operation.responses:
        status = response.status.upper().replace("DEFAULT", "default")
        if status[0] in "45d" and status not in successes:
            by_status.setdefault(status, []).append(response)
    codecs: list[tuple[Code, Part]] = []
    told: list[str] = []
    for status, responses in by_status.items():
        best = preferred(responses)
        name = "others" if status == "default" else status
        if best.type is not None and is_json(best.media_type):
            codecs.append(
                (literal(status), writer.types.codec(best.type, writer.imports))
            )
            name += f" {writer.types.annotation(best.type, Imports())}"
        told.append(name)
    return tuple(codecs), f"Errors: {', '.join(told)}" if told else ""
