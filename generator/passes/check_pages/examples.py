"""Examples: requests, responses and representations on a page, one after another.

A response answers the request before it; what it holds is told by the operation, or by
the comment before the block.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import (
    ListOf,
    Named,
    Operation,
    OperationKind,
    ParameterIn,
    TypeRef,
)
from generator.model.pages import (
    Example,
    JsonArray,
    JsonNode,
    JsonObject,
    JsonScalar,
    Page,
)
from generator.passes.check_pages.bodies import Bodies, Purpose
from generator.passes.check_pages.findings import Findings
from generator.passes.check_pages.requests import Lookup
from generator.passes.check_pages.subjects import Subject, sent_by, sent_to
from generator.passes.check_pages.type_names import parse_type, shown


class Examples:
    """Checks the bodies of a page's examples."""

    def __init__(self, findings: Findings, requests: Lookup) -> None:
        self._findings = findings
        self._requests = requests
        self._bodies = Bodies(findings)

    def check(self, page: Page, subject: Subject) -> None:
        """Check the examples of a page, of which the subject is known."""
        asked = subject.operations
        for example in page.examples:
            if example.requests:
                request = example.requests[0]
                asked = self._requests.find(request.target).by(request.method)
                if example.body is not None:
                    self._request(example.body, request.method, asked)
            elif example.status.startswith("2"):
                self._response(example, asked)
            elif not example.status:
                self._representation(example, subject)

    def _request(
        self, body: JsonNode, method: str, operations: Sequence[Operation]
    ) -> None:
        calls = [each for each in operations if each.kind is OperationKind.ACTION]
        if calls:
            parameters: dict[str, TypeRef] = {}
            needed: list[str] = []
            for call in calls:
                for each in call.parameters:
                    if each.place is ParameterIn.BODY:
                        parameters[each.name] = each.type
                        needed += [each.name] if each.required else []
            needed = needed if len(calls) == 1 else []
            self._bodies.check_parameters(body, parameters, needed)
            return
        sent = sent_to(operations)
        if not operations:
            sent = sent_by(method, body, self._findings.names)
        if self._findings.struct(sent.type) is not None:
            self._bodies.check(body, sent.type, sent.purpose)

    def _response(self, example: Example, operations: Sequence[Operation]) -> None:
        results = [each.result for each in operations]
        types = [each.type for each in results if each and each.type is not None]
        said = self._said(example)
        if said and types:
            self._compare(example, said, types)
        if example.body is None:
            return
        ref = Named(said) if said else next(iter(types), None)
        while isinstance(ref, ListOf):
            ref = ref.item
        if ref is not None:
            are_many = any(isinstance(each, ListOf) for each in types)
            self._answer(example.body, ref, are_many or _says_many(example))

    def _said(self, example: Example) -> str:
        """Give the type that the comment before a block names, "" for none known."""
        written = (
            parse_type(example.block.text("@odata.type")) if example.block else None
        )
        return self._findings.names.find(written.name) if written else ""

    def _compare(self, example: Example, said: str, types: Sequence[TypeRef]) -> None:
        """Report a comment that names another type than the operation gives."""
        given = [each.item if isinstance(each, ListOf) else each for each in types]
        lineage = self._findings.lineage
        for ref in given:
            if not isinstance(ref, Named):
                return
            if said == ref.id or lineage.related(said, ref.id):
                return
        node = example.block.get("@odata.type") if example.block else None
        place = node.place if node else example.place
        message = f"the operation gives {shown(types[0])}, found {said}"
        self._findings.error("page-block-type", message, place)

    def _answer(self, body: JsonNode, ref: TypeRef, are_many: bool) -> None:
        """Check a response's body: one instance, or one or many below "value" (OData
        JSON Format 4.01 sections 11 and 13), which may also be the name of a
        property."""
        value = body.get("value") if isinstance(body, JsonObject) else None
        is_struct = isinstance(ref, Named) and self._findings.struct(ref.id) is not None
        if not is_struct or not isinstance(ref, Named):
            if value is not None:
                for item in value.items if isinstance(value, JsonArray) else (value,):
                    self._bodies.check_value(item, ref)
            return
        has_value = "value" in self._findings.lineage.members(ref.id)
        if value is not None and (are_many or not has_value):
            items = value.items if isinstance(value, JsonArray) else (value,)
        else:
            items = body.items if isinstance(body, JsonArray) else (body,)
        for item in items:
            if not isinstance(item, JsonScalar) or item.value is not None:
                self._bodies.check(item, ref.id, Purpose.READ)

    def _representation(self, example: Example, subject: Subject) -> None:
        heading = example.section[-1].lower() if example.section else ""
        is_skeleton = example.kind == "resource" or heading == "json representation"
        type_id = self._said(example) or subject.type
        is_struct = self._findings.struct(type_id) is not None
        if is_skeleton and is_struct and example.body is not None:
            self._bodies.check(example.body, type_id, Purpose.SKELETON)


def _says_many(example: Example) -> bool:
    """Say whether the comment before a block tells that it holds a collection."""
    if example.block is None:
        return False
    flag = example.block.get("isCollection")
    written = parse_type(example.block.text("@odata.type"))
    is_flagged = isinstance(flag, JsonScalar) and flag.value is True
    return is_flagged or (written is not None and written.many)
