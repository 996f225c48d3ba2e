"""The properties that a class does not declare."""

from __future__ import annotations

import datetime as dt
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
    assert user.to_dict() == {"shoe": 42, "since": "2026-01-02"}
    assert user.changes() == {"since": "2026-01-02"}
    for name in ("displayName", "@odata.type", "a@b"):
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
