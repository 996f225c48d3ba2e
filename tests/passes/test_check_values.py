"""The check of pages: values in examples are held against their types."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from passes.pages import check, write
from support import read_csdl

from generator.diagnostics import Severity
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources

ZOO = """
<ComplexType Name="open" OpenType="true"><Property Name="name" Type="Edm.String"/>
</ComplexType>
<ComplexType Name="item"><Property Name="value" Type="Edm.String"/></ComplexType>
<ComplexType Name="big" BaseType="ns.item"><Property Name="size" Type="Edm.Int64"/>
</ComplexType>
<EnumType Name="color" IsFlags="true"><Member Name="red"/><Member Name="green"/>
</EnumType>
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name="dataType" Type="Edm.String"/>
  <Property Name="more" Type="ns.open"/><Property Name="item" Type="ns.item"/>
  <Property Name="price" Type="Edm.Decimal"/><Property Name="count" Type="Edm.Int64"/>
  <Property Name="color" Type="ns.color"/><Property Name="day" Type="Edm.Date"/>
  <Property Name="span" Type="Edm.Duration"/><Property Name="guid" Type="Edm.Guid"/>
  <Property Name="hour" Type="Edm.TimeOfDay"/><Property Name="any" Type="Edm.Untyped"/>
  <Property Name="tags" Type="Collection(Edm.String)"/>
  <NavigationProperty Name="parts" Type="Collection(ns.thing)" ContainsTarget="true"/>
</EntityType>
<Function Name="items" IsBound="true"><Parameter Name="it" Type="ns.thing"/>
  <ReturnType Type="Collection(ns.item)"/></Function>
<Function Name="size" IsBound="true"><Parameter Name="it" Type="ns.thing"/>
  <ReturnType Type="Edm.Int32"/></Function>
<EntityContainer Name="C"><EntitySet Name="things" EntityType="ns.thing"/>
</EntityContainer>
"""


@cache
def zoo() -> Api:
    api, diagnostics = read_csdl(ZOO)
    return make_resources(annotate(resolve(api, diagnostics), diagnostics))


def messages(folder: Path, path: str, body: str) -> list[str]:
    """Give what is wrong with an answer."""
    page = f"```http\nGET {path}\n```\n\n```http\nHTTP/1.1 200 OK\n\n{body}\n```\n"
    items = check(zoo(), write(folder, {"a.md": page}))
    return [item.message for item in items if item.severity is not Severity.INFO]


@pytest.mark.parametrize(
    "body",
    [
        '{"more": {"name": "a", "other": 1}}',
        '{"item": {"@odata.type": "#ns.big", "size": "5"}}',
        '{"item": {"size": 5}}',
        '{"price": "1.5", "count": "9223372036854775807"}',
        '{"price": 15, "count": 4, "price@x.y": []}',
        '{"color": "red, green"}',
        '{"color": "RED"}',
        '{"dataType": "String"}',
        '{"any": [{"a": 1}]}',
        '{"day": "2025-02-28", "span": "-PT5M", "hour": "08:30:00.1"}',
        '{"span": "P1Y2M3DT4H5M6.7S", "guid": "1b4db7eb-4057-5ddf-91e0-36DEC72071F5"}',
        '{"parts": [{"id": "1", "parts": []}], "tags": []}',
        '{"value": {"id": "1"}}',
    ],
)
def test_values_that_fit(tmp_path: Path, body: str) -> None:
    assert messages(tmp_path, "/things/{id}", body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            '{"more": {"Name": "a"}}',
            "open declares no property 'Name'; did you mean 'name'?",
        ),
        (
            '{"item": {"@odata.type": "#ns.thing"}}',
            "'#ns.thing' is no item",
        ),
        ('{"item": {"length": 5}}', "item declares no property 'length'"),
        ('{"price": "a lot"}', "'price' is a number, found 'a lot'"),
        ('{"count": 1.5}', "'count' is a whole number, found 1.5"),
        ('{"count": true}', "'count' is a whole number, found true"),
        ('{"color": 1}', "'color' is a member of color, found 1"),
        (
            '{"color": "red,blue"}',
            "color has no member 'blue'; it has red and green",
        ),
        (
            '{"day": "28.2.2025"}',
            "'day' is a date such as 2025-02-27, found '28.2.2025'",
        ),
        ('{"span": "P"}', "'span' is a duration such as P1DT2H30M, found 'P'"),
        (
            '{"hour": "25:00"}',
            "'hour' is a time of day such as 08:30:00, found '25:00'",
        ),
        ('{"tags": "a"}', "'tags' is an array, found 'a'"),
        ('{"tags": [1]}', "'tags' is a text, found 1"),
        ('{"parts": {}}', "'parts' is an array, found an object"),
        (
            '{"dataType": "String (x)"}',
            "'dataType' has the name of a type for its value: 'String (x)'",
        ),
        ("[1]", "the body is an object (thing), found 1"),
    ],
)
def test_values_that_do_not_fit(tmp_path: Path, body: str, message: str) -> None:
    assert messages(tmp_path, "/things/{id}", body) == [message]


def test_a_collection_is_told_from_a_property_named_value(tmp_path: Path) -> None:
    path = "/things/{id}/items()"
    assert messages(tmp_path, path, '{"value": [{"value": "a"}]}') == []
    assert messages(tmp_path, path, '{"value": [{"value": 1}]}') == [
        "'value' is a text, found 1"
    ]
    assert messages(tmp_path, "/things/{id}/size()", '{"value": 4}') == []
    assert messages(tmp_path, "/things/{id}/size", '{"value": "4"}') == [
        "'value' is a whole number, found '4'"
    ]
