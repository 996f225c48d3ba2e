"""Paths, filters and orders as they stand in a URL, before percent-encoding."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from types import ModuleType
from typing import Any

import pytest

from generator.runtime.codecs import DATE_TIME
from generator.runtime.query import Filter, Path

NAME = Path[str]("displayName")
AGE = Path[int]("age")
SINCE = Path[dt.datetime]("since", DATE_TIME)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (NAME == "O'Neil", "displayName eq 'O''Neil'"),
        (NAME != None, "displayName ne null"),  # noqa: E711
        (AGE < 5, "age lt 5"),
        (AGE <= 5, "age le 5"),
        (AGE > -5, "age gt -5"),
        (AGE >= 5, "age ge 5"),
        (
            SINCE > dt.datetime(2026, 1, 2, tzinfo=dt.timezone.utc),
            "since gt 2026-01-02T00:00:00Z",
        ),
        (NAME.in_(["a", "b'"]), "displayName in ('a','b''')"),
        (AGE.in_(iter([1])), "age in (1)"),
        (AGE.in_([]), "false"),
        (NAME.startswith("A"), "startswith(displayName,'A')"),
        (NAME.endswith("'"), "endswith(displayName,'''')"),
        (NAME.contains("&"), "contains(displayName,'&')"),
        (~NAME.contains("a"), "not contains(displayName,'a')"),
        (~(AGE == 5), "not (age eq 5)"),
        (~~(AGE == 5), "not (not (age eq 5))"),
        ((AGE > 1) & (AGE < 5) & (NAME == "a"),)
        + ("age gt 1 and age lt 5 and displayName eq 'a'",),
        ((AGE > 1) | (AGE < 5) & (NAME == "a"),)
        + ("age gt 1 or age lt 5 and displayName eq 'a'",),
        (((AGE > 1) | (AGE < 5)) & ~(NAME == "a"),)
        + ("(age gt 1 or age lt 5) and not (displayName eq 'a')",),
        (~((AGE > 1) & (AGE < 5)), "not (age gt 1 and age lt 5)"),
        (Filter.raw("a or b") & (AGE == 1), "(a or b) and age eq 1"),
        (Filter.raw("a or b") | (AGE == 1), "a or b or age eq 1"),
        (~Filter.raw("a"), "not (a)"),
    ],
)
def test_filters(condition: Filter, expected: str) -> None:
    assert str(condition) == expected
    assert repr(condition) == f"Filter({expected!r})"


def test_filters_are_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="combine filters with & | ~"):
        _ = (AGE == 1) and (AGE == 2)
    with pytest.raises(TypeError, match="neither true nor false"):
        not (AGE == 1)


def test_values_of_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="expected a datetime, not str"):
        _ = SINCE == "2026-01-02"
    with pytest.raises(TypeError, match="in_ takes several values, not one text"):
        NAME.in_("abc")
    with pytest.raises(TypeError, match="expected text, not int"):
        NAME.startswith(5)  # type: ignore[arg-type]


def test_paths_and_orders() -> None:
    assert (str(NAME), NAME.text, repr(NAME)) == (
        "displayName",
        "displayName",
        "Path('displayName')",
    )
    assert str(AGE.asc()) == "age asc"
    assert str(AGE.desc()) == "age desc"
    assert repr(AGE.desc()) == "Order('age desc')"
    assert hash(NAME) == hash(Path[str]("displayName"))
    outer = Path[object]("mailboxSettings")
    assert str((outer / SINCE).desc()) == "mailboxSettings/since desc"
    with pytest.raises(ValueError, match="needs a time zone"):
        _ = (outer / SINCE) == dt.datetime(2026, 1, 2)


def test_attributes_of_classes_are_paths(models: ModuleType, sample: Any) -> None:
    user = models.User
    assert isinstance(user.department, sample._runtime.query.Path)
    assert str(user.mailbox_settings / models.MailboxSettings.time_zone) == (
        "mailboxSettings/timeZone"
    )
    modes = models.AuthMode.SMS | models.AuthMode.PASSWORD
    assert str(user.modes == modes) == "modes eq 'sms,password'"
    assert str(user.modes == models.AuthMode.SMS) == "modes eq 'sms'"
    assert str(models.QrPin.level == models.ErrorCorrectionLevel.L) == "level eq 'l'"
    assert str(models.Guest.department == "Sales") == "department eq 'Sales'"


def test_attributes_of_classes_are_copied_as_such(models: ModuleType) -> None:
    path = models.Guest.department
    assert copy.deepcopy(path) is path
    assert pickle.loads(pickle.dumps([path]))[0] is path


def test_a_property_is_no_condition(models: ModuleType) -> None:
    for misuse in (
        lambda: not models.User.department,
        lambda: models.User.department and 1,
    ):
        with pytest.raises(
            TypeError, match="department is a property, not a condition"
        ):
            misuse()
