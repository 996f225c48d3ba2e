"""What users write and both checkers take, with the types that they see."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import MutableSequence
from decimal import Decimal
from typing import Any, assert_type

from sample_graph._runtime.aio import AsyncResource
from sample_graph._runtime.client import AsyncClientBase, SyncClient
from sample_graph._runtime.enums import Flags
from sample_graph._runtime.expand import Expand
from sample_graph._runtime.expressions import Expression, Filter, Order
from sample_graph._runtime.long_running import LongRunning
from sample_graph._runtime.options import Condition, Expands, Names, Orders, Terms
from sample_graph._runtime.query import Path
from sample_graph._runtime.resources import Resource
from sample_graph._runtime.search import Search
from sample_graph._runtime.values import case, constant, is_of, it, min_datetime, now
from sample_graph.models import (
    AssignedLicense,
    AuthMode,
    ErrorCorrectionLevel,
    Guest,
    LocaleSettings,
    MailboxSettings,
    QrPin,
    User,
)


def listed(
    *,
    filter: Condition = None,
    order_by: Orders = None,
    select: Names = None,
    expand: Expands = None,
    search: Terms = None,
) -> None:
    """Stand for a list operation."""


pin = QrPin(code="09599786", force_change_pin_next_sign_in=None)
assert_type(pin.code, str | None)
assert_type(pin.id, str | None)
assert_type(pin.created_date_time, dt.datetime | None)
assert_type(pin.level, ErrorCorrectionLevel | None)
assert_type(QrPin.code, Path[str])
assert_type(QrPin.from_dict({}), QrPin)
assert_type(QrPin.patch(), QrPin)
assert_type(ErrorCorrectionLevel.L.is_known, bool)
pin.code = "1"
pin.level = ErrorCorrectionLevel.L
pin.level = None
del pin.level
if QrPin.code in pin:
    pin.to_json()

user = User(
    licenses=[AssignedLicense(sku_id=uuid.uuid4())],
    modes=AuthMode.SMS | AuthMode.PASSWORD,
    mailbox_settings=LocaleSettings(locale="de"),
)
assert_type(user.licenses, MutableSequence[AssignedLicense] | None)
assert_type(user.modes, Flags[AuthMode] | None)
assert_type(user.anything, Any | None)
user.modes = AuthMode.SMS
user.modes = [AuthMode.SMS, AuthMode.PASSWORD]
modes = user.modes
if modes and user.licenses:
    user.modes = modes - AuthMode.SMS
    user.licenses.append(AssignedLicense())
for license in user.licenses or ():
    assert_type(license.sku_id, uuid.UUID | None)
user.additional["shoeSize"] = 42
assert_type(user.changes(), dict[str, Any])
assert_type([found.path for found in user.validate()], list[str])
Guest(sponsor="Ada", department="Sales")

service = SyncClient(base_url="https://example.com")
someone = Resource.at(service, "/users/1")
user.bind(User.manager, someone)
user.bind(User.manager, "https://example.com/users/1")
user.bind(User.members, [someone, "/users/2"])
user.bind(User.members, AsyncResource.at(AsyncClientBase(base_url="x"), "/users/3"))


class Operations(Resource):
    """A place with an action that may take long."""

    def export(self, *, years: int) -> User | None:
        """An action with a result."""
        raise NotImplementedError


export = service.start(Operations.at(service, "/me").export, years=1)
assert_type(export, LongRunning[User | None])
assert_type(export.wait(timeout=600), User | None)
assert_type(LongRunning.resume(service, export.url, User), LongRunning[User])
assert_type(LongRunning.resume(service, export.url), LongRunning[None])

assert_type(User.mailbox_settings / MailboxSettings.time_zone, Path[str])
listed(filter=(User.department == "Sales") & ~User.display_name.startswith("A"))
listed(filter=User.created_date_time > dt.datetime.now(dt.timezone.utc))
listed(filter=(User.modes == AuthMode.SMS) | (User.manager == None))  # noqa: E711
listed(filter=User.age.in_([1, 2]) & (User.mailbox_settings != None))  # noqa: E711

day = dt.timedelta(days=1)
sku = uuid.uuid4()
listed(filter=User.account_enabled & (User.age * 2 + 1 > 30))
listed(filter=~User.account_enabled | (User.account_enabled == True))  # noqa: E712
listed(filter=User.account_enabled, order_by=[User.display_name.length().desc()])
listed(filter=User.display_name == User.department)
listed(filter=User.modes.has(AuthMode.SMS | AuthMode.PASSWORD))
listed(filter=User.modes.has(AuthMode.SMS) & (User.display_name > User.department))
listed(filter=User.created_date_time + day > now())
listed(filter=User.created_date_time - User.employee_hire_date > day)
listed(filter=now() - dt.timedelta(days=7) > User.created_date_time)
listed(filter=dt.datetime.now(dt.timezone.utc) - User.created_date_time < day)
listed(filter=User.created_date_time.date() == dt.date(2026, 1, 2))
listed(filter=User.created_date_time.year().in_([2025, 2026]))
listed(filter=User.licenses.any(lambda license: license.sku_id == sku))
listed(filter=User.licenses.all(lambda each: each.state.to_lower() == "on"))
listed(filter=User.tags.any(lambda tag: tag.startswith("a") & (tag != "ab")))
listed(filter=User.licenses.any(lambda o: o.disabled_plans.any(lambda p: p == "x")))
listed(filter=User.licenses.any() & (User.tags.count() > 2))
listed(filter=User.licenses.count(filter=AssignedLicense.sku_id == sku) == 1)
listed(filter=User.tags.has_subset(["a", "b"]) | User.department.in_(User.tags))
listed(filter=is_of(Guest) | User.manager.is_of(Guest), order_by=Guest.sponsor.asc())
listed(filter=it(str).endswith(".com"), select=[Path.of(Guest) / Guest.sponsor])
listed(filter=(User.manager.cast(Guest) / Guest.sponsor).concat("x") == "Adax")
listed(filter="age gt 5", search=Search("blue") & ~Search("dark green"))
listed(
    expand=[
        User.manager.expand(
            select=[User.id, User.display_name],
            filter=User.account_enabled,
            order_by=User.age.desc(),
            levels="max",
            expand=User.manager.expand(top=1, search="x"),
        ),
        User.manager,
        "memberOf",
    ]
)

assert_type(User.age + 1, Expression[int])
assert_type(1 + User.age, Expression[int])
assert_type(User.age * 1.5, Expression[float])
assert_type(Decimal(1) - User.age, Expression[Decimal])
assert_type(User.age % 2, Expression[int])
assert_type(-User.age, Expression[int])
assert_type(User.age.div(2), Expression[int])
assert_type(User.age.divby(2), Expression[Decimal])
assert_type(User.age.divby(2).round(), Expression[Decimal])
assert_type(User.age.cast(float).ceiling(), Expression[float])
assert_type(User.created_date_time - day, Expression[dt.datetime])
assert_type(User.created_date_time.date() - day, Expression[dt.date])
assert_type(User.created_date_time - min_datetime(), Expression[dt.timedelta])
assert_type((now() - User.created_date_time).total_seconds(), Expression[Decimal])
assert_type((now() - User.created_date_time) * 2, Expression[dt.timedelta])
assert_type(User.created_date_time.time().hour(), Expression[int])
assert_type(User.display_name.substring(1, User.age), Expression[str])
assert_type(constant("Mr ").concat(User.department), Expression[str])
assert_type(User.age.cast(str), Expression[str])
assert_type(User.manager.cast(Guest), Path[Guest])
assert_type(User.tags.count(), Path[int])
assert_type(User.age > 1, Filter)
assert_type(User.age.desc(), Order)
assert_type(User.manager.expand(), Expand)
assert_type(case((User.age > 65, 1), (User.age < 18, 2), default=3), Expression[int])
assert_type((User.age > 1).paths, tuple[str, ...])
