"""What both checkers refuse: the lines that say so, and no others."""

from __future__ import annotations

import datetime as dt

from sample_graph._runtime.options import Condition, Expands, Orders, Terms
from sample_graph.models import AssignedLicense, AuthMode, QrPin, User


def listed(
    *,
    filter: Condition = None,
    order_by: Orders = None,
    expand: Expands = None,
    search: Terms = None,
) -> None:
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
listed(filter=User.age == User.department)  # refused
listed(filter=User.age)  # refused
listed(filter=User.display_name & User.account_enabled)  # refused
listed(filter=~User.display_name)  # refused
listed(filter=User.display_name + "x" == "y")  # refused
listed(filter=User.age + "1" == 2)  # refused
listed(filter=User.age - now > 1)  # refused
listed(filter=User.created_date_time + 1 > now)  # refused
listed(filter=User.created_date_time + now > now)  # refused
listed(filter=User.age / 2 == 1)  # refused
listed(filter=User.department.has(AuthMode.SMS))  # refused
listed(filter=User.modes.has("sms"))  # refused
listed(filter=User.age.to_lower() == "x")  # refused
listed(filter=User.display_name.year() == 2026)  # refused
listed(filter=User.display_name.contains(5))  # refused
listed(filter=User.display_name.contains(User.age))  # refused
listed(filter=User.display_name.length() == "5")  # refused
listed(filter=User.display_name.any(lambda item: item == "a"))  # refused
listed(filter=User.licenses.any(lambda license: license.skuid == 1))  # refused
listed(filter=User.licenses.any(lambda license: license.sku_id == "x"))  # refused
listed(filter=User.licenses.any(lambda license: license.state))  # refused
listed(filter=User.tags.any(lambda tag: tag == 5))  # refused
listed(filter=User.tags.any(lambda tag: tag.sku_id == 5))  # refused
listed(filter=User.tags.has_subset([5]))  # refused
listed(filter=User.age.count() > 1)  # refused
listed(filter=User.manager.cast(QrPin) / User.mail == "x")  # refused
listed(order_by=[User.age.desc().asc()])  # refused
listed(expand=User.age.desc())  # refused
listed(expand=User.manager.expand(level=2))  # refused
listed(search=User.display_name == "x")  # refused
