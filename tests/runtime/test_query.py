"""Paths and what is made of them as it stands in a URL, before percent-encoding."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import pickle
import uuid
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest

from generator.runtime.codecs import DATE_TIME
from generator.runtime.options import query_options
from generator.runtime.query import Filter, Path
from generator.runtime.search import Search

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


def test_paths_go_on_through_casts(models: ModuleType, sample: Any) -> None:
    user, guest, path = models.User, models.Guest, sample._runtime.query.Path
    sponsor = user.manager.cast(guest) / guest.sponsor
    assert str(sponsor) == "manager/microsoft.graph.guest/sponsor"
    assert sponsor.paths == ("manager/microsoft.graph.guest/sponsor",)
    own = path.of(guest) / guest.sponsor
    assert str(own == "Ada") == "microsoft.graph.guest/sponsor eq 'Ada'"
    assert str(user.manager.is_of(guest)) == "isof(manager,microsoft.graph.guest)"
    assert str(user.age.cast(str)) == "cast(age,Edm.String)"
    values = sample._runtime.values
    assert str(values.is_of(guest)) == "isof(microsoft.graph.guest)"
    outer = values.it(user) / user.age
    assert (str(outer), outer.paths) == ("$it/age", ("age",))
    assert str(values.this(user) / user.age) == "$this/age"


def test_references_and_counts(models: ModuleType) -> None:
    user, license = models.User, models.AssignedLicense
    assert str(user.manager.ref()) == "manager/$ref"
    assert user.manager.ref().paths == ("manager",)
    assert str(user.licenses.count() > 2) == "licenses/$count gt 2"
    assert (user.licenses.count() > 2).paths == ("licenses",)
    assert str(user.tags.count().desc()) == "tags/$count desc"
    some = user.licenses.count(filter=license.state == "on", search="x")
    assert str(some == 1) == "licenses/$count($filter=state eq 'on';$search=x) eq 1"
    assert some.paths == ("licenses", "licenses/state")
    assert some.desc().paths == ("licenses", "licenses/state")


def test_conditions_on_the_items_of_a_collection(models: ModuleType) -> None:
    user = models.User
    sku = uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")
    condition = user.licenses.any(lambda license: license.sku_id == sku)
    assert str(condition) == f"licenses/any(license:license/skuId eq {sku})"
    assert condition.paths == ("licenses", "licenses/skuId")
    assert str(user.licenses.any()) == "licenses/any()"
    assert user.licenses.any().paths == ("licenses",)
    condition = user.tags.all(lambda tag: (tag == "a") | tag.startswith("b"))
    assert str(condition) == "tags/all(tag:tag eq 'a' or startswith(tag,'b'))"
    assert condition.paths == ("tags",)
    assert str(~user.tags.any(lambda tag: tag == "a")) == "not tags/any(tag:tag eq 'a')"


def test_conditions_on_items_mention_what_is_outside(models: ModuleType) -> None:
    user = models.User
    condition = user.licenses.any(
        lambda each: each.disabled_plans.any(
            lambda plan: (plan == each.state) & (user.age > 5)
        )
    )
    assert str(condition) == (
        "licenses/any(each:each/disabledPlans/any(plan:plan eq each/state"
        " and age gt 5))"
    )
    assert condition.paths == (
        "licenses",
        "licenses/disabledPlans",
        "licenses/state",
        "age",
    )


def test_range_variables_never_hide_anything(models: ModuleType) -> None:
    user = models.User

    def inner(x: Any) -> Any:
        return x.disabled_plans.any(lambda x: x == "a")

    assert str(user.licenses.any(inner)) == (
        "licenses/any(x:x/disabledPlans/any(x2:x2 eq 'a'))"
    )
    assert str(user.licenses.any(lambda x: user.tags.any(lambda x: x == "a"))) == (
        "licenses/any(x:tags/any(x2:x2 eq 'a'))"
    )
    assert str(user.tags.any(lambda tags: tags == "a")) == (
        "tags/any(tags2:tags2 eq 'a')"
    )
    assert str(user.tags.any(lambda age: (age == "a") & (user.age > 1))) == (
        "tags/any(age2:age2 eq 'a' and age gt 1)"
    )
    assert str(user.tags.any(lambda null: null == "a")) == (
        "tags/any(null2:null2 eq 'a')"
    )
    assert str(user.tags.any(Wanted("a").met_by)) == ("tags/any(tag:tag eq 'a')")
    assert str(user.tags.any(functools.partial(Wanted.met_by, Wanted("a")))) == (
        "tags/any(item:item eq 'a')"
    )


class Wanted:
    def __init__(self, text: str) -> None:
        self.text = text

    def met_by(self, tag: Any) -> Any:
        return tag == self.text


def test_conditions_on_items_go_on_through_casts(
    models: ModuleType, sample: Any
) -> None:
    many = sample._runtime.query.Path("people")
    condition = many.cast(models.Guest).any(lambda guest: guest.sponsor == "Ada")
    assert str(condition) == (
        "people/microsoft.graph.guest/any(guest:guest/sponsor eq 'Ada')"
    )
    assert condition.paths == (
        "people/microsoft.graph.guest",
        "people/microsoft.graph.guest/sponsor",
    )


def test_what_is_no_condition_on_items_is_refused(models: ModuleType) -> None:
    user = models.User
    with pytest.raises(TypeError, match="the condition on tags gives bool"):
        user.tags.any(lambda tag: False)
    with pytest.raises(AttributeError, match="from_dict.* is no property of Assigned"):
        user.licenses.any(lambda license: license.from_dict == 1)
    with pytest.raises(AttributeError, match="skuid"):
        user.licenses.any(lambda license: license.skuid == 1)


def test_expansions(models: ModuleType) -> None:
    user = models.User
    manager = user.manager.expand(
        select=[user.id, user.display_name],
        filter=(user.age > 5) & user.account_enabled,
        order_by=[user.age.desc(), user.id],
        top=5,
        skip=0,
        count=True,
        search="x",
        levels="max",
        expand=[user.manager.expand(levels=2, expand="memberOf"), user.manager],
    )
    assert str(manager) == (
        "manager($select=id,displayName;$filter=age gt 5 and accountEnabled;"
        "$orderby=age desc,id;$top=5;$skip=0;$count=true;$search=x;$levels=max;"
        "$expand=manager($levels=2;$expand=memberOf),manager)"
    )
    assert repr(manager) == f"Expand({str(manager)!r})"
    assert manager.paths == ("manager", "manager/manager", "manager/manager")
    assert str(user.manager.expand()) == "manager"
    assert str(user.manager.expand(select=[], count=False)) == "manager($count=false)"
    once = user.manager.expand(expand=user.manager.expand(expand=user.manager))
    assert once.paths == ("manager", "manager/manager", "manager/manager/manager")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search("blue"), "blue"),
        (Search("Δ1"), "Δ1"),
        (Search("dark green"), '"dark green"'),
        (Search("displayName:wa"), '"displayName:wa"'),
        (Search("AND"), '"AND"'),
        (Search('say "a\\b"'), '"say \\"a\\\\b\\""'),
        (Search("blue", quoted=True), '"blue"'),
        (Search("brand-new", quoted=False), "brand-new"),
        (Search("a") & Search("b") | Search("c"), "a AND b OR c"),
        (Search("a") & (Search("b") | Search("c")), "a AND (b OR c)"),
        (~Search("a") & Search("b"), "NOT a AND b"),
        (~(Search("a") & Search("b")), "NOT (a AND b)"),
        (~~Search("a"), "NOT (NOT a)"),
    ],
)
def test_searches(search: Search, expected: str) -> None:
    assert str(search) == expected
    assert repr(search) == f"Search({expected!r})"


@pytest.mark.parametrize("text", ["a b", "a;b", '"a', "(a", "NOT", "'a"])
def test_what_is_no_word_is_no_word(text: str) -> None:
    with pytest.raises(ValueError, match="is no word to search for"):
        Search(text, quoted=False)


def test_searches_are_neither_empty_nor_true() -> None:
    with pytest.raises(ValueError, match="empty text"):
        Search("")
    with pytest.raises(TypeError, match="neither true nor false"):
        Search("a") and Search("b")


def test_requests_take_all_of_them() -> None:
    options = {
        "$filter": Path[bool]("active"),
        "$orderby": [NAME.length().desc(), AGE],
        "$expand": Path[Any]("manager").expand(select=NAME),
        "$search": Search("a b"),
    }
    assert unquote(query_options(options, None)) == (
        "$filter=active&$orderby=length(displayName) desc,age"
        '&$expand=manager($select=displayName)&$search="a b"'
    )


def test_flags(models: ModuleType) -> None:
    user, mode = models.User, models.AuthMode
    assert str(user.modes.has(mode.SMS)) == "modes has 'sms'"
    both = user.modes.has(mode.SMS | mode.PASSWORD)
    assert str(both) == "modes has 'sms,password'"
    assert both.paths == ("modes",)
    assert str(user.modes == [mode.SMS, mode.PASSWORD]) == "modes eq 'sms,password'"
    with pytest.raises(TypeError, match="expected AuthMode"):
        user.modes.has(models.ErrorCorrectionLevel.L)
