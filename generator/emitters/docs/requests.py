"""Requests of examples: what a call of an operation carries, before it is written out.

`http` writes it as a message, `snippets` as the Python that sends it; both take the
decisions from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.emitters.docs.addresses import Addresses, Url, Way
from generator.emitters.samples import Json, Purpose, Samples
from generator.model import (
    Api,
    Enum,
    Named,
    Operation,
    OperationKind,
    ParameterIn,
    Property,
    QueryOption,
    Resource,
    Scalar,
    ScalarKind,
)
from generator.words import split_words

Kind = OperationKind

CALLS = (Kind.ACTION, Kind.FUNCTION)
CHANGES = (Kind.UPDATE, Kind.REPLACE, Kind.DELETE)
QUERIES = (Kind.READ, Kind.LIST, Kind.COUNT)

_OBJECTS = {
    Kind.CREATE: Purpose.CREATE,
    Kind.REPLACE: Purpose.CREATE,
    Kind.UPDATE: Purpose.UPDATE,
}

# By what people look for objects.
_FILTERS = ("department", "displayName", "name", "title", "subject", "status", "state")
_SELECTED = 3

PICTURES = {"photo", "picture", "image", "thumbnail", "logo"}


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked of a list: objects of which a property has a value, and some of
    their properties; either may be nothing."""

    filter: Property | None = None
    value: Json = None
    select: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What travels outside JSON: its media type, and a file that could hold it."""

    media_type: str
    file: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: `body` is JSON or Content, None for nothing."""

    method: str
    url: Url
    headers: tuple[tuple[str, str], ...] = ()
    body: Json | Content | None = None


class Requests:
    """Makes the requests of an Api's examples, with `base_url` before their paths."""

    def __init__(self, api: Api, samples: Samples, base_url: str) -> None:
        self._api = api
        self.samples = samples
        self.addresses = Addresses(api, samples)
        self._base_url = base_url.rstrip("/")

    def request(
        self, resource: Resource | None, operation: Operation, way: Way
    ) -> Request:
        """Give the request of an operation at the end of a way; `resource` is None for
        one that is called on the service itself."""
        url = self.addresses.url(way)
        headers = self.headers(resource, operation)
        if operation.kind in CALLS or resource is None:
            return self._call(operation, url, headers)
        body: Json | Content | None = None
        if operation.kind in _OBJECTS:
            body = self.samples.object(resource.type, _OBJECTS[operation.kind])
        elif operation.kind is Kind.UPLOAD:
            body = content(resource, operation)
        elif operation.kind in (Kind.ADD_REFERENCE, Kind.SET_REFERENCE):
            body = {"@odata.id": self.reference(resource, way)}
        elif operation.kind is Kind.REMOVE_REFERENCE and resource.many:
            url = self.addresses.item(url, self.addresses.key(resource.type, ()))
        elif operation.kind is Kind.LIST:
            url = self._queried(url, resource)
        for segment in operation.path:
            url /= segment
        for name, value in self.queries(operation):
            url = url.with_option(name, value)
        return Request(operation.method, url, headers, body)

    def _call(
        self, operation: Operation, url: Url, headers: tuple[tuple[str, str], ...]
    ) -> Request:
        arguments = self.samples.arguments(operation)
        if operation.kind is Kind.FUNCTION:
            called = self.addresses.called(url, operation, arguments)
            return Request(operation.method, called, headers)
        name = (operation.path or (operation.name,))[-1]
        body = dict(arguments) if operation.parameters else None
        return Request(operation.method, url / name, headers, body)

    def _queried(self, url: Url, resource: Resource) -> Url:
        query = self.list_query(resource)
        if query.filter is not None:
            literal = self.addresses.literal(query.filter.type, query.value)
            url = url.with_option("$filter", f"{query.filter.name} eq {literal}")
        if query.select:
            names = ",".join(member.name for member in query.select)
            url = url.with_option("$select", names)
        return url

    def absolute(self, url: Url) -> str:
        """Give a URL with the service root before it."""
        return f"{self._base_url}{url}"

    # --- what both writers have to know

    def list_query(self, resource: Resource) -> ListQuery:
        """Give what a list is asked for, of what the place is not said to refuse."""
        refused = {(each.option, each.path) for each in resource.refusals}
        telling = self.samples.telling(resource.type)
        select: list[Property] = []
        if (QueryOption.SELECT, "") not in refused and len(telling) > 1:
            keys = {part.path for part in self.samples.structure.key(resource.type)}
            select = [member for member in telling if member.name in keys]
            others = [member for member in telling if member.name not in keys]
            select += others[: _SELECTED - len(select)]
        if (QueryOption.FILTER, "") in refused:
            return ListQuery(select=tuple(select))
        wanted = [m for m in telling if (QueryOption.FILTER, m.name) not in refused]
        found = min(filter(self._is_filter, wanted), key=_filter_rank, default=None)
        value = None
        if found is not None:
            value = self.samples.object(resource.type, Purpose.READ).get(found.name)
        if value is None:
            return ListQuery(select=tuple(select))
        return ListQuery(found, value, tuple(select))

    def _is_filter(self, member: Property) -> bool:
        """Whether people would look for a value of this property."""
        ref = self.samples.structure.settle(member.type)[0]
        if isinstance(ref, Scalar):
            return ref.kind is ScalarKind.STRING and member.name in _FILTERS
        found = self._api.types.get(ref.id) if isinstance(ref, Named) else None
        return isinstance(found, Enum) and not found.is_flags

    def reference(self, resource: Resource, way: Way) -> str:
        """Give the URL of an object to which a relationship is to lead: where it lives,
        else where it is found through the relationship."""
        steps = self.addresses.home(resource.type)
        if steps:
            return self.absolute(self.addresses.along(steps))
        url = self.addresses.url(way)
        if resource.many:
            url = self.addresses.item(url, self.addresses.key(resource.type, ()))
        return self.absolute(url)

    def headers(
        self, resource: Resource | None, operation: Operation
    ) -> tuple[tuple[str, str], ...]:
        """Give the headers that the service demands."""
        found = self._custom(operation, ParameterIn.HEADER)
        if resource is not None and resource.concurrent and operation.kind in CHANGES:
            found.append(("If-Match", self.samples.etag(resource.type)))
        return tuple(found)

    def queries(self, operation: Operation) -> tuple[tuple[str, str], ...]:
        """Give the query parameters of its own that the service demands."""
        return tuple(self._custom(operation, ParameterIn.QUERY))

    def _custom(
        self, operation: Operation, place: ParameterIn
    ) -> list[tuple[str, str]]:
        if operation.kind in CALLS:
            return []
        return [
            (each.name, _text(self.samples.argument(operation, each)))
            for each in operation.parameters
            if each.place is place and each.required
        ]


def content(resource: Resource, operation: Operation) -> Content:
    """Give what a stream of a resource is likely to be."""
    name = operation.path[-1] if operation.path else ""
    words = split_words(f"{resource.type.rpartition('.')[2]} {name}")
    picture = next((w.lower() for w in words if w.lower() in PICTURES), "")
    if picture:
        return Content("image/jpeg", f"{picture}.jpg")
    return Content("application/octet-stream", "content.bin")


def _filter_rank(member: Property) -> int:
    known = member.name in _FILTERS
    return _FILTERS.index(member.name) if known else len(_FILTERS)


def _text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
