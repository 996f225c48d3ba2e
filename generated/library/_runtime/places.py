"""What sync and async places have in common: where they stand, and what is said of them.

A generated class says in its assignments what stands at the place (`_model`), which
query options the service refuses there (`_refuses`) and whether changes have to name
the state that they change (`_concurrent`). `resources` and `aio` add the verbs, which
send; `calls` reads what is said here.
"""

# pyright: reportPrivateUsage=false
# A model class tells its type name to the runtime alone.

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from .exchange import CallOptions, lower
from .location import ExchangerT, Location
from .model import Model, load_model
from .options import UNSET, Headers, Query, query_options

if TYPE_CHECKING:
    import httpx

    from .retry import Retry

R = TypeVar("R", bound="AnyResource[Any]")


class Standing(Generic[ExchangerT]):
    """What stands somewhere in a service."""

    __slots__ = ("_at",)
    _at: Location[ExchangerT]

    def _moved(self, at: Location[ExchangerT]) -> Self:
        """Give a copy that stands elsewhere."""
        place = object.__new__(type(self))
        place._at = at
        return place


class AnyPlace(Standing[ExchangerT]):
    """Where something can be called: the service root or any resource."""

    __slots__ = ()

    def with_options(
        self,
        *,
        headers: Headers = None,
        query: Query = None,
        timeout: float | httpx.Timeout | None = UNSET,
        retry: Retry | None = None,
        check_capabilities: bool | None = None,
    ) -> Self:
        """Give the same place with options for every call from here onward.

        `headers` and `query` parameters are added to each request that does not have
        them by itself; `timeout` (seconds or an `httpx.Timeout`; None: no limit),
        `retry` and `check_capabilities` stand in for the client's. Actions and
        functions, which have no such parameters of their own, are given them in this
        way.
        """
        options = CallOptions(
            lower({}, headers),
            query_options({}, query),
            timeout,
            retry,
            check_capabilities,
        )
        return self._moved(self._at.settled(options))


class AnyResource(AnyPlace[ExchangerT]):
    """A place of the service. Making one sends nothing."""

    __slots__ = ()
    _model: ClassVar[type[Model]] = Model
    _refuses: ClassVar[Mapping[str, str]] = {}
    _concurrent: ClassVar[bool] = False
    # A place with a subscript would otherwise count as a sequence without an end:
    # `for` and `in` would ask for the keys 0, 1, 2 and so on. `list()` iterates.
    __iter__: ClassVar[None] = None
    __contains__: ClassVar[None] = None

    def __init__(self, at: Location[ExchangerT]) -> None:
        self._at = at

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._at.path}>"

    @classmethod
    def at(cls, client: AnyPlace[ExchangerT], path: str) -> Self:
        """Give this resource at any path of the service: `at(client, "/me/manager")`.

        What is percent-encoded in the path stays so. Raises ValueError for what is no
        path.
        """
        return cls(client._at.elsewhere(path))

    def cast(self, resource: type[R]) -> R:
        """Give the same place as one of a derived type (URL Conventions 4.01, 4.11)."""
        return resource(self._at / resource._model._type_name)

    def _load(self) -> Callable[[Any], Any]:
        return partial(load_model, self._model)


def address_of(target: AnyResource[Any] | str, seen_from: Location[Any]) -> str:
    """Give the URL of what a reference is to lead to.

    That is a resource, a path of the service, or an absolute URL.
    """
    if isinstance(target, AnyResource):
        return target._at.address()
    return seen_from.elsewhere(target).address() if target[:1] == "/" else target
