"""Whatever a description in Swagger 2.0 says, all outputs hold it as text: the package,
the OpenAPI document, the pages, and the site that MkDocs makes of these."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from emitters.building import sources
from emitters.documents import documents, site
from emitters.documents import faults as page_faults
from emitters.test_hostile import WORDS
from emitters.test_hostile_requests import assert_harmless

from generator.diagnostics import Diagnostics
from generator.emitters import openapi
from generator.hidden import HIDDEN
from generator.model import Api
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source


def swagger(text: str) -> dict[str, Any]:
    """A description that says a text wherever it may."""
    path = "/" + text.replace("/", "").replace("{", "").replace("}", "")
    way = text.replace("~", "~0").replace("/", "~1")
    ref, answer = {"$ref": f"#/definitions/{way}"}, {"$ref": f"#/responses/{way}"}
    scheme = {"type": "oauth2", "flow": "implicit", "authorizationUrl": text}
    header = {"name": text, "in": "header", "type": "array", "items": {"enum": [text]}}
    kind = {"name": text, "values": [{"value": text, "name": text}]}
    member = {"type": "string", "default": text, "enum": [text, "b"], "x-ms-enum": kind}
    form = {"name": text, "in": "formData", "type": "file", "description": text}
    return {
        "swagger": "2.0",
        "info": {
            **{"title": text, "version": text, "description": text},
            "contact": {"name": text, "url": "javascript:alert(1)", "email": text},
            "license": {"name": text, "url": text},
            "termsOfService": "javascript:alert(1)",
        },
        "host": text,
        "basePath": path,
        "consumes": ["application/json", text],
        "produces": ["application/json", text],
        "tags": [{"name": text, "description": text, "externalDocs": {"url": text}}],
        "securityDefinitions": {
            text: {**scheme, "scopes": {text: text}, "description": text},
            "k": {"type": "apiKey", "in": "header", "name": text},
        },
        "security": [{text: [text]}, {"k": []}],
        "parameters": {text: {"name": text, "in": "query", "pattern": text, **member}},
        "responses": {text: {"description": text, "schema": ref}},
        "paths": {
            f"{path}/{{a}}": {
                "parameters": [
                    {"name": "a", "in": "path", "required": True, "type": "string"},
                    {"$ref": f"#/parameters/{way}"},
                ],
                "post": {
                    **{"tags": [text], "operationId": text, "summary": text},
                    **{"description": text, "externalDocs": {"url": text}},
                    "parameters": [{"name": "b", "in": "body", "schema": ref}, header],
                    "responses": {
                        "200": {
                            **{"description": text, "schema": ref},
                            "headers": {text: {"type": "string", "description": text}},
                            "examples": {"application/json": {text: text}},
                        },
                        "default": answer,
                    },
                },
                "put": {
                    "operationId": f"{text}2",
                    "consumes": ["multipart/form-data"],
                    "parameters": [form],
                    "responses": {"204": {"description": text}},
                },
            }
        },
        "definitions": {
            text: {
                **{"type": "object", "title": text, "description": text},
                **{"discriminator": text, "required": [text], "example": {text: text}},
                "properties": {text: {**member, "description": text}, "next": ref},
            },
            "Sub": {"allOf": [ref, {"properties": {"y": {"type": "string"}}}]},
        },
    }


def api_of(text: str) -> Api:
    data = json.dumps(swagger(text)).encode()
    return with_catalogue(read([Source("api.json", data)], Diagnostics()))


MARKUP = [
    "<img src=x onerror=alert(1)>\"'](javascript:alert(1)) {{ 7*7 }}{% x %}",
    "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    '0;url=https://evil.example" http-equiv="refresh',
    "</style></svg><script>alert(1)</script>",
    '"\n- !!python/object/apply:os.system [x]\nplugins: [x]\n#',
    "--- \n...\n%YAML 1.2",
    "::error file=a::b ##[add-matcher]c",
    "\x1b]0;x\x07\x1b[2J",
]


@pytest.mark.parametrize("text", [*WORDS, *MARKUP], ids=range(len(WORDS + MARKUP)))
def test_a_hostile_text_in_every_place(text: str) -> None:
    api = api_of(text)
    assert_harmless(sources(api))
    assert list(page_faults(documents(api, title=text))) == []
    for form in ("yaml", "json"):
        (file,) = openapi.emit(api, openapi.Options("x", "3.1", form))
        again = read([Source(file.path, file.data)], Diagnostics())
        assert again.info == api.info
        assert HIDDEN.search(file.data.decode().replace("\n", "")) is None


def test_a_site_shows_hostile_text_and_does_not_run_it(tmp_path: Path) -> None:
    for number, text in enumerate(MARKUP[:4]):
        folder = tmp_path / str(number)
        for path, content in documents(api_of(text), version=text).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content)
        assert site(folder, folder / "out") == ""
        pages = list((folder / "out").rglob("*.html"))
        assert len(pages) > 5
        for page in pages:
            found = re.search(
                r'<img src=x|<script>alert|="javascript:|<meta[^>]*http-equiv="refresh"|</svg><scr',
                page.read_text(),
            )
            assert found is None, (page, found)
