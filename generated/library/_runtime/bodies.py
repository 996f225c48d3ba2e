"""What a request carries of a model: the JSON object of its body.

The verbs of the HTTP half call these. All three leave out what the service computes and
the control information that it sent along, and name the type of an object where that is
not the declared one (OData JSON Format 4.01, sections 4.6.3 and 8.5). Annotations by
other terms than OData's are sent: a service ignores those that it does not know. They
differ in what they say of the rest; see OData Protocol 4.01, sections 11.4.2 and 11.4.3.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from typing import Any

from .additional import is_annotation
from .codecs import Nested
from .generated import is_odata
from .model import Model
from .properties import Property, properties_of
from .scalars import Codec, wanted
from .shapes import is_list, is_object
from .tracking import Changes, touched


def create_body(model: Model, declared: type[Model]) -> dict[str, Any]:
    """Give the body of POST: everything that is set and not computed."""
    return _body(_of(declared, model), declared, None)


def replace_body(model: Model, declared: type[Model]) -> dict[str, Any]:
    """Give the body of PUT: everything that is set and not computed.

    Immutable properties are sent: what PUT leaves out is set to its default, and a PUT
    may create what it names; a service ignores those that it cannot change.
    """
    return _body(_of(declared, model), declared, None)


def update_body(model: Model, declared: type[Model]) -> dict[str, Any]:
    """Give the body of PATCH: what was set, null included; absent means unchanged.

    Of an object that was read this is what was set since, of nested objects only their
    changed properties; of an object that was made it is everything. Computed and
    immutable properties are left out, within lists only the computed ones, as lists are
    replaced whole.
    """
    model = _of(declared, model)
    return _body(model, declared, model._tree(), updating=True)


def sent(value: Any, codec: Codec[Any]) -> Any:
    """Give the JSON form of a value as a request carries it, whatever its type.

    Objects in it are written as `create_body` writes them.
    """
    return _value(codec.dump(value), codec, None)


def _of(declared: type[Model], model: object) -> Model:
    """Take a model of the declared class; TypeError for a dict or another class."""
    return wanted(model, declared, f"a {declared.__name__}")


def _body(
    model: Model, declared: type[Model], tree: Changes | None, *, updating: bool = False
) -> dict[str, Any]:
    body: dict[str, Any] = {**model._telling(declared._type_name)}
    table = properties_of(type(model)).by_wire
    noted = None if tree is None else touched(tree, model._wire)
    for name, value in model._wire.items():
        told = name.partition("@")[0]
        if noted is not None and name not in noted and told not in noted:
            continue
        prop = table.get(name)
        if prop is None:
            control = "@" in name and is_odata()
            if not control or _is_for_service(name, table.get(told), updating):
                body[name] = value
        elif not (prop.computed or (updating and prop.immutable)):
            part = None if noted is None else noted[name]
            written = _value(value, prop.codec, part)
            if written is not _UNCHANGED:
                body[name] = written
    return body


_UNCHANGED = object()
"""Stands for a nested object in which nothing was set."""


def _is_for_service(name: str, prop: Property | None, updating: bool) -> bool:
    """Whether control information means something to a service that receives it.

    That is a link to be made, the type of a property that the metadata lacks, and what
    is said of the object by a term that is not OData's.
    """
    if is_annotation(name):
        return True
    told, _, term = name.partition("@")
    if term == "odata.bind":
        return prop is None or not (prop.computed or (updating and prop.immutable))
    return term == "odata.type" and bool(told) and prop is None


def _value(wire: object, codec: Codec[Any] | None, tree: Changes | None) -> Any:
    codec = None if codec is None or wire is None else codec.chosen(wire)
    if codec is None:
        return wire
    if codec.item is not None and is_list(wire):
        return [_value(item, codec.item, None) for item in wire]
    if codec.item is not None and is_object(wire):
        return {name: _value(item, codec.item, None) for name, item in wire.items()}
    if isinstance(codec, Nested) and is_object(wire):
        model = codec.load(wire)
        if isinstance(model, Model):
            return _nested(model, codec.target(), tree)
    return wire


def _nested(model: Model, declared: type[Model], tree: Changes | None) -> Any:
    body = _body(model, declared, tree, updating=tree is not None)
    if tree is not None and not body.keys() - {model._tag_name}:
        return _UNCHANGED
    return body
