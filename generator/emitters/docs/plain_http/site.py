"""What the pages of an Api that is spoken to by plain HTTP know of the whole: types are
called as OpenAPI calls them, and every one of them has a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from generator.emitters.docs.calls import offered
from generator.emitters.docs.markdown import Md, cell, code_cell, inline, join, link
from generator.emitters.docs.plain_http import rich_text
from generator.emitters.docs.plain_http.names import RequestNames
from generator.emitters.docs.site import Options, Site
from generator.emitters.samples import Samples
from generator.model import (
    Alias,
    AnyType,
    Api,
    Doc,
    Enum,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Operation,
    Resource,
    Scalar,
    ScalarKind,
    SecurityRequirement,
    StreamType,
    Struct,
    TypeDef,
    TypeRef,
    UnionOf,
)

# The types of JSON, with the formats that tell more (OpenAPI 3.1 section 4.4).
_SCALARS: Final = {
    ScalarKind.STRING: "string",
    ScalarKind.BOOLEAN: "boolean",
    ScalarKind.BYTE: "integer (uint8)",
    ScalarKind.SBYTE: "integer (int8)",
    ScalarKind.INT16: "integer (int16)",
    ScalarKind.INT32: "integer (int32)",
    ScalarKind.INT64: "integer",
    ScalarKind.SINGLE: "number (float)",
    ScalarKind.DOUBLE: "number",
    ScalarKind.DECIMAL: "number (decimal)",
    ScalarKind.BINARY: "string (base64)",
    ScalarKind.DATE: "string (date)",
    ScalarKind.DATE_TIME: "string (date-time)",
    ScalarKind.TIME: "string (time)",
    ScalarKind.DURATION: "string (duration)",
    ScalarKind.GUID: "string (uuid)",
}


class HttpSite(Site):
    """The whole of the documents, as far as each page has to know it."""

    def __init__(self, api: Api, options: Options) -> None:
        super().__init__(api, options, {})
        self.names: RequestNames = RequestNames(api)

    def short(self, type_id: str) -> str:
        """Give what readers call a type: its name within the main namespace."""
        return type_id.removeprefix(f"{self.api.namespace}.") or type_id

    def type_text(self, ref: TypeRef, up: str = "../") -> Md:
        """Give a type as it stands in the cell of a table, linked to its page."""
        match ref:
            case Named(type_id):
                return self.type_link(type_id, up)
            case ListOf(item):
                return Md(f"array of {self._inner(item, up)}")
            case MapOf(value):
                return Md(f"map of {self._inner(value, up)}")
            case UnionOf(members):
                return alternatives([self.type_text(each, up) for each in members])
            case LiteralType(value):
                return code_cell(value)
            case _:
                return cell(self.type_word(ref))

    def _inner(self, ref: TypeRef, up: str) -> Md:
        text = self.type_text(ref, up)
        return Md(f"({text})") if isinstance(ref, UnionOf) else text

    def type_word(self, ref: TypeRef) -> str:
        """Give a type as a word or two of plain text."""
        match ref:
            case Scalar(kind, form):
                word = _SCALARS[kind]
                return f"{word.partition(' ')[0]} ({form})" if form else word
            case Named():
                return self.short(ref.id)
            case ListOf():
                return f"array of {self.type_word(ref.item)}"
            case MapOf():
                return f"map of {self.type_word(ref.value)}"
            case UnionOf():
                return " or ".join(self.type_word(member) for member in ref.members)
            case LiteralType():
                return ref.value
            case StreamType():
                return "bytes"
            case AnyType():
                return "any"

    def prose(self, text: str, up: str = "../") -> Md:
        """Give a description as blocks of Markdown."""
        return rich_text.prose(text, self._targets(up))

    def cell(self, text: str, up: str = "../") -> Md:
        """Give a description as the cell of a table."""
        return rich_text.cell(text, self._targets(up))

    def linked(self, label: str, href: str, up: str = "../") -> Md:
        """Give a name of the spec, linked where its address leads anywhere."""
        target = self.target(href, up) if href else ""
        return link(inline(label), target) if target else inline(label)

    def see_also(self, doc: Doc, up: str = "../") -> Iterator[Md]:
        """Give what the spec refers to beside itself (externalDocs), a sentence each."""
        for each in doc.links:
            yield Md(
                f"See also: {self.linked(each.relation or each.href, each.href, up)}"
            )

    def tag_link(self, tag: str, up: str = "../") -> Md:
        """Give a tag, linked to its page."""
        return link(cell(tag), up + self.names.tag(tag))

    def _pages(self) -> Iterator[str]:
        yield from map(self.names.type, self.api.types)
        for resource, operation in self.operations:
            yield self.names.operation(resource, operation)

    def roots(self, operation: Operation) -> tuple[str, ...]:
        """Give what stands before the path of an operation: the address that the user
        gives, else its servers' or those of the service."""
        if self.options.base_url:
            return (self.options.base_url.rstrip("/"),)
        servers = operation.servers or self.api.servers
        return tuple([each.url.rstrip("/") for each in servers]) or ("",)

    def requirements(self, operation: Operation) -> tuple[SecurityRequirement, ...]:
        """Give what callers of an operation prove who they are with, any one of which
        is enough; nothing where nothing is asked."""
        own = operation.security
        return self.api.requirements if own is None else own

    @cached_property
    def samples(self) -> Samples:
        """The values of examples, so that every page shows the same objects."""
        return Samples(self.api)

    @cached_property
    def operations(self) -> tuple[tuple[Resource | None, Operation], ...]:
        """Every operation with the resource of its first tag, None for one without."""
        return tuple(offered(self.api.resources.values(), self.api.operations))


def alternatives(parts: list[Md]) -> Md:
    """Give several things, one of which is meant."""
    if len(parts) < 2:
        return join("", parts)
    return Md(f"{join(', ', parts[:-1])} or {parts[-1]}")


def kind_of(definition: TypeDef) -> str:
    """Give what a type is in a word."""
    match definition:
        case Struct():
            return "object"
        case Enum():
            return "enumeration"
        case Alias(type=UnionOf()):
            return "union"
        case Alias(type=ListOf()):
            return "array"
        case Alias(type=MapOf()):
            return "map"
        case _:
            return "alias"
