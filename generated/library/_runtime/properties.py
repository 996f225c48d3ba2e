"""The descriptors that make up a model class.

A generated class declares each property as `code: Required[str] = field("code")`. What
a checker sees is the annotation: one of the protocols below, which tell what may be
read and set. What is there at run time is a `Property`, whatever the annotation.

A `Property` is Python's own `property`, because nothing else that runs code on reading
is as cheap; on the class, where a `property` gives itself, it is a `Path`.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableSequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Never, Protocol, TypeVar, cast, overload

from .codecs import ANY, encode
from .enums import Flags, OpenFlag
from .faults import UNFIT, misfit, refused
from .query import Path
from .scalars import BOOLEAN, INTEGER, STRING, Codec
from .shapes import is_within
from .tracking import MUTABLE

if TYPE_CHECKING:
    from .model import Model

T = TypeVar("T")
F = TypeVar("F", bound=OpenFlag)


class Field(Protocol[T]):
    """A property that may be left out when an object is made, and set to None."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[T]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> T | None: ...
    def __set__(self, model: Model, value: T | None, /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class Required(Protocol[T]):
    """A property that must be given when an object is made, and is never set to None.

    Reading gives None all the same where the service left the property out.
    """

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[T]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> T | None: ...
    def __set__(self, model: Model, value: T, /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class RequiredNullable(Protocol[T]):
    """A property that must be given when an object is made, be it as None."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[T]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> T | None: ...
    def __set__(self, model: Model, value: T | None, /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class ReadOnly(Protocol[T]):
    """A property that the service computes and nobody else sets."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[T]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> T | None: ...
    def __set__(self, model: Model, value: Never, /) -> None: ...


class FlagsField(Protocol[F]):
    """Like `Field`, for a set of flags; also takes one member or several."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[F | Flags[F]]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> Flags[F] | None: ...
    def __set__(self, model: Model, value: F | Iterable[F] | None, /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class ListField(Protocol[T]):
    """Like `Field`, for a list; also takes any other iterable of the items."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[MutableSequence[T]]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> MutableSequence[T] | None: ...
    def __set__(self, model: Model, value: Iterable[T] | None, /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class RequiredFlags(Protocol[F]):
    """Like `Required`, for a set of flags; also takes one member or several."""

    @overload
    def __get__(self, model: None, owner: type, /) -> Path[F | Flags[F]]: ...
    @overload
    def __get__(self, model: Model, owner: type, /) -> Flags[F] | None: ...
    def __set__(self, model: Model, value: F | Iterable[F], /) -> None: ...
    def __delete__(self, model: Model, /) -> None: ...


class Limits:
    """What a value must satisfy beyond its type; `validation` checks it.

    Lengths count characters, of binary values bytes; `exclusive_minimum` and
    `exclusive_maximum` say that the limit itself is not allowed. On a list, all but
    `min_items` and `max_items` are meant for its items.
    """

    __slots__ = (
        "allowed_values",
        "exclusive_maximum",
        "exclusive_minimum",
        "max_items",
        "max_length",
        "maximum",
        "min_items",
        "min_length",
        "minimum",
        "multiple_of",
        "pattern",
    )

    def __init__(
        self,
        *,
        max_length: int | None = None,
        min_length: int | None = None,
        pattern: str | None = None,
        minimum: float | Decimal | None = None,
        maximum: float | Decimal | None = None,
        exclusive_minimum: bool = False,
        exclusive_maximum: bool = False,
        multiple_of: float | Decimal | None = None,
        min_items: int | None = None,
        max_items: int | None = None,
        allowed_values: tuple[str, ...] = (),
    ) -> None:
        self.max_length = max_length
        self.min_length = min_length
        self.pattern = pattern
        self.minimum = minimum
        self.maximum = maximum
        self.exclusive_minimum = exclusive_minimum
        self.exclusive_maximum = exclusive_maximum
        self.multiple_of = multiple_of
        self.min_items = min_items
        self.max_items = max_items
        self.allowed_values = allowed_values


class Property(Path[Any], property):
    """A declared property: its name on the wire, its codec, and its rules."""

    def __init__(self, wire: str, codec: Codec[Any] | None) -> None:
        super().__init__(wire, codec)
        property.__init__(self, _reader(self, wire, codec), self._set, self._delete)
        self.wire = wire
        self.bound = f"{wire}@odata.bind"
        self.codec = codec
        self.name = wire
        self.owner: type = object
        self.required = False
        self.computed = False
        self.immutable = False
        self.write_only = False
        self.nullable = True
        self.given: Any = None
        self.limits: Limits | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner = owner
        self.name = name
        if self.codec is None and _annotated(owner, name) == "Any":
            property.__init__(self, _lender(self.wire), self._set, self._delete)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle as the attribute of the class that it is."""
        return getattr, (self.owner, self.name)

    def label(self, model: Model) -> str:
        """Name this property of a model for messages."""
        return f"{type(model).__name__}.{self.name}"

    def _set(self, model: Model, value: Any) -> None:
        if self.computed:
            raise AttributeError(
                f"{self.label(model)} is computed by the service and cannot be set"
            )
        if value is None and self.required and not self.nullable:
            raise TypeError(f"{self.label(model)} is required and cannot be None")
        try:
            wire = None if value is None else self._dump(model, value)
        except UNFIT as error:
            raise refused(self.label(model), error) from error
        model._wire[self.wire] = wire
        model._set_whole(self.wire)
        self._unbind(model)

    def _dump(self, model: Model, value: Any) -> Any:
        current = model._wire.get(self.wire)
        if current is not None and getattr(value, "_wire", None) is current:
            return current
        wire = encode(value) if self.codec is None else self.codec.dump(value)
        if type(wire) in MUTABLE and is_within(model._wire, wire):
            raise ValueError("an object cannot hold itself")
        return wire

    def _delete(self, model: Model) -> None:
        if self.computed:
            raise AttributeError(
                f"{self.label(model)} is computed by the service and cannot be deleted"
            )
        model._forget(self.wire)
        self._unbind(model)

    def _unbind(self, model: Model) -> None:
        if self.bound in model._wire:
            model._forget(self.bound)


_PLAIN = (None, STRING, BOOLEAN, INTEGER)
"""Codecs of values that JSON holds as Python does: reading needs no step."""


def _reader(
    prop: Property, wire: str, codec: Codec[Any] | None
) -> Callable[[Model], Any]:
    """Give the function that reads the property, which does the least that it can."""
    if codec is ANY:
        return _lender(wire)
    if codec is None or codec in _PLAIN:
        return lambda model: model._wire.get(wire)
    return _loader(prop, wire, codec) if codec.view is None else _viewer(prop, codec)


_PLAIN_TYPES: dict[str, Codec[Any]] = {
    "Any": ANY,
    "str": STRING,
    "bool": BOOLEAN,
    "int": INTEGER,
}


def plain_codec(prop: Property) -> Codec[Any] | None:
    """Give the codec of a property, that of a plain one by its annotation: only that
    tells, where there is no codec."""
    return prop.codec or _PLAIN_TYPES.get(_annotated(prop.owner, prop.name))


def _annotated(owner: type, name: str) -> str:
    """Give what the annotation says in its brackets."""
    annotation = str(vars(owner).get("__annotations__", {}).get(name, ""))
    return annotation.partition("[")[2].removesuffix("]")


def _lender(wire: str) -> Callable[[Model], Any]:
    """Give the function that reads untyped values, and notes what it hands out."""

    def read(model: Model) -> Any:
        value = model._wire.get(wire)
        if type(value) in MUTABLE:
            model._lend(wire, value)
        return value

    return read


def _loader(prop: Property, wire: str, codec: Codec[Any]) -> Callable[[Model], Any]:
    load = codec.load

    def read(model: Model) -> Any:
        value = model._wire.get(wire)
        if value is None:
            return None
        try:
            return load(value)
        except UNFIT as error:
            raise misfit(prop.label(model), value, error) from error

    return read


def _viewer(prop: Property, codec: Codec[Any]) -> Callable[[Model], Any]:
    wire = prop.text
    source = cast("_Viewing", codec)

    def read(model: Model) -> Any:
        value = model._wire.get(wire)
        if value is None:
            return None
        try:
            return source.view(value, model, wire)
        except UNFIT as error:
            raise misfit(prop.label(model), value, error) from error

    return read


class _Viewing(Protocol):
    """A codec whose `view` is there. It is looked up anew each time: see `Nested`."""

    def view(self, wire: Any, owner: Model, place: str, /) -> Any: ...


def field(
    wire: str,
    codec: Codec[Any] | None = None,
    *,
    default: Any = ...,
    init: bool = True,
    nullable: bool | None = None,
    immutable: bool = False,
    write_only: bool = False,
    limits: Limits | None = None,
) -> Any:
    """Declare a property by its name on the wire.

    Without `default` it is required; with `init=False` it is computed by the service. A
    `default` other than None is the only value, and objects are made with it. `codec`
    None stands for text, Booleans, small integers and any JSON, which need none to be
    read. `immutable` properties are sent when an object is made and not after,
    `write_only` ones never come back; `nullable` (False for what is required, True for
    what is not, unless it is said) and `limits` are what `Model.validate` checks.
    """
    prop = Property(wire, codec)
    prop.computed = not init
    prop.given = None if default is ... else default
    prop.required = init and default is not None
    prop.nullable = not prop.required if nullable is None else nullable
    prop.immutable = immutable
    prop.write_only = write_only
    prop.limits = limits
    return prop


class Table:
    """The properties of a model class, those of its bases first.

    `given` is what the objects that are made of it hold from the beginning: values that
    leave no choice, and what tells the class.
    """

    __slots__ = ("by_name", "by_wire", "given")

    def __init__(self, cls: type) -> None:
        self.by_name: dict[str, Property] = {}
        for base in reversed(cls.__mro__):
            for name, value in vars(base).items():
                if isinstance(value, Property):
                    self.by_name[name] = value
        self.by_wire = {prop.wire: prop for prop in self.by_name.values()}
        self.given: dict[str, Any] = {
            prop.wire: prop.given
            for prop in self.by_name.values()
            if prop.given is not None
        }
        tag: str = getattr(cls, "_tag", "")
        if tag:
            self.given[getattr(cls, "_tag_name")] = tag


_TABLES: dict[type, Table] = {}


def properties_of(cls: type) -> Table:
    """Give the properties of a model class, collected when first asked for."""
    table = _TABLES.get(cls)
    if table is None:
        table = _TABLES[cls] = Table(cls)
    return table
