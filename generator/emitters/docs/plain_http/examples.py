"""The examples on the page of an operation: the request, the answer, and Python."""

from __future__ import annotations

from dataclasses import dataclass

from generator.emitters.docs.markdown import Md, comment, fence
from generator.emitters.docs.plain_http.messages import Messages
from generator.emitters.docs.plain_http.requests import Requests
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.plain_http.snippets import Snippets
from generator.emitters.docs.plain_http.subjects import Subject
from generator.emitters.python.names import Names


@dataclass(frozen=True, slots=True)
class RequestExampleView:
    """The examples of one operation: a comment before each message, and blocks.
    `given` says what the Python takes that it does not show."""

    request_comment: Md
    request: Md
    response_comment: Md
    response: Md
    python: Md
    python_async: Md
    given: Md


class Examples:
    """The examples of all pages."""

    def __init__(self, site: HttpSite) -> None:
        requests = Requests(site.api, site.samples, site.roots)
        self._messages = Messages(requests)
        self._python = Snippets(site, Names(site.api), requests)

    def view(self, subject: Subject) -> RequestExampleView:
        """Give the examples of an operation."""
        operation = subject.operation
        python, python_async = (
            fence(self._python.text(subject.resource, operation, is_async), "python")
            for is_async in (False, True)
        )
        name = subject.page.removeprefix("api/").removesuffix(".md")
        return RequestExampleView(
            comment({"blockType": "request", "name": name.replace("-", "_")}),
            fence(self._messages.request(operation), "http"),
            comment({"blockType": "response", "truncated": True}),
            fence(self._messages.response(operation), "http"),
            python,
            python_async,
            self._python.given(operation),
        )
