"""The request lines of a service whose types contain one another."""

from __future__ import annotations

import pytest
from emitters.building import load

from generator.diagnostics import SpecError
from generator.passes.request_lines import request_lines


def test_more_paths_than_anybody_reads_are_refused() -> None:
    """A million within three steps, of ten thousand properties: 70 KB of CSDL."""
    count = 100
    targets = "".join(
        f'<NavigationProperty Name="n{i}" Type="self.t{i}" ContainsTarget="true"/>'
        for i in range(count)
    )
    types = "".join(
        f'<EntityType Name="t{i}">{targets}</EntityType>' for i in range(count)
    )
    api = load(
        f'{types}<EntityContainer Name="c"><Singleton Name="s" Type="self.t0"/>'
        "</EntityContainer>"
    )
    with pytest.raises(SpecError, match=r"--openapi-depth.* \[openapi-paths\]"):
        request_lines(api)
    assert 100 < len(request_lines(api, 1)) < 100_000
