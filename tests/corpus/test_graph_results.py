"""The whole of Microsoft Graph: what actions and functions answer is read as the type
that the metadata says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from corpus.metadata import Call, Metadata, Use
from corpus.packages import Package
from corpus.places import at, calls, clients, is_many, is_twin, place_classes, type_of
from corpus.samples import Samples

pytestmark = pytest.mark.corpus


class Answers:
    """A transport that gives the same answer to whatever comes."""

    def __init__(self) -> None:
        self.status = 200
        self.content = b""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(self.status, content=self.content)

    def give(self, use: Use | None, samples: Samples) -> None:
        """Choose the answer of an operation with this result."""
        self.status = 200 if use else 204
        self.content = b"bytes"
        if use is None or use.name == "Edm.Stream":
            return
        wire = samples.wire(use)
        bare = isinstance(wire, dict)
        self.content = json.dumps(wire if bare else {"value": wire}).encode()


def fits(value: Any, use: Use | None, samples: Samples) -> bool:
    if use is None:
        return value is None
    if use.name == "Edm.Stream":
        return bool(value == b"bytes")
    return samples.fits(list(value) if use.many else value, use)


def test_answers_are_read_as_their_type(
    loaded: Package, metadata: Metadata, samples: Samples
) -> None:
    answers = Answers()
    client = clients(loaded, httpx.MockTransport(answers)).sync
    recording = clients(loaded)
    wrong: list[str] = []
    checked = 0
    for cls in place_classes(loaded):
        if is_twin(cls):
            continue
        place: Any = cls
        for name, called in calls(at(cls, recording)):
            if called.method == "":
                continue
            use = nearest(metadata, cls, called.method, called.segment).result
            answers.give(use, samples)
            result = getattr(place.at(client, "/here"), name)(**called.arguments)
            checked += 1
            if not fits(result, use, samples):
                wrong.append(f"{cls.__name__}.{name}: {result!r} is no {use}")
    assert wrong == []
    assert checked > 2_000


def nearest(metadata: Metadata, cls: type, method: str, segment: str) -> Call:
    """The overload whose result counts: no two overloads in Graph differ in it, but
    that one of a derived type says more."""
    return next(
        call
        for call in metadata.bound(type_of(cls), is_many(cls))
        if call.short == segment.rpartition(".")[2]
        and call.is_action is (method == "POST")
    )
