"""CSDL to OpenAPI beside OASIS's own tool, over the pairs of its repository.

For each document the set of (path, method) and the set of schemas are those of the
tool's result, but for what the tables say, each with what decides. "The mapping" is
"OData to OpenAPI Mapping Version 1.0", committee note 01, which the tool has outgrown in
places.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from openapi_spec_validator import validate
from support import shared_data

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.pipeline import build

pytestmark = pytest.mark.corpus

NAMES = (
    "Northwind-key-as-segment",
    "People",
    "Products",
    "TripPin",
    "annotations",
    "authorization",
    "containment",
    "csdl-16.1",
)

THEIR_DEPTH = 4
"""How many navigation properties the tool follows."""

Lines = set[tuple[str, str]]

# --- the tables

ALIASES = {"containment": ("/self.", "/Containment.")}
"""The tool writes the alias of a namespace where we write the namespace: they are one
name (CSDL 4.01 section 5.1.2), and only the second is known to a service of 4.0."""

EACH = (
    "an update of each item that a filter leaves (OData 4.01 Protocol section 11.4.13);"
    " section 4.5 of the mapping has no such paths"
)
BRACKETS = (
    "section 4.5 of the mapping has the parameters of a function in brackets; the tool"
    " takes an implicit alias instead (URL Conventions 4.01 section 5.3.1), under which"
    " two overloads would be one path"
)
STREAM = (
    "a stream property and a media entity are written by PUT (Protocol section"
    " 11.4.8); section 4.5 of the mapping is silent, and what can be read can be found"
)
BEYOND = (
    "an action that no path within the mapping's section 4.5 reaches has one all the"
    " same: the tool does not read the document in which its type stands"
)

MISSING: dict[str, dict[tuple[str, str], str]] = {
    "annotations": {
        ("/AllSet/$filter({filter_expression})/$each", "patch"): EACH,
        ("/AllSet/$filter({filter_expression})/$each", "delete"): EACH,
        ("/AllSet('{ID}')/AllMany/$filter({filter_expression})/$each", "patch"): EACH,
        ("/AllSet('{ID}')/AllMany/$filter({filter_expression})/$each", "delete"): EACH,
    },
    "csdl-16.1": {("/ProductsByRating", "get"): BRACKETS},
}
"""What the tool has and we have not."""

EXTRA: dict[str, dict[tuple[str, str], str]] = {
    "People": {
        ("/PersonDetails/{PersonID}/Photo", "get"): STREAM,
        ("/PersonDetails/{PersonID}/Photo", "put"): STREAM,
        (
            "/Suppliers/{ID}/Products/{ID_1}/ProductService.Discount",
            "post",
        ): BEYOND,
    },
    "Products": {("/Advertisements/{ID}/$value", "put"): STREAM},
    "TripPin": {("/Photos({Id})/$value", "put"): STREAM},
    "csdl-16.1": {("/ProductsByRating(Rating={Rating})", "get"): BRACKETS},
}
"""What we have and the tool has not."""

GEO = (
    "section 4.6 of the mapping gives geographic values a schema; the model has them as"
    " any value (no description of a service that we know of has one)"
)
LINK = (
    "an entity can be linked to existing ones when it is made (Protocol section"
    " 11.4.2.1); the tool shows it only where it must be"
)
REFERENCED = (
    "the document refers to another one that stands beside it (CSDL section 3.3): we"
    " read it, and the tool refers to what it would make of it"
)

MISSING_SCHEMAS: dict[str, dict[str, str]] = {
    name: {"geoPoint": GEO, "geoPosition": GEO} for name in ("People", "TripPin")
}
EXTRA_SCHEMAS: dict[str, dict[str, str]] = {
    "Northwind-key-as-segment": {"entityReference": LINK},
    "People": {
        "entityReference": LINK,
        "ProductService.Advertisement": REFERENCED,
        "ProductService.Category": REFERENCED,
        "ProductService.FeaturedProduct": REFERENCED,
        "ProductService.Product": REFERENCED,
        "ProductService.ProductDetail": REFERENCED,
    },
    "Products": {
        "entityReference": LINK,
        "PeopleService.Address": REFERENCED,
        "PeopleService.Supplier": REFERENCED,
    },
    "annotations": {"entityReference": LINK},
    "containment": {"entityReference": LINK},
}


# --- the documents


@cache
def ours(name: str, version: str = "3.1") -> Any:
    """The document that we write."""
    target = target_from(
        {
            "spec": [str(shared_data(f"oasis/csdl-to-openapi/{name}.xml"))],
            "package": "pair",
            "out": ".",
            "emit": ["openapi"],
            "base_url": "https://localhost/service-root",
            "openapi": {"version": version, "format": "json", "depth": THEIR_DEPTH},
        }
    )
    (file,) = build(target, Diagnostics()).files
    return json.loads(file.data)


@cache
def theirs(name: str) -> Any:
    """The document that the tool has written."""
    path = shared_data(f"oasis/csdl-to-openapi/{name}.openapi3.json")
    return json.loads(path.read_text("utf-8"))


def lines(document: Any, name: str) -> Lines:
    alias, namespace = ALIASES.get(name, ("", ""))
    return {
        (path.replace(alias, namespace) if alias else path, method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }


def schemas(document: Any) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"]
    return found


@pytest.mark.parametrize("version", ["3.1", "3.0"])
@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_valid(name: str, version: str) -> None:
    document = ours(name, version)
    assert document["openapi"].startswith(version)
    validate(document)


@pytest.mark.parametrize("name", NAMES)
def test_paths_and_methods_are_those_of_the_tool(name: str) -> None:
    we, they = lines(ours(name), name), lines(theirs(name), name)
    assert they - we == MISSING.get(name, {}).keys()
    assert we - they == EXTRA.get(name, {}).keys()


def test_nearly_all_paths_and_methods_are_equal() -> None:
    equal = every = 0
    for name in NAMES:
        we, they = lines(ours(name), name), lines(theirs(name), name)
        equal += len(we & they)
        every += len(we | they)
    assert every > 480
    assert equal / every >= 0.95


def plain(schema: Any, form: str) -> str:
    """Write a schema of the tool without what tells its forms apart by name, nor what
    must be there: that a key must be given when an entity is made is no word of CSDL.
    """
    text = json.dumps(
        {
            key: value
            for key, value in schema.items()
            if key not in ("title", "required")
        }
    )
    return text.replace(f'{form}"', '"')


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_those_of_the_tool(name: str) -> None:
    """Where the form of a type for making or changing says the same as that for
    reading, there is only that one; what the tool has written of both shows it."""
    we, they = schemas(ours(name)), schemas(theirs(name))
    missing = they.keys() - we.keys() - MISSING_SCHEMAS.get(name, {}).keys()
    assert MISSING_SCHEMAS.get(name, {}).keys() <= they.keys() - we.keys()
    for each in sorted(missing):
        type_id, _, form = each.rpartition("-")
        assert type_id in we, each
        assert plain(they[each], f"-{form}") == plain(they[type_id], f"-{form}"), each
    assert we.keys() - they.keys() == EXTRA_SCHEMAS.get(name, {}).keys()


def test_security_schemes_are_those_of_the_tool() -> None:
    we, they = ours("authorization"), theirs("authorization")
    defined = they["components"]["securitySchemes"]
    # One is asked for that nothing defines; a document may not name what is not there.
    assert we["components"]["securitySchemes"] == defined | {
        "petstore_auth": {"type": "http", "scheme": "bearer"}
    }
    assert [set(each) for each in we["security"]] == [
        set(each) for each in they["security"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_operation_has_an_id_of_its_own(name: str) -> None:
    found = [
        operation["operationId"]
        for item in ours(name)["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    assert len(found) == len(set(found))
