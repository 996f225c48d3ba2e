"""Request paths: how the places of a service are written in a URL.

Made by `generator.passes.request_paths`, read by emitters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from generator.model.operations import Operation, OperationKind, ParameterIn
from generator.model.resources import LinkKind, ResourceLink


@dataclass(frozen=True, slots=True)
class RequestPath:
    """A path to a place: "/users/{userId}/authentication/qrCodePinMethod/pin".

    `steps` are the links from the service to the place, `contained` says that none of
    them is a relationship to what lives elsewhere. `rank` is what paths are sorted by:
    the number of casts and functions on it, of such relationships, of segments that are
    no keys, and the position of each link among those of its place.
    `listed`: a list of permissions has a path of an operation here, so that the path is
    one of those that are meant to be used.
    """

    text: str
    contained: bool
    steps: tuple[ResourceLink, ...]
    rank: tuple[int, int, int, tuple[int, ...]]
    listed: bool = False

    @property
    def owner(self) -> str:
        """What may be annotated for the place: the owner of the last link that is no
        key."""
        owners = [step.owner for step in self.steps if step.kind is not LinkKind.KEY]
        return owners[-1] if owners else ""

    def line(self, operation: Operation) -> str:
        """Give the method and path by which an operation is called here."""
        return f"{operation.method} {self.text}{call_text(operation)}"


SERVICE_PATH: Final = RequestPath("", contained=True, steps=(), rank=(0, 0, 0, ()))
"""The path of the service itself, on which unbound operations stand."""


def best_paths(paths: Iterable[RequestPath], most: int) -> tuple[RequestPath, ...]:
    """Give at most so many of the paths to one place or several, the best first: listed
    ones, then those with no more detours than there must be."""
    ordered = sorted(paths, key=lambda path: (not path.listed, path.rank))
    fewest = min([path.rank[0] for path in ordered], default=0)
    kept = [path for path in ordered if path.listed or path.rank[0] == fewest]
    return tuple(kept[:most])


def call_text(operation: Operation) -> str:
    """Give the segments of an operation below its place; a function's parameters stand
    in brackets."""
    if operation.kind is not OperationKind.FUNCTION:
        return "".join([f"/{segment}" for segment in operation.path])
    name = (operation.path or (operation.name,))[-1].partition("(")[0]
    parts = [
        f"{parameter.name}={{{parameter.name}}}"
        for parameter in operation.parameters
        if parameter.place is ParameterIn.PATH and parameter.required
    ]
    return f"/{name}({','.join(parts)})"
