"""What objects hold that their classes do not declare: properties and annotations."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from types import ModuleType

import pytest


def test_they_are_a_mapping_by_wire_name(models: ModuleType) -> None:
    pin = models.QrPin.from_dict({"code": "1", "@odata.etag": "x", "new": [1], "b": 2})
    assert dict(pin.additional) == {"new": [1], "b": 2}
    assert len(pin.additional) == 2
    assert "code" not in pin.additional
    assert "@odata.etag" not in pin.additional
    assert repr(pin.additional) == "{'new': [1], 'b': 2}"


def test_an_open_type_takes_new_ones(models: ModuleType) -> None:
    user = models.User.from_dict({"shoe": 42, "hat": 5})
    user.additional["since"] = dt.date(2026, 1, 2)
    del user.additional["hat"]
    assert user.to_dict() == {
        "shoe": 42,
        "since": "2026-01-02",
        "since@odata.type": "#Date",
    }
    assert user.changes() == {"since": "2026-01-02"}
    with pytest.raises(KeyError, match="is declared: it is User.display_name"):
        user.additional["displayName"] = 1
    for name in ("@odata.type", "a@b"):
        with pytest.raises(KeyError, match="is not an additional property"):
            user.additional[name] = 1
    with pytest.raises(KeyError):
        del user.additional["missing"]
    with pytest.raises(KeyError):
        user.additional["displayName"]


def test_other_types_take_none(models: ModuleType) -> None:
    pin = models.QrPin.from_dict({"new": 1})
    with pytest.raises(TypeError, match="QrPin is not open: it takes no 'b'"):
        pin.additional["b"] = 1
    with pytest.raises(TypeError, match="QrPin is not open"):
        del pin.additional["new"]


def test_the_type_is_named_where_json_does_not_tell_it(models: ModuleType) -> None:
    user = models.User.from_dict({"a": "x", "a@odata.type": "#Guid"})
    user.additional["a"] = "text"
    assert user.to_dict() == {"a": "text"}
    user.additional["a"] = [dt.date(2026, 1, 2)]
    assert user.to_dict()["a@odata.type"] == "#Collection(Date)"
    for value, name in (
        (dt.datetime(2026, 1, 2, tzinfo=dt.timezone.utc), "#DateTimeOffset"),
        (dt.time(1), "#TimeOfDay"),
        (dt.timedelta(1), "#Duration"),
        (uuid.UUID(int=1), "#Guid"),
        (Decimal("1.5"), "#Decimal"),
        (b"a", "#Binary"),
    ):
        user.additional["a"] = value
        assert user.to_dict()["a@odata.type"] == name
    del user.additional["a"]
    assert user.to_dict() == {}


def test_objects_say_what_they_are_because_nothing_declares_it(
    models: ModuleType,
) -> None:
    user = models.User.patch()
    user.additional["plan"] = models.AssignedLicense(disabled_plans=["p"])
    user.additional["plans"] = [models.AssignedLicense(), None]
    kind = {"@odata.type": "#microsoft.graph.assignedLicense"}
    assert user.changes() == {
        "plan": {**kind, "disabledPlans": ["p"]},
        "plans": [kind, None],
    }


CONFLICT = "@microsoft.graph.conflictBehavior"


def test_annotations_of_an_object_are_a_mapping(models: ModuleType) -> None:
    pin = models.QrPin.from_dict(
        {"@odata.etag": "x", "@etag": "y", "code@a.b": 1, CONFLICT: "fail", "new": 2}
    )
    assert dict(pin.instance_annotations) == {CONFLICT: "fail"}
    pin.instance_annotations[CONFLICT] = "rename"
    pin.instance_annotations["@contoso.day"] = dt.date(2026, 1, 2)
    assert pin.changes() == {CONFLICT: "rename", "@contoso.day": "2026-01-02"}
    assert list(pin.instance_annotations) == [CONFLICT, "@contoso.day"]
    del pin.instance_annotations["@contoso.day"]
    assert repr(pin.instance_annotations) == repr({CONFLICT: "rename"})
    assert pin.changes() == {CONFLICT: "rename"}
    assert CONFLICT not in pin.additional


@pytest.mark.parametrize("name", ["@odata.type", "@etag", "code", "code@a.b", "new"])
def test_nothing_else_is_an_annotation_of_the_object(
    models: ModuleType, name: str
) -> None:
    pin = models.QrPin.from_dict({name: "x"})
    with pytest.raises(KeyError):
        pin.instance_annotations[name]
    with pytest.raises(KeyError, match="is not an instance annotation"):
        pin.instance_annotations[name] = 1
    with pytest.raises(KeyError, match="is not an instance annotation"):
        del pin.instance_annotations[name]
