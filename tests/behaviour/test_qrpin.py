"""The generated qrPin package, driven as a user would drive it, over real sockets.

The worked example first, sync and async. Everything after it runs once with each client
through `using`: what a test writes is the same for both, save for the `await`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from generated.graph_qrpin import (
    ApiError,
    AsyncClient,
    Client,
    Forbidden,
    NotFound,
    UnexpectedResponse,
    UntrustedLink,
)
from generated.graph_qrpin.models import (
    QrCode,
    QrCodePinAuthenticationMethod,
    QrPin,
    User,
)
from server import Answer, Request, Server

PIN = {
    "@odata.context": "https://graph.microsoft.com/beta/$metadata#pin/$entity",
    "@odata.type": "#microsoft.graph.qrPin",
    "id": "0f0c2b1e-4b7e-4a64-9a8e-7d2a54d2f0d5",
    "code": "09599786",
    "forceChangePinNextSignIn": True,
    "createdDateTime": "2026-11-23T10:15:30.1234567Z",
    "updatedDateTime": None,
}
CREATE = (
    "/authenticationMethodDevices/d-1/hardwareOathDevices/t-1/assignTo"
    "/authentication/qrCodePinMethod/pin"
)
OF_ADA = "/users/ada@contoso.com/authentication/qrCodePinMethod/pin"
OF_ME = "/me/authentication/qrCodePinMethod/pin"

Use = Callable[[Any], Any]
Using = Callable[[Server, Use], Any]


def sync_use(server: Server, use: Use) -> Any:
    """Do something with a sync client of the server; what is iterable becomes a list."""
    with Client("token-1", base_url=server.url) as client:
        result = use(client)
        return list(result) if hasattr(result, "pages") else result


def async_use(server: Server, use: Use) -> Any:
    """Do the same with an async client, in an event loop of its own."""

    async def run() -> Any:
        async with AsyncClient("token-1", base_url=server.url) as client:
            result = use(client)
            if hasattr(result, "pages"):
                return [item async for item in result]
            return await result

    return asyncio.run(run())


@pytest.fixture(params=[sync_use, async_use], ids=["sync", "async"])
def using(request: pytest.FixtureRequest) -> Using:
    """Give the way to use a client, for each kind of client."""
    way: Using = request.param
    return way


def only(server: Server) -> Request:
    """Give the one request that the server received."""
    (request,) = server.requests
    return request


def pin_of(client: Any, owner: str) -> Any:
    """Walk to the PIN of Ada or of the one who is signed in."""
    user = client.me if owner == "me" else client.users["ada@contoso.com"]
    return user.authentication.qr_code_pin_method.pin


# --- the worked example


def assert_created(server: Server, pin: QrPin) -> None:
    """Check the exact request, and the typed answer."""
    request = only(server)
    assert (request.method, request.target) == ("POST", CREATE)
    assert request.json == {"code": "09599786", "forceChangePinNextSignIn": True}
    assert request.headers["content-type"] == "application/json"
    assert request.headers["authorization"] == "Bearer token-1"
    assert type(pin) is QrPin
    assert pin.id == PIN["id"]
    assert pin.code == "09599786"
    assert pin.force_change_pin_next_sign_in is True
    assert pin.created_date_time == dt.datetime(
        2026, 11, 23, 10, 15, 30, 123456, dt.timezone.utc
    )
    assert pin.updated_date_time is None
    assert pin.to_dict() == PIN


def test_create_sync() -> None:
    with Server([(201, {}, PIN)]) as server:
        with Client("token-1", base_url=server.url) as client:
            pin = (
                client.authentication_method_devices["d-1"]
                .hardware_oath_devices["t-1"]
                .assign_to.authentication.qr_code_pin_method.pin.create(
                    QrPin(code="09599786", force_change_pin_next_sign_in=True)
                )
            )
        assert_created(server, pin)


def test_create_async() -> None:
    async def run(server: Server) -> QrPin:
        async with AsyncClient("token-1", base_url=server.url) as client:
            return await (
                client.authentication_method_devices["d-1"]
                .hardware_oath_devices["t-1"]
                .assign_to.authentication.qr_code_pin_method.pin.create(
                    QrPin(code="09599786", force_change_pin_next_sign_in=True)
                )
            )

    with Server([(201, {}, PIN)]) as server:
        assert_created(server, asyncio.run(run(server)))


def test_walking_sends_nothing() -> None:
    with Server([]) as server, Client("token-1", base_url=server.url) as client:
        pin_of(client, "me")
        client.users.list()
        assert server.requests == []


# --- the PIN along users and me

PLACES = pytest.mark.parametrize(
    ("owner", "path"), [("ada", OF_ADA), ("me", OF_ME)], ids=["users", "me"]
)


@PLACES
def test_create_sends_only_what_a_caller_may_set(
    using: Using, owner: str, path: str
) -> None:
    with Server([(201, {}, PIN)]) as server:
        using(server, lambda c: pin_of(c, owner).create(QrPin.from_dict(dict(PIN))))
        assert (only(server).method, only(server).target) == ("POST", path)
        assert only(server).json == {
            "code": "09599786",
            "forceChangePinNextSignIn": True,
        }


@PLACES
def test_get(using: Using, owner: str, path: str) -> None:
    with Server([(200, {}, PIN)]) as server:
        pin = using(
            server,
            lambda c: pin_of(c, owner).get(
                select=[QrPin.code, QrPin.created_date_time]
            ),
        )
        request = only(server)
        assert request.method == "GET"
        assert request.target == f"{path}?$select=code,createdDateTime"
        assert request.body == b""
        assert "content-type" not in request.headers
        assert isinstance(pin, QrPin)
        assert pin == QrPin.from_dict(PIN)


@PLACES
@pytest.mark.parametrize(
    ("answer", "sent_back"),
    [((200, {}, PIN), True), ((201, {}, PIN), True), ((204, {}, None), False)],
    ids=["200", "201", "204"],
)
def test_update(
    using: Using, owner: str, path: str, answer: Answer, sent_back: bool
) -> None:
    with Server([answer]) as server:
        result = using(
            server, lambda c: pin_of(c, owner).update(QrPin(code="12345678"))
        )
        assert (only(server).method, only(server).target) == ("PATCH", path)
        assert only(server).json == {"code": "12345678"}
        assert result == (QrPin.from_dict(PIN) if sent_back else None)


def test_update_of_what_was_read_sends_what_was_changed(using: Using) -> None:
    pin = QrPin.from_dict(dict(PIN))
    pin.force_change_pin_next_sign_in = None
    with Server([(204, {}, None)]) as server:
        using(server, lambda c: pin_of(c, "me").update(pin))
        assert only(server).json == {"forceChangePinNextSignIn": None}


@PLACES
def test_delete(using: Using, owner: str, path: str) -> None:
    with Server([(204, {}, None)]) as server:
        result = using(server, lambda c: pin_of(c, owner).delete())
        assert result is None
        assert (only(server).method, only(server).target) == ("DELETE", path)
        assert only(server).body == b""


@PLACES
def test_update_pin(using: Using, owner: str, path: str) -> None:
    with Server([(204, {}, None)]) as server:
        result = using(
            server,
            lambda c: pin_of(c, owner).update_pin(
                current_pin="09599786", new_pin="12345678"
            ),
        )
        assert result is None
        request = only(server)
        assert request.method == "POST"
        assert request.target == f"{path}/updatePin"
        assert request.json == {"currentPin": "09599786", "newPin": "12345678"}


def test_keys_are_encoded_once(using: Using) -> None:
    with Server([(200, {}, {"id": "1"})]) as server:
        using(server, lambda c: c.users["a/b'c%20d e+f?#é"].get())
        assert only(server).segments == ["users", "a/b'c%20d e+f?#é"]


def test_the_method_around_the_pin_is_put(using: Using) -> None:
    method = QrCodePinAuthenticationMethod(
        pin=QrPin(code="09599786"),
        standard_qr_code=QrCode(
            expire_date_time=dt.datetime(2027, 1, 1, tzinfo=dt.timezone.utc)
        ),
    )
    with Server([(204, {}, None)]) as server:
        using(server, lambda c: c.me.authentication.qr_code_pin_method.replace(method))
        request = only(server)
        assert request.method == "PUT"
        assert request.target == "/me/authentication/qrCodePinMethod"
        assert request.json == {
            "pin": {"code": "09599786"},
            "standardQRCode": {"expireDateTime": "2027-01-01T00:00:00Z"},
        }


# --- what the service refuses


def fault(code: str, inner: str = "") -> dict[str, Any]:
    """Make an error body as Microsoft Graph sends it."""
    details = {"request-id": "r-1", "date": "2026-11-23T10:15:30"}
    if inner:
        details["code"] = inner
    return {"error": {"code": code, "message": "No.", "innerError": details}}


def test_an_error_is_named_by_its_meaning(using: Using) -> None:
    with Server([(404, {}, fault("resourceNotFound", "pinNotFound"))]) as server:
        with pytest.raises(NotFound) as caught:
            using(server, lambda c: pin_of(c, "me").get())
    error = caught.value
    assert isinstance(error, ApiError)
    assert (error.status, error.code) == (404, "resourceNotFound")
    assert error.inner_code == "pinNotFound"
    assert error.message == "No."
    assert error.request_id == "r-1"


def test_a_refused_creation_is_not_sent_again(using: Using) -> None:
    with Server([(403, {}, fault("accessDenied"))]) as server:
        with pytest.raises(Forbidden, match="accessDenied"):
            using(server, lambda c: pin_of(c, "me").create(QrPin(code="09599786")))
        assert len(server.requests) == 1


def test_a_throttled_creation_is_sent_again(using: Using) -> None:
    throttled = (429, {"Retry-After": "0"}, fault("TooManyRequests"))
    with Server([throttled, (201, {}, PIN)]) as server:
        pin = using(server, lambda c: pin_of(c, "me").create(QrPin(code="09599786")))
        assert pin.code == "09599786"
        first, second = server.requests
        assert (first.method, first.target) == (second.method, second.target)
        assert first.json == second.json == {"code": "09599786"}


def test_an_answer_that_is_not_json_is_an_error(using: Using) -> None:
    page = (200, {"Content-Type": "text/html"}, "<html>sign in</html>")
    with Server([page]) as server:
        with pytest.raises(UnexpectedResponse):
            using(server, lambda c: pin_of(c, "me").get())


# --- users: pages, and what points at them


def paged(request: Request) -> Answer:
    """Give three pages of users, the second of which is empty."""
    base = f"http://{request.headers['host']}"
    if "$skiptoken" not in request.target:
        link, value = f"{base}/users?$skiptoken=a%2Bb", [{"id": "1"}, {"id": "2"}]
    elif "a%2Bb" in request.target:
        link, value = f"{base}/users?$skiptoken=c", []
    else:
        return 200, {}, {"value": [{"id": "3", "displayName": "Ada"}]}
    return 200, {}, {"value": value, "@odata.nextLink": link}


def test_users_come_across_all_pages(using: Using) -> None:
    with Server(paged) as server:
        users = using(
            server,
            lambda c: c.users.list(
                filter=(User.department == "Sales")
                & User.display_name.startswith("O'N"),
                select=[User.id, User.display_name],
                order_by=[User.display_name.desc()],
                top=2,
                headers={"ConsistencyLevel": "eventual"},
            ),
        )
        assert [user.id for user in users] == ["1", "2", "3"]
        assert {type(user) for user in users} == {User}
        assert users[2].display_name == "Ada"
        first, second, third = server.requests
        assert first.path == "/users"
        assert first.query == {
            "$filter": "department eq 'Sales' and startswith(displayName,'O''N')",
            "$select": "id,displayName",
            "$orderby": "displayName desc",
            "$top": "2",
        }
        assert second.target == "/users?$skiptoken=a%2Bb"
        assert third.target == "/users?$skiptoken=c"
        for request in server.requests:
            assert request.headers["consistencylevel"] == "eventual"
            assert request.headers["authorization"] == "Bearer token-1"


def test_a_page_elsewhere_is_not_followed(using: Using) -> None:
    with Server([]) as other:
        page = {"value": [], "@odata.nextLink": f"{other.url}/users?$skiptoken=a"}
        with Server([(200, {}, page)]) as server:
            with pytest.raises(UntrustedLink):
                using(server, lambda c: c.users.list())
        assert other.requests == []


def test_users_are_counted(using: Using) -> None:
    with Server([(200, {"Content-Type": "text/plain"}, "17")]) as server:
        assert using(server, lambda c: c.users.count()) == 17
        assert only(server).target == "/users/$count"


def test_a_user_by_another_key(using: Using) -> None:
    with Server([(200, {}, {"id": "1"})]) as server:
        using(server, lambda c: c.users.by_user_principal_name("o'n@contoso.com").get())
        assert only(server).target == "/users(userPrincipalName='o''n@contoso.com')"


def test_a_manager_is_seen_as_what_it_says_it_is(using: Using) -> None:
    answer = {"@odata.type": "#microsoft.graph.user", "id": "1", "surname": "Hopper"}
    with Server([(200, {}, answer)]) as server:
        manager = using(server, lambda c: c.me.manager.get())
        assert only(server).target == "/me/manager"
        assert type(manager) is User
        assert manager.surname == "Hopper"


def test_a_manager_is_set_by_reference(using: Using) -> None:
    with Server([(204, {}, None)]) as server:
        using(
            server,
            lambda c: c.users["ada@contoso.com"].manager.set_reference(
                c.directory_objects["m-1"]
            ),
        )
        request = only(server)
        assert request.method == "PUT"
        assert request.target == "/users/ada@contoso.com/manager/$ref"
        assert request.json == {"@odata.id": f"{server.url}/directoryObjects/m-1"}
