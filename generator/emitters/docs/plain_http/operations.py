"""The view of the page of an operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.emitters.docs.markdown import Md, clean, code_cell, comment, fence, join
from generator.emitters.docs.plain_http import bodies, security
from generator.emitters.docs.plain_http.examples import Examples, RequestExampleView
from generator.emitters.docs.plain_http.facts import parameter_row
from generator.emitters.docs.plain_http.subjects import Subject
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import ParameterIn


@dataclass(frozen=True, slots=True)
class RequestPageView:
    """The page of an operation; what is "" is left out."""

    head: Head
    description: Md
    tags: Md
    notes: tuple[Md, ...]
    security: Md
    ignored: Md
    lines: Md
    path_parameters: Md
    query_parameters: Md
    headers: Md
    cookies: Md
    bodies: tuple[bodies.BodyView, ...]
    answers: Md
    answer_headers: Md
    errors: Md
    example: RequestExampleView


def operation_page(subject: Subject, examples: Examples) -> Page:
    """Give the page of an operation."""
    site = subject.site
    view = RequestPageView(
        head=head(site, subject.title, subject.in_short, "apiPageType"),
        description=site.prose(subject.description),
        tags=join(", ", map(site.tag_link, subject.operation.tags)),
        notes=tuple(_notes(subject)),
        security=security.requirements(subject),
        ignored=comment({"blockType": "ignored"}),
        lines=fence("\n".join(map(clean, subject.lines)), "http"),
        path_parameters=_parameters(subject, ParameterIn.PATH),
        query_parameters=_parameters(subject, ParameterIn.QUERY),
        headers=_headers(subject),
        cookies=_parameters(subject, ParameterIn.COOKIE),
        bodies=bodies.bodies(subject),
        answers=bodies.answers(subject),
        answer_headers=bodies.headers(subject),
        errors=bodies.errors(subject),
        example=examples.view(subject),
    )
    return Page(subject.page, "request.md.j2", view)


def _notes(subject: Subject) -> Iterator[Md]:
    operation = subject.operation
    if operation.deprecation is not None:
        yield subject.site.deprecated(operation.deprecation)
    yield from subject.site.see_also(operation.doc)


def _parameters(subject: Subject, place: ParameterIn) -> Md:
    rows = [parameter_row(subject.site, each) for each in subject.parameters(place)]
    return table("Name|Type|Description", rows)


def _headers(subject: Subject) -> Md:
    """The headers of the operation, with those that sign in and name the body."""
    rows = [(name, Md("string"), what) for name, what in security.headers(subject)]
    body = subject.operation.body
    if body is not None:
        found = (body, *subject.operation.other_bodies)
        kinds = join(", ", [code_cell(each.media_type) for each in found])
        need = Md("Required.") if body.required else Md("Optional.")
        rows.append((Md("Content-Type"), Md("string"), Md(f"{kinds}. {need}")))
    own = [
        parameter_row(subject.site, each)
        for each in subject.parameters(ParameterIn.HEADER)
    ]
    return table("Name|Type|Description", [*rows, *own])
