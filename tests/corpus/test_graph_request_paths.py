"""Request paths of the whole of Microsoft Graph: all of them, quickly, in little
memory."""

from __future__ import annotations

import tracemalloc

import pytest
from pace import at_most
from support import shared_data

from corpus.metadata import GRAPH
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.model import Api
from generator.passes.request_paths import request_paths
from generator.pipeline import load

pytestmark = pytest.mark.corpus

MOST_SECONDS = 2
MOST_MEGABYTES = 50


@pytest.fixture(scope="module")
def api() -> Api:
    spec = str(shared_data(GRAPH))
    target = target_from({"package": "graph", "out": ".", "spec": [spec]})
    return load(target, Diagnostics())


def reached(api: Api) -> set[str]:
    """Every resource to which links lead from the roots, alternate keys left out."""
    waiting = [link.target for link in api.links]
    found: set[str] = set()
    while waiting:
        resource = waiting.pop()
        if resource and resource not in found:
            found.add(resource)
            waiting += [
                link.target
                for link in api.resources[resource].links
                if not link.alternate
            ]
    return found


def test_every_place_that_can_be_reached_has_paths(api: Api) -> None:
    found = request_paths(api)
    assert found.keys() == reached(api)
    assert len(found) > 2_000
    texts = [path.text for paths in found.values() for path in paths]
    assert len(texts) == len(set(texts)) > 5_000
    assert max(map(len, found.values())) == 8


def test_the_paths_are_the_ones_that_readers_know(api: Api) -> None:
    found = request_paths(api)
    user = [path.text for path in found["microsoft.graph.user"]]
    assert user == ["/users/{userId}"]
    calendar = [path.text for path in found["microsoft.graph.todoTaskList"]]
    assert calendar[:2] == [
        "/users/{userId}/todo/lists/{todoTaskListId}",
        "/me/todo/lists/{todoTaskListId}",
    ]
    ranks = [[path.rank for path in paths] for paths in found.values()]
    assert all(rank == sorted(rank) for rank in ranks)


def test_time_and_memory(api: Api) -> None:
    with at_most(MOST_SECONDS):
        request_paths(api)
    tracemalloc.start()
    try:
        request_paths(api)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEGABYTES * 2**20
    finally:
        tracemalloc.stop()
