"""openapi-spec-validator, asked about descriptions: located, bounded, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import large_openapi, loaded
from pace import at_most

from generator.diagnostics import Diagnostics, Severity
from generator.readers.documents import Loaded, load_document
from generator.readers.openapi import validation
from generator.readers.openapi.swagger import convert
from generator.readers.openapi.validation import validate
from generator.readers.source import load_source

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def findings(document: Loaded, always: bool = False) -> list[str]:
    diagnostics = Diagnostics()
    assert validate(document, diagnostics, always=always)
    return list(map(str, diagnostics))


def test_a_valid_description() -> None:
    assert findings(loaded(large_openapi(1000))) == []
    assert findings(loaded(f"{HEAD}paths: {{}}\n".replace("3.1.0", "3.0.4"))) == []
    assert findings(loaded(f"{HEAD}paths: {{}}\n".replace("3.1.0", "3.2.0"))) == []


def test_faults_have_places() -> None:
    text = (
        f"{HEAD}paths:\n  /a:\n    get:\n      responses: {{}}\n      parameters:\n"
        "      - {name: q, in: nowhere, schema: {}}\ncomponents:\n  schemas:\n"
        "    A: {type: strin}\n    B: {minLength: -1}\n"
    )
    found = findings(loaded(text))
    starts = [line.partition(" warning:")[0] for line in found]
    assert {"test.yaml:6:7:", "test.yaml:8:19:"} <= set(starts)
    assert all("[openapi-invalid]" in line for line in found)


def test_swagger_is_judged_as_such() -> None:
    text = "swagger: '2.0'\ninfo: {title: T}\npaths: {}\n"
    converted = convert(loaded(text), Diagnostics())
    (found,) = findings(converted)
    assert found.startswith("test.yaml:2:1: warning: ")
    assert found.endswith("version' is a required property [openapi-invalid]") or (
        found.endswith('version" is a required property [openapi-invalid]')
    )


def test_what_the_validator_stumbles_over_is_information() -> None:
    schema = "{$ref: '#/components/schemas/Nope'}"
    text = (
        f"{HEAD}paths:\n  /a:\n    get:\n      responses:\n        200:\n"
        f"          description: x\n          content: {{a/b: {{schema: {schema}}}}}\n"
    )
    diagnostics = Diagnostics()
    assert validate(loaded(text), diagnostics)
    [found] = diagnostics
    assert found.severity is Severity.INFO
    assert str(found).startswith("test.yaml: info: the rest is not validated: Pointer")
    for text in ("[]", "a: 1", "openapi: 9", "openapi: []", f"{HEAD}paths: []"):
        assert findings(loaded(text))


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fetch(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("urllib.request.urlopen", fetch)
    monkeypatch.setattr("requests.get", fetch)
    (tmp_path / "secret.yaml").write_text("a: {type: string}\n")
    (tmp_path / "api").mkdir()
    for reference in (
        "http://example.com/a.yaml#/a",
        "ftp://example.com/a.yaml",
        "file:///etc/hostname",
        "../secret.yaml#/a",
        "gopher:x",
    ):
        api = tmp_path / "api" / "api.yaml"
        api.write_text(
            f"{HEAD}paths: {{}}\ncomponents:\n  schemas: {{A: {{$ref: '{reference}'}}}}\n"
        )
        document = load_document(load_source(api), Diagnostics())
        [found] = findings(document)
        assert "[openapi-not-validated]" in found, reference
        assert "something was fetched" not in found


def test_files_below_the_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.yaml").write_text("B: {type: string}\n")
    api = tmp_path / "api.yaml"
    api.write_text(
        f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: 'more/b.yaml#/B'}}}}}}\n"
    )
    assert findings(load_document(load_source(api), Diagnostics())) == []
    (tmp_path / "out").mkdir()
    (tmp_path / "more").rename(tmp_path / "out" / "more")
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "more").symlink_to(tmp_path / "out" / "more")
    api.rename(tmp_path / "api" / "api.yaml")
    outside = load_document(load_source(tmp_path / "api" / "api.yaml"), Diagnostics())
    (found,) = findings(outside)
    assert "Unresolvable: more/b.yaml#/B [openapi-not-validated]" in found


def test_what_the_reader_tells_better_is_left_to_it() -> None:
    operation = "{operationId: same, responses: {'200': {description: x}}}"
    paths = f"paths:\n  /a:\n    get: {operation}\n    put: {operation}\n"
    assert findings(loaded(f"{HEAD}{paths}")) == []


def test_large_descriptions_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "MAX_BYTES", 100)
    document = loaded(f"{HEAD}paths: {{}}\nx-a: {'a' * 100}\n")
    assert not validate(document, Diagnostics())
    assert findings(document, always=True) == []
    bomb = "x0: &a0 [1, 2]\n" + "".join(
        f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 6)
    )
    monkeypatch.setattr(validation, "MAX_BYTES", 10_000)
    assert not validate(loaded(f"{HEAD}{bomb}"), Diagnostics())


def test_there_is_an_end_to_the_list() -> None:
    schemas = "".join(f"    A{n}: {{type: 1}}\n" for n in range(200))
    found = findings(loaded(f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
    assert len(found) == 101
    assert found[-1] == (
        "test.yaml: info: more than 100 faults; the rest is not listed"
        " [openapi-not-validated]"
    )


@pytest.mark.parametrize("always", [False, True])
def test_schemas_that_double_at_every_step_are_left_alone(always: bool) -> None:
    """The validator would look into the last of them as often as 2 to the power of how
    many there are."""
    ref = "{$ref: '#/components/schemas/S%d'}"
    lines = [
        f"    S{i}: {{allOf: [{ref % (i + 1)}, {{anyOf: [{ref % (i + 1)}]}}]}}\n"
        for i in range(60)
    ]
    text = (
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n"
        + "".join(lines)
        + "    S60: {type: object}\n"
    )
    diagnostics = Diagnostics()
    with at_most(5):
        assert not validate(loaded(text), diagnostics, always=always)
    (found,) = diagnostics
    assert found.code == "openapi-not-validated"
    assert found.severity is Severity.INFO


def test_schemas_of_many_and_schemas_in_circles_are_judged() -> None:
    ref = "{$ref: '#/components/schemas/%s'}"
    derived = "".join(f"    D{i}: {{allOf: [{ref % 'B'}]}}\n" for i in range(300))
    text = (
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    B: {{type: object,"
        f" properties: {{b: {ref % 'B'}, d: {ref % 'D1'}}}}}\n{derived}"
    )
    assert findings(loaded(text)) == []
    circle = text.replace("type: object", f"allOf: [{ref % 'D1'}, {ref % 'D2'}]")
    with at_most(5):
        findings(loaded(circle))
