"""The view of the page of an operation: a verb, an action or a function."""

from __future__ import annotations

from dataclasses import dataclass

from generator.emitters.docs import answer_sections, request_sections
from generator.emitters.docs.examples import Examples, ExampleView
from generator.emitters.docs.markdown import Md, comment, fence, join
from generator.emitters.docs.markdown import clean
from generator.emitters.docs.permissions import PermissionsView, permissions
from generator.emitters.docs.subjects import Subject
from generator.emitters.docs.views import Head, Page, head


@dataclass(frozen=True, slots=True)
class RequestView:
    """Request lines of which the same is said ("" where all are alike)."""

    text: Md
    lines: Md


@dataclass(frozen=True, slots=True)
class OperationView:
    """The page of an operation; what is "" is left out."""

    head: Head
    description: Md
    notes: tuple[Md, ...]
    permissions: tuple[PermissionsView, ...]
    ignored: Md
    requests: tuple[RequestView, ...]
    path_parameters: Md
    query_parameters: Md
    headers: Md
    body: Md
    properties: Md
    response: Md
    errors: Md
    example: ExampleView | None


def operation_page(subject: Subject, examples: Examples) -> Page:
    """Give the page of an operation."""
    body, properties = request_sections.body(subject)
    view = OperationView(
        head=head(
            subject.site,
            subject.title,
            subject.description,
            "apiPageType",
            subject.namespace,
        ),
        description=subject.site.prose(subject.description),
        notes=_notes(subject),
        permissions=permissions(subject),
        ignored=comment({"blockType": "ignored"}),
        requests=_requests(subject),
        path_parameters=request_sections.path_parameters(subject),
        query_parameters=request_sections.query_parameters(subject),
        headers=request_sections.headers(subject),
        body=body,
        properties=properties,
        response=answer_sections.response(subject),
        errors=answer_sections.errors(subject),
        example=examples.view(subject),
    )
    return Page(subject.page, "operation.md.j2", view)


def _notes(subject: Subject) -> tuple[Md, ...]:
    """Deprecations, and how the operation departs from its protocol."""
    found = [
        subject.site.deprecated(use.operation.deprecation) for use in subject.stands
    ]
    found += [
        Md(f"**Note:** {subject.site.inline(use.operation.departs)}")
        for use in subject.stands
        if use.operation.departs
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _requests(subject: Subject) -> tuple[RequestView, ...]:
    by_text: dict[str, list[str]] = {}
    for line in subject.lines:
        by_text.setdefault(subject.said(line.use), []).append(line.text)
    return tuple(
        [
            RequestView(
                subject.site.prose(text if text != subject.description else ""),
                fence("\n".join(map(clean, lines)), "http"),
            )
            for text, lines in by_text.items()
        ]
    )
