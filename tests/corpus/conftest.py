"""The whole of Microsoft Graph v1.0 as a package, made once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from corpus.metadata import GRAPH, Metadata
from corpus.packages import Package, generate, importable
from corpus.places import Pair, clients
from corpus.samples import Samples
from support import shared_data


@pytest.fixture(scope="session")
def metadata() -> Metadata:
    """What the newest Graph metadata says, read independently."""
    return Metadata(shared_data(GRAPH))


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package of the newest Graph metadata, as written; not importable yet."""
    return generate("graph_v1", shared_data(GRAPH), tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="session")
def loaded(graph: Package) -> Iterator[Package]:
    """The same, importable."""
    with importable(graph):
        yield graph


@pytest.fixture(scope="session")
def pair(loaded: Package) -> Pair:
    """Its clients, whose requests go nowhere."""
    return clients(loaded)


@pytest.fixture(scope="session")
def samples(loaded: Package, metadata: Metadata) -> Samples:
    """A value of every type."""
    return Samples(loaded, metadata)
