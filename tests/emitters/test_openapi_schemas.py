"""The schemas in the OpenAPI documents of OData services: forms, inheritance, values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from emitters.openapi import SHED, document, load


def schemas(**options: Any) -> Any:
    return document(**options)["components"]["schemas"]


def own(schema: Mapping[str, Any]) -> Any:
    """The part of a derived type's schema that is its own."""
    return schema["allOf"][1] if "allOf" in schema else schema


def test_forms_have_what_can_be_written() -> None:
    found = schemas()
    read = own(found["ns.animal"])["properties"]
    create = own(found["ns.animal-create"])
    update = own(found["ns.animal-update"])["properties"]
    assert {"seen", "keeper", "young", "young@odata.count"} <= set(read)
    assert "photo" not in read
    assert not {"seen", "keeper"} & set(create["properties"])
    assert {"young", "keeper@odata.bind", "born"} <= set(create["properties"])
    assert create["required"] == ["name", "open"]
    assert set(update) == {"@odata.type", "name", "mood", "open", "weight", "home"}
    assert own(found["ns.thing-update"]) == {"title": "thing (for update)"} | {
        "type": "object"
    }


def test_a_form_that_says_the_same_is_not_written_twice() -> None:
    found = schemas()
    assert "ns.place" in found
    assert not [name for name in found if name.startswith("ns.place-")]


def test_inheritance_is_kept_and_the_type_of_a_value_can_be_told() -> None:
    found = schemas()
    base, _ = found["ns.bird"]["allOf"]
    assert base == {"$ref": "#/components/schemas/ns.animal"}
    assert own(found["ns.animal"])["discriminator"] == {
        "propertyName": "@odata.type",
        "mapping": {
            "#ns.animal": "#/components/schemas/ns.animal",
            "#ns.bird": "#/components/schemas/ns.bird",
        },
    }
    assert "discriminator" not in own(found["ns.thing"])


def test_facets_and_texts_are_said() -> None:
    name = own(schemas()["ns.animal"])["properties"]["name"]
    assert name == {
        "type": "string",
        "pattern": "^[a-z]+$",
        "description": "What it is called.",
    }


def test_enumerations_are_texts_and_flags_may_be_several() -> None:
    found = schemas()
    assert found["ns.mood"]["enum"] == ["calm", "wild"]
    assert found["ns.days"]["pattern"] == "^(mon|tue)(,(mon|tue))*$"


@pytest.mark.parametrize(
    ("version", "date", "reference"),
    [
        (
            "3.1",
            {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            {"anyOf": [{"$ref": "#/components/schemas/ns.mood"}, {"type": "null"}]},
        ),
        (
            "3.0",
            {"type": "string", "format": "date", "nullable": True},
            {"allOf": [{"$ref": "#/components/schemas/ns.mood"}], "nullable": True},
        ),
    ],
)
def test_null_is_written_as_the_version_has_it(
    version: str, date: Any, reference: Any
) -> None:
    properties = own(schemas(version=version)["ns.animal"])["properties"]
    assert properties["born"] == date
    assert properties["mood"] == reference


def test_an_enumeration_without_members_is_a_text() -> None:
    found = document(load(SHED))["components"]["schemas"]
    assert found["ns.void"] == {"title": "void", "type": "string"}


@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_what_json_has_no_number_for_is_a_text_or_nothing(version: str) -> None:
    """OData JSON Format 4.01 section 7.1 writes NaN and INF as texts; JSON Schema has
    no bounds that are no numbers."""
    term = "Org.OData.Validation.V1"
    found = document(
        load(
            f"""<EntityType Name="t"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="nan" Type="Edm.Double" DefaultValue="NaN"/>
  <Property Name="inf" Type="Edm.Double" DefaultValue="INF"/>
  <Property Name="huge" Type="Edm.Double" DefaultValue="1e999"/>
  <Property Name="size" Type="Edm.Double" DefaultValue="1e3">
    <Annotation Term="{term}.Minimum" Float="NaN"/>
    <Annotation Term="{term}.Maximum" Float="INF"/></Property>
  <Property Name="odd" Type="Edm.Decimal">
    <Annotation Term="{term}.Maximum" Decimal="1E9999999">
      <Annotation Term="{term}.Exclusive"/></Annotation></Property>
  <Property Name="fine" Type="Edm.Decimal">
    <Annotation Term="{term}.MultipleOf" Decimal="1E-400"/></Property></EntityType>
<EntityContainer Name="C"><EntitySet Name="ts" EntityType="self.t"/></EntityContainer>"""
        ),
        version=version,
    )
    properties = found["components"]["schemas"]["ns.t"]["properties"]
    told = {name: each.get("default") for name, each in properties.items()}
    wanted = {"nan": "NaN", "inf": "INF", "huge": "1e999", "size": 1000.0}
    assert told == {"id": None, **wanted, "odd": None, "fine": None}
    for each in properties.values():
        assert not [name for name in each if "imum" in name or name == "multipleOf"]
