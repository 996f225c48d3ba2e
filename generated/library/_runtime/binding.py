"""Relationships to be made by a request: `Model.bind`.

A model imports this module when something is first bound on it. What is bound stands in
the JSON object as "manager@odata.bind", as OData 4.0 has it and Microsoft Graph takes
it (OData JSON Format 4.01, section 8.5); `bodies` sends it.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .codecs import Nested
from .model import Model
from .properties import Property, properties_of
from .query import Path
from .shapes import is_iterable

if TYPE_CHECKING:
    from .places import AnyResource


def bind(
    model: Model,
    relationship: Path[Any],
    target: AnyResource[Any] | str | Iterable[AnyResource[Any] | str],
) -> None:
    """Do what `Model.bind` says."""
    prop = _relationship(model, relationship)
    bound: str | list[str]
    if prop.codec is not None and prop.codec.item is not None:
        targets = target if is_iterable(target) else (target,)
        bound = [_url(each) for each in targets]
    else:
        bound = _url(target)
    model._forget(prop.wire)
    model._wire[prop.bound] = bound
    model._set_whole(prop.bound)


def _relationship(model: Model, path: object) -> Property:
    """Find the property of a model that a path names; TypeError where it has none that
    holds objects, AttributeError where the service alone sets it."""
    name = type(model).__name__
    if not isinstance(path, Property):
        raise TypeError(f"bind() takes a property, as in {name}.manager; got {path!r}")
    if properties_of(type(model)).by_wire.get(path.wire) is not path:
        raise TypeError(f"{path.owner.__name__}.{path.name} is no property of {name}")
    codec = path.codec if path.codec is None else path.codec.item or path.codec
    if not isinstance(codec, Nested) or not issubclass(codec.target(), Model):
        raise TypeError(f"{path.label(model)} is no relationship")
    if path.computed:
        raise AttributeError(
            f"{path.label(model)} is computed by the service and cannot be bound"
        )
    return path


def _url(target: AnyResource[Any] | str | Iterable[Any]) -> str:
    """Give the URL of what is bound: that of a resource, or a text as it stands."""
    if isinstance(target, str) and target:
        return target
    from .places import AnyResource

    if not isinstance(target, AnyResource):
        raise TypeError(
            "bind() takes a resource, such as client.users['1'], or its URL;"
            f" got {target!r:.60}"
        )
    return target._at.address()
