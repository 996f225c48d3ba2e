"""What requests carry of models."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def bodies(sample: ModuleType) -> Any:
    """The module that makes bodies."""
    return sample._runtime.bodies


READ = {
    "@odata.context": "https://example.com/$metadata#users/$entity",
    "@odata.etag": "x",
    "id": "7",
    "createdDateTime": "2026-01-02T03:04:05Z",
    "displayName": "Ada",
    "userPrincipalName": "ada@example.com",
    "manager@odata.navigationLink": "https://example.com/m",
    "mailboxSettings": {
        "@odata.id": "y",
        "userPurpose": "user",
        "timeZone": "UTC",
        "archiveFolder": "f",
    },
    "licenses": [{"skuId": "s", "state": "on"}],
    "licenses@odata.count": 1,
    "shoeSize": 42,
    "shoeSize@odata.type": "#Int64",
}

WRITABLE = {
    "displayName": "Ada",
    "userPrincipalName": "ada@example.com",
    "mailboxSettings": {"timeZone": "UTC", "archiveFolder": "f"},
    "licenses": [{"skuId": "s"}],
    "shoeSize": 42,
    "shoeSize@odata.type": "#Int64",
}


def test_create_and_replace_carry_all_but_what_is_computed(
    bodies: Any, models: ModuleType
) -> None:
    user = models.User.from_dict(READ)
    assert bodies.create_body(user, models.User) == WRITABLE
    assert bodies.replace_body(user, models.User) == WRITABLE
    assert user.to_dict() == READ


def test_create_sends_exactly_what_was_given(bodies: Any, models: ModuleType) -> None:
    pin = models.QrPin(code="09599786", force_change_pin_next_sign_in=None)
    body = bodies.create_body(pin, models.QrPin)
    assert body == {"code": "09599786", "forceChangePinNextSignIn": None}


def test_annotations_of_objects_are_sent_those_of_odata_are_not(
    bodies: Any, models: ModuleType
) -> None:
    """Microsoft Graph takes what to do about a file of the same name so."""
    told = {"@contoso.conflict": "rename"}
    user = models.User(mailbox_settings=models.MailboxSettings(time_zone="UTC"))
    user.instance_annotations["@contoso.conflict"] = "rename"
    user.mailbox_settings.instance_annotations["@contoso.conflict"] = "rename"
    expected = {**told, "mailboxSettings": {"timeZone": "UTC", **told}}
    assert bodies.create_body(user, models.User) == expected
    read = models.User.from_dict({"@odata.etag": "x", **told, "displayName": "Ada"})
    assert bodies.create_body(read, models.User) == {**told, "displayName": "Ada"}
    read.display_name = "Bea"
    assert bodies.update_body(read, models.User) == {"displayName": "Bea"}
    read.instance_annotations["@contoso.conflict"] = "fail"
    assert bodies.update_body(read, models.User) == {
        "@contoso.conflict": "fail",
        "displayName": "Bea",
    }


def test_a_derived_class_is_named(bodies: Any, models: ModuleType) -> None:
    guest = models.Guest(sponsor="Ada")
    expected = {"@odata.type": "#microsoft.graph.guest", "sponsor": "Ada"}
    assert bodies.create_body(guest, models.User) == expected
    assert bodies.create_body(guest, models.Guest) == {"sponsor": "Ada"}
    unknown = models.User.from_dict({"@odata.type": "#microsoft.graph.newer"})
    assert bodies.create_body(unknown, models.User) == {
        "@odata.type": "#microsoft.graph.newer"
    }


def test_update_of_what_was_read_carries_the_changes(
    bodies: Any, models: ModuleType
) -> None:
    user = models.User.from_dict(
        {**READ, "mailboxSettings": dict(READ["mailboxSettings"])}  # type: ignore[call-overload]
    )
    assert bodies.update_body(user, models.User) == {}
    user.display_name = None
    user.user_principal_name = "immutable"
    user.mailbox_settings.time_zone = "CET"
    user.mailbox_settings.archive_folder = "immutable"
    user.additional["shoeSize"] = 43
    assert bodies.update_body(user, models.User) == {
        "displayName": None,
        "mailboxSettings": {"timeZone": "CET"},
        "shoeSize": 43,
        "shoeSize@odata.type": "#Int64",
    }


def test_update_keeps_items_of_lists_whole(bodies: Any, models: ModuleType) -> None:
    user = models.User.from_dict({"licenses": [{"skuId": "s", "state": "on"}]})
    user.licenses.append(models.AssignedLicense(disabled_plans=["p"]))
    assert bodies.update_body(user, models.User) == {
        "licenses": [{"skuId": "s"}, {"disabledPlans": ["p"]}]
    }


def test_update_of_what_was_made_carries_what_was_set(
    bodies: Any, models: ModuleType
) -> None:
    user = models.User.patch()
    user.display_name = "B"
    user.user_principal_name = "immutable"
    user.manager = None
    user.mailbox_settings = models.LocaleSettings(locale="de", archive_folder="x")
    assert bodies.update_body(user, models.User) == {
        "displayName": "B",
        "manager": None,
        "mailboxSettings": {
            "@odata.type": "#microsoft.graph.localeSettings",
            "locale": "de",
            "archiveFolder": "x",
        },
    }


def test_update_leaves_out_objects_of_which_nothing_remains(
    bodies: Any, models: ModuleType
) -> None:
    user = models.User.from_dict({"mailboxSettings": {"timeZone": "UTC"}})
    user.mailbox_settings.archive_folder = "immutable"
    assert bodies.update_body(user, models.User) == {}


def test_links_to_be_made_are_kept(bodies: Any, models: ModuleType) -> None:
    link = {"manager@odata.bind": "https://example.com/users('1')"}
    assert bodies.create_body(models.User.from_dict(link), models.User) == link


def test_a_body_is_made_of_a_model_of_the_declared_class(
    bodies: ModuleType, models: ModuleType
) -> None:
    for write in (bodies.create_body, bodies.update_body, bodies.replace_body):
        with pytest.raises(TypeError, match="expected a User, not dict"):
            write({"displayName": "Ada"}, models.User)


def test_an_untouched_object_of_a_derived_class_is_left_out(
    bodies: Any, models: ModuleType
) -> None:
    settings = {"@odata.type": "#microsoft.graph.localeSettings", "archiveFolder": "a"}
    user = models.User.from_dict({"mailboxSettings": settings, "anything": {"a": 1}})
    user.mailbox_settings.changes()
    user.mailbox_settings.archive_folder = "immutable"
    assert user.anything == {"a": 1}
    assert bodies.update_body(user, models.User) == {}
    user.anything["a"] = 2
    assert bodies.update_body(user, models.User) == {"anything": {"a": 2}}
