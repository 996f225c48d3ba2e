"""The examples on the page of an operation: the request, the answer, and Python."""

from __future__ import annotations

from dataclasses import dataclass

from generator.emitters.docs.markdown import Md, comment, fence
from generator.emitters.docs.site import Site
from generator.emitters.docs.subjects import Subject


@dataclass(frozen=True, slots=True)
class ExampleView:
    """The examples of one operation, each a fenced block, "" for none."""

    request_comment: Md
    request: Md
    response_comment: Md
    response: Md
    python: Md
    python_async: Md


class Examples:
    """The examples of all pages."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def view(self, subject: Subject) -> ExampleView | None:
        """Give the examples of an operation; None where no path leads to it."""
        return None
