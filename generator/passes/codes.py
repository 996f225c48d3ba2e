"""The stable codes of everything that the passes report, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from generator.diagnostics import Code, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "alias-cycle": Code(_ERROR, "a type definition leads back to itself"),
        "annotation-duplicate": Code(
            _WARNING, "a term is applied twice to one element"
        ),
        "annotation-path": Code(
            _INFO, "two paths to one property say different things of it"
        ),
        "annotation-target": Code(
            _WARNING, "an annotation is about something that does not exist"
        ),
        "annotation-value": Code(
            _WARNING, "an annotation names a type or property that is not there"
        ),
        "base-cycle": Code(_ERROR, "a type inherits from itself"),
        "base-depth": Code(
            _ERROR, "a type inherits from more types than Python can import"
        ),
        "base-members": Code(_ERROR, "types inherit more members than can be shown"),
        "base-kind": Code(
            _WARNING, "an entity type inherits from a complex type, or the reverse"
        ),
        "binding-path": Code(
            _WARNING, "a binding starts at a navigation property that does not exist"
        ),
        "binding-target": Code(
            _WARNING, "a binding leads to an entity set that does not exist"
        ),
        "gap-description": Code(_INFO, "nothing describes it"),
        "gap-permissions": Code(
            _INFO, "nothing says which permissions an operation needs"
        ),
        "gap-security": Code(_INFO, "nothing says how callers prove who they are"),
        "key-path": Code(_WARNING, "a key names a property that does not exist"),
        "navigation-type": Code(
            _WARNING, "a navigation property leads to something not an entity"
        ),
        "partner-path": Code(
            _WARNING, "a partner names a navigation property that does not exist"
        ),
        "permissions-differ": Code(
            _WARNING, "annotations and the list of permissions contradict"
        ),
        "permissions-least": Code(
            _INFO, "several scopes are listed as the least privileged"
        ),
        "permissions-method": Code(
            _INFO, "an action is listed under a method that it has not"
        ),
        "openapi-paths": Code(
            _ERROR, "more paths than an OpenAPI document can hold within its depth"
        ),
        "permissions-path": Code(_INFO, "a listed path leads nowhere"),
        "referential-constraint": Code(
            _WARNING, "a constraint names a property that does not exist"
        ),
        "slice-ambiguous": Code(
            _ERROR, "a pattern without a namespace matches several of them"
        ),
        "slice-unmatched": Code(_ERROR, "a pattern matches nothing", may_pass=True),
        "slice-wide": Code(
            _WARNING, "a slice that follows every relationship keeps most of the types"
        ),
        "unknown-base": Code(_WARNING, "a base type does not exist"),
        "unknown-binding": Code(
            _WARNING, "an operation is bound to a type that does not exist"
        ),
        "unknown-root": Code(
            _WARNING, "an entity set or singleton is of a type that does not exist"
        ),
        "unknown-type": Code(_WARNING, "something is of a type that does not exist"),
    }
)
