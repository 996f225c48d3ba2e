"""Request lines: the methods and paths of a service, written out one by one.

Made by `generator.passes.request_lines`, read by the emitter of OpenAPI documents.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.operations import Operation, Parameter
from generator.model.resources import Refusal


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One operation on one path.

    `path` is a template, "/users/{id}/messages/{id_1}/forward"; `place` the part of it
    that leads to the place where the operation stands. `parameters` are those of the
    template, in its order, and those of a function that go into the query. `words` say
    what the path leads to without its keys ("users", "item", "messages"), and tell one
    line from the others together with the operation's name. `root` is the name of the
    entity set or singleton at its beginning, "" for what is called on the service
    itself; `refusals` are the query options that are said not to be taken there.
    """

    path: str
    place: str
    operation: Operation
    parameters: tuple[Parameter, ...] = ()
    words: tuple[str, ...] = ()
    root: str = ""
    refusals: tuple[Refusal, ...] = ()
