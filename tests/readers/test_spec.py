"""What a document is, and that documents of one Api go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from readers.openapi import codes_of, description, read_all

from generator.config import target_from
from generator.diagnostics import Diagnostics, Severity, SpecError
from generator.model import Protocol
from generator.pipeline import load
from generator.readers.openapi.codes import CODES
from generator.readers.source import Source
from generator.readers.spec import is_openapi, read_spec

ROOT = Path(__file__).parents[2]
CSDL = Source("a.csdl", (ROOT / "specs" / "graph-qrpin.csdl").read_bytes())
OPENAPI = Source("a.json", json.dumps(description()).encode())
OVERLAY = Source(
    "o.yaml",
    b"overlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
    b"actions: [{target: $.info, update: {title: Other}}]\n",
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CSDL.data, False),
        (b"\xef\xbb\xbf<a/>", False),
        ("\ufeff<a/>".encode("utf-16-le"), False),
        (b'<a>"openapi": 1</a>', False),
        (b"", False),
        (b"nonsense", False),
        (b"openapi: 3.0.0", True),
        (b"\xef\xbb\xbfopenapi: 3.0.0", True),
        (b"info: {}\nopenapi: 3.0.0", True),
        (b'{"swagger":"2.0"}', True),
        (b'{"info": {}, "openapi" : "3.1.0"}', True),
        (b"'openapi': 3.1.0", True),
        (OVERLAY.data, True),
        (b"my-openapi: 3", False),
    ],
)
def test_what_a_document_is(data: bytes, expected: bool) -> None:
    assert is_openapi(Source("x", data)) is expected


def test_each_language_has_its_reader() -> None:
    diagnostics = Diagnostics()
    assert read_spec([CSDL], [], diagnostics).protocol is Protocol.ODATA
    assert read_spec([OPENAPI], [], diagnostics).protocol is Protocol.HTTP


def test_overlays_annotate_openapi() -> None:
    diagnostics = Diagnostics()
    assert read_spec([OPENAPI], [OVERLAY], diagnostics).name == "Other"
    assert not len(diagnostics)


@pytest.mark.parametrize(
    ("spec", "annotations", "file"),
    [
        ([CSDL, OPENAPI], [], "a.json"),
        ([OPENAPI], [CSDL], "a.csdl"),
        ([CSDL], [OVERLAY], "o.yaml"),
    ],
)
def test_languages_do_not_mix(
    spec: list[Source], annotations: list[Source], file: str
) -> None:
    with pytest.raises(SpecError) as raised:
        read_spec(spec, annotations, Diagnostics())
    (found,) = raised.value.diagnostics
    assert found.code == "spec-mixed"
    assert found.place is not None and found.place.file == file


@pytest.mark.parametrize("data", [b"", b"Not found", b"asyncapi: 3.0.0", b"- openapi"])
def test_what_is_no_description_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(SpecError) as raised:
        read_spec([Source("a.yaml", data)], [], Diagnostics())
    (found,) = raised.value.diagnostics
    assert found.code == "spec-unknown" and "neither XML" in found.message


def test_csdl_in_json_is_said_to_be_had_in_xml() -> None:
    data = b'{"$Version": "4.01", "$EntityContainer": "Zoo.C", "Zoo": {}}'
    with pytest.raises(SpecError, match=r"\$metadata\?\$format=xml"):
        read_spec([Source("a.json", data)], [], Diagnostics())


def test_swagger_is_read_too() -> None:
    swagger = {
        "swagger": "2.0",
        "info": {"title": "Old", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": ""}}}}},
        "definitions": {
            "A": {"type": "object", "properties": {"x": {"type": "string"}}}
        },
    }
    source = Source("s.json", json.dumps(swagger).encode())
    api = read_spec([source], [], Diagnostics())
    assert set(api.types) == {"A"} and len(api.operations) == 1


@pytest.mark.parametrize(("validate", "expected"), [(None, 1), (True, 1), (False, 0)])
def test_validation_can_be_chosen(
    tmp_path: Path, validate: bool | None, expected: int
) -> None:
    path = tmp_path / "api.json"
    document = description()
    document["info"]["contact"] = {"email": 3}
    path.write_text(json.dumps(document))
    table = {"spec": str(path), "package": "a", "out": "."}
    if validate is not None:
        table["validate"] = validate  # type: ignore[assignment]
    diagnostics = Diagnostics()
    load(target_from(table), diagnostics)
    codes = [each.code for each in diagnostics]
    assert codes.count("openapi-invalid") == expected


def test_validation_is_true_or_false() -> None:
    table = {"spec": "a", "package": "a", "out": ".", "validate": "yes"}
    with pytest.raises(SpecError, match="`validate` is true or false"):
        target_from(table)


def test_every_fault_of_a_document_is_found_at_once_and_in_its_place() -> None:
    text = (
        "openapi: 3.1.0\n"
        "info: {title: T, version: '1'}\n"
        "paths:\n"
        "  /a/{id}:\n"
        "    get:\n"
        "      tags: x\n"
        "      responses: {}\n"
        "components:\n"
        "  schemas:\n"
        "    A:\n"
        "      type: object\n"
        "      properties:\n"
        "        x: {$ref: '#/nowhere'}\n"
        "        y: {type: file}\n"
        "        z: 3\n"
    )
    diagnostics = Diagnostics()
    read_spec([Source("a.yaml", text.encode())], [], diagnostics, validate=False)
    assert sorted(
        [(each.place.line, each.code) for each in diagnostics if each.place]
    ) == [
        (5, "openapi-missing"),
        (5, "openapi-missing-parameter"),
        (6, "openapi-type"),
        (13, "openapi-reference-unknown"),
        (14, "openapi-type"),
        (15, "openapi-type"),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"openapi": "4.0.0"}, "openapi-version"),
        ({"openapi": 3}, "openapi-version"),
        ({"paths": []}, "openapi-type"),
        ({"info": None}, "openapi-type"),
        ({"servers": [{}]}, "openapi-missing"),
        ({"tags": [3]}, "openapi-type"),
        ({"components": {"schemas": {"A": {"enum": 3}}}}, "openapi-type"),
        (
            {
                "components": {
                    "schemas": {"A": {"allOf": [{"enum": [1]}, {"enum": [2]}]}}
                }
            },
            "openapi-contradiction",
        ),
        (
            {
                "components": {
                    "schemas": {
                        "A": {"allOf": [{"type": "string"}, {"type": "object"}]}
                    }
                }
            },
            "openapi-contradiction",
        ),
    ],
)
def test_faults_have_codes(fields: dict[str, object], code: str) -> None:
    assert code in codes_of({**description(), **fields})


def test_every_code_says_how_bad_it_is() -> None:
    for code, known in CODES.items():
        assert code.startswith("openapi-") and known.meaning
        assert known.severity in Severity


def test_a_long_message_is_cut() -> None:
    document = description({"A": {"properties": {"x": {"$ref": "#/" + "x" * 9000}}}})
    _, diagnostics = read_all(document)
    assert all(len(each.message) < 600 for each in diagnostics)
