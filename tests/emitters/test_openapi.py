"""The OpenAPI documents of OData services, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import yaml
from emitters.building import EVERYTHING
from openapi_spec_validator import validate
from support import read_csdl

from generator.diagnostics import Diagnostics
from generator.emitters.openapi import Options, emit
from generator.model import Api, Grant, PathPermissions
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.request_lines import request_lines
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

CORE = "Org.OData.Core.V1"
CAPABILITIES = "Org.OData.Capabilities.V1"

ZOO = f"""
<EnumType Name="mood"><Member Name="calm"/><Member Name="wild"/></EnumType>
<EnumType Name="days" IsFlags="true"><Member Name="mon" Value="1"/>
  <Member Name="tue" Value="2"/></EnumType>
<TypeDefinition Name="grams" UnderlyingType="Edm.Decimal" Scale="2"/>
<ComplexType Name="place"><Property Name="street" Type="Edm.String"/></ComplexType>
<EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="animal" BaseType="self.thing">
  <Property Name="name" Type="Edm.String" Nullable="false">
    <Annotation Term="{CORE}.Description" String="What it is called."/>
    <Annotation Term="Org.OData.Validation.V1.Pattern" String="^[a-z]+$"/></Property>
  <Property Name="mood" Type="self.mood"/>
  <Property Name="open" Type="self.days" Nullable="false"/>
  <Property Name="weight" Type="self.grams"/>
  <Property Name="home" Type="self.place"/>
  <Property Name="seen" Type="Edm.DateTimeOffset">
    <Annotation Term="{CORE}.Computed"/></Property>
  <Property Name="born" Type="Edm.Date"><Annotation Term="{CORE}.Immutable"/></Property>
  <Property Name="photo" Type="Edm.Stream"/>
  <NavigationProperty Name="keeper" Type="self.keeper"/>
  <NavigationProperty Name="young" Type="Collection(self.animal)"
    ContainsTarget="true"/>
</EntityType>
<EntityType Name="bird" BaseType="self.animal">
  <Property Name="span" Type="Edm.Double"/></EntityType>
<EntityType Name="keeper"><Key><PropertyRef Name="number"/></Key>
  <Property Name="number" Type="Edm.Int32" Nullable="false"/></EntityType>
<Action Name="feed" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="what" Type="Edm.String" Nullable="false"/>
  <Parameter Name="where" Type="self.place"/></Action>
<Function Name="near" IsBound="true"><Parameter Name="it" Type="self.animal"/>
  <Parameter Name="who" Type="Edm.String" Nullable="false"/>
  <Parameter Name="among" Type="Collection(Edm.String)" Nullable="false"/>
  <ReturnType Type="Collection(self.animal)"/></Function>
<Function Name="fly" IsBound="true"><Parameter Name="it" Type="self.bird"/>
  <ReturnType Type="Edm.Boolean" Nullable="false"/></Function>
<EntityContainer Name="C">
  <EntitySet Name="animals" EntityType="self.animal">
    <NavigationPropertyBinding Path="keeper" Target="keepers"/>
    <Annotation Term="{CORE}.Description" String="All animals."/></EntitySet>
  <EntitySet Name="keepers" EntityType="self.keeper"/>
  <Singleton Name="star" Type="self.animal"/>
</EntityContainer>
"""


def load(body: str = ZOO, **changes: Any) -> Api:
    diagnostics = Diagnostics()
    api = annotate(resolve(read_csdl(body)[0], diagnostics), diagnostics)
    assert not list(diagnostics.errors)
    changes.setdefault("key_as_segment", True)
    return replace(with_catalogue(make_resources(api)), **changes)


def document(api: Api | None = None, depth: int = 3, **options: Any) -> Any:
    api = load() if api is None else api
    settings = Options("out", format="json", **options)
    (file,) = emit(api, settings, request_lines(api, depth))
    return json.loads(file.data)


def said(target: str, term: str, record: str) -> str:
    return (
        f'<Annotations Target="{target}"><Annotation Term="{CAPABILITIES}.{term}">'
        f"<Record>{record}</Record></Annotation></Annotations>"
    )


def value(name: str, flag: bool) -> str:
    return f'<PropertyValue Property="{name}" Bool="{str(flag).lower()}"/>'


def own(schema: Mapping[str, Any]) -> Any:
    """The part of a derived type's schema that is its own."""
    return schema["allOf"][1] if "allOf" in schema else schema


def parameters(found: Any, path: str, method: str) -> dict[str, Any]:
    """What can be asked for, by name."""
    given = found["paths"][path][method].get("parameters", [])
    resolved = [
        (
            found["components"]["parameters"][each["$ref"].rpartition("/")[2]]
            if "$ref" in each
            else each
        )
        for each in given
    ]
    return {each["name"]: each for each in resolved}


@pytest.mark.parametrize("version", ["3.0", "3.1"])
@pytest.mark.parametrize("ms_extensions", [True, False])
def test_everything_together_is_valid(version: str, ms_extensions: bool) -> None:
    api = load(EVERYTHING)
    validate(document(api, version=version, ms_extensions=ms_extensions))
    validate(document(version=version, ms_extensions=ms_extensions))


def test_yaml_and_json_hold_the_same() -> None:
    api = load()
    lines = request_lines(api)
    (as_json,) = emit(api, Options("o", format="json"), lines)
    (as_yaml,) = emit(api, Options("o", format="yaml"), lines)
    assert as_yaml.path == "o/openapi.yaml"
    assert as_yaml.data.startswith(b"# Generated by specwright.\n")
    assert as_json.data.startswith(b'{\n  "x-generator": "Generated by specwright."')
    expected = json.loads(as_json.data)
    del expected["x-generator"]
    assert yaml.load(as_yaml.data, yaml.CSafeLoader) == expected


def test_the_same_api_gives_the_same_bytes() -> None:
    texts = {emit(load(), Options("o"), request_lines(load())) for _ in range(3)}
    assert len(texts) == 1


# --- what there is


def test_paths_end_at_what_lives_elsewhere() -> None:
    paths = document(depth=2)["paths"]
    assert list(paths["/animals"]) == ["get", "post"]
    assert set(paths["/animals/{id}"]) == {"parameters", "get", "patch", "delete"}
    assert set(paths["/animals/{id}/keeper"]) == {"parameters", "get"}
    assert not [path for path in paths if "/keeper/" in path]
    assert set(paths["/star"]) == {"get", "patch"}


def test_a_path_follows_as_many_navigation_properties_as_it_may() -> None:
    assert "/animals/{id}/young/{id_1}/young" in document(depth=2)["paths"]
    assert "/animals/{id}/young/{id_1}/young/{id_2}" not in document(depth=2)["paths"]
    assert "/animals/{id}/young/{id_1}/young/{id_2}" in document(depth=3)["paths"]


def test_what_lies_deeper_is_reached_by_one_path() -> None:
    """An action of a derived type too, for which there is no place without a cast."""
    paths = document(depth=1)["paths"]
    assert "/animals/{id}/ns.bird/ns.fly" in paths
    assert not [path for path in paths if path.endswith("/ns.bird")]


def test_keys_in_brackets_are_written_as_their_types_want() -> None:
    paths = document(load(key_as_segment=False))["paths"]
    assert "/animals('{id}')" in paths
    assert "/keepers({number})" in paths


def test_what_is_said_not_to_be_done_is_not_there() -> None:
    restricted = ZOO + "".join(
        [
            said("self.C/animals", "InsertRestrictions", value("Insertable", False)),
            said("self.C/animals", "DeleteRestrictions", value("Deletable", False)),
            said("self.C/keepers", "ReadRestrictions", value("Readable", False)),
        ]
    )
    paths = document(load(restricted))["paths"]
    assert "post" not in paths["/animals"]
    assert "delete" not in paths["/animals/{id}"]
    assert "get" not in paths["/keepers"]
    assert "/animals/{id}/keeper" not in paths


def test_a_service_without_batches_has_no_path_for_them() -> None:
    assert "post" in document()["paths"]["/$batch"]
    without = ZOO + (
        f'<Annotations Target="self.C"><Annotation Term="{CAPABILITIES}.BatchSupported"'
        ' Bool="false"/></Annotations>'
    )
    assert "/$batch" not in document(load(without))["paths"]


# --- operations


def test_an_operation_has_an_id_that_depends_on_nothing_else() -> None:
    found = document()["paths"]
    assert found["/animals"]["get"]["operationId"] == "animals.list"
    assert found["/animals/{id}"]["patch"]["operationId"] == "animals.item.update"
    feed = found["/animals/{id}/ns.feed"]["post"]
    assert feed["operationId"] == "animals.item.ns.feed"
    shallow = document(depth=1)["paths"]
    for path, item in shallow.items():
        for method, operation in item.items():
            if method != "parameters":
                assert operation["operationId"] == found[path][method]["operationId"]


def test_query_options_are_those_that_are_taken() -> None:
    assert set(parameters(document(), "/animals", "get")) == {
        *("$top", "$skip", "$search", "$filter", "$count", "$orderby", "$select"),
        "$expand",
    }
    assert set(parameters(document(), "/star", "get")) == {"$select", "$expand"}
    restricted = ZOO + "".join(
        [
            said("self.C/animals", "FilterRestrictions", value("Filterable", False)),
            said("self.C/animals", "CountRestrictions", value("Countable", False)),
            said(
                "self.C/animals",
                "SortRestrictions",
                '<PropertyValue Property="NonSortableProperties"><Collection>'
                "<PropertyPath>name</PropertyPath></Collection></PropertyValue>",
            ),
        ]
    )
    found = parameters(document(load(restricted)), "/animals", "get")
    assert not {"$filter", "$count"} & set(found)
    names = found["$orderby"]["schema"]["items"]["enum"]
    assert "id desc" in names and "name" not in names and "home/street" in names


def test_what_may_be_selected_and_expanded_is_listed() -> None:
    found = parameters(document(), "/animals", "get")
    assert "mood" in found["$select"]["schema"]["items"]["enum"]
    assert found["$expand"]["schema"]["items"]["enum"] == ["*", "keeper", "young"]


def test_an_action_takes_its_parameters_in_the_body() -> None:
    body = document()["paths"]["/animals/{id}/ns.feed"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    assert schema["required"] == ["what"]
    assert set(schema["properties"]) == {"what", "where"}
    assert set(body["content"]["application/json"]["example"]) == {"what", "where"}


def test_a_function_takes_them_in_the_path_and_lists_behind_an_alias() -> None:
    path = "/animals/{id}/ns.near(who={who},among=@among)"
    item = document()["paths"][path]
    key, who = item["parameters"]
    assert (key["name"], who["name"]) == ("id", "who")
    assert who["schema"]["pattern"] == "^'([^']|'')*'$"
    (among,) = [each for each in item["get"]["parameters"]]
    assert (among["name"], among["in"]) == ("@among", "query")
    assert among["content"]["application/json"]["schema"]["type"] == "array"


def test_a_single_value_is_answered_in_an_object() -> None:
    answers = document()["paths"]["/animals/{id}/ns.bird/ns.fly"]["get"]["responses"]
    schema = answers["200"]["content"]["application/json"]["schema"]
    assert schema == {"type": "object", "properties": {"value": {"type": "boolean"}}}


def test_a_stream_is_read_and_written() -> None:
    item = document()["paths"]["/animals/{id}/photo"]
    content = item["get"]["responses"]["200"]["content"]
    assert content == {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    assert "requestBody" in item["put"]


def test_permissions_by_request_line_become_requirements() -> None:
    grants = {
        "/animals/{}": (
            Grant("Animals.Read", frozenset({"GET"}), ("Delegated",), frozenset()),
            Grant(
                "Animals.ReadBasic",
                frozenset({"GET"}),
                ("Delegated",),
                frozenset({"Delegated"}),
            ),
        )
    }
    api = load(path_permissions=PathPermissions(grants))
    found = document(api)
    assert found["paths"]["/animals/{id}"]["get"]["security"] == [
        {"Delegated": ["Animals.ReadBasic"]},
        {"Delegated": ["Animals.Read"]},
    ]
    assert "security" not in found["paths"]["/animals"]["get"]
    schemes = found["components"]["securitySchemes"]
    assert schemes == {"Delegated": {"type": "http", "scheme": "bearer"}}
    # 3.0 lets only some schemes name scopes
    older = document(api, version="3.0")["paths"]["/animals/{id}"]["get"]
    assert older["security"] == [{"Delegated": []}, {"Delegated": []}]


def test_what_permissions_are_listed_for_is_there_however_deep() -> None:
    deep = "/animals/{id}/young/{id_1}/young/{id_2}"
    assert deep not in document(depth=1)["paths"]
    grant = Grant("Animals.Read", frozenset({"GET"}), ("Delegated",))
    keys = ("/animals/{}/young/{}/young/{}", "/animals/{}/young/{}/photo")
    listed = PathPermissions({key: (grant,) for key in keys})
    paths = document(load(path_permissions=listed), depth=1)["paths"]
    assert set(paths[deep]) == {"parameters", "get"}
    assert set(paths["/animals/{id}/young/{id_1}/photo"]) == {"parameters", "get"}


# --- schemas


def schemas(**options: Any) -> Any:
    return document(**options)["components"]["schemas"]


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


# --- what is asked for


def test_microsofts_extensions_are_written_where_they_are_asked_for() -> None:
    plain = json.dumps(document())
    assert "x-ms-" not in plain
    found = document(ms_extensions=True)
    assert found["paths"]["/animals"]["get"]["x-ms-pageable"]["itemName"] == "value"
    feed = found["paths"]["/animals/{id}/ns.feed"]["post"]
    assert feed["x-ms-docs-operation-type"] == "action"
    schemas = found["components"]["schemas"]
    assert schemas["ns.mood"]["x-ms-enum"]["name"] == "mood"
    assert schemas["ns.days"]["x-ms-enum-flags"]["isFlags"] is True


REVISED = f"""<Annotation Term="{CORE}.Revisions"><Collection><Record>
  <PropertyValue Property="Kind" EnumMember="{CORE}.RevisionKind/Deprecated"/>
  <PropertyValue Property="Description" String="Use near."/>
  <PropertyValue Property="Date" Date="2024-04-10"/>
  <PropertyValue Property="RemovalDate" Date="2025-01-31"/>
  <PropertyValue Property="Version" String="2024-04/x"/></Record></Collection>
  </Annotation>"""
SHED = f"""
<EnumType Name="void"/>
<EntityType Name="tool"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="use" Type="self.void"/></EntityType>
<EntityType Name="lock"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<Function Name="names" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <ReturnType Type="Collection(Edm.String)"/>
  <Annotation Term="{CORE}.LongDescription" String="All of them."/>{REVISED}</Function>
<Function Name="cost" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <ReturnType Type="Edm.Int32"/></Function>
<Function Name="cost" IsBound="true"><Parameter Name="it" Type="self.tool"/>
  <Parameter Name="in" Type="Edm.String">
    <Annotation Term="{CORE}.OptionalParameter"/></Parameter>
  <ReturnType Type="Edm.Int32"/></Function>
<EntityContainer Name="C"><EntitySet Name="tools" EntityType="self.tool"/>
  <Singleton Name="door" Type="self.lock"/></EntityContainer>
{said("self.C/door", "ReadRestrictions", value("Readable", False))}
{said("self.C/door", "UpdateRestrictions", value("Updatable", False))}
"""


@pytest.mark.parametrize("ms_extensions", [True, False])
def test_what_is_deprecated_says_why(ms_extensions: bool) -> None:
    found = document(load(SHED), ms_extensions=ms_extensions)
    names = found["paths"]["/tools/{id}/ns.names"]["get"]
    assert names["deprecated"] is True
    assert names["description"] == "All of them.\n\nUse near."
    assert names.get("x-ms-deprecation") == (
        {
            "removalDate": "2025-01-31",
            "date": "2024-04-10",
            "version": "2024-04/x",
            "description": "Use near.",
        }
        if ms_extensions
        else None
    )


def test_a_page_of_values_is_written_where_it_is_answered() -> None:
    found = document(load(SHED))
    answer = found["paths"]["/tools/{id}/ns.names"]["get"]["responses"]["200"]
    page = answer["content"]["application/json"]["schema"]["properties"]
    assert page["value"] == {"type": "array", "items": {"type": "string"}}
    assert "ns.tool-collection" in found["components"]["responses"]


def test_overloads_on_one_path_are_told_once() -> None:
    found = document(load(SHED))
    assert "parameters" not in found["paths"]["/tools/{id}/ns.cost"]["get"]


def test_an_enumeration_without_members_is_a_text() -> None:
    found = document(load(SHED))["components"]["schemas"]
    assert found["ns.void"] == {"title": "void", "type": "string"}


def test_where_nothing_can_be_done_is_no_tag() -> None:
    found = document(load(SHED))
    assert [tag["name"] for tag in found["tags"]] == ["tools", "Service Operations"]


def test_no_more_is_written_than_is_there() -> None:
    one = """<EntityType Name="t"><Key><PropertyRef Name="id"/></Key>
      <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
      <EntityContainer Name="C"><Singleton Name="one" Type="self.t"/></EntityContainer>"""
    assert "count" not in document(load(one))["components"]["schemas"]
    assert "count" in document(load(SHED))["components"]["schemas"]


def test_title_address_and_version_are_those_of_the_target() -> None:
    found = document(title="The zoo", base_url="https://zoo.example/v1", label="beta")
    assert found["info"] == {"title": "The zoo", "version": "beta"}
    assert found["servers"] == [{"url": "https://zoo.example/v1"}]
    assert document()["info"] == {"title": "Service of ns", "version": "0"}


def test_tags_are_the_sets_and_singletons() -> None:
    found = document()["tags"]
    assert found[0] == {"name": "animals", "description": "All animals."}
    assert [tag["name"] for tag in found] == [
        *("animals", "keepers", "star", "Service Operations")
    ]


def test_text_of_a_spec_stays_text() -> None:
    hostile = "a: b # c\n- d\n'\"{}[]&*!|>%@` \\x \u2028 end"
    api = load()
    changed = replace(api, doc=replace(api.doc, summary=hostile))
    (file,) = emit(changed, Options("o"), request_lines(changed))
    found = yaml.load(file.data, yaml.CSafeLoader)
    assert found["info"]["description"] == hostile
    validate(found)


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
      <Annotation Term="{term}.Exclusive"/></Annotation></Property></EntityType>
<EntityContainer Name="C"><EntitySet Name="ts" EntityType="self.t"/></EntityContainer>"""
        ),
        version=version,
    )
    properties = found["components"]["schemas"]["ns.t"]["properties"]
    told = {name: each.get("default") for name, each in properties.items()}
    wanted = {"nan": "NaN", "inf": "INF", "huge": "1e999", "size": 1000.0}
    assert told == {"id": None, **wanted, "odd": None}
    for each in properties.values():
        assert not [name for name in each if "imum" in name]
