"""What users write and both checkers take, with the types that they see."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import MutableSequence
from typing import Any, assert_type

from sample_graph._runtime.aio import AsyncResource
from sample_graph._runtime.client import AsyncClientBase, SyncClient
from sample_graph._runtime.enums import Flags
from sample_graph._runtime.long_running import LongRunning
from sample_graph._runtime.query import Filter, Path
from sample_graph._runtime.resources import Resource
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


def listed(*, filter: Filter | str | None = None) -> None:
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
