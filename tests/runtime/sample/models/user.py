"""microsoft.graph.user."""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableSequence
from typing import TYPE_CHECKING, Any

from .._runtime.codecs import DATE_TIME, STRING, flags, list_of, nested
from .._runtime.model import Field, FlagsField, Limits, ReadOnly, field
from .entity import Entity

if TYPE_CHECKING:
    from .assigned_license import AssignedLicense
    from .auth_mode import AuthMode
    from .mailbox_settings import MailboxSettings


class User(Entity):
    """A user account.

    Wire name: microsoft.graph.user
    """

    __slots__ = ()
    _type_name = "microsoft.graph.user"
    _open = True

    account_enabled: Field[bool] = field("accountEnabled", default=None)
    age: Field[int] = field("age", default=None, limits=Limits(minimum=0, maximum=150))
    anything: Field[Any] = field("anything", default=None)
    created_date_time: ReadOnly[dt.datetime] = field(
        "createdDateTime", DATE_TIME, init=False
    )
    department: Field[str] = field("department", default=None)
    display_name: Field[str] = field("displayName", default=None, nullable=False)
    employee_hire_date: Field[dt.datetime] = field(
        "employeeHireDate", DATE_TIME, default=None
    )
    licenses: Field[MutableSequence[AssignedLicense]] = field(
        "licenses",
        list_of(nested("assigned_license", "AssignedLicense")),
        default=None,
        limits=Limits(max_items=3),
    )
    mailbox_settings: Field[MailboxSettings] = field(
        "mailboxSettings", nested("mailbox_settings", "MailboxSettings"), default=None
    )
    manager: Field[User] = field("manager", nested("user", "User"), default=None)
    members: Field[MutableSequence[User]] = field(
        "members", list_of(nested("user", "User")), default=None
    )
    modes: FlagsField[AuthMode] = field(
        "modes", flags("auth_mode", "AuthMode"), default=None
    )
    tags: Field[MutableSequence[str]] = field("tags", list_of(STRING), default=None)
    user_principal_name: Field[str] = field(
        "userPrincipalName", default=None, immutable=True
    )
