"""Calculation with expressions: + - * %, unary -, `div` and `divby`.

`/` leads on to a nested property, so division is a method. Numbers are calculated with
numbers, moments and durations with durations; `expressions` builds upon this. See OData
URL Conventions 4.01, section 5.1.1.2.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, overload

if TYPE_CHECKING:
    from .expressions import Expression

T = TypeVar("T")
R = TypeVar("R", float, Decimal)
Moved = TypeVar("Moved", dt.date, dt.datetime, dt.timedelta)

# Those that `self` may be are unions, for mypy does not look whether the constraints of
# a type variable hold there.
Numeric: TypeAlias = "Arithmetic[int] | Arithmetic[float] | Arithmetic[Decimal]"
Moment: TypeAlias = "Arithmetic[dt.date] | Arithmetic[dt.datetime]"
Timed: TypeAlias = "Moment | Arithmetic[dt.timedelta]"

Number: TypeAlias = "T | int | Expression[T] | Expression[int]"
Real: TypeAlias = "R | Expression[R]"
Duration: TypeAlias = "dt.timedelta | Expression[dt.timedelta]"
Factor: TypeAlias = (
    "float | Decimal | Expression[int] | Expression[float] | Expression[Decimal]"
)


class Arithmetic(Generic[T]):
    """What can be calculated with an expression, by the type of its values."""

    if TYPE_CHECKING:

        def _calculate(self, operator: str, value: Any) -> Expression[Any]: ...
        def _calculate_from(self, value: Any, operator: str) -> Expression[Any]: ...
        def _negate(self) -> Expression[Any]: ...

    @overload
    def __add__(self: Numeric, other: Number[T]) -> Expression[T]: ...
    @overload
    def __add__(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    @overload
    def __add__(self: Timed, other: Duration) -> Expression[T]: ...
    def __add__(self, other: Any) -> Expression[Any]:
        return self._calculate("add", other)

    @overload
    def __radd__(self: Numeric, other: T | int) -> Expression[T]: ...
    @overload
    def __radd__(self: Arithmetic[int], other: R) -> Expression[R]: ...
    @overload
    def __radd__(self: Arithmetic[dt.timedelta], other: Moved) -> Expression[Moved]: ...
    def __radd__(self, other: Any) -> Expression[Any]:
        return self._calculate_from(other, "add")

    @overload
    def __sub__(self: Numeric, other: Number[T]) -> Expression[T]: ...
    @overload
    def __sub__(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    @overload
    def __sub__(self: Timed, other: Duration) -> Expression[T]: ...  # type: ignore[overload-overlap]
    @overload
    def __sub__(self: Moment, other: T | Expression[T]) -> Expression[dt.timedelta]: ...
    def __sub__(self, other: Any) -> Expression[Any]:
        return self._calculate("sub", other)

    @overload
    def __rsub__(self: Numeric, other: T | int) -> Expression[T]: ...
    @overload
    def __rsub__(self: Arithmetic[int], other: R) -> Expression[R]: ...
    @overload
    def __rsub__(self: Arithmetic[dt.timedelta], other: Moved) -> Expression[Moved]: ...
    @overload
    def __rsub__(self: Moment, other: T) -> Expression[dt.timedelta]: ...
    def __rsub__(self, other: Any) -> Expression[Any]:
        return self._calculate_from(other, "sub")

    @overload
    def __mul__(self: Numeric, other: Number[T]) -> Expression[T]: ...
    @overload
    def __mul__(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    @overload
    def __mul__(self: Numeric, other: Duration) -> Expression[dt.timedelta]: ...
    @overload
    def __mul__(
        self: Arithmetic[dt.timedelta], other: Factor
    ) -> Expression[dt.timedelta]: ...
    def __mul__(self, other: Any) -> Expression[Any]:
        return self._calculate("mul", other)

    @overload
    def __rmul__(self: Numeric, other: T | int) -> Expression[T]: ...
    @overload
    def __rmul__(self: Arithmetic[int], other: R) -> Expression[R]: ...
    @overload
    def __rmul__(self: Numeric, other: dt.timedelta) -> Expression[dt.timedelta]: ...
    @overload
    def __rmul__(
        self: Arithmetic[dt.timedelta], other: float | Decimal
    ) -> Expression[dt.timedelta]: ...
    def __rmul__(self, other: Any) -> Expression[Any]:
        return self._calculate_from(other, "mul")

    @overload
    def __mod__(self: Numeric, other: Number[T]) -> Expression[T]: ...
    @overload
    def __mod__(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    def __mod__(self, other: Any) -> Expression[Any]:
        return self._calculate("mod", other)

    @overload
    def __rmod__(self: Numeric, other: T | int) -> Expression[T]: ...
    @overload
    def __rmod__(self: Arithmetic[int], other: R) -> Expression[R]: ...
    def __rmod__(self, other: Any) -> Expression[Any]:
        return self._calculate_from(other, "mod")

    @overload
    def div(self: Numeric, other: Number[T]) -> Expression[T]: ...
    @overload
    def div(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    @overload
    def div(
        self: Arithmetic[dt.timedelta], other: Factor
    ) -> Expression[dt.timedelta]: ...
    def div(self, other: Any) -> Expression[Any]:
        """Divide; of two whole numbers, the result is whole as well."""
        return self._calculate("div", other)

    @overload
    def divby(
        self: Arithmetic[int], other: int | Expression[int]
    ) -> Expression[Decimal]: ...
    @overload
    def divby(
        self: Arithmetic[float] | Arithmetic[Decimal], other: Number[T]
    ) -> Expression[T]: ...
    @overload
    def divby(self: Arithmetic[int], other: Real[R]) -> Expression[R]: ...
    def divby(self, other: Any) -> Expression[Any]:
        """Divide; of two whole numbers, the result is a decimal (4.01)."""
        return self._calculate("divby", other)

    def __neg__(self: Numeric | Arithmetic[dt.timedelta]) -> Expression[T]:
        return self._negate()
