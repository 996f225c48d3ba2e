"""The properties of a model that its class does not declare, as a mapping.

`model` hands it out. On an open type (OData CSDL 4.01, section 6.3) such properties may
be set; on others they are what a newer service sent along.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

from .codecs import encode
from .properties import properties_of

if TYPE_CHECKING:
    from .model import Model


class AdditionalProperties(MutableMapping[str, Any]):
    """A view over the undeclared properties of a model, by wire name.

    Values are given as JSON has them and may be set by Python type, as `encode` does.
    """

    __slots__ = ("_model",)

    def __init__(self, model: Model) -> None:
        self._model = model

    def _holds(self, name: str) -> bool:
        return "@" not in name and name not in properties_of(type(self._model)).by_wire

    def _check(self, name: str) -> None:
        kind = type(self._model)
        if not kind._open:
            raise TypeError(f"{kind.__name__} is not open: it takes no {name!r}")
        if not self._holds(name):
            raise KeyError(f"{name!r} is not an additional property")

    def __getitem__(self, name: str) -> Any:
        if not self._holds(name):
            raise KeyError(name)
        return self._model._wire[name]

    def __setitem__(self, name: str, value: object) -> None:
        self._check(name)
        self._model._wire[name] = encode(value)
        self._model._set_whole(name)

    def __delitem__(self, name: str) -> None:
        self._check(name)
        if name not in self._model._wire:
            raise KeyError(name)
        self._model._forget(name)

    def __iter__(self) -> Iterator[str]:
        return filter(self._holds, self._model._wire)

    def __len__(self) -> int:
        return sum(map(self._holds, self._model._wire))

    def __repr__(self) -> str:
        return repr(dict(self))
