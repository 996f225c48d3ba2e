"""Gaps of an OpenAPI description: which field of the document would fill each."""

from __future__ import annotations

import pytest
from emitters.requests import LIBRARY, ZOO, load, load_text

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.listing import gap_lines
from generator.passes.missing import Gap, Missing
from generator.passes.request_gaps import request_gaps
from generator.pipeline import gaps

TEXT = """
openapi: 3.1.0
info: {{title: Zoo, version: '1'}}
tags: [{{name: known, description: Known.}}, {{name: other}}]
{security}
paths:
  /animals/{{id}}:
    get:
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - $ref: '#/components/parameters/page'
      responses: {{'200': {{description: x}}}}
    delete:
      summary: Let an animal go.
      security: [{{}}]
      parameters:
        - {{name: id, in: path, required: true, description: x, schema: {{type: string}}}}
        - $ref: '#/components/parameters/page'
      responses: {{'204': {{description: x}}}}
components:
  parameters:
    page: {{name: page, in: query, schema: {{type: integer}}}}
  {schemes}
  schemas:
    kind: {{type: string, enum: [cat], description: What it is.}}
    animal:
      title: An animal
      type: object
      properties:
        kind: {{$ref: '#/components/schemas/kind'}}
        type: {{const: animal}}
        age: {{type: integer}}
"""
NOTES = "        notes: {"
SCHEMES = "securitySchemes: {key: {type: apiKey, in: header, name: X}}"


def found(security: str = "", schemes: str = "") -> list[Gap]:
    text = TEXT.format(security=security, schemes=schemes)
    return list(request_gaps(load_text(text)))


def fields(found: list[Gap], missing: Missing) -> list[str]:
    return [gap.annotation for gap in found if gap.missing is missing]


def test_each_gap_names_the_field_that_would_fill_it() -> None:
    assert fields(found(), Missing.DESCRIPTION) == [
        "#/info/description",
        "#/tags/1/description",
        "#/paths/~1animals~1{id}/get/description",
        "#/paths/~1animals~1{id}/get/parameters/0/description",
        "#/components/parameters/page/description",
        "#/components/schemas/animal/properties/age/description",
    ]


@pytest.mark.parametrize(
    ("security", "schemes", "expected"),
    [
        ("", "", ["#/components/securitySchemes"]),
        ("", SCHEMES, ["#/paths/~1animals~1{id}/get/security"]),
        ("security: [{key: []}]", SCHEMES, []),
    ],
)
def test_security_is_missing_where_nothing_is_said_of_it(
    security: str, schemes: str, expected: list[str]
) -> None:
    assert fields(found(security, schemes), Missing.SECURITY) == expected


def test_the_lines_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ZOO.parent)
    table = {"spec": ZOO.name, "package": "zoo", "out": "."}
    lines = list(gap_lines(gaps(target_from(table), Diagnostics())))
    texts = ZOO.read_text().splitlines()
    number = 1 + next(i for i, text in enumerate(texts) if text.startswith(NOTES))
    assert (
        "description\tproperty\tanimal/notes"
        "\t#/components/schemas/animal/properties/notes/description"
        f"\tspec.yaml:{number}:9"
    ) in lines


def test_a_described_document_has_no_gap_but_those() -> None:
    missing = {gap.target for gap in request_gaps(load(LIBRARY))}
    assert "item" not in missing and "items/list" not in missing
