"""The JSON schema of the configuration and the code that reads it say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.config import EMITTERS, find_config
from generator.config.finding import KEYS
from generator.config.records import (
    FIXED_FRONT_MATTER,
    OPENAPI_FORMATS,
    OPENAPI_VERSIONS,
    Docs,
    OpenApi,
)
from generator.config.schema import schema_text
from generator.config.targets import KEYS as KEYS_OF_TARGET
from generator.diagnostics import Level, SpecError

SCHEMA = json.loads(schema_text())
DEFS = SCHEMA["$defs"]
TARGET: dict[str, Any] = {"spec": "a.csdl", "package": "zoo", "out": "src"}


def is_valid(document: object) -> bool:
    return bool(Draft202012Validator(SCHEMA).is_valid(document))


def toml(value: Any) -> str:
    """Write a value as TOML has it, tables inline."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value)


def is_read(folder: Path, document: dict[str, Any]) -> bool:
    lines = (f"{key} = {toml(value)}\n" for key, value in document.items())
    (folder / "specwright.toml").write_text("".join(lines))
    try:
        find_config(folder)
    except SpecError:
        return False
    return True


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_in_both() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert set(DEFS["target"]["properties"]) == set(KEYS_OF_TARGET)
    assert set(DEFS["docs"]["properties"]) == set(Docs.__slots__)
    assert set(DEFS["openapi"]["properties"]) == set(OpenApi.__slots__)


def test_every_choice_is_in_both() -> None:
    assert DEFS["emitter"]["anyOf"][0]["enum"] == list(EMITTERS)
    openapi = DEFS["openapi"]["properties"]
    assert openapi["version"]["enum"] == list(OPENAPI_VERSIONS)
    assert openapi["format"]["enum"] == list(OPENAPI_FORMATS)
    front_matter = DEFS["docs"]["properties"]["front_matter"]
    assert front_matter["propertyNames"]["not"]["enum"] == list(FIXED_FRONT_MATTER)
    assert DEFS["diagnostics"]["additionalProperties"]["enum"] == list(Level)


def test_every_key_is_described() -> None:
    for name in ("target", "docs", "openapi"):
        for key, value in DEFS[name]["properties"].items():
            referred = value.get("$ref", "").rpartition("/")[2]
            assert "description" in value or "description" in DEFS[referred], key


VALUES: list[Any] = [
    "",
    "a",
    "-",
    "python",
    "3.0",
    "json",
    "warn",
    "https://a.example/x",
    "https://a.example/x?y",
    "https://me@a.example/",
    "https://a.example/#x",
    "http:/a.example/",
    "ftp://a.example/",
    "c:/specs/a.csdl",
    "a b",
    "1a",
    "é",
    0,
    1,
    -1,
    1.5,
    True,
    False,
    [],
    ["a"],
    ["a", "b"],
    ["python", "docs"],
    ["-"],
    [""],
    [1],
    [["a"]],
    {},
    {"a": "b"},
    {"a": 1},
    {"title": "a"},
    {"csdl-bad-name": "warn"},
    {"csdl-*": "error"},
    {"csdl-bad-name": "warning"},
    {"csdl-bad-name": 1},
    [{}],
]


def placed(key: str, value: Any) -> dict[str, Any]:
    """A configuration with a value in it; `key` is where, with dots between."""
    document: dict[str, Any] = {"target": [dict(TARGET)]}
    place = document if key in KEYS else document["target"][0]
    *tables, last = key.split(".")
    for table in tables:
        place = place.setdefault(table, {})
    place[last] = value
    return document


def keys() -> Iterator[str]:
    yield from KEYS
    yield from (key for key in KEYS_OF_TARGET if key not in KEYS)
    yield from (f"docs.{key}" for key in Docs.__slots__)
    yield from (f"openapi.{key}" for key in OpenApi.__slots__)
    yield from ("docs.front_matter.author", "nothing", "docs.nothing")


NAMES = [value for value in VALUES if value and isinstance(value, str)]
FOR_THE_CODE = {
    # that this would hide a module of Python
    "package": ['"json"'],
    # whether another package has an emitter or a pass of this name
    "emit": [
        *[toml(name) for name in NAMES if name not in EMITTERS],
        *map(toml, (["a"], ["a", "b"], ["-"])),
    ],
    "passes": [
        *map(toml, NAMES),
        *map(toml, (["a"], ["a", "b"], ["-"], ["python", "docs"])),
    ],
    # whether it is the table of such an emitter
    "nothing": [toml(value) for value in VALUES if isinstance(value, dict)],
}


@pytest.mark.parametrize("key", list(keys()))
def test_every_value_is_judged_alike(tmp_path: Path, key: str) -> None:
    """Whatever stands at a key, the schema allows it if and only if it is read."""
    judged = {
        toml(value): (is_valid(document), is_read(tmp_path, document))
        for value in VALUES
        for document in [placed(key, value)]
    }
    # What is installed, and what it is called, is for the code to know.
    for text in FOR_THE_CODE.get(key, ()):
        assert judged.pop(text) == (True, False)
    assert {text: both for text, both in judged.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("key", ["spec", "package", "out"])
def test_what_must_be_given_must_be_given_in_both(tmp_path: Path, key: str) -> None:
    target = {name: value for name, value in TARGET.items() if name != key}
    assert not is_valid({"target": [target]})
    assert not is_read(tmp_path, {"target": [target]})


@pytest.mark.parametrize(
    ("include", "expected"), [(["a"], True), ("a", True), ([], False), (None, False)]
)
def test_a_depth_needs_a_slice_in_both(
    tmp_path: Path, include: Any, expected: bool
) -> None:
    target = {**TARGET, "depth": 2}
    if include is not None:
        target["include"] = include
    assert is_valid({"target": [target]}) is expected
    assert is_read(tmp_path, {"target": [target]}) is expected


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
