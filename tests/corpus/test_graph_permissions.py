"""Microsoft's list of permissions, held against its own pages and its metadata."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pace import at_most
from support import shared_data

from corpus.metadata import GRAPH
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.files import data_folder
from generator.model import Api, PathPermissions, Permission, permitted
from generator.passes.request_paths import request_paths
from generator.pipeline import load
from generator.readers.permissions import MAX_BYTES, read_permissions
from generator.readers.source import load_source

pytestmark = pytest.mark.corpus

LIST = "graph/graph-permissions-2026-08-07.json.gz"
WORK, PERSONAL, APP = "DelegatedWork", "DelegatedPersonal", "Application"


@pytest.fixture(scope="module")
def listed() -> PathPermissions:
    source = load_source(shared_data(LIST), limit=MAX_BYTES)
    return read_permissions(source, Diagnostics())


def api_of(*specs: str, annotations: tuple[str, ...] = ()) -> Api:
    table = {"package": "graph", "out": ".", "spec": list(specs)}
    table |= {"annotations": list(annotations), "permissions": str(shared_data(LIST))}
    return load(target_from(table), Diagnostics())


@pytest.fixture(scope="module")
def graph() -> Api:
    return api_of(str(shared_data(GRAPH)))


@pytest.fixture(scope="module")
def bundled() -> Api:
    specs = data_folder("specs")
    return api_of(
        str(specs / "graph-qrpin.csdl"),
        annotations=(str(specs / "graph-qrpin.annotations.csdl"),),
    )


METHOD = "authentication/qrCodePinMethod"
PAGES = [
    (
        # qrpin-update
        "PATCH",
        "/users/{userId}/" + METHOD + "/pin",
        {
            WORK: (
                "UserAuthenticationMethod.ReadWrite.All",
                {
                    "UserAuthMethod-QR.ReadWrite",
                    "UserAuthMethod-QR.ReadWrite.All",
                    "UserAuthenticationMethod.ReadWrite",
                },
            ),
            APP: (
                "UserAuthenticationMethod.ReadWrite.All",
                {"UserAuthMethod-QR.ReadWrite.All"},
            ),
        },
    ),
    (
        # authentication-put-qrcodepinmethod
        "PUT",
        "/users/{userId}/" + METHOD,
        {
            WORK: (
                "UserAuthenticationMethod.ReadWrite",
                {
                    "UserAuthenticationMethod.ReadWrite.All",
                    "UserAuthMethod-QR.ReadWrite",
                    "UserAuthMethod-QR.ReadWrite.All",
                },
            ),
            APP: (
                "UserAuthenticationMethod.ReadWrite.All",
                {"UserAuthMethod-QR.ReadWrite.All"},
            ),
        },
    ),
    (
        # qrpin-updatepin, an action that the list has under PATCH
        "PATCH",
        "/me/" + METHOD + "/pin/updatePin",
        {WORK: ("Directory.AccessAsUser.All", set())},
    ),
]


@pytest.mark.parametrize(("method", "path", "page"), PAGES)
def test_the_tables_of_microsofts_pages(
    listed: PathPermissions,
    method: str,
    path: str,
    page: dict[str, tuple[str, set[str]]],
) -> None:
    """The page names one of the least privileged scopes; the list may have several, and
    the page then counts the others among the higher ones."""
    found = {item.scheme: item for item in listed.of(method, path)}
    assert found.keys() == page.keys()
    for scheme, (least, higher) in page.items():
        assert least in found[scheme].least_privileged
        assert set(found[scheme].scopes) == {least, *higher}
        assert set(found[scheme].higher_privileged) <= higher


def test_the_page_of_the_stub_has_no_entry(listed: PathPermissions) -> None:
    pin = METHOD + "/pin"
    devices = "/authenticationMethodDevices/{id}/hardwareOathDevices/{id}/assignTo/"
    assert listed.of("POST", "/me/" + pin) == ()
    assert listed.methods("/me/" + pin) == ("DELETE", "GET", "PATCH")
    assert listed.methods(devices + pin) == ()


def test_the_annotations_of_the_pin_say_what_the_list_says(bundled: Api) -> None:
    """Those of reading, changing and deleting it, and of its action; for creating it
    the list has nothing."""
    paths = request_paths(bundled)["microsoft.graph.qrPin"]
    assert [path.listed for path in paths] == [True, True, False]
    operations = bundled.resources["microsoft.graph.qrPin"].operations
    compared = []
    for operation in operations:
        bare = replace(operation, permissions=())
        said = permitted(bare, paths, bundled.path_permissions)
        if said:
            compared.append(operation.name)
            (own,) = permitted(operation, paths, bundled.path_permissions)
            assert scopes(own.permissions) in [
                scopes(each.permissions) for each in said
            ]
    assert compared == ["read", "update", "delete", "microsoft.graph.updatePin"]


def scopes(permissions: tuple[Permission, ...]) -> set[tuple[str, str]]:
    return {(each.scheme, scope) for each in permissions for scope in each.scopes}


def test_most_of_what_is_listed_for_this_version_is_found(graph: Api) -> None:
    """The list is of v1.0 and beta together, so a good part leads nowhere in v1.0."""
    with at_most(2):
        paths = request_paths(graph)
        found = {
            (resource.type, resource.many, operation.name)
            for resource in graph.resources.values()
            for operation in resource.operations
            if permitted(operation, paths.get(resource.id, ()), graph.path_permissions)
        }
    assert len(found) > 2_600
    item = [path.text for path in paths["microsoft.graph.driveItem"]]
    for known in (
        "/drives/{driveId}/items/{driveItemId}",
        "/groups/{groupId}/drive/items/{driveItemId}",
        "/me/drive/items/{driveItemId}",
        "/sites/{siteId}/drive/items/{driveItemId}",
        "/users/{userId}/drive/items/{driveItemId}",
    ):
        assert known in item
    pages = paths["microsoft.graph.event@microsoft.graph.user/events"]
    assert [path.text for path in pages if path.listed] == [
        "/users/{userId}/events/{eventId}",
        "/me/events/{eventId}",
    ]


def test_personal_accounts_and_further_permissions(listed: PathPermissions) -> None:
    drive = {item.scheme: item for item in listed.of("GET", "/me/drive")}
    assert drive[PERSONAL].least_privileged[0] == "Files.Read"
    further = [
        permission
        for path, grants in listed.grants.items()
        for method in grants[0].methods
        for permission in listed.of(method, path)
        if permission.also
    ]
    assert further
    assert all(scope in each.scopes for each in further for scope, _ in each.also)
