"""What `validate` finds."""

from __future__ import annotations

from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from generator.runtime import codecs
from generator.runtime.properties import Limits
from generator.runtime.validation import _of_value


def test_a_correct_object_has_no_violations(models: ModuleType) -> None:
    pin = {"code": "09599786", "level": "newer", "new": 1, "@odata.etag": 5}
    assert models.QrPin.from_dict(pin).validate() == []


def test_everything_is_found_with_its_path(models: ModuleType) -> None:
    user = models.User.from_dict(
        {
            "displayName": None,
            "accountEnabled": "yes",
            "age": 200,
            "createdDateTime": "never",
            "licenses": [{"skuId": 5}, None, {"disabledPlans": ["a", 1]}, 7],
            "mailboxSettings": {"language": {"timeZone": 1}},
            "manager": {"@odata.type": "#microsoft.graph.guest"},
            "tags": "text",
        }
    )
    assert {path: message for path, message in user.validate()} == {
        "account_enabled": "'yes' does not fit: expected true or false, not str",
        "age": "is 200, not at most 150",
        "created_date_time": "'never' does not fit: Invalid isoformat string: 'NEVER'",
        "display_name": "must not be null",
        "licenses": "has 4 items, more than 3",
        "licenses[0].sku_id": "5 does not fit: expected a GUID, not int",
        "licenses[2].disabled_plans[1]": "1 does not fit: expected text, not int",
        "licenses[3]": "7 does not fit: AssignedLicense: expected an object, not 7",
        "mailbox_settings.language.time_zone": (
            "1 does not fit: expected text, not int"
        ),
        "manager.sponsor": "is required and absent",
        "tags": "'text' does not fit: expected a list, not str",
    }


def test_required_properties_may_be_absent_in_a_part(models: ModuleType) -> None:
    absent = models.QrPin.patch()
    assert absent.validate() == [("code", "is required and absent")]
    assert absent.validate(partial=True) == []
    null = models.QrPin.from_dict({"code": None})
    assert null.validate(partial=True) == [("code", "must not be null")]


@pytest.mark.parametrize(
    ("codec", "wire", "limits", "expected"),
    [
        ("STRING", "abc", {"max_length": 2}, ["has length 3, more than 2"]),
        ("STRING", "", {"min_length": 1}, ["has length 0, less than 1"]),
        ("BINARY", "AAAA", {"max_length": 3}, []),
        ("STRING", "a1", {"pattern": "^[a-z]+$"}, ["does not match '^[a-z]+$'"]),
        ("STRING", "a1", {"pattern": "\\p{L}"}, []),
        ("STRING", "c", {"allowed_values": ("a", "b")}, ["is none of a, b"]),
        ("DOUBLE", 1.0, {"allowed_values": ("1", "x")}, []),
        ("DECIMAL", "1", {"allowed_values": ("1.0",)}, []),
        ("BOOLEAN", True, {"allowed_values": ("true",)}, []),
        ("BOOLEAN", True, {"allowed_values": ("1",)}, ["is none of 1"]),
        ("INTEGER", 5, {"minimum": 5}, []),
        (
            "INTEGER",
            5,
            {"minimum": 5, "exclusive_minimum": True},
            ["is 5, not more than 5"],
        ),
        ("DOUBLE", 0.3, {"maximum": 0.3}, []),
        (
            "DECIMAL",
            "0.30",
            {"maximum": Decimal("0.3"), "exclusive_maximum": True},
            ["is 0.30, not less than 0.3"],
        ),
        ("DOUBLE", 0.3, {"multiple_of": 0.1}, []),
        ("INTEGER", 5, {"multiple_of": 2}, ["is 5, not a multiple of 2"]),
        ("DOUBLE", "NaN", {"minimum": 1, "multiple_of": 2}, []),
        ("DOUBLE", "INF", {"maximum": 1, "multiple_of": 2}, ["is Infinity, not"]),
        ("DECIMAL", Decimal("1E+999999999"), {"multiple_of": 2}, []),
        ("DECIMAL", Decimal(5), {"multiple_of": Decimal("1E-999999999")}, []),
        ("INTEGER", Decimal("1E+999999999"), {}, ["Decimal('1E+999999999') does not"]),
    ],
)
def test_limits(
    codec: str, wire: object, limits: dict[str, Any], expected: list[str]
) -> None:
    found = _of_value(wire, getattr(codecs, codec), Limits(**limits), "x", False)
    messages = [message for _, message in found]
    assert len(messages) == len(expected)
    for message, start in zip(messages, expected, strict=True):
        assert message.startswith(start)


def test_items_are_counted_and_limited() -> None:
    limits = Limits(min_items=2, max_length=1)
    codec = codecs.list_of(codecs.STRING)
    assert list(_of_value(["ab"], codec, limits, "x", False)) == [
        ("x", "has 1 items, fewer than 2"),
        ("x[0]", "has length 2, more than 1"),
    ]
