"""Gaps of an OpenAPI description: which field of the document would fill each."""

from __future__ import annotations

from pathlib import Path

import pytest
from emitters.requests import LIBRARY, load, load_text

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.listing import gap_lines
from generator.passes.missing import Gap, Missing
from generator.passes.request_gaps import request_gaps
from generator.answers import gaps

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


def test_the_lines_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    said = ", description: Where it begins from the left."
    text = LIBRARY.read_text("utf-8")
    (number,) = [n for n, line in enumerate(text.splitlines(), 1) if said in line]
    Path("library.yaml").write_text(text.replace(said, ""), encoding="utf-8")
    table = {"spec": "library.yaml", "package": "library", "out": "."}
    lines = list(gap_lines(gaps(target_from(table), Diagnostics())))
    assert lines == [
        "description\tproperty\tcrop/left"
        "\t#/components/schemas/crop/properties/left/description"
        f"\tlibrary.yaml:{number}:9"
    ]


def test_what_the_service_lacks_is_to_be_added_to_the_document_given(
    tmp_path: Path,
) -> None:
    path = "get: {tags: [a], responses: {'200': {description: x}}}"
    (tmp_path / "path.yaml").write_text(path)
    main = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
    (tmp_path / "main.yaml").write_text(main + "paths: {/a: {$ref: path.yaml}}")
    spec = tmp_path / "main.yaml"
    target = target_from({"spec": [str(spec)], "package": "t", "out": "."})
    found = [
        gap for gap in gaps(target, Diagnostics()) if gap.what in ("service", "tag")
    ]
    assert {gap.annotation for gap in found} >= {
        "#/info/description",
        "#/tags/0/description",
    }
    for gap in found:
        assert gap.place is None or Path(gap.place.file) == spec


def test_the_bundled_description_has_no_gap() -> None:
    assert list(request_gaps(load(LIBRARY))) == []
