"""The stable codes of everything that the passes report, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alias-cycle": "a type definition leads back to itself",
        "annotation-duplicate": "a term is applied twice to one element",
        "annotation-path": "two paths to one property say different things of it",
        "annotation-target": "an annotation is about something that does not exist",
        "annotation-value": "an annotation names a type or property that is not there",
        "base-cycle": "a type inherits from itself",
        "base-depth": "a type inherits from more types than Python can import",
        "base-kind": "an entity type inherits from a complex type, or the reverse",
        "binding-path": "a binding starts at a navigation property that does not exist",
        "binding-target": "a binding leads to an entity set that does not exist",
        "gap-description": "nothing describes it",
        "gap-permissions": "nothing says which permissions an operation needs",
        "gap-security": "nothing says how callers prove who they are",
        "key-path": "a key names a property that does not exist",
        "navigation-type": "a navigation property leads to something not an entity",
        "partner-path": "a partner names a navigation property that does not exist",
        "permissions-differ": "annotations and the list of permissions contradict",
        "permissions-least": "several scopes are listed as the least privileged",
        "permissions-method": "an action is listed under a method that it has not",
        "permissions-path": "a listed path leads nowhere",
        "referential-constraint": "a constraint names a property that does not exist",
        "slice-ambiguous": "a pattern without a namespace matches several of them",
        "slice-unmatched": "a pattern matches nothing",
        "unknown-base": "a base type does not exist",
        "unknown-binding": "an operation is bound to a type that does not exist",
        "unknown-root": "an entity set or singleton is of a type that does not exist",
        "unknown-type": "something is of a type that does not exist",
    }
)
