"""Bodies: the JSON of an example against the properties of its type.

What stands there may be shortened (a response leaves out what it likes), but what does
stand there must exist, be of its type and, in a request, be for the caller to set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum as Choice

from generator.model import (
    Alias,
    Enum,
    ListOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    Struct,
    TypeRef,
)
from generator.model.pages import JsonArray, JsonNode, JsonObject, JsonScalar, Text
from generator.passes.check_pages.findings import Findings, several
from generator.passes.check_pages.members import is_shown, read_only
from generator.passes.check_pages.type_names import shown
from generator.passes.check_pages.values import (
    described,
    fault_of_scalar,
    is_type_name,
    unknown_members,
    word_fits,
)


class Purpose(Choice):
    """What a body is for, which decides what it may and must hold.

    A SKELETON shows the shape of a type: the names of types are its values.
    """

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    SKELETON = "skeleton"


class Bodies:
    """Checks the bodies of examples."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def check(self, node: JsonNode, type_id: str, purpose: Purpose) -> None:
        """Check a body that is one instance of a structured type."""
        if not isinstance(node, JsonObject):
            self._mismatch(node, f"an object ({shown(Named(type_id))})")
            return
        type_id = self._object(node, type_id, purpose)
        members = self._findings.lineage.members(type_id).values()
        if purpose is Purpose.CREATE:
            missing = [
                member.name
                for member in members
                if member.required and not member.computed
            ]
            self._demand(node, missing, "which must be given")
        elif purpose is Purpose.SKELETON:
            missing = [member.name for member in members if is_shown(member)]
            self._demand(node, missing, f"which {shown(Named(type_id))} has")

    def check_parameters(
        self, node: JsonNode, parameters: Mapping[str, TypeRef], needed: Iterable[str]
    ) -> None:
        """Check the body of an action's request: its parameters by name."""
        if not isinstance(node, JsonObject):
            self._mismatch(node, "an object of the parameters")
            return
        for key, value in node.members:
            name, mark, _ = key.text.partition("@")
            if name in parameters and not mark:
                self._value(value, parameters[name], name, Purpose.READ)
            elif name and name not in parameters and not key.text.startswith("#"):
                message = (
                    f"{name!r} is no parameter{self._findings.hint(name, parameters)}"
                )
                self._findings.error("page-example-unknown", message, key.place)
        self._demand(node, needed, "which must be given")

    def check_value(self, node: JsonNode, ref: TypeRef) -> None:
        """Check a value of any type: what a response holds below "value"."""
        self._value(node, ref, "value", Purpose.READ)

    def _demand(self, node: JsonObject, names: Iterable[str], why: str) -> None:
        given = {key.text.partition("@")[0] for key, _ in node.members}
        missing = [name for name in names if name not in given]
        if missing:
            message = f"the example lacks {several(missing)}, {why}"
            self._findings.warning("page-example-missing", message, node.place)

    def _object(self, node: JsonObject, type_id: str, purpose: Purpose) -> str:
        """Check the members of an object; give the type that it turned out to be."""
        type_id = self._actual(node, type_id)
        members = self._findings.lineage.members(type_id)
        for key, value in node.members:
            name, mark, _ = key.text.partition("@")
            if not name or key.text.startswith("#"):
                continue  # control information (OData JSON Format 4.01 section 4.6)
            member = members.get(name)
            if member is None:
                self._other(key, value, type_id, purpose)
            elif not mark:
                self._member(key, value, member, purpose)
        return type_id

    def _other(
        self, key: Text, value: JsonNode, type_id: str, purpose: Purpose
    ) -> None:
        """Check a property that the type does not have: one derived from it may."""
        name, mark, _ = key.text.partition("@")
        below = self._findings.members_below(type_id).get(name, ())
        if below:
            if len(below) == 1 and not mark:
                self._member(key, value, below[0], purpose)
            return
        self._findings.unknown_property("example", type_id, name, key.place)

    def _member(
        self, key: Text, value: JsonNode, member: Property, purpose: Purpose
    ) -> None:
        if purpose in (Purpose.CREATE, Purpose.UPDATE):
            why = read_only(member, is_update=purpose is Purpose.UPDATE)
            if why:
                message = f"{member.name!r} {why}: a request leaves it out"
                self._findings.error("page-example-readonly", message, key.place)
            is_null = isinstance(value, JsonScalar) and value.value is None
            if is_null and not member.nullable and member.navigation is None:
                message = f"{member.name!r} cannot be null"
                self._findings.error("page-example-type", message, value.place)
            if member.navigation is not None:
                # a related object may be an existing one, which its key tells
                purpose = Purpose.READ
        self._value(value, member.type, member.name, purpose)

    def _actual(self, node: JsonObject, type_id: str) -> str:
        """Give the type of an object: what it says itself, if that fits."""
        said = node.get("@odata.type") or node.get("@type")
        if not isinstance(said, JsonScalar) or not isinstance(said.value, str):
            return type_id
        lineage = self._findings.lineage
        found = self._findings.names.find(said.value)
        if type_id in lineage.ids(found):
            return found
        if found not in lineage.ids(type_id):  # a base says less, but nothing wrong
            what = f"is no {shown(Named(type_id))}" if found else "is no type"
            message = f"{described(said.value)} {what}"
            self._findings.error("page-example-type", message, said.place)
        return type_id

    def _value(self, node: JsonNode, ref: TypeRef, name: str, purpose: Purpose) -> None:
        if isinstance(node, JsonScalar) and node.value is None:
            return
        match ref:
            case ListOf(item):
                if isinstance(node, JsonArray):
                    for each in node.items:
                        self._value(each, item, name, purpose)
                else:
                    self._mismatch(node, "an array", name)
            case Scalar(kind):
                if isinstance(node, JsonScalar):
                    self._scalar(node, kind, name, purpose)
                else:
                    self._mismatch(node, f"one value ({shown(ref)})", name)
            case Named(type_id):
                self._named(node, type_id, name, purpose)

    def _named(self, node: JsonNode, type_id: str, name: str, purpose: Purpose) -> None:
        match self._findings.api.types.get(type_id):
            case Alias(type=ref):
                self._value(node, ref, name, purpose)
            case Struct():
                if self._is_blank(type_id):
                    return
                if isinstance(node, JsonObject):
                    self._object(node, type_id, purpose)
                else:
                    self._mismatch(node, f"an object ({shown(Named(type_id))})", name)
            case Enum() as enum:
                if isinstance(node, JsonScalar) and isinstance(node.value, str):
                    self._enum(node, node.value, enum, name, purpose)
                else:
                    self._mismatch(node, f"a member of {shown(Named(type_id))}", name)

    def _is_blank(self, type_id: str) -> bool:
        """Say whether nothing is known of a structure: Microsoft Graph has one, named
        Json, that stands for any value."""
        lineage = self._findings.lineage
        return not lineage.members(type_id) and type_id not in lineage.derived

    def _scalar(
        self, node: JsonScalar, kind: ScalarKind, name: str, purpose: Purpose
    ) -> None:
        value = node.value
        if value is None:
            return
        if purpose is Purpose.SKELETON and isinstance(value, str):
            if not word_fits(value, kind):
                self._mismatch(node, shown(Scalar(kind)), name)
        elif isinstance(value, str) and is_type_name(value, name, kind):
            self._type_name(node, name)
        else:
            expected = fault_of_scalar(kind, value)
            if expected:
                self._mismatch(node, expected, name)

    def _enum(
        self, node: JsonScalar, value: str, enum: Enum, name: str, purpose: Purpose
    ) -> None:
        unknown = unknown_members(enum, value)
        if not unknown or purpose is Purpose.SKELETON:
            return
        if is_type_name(value, name, None):
            self._type_name(node, name)
            return
        members = several([member.name for member in enum.members] or ["none"])
        message = f"{shown(Named(enum.id))} has no member {several(map(repr, unknown))}"
        message = f"{message}; it has {members}"
        self._findings.error("page-example-member", message, node.place)

    def _type_name(self, node: JsonScalar, name: str) -> None:
        message = f"{name!r} has the name of a type for its value: "
        message += described(node.value)
        self._findings.error("page-example-type-name", message, node.place)

    def _mismatch(self, node: JsonNode, expected: str, name: str = "") -> None:
        match node:
            case JsonObject():
                found = "an object"
            case JsonArray():
                found = "an array"
            case JsonScalar(value):
                found = described(value)
        about = repr(name) if name else "the body"
        message = f"{about} is {expected}, found {found}"
        self._findings.error("page-example-type", message, node.place)
