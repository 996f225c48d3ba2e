"""What a comparison of two versions gives: changes, each with its grade.

The vocabulary of this package: `comparison` makes changes, `rendering` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from generator.model import Place


class Grade(StrEnum):
    """What a change asks of those who use the generated package.

    BREAKING: code that ran, or that type checkers accepted, may no longer. COMPATIBLE:
    there is more than before, or something to know; old code goes on. DOCUMENTATION:
    only what is said has changed.
    """

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    DOCUMENTATION = "documentation"


class Kind(StrEnum):
    """The kinds of change; the values are stable codes for programs."""

    TYPE_ADDED = "type-added"
    TYPE_REMOVED = "type-removed"
    TYPE_KIND = "type-kind"
    BASE = "base-type"
    ABSTRACT = "abstract"
    OPEN = "open-type"
    KEY = "key"
    ALTERNATE_KEYS = "alternate-keys"
    MEDIA = "media-stream"
    UNDERLYING = "underlying-type"
    PROPERTY_ADDED = "property-added"
    PROPERTY_REMOVED = "property-removed"
    WIDENED = "type-widened"
    NARROWED = "type-narrowed"
    CHANGED = "type-changed"
    CARDINALITY = "cardinality"
    NULLABILITY = "nullability"
    REQUIRED = "required"
    ACCESS = "access"
    DEFAULT = "default"
    CONSTRAINTS = "constraints"
    NAVIGATION = "navigation"
    MEMBER_ADDED = "enum-member-added"
    MEMBER_REMOVED = "enum-member-removed"
    MEMBER_VALUE = "enum-member-value"
    FLAGS = "flags"
    OPERATION_ADDED = "operation-added"
    OPERATION_REMOVED = "operation-removed"
    PARAMETER_ADDED = "parameter-added"
    PARAMETER_REMOVED = "parameter-removed"
    PARAMETER_PLACE = "parameter-place"
    SERIALIZATION = "serialization"
    REQUEST_LINE = "request-line"
    RENAMED = "operation-renamed"
    TAG = "tag"
    MEDIA_TYPE = "media-type"
    ANSWER_ADDED = "answer-added"
    ANSWER_REMOVED = "answer-removed"
    HEADER = "answer-header"
    SECURITY = "security"
    SCHEME = "security-scheme"
    SERVER = "server"
    VERSION = "api-version"
    ADDITIONAL = "additional-properties"
    DISCRIMINATOR = "discriminator"
    RESULT = "result"
    COMPOSABLE = "composable"
    ENTITY_SET_PATH = "entity-set-path"
    ROOT_ADDED = "root-added"
    ROOT_REMOVED = "root-removed"
    BINDING_ADDED = "binding-added"
    BINDING_REMOVED = "binding-removed"
    BINDING_TARGET = "binding-target"
    CAPABILITY = "capability"
    QUERY_OPTION = "query-option"
    CONCURRENCY = "concurrency"
    PERMISSIONS = "permissions"
    TERM = "term"
    DEPRECATION = "deprecation"
    DESCRIPTION = "description"
    ANNOTATION = "annotation"


KINDS: Final[Mapping[str, str]] = {
    Kind.TYPE_ADDED: "a type is new",
    Kind.TYPE_REMOVED: "a type was removed",
    Kind.TYPE_KIND: "a type became one of another kind",
    Kind.BASE: "a type is derived from another one",
    Kind.ABSTRACT: "a type became abstract, or is no longer",
    Kind.OPEN: "a type takes properties that nobody declares, or no longer does",
    Kind.KEY: "a key is made of other properties",
    Kind.ALTERNATE_KEYS: "another key that names one object came or went",
    Kind.MEDIA: "a type has a stream of its own, or no longer has",
    Kind.UNDERLYING: "the values of an enumeration or a type definition are of another kind",
    Kind.PROPERTY_ADDED: "a property is new",
    Kind.PROPERTY_REMOVED: "a property was removed",
    Kind.WIDENED: "a type allows more values",
    Kind.NARROWED: "a type allows fewer values",
    Kind.CHANGED: "a type is another one",
    Kind.CARDINALITY: "a list instead of a value, or a value instead of a list",
    Kind.NULLABILITY: "null is allowed, or no longer is",
    Kind.REQUIRED: "something must be given, or need not be",
    Kind.ACCESS: "who may set a property, and when",
    Kind.DEFAULT: "what holds where a value is left out",
    Kind.CONSTRAINTS: "what a value must satisfy beyond its type",
    Kind.NAVIGATION: "what a relationship leads to, and how",
    Kind.MEMBER_ADDED: "an enumeration has one more member",
    Kind.MEMBER_REMOVED: "an enumeration has one member less",
    Kind.MEMBER_VALUE: "a member of an enumeration was renumbered or renamed",
    Kind.FLAGS: "an enumeration became a set of flags, or no longer is",
    Kind.OPERATION_ADDED: "an operation is new",
    Kind.OPERATION_REMOVED: "an operation was removed",
    Kind.PARAMETER_ADDED: "a parameter or a body is new",
    Kind.PARAMETER_REMOVED: "a parameter or a body was removed",
    Kind.PARAMETER_PLACE: "a parameter travels in another place",
    Kind.SERIALIZATION: "a value is written otherwise",
    Kind.REQUEST_LINE: "an operation has another method or path",
    Kind.RENAMED: "an operation has another id",
    Kind.TAG: "an operation belongs to another tag",
    Kind.MEDIA_TYPE: "a body or an answer comes in other media types",
    Kind.ANSWER_ADDED: "an answer is described that was not",
    Kind.ANSWER_REMOVED: "an answer is no longer described",
    Kind.HEADER: "a header of an answer came, went or changed",
    Kind.SECURITY: "what callers have to prove",
    Kind.SCHEME: "a way to sign in came, went or changed",
    Kind.SERVER: "where the service answers",
    Kind.VERSION: "what the service says of its version",
    Kind.ADDITIONAL: "which values properties have that nobody declares",
    Kind.DISCRIMINATOR: "what tells the type of an object",
    Kind.RESULT: "an operation gives something else",
    Kind.COMPOSABLE: "more of a path may follow a call, or no longer may",
    Kind.ENTITY_SET_PATH: "where a result belongs",
    Kind.ROOT_ADDED: "a way into the service is new",
    Kind.ROOT_REMOVED: "a way into the service was removed",
    Kind.BINDING_ADDED: "it is said where related entities live",
    Kind.BINDING_REMOVED: "it is no longer said where related entities live",
    Kind.BINDING_TARGET: "related entities live elsewhere",
    Kind.CAPABILITY: "what can be done at a place",
    Kind.QUERY_OPTION: "which query options a place takes",
    Kind.CONCURRENCY: "whether changes need an ETag",
    Kind.PERMISSIONS: "which permissions a call needs",
    Kind.TERM: "a term came, went or changed",
    Kind.DEPRECATION: "something is on its way out, or no longer is",
    Kind.DESCRIPTION: "something is described otherwise",
    Kind.ANNOTATION: "an annotation says something else",
}
"""What each kind of change is about."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of an Api.

    `target` names the element as annotations do: "<type>", "<type>/<member>",
    "<container>/<set>", "<operation>(<binding type>)[/<parameter>]"; a function has the
    names of its parameters after that, in brackets. `group` is the id of the type under
    which people look for it, "" for what belongs to the service itself. `text` says
    what changed and `consequence`, a sentence, what follows for Python users. `old` and
    `new` are where the element stands, None where it does not exist.
    `inherited_from` is the id of the base whose own change this one repeats.
    """

    kind: Kind
    target: str
    grade: Grade
    text: str
    consequence: str
    group: str = ""
    old: Place | None = None
    new: Place | None = None
    inherited_from: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """An element under comparison: what a change of it is said to be about."""

    target: str
    group: str = ""
    old: Place | None = None
    new: Place | None = None

    def change(self, kind: Kind, grade: Grade, text: str, consequence: str) -> Change:
        """Give a change of this element."""
        return Change(
            kind, self.target, grade, text, consequence, self.group, self.old, self.new
        )

    def breaks(self, kind: Kind, text: str, consequence: str) -> Change:
        """Give a change that breaks code."""
        return self.change(kind, Grade.BREAKING, text, consequence)

    def keeps(self, kind: Kind, text: str, consequence: str) -> Change:
        """Give a change with which code goes on."""
        return self.change(kind, Grade.COMPATIBLE, text, consequence)

    def tells(self, kind: Kind, text: str, consequence: str) -> Change:
        """Give a change of what is said."""
        return self.change(kind, Grade.DOCUMENTATION, text, consequence)
