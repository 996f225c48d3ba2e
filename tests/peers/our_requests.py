"""What the generated package sends: the twin of `sdk_requests`, name by name.

Written once for both clients: what a call gives is the result, the pages of one, or an
awaitable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias

from generated.graph_qrpin.models import (
    HardwareOathTokenAuthenticationMethodDevice,
    HardwareOathTokenHashFunction,
    QrCode,
    QrPin,
    User,
)

Operations: TypeAlias = dict[str, Callable[[], Any]]


def on_sign_in(client: Any) -> Operations:
    """Give the operations on PINs and QR codes."""
    mine = client.me.authentication.qr_code_pin_method.pin
    method = client.users["ada@contoso.com"].authentication.qr_code_pin_method
    pin, code = method.pin, method.standard_qr_code
    some = [QrPin.id, QrPin.force_change_pin_next_sign_in]
    changed = QrPin(code="09599786", force_change_pin_next_sign_in=True)
    start = dt.datetime(2026, 11, 23, 10, 15, 30, 123000, dt.timezone.utc)
    cleared = QrCode(expire_date_time=None)
    unchanged = {"If-Match": 'W/"1"'}
    return {
        "read my PIN": lambda: mine.get(),
        "read some of my PIN": lambda: mine.get(select=some),
        "replace my PIN": lambda: mine.update_pin(
            current_pin="12345678", new_pin="87654321"
        ),
        "read a PIN": lambda: pin.get(),
        "change a PIN": lambda: pin.update(changed),
        "delete a PIN": lambda: pin.delete(),
        "delete an unchanged PIN": lambda: pin.delete(headers=unchanged),
        "read a method": lambda: method.get(),
        "delete a method": lambda: method.delete(),
        "read a code": lambda: code.get(),
        "change a code": lambda: code.update(QrCode(start_date_time=start)),
        "clear a code's end": lambda: code.update(cleared),
        "delete a code": lambda: code.delete(),
        "read a short-lived code": lambda: method.temporary_qr_code.get(),
    }


def on_users(client: Any) -> Operations:
    """Give the operations on users."""
    users, ada = client.users, client.users["ada@contoso.com"]
    eventual = {"ConsistencyLevel": "eventual"}
    changed = User(department="R&D", business_phones=["+1 2"])
    return {
        "list users": lambda: users.list(
            filter=(User.department == "R&D + O'Hara's")
            & (User.account_enabled == True),  # noqa: E712
            select=[User.id, User.display_name],
            order_by=[User.display_name.desc(), User.id],
            top=5,
            count=True,
            headers=eventual,
        ),
        "search users": lambda: users.list(
            search='"displayName:Ada é"', headers=eventual
        ),
        "read a user and the manager": lambda: ada.get(
            select=User.id, expand="manager($select=id,displayName)"
        ),
        "read a user with an odd id": lambda: users["a/b c+d%41#é'?"].get(),
        "change a user": lambda: ada.update(changed),
    }


def on_devices(client: Any) -> Operations:
    """Give the operations on devices."""
    devices = client.authentication_method_devices
    tokens = devices["d-1"].hardware_oath_devices
    created = HardwareOathTokenAuthenticationMethodDevice(
        manufacturer="Contoso",
        model="One",
        serial_number="1",
        secret_key="GEZDGNBV",
        time_interval_in_seconds=30,
        hash_function=HardwareOathTokenHashFunction.HMACSHA256,
    )
    return {
        "list devices": lambda: devices.list(),
        "create a device": lambda: devices.create(created),
        "create a token": lambda: tokens.create(created),
        "read a token's owner": lambda: tokens["t-1"].assign_to.get(),
    }


def operations(client: Any) -> Operations:
    """Give every operation by its name, in the order of `sdk_requests`."""
    return on_sign_in(client) | on_users(client) | on_devices(client)


VERBS = {
    "delete": "DELETE",
    "get": "GET",
    "list": "GET",
    "update": "PATCH",
    "create": "POST",
    "replace": "PUT",
}


def verbs(client: Any) -> dict[str, list[str]]:
    """Give the HTTP methods that each place has."""
    ada = client.users["1"]
    method = ada.authentication.qr_code_pin_method
    devices = client.authentication_method_devices
    tokens = devices["1"].hardware_oath_devices
    places = {
        "me": client.me,
        "users": client.users,
        "user": ada,
        "authentication": ada.authentication,
        "method": method,
        "pin": method.pin,
        "code": method.standard_qr_code,
        "short-lived code": method.temporary_qr_code,
        "devices": devices,
        "device": devices["1"],
        "tokens": tokens,
        "token": tokens["1"],
        "token's owner": tokens["1"].assign_to,
    }
    return {
        name: sorted({VERBS[verb] for verb in VERBS if hasattr(place, verb)})
        for name, place in places.items()
    }
