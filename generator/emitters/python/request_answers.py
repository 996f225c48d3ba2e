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
from generator.emitters.python.pytypes import one_of
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
    described = successes or [Response("2XX", None)]

    def operands(imports: Imports) -> list[str]:
        return [kind for each in described for kind in _kinds(each, writer, imports)]

    readers = tuple((literal(e.status), _reader(e, writer)) for e in described)
    returns = " | ".join(one_of(operands, writer.imports))
    errors, told = _errors(operation, [each.status for each in successes], writer)
    return AnswersView(returns, readers, errors, _accept(successes), told)


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
    """Whether a media type is that of a JSON text (RFC 6839 section 3.1)."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.endswith(("/json", "+json"))


def is_text(media_type: str) -> bool:
    """Whether a media type is that of a text, whatever is in it."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(_TEXTS)


def _kinds(response: Response, writer: Writer, imports: Imports) -> tuple[str, ...]:
    """The types of what an answer holds, as annotations."""
    plain = _constant(response, writer)
    if plain or response.type is None:
        return ({"TEXT": "str", "BYTES": "bytes"}.get(plain, "None"),)
    null = ("None",) if _has_null(response, writer) else ()
    return (*writer.types.operands(response.type, imports), *null)


def _reader(response: Response, writer: Writer) -> Part:
    """The reader of an answer."""
    plain = _constant(response, writer)
    writer.imports.add(f"{writer.runtime}.answers", plain or "as_json")
    if plain or response.type is None:
        return plain
    parts: list[Part] = [writer.types.codec(response.type, writer.imports)]
    if _has_null(response, writer):
        parts.append("null=True")
    return call("as_json", *parts)


def _constant(response: Response, writer: Writer) -> str:
    """The reader of an answer that is no JSON, "" for one that is."""
    if response.type is None:
        return "NOTHING"
    ref = writer.types.settle(response.type)
    if isinstance(ref, StreamType):
        return "BYTES"
    if is_json(response.media_type) or _is_open(response.media_type, ref):
        return ""
    is_string = isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING
    return "TEXT" if is_text(response.media_type) or is_string else "BYTES"


def _has_null(response: Response, writer: Writer) -> bool:
    return response.nullable or (
        response.type is not None and writer.types.is_nullable(response.type)
    )


def _is_open(media_type: str, ref: TypeRef) -> bool:
    """Whether a media type that says nothing can only mean JSON, by the type in it."""
    is_string = isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING
    return media_type == "*/*" and not (is_string or isinstance(ref, AnyType))


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
