"""What was changed in a model since it was read."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def user(models: ModuleType) -> Any:
    """A user as a service answers it."""
    return models.User.from_dict(
        {
            "displayName": "Ada",
            "mailboxSettings": {
                "timeZone": "UTC",
                "userPurpose": "user",
                "language": {"locale": "en"},
            },
            "licenses": [{"state": "on"}, {}],
            "tags": ["b", "a"],
        }
    )


def test_nothing_is_changed_by_reading(user: Any) -> None:
    assert user.mailbox_settings.language.time_zone is None
    assert list(user.tags) == ["b", "a"]
    assert user.changes() == {}


def test_what_is_set_is_changed_null_included(user: Any) -> None:
    user.display_name = None
    user.age = 36
    assert user.changes() == {"displayName": None, "age": 36}


def test_what_is_deleted_counts_as_never_set(user: Any) -> None:
    user.display_name = "B"
    del user.display_name
    assert user.changes() == {}


def test_of_nested_objects_only_what_was_set_in_them(user: Any) -> None:
    user.mailbox_settings.time_zone = "CET"
    assert user.changes() == {"mailboxSettings": {"timeZone": "CET"}}
    assert user.mailbox_settings.changes() == {"timeZone": "CET"}
    assert user.mailbox_settings.language.changes() == {}
    assert user.changes() == {"mailboxSettings": {"timeZone": "CET"}}


def test_changes_are_found_at_any_depth(user: Any, models: ModuleType) -> None:
    deep = user.mailbox_settings.language
    deep.archive_folder = "x"
    expected = {"mailboxSettings": {"language": {"archiveFolder": "x"}}}
    assert user.changes() == expected
    assert user.to_dict()["mailboxSettings"]["language"]["archiveFolder"] == "x"


def test_an_object_put_in_is_changed_whole(user: Any, models: ModuleType) -> None:
    new = models.MailboxSettings(time_zone="CET")
    user.mailbox_settings = new
    new.archive_folder = "later"
    user.mailbox_settings.language = None
    assert user.changes() == {
        "mailboxSettings": {
            "timeZone": "CET",
            "archiveFolder": "later",
            "language": None,
        }
    }


def test_an_object_that_was_replaced_has_no_say(user: Any, models: ModuleType) -> None:
    old, old_tags = user.mailbox_settings, user.tags
    user.mailbox_settings = models.MailboxSettings.patch()
    user.tags = ["new"]
    old.time_zone = "CET"
    old_tags.append("x")
    assert user.changes() == {"mailboxSettings": {}, "tags": ["new"]}


def test_lists_are_changed_whole(user: Any) -> None:
    user.tags.sort()
    assert user.changes() == {"tags": ["a", "b"]}


def test_a_change_within_an_item_is_one_of_the_list(user: Any) -> None:
    user.licenses[1].disabled_plans = ["x"]
    user.licenses[1].disabled_plans.append("y")
    assert user.changes() == {
        "licenses": [{"state": "on"}, {"disabledPlans": ["x", "y"]}]
    }


def test_an_object_that_was_made_has_everything_set(models: ModuleType) -> None:
    user = models.User(mailbox_settings=models.MailboxSettings(time_zone="UTC"))
    user.mailbox_settings.time_zone = "CET"
    assert user.changes() == {"mailboxSettings": {"timeZone": "CET"}}
    del user.mailbox_settings
    assert user.changes() == {}
