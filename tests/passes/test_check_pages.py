"""The check of pages: what is wrong is found where it stands, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from passes.checked_pages import PAGES, bundled, changed, found
from passes.pages import Writer, check, write
from support import shared_data

from generator import pipeline
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.passes.check_pages.codes import CODES


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


def test_every_finding_has_a_code_with_a_meaning() -> None:
    expected = {item.split()[0] for _, items in FAULTS.values() for item in items}
    given = {*CODES, "page-block", "page-example-duplicate", "page-example-json"}
    assert expected == given - set(INFORMATION)


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
