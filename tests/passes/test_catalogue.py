"""The catalogue names everything, whatever a slice has left."""

from __future__ import annotations

from passes.zoo import load

from generator.diagnostics import Diagnostics
from generator.passes.slice import slice_api


def test_the_catalogue_holds_every_name() -> None:
    api = load()
    catalogue = api.catalogue
    assert catalogue is not None
    assert catalogue.members["ns.animal"] == ("kind", "photo", "keeper", "young")
    assert catalogue.members["ns.kind"] == ("cat",)
    assert catalogue.bases["ns.keeper"] == "ns.person"
    assert "ns.thing" not in catalogue.bases
    kinds = [catalogue.kinds[f"ns.{name}"] for name in ("animal", "meal", "kind")]
    assert kinds == ["entity type", "complex type", "enum type"]
    assert catalogue.resources == api.resources
    assert catalogue.links == api.links
    assert [operation.name for operation in catalogue.operations] == ["close"]


def test_a_slice_leaves_the_catalogue_alone() -> None:
    api = load()
    sliced = slice_api(api, ["ns.meal"], None, Diagnostics())
    assert sliced.catalogue is api.catalogue
