"""Permissions by request line: what is found for one, and which paths are listed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pace import at_most
from passes.places import properties, said
from passes.zoo import ZOO as ZOO_CSDL
from passes.zoo import load

from generator.diagnostics import Diagnostics
from generator.model import (
    Api,
    Grant,
    Operation,
    PathPermissions,
    Permission,
    RequestPath,
    Scope,
    path_key,
    paths_to_show,
    permitted,
)
from generator.passes.codes import CODES
from generator.passes.permissions import with_path_permissions
from generator.passes.request_paths import request_paths
from generator.passes.request_ways import MOST_STEPS

ZOO = replace(load(), key_as_segment=True)
WORK = ("Work",)


def listing(*lines: tuple[str, str, str]) -> PathPermissions:
    """Make a list of (permission, methods, path)."""
    grants: dict[str, tuple[Grant, ...]] = {}
    for name, methods, path in lines:
        grant = Grant(name, frozenset(methods.split(",")), WORK, frozenset(WORK))
        grants[path_key(path)] = (*grants.get(path_key(path), ()), grant)
    return PathPermissions(grants)


def operation(api: Api, resource: str, name: str) -> Operation:
    (found,) = [
        item for item in api.resources[resource].operations if item.name == name
    ]
    return found


def texts(paths: tuple[RequestPath, ...]) -> list[str]:
    return [path.text for path in paths]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/users/{userId}/manager", "/Users/{id}/Manager/"),
        ("/users({userId})/manager", "/users/{x}/manager"),
        ("/a/f(x={x},y={y})", "/A/F(Y='{b}', X={a})"),
        ("/a/f()", "/a/f"),
        ("/apps(appId={appId})", "/apps(appid='{value}')"),
        ("/drive/root:/{path}:/content", "/drive/root:/{item-path}:/content"),
    ],
)
def test_paths_that_are_the_same(one: str, other: str) -> None:
    assert path_key(one) == path_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/users/{id}", "/users"),
        ("/a/f(x={x})", "/a/f(y={x})"),
        ("/apps(appId={a})", "/apps/{appId}"),
    ],
)
def test_paths_that_are_not(one: str, other: str) -> None:
    assert path_key(one) != path_key(other)


def test_hostile_paths_take_no_time() -> None:
    for text in ("{" * 100_000, "(" * 100_000, "({" * 50_000, "/" * 100_000):
        path_key(text)


def test_the_least_come_first_then_by_level_then_as_listed() -> None:
    get = frozenset({"GET"})
    names = ("Most", "B", "A", "Unsaid", "Little")
    grants = [Grant(name, get, WORK, frozenset(WORK[: name in "AB"])) for name in names]
    levels = {"Most": 4, "B": 3, "A": 3, "Little": 1}
    found = PathPermissions(
        {"/a": tuple(grants)},
        {("Work", name): Scope(level) for name, level in levels.items()},
    ).of("GET", "/a")
    assert found == (Permission("Work", ("B", "A", "Little", "Most", "Unsaid"), 2),)
    assert found[0].least_privileged == ("B", "A")
    assert found[0].higher_privileged == ("Little", "Most", "Unsaid")


def test_a_permission_that_is_listed_twice() -> None:
    get = frozenset({"GET"})
    twice = (
        Grant("P", get, ("Work", "App"), frozenset({"App"}), also=("Q",)),
        Grant("P", get, ("Work",), frozenset({"Work"})),
    )
    found = PathPermissions({"/a": twice}).of("GET", "/a")
    assert found == (
        Permission("Work", ("P",), 1),
        Permission("App", ("P",), 1, (("P", ("Q",)),)),
    )


def test_listed_paths_come_first_and_are_all_there() -> None:
    listed = listing(
        ("P", "GET", "/animals/{id}/keeper/boss/desk"),
        ("P", "GET", "/people/{id}/ns.keeper/desk/key"),
        ("P", "GET", "/nobody/knows/this"),
    )
    api = replace(ZOO, path_permissions=listed)
    desk = request_paths(api, 3)["ns.desk"]
    assert texts(desk) == [
        "/animals/{animalId}/keeper/boss/desk",
        "/keepers/{keeperId}/desk",
        "/people/{personId}/desk",
    ]
    assert [path.listed for path in desk] == [True, False, False]
    key = request_paths(api, 1)["ns.key"]
    assert texts(key) == ["/people/{personId}/ns.keeper/desk/key"]


def test_the_last_segment_may_be_an_operation() -> None:
    listed = listing(("P", "POST", "/animals/{id}/young/{id}/ns.feed"))
    found = request_paths(replace(ZOO, path_permissions=listed))
    assert [path.text for paths in found.values() for path in paths if path.listed] == [
        "/animals/{animalId}/young/{animalId2}"
    ]


def test_alternate_keys_are_followed_where_they_are_listed() -> None:
    alternate = (
        '<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record>'
        '<PropertyValue Property="Key"><Collection><Record>'
        '<PropertyValue Property="Name" PropertyPath="name"/></Record></Collection>'
        "</PropertyValue></Record></Collection></Annotation>"
    )
    api = load(
        '<EntityType Name="e"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.Int32"/>'
        f'<Property Name="name" Type="Edm.String"/>{alternate}</EntityType>'
        '<EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/>'
        "</EntityContainer>"
    )
    listed = listing(("P", "GET", "/es(name='{name}')"))
    found = request_paths(replace(api, path_permissions=listed))
    assert texts(found["ns.e"]) == ["/es(name={name})", "/es({eId})"]


def test_paths_are_shown_where_an_operation_is_listed() -> None:
    listed = listing(
        ("Read", "GET", "/people/{id}/desk"), ("Write", "PATCH", "/boss/desk")
    )
    api = replace(ZOO, path_permissions=listed)
    paths = request_paths(api)["ns.desk"]
    read = operation(api, "ns.desk", "read")
    assert texts(paths_to_show(read, paths, listed)) == ["/people/{personId}/desk"]
    delete = operation(api, "ns.desk", "delete")
    shown = paths_to_show(delete, paths, listed, 3)
    assert texts(shown) == [
        "/people/{personId}/desk",
        "/boss/desk",
        "/keepers/{keeperId}/desk",
    ]


def test_paths_with_the_same_permissions_stand_together() -> None:
    listed = listing(
        ("Pin.Read", "GET", "/people/{id}/desk"),
        ("Pin.Read.All", "GET", "/boss/desk"),
        ("Pin.Read", "GET", "/keepers/{id}/desk"),
    )
    api = replace(ZOO, path_permissions=listed)
    paths = request_paths(api)["ns.desk"]
    first, second = permitted(operation(api, "ns.desk", "read"), paths, listed)
    assert texts(first.paths) == ["/keepers/{keeperId}/desk", "/people/{personId}/desk"]
    assert first.permissions == (Permission("Work", ("Pin.Read",)),)
    assert texts(second.paths) == ["/boss/desk"]
    assert permitted(operation(api, "ns.desk", "delete"), paths, listed) == ()


def test_annotations_of_the_operation_win() -> None:
    own = (Permission("Work", ("Own",)),)
    listed = listing(("Listed", "GET", "/boss/desk"))
    paths = request_paths(ZOO)["ns.desk"]
    read = replace(operation(ZOO, "ns.desk", "read"), permissions=own)
    (found,) = permitted(read, paths, listed)
    assert (found.paths, found.permissions) == (paths, own)


def test_an_action_that_is_listed_under_another_method() -> None:
    path = "/animals/{id}/ns.feed"
    feed = operation(ZOO, "ns.animal", "ns.feed")
    paths = request_paths(ZOO)["ns.animal"]
    (found,) = permitted(feed, paths, listing(("P", "PATCH", path)))
    assert found.permissions == (Permission("Work", ("P",)),)
    # two other methods: which one is meant, nobody can know
    assert permitted(feed, paths, listing(("P", "PATCH,GET", path))) == ()
    # a verb is never meant by another one
    read = operation(ZOO, "ns.animal", "read")
    assert permitted(read, paths, listing(("P", "PATCH", "/animals/{id}"))) == ()


def findings(api: Api, listed: PathPermissions) -> list[tuple[str, str, str]]:
    diagnostics = Diagnostics()
    assert with_path_permissions(api, listed, diagnostics).path_permissions == listed
    assert {item.code for item in diagnostics} <= set(CODES)
    return [(item.severity.value, item.code, item.message) for item in diagnostics]


def test_what_does_not_fit_is_told() -> None:
    found = findings(
        ZOO,
        listing(
            ("P", "GET", "/animals"),
            ("Q", "GET", "/animals"),
            ("P", "PUT", "/animals/{id}/ns.feed"),
            ("P", "GET", "/Nowhere/{x}"),
        ),
    )
    assert found == [
        (
            "info",
            "permissions-path",
            "1 listed paths (/nowhere/{} is the first) lead to no place of the service",
        ),
        (
            "info",
            "permissions-method",
            "POST /animals/{animalId}/ns.feed is listed under PUT and taken as meant",
        ),
        (
            "info",
            "permissions-least",
            "1 request lines (GET /animals is the first) have several least privileged "
            "scopes of one scheme",
        ),
    ]


def test_a_contradiction_of_the_annotations_is_a_warning() -> None:
    scopes = f"<Collection>{properties(Scope='Own')}</Collection>"
    needed = properties(SchemeName="Work", Scopes=scopes)
    target = said(
        "ns.desk", "ReadRestrictions", Permissions=f"<Collection>{needed}</Collection>"
    )
    api = replace(load(ZOO_CSDL + target), key_as_segment=True)
    other = ("Other", "GET", "/boss/desk")
    assert findings(api, listing(other)) == [
        (
            "warning",
            "permissions-differ",
            "GET /boss/desk: annotations have alone Work Own; "
            "the list has alone Work Other",
        )
    ]
    assert findings(api, listing(other, ("Own", "GET", "/people/{id}/desk"))) == []


def test_a_hostile_list_of_paths_takes_little() -> None:
    """One path without end, and more ways to one place than anybody has."""
    loop = "/young/{id}"
    endless = ("P", "GET", "/animals/{id}" + loop * 100_000)
    many = [("P", "GET", f"/animals/{{id}}{loop * n}") for n in range(15)]
    boss = [("P", "GET", "/people/{id}" + "/boss" * n) for n in range(2 * MOST_STEPS)]
    with at_most(2):
        found = request_paths(
            replace(ZOO, path_permissions=listing(endless, *many, *boss))
        )
    paths = [path for each in found.values() for path in each]
    assert max(len(path.steps) for path in paths) <= MOST_STEPS
    assert any(path.text.count("/young") == 14 for path in paths)
