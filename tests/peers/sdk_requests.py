"""What msgraph-beta-sdk sends; the peers' interpreter runs it: sdk_requests.py ROOT.

Sends each operation once to the service at ROOT, one after another, and prints as JSON
which they were and which verbs each place has. `our_requests` is its twin, name by name.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph_beta import GraphRequestAdapter, GraphServiceClient
from msgraph_beta.generated.models.hardware_oath_token_authentication_method_device import (
    HardwareOathTokenAuthenticationMethodDevice,
)
from msgraph_beta.generated.models.hardware_oath_token_hash_function import (
    HardwareOathTokenHashFunction,
)
from msgraph_beta.generated.models.qr_code import QrCode
from msgraph_beta.generated.models.qr_pin import QrPin
from msgraph_beta.generated.models.user import User
from msgraph_beta.generated.users.item.authentication.qr_code_pin_method.pin.update_pin.update_pin_post_request_body import (
    UpdatePinPostRequestBody,
)

Operations: TypeAlias = dict[str, Callable[[], Awaitable[Any]]]


class Token(AccessTokenProvider):
    """One token for every host."""

    async def get_authorization_token(self, uri: str, context: Any = None) -> str:
        return "token-1"

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])


def configured(
    query: Any = None, headers: dict[str, str] | None = None
) -> RequestConfiguration[Any]:
    """Give the configuration of a call with query parameters and headers."""
    configuration: RequestConfiguration[Any] = RequestConfiguration(
        query_parameters=query
    )
    for name, value in (headers or {}).items():
        configuration.headers.add(name, value)
    return configuration


def on_sign_in(client: Any) -> Operations:
    """Give the operations on PINs and QR codes."""
    mine = client.me().authentication.qr_code_pin_method.pin
    some = configured(
        mine.PinRequestBuilderGetQueryParameters(
            select=["id", "forceChangePinNextSignIn"]
        )
    )
    update = UpdatePinPostRequestBody(current_pin="12345678", new_pin="87654321")
    ada = client.users.by_user_id("ada@contoso.com")
    method = ada.authentication.qr_code_pin_method
    pin, code = method.pin, method.standard_q_r_code
    changed = QrPin(code="09599786", force_change_pin_next_sign_in=True)
    start = dt.datetime(2026, 11, 23, 10, 15, 30, 123000, dt.timezone.utc)
    cleared = QrCode()
    cleared.expire_date_time = None
    unchanged = configured(headers={"If-Match": 'W/"1"'})
    return {
        "read my PIN": lambda: mine.get(),
        "read some of my PIN": lambda: mine.get(some),
        "replace my PIN": lambda: mine.update_pin.post(update),
        "read a PIN": lambda: pin.get(),
        "change a PIN": lambda: pin.patch(changed),
        "delete a PIN": lambda: pin.delete(),
        "delete an unchanged PIN": lambda: pin.delete(unchanged),
        "read a method": lambda: method.get(),
        "delete a method": lambda: method.delete(),
        "read a code": lambda: code.get(),
        "change a code": lambda: code.patch(QrCode(start_date_time=start)),
        "clear a code's end": lambda: code.patch(cleared),
        "delete a code": lambda: code.delete(),
        "read a short-lived code": lambda: method.temporary_q_r_code.get(),
    }


def on_users(client: Any) -> Operations:
    """Give the operations on users."""
    users, query = client.users, client.users.UsersRequestBuilderGetQueryParameters
    eventual = {"ConsistencyLevel": "eventual"}
    sales = query(
        filter="department eq 'R&D + O''Hara''s' and accountEnabled eq true",
        select=["id", "displayName"],
        orderby=["displayName desc", "id"],
        top=5,
        count=True,
    )
    found = query(search='"displayName:Ada é"')
    ada = users.by_user_id("ada@contoso.com")
    with_manager = ada.UserItemRequestBuilderGetQueryParameters(
        select=["id"], expand=["manager($select=id,displayName)"]
    )
    changed = User(department="R&D", business_phones=["+1 2"])
    return {
        "list users": lambda: users.get(configured(sales, eventual)),
        "search users": lambda: users.get(configured(found, eventual)),
        "read a user and the manager": lambda: ada.get(configured(with_manager)),
        "read a user with an odd id": lambda: users.by_user_id("a/b c+d%41#é'?").get(),
        "change a user": lambda: ada.patch(changed),
    }


def on_devices(client: Any) -> Operations:
    """Give the operations on devices."""
    devices = client.authentication_method_devices
    tokens = devices.by_authentication_method_device_id("d-1").hardware_oath_devices
    token = tokens.by_hardware_oath_token_authentication_method_device_id("t-1")
    created = HardwareOathTokenAuthenticationMethodDevice(
        manufacturer="Contoso",
        model="One",
        serial_number="1",
        secret_key="GEZDGNBV",
        time_interval_in_seconds=30,
        hash_function=HardwareOathTokenHashFunction.Hmacsha256,
    )
    return {
        "list devices": lambda: devices.get(),
        "create a device": lambda: devices.post(created),
        "create a token": lambda: tokens.post(created),
        "read a token's owner": lambda: token.assign_to.get(),
    }


def verbs(client: Any) -> dict[str, list[str]]:
    """Give the HTTP methods that each place has."""
    ada = client.users.by_user_id("1")
    method = ada.authentication.qr_code_pin_method
    devices = client.authentication_method_devices
    device = devices.by_authentication_method_device_id("1")
    tokens = device.hardware_oath_devices
    token = tokens.by_hardware_oath_token_authentication_method_device_id("1")
    places = {
        "me": client.me(),
        "users": client.users,
        "user": ada,
        "authentication": ada.authentication,
        "method": method,
        "pin": method.pin,
        "code": method.standard_q_r_code,
        "short-lived code": method.temporary_q_r_code,
        "devices": devices,
        "device": device,
        "tokens": tokens,
        "token": token,
        "token's owner": token.assign_to,
    }
    names = ("delete", "get", "patch", "post", "put")
    return {
        name: [verb.upper() for verb in names if hasattr(place, verb)]
        for name, place in places.items()
    }


async def main(root: str) -> None:
    """Send everything and print what it was; the first failure ends the run."""
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(Token()))
    adapter.base_url = root
    client = GraphServiceClient(request_adapter=adapter)
    operations = on_sign_in(client) | on_users(client) | on_devices(client)
    for send in operations.values():
        await send()
    print(json.dumps({"operations": list(operations), "verbs": verbs(client)}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
