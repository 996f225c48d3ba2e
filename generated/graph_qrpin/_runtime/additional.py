"""What a model holds that its class does not declare, as mappings by wire name.

`model` hands them out. Undeclared properties may be set on an open type (OData CSDL
4.01, section 6.3); on others they are what a newer service sent along. Annotations may
stand on any object (OData JSON Format 4.01, section 20).
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, MutableMapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .codecs import encode
from .generated import is_odata
from .faults import UNFIT, misfit, refused
from .properties import properties_of
from .scalars import Codec
from .shapes import is_sequence
from .tracking import MUTABLE

if TYPE_CHECKING:
    from .model import Model


class AdditionalProperties(MutableMapping[str, Any]):
    """A view over the undeclared properties of a model, by wire name.

    Values of the type that the class says are read and set as such, or as JSON that does
    not fit it. Where it says none, they are given as JSON has them and may be set by
    Python type, models among them. What JSON does not tell of the type OData is told as
    well, in "name@odata.type" or in the object itself (OData JSON Format 4.01, section
    4.6.3).
    """

    __slots__ = ("_model",)

    def __init__(self, model: Model) -> None:
        self._model = model

    def _holds(self, name: str) -> bool:
        if "@" in name and is_odata():
            return False
        return name not in properties_of(type(self._model)).by_wire

    def _check(self, name: str) -> None:
        kind = type(self._model)
        if not kind._open:
            raise TypeError(f"{kind.__name__} is not open: it takes no {name!r}")
        declared = properties_of(kind).by_wire.get(name)
        if declared is not None:
            raise KeyError(f"{name!r} is declared: it is {declared.label(self._model)}")
        if not self._holds(name):
            raise KeyError(f"{name!r} is not an additional property")

    def __getitem__(self, name: str) -> Any:
        if not self._holds(name):
            raise KeyError(name)
        wire = value = self._model._wire[name]
        codec = self._model._additional
        if codec is not None and wire is not None:
            try:
                if codec.view is not None:
                    return codec.view(wire, self._model, name)
                value = codec.load(wire)
            except UNFIT as error:
                raise misfit(self._model._label(name), wire, error) from error
        if type(value) in MUTABLE:
            self._model._lend(name, wire)
        return value

    def __setitem__(self, name: str, value: object) -> None:
        self._check(name)
        wire = self._model._wire
        codec = self._model._additional
        if codec is not None:
            wire[name] = self._dumped(codec, name, value)
        elif is_odata():
            wire[name] = _encoded(value)
            self._name_type(name, value)
        else:
            wire[name] = encode(value)
        self._model._set_whole(name)

    def _dumped(self, codec: Codec[Any], name: str, value: object) -> Any:
        try:
            return None if value is None else codec.dump(value)
        except UNFIT as error:
            raise refused(self._model._label(name), error) from error

    def _name_type(self, name: str, value: object) -> None:
        wire = self._model._wire
        control = f"{name}@odata.type"
        kind = _type_of(value)
        if kind:
            wire[control] = f"#{kind}"
        elif type(value) is not int or wire.get(control) != "#Int64":
            wire.pop(control, None)

    def __delitem__(self, name: str) -> None:
        self._check(name)
        if name not in self._model._wire:
            raise KeyError(name)
        self._model._wire.pop(f"{name}@odata.type", None)
        self._model._forget(name)

    def __iter__(self) -> Iterator[str]:
        return filter(self._holds, self._model._wire)

    def __len__(self) -> int:
        return sum(map(self._holds, self._model._wire))

    def __repr__(self) -> str:
        return repr({name: self._model._wire[name] for name in self})


class InstanceAnnotations(AdditionalProperties):
    """A view over the annotations of an object itself: "@microsoft.graph.downloadUrl".

    OData's own ("@odata.etag" and its like) are not among them.
    """

    __slots__ = ()

    def _holds(self, name: str) -> bool:
        return is_annotation(name)

    def _check(self, name: str) -> None:
        if not self._holds(name):
            raise KeyError(f"{name!r} is not an instance annotation")


def is_annotation(name: str) -> bool:
    """Whether a name in a JSON object is that of an annotation of the object, by a term
    that is not OData's own."""
    target, _, term = name.partition("@")
    own = "." not in term or term.startswith("odata.") or "@" in term
    return not (target or own)


_NAMES = {
    dt.datetime: "DateTimeOffset",
    dt.date: "Date",
    dt.time: "TimeOfDay",
    dt.timedelta: "Duration",
    uuid.UUID: "Guid",
    Decimal: "Decimal",
    bytes: "Binary",
}


def _encoded(value: object) -> Any:
    """Give the JSON form of a value; objects name their type, as nothing declares it."""
    if is_sequence(value):
        return [_encoded(item) for item in value]
    wire, name = encode(value), getattr(value, "_type_name", "")
    return {"@odata.type": f"#{name}", **wire} if name else wire


def _type_of(value: object) -> str:
    """Give the type that must be named, without "Edm."; "" where JSON tells it."""
    if is_sequence(value):
        names = {_type_of(item) for item in value}
        name = names.pop() if len(names) == 1 else ""
        return f"Collection({name})" if name else ""
    kinds = (_NAMES[kind] for kind in type(value).__mro__ if kind in _NAMES)
    return next(kinds, "")
