"""The base class of generated models: typed views over wire JSON.

A model holds the decoded JSON object and nothing else. Reading an attribute decodes
that one value, setting it encodes it; what nobody reads costs nothing, what the class
does not know is kept, and absent, null and value stay three different things. The
attributes themselves are in `properties`; which class a JSON object is seen as depends
on its "@odata.type" (OData JSON Format 4.01, section 4.6.3), or on another property that
the class names (the discriminator of OpenAPI 3.1, section 4.8.25).
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

from . import json
from .additional import AdditionalProperties, InstanceAnnotations
from .codecs import register
from .generated import generated, is_odata, types
from .properties import (
    Field,
    FlagsField,
    ListField,
    Limits,
    Property,
    ReadOnly,
    Required,
    RequiredFlags,
    RequiredNullable,
    field,
    properties_of,
)
from .query import Path
from .scalars import Codec, wanted
from .shapes import is_object
from .tracking import TAKEN, Changes, Owner, touched

if TYPE_CHECKING:
    from .places import AnyResource
    from .validation import Violation

__all__ = (
    "Field",
    "FlagsField",
    "ListField",
    "Limits",
    "Model",
    "ReadOnly",
    "Required",
    "RequiredFlags",
    "RequiredNullable",
    "field",
    "load_model",
)

M = TypeVar("M", bound="Model")

_TYPE = "@odata.type"
_new = object.__new__


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class Model:
    """A typed view over a JSON object.

    The keyword arguments are the properties to set. TypeError names what is missing,
    what the service computes, and what the class does not know.
    """

    __slots__ = ("_changes", "_owner", "_wire")

    _type_name: ClassVar[str] = ""
    _open: ClassVar[bool] = False
    _additional: ClassVar[Codec[Any] | None] = None
    _tag_name: ClassVar[str] = _TYPE
    _tag: ClassVar[str] = ""
    _tags: ClassVar[Mapping[str, str]] = {}
    _wire: dict[str, Any]
    _changes: Changes | None
    _owner: tuple[Owner, str] | None

    def __init__(self, **values: Any) -> None:
        table = properties_of(type(self))
        self._wire = dict(table.given)
        self._changes = None
        self._owner = None
        known = table.by_name
        for name, value in values.items():
            prop = known.get(name)
            if prop is None or prop.computed:
                raise TypeError(_unfit_argument(self, name, prop))
            setattr(self, name, value)
        missing = [
            name
            for name, prop in known.items()
            if prop.required and name not in values and prop.wire not in table.given
        ]
        if missing:
            names = ", ".join(map(repr, missing))
            name = type(self).__name__
            raise TypeError(f"{name}() needs {names}; {name}.patch() demands nothing")

    @classmethod
    def patch(cls) -> Self:
        """Make an object with nothing set and nothing demanded, to be sent as update.

        What is set on it afterwards is what the update will carry, None included.
        """
        return cls._made({}, None)

    @classmethod
    def from_dict(cls, wire: dict[str, Any]) -> Self:
        """See a decoded JSON object as this class, or as the one it names.

        An "@odata.type", or a discriminator, that names a derived class gives an object
        of that class. The JSON object is kept, not copied, and values are not looked at until they are
        read; only something else than a dict raises TypeError.
        """
        return load_model(cls, wire)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a JSON text as `from_dict` does; ValueError if it is not JSON."""
        return load_model(cls, json.loads(text))

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object, with the names and values of the wire.

        It is this object's own, for reading: changes made in it are seen here but are
        not noted for updates. Copy it to change it.
        """
        return self._wire

    def to_json(self) -> str:
        """Give the JSON text of the object."""
        return json.dumps(self._wire).decode()

    @property
    def additional(self) -> MutableMapping[str, Any]:
        """The properties that the class does not declare, by their wire names.

        Control information ("@odata.etag" and its like) is not among them. Only objects
        of open types take new ones; on others, changing raises TypeError.
        """
        return AdditionalProperties(self)

    @property
    def instance_annotations(self) -> MutableMapping[str, Any]:
        """What the service says of the object, or is told of it, beside its properties.

        By name: "@microsoft.graph.downloadUrl" or "@microsoft.graph.conflictBehavior".
        What is set here is sent along with the object.
        """
        return InstanceAnnotations(self)

    def changes(self) -> dict[str, Any]:
        """Give what was set since the object was read: wire names to wire values.

        Of nested objects only what was set in them, of lists the whole list. An object
        that was made, not read, has everything set.
        """
        return _picked(self._wire, self._tree())

    def bind(
        self,
        relationship: Path[Any],
        target: AnyResource[Any] | str | Iterable[AnyResource[Any] | str],
    ) -> None:
        """Relate the object to another one: `user.bind(User.manager, client.me)`.

        The target is a resource or its URL; a text is sent as it stands, and Microsoft
        Graph wants absolute ones. A relationship to many takes several targets and adds
        them to those that the service has (OData Protocol 4.01 section 11.4.3.1). Binding
        again replaces what was bound; so does setting the property, and deleting it
        takes the binding back. An object that was read there is put aside. Raises
        TypeError for what is no relationship of this class.
        """
        from .binding import bind

        bind(self, relationship, target)

    def validate(self, *, partial: bool = False) -> list[Violation]:
        """List everything that contradicts the specification, nested objects included.

        `partial` allows that required properties are absent, as in an update or after a
        `select`. Members that an enumeration does not know are no violation. No pattern
        takes long: of what cannot be told in a moment (very long texts, references
        back, look-behinds) nothing is said.
        """
        from .validation import violations

        return violations(self, partial)

    @classmethod
    def _made(cls, wire: dict[str, Any], changes: Changes | None) -> Self:
        model = _new(cls)
        model._wire = wire
        model._changes = changes
        model._owner = None
        return model

    @classmethod
    def _load(cls, wire: dict[str, Any]) -> Self:
        """See a JSON object as exactly this class, whatever type it names."""
        return cls._made(wire, {})

    @classmethod
    def _dump(cls, value: object) -> dict[str, Any]:
        """Give the wire object of a value for a property of this class.

        That of an object that was made is shared, so that what is set in it later is
        set in the property. One that was read, or that another value holds already, is
        copied, because a change in the one must not be a change in the other. A value
        of a derived class is made to say so, for this side and for the service.
        """
        model = wanted(value, cls, cls.__name__)
        wire = model._wire
        if model._owner is None and model._changes is None:
            model._owner = (TAKEN, cls.__name__)
        else:
            wire = copy.deepcopy(wire)
        for name, tag in model._telling(cls._type_name).items():
            wire.setdefault(name, tag)
        return wire

    @classmethod
    def _codec(cls) -> Codec[Any]:
        """Give the codec of values of this class."""

        tag = cls._tag_name

        def load(wire: Any) -> Model:
            return _loaded(cls, wire, tag)

        def view(wire: Any, owner: Owner, place: str) -> Model:
            """See a part of another view."""
            if not issubclass(type(wire), dict):
                raise TypeError(f"expected an object, not {type(wire).__name__}")
            model = _new(_class_for(cls, wire, wire[tag]) if tag in wire else cls)
            model._wire = wire
            model._changes = None
            model._owner = (owner, place)
            return model

        return Codec(load, cls._dump, _no_literal, view, kind="dict")

    def _encode(self) -> dict[str, Any]:
        """Give a copy of the wire object for a place whose declared type nobody told.

        The type is named where the class derives from another one: either may be the
        one declared, and to name the type where it need not be is no fault.
        """
        wire = copy.deepcopy(self._wire)
        derived = type(self).__mro__[1] is not Model
        return self._telling() | wire if derived else wire

    def _telling(self, declared: str = "") -> dict[str, str]:
        """Give what tells the type of the object, where another one is declared."""
        if self._tag:
            same = self._type_name == declared
            return (
                {}
                if same
                else {self._tag_name: self._wire.get(self._tag_name, self._tag)}
            )
        name = self._named_type()
        if not name or name == declared or not is_odata():
            return {}
        return {_TYPE: f"#{name}"}

    def _tree(self) -> Changes | None:
        """Give the notes of what was set; None if everything counts as set."""
        if self._owner is None:
            return self._changes
        owner, place = self._owner
        return owner._part(place, self._wire)

    def _noted(self, *, lent: bool = False) -> Changes | None:
        """Give the notes to be added to; None if nothing needs noting here."""
        if self._owner is None:
            return self._changes
        owner, place = self._owner
        return owner._noting(place, self._wire, lent)

    def _set_whole(self, wire_name: str) -> None:
        tree = self._noted()
        if tree is not None:
            tree[wire_name] = None

    def _forget(self, wire_name: str) -> None:
        """Make a property absent, as if it had never been read or set."""
        self._wire.pop(wire_name, None)
        tree = self._noted()
        if tree is not None:
            tree.pop(wire_name, None)

    def _part(self, place: str, wire: object) -> Changes | None:
        tree = self._tree()
        if tree is None or self._wire.get(place) is not wire:
            return None
        note = tree.get(place, {})
        return None if isinstance(note, str) else note

    def _noting(self, place: str, wire: object, lent: bool) -> Changes | None:
        if self._wire.get(place) is not wire:
            return None
        tree = self._noted(lent=lent)
        if tree is None:
            return None
        note = tree.setdefault(place, {})
        return None if isinstance(note, str) else note

    def _lend(self, place: str, wire: object) -> None:
        tree = self._noted(lent=True)
        if tree is not None and place not in tree and self._wire.get(place) is wire:
            tree[place] = repr(wire)

    def _whole(self, place: str, wire: object) -> None:
        if self._wire.get(place) is wire:
            self._set_whole(place)

    def _label(self, place: str) -> str:
        prop = properties_of(type(self)).by_wire.get(place)
        return (
            prop.label(self)
            if prop is not None
            else f"{type(self).__name__}[{place!r}]"
        )

    def _named_type(self) -> str:
        """Give the type of the object: the one its JSON names, else its class's."""
        named = self._wire.get(_TYPE)
        return _type_name(named) if isinstance(named, str) else self._type_name

    def __contains__(self, path: Path[Any]) -> bool:
        """Whether the property was sent or set at all, null included.

        Raises TypeError for a name instead of a path.
        """
        _check_path(self, path)
        if isinstance(path, Property):
            return path.wire in self._wire
        *outer, name = path.text.split("/")
        found: object = self._wire
        for step in outer:
            found = found.get(step) if is_object(found) else None
        return is_object(found) and name in found

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same class and type and holds the same JSON."""
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        if self._wire == other._wire:
            return True
        return self._named_type() == other._named_type() and _bare(self) == _bare(other)

    def __repr__(self) -> str:
        from reprlib import repr as short

        table = properties_of(type(self)).by_wire
        parts = [
            f"{table[name].name}={short(value)}"
            for name, value in self._wire.items()
            if name in table
        ]
        if self.additional:
            unknown = {name: self._wire[name] for name in self.additional}
            parts.append(f"additional={short(unknown)}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __copy__(self) -> Self:
        return copy.deepcopy(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        wire = copy.deepcopy(self._wire, memo)
        return type(self)._made(wire, copy.deepcopy(self._tree()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._made, (self._wire, self._tree())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic, and so FastAPI, take the class as the type of a field."""
        from .pydantic_hook import core_schema

        return core_schema(cls)


def load_model(cls: type[M], wire: object) -> M:
    """See a JSON object as `cls`, or as the derived class that it names.

    Raises TypeError if `wire` is not a dict.
    """
    return _loaded(cls, wire, cls._tag_name)


def _loaded(cls: type[M], wire: object, tag: str) -> M:
    if not is_object(wire):
        raise TypeError(f"{cls.__name__}: expected an object, not {wire!r:.60}")
    return (_class_for(cls, wire, wire[tag]) if tag in wire else cls)._made(wire, {})


def _class_for(cls: type[M], wire: dict[str, Any], named: object) -> type[M]:
    """Give the class that an object names, if it derives from `cls`, otherwise `cls`.

    Names that the specification did not know are no fault: services add types.
    """
    if not isinstance(named, str):
        return cls
    place: str | None
    if cls._tags:
        place = cls._tags.get(named)
    else:
        name = _type_name(named)
        if name == cls._type_name:
            return cls
        place = types().get(name)
    if place is None:
        return cls
    module, _, class_name = place.partition(":")
    found: type = generated(module, class_name)
    if found is cls or not issubclass(found, cls):
        return cls
    tag = found._tag_name
    if tag != cls._tag_name and tag in wire:
        return _class_for(found, wire, wire[tag])
    return found


def _type_name(reference: str) -> str:
    """Give the qualified name out of "#a.b", "a.b" or "https://host/$metadata#a.b"."""
    return reference.rpartition("#")[2]


def _bare(model: Model) -> dict[str, Any]:
    return {name: value for name, value in model._wire.items() if name != _TYPE}


def _picked(wire: dict[str, Any], tree: Changes | None) -> dict[str, Any]:
    """Give the parts of a JSON object that the notes name, without empty ones."""
    if tree is None:
        return dict(wire)
    picked: dict[str, Any] = {}
    for name, part in touched(tree, wire).items():
        value = wire.get(name)
        if part is None and name in wire:
            picked[name] = value
        elif part and is_object(value) and (inner := _picked(value, part)):
            picked[name] = inner
    return picked


def _check_path(model: Model, path: object) -> None:
    if not isinstance(path, Path):
        name = type(model).__name__
        raise TypeError(f"ask `{name}.property in model`, not `{path!r} in model`")


def _unfit_argument(model: Model, name: str, prop: Property | None) -> str:
    label = f"{type(model).__name__}()"
    if prop is not None:
        return f"{label}: {name!r} is computed by the service and cannot be given"
    from difflib import get_close_matches

    near = get_close_matches(name, properties_of(type(model)).by_name, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{label} has no property {name!r}{hint}"


def _no_literal(value: object) -> str:
    raise TypeError(f"{type(value).__name__} has no literal in a URL")


register(Model, Codec(_no_literal, Model._encode, _no_literal))
