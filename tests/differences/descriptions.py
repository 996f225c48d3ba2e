"""An OpenAPI description that has a bit of everything, and what differs between it as it
is after some edits and as it is after others."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from differences.comparing import told

from generator.diagnostics import Diagnostics
from generator.diff import Change, diff
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source

Edits = dict[str, Any]
Told = tuple[str, str, str]
Case = tuple[str, Edits, Told, Told]
"""What it is, the edits, the change there, and the change of the way back."""

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "servers": [
        {
            "url": "https://{area}.zoo.example",
            "variables": {"area": {"default": "north", "enum": ["north", "south"]}},
        },
        {"url": "https://test.zoo.example"},
    ],
    "security": [{"key": []}],
    "tags": [{"name": "animals", "description": "All of them."}],
    "paths": {
        "/animals/{id}": {
            "put": {
                "operationId": "feed",
                "tags": ["animals"],
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {"name": "how", "in": "query", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/meal"}
                        },
                        "text/plain": {"schema": {"type": "string"}},
                    }
                },
                "responses": {
                    "200": {
                        "description": "Fed.",
                        "headers": {"Left": {"schema": {"type": "integer"}}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/animal"}
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"description": "Gone."},
                },
            }
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
            "token": {"type": "http", "scheme": "bearer"},
        },
        "schemas": {
            "meal": {"type": "object", "properties": {"food": {"type": "string"}}},
            "cat": {"type": "object", "properties": {"lives": {"type": "integer"}}},
            "dog": {"type": "object", "properties": {"tricks": {"type": "integer"}}},
            "bird": {"type": "object", "properties": {"wings": {"type": "integer"}}},
            "pet": {
                "oneOf": [
                    {"$ref": "#/components/schemas/cat"},
                    {"$ref": "#/components/schemas/dog"},
                ]
            },
            "size": {"type": "string", "enum": ["small", "large"]},
            "level": {
                "type": "integer",
                "enum": [1, 2],
                "x-enum-varnames": ["low", "high"],
            },
            "animal": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 9},
                    "age": {"type": ["integer", "null"]},
                    "nicks": {"type": "array", "items": {"type": "string"}},
                    "born": {"type": "string", "readOnly": True},
                    "code": {"type": "string", "writeOnly": True},
                    "extra": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                    },
                    "friend": {"anyOf": [{"type": "string"}, {"type": "boolean"}]},
                },
                "additionalProperties": {"type": "string"},
            },
        },
    },
}
FEED = "paths /animals/{id} put"
BODY = f"{FEED} requestBody"
ANSWERS = f"{FEED} responses"
SCHEMAS = "components schemas"
ANIMAL = f"{SCHEMAS} animal properties"
REF = "#/components/schemas/"
GONE = object()


def changed(edits: Mapping[str, Any]) -> dict[str, Any]:
    """The description with other values at some places, each a path of keys; "+" adds to
    a list."""
    value = copy.deepcopy(BASE)
    for path, new in edits.items():
        *steps, last = path.split(" ")
        place: Any = value
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        if last == "+":
            place.append(new)
        elif new is GONE:
            del place[int(last) if isinstance(place, list) else last]
        else:
            place[int(last) if isinstance(place, list) else last] = new
    return value


def version(value: Mapping[str, Any], name: str) -> Api:
    diagnostics = Diagnostics()
    api = read([Source(name, json.dumps(value).encode())], diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(api)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Compare the description after some edits with that after others."""
    return diff(version(changed(old), "old.json"), version(changed(new), "new.json"))


def query(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}


def there_and_back(edits: Edits) -> tuple[list[Told], list[Told]]:
    """Tell what some edits change, and what it changes to take them back."""
    return told(compare({}, edits)), told(compare(edits, {}))


def each(cases: list[Case]) -> pytest.MarkDecorator:
    """Run a test for every case, under what it is."""
    return pytest.mark.parametrize(
        ("edits", "there", "back"),
        [case[1:] for case in cases],
        ids=[case[0] for case in cases],
    )
