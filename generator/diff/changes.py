"""What a comparison of two versions gives: changes, each with its grade.

The vocabulary of this package: `comparison` makes changes, `rendering` shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
    REQUEST_LINE = "request-line"
    TAG = "tag"
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
