"""The bundled OpenAPI document: valid, and complete for the worked example.

That a service of it can be tested is shown in tests/peers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PATH = Path(__file__).parents[2] / "generated" / "graph-qrpin-openapi" / "openapi.yaml"
PIN = "/users/{id}/authentication/qrCodePinMethod/pin"


@cache
def document() -> Any:
    return yaml.load(PATH.read_text("utf-8"), yaml.CSafeLoader)


def create() -> Any:
    return document()["paths"][PIN]["post"]


def resolved(part: Any) -> Any:
    while "$ref" in part:
        found = document()
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def faults(schema: str, value: Any) -> list[str]:
    """Hold a value against a schema of the document."""
    resource = Resource(contents=document(), specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:d", resource)
    validator = Draft202012Validator(
        {"$ref": f"urn:d#/components/schemas/{schema}"},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [error.message for error in validator.iter_errors(value)]


def test_it_is_valid() -> None:
    validate(document())
    assert document()["openapi"].startswith("3.1")


def test_a_pin_can_be_created() -> None:
    assert create()["operationId"] == (
        "users.item.authentication.qrCodePinMethod.pin.create"
    )
    assert create()["summary"] == "Create qrPin"
    schema = create()["requestBody"]["content"]["application/json"]["schema"]
    properties = resolved(schema)["allOf"][1]["properties"]
    assert set(properties) == {"code", "forceChangePinNextSignIn"}
    assert "201" in create()["responses"]


def test_who_may_create_one_is_said_by_scheme_the_least_privileged_first() -> None:
    delegated, *_, application = create()["security"]
    assert delegated == {"DelegatedWork": ["UserAuthenticationMethod.ReadWrite"]}
    assert application == {"Application": ["UserAuthenticationMethod.ReadWrite.All"]}
    schemes = document()["components"]["securitySchemes"]
    for requirement in create()["security"]:
        for name, scopes in requirement.items():
            (flow,) = schemes[name]["flows"].values()
            assert set(scopes) <= flow["scopes"].keys()


def test_there_are_examples_of_what_is_sent_and_answered() -> None:
    content = create()["requestBody"]["content"]["application/json"]
    (sent,) = map(resolved, content["examples"].values())
    assert sent["value"]["code"].isdecimal()
    content = create()["responses"]["201"]["content"]["application/json"]
    (answered,) = map(resolved, content["examples"].values())
    assert answered["value"].keys() >= {"id", "code", "createdDateTime"}


def test_every_example_is_one_of_its_schema() -> None:
    schemas = document()["components"]["schemas"]
    examples = document()["components"]["examples"]
    assert len(examples) > 20
    for name, example in examples.items():
        schema = name if name in schemas else name.rpartition("-")[0]
        assert faults(schema, example["value"]) == [], name


def test_what_only_looks_like_an_object_of_a_type_is_refused() -> None:
    """The check above could find something."""
    assert faults("microsoft.graph.qrPin", {"code": 7})
    assert faults("microsoft.graph.qrPin", {"createdDateTime": "yesterday"})
