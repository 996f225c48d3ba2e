"""Paths to properties: what filters, orders, selections and expansions start from.

`User.department` on a class is a `Path[str]`. Requests take paths in `select`, `expand`
and `order_by`, and the conditions made of them in `filter`: `(User.department ==
"Sales") & User.display_name.startswith("A")`. What paths share with all that has a
value is in `expressions`. See OData URL Conventions 4.01, sections 5.1.1.15 (paths),
5.1.1.13 (`any` and `all`) and 5.1.3 ($expand).
"""

# pyright: reportPrivateUsage=false
# Expressions read one another; users have no use for the underscore names.

from __future__ import annotations

from collections.abc import Callable, MutableSequence
from typing import TYPE_CHECKING, Any, Literal, TypeGuard, TypeVar, overload

from .codecs import type_name
from .expressions import PRIMARY, Expression, Filter, Order
from .scalars import INTEGER, Codec

if TYPE_CHECKING:
    from .expand import Expand
    from .model import Model
    from .options import Condition, Expands, Names, Orders, Terms

__all__ = ("Expression", "Filter", "Order", "Path")

T = TypeVar("T")
U = TypeVar("U")
M = TypeVar("M", bound="Model")


class Path(Expression[T]):
    """Where a property with values of type T stands, seen from the object asked for."""

    _kind: type[Model] | None = None
    """The class of what is here, where a cast and not the codec tells it."""

    def __init__(
        self,
        text: str,
        codec: Codec[Any] | None = None,
        paths: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(text, codec, PRIMARY, (text,) if paths is None else paths)

    @classmethod
    def of(cls, kind: type[M]) -> Path[M]:
        """Give the object asked for, as one of a derived class.

        `Path.of(Guest) / Guest.sponsor` is a property that only guests have.
        """
        return Path(type_name(kind))

    def __truediv__(self, inner: Path[U]) -> Path[U]:
        """Go on to a property of the object at this path."""
        return self._onward(inner)

    def _onward(self, inner: object) -> Path[Any]:
        if not _is_path(inner):
            raise TypeError(
                f"/ goes on from {self._text} to a path, as in `User.manager /"
                " User.mail`; to divide, use `.div()`"
            )
        return self._extended(inner._text, inner._place, inner._codec)

    @property
    def _place(self) -> str:
        """The path from the object asked for, also where a variable stands for it."""
        return self._paths[0] if self._paths else ""

    def _extended(
        self, step: str, place: str, codec: Codec[Any] | None = None
    ) -> Path[Any]:
        whole = "/".join(filter(None, (self._place, place)))
        return Path(f"{self._text}/{step}", codec, (whole,) if whole else ())

    @overload
    def cast(  # type: ignore[overload-overlap]
        self: Path[MutableSequence[Any]], kind: type[M]
    ) -> Path[MutableSequence[M]]: ...
    @overload
    def cast(self, kind: type[M]) -> Path[M]: ...
    @overload
    def cast(self, kind: type[U]) -> Expression[U]: ...
    def cast(self, kind: type[Any]) -> Any:
        """See what is here as of another type.

        With a model the path goes on through its name: `User.manager.cast(User) /
        User.mail`. For other types see `Expression.cast`.
        """
        if not hasattr(kind, "_type_name"):
            return super().cast(kind)
        name = type_name(kind)
        path = self._extended(name, name)
        path._kind = kind
        return path

    def ref(self) -> Path[T]:
        """Give the references alone, for `expand`: `members/$ref`."""
        return self._extended("$ref", "")

    def count(
        self: Path[MutableSequence[Any]],
        *,
        filter: Condition = None,
        search: Terms = None,
    ) -> Path[int]:
        """Give the number of items: of all, or of those that satisfy a condition.

        The condition (4.01) is written with the paths of the item's class.
        """
        from .expand import nested_options

        options = nested_options({"$filter": filter, "$search": search})
        counted = self._extended(f"$count{options}", "", INTEGER)
        inner = filter.paths if isinstance(filter, Expression) else ()
        counted._paths += tuple([f"{self._place}/{path}" for path in inner])
        return counted

    @overload
    def any(self: Path[MutableSequence[Any]]) -> Filter: ...
    @overload
    def any(
        self: Path[MutableSequence[M]], condition: Callable[[type[M]], Expression[bool]]
    ) -> Filter: ...
    @overload
    def any(
        self: Path[MutableSequence[U]], condition: Callable[[Path[U]], Expression[bool]]
    ) -> Filter: ...
    def any(self, condition: Callable[[Any], Expression[bool]] | None = None) -> Filter:
        """Whether the collection has an item, or one that satisfies a condition.

        The condition is a function of the item, as in `User.licenses.any(lambda
        license: license.sku_id == wanted)`; its parameter's name is what the service
        sees. It is called once or more, and must do nothing but make the condition.
        """
        from .lambdas import quantified

        return quantified(self, "any", condition)

    @overload
    def all(
        self: Path[MutableSequence[M]], condition: Callable[[type[M]], Expression[bool]]
    ) -> Filter: ...
    @overload
    def all(
        self: Path[MutableSequence[U]], condition: Callable[[Path[U]], Expression[bool]]
    ) -> Filter: ...
    def all(self, condition: Callable[[Any], Expression[bool]]) -> Filter:
        """Whether all items of the collection satisfy a condition; see `any`."""
        from .lambdas import quantified

        return quantified(self, "all", condition)

    def expand(
        self,
        *,
        select: Names = None,
        filter: Condition = None,
        order_by: Orders = None,
        top: int | None = None,
        skip: int | None = None,
        count: bool | None = None,
        search: Terms = None,
        levels: int | Literal["max"] | None = None,
        expand: Expands = None,
    ) -> Expand:
        """Ask for the related objects at this path, for `expand` of a request.

        The options are those of a request, written with the paths of their class;
        `levels` is how often to go on along the same path.
        """
        from .expand import Expand

        options = {
            "$select": select,
            "$filter": filter,
            "$orderby": order_by,
            "$top": top,
            "$skip": skip,
            "$count": count,
            "$search": search,
            "$levels": levels,
            "$expand": expand,
        }
        return Expand(self, options)

    def __bool__(self) -> bool:
        """Refuse: a property is no condition, and `not`, `and`, `or` take it so."""
        raise TypeError(
            f"{self._text} is a property, not a condition in Python: compare it, as in"
            " `User.mail != None`, and join conditions with &, | and ~"
        )

    def __repr__(self) -> str:
        return f"Path({self._text!r})"


def _is_path(value: object) -> TypeGuard[Path[Any]]:
    return isinstance(value, Path)
