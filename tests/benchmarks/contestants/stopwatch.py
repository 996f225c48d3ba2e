"""What all contestants share: the same reading of the same properties, timed alike.

These programs are run by path in whatever environment has the library in question, so they
import nothing of this project but one another.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

SECONDS = 0.5

FIVE = ("id", "display_name", "mail", "account_enabled", "created_date_time")
LISTS = ("business_phones", "im_addresses", "other_mails", "proxy_addresses")
NESTED = ("assigned_licenses", "assigned_plans", "identities")
PLAIN = (
    *FIVE,
    *("city", "company_name", "country", "department", "employee_hire_date"),
    *("employee_id", "employee_type", "given_name", "is_resource_account", "job_title"),
    *("last_password_change_date_time", "mail_nickname", "mobile_phone"),
    *("office_location", "on_premises_sync_enabled", "postal_code"),
    *("preferred_language", "street_address", "surname", "user_principal_name"),
    "user_type",
)

read_five = attrgetter(*FIVE)
read_all = attrgetter(*PLAIN, *LISTS, *NESTED, "employee_org_data")

_read_plain = attrgetter(*PLAIN)
_read_lists = attrgetter(*LISTS)
_read_organisation = attrgetter(
    "employee_org_data.cost_center", "employee_org_data.division"
)
_read_licence = attrgetter("sku_id", "disabled_plans")
_read_plan = attrgetter(
    "assigned_date_time", "capability_status", "service", "service_plan_id"
)
_read_identity = attrgetter("sign_in_type", "issuer", "issuer_assigned_id")


def read_leaves(user: Any) -> None:
    """Read all 34 properties, and every value inside of nested objects and lists."""
    _read_plain(user)
    for texts in _read_lists(user):
        list(texts)
    _read_organisation(user)
    for licence in user.assigned_licenses:
        list(_read_licence(licence)[1])
    for plan in user.assigned_plans:
        _read_plan(plan)
    for identity in user.identities:
        _read_identity(identity)


def compete(
    data: bytes,
    decode: Callable[[bytes], Iterable[Any]],
    encode: Callable[[Any], object],
    decoded: Any,
) -> None:
    """Measure a contestant and print its rates in users a second.

    `decode` makes users of the bytes; `encode` makes JSON of `decoded`, the page as it was
    decoded before.
    """
    users = len(json.loads(data)["value"])
    rates = {
        name: _rate(lambda read=read: _each(decode(data), read), users)
        for name, read in (
            ("five", read_five),
            ("all", read_all),
            ("leaves", read_leaves),
        )
    }
    rates["written"] = _rate(lambda: encode(decoded), users)
    print(json.dumps(rates))


def check(user: Any) -> None:
    """Stop a contestant that did not decode what it should have."""
    assert len(read_all(user)) == 34
    assert user.display_name == "Ada Lovelace"
    assert user.created_date_time.year == 2019
    assert user.assigned_plans[0].assigned_date_time.year == 2023
    assert user.employee_org_data.cost_center == "CC000"


def _each(users: Iterable[Any], read: Callable[[Any], object]) -> None:
    for user in users:
        read(user)


def _rate(task: Callable[[], object], users: int) -> float:
    """Measure by the processor's clock: what else the machine does counts little."""
    task()
    rounds, started = 0, time.process_time()
    while (passed := time.process_time() - started) < SECONDS:
        task()
        rounds += 1
    return rounds * users / passed
