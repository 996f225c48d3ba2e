"""Pages of the bundled service that are without a fault, and what the check finds on
them when they are changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from passes.pages import check, write

from generator import pipeline
from generator.config import find_config
from generator.diagnostics import Diagnostics, Severity
from generator.model import Api

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
