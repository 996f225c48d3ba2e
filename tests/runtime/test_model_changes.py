"""What was changed in a model since it was read."""

from __future__ import annotations

import copy
import pickle
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


@pytest.mark.parametrize("look", [copy.copy, copy.deepcopy, pickle.dumps, repr])
def test_looking_at_a_part_is_no_change(user: Any, look: Any) -> None:
    for part in (user.licenses[0], user.licenses, user.mailbox_settings.language):
        look(part)
    user.licenses[0].changes()
    assert user.changes() == {}
    user.licenses[0].disabled_plans = ["x"]
    assert list(user.changes()) == ["licenses"]


def test_deleting_in_an_item_is_a_change_of_the_list(user: Any) -> None:
    del user.licenses[0].disabled_plans
    assert list(user.changes()) == ["licenses"]


def test_a_value_of_another_object_is_copied(user: Any, models: ModuleType) -> None:
    other = models.User.from_dict({})
    other.mailbox_settings = user.mailbox_settings
    other.licenses = user.licenses
    other.manager = user
    other.mailbox_settings.time_zone = "CET"
    other.licenses[1].disabled_plans = ["x"]
    other.manager.age = 3
    assert user.changes() == {}
    assert user.mailbox_settings.time_zone == "UTC"
    assert user.licenses[1].disabled_plans is None
    copy.copy(user).mailbox_settings.time_zone = "CET"
    assert user.mailbox_settings.time_zone == "UTC"


def test_what_was_made_belongs_to_the_first_that_takes_it(models: ModuleType) -> None:
    made, first, second = models.MailboxSettings(), models.User(), models.User()
    first.mailbox_settings = second.mailbox_settings = made
    made.time_zone = "CET"
    assert first.mailbox_settings.time_zone == "CET"
    assert second.mailbox_settings.time_zone is None


def test_putting_a_list_back_keeps_its_items(user: Any, models: ModuleType) -> None:
    added = models.AssignedLicense()
    user.licenses += [added]
    added.disabled_plans = ["x"]
    assert user.licenses[2].disabled_plans == ["x"]


def test_nothing_holds_itself(models: ModuleType) -> None:
    user = models.User(manager=models.User())
    with pytest.raises(ValueError, match="User.manager: an object cannot hold itself"):
        user.manager = user
    first = models.User()
    second = models.User(manager=first)
    with pytest.raises(ValueError, match="cannot hold itself"):
        first.manager = second


def test_changes_within_untyped_values_are_found(models: ModuleType) -> None:
    user = models.User.from_dict(
        {"anything": {"a": 1}, "new": [{"b": 1}], "manager": {"anything": [1]}}
    )
    assert [user.anything, user.additional["new"], user.manager.anything]
    assert user.changes() == {}
    user.anything["a"] = True
    user.additional["new"][0]["b"] = 2
    user.manager.anything.append(2)
    assert user.changes() == {
        "anything": {"a": True},
        "new": [{"b": 2}],
        "manager": {"anything": [1, 2]},
    }
