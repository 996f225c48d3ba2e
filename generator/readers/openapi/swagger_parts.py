"""The parts of a Swagger 2.0 document in the words of OpenAPI 3.0: schemas,
parameters, headers and security schemes.

Functions from plain values to plain values, which `swagger` puts together. What is of
another type than the specification says is given back as it stands, for the reader to
complain about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator.readers.openapi.nodes import escaped, unescaped

COMPONENTS: Final = {
    "definitions": "schemas",
    "parameters": "parameters",
    "responses": "responses",
    "securityDefinitions": "securitySchemes",
}
"""Where OpenAPI 3 has, among its components, what others refer to."""

_OF_SCHEMA: Final = frozenset(
    "type format items default maximum exclusiveMaximum minimum exclusiveMinimum"
    " maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf"
    " x-nullable x-ms-enum x-enum-varnames x-enum-descriptions x-enumNames".split()
)
"""What a parameter or header says of its value, which is for its schema to say."""

_STYLES: Final = {
    ("query", "csv"): ("form", False),
    ("query", "multi"): ("form", True),
    ("query", "ssv"): ("spaceDelimited", False),
    ("query", "pipes"): ("pipeDelimited", False),
    ("path", "csv"): ("simple", False),
    ("header", "csv"): ("simple", False),
}
_FLOWS: Final = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def new_pointer(pointer: str) -> str:
    """Give where OpenAPI 3 has what a JSON pointer into Swagger's document names."""
    first, found, rest = pointer.removeprefix("/").partition("/")
    if found and first in COMPONENTS:
        return f"/components/{COMPONENTS[first]}/{rest}"
    return pointer


def new_reference(reference: str) -> str:
    """Give what a reference within the document becomes; others stay, for they may be
    to documents of either version."""
    if reference.startswith("#/"):
        return f"#{new_pointer(reference[1:])}"
    return reference


def schema(value: Any) -> Any:
    """Give a schema (section Schema Object) as OpenAPI 3.0 has it."""
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for key, child in value.items():
        match key, child:
            case "$ref", str():
                made[key] = new_reference(child)
            case "properties", dict():
                made[key] = {name: schema(each) for name, each in child.items()}
            case ("allOf" | "anyOf" | "oneOf"), list():
                made[key] = [schema(each) for each in child]
            case ("items" | "additionalProperties" | "not"), _:
                made[key] = schema(child)
            case "discriminator", str():
                made[key] = {"propertyName": child}
            case "type", "file":
                made |= {"type": "string", "format": "binary"}
            case "x-nullable", bool():
                made["nullable"] = child
            case "collectionFormat", _:
                pass
            case _:
                made[key] = child
    if "$ref" in made and made.get("nullable"):
        # nothing stands beside a reference in OpenAPI 3.0
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    return made


def schema_of(value: Mapping[str, Any]) -> Any:
    """Give the schema of a parameter or header that says itself what its value is."""
    return schema({key: value[key] for key in value if key in _OF_SCHEMA})


def without_schema(value: Mapping[str, Any]) -> dict[str, Any]:
    """Give what else a parameter or header says."""
    known = _OF_SCHEMA | {"collectionFormat"}
    return {key: value[key] for key in value if key not in known}


def style(value: Mapping[str, Any], place: str) -> dict[str, Any] | None:
    """Give how the items of a list are written in a place, nothing for what is no list,
    None where OpenAPI 3 has no word for it."""
    if value.get("type") != "array":
        return {}
    found = _STYLES.get((place, str(value.get("collectionFormat", "csv"))))
    if found is None:
        return None
    return {"style": found[0], "explode": found[1]}


def header(value: Any) -> Any:
    """Give a header of a response (section Header Object)."""
    if not isinstance(value, dict):
        return value
    return {**without_schema(value), "schema": schema_of(value)}


def security_scheme(value: Any) -> Any:
    """Give a security scheme (section Security Scheme Object)."""
    if not isinstance(value, dict):
        return value
    match value.get("type"):
        case "basic":
            return {**value, "type": "http", "scheme": "basic"}
        case "oauth2":
            of_flow = {"flow", "authorizationUrl", "tokenUrl", "scopes"}
            made = {key: value[key] for key in value if key not in of_flow}
            flow = {k: value[k] for k in value if k in of_flow and k != "flow"}
            flow.setdefault("scopes", {})
            name = _FLOWS.get(str(value.get("flow")), str(value.get("flow")))
            return {**made, "flows": {name: flow}}
    return value


def mappings(definitions: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Give, for each definition, what values of its discriminator stand for which of
    those derived from it.

    Swagger takes the name of the definition for the value; x-discriminator-value and
    x-ms-discriminator-value say otherwise.
    """
    bases = {name: _bases(definition) for name, definition in definitions.items()}
    found: dict[str, dict[str, str]] = {}
    for name, definition in definitions.items():
        value = _discriminator_value(definition)
        if value is None:
            continue
        seen: set[str] = set()
        above = [name]
        while above:
            base = above.pop()
            if base not in seen:
                seen.add(base)
                reference = f"#/components/schemas/{escaped(name)}"
                found.setdefault(base, {})[value] = reference
                above += bases.get(base, [])
    return found


def _bases(definition: Any) -> list[str]:
    parts = definition.get("allOf") if isinstance(definition, dict) else None
    references = [
        part.get("$ref")
        for part in (parts if isinstance(parts, list) else [])
        if isinstance(part, dict)
    ]
    start = "#/definitions/"
    return [
        unescaped(reference.removeprefix(start))
        for reference in references
        if isinstance(reference, str) and reference.startswith(start)
    ]


def _discriminator_value(definition: Any) -> str | None:
    if isinstance(definition, dict):
        for key in ("x-ms-discriminator-value", "x-discriminator-value"):
            if isinstance(definition.get(key), str):
                return str(definition[key])
    return None
