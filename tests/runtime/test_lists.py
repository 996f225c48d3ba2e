"""Lists that write through to the JSON of their model."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from types import ModuleType
from typing import Any

import pytest

from generator.runtime.codecs import DATE, list_of

FIRST, SECOND, THIRD = (dt.date(2026, 1, day) for day in (1, 2, 3))


def test_a_list_behaves_as_a_list() -> None:
    wire = ["2026-01-02", "2026-01-01"]
    dates = list_of(DATE).load(wire)
    assert dates == [SECOND, FIRST]
    assert dates[0:1] == [SECOND]
    assert FIRST in dates
    assert repr(dates) == repr([SECOND, FIRST])
    dates.append(THIRD)
    dates[0] = THIRD
    dates[1:2] = [FIRST, SECOND]
    assert wire == ["2026-01-03", "2026-01-01", "2026-01-02", "2026-01-03"]
    del dates[3]
    dates.reverse()
    assert dates.pop() == THIRD
    dates.insert(0, THIRD)
    dates.extend([THIRD])
    dates.remove(THIRD)
    assert wire == ["2026-01-02", "2026-01-01", "2026-01-03"]
    dates.clear()
    assert wire == []


def test_a_list_is_extended_by_itself_through_another_view() -> None:
    wire: list[Any] = ["2026-01-01", "2026-01-02"]
    dates: Any = list_of(DATE).load(wire)
    dates.extend(list_of(DATE).load(wire))
    assert wire == ["2026-01-01", "2026-01-02"] * 2
    dates += (date for date in list_of(DATE).load(wire) if date == FIRST)
    assert wire == ["2026-01-01", "2026-01-02"] * 2 + ["2026-01-01"] * 2


def test_sorting(models: ModuleType) -> None:
    dates: Any = list_of(DATE).load(["2026-01-02", "2026-01-03", "2026-01-01"])
    dates.sort()
    assert dates == [FIRST, SECOND, THIRD]
    dates.sort(key=lambda date: -date.day)
    assert dates == [THIRD, SECOND, FIRST]
    dates.sort(reverse=True, key=lambda date: -date.day)
    assert dates == [FIRST, SECOND, THIRD]


def test_comparing_and_copying() -> None:
    dates = list_of(DATE).load(["2026-01-01", None])
    assert dates == list_of(DATE).load(["2026-01-01", None])
    assert dates != [FIRST]
    assert dates != (FIRST, None)
    for same in (
        copy.copy(dates),
        copy.deepcopy(dates),
        pickle.loads(pickle.dumps(dates)),
    ):
        assert type(same) is list
        assert same == dates


def test_items_that_do_not_fit() -> None:
    dates = list_of(DATE).load(["2026-01-01", "never"])
    assert repr(dates) == "['2026-01-01', 'never']"
    assert dates[0] == FIRST
    with pytest.raises(ValueError, match=r"list\[\]: 'never' in the JSON does not fit"):
        list(dates)
    with pytest.raises(TypeError, match=r"list\[\]: expected a date, not str"):
        dates.append("2026-01-01")  # type: ignore[arg-type]
    assert len(dates) == 2


def test_items_are_views_of_their_list(models: ModuleType) -> None:
    user = models.User(licenses=[models.AssignedLicense(disabled_plans=["a"])])
    user.licenses[0].disabled_plans.append("b")
    user.licenses += [models.AssignedLicense.patch()]
    assert user.to_dict() == {"licenses": [{"disabledPlans": ["a", "b"]}, {}]}
    with pytest.raises(TypeError, match=r"User.licenses\[\]: expected AssignedLicense"):
        user.licenses.append("a")
    with pytest.raises(TypeError, match="User.licenses: expected a list, not str"):
        user.licenses = "a"


def test_lists_of_lists_tell_their_owner(models: ModuleType) -> None:
    codec = list_of(list_of(DATE))
    user = models.User.from_dict({"tags": [["2026-01-01"]]})
    assert codec.view is not None
    codec.view(user.to_dict()["tags"], user, "tags")[0].append(SECOND)
    assert user.changes() == {"tags": [["2026-01-01", "2026-01-02"]]}
