"""Services of OASIS's examples over real sockets: what Graph does not have.

Keys in parentheses and of several parts, imports, names in other spellings.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from corpus.packages import Package, generate, importable
from server import Request, Server
from support import shared_data

pytestmark = pytest.mark.corpus

TRIP_PIN = "Microsoft.OData.SampleService.Models.TripPin"

Use = Callable[[Any], Any]
Sent = Callable[..., tuple[Request, Any]]


def package_of(name: str, document: str, factory: pytest.TempPathFactory) -> Package:
    spec = shared_data(f"oasis/csdl-to-openapi/{document}.xml")
    return generate(name, spec, factory.mktemp(name))


@pytest.fixture(scope="module")
def trip_pin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    package = package_of("trip_pin", "TripPin", tmp_path_factory)
    with importable(package):
        package.load("models")
        yield package.load()


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    package = package_of("northwind", "Northwind-key-as-segment", tmp_path_factory)
    with importable(package):
        package.load("models")
        yield package.load()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    package = package_of("demo", "csdl-16.1", tmp_path_factory)
    with importable(package):
        yield package.load()


def sync_use(package: Any, url: str, use: Use, **settings: Any) -> Any:
    with package.Client(base_url=url, **settings) as client:
        result = use(client)
        return list(result) if hasattr(result, "pages") else result


def async_use(package: Any, url: str, use: Use, **settings: Any) -> Any:
    async def run() -> Any:
        async with package.AsyncClient(base_url=url, **settings) as client:
            result = use(client)
            if hasattr(result, "pages"):
                return [item async for item in result]
            return await result

    return asyncio.run(run())


@pytest.fixture(params=[sync_use, async_use], ids=["sync", "async"])
def using(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """The way to use a client, for each kind of client."""
    way: Callable[..., Any] = request.param
    return way


@pytest.fixture
def sent(using: Callable[..., Any]) -> Sent:
    """What gives the one request that a use of a client sends, and the result."""

    def send(
        package: Any, use: Use, answer: Any = None, status: int = 200, **settings: Any
    ) -> tuple[Request, Any]:
        with Server([(status, {}, {} if answer is None else answer)]) as server:
            result = using(package, server.url, use, **settings)
        (request,) = server.requests
        return request, result

    return send


# --- TripPin: keys in parentheses, casts, functions with parameters, imports


@pytest.mark.parametrize(
    ("key", "target"),
    [
        ("russell", "/People('russell')"),
        ("O'Neil", "/People('O''Neil')"),
        ("a/b?c#d", "/People('a%2Fb%3Fc%23d')"),
        ("50% é", "/People('50%25%20%C3%A9')"),
        ("", "/People('')"),
    ],
)
def test_text_key(sent: Sent, trip_pin: Any, key: str, target: str) -> None:
    request, _ = sent(trip_pin, lambda client: client.people[key].get())
    assert (request.method, request.target) == ("GET", target)


def test_keys_along_a_path(sent: Sent, trip_pin: Any) -> None:
    request, _ = sent(
        trip_pin,
        lambda client: client.people["ada"].trips[7].plan_items[-1].as_flight.get(),
    )
    assert request.target == f"/People('ada')/Trips(7)/PlanItems(-1)/{TRIP_PIN}.Flight"


def test_cast_of_a_collection(sent: Sent, trip_pin: Any) -> None:
    request, _ = sent(
        trip_pin,
        lambda client: client.me.trips[0].plan_items.as_flight[3].airline.get(),
    )
    expected = f"/Me/Trips(0)/PlanItems/{TRIP_PIN}.Flight(3)/Airline"
    assert request.target == expected


def test_function_import_with_parameters(sent: Sent, trip_pin: Any) -> None:
    answer = {"IcaoCode": "KSFO", "Name": "San Francisco", "Location": {"City": {}}}
    request, airport = sent(
        trip_pin,
        lambda client: client.get_nearest_airport(lat=37.5, lon=-122),
        answer,
    )
    assert request.method == "GET"
    assert request.target == "/GetNearestAirport(lat=37.5,lon=-122)"
    assert type(airport) is trip_pin.models.Airport
    assert type(airport.location) is trip_pin.models.AirportLocation


def test_action_import(sent: Sent, trip_pin: Any) -> None:
    request, _ = sent(trip_pin, lambda client: client.reset_data_source(), "", 204)
    assert (request.method, request.target) == ("POST", "/ResetDataSource")
    assert request.body == b""


def test_bound_action(sent: Sent, trip_pin: Any) -> None:
    request, _ = sent(
        trip_pin,
        lambda client: client.me.share_trip(user_name="ada", trip_id=3),
        "",
        204,
    )
    assert (request.method, request.target) == ("POST", f"/Me/{TRIP_PIN}.ShareTrip")
    assert request.json == {"userName": "ada", "tripId": 3}


def test_composable_functions_are_places(sent: Sent, trip_pin: Any) -> None:
    request, result = sent(
        trip_pin,
        lambda client: client.people["ada"]
        .get_friends_trips(user_name="O'Neil")[5]
        .get_involved_people()
        .count(),
        "12",
    )
    assert request.target == (
        f"/People('ada')/{TRIP_PIN}.GetFriendsTrips(userName='O''Neil')(5)"
        f"/{TRIP_PIN}.GetInvolvedPeople()/$count"
    )
    assert result == 12


def test_media_entity(sent: Sent, trip_pin: Any) -> None:
    request, result = sent(
        trip_pin,
        lambda client: client.photos[2**40].media_stream.download(),
        "picture",
    )
    assert request.target == f"/Photos({2**40})/$value"
    assert result == b"picture"


def test_references(sent: Sent, trip_pin: Any) -> None:
    request, _ = sent(
        trip_pin,
        lambda client: client.people["ada"].friends.add_reference("/People('bob')"),
        "",
        204,
    )
    assert (request.method, request.target) == ("POST", "/People('ada')/Friends/$ref")
    assert request.json["@odata.id"].endswith("/People('bob')")
    request, _ = sent(
        trip_pin,
        lambda client: client.people["ada"].friends.remove_reference("O'Neil"),
        "",
        204,
    )
    assert request.method == "DELETE"
    assert request.target == "/People('ada')/Friends('O''Neil')/$ref"


def test_query(sent: Sent, trip_pin: Any) -> None:
    person = trip_pin.models.Person
    female = trip_pin.models.PersonGender.FEMALE
    request, result = sent(
        trip_pin,
        lambda client: client.people.list(
            filter=(person.last_name == "O'Neil") & (person.gender == female),
            select=[person.user_name, person.first_name],
            expand=[person.photo],
            order_by=[person.first_name.desc()],
            top=3,
            count=True,
        ),
        {"value": [{"UserName": "ada", "shoeSize": 38}]},
    )
    assert request.path == "/People"
    assert request.query == {
        "$filter": "LastName eq 'O''Neil' and Gender eq 'Female'",
        "$select": "UserName,FirstName",
        "$expand": "Photo",
        "$orderby": "FirstName desc",
        "$top": "3",
        "$count": "true",
    }
    (ada,) = result
    assert (ada.user_name, ada.first_name) == ("ada", None)
    assert dict(ada.additional) == {"shoeSize": 38}


def test_create_in_a_contained_collection(sent: Sent, trip_pin: Any) -> None:
    share = UUID("0f0c2b1e-4b7e-4a64-9a8e-7d2a54d2f0d5")
    start = dt.datetime(2026, 11, 23, 10, 15, tzinfo=dt.timezone.utc)
    trip = trip_pin.models.Trip(
        name="Rome",
        budget=1500.5,
        starts_at=start,
        ends_at=start + dt.timedelta(days=2),
        tags=["food"],
        share_id=share,
    )
    request, result = sent(
        trip_pin,
        lambda client: client.me.trips.create(trip),
        {"TripId": 1, "Name": "Rome"},
        201,
    )
    assert (request.method, request.target) == ("POST", "/Me/Trips")
    assert request.json == {
        "Name": "Rome",
        "Budget": 1500.5,
        "StartsAt": "2026-11-23T10:15:00Z",
        "EndsAt": "2026-11-25T10:15:00Z",
        "Tags": ["food"],
        "ShareId": str(share),
    }
    assert result.trip_id == 1


def test_update_of_a_derived_type_names_it(sent: Sent, trip_pin: Any) -> None:
    flight = trip_pin.models.Flight.patch()
    flight.duration = dt.timedelta(hours=2, minutes=30)
    request, _ = sent(
        trip_pin,
        lambda client: client.me.trips[0].plan_items[1].update(flight),
        "",
        204,
    )
    assert request.method == "PATCH"
    assert request.json == {
        "@odata.type": f"#{TRIP_PIN}.Flight",
        "Duration": "PT2H30M",
    }


# --- Northwind: keys as segments, keys of several parts


def test_key_as_segment_because_the_metadata_says_so(
    sent: Sent, northwind: Any
) -> None:
    request, _ = sent(
        northwind, lambda client: client.customers["A/B'C"].orders.list(), {"value": []}
    )
    assert request.target == "/Customers/A%2FB%27C/Orders"


def test_the_caller_may_have_parentheses(sent: Sent, northwind: Any) -> None:
    request, _ = sent(
        northwind,
        lambda client: client.categories[1].products.count(),
        "3",
        key_as_segment=False,
    )
    assert request.target == "/Categories(1)/Products/$count"


def test_key_of_two_parts(sent: Sent, northwind: Any) -> None:
    answer = {"OrderID": 10248, "ProductID": 11, "UnitPrice": 14.0001, "Quantity": 12}
    request, detail = sent(
        northwind, lambda client: client.order_details[10248, 11].get(), answer
    )
    assert request.target == "/Order_Details(OrderID=10248,ProductID=11)"
    assert detail.unit_price == Decimal("14.0001")
    assert detail.quantity == 12


def test_key_of_many_parts_in_declared_order(sent: Sent, northwind: Any) -> None:
    key = ("A & B", 0.05, 1, 2, "Chai/Tea", 3, "O'Neil", "S", Decimal("1.50"))
    request, _ = sent(northwind, lambda client: client.invoices[key].get())
    assert request.target == (
        "/Invoices(CustomerName='A%20%26%20B',Discount=0.05,OrderID=1,ProductID=2,"
        "ProductName='Chai%2FTea',Quantity=3,Salesperson='O''Neil',ShipperName='S',"
        "UnitPrice=1.50)"
    )


def test_reference_to_a_key_of_two_parts(sent: Sent, northwind: Any) -> None:
    key = {"OrderID": 1, "ProductID": 2}
    request, _ = sent(
        northwind,
        lambda client: client.orders[1].order_details.remove_reference(key),
        "",
        204,
    )
    assert request.target == ("/Orders/1/Order_Details(OrderID=1,ProductID=2)/$ref")


# --- the specification's own example: an import that gives a collection


@pytest.mark.parametrize(("rating", "written"), [(3, "3"), (None, "null")])
def test_function_import_with_pages(
    sent: Sent, demo: Any, rating: int | None, written: str
) -> None:
    request, result = sent(
        demo,
        lambda client: client.products_by_rating(rating=rating),
        {"value": [{"ID": "1", "Price": 1.1, "ReleaseDate": "2026-11-23"}]},
    )
    assert request.target == f"/ProductsByRating(Rating={written})"
    (product,) = result
    assert product.price == Decimal("1.1")
    assert product.release_date == dt.date(2026, 11, 23)
