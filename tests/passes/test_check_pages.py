"""The check of pages: what is wrong is found where it stands, and nothing else is."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from passes.pages import Writer, check, write
from support import read_csdl, shared_data

from generator import pipeline
from generator.config import find_config, target_from
from generator.diagnostics import Diagnostics, Severity
from generator.model import Api
from generator.passes.annotations import annotate
from generator.passes.check_pages.codes import CODES
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.readers.pages.codes import CODES as CODES_OF_READER

ROOT = Path(__file__).parents[2]

CREATE = """\
---
title: "Create qrPin"
description: "Sets the first PIN."
doc_type: apiPageType
---

# Create qrPin

Namespace: microsoft.graph

Sets the first PIN of a [qrPin](../resources/qrpin.md#properties).

## Permissions

<!-- {
  "blockType": "permissions",
  "name": "qrpin-create",
  "requestUrls": ["POST /users/{id}/authentication/qrCodePinMethod/pin"]
} -->
|Permission type|Least privileged permissions|
|:---|:---|
|Application|UserAuthenticationMethod.ReadWrite.All|

## HTTP request

<!-- { "blockType": "ignored" } -->
``` http
POST /me/authentication/qrCodePinMethod/pin
POST /users/{id | userPrincipalName}/authentication/qrcodepinmethod/pin
```

## Request headers

|Name|Description|
|:---|:---|
|Authorization|Bearer {token}. Required.|

## Request body

|Property|Type|Description|
|:---|:---|:---|
|code|String|The PIN. Required.|
|forceChangePinNextSignIn|Boolean|Whether it is to be changed.|

## Examples

### Request

<!-- {
  "blockType": "request",
  "name": "create_qrpin"
}
-->
``` http
POST https://graph.microsoft.com/beta/users/ada@contoso.com/authentication/qrCodePinMethod/pin
Content-Type: application/json

{
  "@odata.type": "#microsoft.graph.qrPin",
  "code": "09599786",
  "forceChangePinNextSignIn": true
}
```

### Response

<!-- {
  "blockType": "response",
  "truncated": true,
  "@odata.type": "microsoft.graph.qrPin"
}
-->
``` http
HTTP/1.1 201 Created
Content-Type: application/json

{
  "@odata.context": "https://graph.microsoft.com/beta/$metadata#x",
  "id": "1",
  "code": null,
  "createdDateTime": "2025-03-04T22:45:37.2605385Z"
}
```
"""

RESOURCE = """\
---
title: "qrPin resource type"
doc_type: resourcePageType
---

# qrPin resource type

Namespace: microsoft.graph

## Properties

|Property|Type|Description|
|:---|:---|:---|
|code|String|The PIN.|
|createdDateTime|DateTimeOffset|When it was made.|
|forceChangePinNextSignIn|Boolean|Whether it is to be changed.|
|id|String|Inherited from [entity](entity.md).|
|updatedDateTime|DateTimeOffset|When it was changed.|

## Relationships

None.

## JSON representation

<!-- {
  "blockType": "resource",
  "keyProperty": "id",
  "@odata.type": "microsoft.graph.qrPin",
  "baseType": "microsoft.graph.entity",
  "openType": false
}
-->
``` json
{
  "@odata.type": "#microsoft.graph.qrPin",
  "id": "String (identifier)",
  "code": "String",
  "createdDateTime": "String (timestamp)",
  "forceChangePinNextSignIn": "Boolean",
  "updatedDateTime": "String (timestamp)"
}
```
"""

ACTION = """\
# qrPin: updatePin

## HTTP request

``` http
POST /me/authentication/qrCodePinMethod/pin/updatePin
```

## Request body

|Parameter|Type|Description|
|:---|:---|:---|
|currentPin|String|The PIN that holds.|
|newPin|String|The one that shall hold.|

## Examples

``` http
POST https://graph.microsoft.com/beta/me/authentication/qrCodePinMethod/pin/updatePin

{
  "currentPin": "09599786",
  "newPin": "41829037"
}
```

``` http
HTTP/1.1 204 No Content
```
"""

CODE = """\
# qrCode resource type

## Properties

|Property|Type|Description|
|:---|:---|:---|
|createdDateTime|DateTimeOffset|.|
|expireDateTime|DateTimeOffset|.|
|id|String|.|
|image|[qrCodeImageDetails](qrcodeimagedetails.md)|.|
|lastUsedDateTime|DateTimeOffset|.|
|startDateTime|DateTimeOffset|.|

### errorCorrectionLevel values

|Member|Description|
|:---|:---|
|l|Low.|
|m|Medium.|
|q|Quartile.|
|h|High.|
|unknownFutureValue|None of them.|

## Examples

``` http
GET https://graph.microsoft.com/beta/me/authentication/qrCodePinMethod/standardQRCode
```

``` http
HTTP/1.1 200 OK

{
  "expireDateTime": "2026-03-04T22:45:37Z",
  "image": {
    "binaryValue": "AQID",
    "errorCorrectionLevel": "l",
    "version": 4
  }
}
```
"""

PAGES = {
    "api/qrpin-create.md": CREATE,
    "api/qrpin-updatepin.md": ACTION,
    "resources/qrpin.md": RESOURCE,
    "resources/qrcode.md": CODE,
    "resources/entity.md": "# entity resource type\n",
    "resources/qrcodeimagedetails.md": "# qrCodeImageDetails resource type\n",
}


@cache
def bundled() -> tuple[Api, str]:
    """The bundled Api and where its service answers."""
    target = find_config(ROOT).targets[0]
    target = replace(
        target,
        spec=tuple(ROOT / path for path in target.spec),
        annotations=tuple(ROOT / path for path in target.annotations),
    )
    return pipeline.load(target, Diagnostics()), target.base_url


def found(folder: Path, pages: dict[str, str]) -> list[str]:
    """Give "path code text" for what is found on pages, but mere information; the text
    is what stands at the place of the finding."""
    api, base_url = bundled()
    items = []
    for item in check(api, write(folder, pages), base_url):
        if item.severity is not Severity.INFO:
            assert item.place is not None
            path = Path(item.place.file).relative_to(folder).as_posix()
            line = pages[path].split("\n")[item.place.line - 1]
            items.append(f"{path} {item.code} {line[item.place.column - 1 :]}")
    return items


def changed(page: str, old: str, new: str) -> dict[str, str]:
    """Give the pages with one text on one of them replaced by another."""
    assert old in PAGES[page], old
    return PAGES | {page: PAGES[page].replace(old, new, 1)}


def test_pages_without_a_fault_are_clean(tmp_path: Path) -> None:
    assert found(tmp_path, PAGES) == []


def test_pages_of_all_that_the_bundled_api_has_are_clean(tmp_path: Path) -> None:
    api, _ = bundled()
    pages = dict(Writer(api).pages())
    assert len(pages) > 100
    assert found(tmp_path, pages) == []


C, A = "api/qrpin-create.md", "api/qrpin-updatepin.md"
R, Q = "resources/qrpin.md", "resources/qrcode.md"
FAULTS = {
    "placeholder in the front matter": (
        (C, '"Sets the first PIN."', '"TODO: Say it."'),
        ["page-placeholder TODO:"],
    ),
    "placeholder in a comment": (
        (C, '"truncated": true,', '"truncated": true, "name": "TBD",'),
        ["page-placeholder TBD"],
    ),
    "placeholder in the text": (
        (C, "Whether it is", "FIXME what"),
        ["page-placeholder FIXME"],
    ),
    "request line without such a path": (
        (C, "/me/authentication/", "/me/authentification/"),
        ["page-request-path POST"],
    ),
    "request line with another method": (
        (C, "POST /me", "PUT /me"),
        ["page-request-method PUT"],
    ),
    "request line of an action by another method": (
        (A, "POST /me", "PATCH /me"),
        ["page-request-method PATCH"],
    ),
    "URL without such a path": (
        (C, "beta/users/ada", "beta/user/ada"),
        ["page-request-path POST"],
    ),
    "request line in a comment": (
        (C, '["POST /users', '["GET /people'),
        ['page-request-path "GET /people/{id}/authentication/qrCodePinMethod/pin"'],
    ),
    "property that does not exist": (
        (C, "|code|", "|kode|"),
        ["page-property-unknown kode", "page-property-required |Property|"],
    ),
    "property in another case": (
        (R, "|code|", "|Code|"),
        ["page-property-unknown Code", "page-property-missing |Property|"],
    ),
    "property of another type": (
        (C, "|String|The PIN", "|Int32|The PIN"),
        ["page-property-type Int32"],
    ),
    "property of a collection": (
        (C, "|String|The PIN", "|String collection|The PIN"),
        ["page-property-type String"],
    ),
    "property of no type": (
        (C, "|String|The PIN", "|Text|The PIN"),
        ["page-property-type Text"],
    ),
    "read-only property in a request's table": (
        (C, "|code|String|", "|createdDateTime|DateTimeOffset|.|\n|code|String|"),
        ["page-property-readonly createdDateTime"],
    ),
    "property missing on the page of its type": (
        (R, "|updatedDateTime|DateTimeOffset|When it was changed.|\n", ""),
        ["page-property-missing |Property|"],
    ),
    "property missing in the representation": (
        (R, '  "code": "String",\n', ""),
        ["page-example-missing {"],
    ),
    "property in the representation of another type": (
        (R, '"code": "String"', '"code": "Boolean"'),
        ['page-example-type "Boolean"'],
    ),
    "property that the representation should not have": (
        (R, '  "code": "String",', '  "code": "String",\n  "cod": "String",'),
        ['page-example-unknown "cod"'],
    ),
    "relationship that does not exist": (
        (R, "None.", "|Relationship|Type|\n|:---|:---|\n|owner|user|"),
        ["page-property-unknown owner"],
    ),
    "parameter that does not exist": (
        (A, "|newPin|", "|freshPin|"),
        ["page-property-unknown freshPin", "page-property-missing |Parameter|"],
    ),
    "parameter of another type": (
        (A, "|currentPin|String|", "|currentPin|Int64|"),
        ["page-property-type Int64"],
    ),
    "parameter in an example that does not exist": (
        (A, '"newPin"', '"newpin"'),
        ['page-example-unknown "newpin"'],
    ),
    "enumeration without a member": (
        (Q, "|q|Quartile.|\n", ""),
        ["page-member-missing |Member|"],
    ),
    "enumeration with a member too many": (
        (Q, "|h|", "|x|x|\n|h|"),
        ["page-member-unknown x"],
    ),
    "example that is not JSON": (
        (
            C,
            '"forceChangePinNextSignIn": true\n',
            '"forceChangePinNextSignIn": true,\n',
        ),
        ["page-example-json ,"],
    ),
    "example with one name twice": (
        (C, '"code": "09599786",', '"code": "09599786",\n  "code": "1",'),
        ['page-example-duplicate "code"'],
    ),
    "example with an unknown property": (
        (C, '"code": "09599786"', '"code": "1", "cod": "1"'),
        ['page-example-unknown "cod"'],
    ),
    "example without what must be given": (
        (C, '  "code": "09599786",\n', ""),
        ["page-example-missing {"],
    ),
    "example with null for what must be given": (
        (C, '"code": "09599786"', '"code": null'),
        ["page-example-type null"],
    ),
    "request that sets what the service sets": (
        (C, '"code": "09599786"', '"code": "1", "id": "7"'),
        ['page-example-readonly "id"'],
    ),
    "value of another type": (
        (C, '"code": "09599786"', '"code": 9599786'),
        ["page-example-type 9599786"],
    ),
    "name of a type for a value": (
        (C, '"code": "09599786"', '"code": "String"'),
        ['page-example-type-name "String"'],
    ),
    "name of a type for a truth value": (
        (
            C,
            '"forceChangePinNextSignIn": true',
            '"forceChangePinNextSignIn": "boolean"',
        ),
        ['page-example-type-name "boolean"'],
    ),
    "type page that only its front matter tells": (
        (
            R,
            "# qrPin resource type\n",
            "# qrPin\n\n## Properties\n\n|Property|\n|-|\n|x|\n",
        ),
        ["page-property-unknown x"],
    ),
    "date and time without its zone": (
        (C, "37.2605385Z", "37.2605385"),
        ['page-example-type "2025-03-04T22:45:37.2605385"'],
    ),
    "value within an object of another type": (
        (Q, '"version": 4', '"version": "4"'),
        ['page-example-type "4"'],
    ),
    "property within an object that does not exist": (
        (Q, '"version": 4', '"edition": 4'),
        ['page-example-unknown "edition"'],
    ),
    "value for an object": (
        (Q, '"image": {', '"image": 1, "more": {'),
        ["page-example-type 1", 'page-example-unknown "more"'],
    ),
    "value that its enumeration lacks": (
        (Q, '"errorCorrectionLevel": "l"', '"errorCorrectionLevel": "x"'),
        ['page-example-member "x"'],
    ),
    "example of another type": (
        (C, "#microsoft.graph.qrPin", "#microsoft.graph.user"),
        ['page-example-type "#microsoft.graph.user"'],
    ),
    "comment with the type of something else": (
        (C, '"microsoft.graph.qrPin"', '"microsoft.graph.user"'),
        ['page-block-type "microsoft.graph.user"'],
    ),
    "comment with no type": (
        (R, '"microsoft.graph.qrPin"', '"microsoft.graph.qrPen"'),
        ['page-block-type "microsoft.graph.qrPen"'],
    ),
    "comment with no base": (
        (R, '"microsoft.graph.entity"', '"microsoft.graph.user"'),
        ['page-block-type "microsoft.graph.user"'],
    ),
    "comment with no key": (
        (R, '"keyProperty": "id"', '"keyProperty": "key"'),
        ['page-block-type "key"'],
    ),
    "comment of no kind": (
        (C, '"blockType": "response"', '"blockType": "answer"'),
        ['page-block-kind "answer"'],
    ),
    "comment that is not JSON": (
        (C, '"truncated": true,', '"truncated": yes,'),
        ["page-block yes"],
    ),
    "link to no page": (
        (C, "resources/qrpin.md#", "resources/pin.md#"),
        ["page-link ../resources/pin.md#properties"],
    ),
    "link to no place in a page": (
        (C, "#properties", "#property"),
        ["page-anchor ../resources/qrpin.md#property"],
    ),
    "image that is not there": (
        (A, "## HTTP", "![It](media/it.png)\n\n## HTTP"),
        ["page-link media/it.png"],
    ),
    "include that is not there": (
        (A, "## HTTP", "[!INCLUDE [x](../includes/x.md)]\n\n## HTTP"),
        ["page-link ../includes/x.md"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_where_it_stands(tmp_path: Path, name: str) -> None:
    (page, old, new), expected = FAULTS[name]
    items = found(tmp_path, changed(page, old, new))
    assert len(items) == len(expected), items
    for item, start in zip(items, expected, strict=True):
        assert item.startswith(f"{page} {start}"), item


HARMLESS = {
    "a request to another host": (
        C,
        "https://graph.microsoft.com/beta",
        "https://x.org",
    ),
    "another version": (C, "microsoft.com/beta", "microsoft.com/v1.0"),
    "the path of a file": (
        A,
        "/me/auth",
        "/me/drive/root:/{path}:/content\nPOST /me/auth",
    ),
    "a key in brackets": (C, "/users/{id | userPrincipalName}", "/users('{id}')"),
    "a qualified name": (A, "pin/updatePin\n", "pin/microsoft.graph.updatePin\n"),
    "a query": (A, "pin/updatePin\n", "pin/updatePin?$select=a/b&c=d#e\n"),
    "a title that is the name of a type": (R, "# qrPin resource type", "# qrPin"),
    "the version of HTTP": (A, "pin/updatePin\n", "pin/updatePin HTTP/1.1\n"),
    "an action's name in another case": (A, "pin/updatePin\n", "pin/updatepin\n"),
    "a type with its namespace": (C, "|String|The", "|Edm.String|The"),
    "a type with a remark": (C, "|String|The", "|String (identifier)|The"),
    "a type that cannot be told": (C, "|String|The", "|String, or nothing|The"),
    "a name with marks": (C, "|code|", "|**`code`** (required)|"),
    "a word that may be a value": (C, '"09599786"', '"Date"'),
    "control information": (C, '"id": "1"', '"@odata.etag": "1", "code@x.y": 1'),
    "a comment of another tool": (A, "# qr", '<!-- {"type": "#page\nx"} -->\n\n# qr'),
    "a link to a site": (A, "## HTTP", "[a](/graph/x) <https://x.org>\n\n## HTTP"),
    "a link to a place on the page": (A, "## HTTP", "[a](#request-body)\n\n## HTTP"),
    "a link to a tab": (A, "## Ex", "# [HTTP](#tab/http)\n\n## Ex"),
    "a link in code": (A, "## HTTP", "`[a](b.md)`\n\n## HTTP"),
    "an error": (A, "HTTP/1.1 204 No Content", 'HTTP/1.1 400 Bad\n\n{"error": {}}'),
    "a fragment that is ignored": (
        A,
        "## HTTP",
        '<!-- {"blockType": "ignored"} -->\n```json\n"a": 1\n```\n\n## HTTP',
    ),
    "a table of something else": (A, "## Ex", "|Property|A|\n|:-|:-|\n|x|y|\n\n## Ex"),
    "a word of lower case": (A, "# qrPin", "# My todo list"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_nothing_is_said_of(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, changed(*HARMLESS[name])) == []


INFORMATION = {
    "page-property-unlisted": (
        C,
        "|forceChangePinNextSignIn|Boolean|Whether it is to be changed.|\n",
        "",
    ),
    "page-property-undeclared": (
        A,
        "# qr",
        "# identity resource type\n## Properties\n|Property|\n|:-|\n"
        "|displayName|\n|id|\n|shoe|\n\n# qr",
    ),
    "page-example-undeclared": (
        A,
        "## Ex",
        '```http\nGET /me\n```\n```http\nHTTP/1.1 200 OK\n\n{"shoe": 1}\n```\n\n## Ex',
    ),
}


@pytest.mark.parametrize("code", INFORMATION)
def test_what_may_be_meant_so_is_mere_information(tmp_path: Path, code: str) -> None:
    api, base_url = bundled()
    pages = changed(*INFORMATION[code])
    items = check(api, write(tmp_path, pages), base_url)
    assert [(str(item.severity), item.code) for item in items] == [("info", code)]


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


def test_every_finding_has_a_code_with_a_meaning() -> None:
    expected = {item.split()[0] for _, items in FAULTS.values() for item in items}
    given = {*CODES, "page-block", "page-example-duplicate", "page-example-json"}
    assert expected == given - set(INFORMATION)


SIZE = 60_000
HOSTILE = {
    "requests": "```http\n" + "GET /usrs/a\n" * (SIZE // 12) + "```",
    "rows": "# qrPin resource type\n## Properties\n|Property|Type|\n|-|-|\n"
    + "".join(f"|x{n}|String|\n" for n in range(SIZE // 14)),
    "names": "```http\nGET /me\n```\n```http\nHTTP/1.1 200 OK\n\n{"
    + ",".join(f'"mai{n}": 1' for n in range(SIZE // 12))
    + "}\n```",
    "types": '<!-- {"blockType": "resource", "@odata.type": "microsoft.graph.qrPen"} -->\n'
    * (SIZE // 75),
    "anchors": "# a\n[a](#b)\n\n" * (SIZE // 13),
    "no host": "```http\nGET https://[x/me\nGET https://\nGET http://[::1]:x/\n```",
    "brackets": "```http\nGET https://graph.microsoft.com/" + "(" * SIZE + "\n```",
    "versions": "```http\nGET /users/" + "version{" * (SIZE // 8) + "\n```",
    "cell": "# qrPin resource type\n## Properties\n|Property|Type|\n|-|-|\n|code|"
    + "collection " * (SIZE // 11)
    + "|",
    "title": "# " + "a " * SIZE + "resource type",
    "namespace": "Namespace:" + " " * SIZE + "-",
    "type": "```http\nHTTP/1.1 200 OK\n\n{"
    + '"@odata.type": "'
    + "." * SIZE
    + '"}\n```',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(tmp_path: Path, name: str) -> None:
    api, base_url = bundled()
    write(tmp_path, {"a.md": HOSTILE[name]})
    started = time.process_time()
    items = list(check(api, tmp_path, base_url))
    assert time.process_time() - started < 5
    assert all(len(item.message) < 500 for item in items)


@given(st.data())
def test_no_damage_to_a_page_ends_the_check(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Pages with pieces cut out, doubled, moved or written over are checked too."""
    api, base_url = bundled()
    text = data.draw(st.sampled_from([CREATE, RESOURCE, ACTION, CODE]))
    for _ in range(data.draw(st.integers(1, 6))):
        start, end, to = (data.draw(st.integers(0, len(text))) for _ in range(3))
        piece = data.draw(
            st.sampled_from([text[start:end], *'|\n{}[]"`#/<', "\n```\n"])
        )
        text = text[:start] + text[end:] if data.draw(st.booleans()) else text
        text = text[:to] + piece + text[to:]
    codes = {
        item.code for item in check(api, write(tmp_path, {"a.md": text}), base_url)
    }
    assert codes <= CODES.keys() | CODES_OF_READER.keys()


@pytest.mark.corpus
def test_pages_of_microsoft_graph_are_clean(tmp_path: Path) -> None:
    """Thousands of pages of real metadata, with all its oddities, give no finding."""
    spec = str(shared_data("graph/graph-v1.0-2026-08.csdl"))
    target = target_from({"package": "graph", "out": ".", "spec": spec})
    api = pipeline.load(target, Diagnostics())
    pages = dict(Writer(api).pages(20_000))
    assert len(pages) > 5_000
    items = check(api, write(tmp_path, pages))
    assert [str(item) for item in items] == []
