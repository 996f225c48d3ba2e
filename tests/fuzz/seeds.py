"""The sound documents that are changed: bundled specs, those of tests/cases, a few of
our own, and public ones if they stand beside the repository."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).parent / "seeds"
SHARED = ROOT.parent / "shared" / "data"

MOST_BYTES = 60_000
"""Larger ones take longer and find no more."""

_WHERE = {
    "csdl": (
        (ROOT / "specs", "graph-qrpin.csdl"),
        (ROOT / "tests/cases", "*/spec*.csdl"),
        (ROOT / "tests/parity", "*.csdl"),
        (SHARED / "oasis/csdl-to-openapi", "*.xml"),
        (SHARED / "graph", "*fragment*.csdl"),
    ),
    "openapi": (
        (OWN, "*.swagger.yaml"),
        (OWN, "*.openapi.yaml"),
        (ROOT / "specs", "*.openapi.yaml"),
        (ROOT / "tests/cases", "*/spec*.yaml"),
        (ROOT / "tests/parity", "*.openapi.yaml"),
        (SHARED / "openapi", "*.yaml"),
        (SHARED / "oasis/csdl-to-openapi", "*.json"),
    ),
    "annotations": ((OWN, "*.annotations.csdl"),),
    "overlay": ((OWN, "*.overlay.yaml"),),
    "permissions": ((OWN, "*.permissions.json"),),
}


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound document: its name and what stands in it."""

    name: str
    data: bytes


@cache
def seeds(kind: str) -> tuple[Seed, ...]:
    """Give the seeds of a kind, the same in every run on one machine."""
    found = [
        Seed(path.name, path.read_bytes())
        for folder, pattern in _WHERE[kind]
        for path in sorted(folder.glob(pattern))
    ]
    return tuple(each for each in found if len(each.data) <= MOST_BYTES)
