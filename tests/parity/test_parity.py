"""One API, described in CSDL and in OpenAPI, gives equal types and equal classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.model import (
    Access,
    Alias,
    Api,
    Enum,
    ListOf,
    Property,
    ScalarKind,
    Struct,
    TypeDef,
)

HERE = Path(__file__).parent


@pytest.fixture(scope="module", name="builds")
def built() -> tuple[pipeline.Build, pipeline.Build]:
    """What each of the two documents gives."""
    return build("shop.csdl"), build("shop.openapi.yaml")


def build(document: str) -> pipeline.Build:
    diagnostics = Diagnostics()
    target = target_from(
        {"spec": str(HERE / document), "package": "shop", "out": "unused"}
    )
    result = pipeline.build(target, diagnostics)
    assert not list(diagnostics)
    return result


def test_the_types_are_equal(builds: tuple[pipeline.Build, pipeline.Build]) -> None:
    csdl, openapi = builds
    assert csdl.api.namespace == openapi.api.namespace == "example.shop"
    assert said_by_both(csdl.api) == said_by_both(openapi.api)


def test_the_modules_of_models_are_equal(
    builds: tuple[pipeline.Build, pipeline.Build],
) -> None:
    csdl, openapi = map(models, builds)
    assert len(csdl) > 8
    # Which protocol the package speaks is all that tells the two apart.
    assert csdl.pop("_index.py").replace("ODATA = True", "ODATA = False") == (
        openapi.pop("_index.py")
    )
    assert csdl == openapi


def models(build: pipeline.Build) -> dict[str, str]:
    folder = "shop/models/"
    return {
        file.path.removeprefix(folder): file.data.decode()
        for file in build.files
        if file.path.startswith(folder)
    }


def said_by_both(api: Api) -> Mapping[str, TypeDef]:
    """The types without their places in the source, and without what only one of the
    languages can say."""
    return {type_id: common(definition) for type_id, definition in api.types.items()}


def common(definition: TypeDef) -> TypeDef:
    match definition:
        case Struct():
            # OpenAPI has neither keys nor abstract types.
            return replace(
                definition,
                place=None,
                is_entity=False,
                abstract=False,
                key=(),
                properties=tuple(map(common_property, definition.properties)),
            )
        case Enum():
            # In OpenAPI a member is a text and has no number.
            members = [
                replace(member, place=None, value=None) for member in definition.members
            ]
            return replace(
                definition,
                place=None,
                underlying=ScalarKind.STRING,
                members=tuple(members),
            )
        case Alias():
            return replace(definition, place=None)


def common_property(prop: Property) -> Property:
    type_ref = prop.type
    if isinstance(type_ref, ListOf):
        # CSDL does not say of a relationship whether its items may be null.
        type_ref = replace(type_ref, nullable=bool(type_ref.nullable))
    # Of what the service computes OpenAPI says that it is always there, CSDL that nobody
    # sends it.
    required = prop.required and not prop.computed
    access = Access.BOTH if prop.computed else prop.access
    return replace(
        prop,
        place=None,
        type=type_ref,
        required=required,
        access=access,
        navigation=None,
    )
