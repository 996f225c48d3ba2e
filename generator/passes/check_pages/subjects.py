"""Subjects: what a page is about, as far as it says so itself.

An operation page names its operations by its request lines; the page of a type names it
by its title and namespace, or by the comment before its JSON representation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from generator.model import Named, Operation, OperationKind
from generator.model.pages import JsonObject, Page
from generator.passes.check_pages.bodies import Purpose
from generator.passes.check_pages.type_names import TypeNames

_TITLE: Final = re.compile(
    r"(?P<name>[\w.]+)\s+(?:resource|complex|entity|enum(?:eration)?)(?:\s+type)?",
    re.IGNORECASE,
)
_NAMESPACE: Final = re.compile(r"Namespace:\s*`?([\w.]+)`?\s*")
_TYPE_PAGES: Final = ("resourcePageType", "enumPageType")
_FIRST_LINES: Final = 60
_PURPOSES: Final = {
    OperationKind.CREATE: Purpose.CREATE,
    OperationKind.UPDATE: Purpose.UPDATE,
    OperationKind.REPLACE: Purpose.UPDATE,
    OperationKind.REQUEST: Purpose.CREATE,
}
_USUAL: Final = {
    "POST": Purpose.CREATE,
    "PATCH": Purpose.UPDATE,
    "PUT": Purpose.UPDATE,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request sends: an instance of a type ("" for something else), and what
    for."""

    type: str = ""
    purpose: Purpose = Purpose.READ


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: the type that has the page ("" for none), the operations
    that its request lines ask for, and what their requests send."""

    type: str = ""
    operations: tuple[Operation, ...] = ()
    sent: Sent = Sent()


def sent_to(operations: Sequence[Operation]) -> Sent:
    """Give what is sent to the first of some operations that takes an instance."""
    for operation in operations:
        body = operation.body
        if body is not None and isinstance(body.type, Named):
            purpose = _PURPOSES.get(operation.kind, Purpose.READ)
            return Sent(body.type.id, purpose)
    return Sent()


def sent_by(method: str, body: object, names: TypeNames) -> Sent:
    """Give what a request sends by its own account, where the metadata does not know
    it: its body may name its type."""
    if not isinstance(body, JsonObject):
        return Sent()
    found = names.find(body.text("@odata.type"))
    return Sent(found, _USUAL.get(method, Purpose.READ)) if found else Sent()


def find_subject(
    page: Page, names: TypeNames, operations: tuple[Operation, ...]
) -> Subject:
    """Tell what a page is about; `operations` are those of its request lines."""
    sent = sent_to(operations)
    if not operations:
        for example in page.examples:
            for request in example.requests[:1]:
                sent = (
                    sent if sent.type else sent_by(request.method, example.body, names)
                )
    return Subject(_type_of(page, names), operations, sent)


def _type_of(page: Page, names: TypeNames) -> str:
    namespace = ""
    for line in page.lines[:_FIRST_LINES]:
        match = _NAMESPACE.fullmatch(line)
        if match:
            namespace = match[1]
            break
    title = _TITLE.fullmatch(page.title)
    is_type_page = page.front_matter.get("doc_type") in _TYPE_PAGES
    name = title["name"] if title else page.title if is_type_page else ""
    found = names.find(name, namespace)
    if found:
        return found
    for example in page.examples:
        if example.kind == "resource" and example.block is not None:
            return names.find(example.block.text("@odata.type"), namespace)
    return ""
