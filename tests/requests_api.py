"""A small API described in OpenAPI, and the package that is generated from it.

It has an operation for each thing that requests can be: every place and style of
parameters, every kind of body and of answer, every security scheme. The tests of
requests drive the package against a server that answers from a script.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.diagnostics import Diagnostics
from generator.emitters.python import Options, emit
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source, load_source

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
OBJECT = {"type": "object", "properties": {"a": TEXT, "b": NUMBER}}
TEXTS = {"type": "array", "items": TEXT}
PET = {"$ref": "#/components/schemas/Pet"}
NEW_PET = {"$ref": "#/components/schemas/NewPet"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
NOTHING = {"204": {"description": "done"}}


def content(schema: Any, media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


def answer(
    schema: Any, media_type: str = "application/json", status: str = "200"
) -> dict[str, Any]:
    return {status: {"description": "it", **content(schema, media_type)}}


def parameter(name: str, place: str, schema: Any = TEXT, **more: Any) -> dict[str, Any]:
    required = {"required": True} if place == "path" else {}
    typed = {} if "content" in more else {"schema": schema}
    return {"name": name, "in": place, **typed, **required, **more}


def styled(place: str, style: str, explode: bool, schema: Any) -> dict[str, Any]:
    return parameter("value", place, schema, style=style, explode=explode)


def operation(
    name: str,
    *parameters: Any,
    tag: str = "pets",
    responses: Any = NOTHING,
    **more: Any,
) -> dict[str, Any]:
    tags = {"tags": [tag]} if tag else {}
    return {
        "operationId": name,
        "parameters": list(parameters),
        "responses": responses,
        **tags,
        **more,
    }


def body(*contents: dict[str, Any], required: bool = True) -> dict[str, Any]:
    kinds = {kind: each for c in contents for kind, each in c["content"].items()}
    return {"content": kinds, "required": required}


ERRORS = {
    "404": {"description": "none", **content(PROBLEM)},
    "4XX": {"description": "bad", **content({"type": "array", "items": PROBLEM})},
}

SCHEMAS: dict[str, Any] = {
    "Kind": {"type": "string", "enum": ["cat", "dog"]},
    "NewPet": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": TEXT,
            "kind": {"$ref": "#/components/schemas/Kind"},
            "born": {"type": "string", "format": "date"},
            "tags": TEXTS,
        },
    },
    "Pet": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": NUMBER, "name": TEXT, "photo": TEXT},
    },
    "Problem": {
        "type": "object",
        "properties": {"message": TEXT, "code": TEXT},
    },
    "Clash": {"type": "object", "properties": {"id": TEXT, "note": TEXT}},
}

UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "note": TEXT,
        "about": NEW_PET,
        "labels": TEXTS,
    },
}

STYLES: dict[str, Any] = {
    f"/styles/{place}/{style}/{kind}{'-exploded' * explode}"
    + "/{value}"
    * (place == "path"): {
        "get": operation(
            f"{place}_{style}_{kind}{'_exploded' * explode}",
            styled(place, style, explode, schema),
            tag="styles",
        )
    }
    for place, styles in {
        "path": ("simple", "label", "matrix"),
        "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
        "header": ("simple",),
        "cookie": ("form",),
    }.items()
    for style in styles
    for kind, schema in {"text": TEXT, "list": TEXTS, "object": OBJECT}.items()
    for explode in (False, True)
}

PATHS: dict[str, Any] = {
    "/pets": {
        "get": operation(
            "pets/list",
            parameter("kind", "query", {"$ref": "#/components/schemas/Kind"}),
            parameter("since", "query", {"type": "string", "format": "date-time"}),
            parameter("alive", "query", {"type": "boolean"}),
            parameter("id", "query"),
            parameter("id", "header"),
            parameter("class", "query"),
            responses={**answer({"type": "array", "items": PET}), **ERRORS},
        ),
        "post": operation(
            "pets/create",
            parameter("dry-run", "query", {"type": "boolean"}),
            requestBody=body(content(NEW_PET)),
            responses={**answer(PET, status="201"), **ERRORS},
        ),
    },
    "/pets/{id}": {
        "parameters": [parameter("id", "path")],
        "get": operation(
            "pets/get",
            parameter("id", "query"),
            responses={
                **answer(PET),
                "204": {"description": "gone"},
                "304": {"description": "same"},
                **ERRORS,
            },
        ),
        "patch": operation(
            "pets/update",
            requestBody=body(content(NEW_PET), required=False),
            responses={**answer(PET), **answer(PROBLEM, status="202")},
        ),
        "put": operation(
            "pets/replace",
            requestBody=body(content({"$ref": "#/components/schemas/Clash"})),
        ),
        "delete": operation("pets/delete"),
    },
    "/pets/{id}/photo": {
        "parameters": [parameter("id", "path")],
        "get": operation(
            "pets/photo",
            responses=answer({"type": "string", "format": "binary"}, "image/png"),
        ),
        "put": operation(
            "pets/set-photo",
            requestBody=body(
                content({"type": "string", "format": "binary"}, "image/*")
            ),
        ),
        "post": operation(
            "pets/upload", requestBody=body(content(UPLOAD, "multipart/form-data"))
        ),
    },
    "/nullable": {
        "get": operation(
            "names/find",
            parameter("text", "query", {"type": ["string", "null"]}),
            parameter("day", "query", {"type": ["string", "null"], "format": "date"}),
            parameter("texts", "query", {"oneOf": [TEXTS, {"type": "null"}]}),
            parameter("one", "query", {"oneOf": [TEXT, NUMBER, {"type": "null"}]}),
            parameter("json", "query", **content({"type": ["integer", "null"]})),
            parameter("X-One", "header", {"type": ["integer", "null"]}),
            parameter("two", "cookie", {"type": ["integer", "null"]}),
            parameter("never", "query"),
            parameter("at", "query", {"type": "string", "format": "time"}),
            tag="names",
        ),
        "put": operation(
            "names/reset",
            tag="names",
            requestBody=body(content({"oneOf": [NEW_PET, {"type": "null"}]})),
        ),
    },
    "/names": {
        "post": operation("names/put", tag="names", requestBody=body(content(TEXTS))),
        "put": operation(
            "names/render",
            tag="names",
            requestBody=body(content(TEXT, "text/plain"), content(NEW_PET)),
            responses=answer(TEXT, "text/html"),
        ),
        "patch": operation(
            "names/form",
            tag="names",
            requestBody=body(
                {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": NEW_PET,
                            "encoding": {"tags": {"style": "form", "explode": False}},
                        }
                    }
                }
            ),
        ),
        "get": operation(
            "names/count",
            parameter(
                "filter", "query", content={"application/json": {"schema": OBJECT}}
            ),
            tag="names",
            responses=answer({"type": "object", "additionalProperties": NUMBER}),
        ),
    },
    "/moved": {
        "get": operation("moved", tag="", responses={"302": {"description": "on"}}),
        "post": operation("move", tag="", responses={"303": {"description": "on"}}),
    },
    "/files/{path}": {
        "get": operation(
            "files/read",
            {**parameter("path", "path"), "x-multi-segment": True},
            tag="files",
            responses=answer({}, "application/octet-stream"),
        )
    },
    "/uploads": {
        "post": operation(
            "files/send", tag="files", servers=[{"url": "http://localhost:1/up"}]
        )
    },
    "/open": {"get": operation("open", tag="doors", security=[])},
    "/either": {
        "get": operation(
            "either", tag="doors", security=[{"query_key": []}, {"basic": []}]
        )
    },
    "/both": {
        "get": operation(
            "both", tag="doors", security=[{"header_key": [], "cookie_key": []}]
        )
    },
    "/maybe": {
        "get": operation("maybe", tag="doors", security=[{}, {"oauth": ["read"]}])
    },
    "/no-name/{id}/parts": {
        "get": {"parameters": [parameter("id", "path")], "responses": NOTHING}
    },
    **STYLES,
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "servers": [
        {
            "url": "https://{region}.zoo.example/v1",
            "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}},
        }
    ],
    "security": [{"oauth": ["write"]}],
    "paths": PATHS,
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {
            "query_key": {"type": "apiKey", "in": "query", "name": "api_key"},
            "header_key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "cookie_key": {"type": "apiKey", "in": "cookie", "name": "session"},
            "basic": {"type": "http", "scheme": "basic"},
            "custom": {"type": "http", "scheme": "Token"},
            "oauth": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://zoo.example/token",
                        "scopes": {"read": "", "write": ""},
                    }
                },
            },
        },
    },
}


def described(document: Mapping[str, Any] | Path = DOCUMENT) -> Api:
    """Read a description, of a file or as it is; no finding may be an error."""
    diagnostics = Diagnostics()
    if isinstance(document, Path):
        source = load_source(document)
    else:
        source = Source("zoo.json", json.dumps(document).encode())
    api = read([source], diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(api)


def written(folder: Path, package: str, document: Mapping[str, Any] = DOCUMENT) -> Path:
    """Write the package of a description into a folder, and give its own folder."""
    for file in emit(described(document), Options(package)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return folder / package


@contextmanager
def imported(folder: Path, package: str) -> Iterator[ModuleType]:
    """Import a package of a folder, and forget it at the end."""
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [n for n in sys.modules if n.partition(".")[0] == package]:
            del sys.modules[name]
