"""Descriptions for the tests of the OpenAPI reader, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, Scalar, ScalarKind, Struct, TypeDef
from generator.readers.openapi import read
from generator.readers.source import Source

STRING = Scalar(ScalarKind.STRING)
INT64 = Scalar(ScalarKind.INT64)

OK: dict[str, Any] = {"responses": {"204": {"description": "Done."}}}
"""What an operation needs at least."""

REF = {"$ref": "#/components/schemas/B"}
"""Leads to the component schema B, which mostly is `BASE`."""

BASE = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "kind": {"type": "string"}},
}


def description(
    schemas: dict[str, Any] | None = None, version: str = "3.1.0", **fields: Any
) -> dict[str, Any]:
    """Give a description with some component schemas and other fields."""
    components = {"schemas": schemas or {}, **fields.pop("components", {})}
    return {
        "openapi": version,
        "info": {"title": "Test", "version": "1"},
        "paths": {},
        "components": components,
        **fields,
    }


def read_all(document: Any, *others: Source) -> tuple[Api, Diagnostics]:
    """Read a description, and give what was found."""
    diagnostics = Diagnostics()
    source = Source("api.json", json.dumps(document).encode())
    return read([source, *others], diagnostics), diagnostics


def read_clean(document: Any) -> Api:
    """Read a description in which nothing is to be found."""
    api, diagnostics = read_all(document)
    assert [str(each) for each in diagnostics] == []
    return api


def types_of(schemas: dict[str, Any], version: str = "3.1.0") -> dict[str, TypeDef]:
    """Give the types of some sound component schemas."""
    return dict(read_clean(description(schemas, version)).types)


def struct_of(schemas: dict[str, Any], name: str = "A") -> Struct:
    """Give one of the structures of some sound component schemas."""
    found = types_of(schemas)[name]
    assert isinstance(found, Struct)
    return found


def operations_of(api: Api) -> dict[str, Operation]:
    """Give all operations by id."""
    tagged = [each for place in api.resources.values() for each in place.operations]
    return {each.id: each for each in (*tagged, *api.operations)}


def codes_of(document: Any, *others: Source) -> list[str]:
    """Give the codes of all that is found in a description."""
    return [each.code for each in read_all(document, *others)[1]]


def operation(fields: dict[str, Any], path: str = "/a", **others: Any) -> Operation:
    """Read the one operation of a sound description."""
    api = read_clean(description(paths={path: {"get": {**OK, **fields}}}, **others))
    (found,) = operations_of(api).values()
    return found


def found_in(fields: dict[str, Any], path: str = "/a", **others: Any) -> list[str]:
    """Give the codes of what is found in a description of one operation."""
    return codes_of(description(paths={path: {"get": {**OK, **fields}}}, **others))
