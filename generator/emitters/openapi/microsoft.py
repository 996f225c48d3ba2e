"""Extensions that Microsoft's tools for Graph write and read, where they are asked for.

Named in the documentation of AutoRest's and Kiota's OpenAPI extensions.
"""

from __future__ import annotations

from typing import Final

from generator.emitters.openapi.dialect import Json, Schema
from generator.model import Deprecation, Enum, Operation, OperationKind

_TYPES: Final = {
    OperationKind.ACTION: "action",
    OperationKind.FUNCTION: "function",
}


def of_operation(operation: Operation) -> dict[str, Json]:
    """Give what the operation object has beside the standard's own."""
    found: dict[str, Json] = {
        "x-ms-docs-operation-type": _TYPES.get(operation.kind, "operation")
    }
    is_paged = operation.kind is OperationKind.LIST or operation.delta
    if is_paged:
        found["x-ms-pageable"] = {
            "nextLinkName": "@odata.nextLink",
            "operationName": "listMore",
            "itemName": "value",
        }
    return {**found, **of_deprecation(operation.deprecation)}


def of_deprecation(deprecation: Deprecation | None) -> dict[str, Json]:
    """Give since when something is on its way out, until when, and why."""
    if deprecation is None:
        return {}
    said = {
        "removalDate": deprecation.removal_date,
        "date": deprecation.date,
        "version": deprecation.version,
        "description": deprecation.description,
    }
    found = {name: text for name, text in said.items() if text}
    return {"x-ms-deprecation": found} if found else {}


def of_enum(enum: Enum) -> Schema:
    """Give what the schema of an enumeration has beside the standard's own."""
    found: Schema = {
        "x-ms-enum": {
            "name": enum.id.rpartition(".")[2],
            "modelAsString": enum.is_open,
            "values": [
                {
                    "value": member.name,
                    "name": member.label or member.name,
                    "description": member.doc.summary,
                }
                for member in enum.members
            ],
        }
    }
    if enum.is_flags:
        found["x-ms-enum-flags"] = {"isFlags": True, "style": "simple"}
    return found
