"""Pages for the tests of their check, in the shape that the publisher of Microsoft
Graph keeps: single ones, and all of an Api, on which nothing is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from generator.diagnostics import Diagnostics
from generator.model import (
    Access,
    Alias,
    Api,
    Enum,
    ListOf,
    Named,
    Operation,
    OperationKind,
    ParameterIn,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
)
from generator.passes.check_pages import check_pages
from generator.lineage import Lineage
from generator.passes.paths import enumerate_paths
from generator.readers.pages import read_pages

SCALARS: Mapping[ScalarKind, tuple[str, object]] = {
    ScalarKind.STRING: ("String", "Ada"),
    ScalarKind.BOOLEAN: ("Boolean", True),
    ScalarKind.BYTE: ("Byte", 1),
    ScalarKind.SBYTE: ("SByte", -1),
    ScalarKind.INT16: ("Int16", 2),
    ScalarKind.INT32: ("Int32", 3),
    ScalarKind.INT64: ("Int64", 4),
    ScalarKind.SINGLE: ("Single", 1.5),
    ScalarKind.DOUBLE: ("Double", 2.5),
    ScalarKind.DECIMAL: ("Decimal", 3),
    ScalarKind.BINARY: ("Binary", "AQID"),
    ScalarKind.DATE: ("Date", "2025-02-27"),
    ScalarKind.DATE_TIME: ("DateTimeOffset", "2025-03-04T22:45:37.2605385Z"),
    ScalarKind.TIME: ("TimeOfDay", "08:30:00.0000000"),
    ScalarKind.DURATION: ("Duration", "P1DT2H30M"),
    ScalarKind.GUID: ("Guid", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"),
}
"""How tables write each primitive type, and a value of it."""


def write(folder: Path, pages: Mapping[str, str]) -> Path:
    """Write pages, by their paths, into a folder."""
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def check(api: Api, folder: Path, base_url: str = "") -> Diagnostics:
    """Check a folder of pages."""
    diagnostics = Diagnostics()
    check_pages(api, read_pages(folder, diagnostics), diagnostics, base_url)
    return diagnostics


class Writer:
    """Writes the pages of an Api."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lineage = Lineage(api.types)

    def pages(self, most: int | None = None) -> Iterator[tuple[str, str]]:
        """Give the paths and texts of the pages of all types, and of `most` paths with
        what they offer."""
        for definition in self._api.types.values():
            if isinstance(definition, Struct):
                yield _type_path(definition.id), self._resource(definition)
            elif isinstance(definition, Enum):
                yield _type_path(definition.id), self._enum(definition)
        known: dict[str, tuple[list[str], Operation]] = {}
        for path in islice(enumerate_paths(self._api), most):
            for operation in path.operations:
                known.setdefault(operation.id, ([], operation))[0].append(path.text)
        for number, (paths, operation) in enumerate(known.values()):
            if operation.kind not in (OperationKind.DOWNLOAD, OperationKind.UPLOAD):
                yield f"api/{number}.md", self._operation(operation, paths[:3])

    def shown(self, ref: TypeRef) -> str:
        """Write a type as tables do."""
        match ref:
            case Scalar(kind):
                return SCALARS[kind][0]
            case ListOf(item):
                return f"{self.shown(item)} collection"
            case Named(type_id):
                short = type_id.rpartition(".")[2]
                if isinstance(self._api.types[type_id], Alias):
                    return type_id
                return f"[{short}](../{_type_path(type_id)})"
            case StreamType():
                return "Stream"
            case _:
                return "Json"

    def value(
        self, ref: TypeRef, depth: int = 2, sends: OperationKind | None = None
    ) -> object:
        """Make up a value, for a request that `sends` it or else for an answer."""
        match ref:
            case Scalar(kind):
                return SCALARS[kind][1]
            case ListOf(item):
                return [self.value(item, depth, sends)]
            case Named(type_id):
                match self._api.types[type_id]:
                    case Alias(type=inner):
                        return self.value(inner, depth, sends)
                    case Enum(members=members):
                        return members[0].name if members else "0"
                    case _:
                        return self._object(type_id, depth - 1, sends)
            case _:
                return {}

    def _members(self, type_id: str) -> list[Property]:
        return sorted(
            self._lineage.members(type_id).values(), key=lambda each: each.name
        )

    def _object(self, type_id: str, depth: int, sends: OperationKind | None) -> object:
        return {
            each.name: self.value(each.type, depth, sends)
            for each in self._members(type_id)
            if each.navigation is None
            and not isinstance(each.type, StreamType)
            and _is_writable(each, sends)
            and (depth > 0 or isinstance(each.type, Scalar))
        }

    def _word(self, ref: TypeRef) -> object:
        match ref:
            case Scalar(ScalarKind.BOOLEAN):
                return "Boolean"
            case Scalar(kind) if isinstance(SCALARS[kind][1], int | float):
                return "Integer"
            case Scalar(ScalarKind.DATE_TIME):
                return "String (timestamp)"
            case ListOf(item):
                return [self._word(item)]
            case Named(type_id) if isinstance(self._api.types[type_id], Struct):
                return {"@odata.type": type_id}
            case Named(type_id) if isinstance(self._api.types[type_id], Alias):
                alias = self._api.types[type_id]
                assert isinstance(alias, Alias)
                return self._word(alias.type)
            case _:
                return "String"

    def _resource(self, struct: Struct) -> str:
        short = struct.id.rpartition(".")[2]
        members = self._members(struct.id)
        plain = [each for each in members if each.navigation is None]
        related = [each for each in members if each.navigation is not None]
        block: dict[str, object] = {"blockType": "resource", "@odata.type": struct.id}
        if struct.base:
            block["baseType"] = struct.base
        if self._lineage.key(struct.id):
            block["keyProperty"] = self._lineage.key(struct.id)[0].path
        words = {
            each.name: self._word(each.type)
            for each in plain
            if not isinstance(each.type, StreamType)
        }
        skeleton = {"@odata.type": f"#{struct.id}", **words}
        return _page(
            f"{short} resource type",
            "resourcePageType",
            struct.id.rpartition(".")[0],
            f"## Properties\n\n{self._table('Property', plain)}",
            f"## Relationships\n\n{self._table('Relationship', related)}",
            "## JSON representation\n\nThe following JSON shows the type.",
            f"{_comment(block)}\n``` json\n{json.dumps(skeleton, indent=2)}\n```",
        )

    def _enum(self, enum: Enum) -> str:
        rows = [
            f"|{member.name}|{member.value}|What it is.|" for member in enum.members
        ]
        table = "\n".join(["|Member|Value|Description|", "|:---|:---|:---|", *rows])
        short = enum.id.rpartition(".")[2]
        namespace = enum.id.rpartition(".")[0]
        return _page(f"{short} enum type", "enumPageType", namespace, table)

    def _table(self, head: str, members: Iterable[Property]) -> str:
        rows = [
            f"|{each.name}|{self.shown(each.type)}|What it is.|" for each in members
        ]
        if not rows:
            return "None."
        return "\n".join([f"|{head}|Type|Description|", "|:---|:---|:---|", *rows])

    def _operation(self, operation: Operation, paths: list[str]) -> str:
        lines = "\n".join(f"{operation.method} {path}" for path in paths)
        body = operation.body
        parts = [
            f"## HTTP request\n\n{_comment({'blockType': 'ignored'})}",
            f"``` http\n{lines}\n```",
        ]
        sent: object = None
        if body is not None and isinstance(body.type, Named):
            writable = [
                each
                for each in self._members(body.type.id)
                if each.navigation is None and _is_writable(each, operation.kind)
            ]
            parts.append(f"## Request body\n\n{self._table('Property', writable)}")
            sent = self.value(body.type, 2, operation.kind)
        elif operation.kind is OperationKind.ACTION:
            given = [x for x in operation.parameters if x.place is ParameterIn.BODY]
            rows = [f"|{x.name}|{self.shown(x.type)}|What it is.|" for x in given]
            head = ["|Parameter|Type|Description|", "|:---|:---|:---|"]
            parts.append("\n".join(["## Request body\n", *head, *rows]))
            sent = {x.name: self.value(x.type) for x in given}
        request = f"{operation.method} https://example.com/v9{paths[0]}"
        if sent is not None:
            request += f"\nContent-Type: application/json\n\n{_json(sent)}"
        block = _comment({"blockType": "request", "name": "it"})
        parts.append(f"## Examples\n\n### Request\n\n{block}\n``` http\n{request}\n```")
        parts.append(f"### Response\n\n{self._response(operation)}")
        return _page(operation.name, "apiPageType", "any", *parts)

    def _response(self, operation: Operation) -> str:
        result = operation.result
        block: dict[str, object] = {"blockType": "response", "truncated": True}
        status = "204 No Content"
        if result is not None and result.type is not None:
            value = self.value(result.type)
            if not isinstance(value, dict):
                value = {"value": value}
            if isinstance(result.type, Named):
                block["@odata.type"] = result.type.id
            text = _json(value)
            status = f"200 OK\nContent-Type: application/json\n\n{text}"
        return f"{_comment(block)}\n``` http\nHTTP/1.1 {status}\n```"


def _is_writable(member: Property, sends: OperationKind | None) -> bool:
    if sends is None:
        return True
    is_read_only = member.computed or member.access is Access.READ
    is_create = sends is OperationKind.CREATE
    return not is_read_only and (is_create or not member.immutable)


def _type_path(type_id: str) -> str:
    return f"resources/{type_id.lower()}.md"


def _json(value: object) -> str:
    return json.dumps(value, indent=2)


def _comment(block: Mapping[str, object]) -> str:
    return f"<!-- {_json(block)}\n-->"


def _page(title: str, kind: str, namespace: str, *parts: str) -> str:
    front = f'---\ntitle: "{title}"\ndoc_type: {kind}\n---'
    return "\n\n".join([front, f"# {title}", f"Namespace: {namespace}", *parts, ""])
