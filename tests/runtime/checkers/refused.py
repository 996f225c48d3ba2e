"""What both checkers refuse: the lines that say so, and no others."""

from __future__ import annotations

import datetime as dt

from sample_graph._runtime.query import Filter
from sample_graph.models import AssignedLicense, AuthMode, QrPin, User


def listed(*, filter: Filter | str | None = None) -> None:
    """Stand for a list operation."""


now = dt.datetime.now(dt.timezone.utc)
pin = QrPin(code="09599786")
user = User()
QrPin(code="09599786", created_date_time=now)  # refused
QrPin(force_change_pin_next_sign_in=True)  # refused
QrPin(cod="09599786")  # refused
QrPin(code=None)  # refused
QrPin("09599786")  # refused
pin.created_date_time = now  # refused
pin.code = None  # refused
pin.level = "l"  # refused
pin.cod = "1"  # refused
user.modes = "sms"  # refused
user.licenses = [pin]  # refused
user.licenses = AssignedLicense()  # refused
listed(filter=User.department == 5)  # refused
listed(filter=User.created_date_time < "2026")  # refused
listed(filter=User.age.startswith("1"))  # refused
listed(filter=User.age.in_(["1"]))  # refused
listed(filter=User.modes == User.department)  # refused
listed(filter=User.departmnt == "Sales")  # refused
AuthMode.SMS | "password"  # refused
user.bind("manager", "/users/1")  # refused
user.bind(User.manager, user)  # refused
user.bind(User.manager, None)  # refused
