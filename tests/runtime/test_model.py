"""Models: reading, setting, making and comparing them."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import uuid
from types import ModuleType

import pytest

WIRE = {
    "@odata.etag": 'W/"1"',
    "id": "7",
    "code": "09599786",
    "createdDateTime": "2026-01-02T03:04:05.1234567Z",
    "forceChangePinNextSignIn": None,
    "brandNew": {"x": 1},
}


def test_reading_decodes_what_is_read(models: ModuleType) -> None:
    pin = models.QrPin.from_dict(dict(WIRE))
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, 123456, dt.timezone.utc)
    assert pin.code == "09599786"
    assert pin.created_date_time == moment
    assert pin.level is None


def test_absent_null_and_value_are_three_states(models: ModuleType) -> None:
    pin_class = models.QrPin
    pin = pin_class.from_dict(dict(WIRE))
    assert pin_class.code in pin
    assert pin_class.force_change_pin_next_sign_in in pin
    assert pin.force_change_pin_next_sign_in is None
    assert pin_class.level not in pin
    del pin.code
    assert pin_class.code not in pin
    assert pin.code is None
    del pin.code


def test_a_path_through_an_object_is_looked_up_in_it(models: ModuleType) -> None:
    user = models.User.from_dict({"mailboxSettings": {"timeZone": None}})
    settings = models.MailboxSettings
    assert models.User.mailbox_settings / settings.time_zone in user
    assert models.User.mailbox_settings / settings.language not in user
    assert models.User.manager / models.User.age not in user


def test_making_an_object_sets_what_is_given(models: ModuleType) -> None:
    pin = models.QrPin(code="09599786", force_change_pin_next_sign_in=True, level=None)
    assert pin.to_dict() == {
        "code": "09599786",
        "forceChangePinNextSignIn": True,
        "level": None,
    }


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"QrPin\(\) needs 'code'"),
        ({"code": None}, "QrPin.code is required and cannot be None"),
        ({"code": "1", "created_date_time": None}, "'created_date_time' is computed"),
        ({"code": "1", "levle": "l"}, "no property 'levle'; did you mean 'level'"),
        ({"cod": "1"}, "no property 'cod'; did you mean 'code'"),
        ({"code": "1", "level": 3}, "QrPin.level: expected ErrorCorrectionLevel"),
    ],
)
def test_making_an_object_refuses(
    models: ModuleType, values: dict[str, object], message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        models.QrPin(**values)


def test_what_the_service_computes_cannot_be_changed(models: ModuleType) -> None:
    pin = models.QrPin(code="1")
    with pytest.raises(AttributeError, match="QrPin.created_date_time is computed"):
        pin.created_date_time = dt.datetime.now(dt.timezone.utc)
    with pytest.raises(AttributeError, match="QrPin.id is computed"):
        del pin.id
    with pytest.raises(TypeError, match="QrPin.code is required"):
        pin.code = None


def test_a_patch_demands_nothing(models: ModuleType) -> None:
    pin = models.QrPin.patch()
    assert pin.to_dict() == {}
    pin.force_change_pin_next_sign_in = None
    assert pin.to_dict() == {"forceChangePinNextSignIn": None}


def test_values_are_encoded_when_set(models: ModuleType) -> None:
    user = models.User(
        employee_hire_date=dt.datetime(2026, 1, 2, tzinfo=dt.timezone.utc),
        licenses=[models.AssignedLicense(sku_id=uuid.UUID(int=1))],
        anything={"when": dt.date(2026, 1, 2)},
        modes=models.AuthMode.SMS | models.AuthMode.PASSWORD,
    )
    assert user.to_dict() == {
        "employeeHireDate": "2026-01-02T00:00:00Z",
        "licenses": [{"skuId": "00000000-0000-0000-0000-000000000001"}],
        "anything": {"when": "2026-01-02"},
        "modes": "sms,password",
    }
    user.modes = [models.AuthMode.SMS]
    assert user.modes == {models.AuthMode.SMS}
    with pytest.raises(ValueError, match="User.employee_hire_date: .* time zone"):
        user.employee_hire_date = dt.datetime(2026, 1, 2)
    with pytest.raises(TypeError, match="User.anything: object has no form in JSON"):
        user.anything = object()


def test_json_that_does_not_fit_is_reported_when_read(models: ModuleType) -> None:
    user = models.User.from_dict(
        {
            "createdDateTime": "yesterday",
            "mailboxSettings": "none",
            "licenses": [{}, 5],
            "tags": {"a": 1},
            "modes": 7,
        }
    )
    for name in ("created_date_time", "mailbox_settings", "tags", "modes"):
        with pytest.raises(ValueError, match=f"User.{name}: .* in the JSON does not"):
            getattr(user, name)
    with pytest.raises(ValueError, match=r"User.licenses\[\]: 5 in the JSON does not"):
        user.licenses[1]
    assert "created_date_time='yesterday'" in repr(user)


def test_only_objects_are_seen_as_models(models: ModuleType) -> None:
    with pytest.raises(TypeError, match=r"QrPin: expected an object, not \[\]"):
        models.QrPin.from_dict([])
    with pytest.raises(ValueError, match="line 1"):
        models.QrPin.from_json("{")


def test_json_texts(models: ModuleType) -> None:
    pin = models.QrPin.from_json(json.dumps(WIRE))
    assert pin == models.QrPin.from_json(json.dumps(WIRE).encode())
    assert json.loads(pin.to_json()) == WIRE


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("#microsoft.graph.guest", "Guest"),
        ("microsoft.graph.guest", "Guest"),
        ("https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.guest", "Guest"),
        ("#microsoft.graph.user", "User"),
        ("#microsoft.graph.ofTomorrow", "User"),
        ("#microsoft.graph.qrPin", "User"),
        ("#microsoft.graph.authMode", "User"),
        (5, "User"),
    ],
)
def test_the_named_type_decides_the_class(
    models: ModuleType, named: object, expected: str
) -> None:
    wire = {"@odata.type": named}
    assert type(models.User.from_dict(wire)).__name__ == expected
    assert type(models.User.from_dict({"manager": wire}).manager).__name__ == expected


def test_a_derived_object_in_a_property_tells_its_type(models: ModuleType) -> None:
    user = models.User(mailbox_settings=models.LocaleSettings(locale="de"))
    assert user.to_dict()["mailboxSettings"] == {
        "locale": "de",
        "@odata.type": "#microsoft.graph.localeSettings",
    }
    assert type(user.mailbox_settings) is models.LocaleSettings
    assert user.mailbox_settings == models.LocaleSettings(locale="de")
    with pytest.raises(TypeError, match="expected MailboxSettings, not QrPin"):
        user.mailbox_settings = models.QrPin(code="1")


def test_equality_is_of_class_type_and_json(models: ModuleType) -> None:
    pin = models.QrPin(code="1")
    assert pin == models.QrPin.from_dict({"code": "1"})
    assert pin == models.QrPin.from_dict(
        {"code": "1", "@odata.type": "#microsoft.graph.qrPin"}
    )
    assert pin != models.QrPin.from_dict({"code": "1", "@odata.type": "#a.b"})
    assert pin != models.QrPin(code="1", level=None)
    assert pin != models.User.from_dict({"code": "1"})
    with pytest.raises(TypeError, match="unhashable"):
        hash(pin)


def test_repr_shows_what_is_set(models: ModuleType) -> None:
    assert repr(models.QrPin(code="1")) == "QrPin(code='1')"
    assert repr(models.QrPin.from_dict({"code": 5, "n": 1})) == (
        "QrPin(code=5, additional={'n': 1})"
    )


def test_copies_are_of_their_own(models: ModuleType) -> None:
    user = models.User.from_dict({"tags": ["a"], "mailboxSettings": {}})
    user.mailbox_settings.time_zone = "UTC"
    shallow, deep = copy.copy(user), copy.deepcopy(user)
    deep.tags.append("b")
    shallow.age = 3
    assert deep.changes() == {
        "mailboxSettings": {"timeZone": "UTC"},
        "tags": ["a", "b"],
    }
    assert shallow.changes() == {"mailboxSettings": {"timeZone": "UTC"}, "age": 3}
    assert user.changes() == {"mailboxSettings": {"timeZone": "UTC"}}
    assert user.to_dict() == {"tags": ["a"], "mailboxSettings": {"timeZone": "UTC"}}


def test_pickle_keeps_what_was_changed(models: ModuleType) -> None:
    user = models.User.from_dict({"age": 1, "mailboxSettings": {"timeZone": "UTC"}})
    user.age = 2
    back = pickle.loads(pickle.dumps(user))
    assert back == user
    assert back.changes() == {"age": 2}
    assert pickle.loads(pickle.dumps(user.mailbox_settings)).time_zone == "UTC"
    assert pickle.loads(pickle.dumps(models.QrPin(code="1"))).changes() == {"code": "1"}


def test_a_match_statement_reads_properties(models: ModuleType) -> None:
    match models.User(department="Sales"):
        case models.User(department="Sales", age=None):
            pass
        case other:
            raise AssertionError(other)


def test_there_is_no_dictionary_per_object(models: ModuleType) -> None:
    pin = models.QrPin(code="1")
    assert not hasattr(pin, "__dict__")
    with pytest.raises(AttributeError):
        pin.cod = "1"


def test_only_paths_are_asked_for(models: ModuleType) -> None:
    with pytest.raises(TypeError, match="ask `QrPin.property in model`"):
        "code" in models.QrPin(code="1")
