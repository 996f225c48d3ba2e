"""A little service written by hand, in the shape of a generated package.

The tests of the runtime's HTTP half drive it; the members are those that a generated
package has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from generator.runtime.aio import (
    AsyncCountable,
    AsyncCreatable,
    AsyncDeletable,
    AsyncListable,
    AsyncReadable,
    AsyncReferenceable,
    AsyncReferenceCollection,
    AsyncReplaceable,
    AsyncStreamResource,
    AsyncUpdatable,
)
from generator.runtime.calls import BYTES, NOTHING, UNSET, one, optional
from generator.runtime.client import AsyncClientBase, SyncClient
from generator.runtime.codecs import DATE_TIME, INTEGER, STRING, Codec, Nested
from generator.runtime.model import Field, Model, ReadOnly, Required, field
from generator.runtime.pages import AsyncPages, Pages
from generator.runtime.resources import (
    Countable,
    Creatable,
    Deletable,
    Listable,
    Readable,
    Referenceable,
    ReferenceCollection,
    Replaceable,
    StreamResource,
    Updatable,
)
from generator.runtime.retry import Retry


class Person(Model):
    """Somebody."""

    __slots__ = ()
    _type_name = "test.person"

    id: ReadOnly[str] = field("id", init=False)
    name: Required[str] = field("displayName")
    job: Field[str] = field("jobTitle", default=None)
    born: Field[dt.datetime] = field("bornDateTime", DATE_TIME, default=None)


class Guest(Person):
    """Somebody from elsewhere."""

    __slots__ = ()
    _type_name = "test.guest"


class _PersonCodec(Nested):
    __slots__ = ()

    def target(self) -> type[Any]:
        return Person


PERSON: Codec[Person] = _PersonCodec("person", "Person")


class PersonResource(
    Readable[Person],
    Creatable[Person],
    Updatable[Person],
    Replaceable[Person],
    Deletable,
):
    """One person."""

    __slots__ = ()
    _model = Person

    @property
    def manager(self) -> ManagerResource:
        """The person's manager, who lives elsewhere."""
        return ManagerResource(self._at / "manager")

    @property
    def reports(self) -> ReportCollection:
        """The person's reports, who live elsewhere."""
        return ReportCollection(self._at / "reports")

    @property
    def photo(self) -> StreamResource:
        """A stream."""
        return StreamResource(self._at / "photo" / "$value")

    def by_path(self, *, path: str) -> PersonResource:
        """A composable function."""
        return PersonResource(self._at.function("test.byPath", {"path": path}))

    def rename(self, *, name: str, since: dt.datetime | None = UNSET) -> None:
        """An action without a result."""
        return self._call_action("test.rename", {"name": name, "since": since}, NOTHING)

    def touch(self) -> Person | None:
        """An action without parameters."""
        return self._call_action("test.touch", {}, optional(PERSON))

    def age(self, *, at: dt.date = UNSET) -> int:
        """A function with a plain result."""
        return self._call_function("test.age", {"at": at}, one(INTEGER))

    def resemble(self, *, persons: Sequence[Person]) -> str | None:
        """A function whose parameter is JSON."""
        parameters = {"persons": persons}
        return self._call_function("test.resemble", parameters, optional(STRING))

    def report(self) -> bytes:
        """A function that answers a stream."""
        return self._call_function("test.report", {}, BYTES)


class GuestResource(Readable[Guest]):
    """One guest."""

    __slots__ = ()
    _model = Guest


class ManagerResource(Readable[Person], Referenceable):
    """A relationship to one."""

    __slots__ = ()
    _model = Person


class PersonCollection(Listable[Person], Creatable[Person], Countable):
    """All persons."""

    __slots__ = ()
    _model = Person

    def __getitem__(self, key: str) -> PersonResource:
        return PersonResource(self._at.key(key))

    def by_badge(self, *, site: str, number: int) -> PersonResource:
        """An alternate key of two parts."""
        return PersonResource(self._at.keys({"site": site, "number": number}))

    def delta(self, *, token: str = UNSET) -> Pages[Person]:
        """A function that answers a collection."""
        return self._list_function("test.delta", {"token": token}, PERSON)

    def check(self, *, ids: Sequence[str]) -> Pages[str]:
        """An action that answers a collection."""
        return self._list_action("test.check", {"ids": ids}, STRING)


class ReportCollection(Listable[Person], ReferenceCollection):
    """A relationship to many."""

    __slots__ = ()
    _model = Person


class Client(SyncClient):
    """The service."""

    _key_as_segment = True

    @property
    def people(self) -> PersonCollection:
        """A set."""
        return PersonCollection(self._at / "people")

    def ping(self) -> None:
        """An unbound action."""
        return self._call_action("ping", {}, NOTHING)


class AsyncPersonResource(
    AsyncReadable[Person],
    AsyncCreatable[Person],
    AsyncUpdatable[Person],
    AsyncReplaceable[Person],
    AsyncDeletable,
):
    """One person."""

    __slots__ = ()
    _model = Person

    @property
    def manager(self) -> AsyncManagerResource:
        """The person's manager, who lives elsewhere."""
        return AsyncManagerResource(self._at / "manager")

    @property
    def reports(self) -> AsyncReportCollection:
        """The person's reports, who live elsewhere."""
        return AsyncReportCollection(self._at / "reports")

    @property
    def photo(self) -> AsyncStreamResource:
        """A stream."""
        return AsyncStreamResource(self._at / "photo" / "$value")

    async def rename(self, *, name: str, since: dt.datetime | None = UNSET) -> None:
        """An action without a result."""
        return await self._call_action(
            "test.rename", {"name": name, "since": since}, NOTHING
        )

    async def touch(self) -> Person | None:
        """An action without parameters."""
        return await self._call_action("test.touch", {}, optional(PERSON))

    async def age(self, *, at: dt.date = UNSET) -> int:
        """A function with a plain result."""
        return await self._call_function("test.age", {"at": at}, one(INTEGER))


class AsyncManagerResource(AsyncReadable[Person], AsyncReferenceable):
    """A relationship to one."""

    __slots__ = ()
    _model = Person


class AsyncPersonCollection(
    AsyncListable[Person], AsyncCreatable[Person], AsyncCountable
):
    """All persons."""

    __slots__ = ()
    _model = Person

    def __getitem__(self, key: str) -> AsyncPersonResource:
        return AsyncPersonResource(self._at.key(key))

    def check(self, *, ids: Sequence[str]) -> AsyncPages[str]:
        """An action that answers a collection."""
        return self._list_action("test.check", {"ids": ids}, STRING)


class AsyncReportCollection(AsyncListable[Person], AsyncReferenceCollection):
    """A relationship to many."""

    __slots__ = ()
    _model = Person


class AsyncClient(AsyncClientBase):
    """The service."""

    _key_as_segment = True

    @property
    def people(self) -> AsyncPersonCollection:
        """A set."""
        return AsyncPersonCollection(self._at / "people")


def send(people: Any, method: str, job: int) -> Any:
    """Send a method to one of the people, as a job that `fault_server` knows by number.

    Gives what the client gives: the result, or an awaitable of it.
    """
    headers = {"X-Job": str(job)}
    somebody = people[str(job)]
    if method in ("GET", "DELETE"):
        return (somebody.get if method == "GET" else somebody.delete)(headers=headers)
    verbs = {
        "POST": people.create,
        "PATCH": somebody.update,
        "PUT": somebody.replace,
    }
    return verbs[method](Person(name=f"job {job}"), headers=headers)


class Waits(list[float]):
    """Stands in for sleeping: notes how long."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def quick(waits: Waits, **settings: float) -> Retry:
    return Retry(sleep=waits, jitter=lambda: 1.0, **settings)  # type: ignore[arg-type]
