"""Python examples: what they look like, and that no spec makes them do anything else.

tests/behaviour/test_docs_examples.py checks and runs them.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

import black
import pytest
from docs_examples import BASE_URL, Examples, bundled, calls
from emitters.building import load
from emitters.random_apis import apis
from emitters.test_code import is_hidden
from emitters.test_docs_http import BUNDLED, EXAMPLES, call
from emitters.test_hostile import HOSTILE
from hypothesis import given, settings

from generator.emitters.docs.chains import endings, item_name, variable
from generator.model import Api

CREATE = """\
from graph_qrpin import Client
from graph_qrpin.models import QrPin

with Client(credential) as client:
    place = client.me.authentication.qr_code_pin_method.pin
    pin = place.create(QrPin(code="64726927", force_change_pin_next_sign_in=True))
    print(pin.id)
"""

UPDATE = """\
import datetime as dt

from graph_qrpin import AsyncClient
from graph_qrpin.models import QrCode

async with AsyncClient(credential) as client:
    change = QrCode.patch()
    change.expire_date_time = dt.datetime(2026, 12, 31, 17, 32, 53, tzinfo=dt.UTC)
    change.start_date_time = dt.datetime(2026, 1, 13, 10, 44, 42, tzinfo=dt.UTC)
    await client.me.authentication.qr_code_pin_method.standard_qr_code.update(change)
"""

LIST = """\
from graph_qrpin import AsyncClient
from graph_qrpin.models import User

async with AsyncClient(credential) as client:
    async for user in client.users.list(
        filter=User.department == "Sales",
        select=[User.id, User.display_name, User.user_principal_name],
    ):
        print(user.display_name)
"""

CHANGES = """\
from graph_qrpin import Client, Removed

with Client(credential) as client:
    for change in client.users.delta():
        if isinstance(change, Removed):
            print("removed", change.id)
        else:
            print(change.display_name)
"""

ACTION = """\
from graph_qrpin import Client

with Client(credential) as client:
    place = client.me.authentication.qr_code_pin_method.pin
    place.update_pin(current_pin="14207052", new_pin="52282820")
"""

UPLOAD = """\
from graph_qrpin import Client

with Client(credential) as client:
    with open("photo.jpg", "rb") as file:
        client.me.photo.media_stream.upload(file, content_type="image/jpeg")
"""


@pytest.mark.parametrize(
    ("expected", "operation", "resource"),
    [
        (CREATE, "create", "qrPin"),
        (UPDATE, "update", "qrCode"),
        (LIST, "list", "user[]"),
        (CHANGES, "delta", "user[]"),
        (ACTION, "updatePin", "qrPin"),
        (UPLOAD, "upload", "profilePhoto"),
    ],
)
def test_what_people_would_write(expected: str, operation: str, resource: str) -> None:
    path = "/me/" if "client.me." in expected else "/users"
    found = call(operation, resource, path)
    assert EXAMPLES.snippet(found, expected.count("async ") > 0) == expected


def test_a_long_way_is_gone_in_parts() -> None:
    found = call("set-reference", "user", "assignTo")
    text = EXAMPLES.snippet(found, False)
    assert text.count("place") == 2
    assert max(map(len, text.split("\n"))) <= 88


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("users", "user"),
        ("policies", "policy"),
        ("boxes", "box"),
        ("classes", "class_"),
        ("addresses", "address"),
        ("direct_reports", "direct_report"),
        ("children", "drive_item"),
        ("status", "drive_item"),
        ("lists", "list_"),
    ],
)
def test_one_of_several_is_named_in_the_singular(many: str, one: str) -> None:
    assert item_name(many, "drive_item") == one


def test_variables_are_short_and_free() -> None:
    assert variable("hardware_oath_token_authentication_method") == (
        "oath_token_authentication_method"[5:]
    )
    assert variable("import") == "import_"
    assert variable("client") == "client_"
    assert variable("class_") == "class_"
    assert variable("type_0") == "type_0"
    assert list(endings("type_0")) == ["type_0", "type_0"]
    assert item_name("s", "egg") == "egg"


CAPABILITIES = "Org.OData.Capabilities.V1"


def demanding(term: str, *names: str) -> str:
    """A restriction by which the service demands query options of its own."""
    options = "".join(
        f'<Record><PropertyValue Property="Name" String="{name}"/>'
        '<PropertyValue Property="Required" Bool="true"/></Record>'
        for name in names
    )
    return (
        f'<Annotation Term="{CAPABILITIES}.{term}"><Record>'
        f'<PropertyValue Property="CustomQueryOptions"><Collection>{options}'
        "</Collection></PropertyValue></Record></Annotation>"
    )


SHELVES = load(f"""
<EntityType Name="book"><Key><PropertyRef Name="shelf"/><PropertyRef Name="place"/></Key>
  <Property Name="shelf" Type="Edm.String" Nullable="false"/>
  <Property Name="place" Type="Edm.Int32" Nullable="false"/>
  <NavigationProperty Name="sequels" Type="Collection(self.book)"/>
  {demanding("ReadRestrictions", "language")}
  {demanding("DeleteRestrictions", "reason", "who")}</EntityType>
<Function Name="fits" IsBound="true"><Parameter Name="it" Type="self.book"/>
  <Parameter Name="upright" Type="Edm.Boolean" Nullable="false"/>
  <ReturnType Type="Edm.Boolean" Nullable="false"/></Function>
<EntityContainer Name="C"><EntitySet Name="books" EntityType="self.book">
  <NavigationPropertyBinding Path="sequels" Target="books"/></EntitySet>
</EntityContainer>
""")


@pytest.mark.parametrize(
    ("shown", "line", "python"),
    [
        (
            "read read /books/{}",
            "GET /books(shelf='Shelf',place=14)?language=en-US",
            'client.books["Shelf", 14].get(query={"language": "en-US"})',
        ),
        (
            "delete delete /books/{}",
            "DELETE /books(shelf='Shelf',place=14)"
            "?reason=Agreed%20with%20the%20owner.&who=Who",
            'query={"reason": "Agreed with the owner.", "who": "Who"}',
        ),
        (
            "remove-reference remove-reference /books/{}/sequels",
            "DELETE /books(shelf='Shelf',place=14)/sequels(shelf='Shelf',place=14)/$ref",
            '.sequels.remove_reference({"shelf": "Shelf", "place": 14})',
        ),
        (
            "function ns.fits /books/{}",
            "GET /books(shelf='Shelf',place=14)/ns.fits(upright=true)",
            'print(client.books["Shelf", 14].fits(upright=True))',
        ),
    ],
)
def test_what_the_service_demands_is_given(shown: str, line: str, python: str) -> None:
    examples = Examples(SHELVES, "made")
    found = next(each for each in calls(SHELVES) if str(each) == shown)
    request = examples.request(found).split("\n")[0].replace(BASE_URL, "")
    assert request == line
    text = examples.snippet(found, False)
    assert python in text
    assert black.format_str(text, mode=black.Mode()) == text
    assert list(strange(text, "made")) == []


# --- hostile specs

ALLOWED = (
    *(ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.With, ast.AsyncWith),
    *(ast.withitem, ast.For, ast.AsyncFor, ast.If, ast.Assign, ast.Expr, ast.Await),
    *(ast.Call, ast.keyword, ast.Name, ast.Attribute, ast.Subscript, ast.Constant),
    *(ast.List, ast.Dict, ast.Tuple, ast.Compare, ast.Eq, ast.BinOp, ast.BitOr),
    *(ast.UnaryOp, ast.USub, ast.expr_context),
)
USED = {"print", "len", "open", "isinstance"}


def strange(text: str, ours: str = "hostile") -> Iterator[str]:
    """Whatever is in an example that no example of ours has."""
    yield from (repr(each) for each in text if each != "\n" and is_hidden(each))
    tree = ast.parse(f"async def example(credential):\n    {_indented(text)}").body[0]
    assert isinstance(tree, ast.AsyncFunctionDef)
    nodes = [node for statement in tree.body for node in ast.walk(statement)]
    known = {"credential"} | {
        node.asname or node.name for node in nodes if isinstance(node, ast.alias)
    }
    names = [node for node in nodes if isinstance(node, ast.Name)]
    known |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if not isinstance(node, ALLOWED):
            yield ast.dump(node)
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            package = node.module.partition(".")[0]
            if package not in (ours, "decimal", "uuid"):
                yield ast.unparse(node)
    yield from {node.id for node in names} - known - USED
    yield from known & set(dir(builtins))


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


@given(apis(HOSTILE))
@settings(max_examples=60)
def test_hostile_text_becomes_no_code(api: Api) -> None:
    examples = Examples(api, "hostile")
    for each in calls(api, 1):
        for is_async in (False, True):
            text = examples.snippet(each, is_async)
            assert list(strange(text)) == [], text


@given(apis())
@settings(max_examples=40)
def test_black_would_change_nothing(api: Api) -> None:
    examples = Examples(api, "hostile")
    for each in calls(api, 1):
        text = examples.snippet(each, True)
        assert black.format_str(text, mode=black.Mode()) == text


def test_every_operation_has_an_example() -> None:
    found = {each.operation.id for each in calls(bundled(), 1)}
    reached = {each.resource.id for each in calls(BUNDLED, 1) if each.resource}
    for resource in BUNDLED.resources.values():
        if resource.id in reached:
            assert {each.id for each in resource.operations} <= found
