"""Versions of Microsoft Graph compared, held against numbers made by other means.

`diff-*.json` were made from the XML, with attributes as they are spelled; here the same
questions are put to the changes and the models.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support import shared_data

from generator import pipeline
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.diff import Change, Grade, Kind, diff
from generator.model import Api, Enum, Property, Struct, TypeDef
from generator.readers.csdl import read
from generator.readers.source import load_source

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]
JUNE, FEBRUARY = "v1.0-2025-06", "v1.0-2026-02"
ADDED, REMOVED = Kind.PROPERTY_ADDED, Kind.PROPERTY_REMOVED
OF_MEMBERS = {
    Kind.WIDENED,
    Kind.NARROWED,
    Kind.CHANGED,
    Kind.CARDINALITY,
    Kind.NULLABILITY,
    Kind.NAVIGATION,
    Kind.DEFAULT,
    Kind.CONSTRAINTS,
}
"""The kinds of which attributes of a property decide."""


@cache
def version(name: str) -> Api:
    path = shared_data(f"graph/graph-{name}.csdl")
    table = {"spec": [str(path)], "package": "api", "out": "."}
    return pipeline.load_whole(target_from(table), Diagnostics())


@cache
def changes(old: str, new: str) -> tuple[Change, ...]:
    return diff(version(old), version(new))


@pytest.fixture(scope="module")
def found() -> tuple[Change, ...]:
    return changes(JUNE, FEBRUARY)


def expected(name: str) -> Any:
    return json.loads(shared_data(f"graph/{name}").read_bytes())


@pytest.fixture(scope="module")
def declared() -> Any:
    """What differs between what types declare, by category."""
    return expected("diff-v1.0-2025-06-to-2026-02.json")


def targets(found: tuple[Change, ...], *kinds: Kind) -> list[str]:
    return sorted({item.target for item in found if item.kind in kinds})


def members_of(found: tuple[Change, ...], *kinds: Kind) -> list[str]:
    """Give the properties that changed, on structures that stand in both versions."""
    old, new = version(JUNE).types, version(FEBRUARY).types
    return [
        target
        for target in targets(found, *kinds)
        if isinstance(old.get(target.partition("/")[0]), Struct)
        and isinstance(new.get(target.partition("/")[0]), Struct)
        and "/" in target
    ]


def test_effective_members_agree_one_by_one(found: tuple[Change, ...]) -> None:
    said = expected("diff-effective-v1.0-2025-06-to-2026-02.json")
    lists = {
        "added": members_of(found, ADDED),
        "removed": members_of(found, REMOVED),
        "changed": members_of(found, *OF_MEMBERS),
    }
    assert lists == {name: sorted(said[name]) for name in lists}
    counts = {f"effective_{name}": len(items) for name, items in lists.items()}
    old, new = version(JUNE).types, version(FEBRUARY).types
    common = [id_ for id_ in old.keys() & new.keys() if isinstance(old[id_], Struct)]
    assert said["summary"] == {"common_types": len(common), **counts}


KINDS: dict[str, Callable[[TypeDef], bool]] = {
    "entity_types": lambda found: isinstance(found, Struct) and found.is_entity,
    "complex_types": lambda found: isinstance(found, Struct) and not found.is_entity,
    "enum_types": lambda found: isinstance(found, Enum),
}
CHANGED_TYPES = {Kind.BASE, Kind.ABSTRACT, Kind.OPEN, Kind.KEY, Kind.MEDIA, Kind.FLAGS}


@pytest.mark.parametrize("category", KINDS)
def test_types_agree(found: tuple[Change, ...], declared: Any, category: str) -> None:
    is_one = KINDS[category]
    old, new = version(JUNE).types, version(FEBRUARY).types
    said = declared["detail"][category]
    for kind, types, name in (
        (Kind.TYPE_ADDED, new, "added"),
        (Kind.TYPE_REMOVED, old, "removed"),
    ):
        there = [target for target in targets(found, kind) if is_one(types[target])]
        assert there == sorted(said[name])
    changed = [id_ for id_ in targets(found, *CHANGED_TYPES) if is_one(new[id_])]
    assert changed == sorted(said["changed"])
    numbers = declared["summary"][category]
    assert numbers["old"] == sum(map(is_one, old.values()))
    assert numbers["new"] == sum(map(is_one, new.values()))
    assert targets(found, Kind.TYPE_KIND) == []
    assert declared["summary"]["kind_changed"] == 0


def own_members(api: Api, category: str) -> Iterator[str]:
    """Give what types declare themselves, as the numbers count it."""
    for definition in api.types.values():
        if isinstance(definition, Enum) and category == "enum_members":
            yield from (f"{definition.id}/{item.name}" for item in definition.members)
        elif isinstance(definition, Struct):
            for member in definition.properties:
                if category == _category(member):
                    yield f"{definition.id}/{member.name}"


def _category(member: Property) -> str:
    return "properties" if member.navigation is None else "navigation_properties"


@pytest.mark.parametrize(
    "category", ["enum_members", "navigation_properties", "properties"]
)
def test_declared_members_agree(
    found: tuple[Change, ...], declared: Any, category: str
) -> None:
    """What is declared and told of, or on a new type, or told of nowhere because an
    ancestor has it: these are all that the numbers count."""
    old_api, new_api = version(JUNE), version(FEBRUARY)
    old, new = (set(own_members(api, category)) for api in (old_api, new_api))
    both = old_api.types.keys() & new_api.types.keys()
    numbers, detail = declared["summary"][category], declared["detail"][category]
    assert (numbers["old"], numbers["new"]) == (len(old), len(new))
    added, removed = new - old, old - new
    assert (added, removed) == (set(detail["added"]), set(detail["removed"]))
    of_both = "added_on_types_present_in_both"
    assert numbers[of_both] == sum(name.partition("/")[0] in both for name in added)
    if category == "enum_members":
        told_added, told_removed = Kind.MEMBER_ADDED, Kind.MEMBER_REMOVED
        assert targets(found, Kind.MEMBER_VALUE) == sorted(detail["changed"])
    else:
        told_added, told_removed = ADDED, REMOVED
        changed = set(members_of(found, *OF_MEMBERS)) & (old & new)
        assert changed == set(detail["changed"])
    for names, kind, types in (
        (added, told_added, old_api.types),
        (removed, told_removed, new_api.types),
    ):
        silent = names - set(targets(found, kind))
        moved = {name for name in silent if name.partition("/")[0] in types}
        assert moved == (
            MOVED if kind is REMOVED and category == "properties" else set()
        )


MOVED = {
    "microsoft.graph." + name
    for name in (
        "fido2AuthenticationMethod/createdDateTime",
        "microsoftAuthenticatorAuthenticationMethod/createdDateTime",
        "passwordAuthenticationMethod/createdDateTime",
        "platformCredentialAuthenticationMethod/createdDateTime",
        "temporaryAccessPassAuthenticationMethod/createdDateTime",
        "windowsHelloForBusinessAuthenticationMethod/createdDateTime",
        "room/isWheelChairAccessible",
        "room/label",
        "room/tags",
    )
}
"""Properties that are now declared by a base, and so were not removed."""


@pytest.mark.parametrize("category", ["actions", "functions"])
def test_operations_agree(
    found: tuple[Change, ...], declared: Any, category: str
) -> None:
    said = declared["detail"][category]
    kind = category.removesuffix("s")

    def told(of: Kind) -> list[str]:
        return sorted(
            item.target
            for item in found
            if item.kind is of and f"the {kind} " in item.text
        )

    assert told(Kind.OPERATION_ADDED) == sorted(map(_without_brackets, said["added"]))
    assert told(Kind.OPERATION_REMOVED) == sorted(
        map(_without_brackets, said["removed"])
    )
    numbers = declared["summary"][category]
    for api, name in ((version(JUNE), "old"), (version(FEBRUARY), "new")):
        assert numbers[name] == sum(item.kind == kind for item in api.operations)
    if category == "actions":
        changed = {
            item.target.rpartition("/")[0]
            for item in found
            if item.kind is Kind.PARAMETER_ADDED and "(" in item.target
        }
        assert changed == set(said["changed"])
    else:
        assert not said["changed"]


def _without_brackets(target: str) -> str:
    """Write "f(t)[]" as "f(t)"."""
    return target.removesuffix("[]")


def test_ways_in_and_terms_agree(found: tuple[Change, ...], declared: Any) -> None:
    for category in ("entity_sets", "singletons"):
        assert declared["detail"][category] == {
            "added": {},
            "changed": {},
            "removed": {},
        }
    assert targets(found, Kind.ROOT_ADDED, Kind.ROOT_REMOVED) == []
    terms = declared["detail"]["terms"]["added"]
    assert targets(found, Kind.TERM) == sorted(terms)
    bindings = set(declared["detail"]["nav_bindings"]["added"])
    told = {target.partition("/")[2] for target in targets(found, Kind.BINDING_ADDED)}
    # the third one ends at no set, which the program warns of and leaves out
    assert bindings - told == {
        "identity/riskPrevention/webApplicationFirewallVerifications/provider"
    }
    assert told < bindings


def written(name: str) -> dict[str, object]:
    """Give the annotations of a version as they are written, without those of
    parameters, which the numbers leave out."""
    source = load_source(shared_data(f"graph/graph-{name}.csdl"))
    return {
        f"{target}@{each.term}"
        + (f"#{each.qualifier}" if each.qualifier else ""): (each.value)
        for target, items in read([source], Diagnostics()).annotations.items()
        for each in items
        if ")/" not in target
    }


def test_annotations_agree_and_all_that_differ_are_told_of(
    found: tuple[Change, ...], declared: Any
) -> None:
    """By what follows from one or, where nothing does, as such; what stands on an
    element of one version alone goes with the element."""
    old, new = written(JUNE), written(FEBRUARY)
    there = {
        "added": new.keys() - old.keys(),
        "removed": old.keys() - new.keys(),
        "changed": {key for key in old.keys() & new.keys() if old[key] != new[key]},
    }
    said = declared["detail"]["annotations"]
    assert there == {
        name: {key.replace(", ", ",") for key in said[name]} for name in there
    }
    numbers = declared["summary"]["annotations"]
    # thirteen stand inside their entity types, which the numbers leave out
    assert (numbers["old"] + 13, numbers["new"] + 13) == (len(old), len(new))
    told = {item.target for item in found}
    told |= {target.partition("(")[0] for target in told if "(" in target}
    targets = {key.partition("@")[0] for keys in there.values() for key in keys}
    for target in targets:
        whole = target.partition("/")[0].partition("(")[0]
        assert target in told or whole in told, target


PAIRS = [
    ("v1.0-2024-06", JUNE, (171, 0, 5)),
    (JUNE, FEBRUARY, (147, 1, 2)),
    (FEBRUARY, "v1.0-2026-08", (144, 0, 2)),
]


@pytest.mark.parametrize(("old", "new", "numbers"), PAIRS)
def test_numbers_of_effective_members(
    old: str, new: str, numbers: tuple[int, int, int]
) -> None:
    there = changes(old, new)
    structs = {
        id_ for id_, each in version(old).types.items() if isinstance(each, Struct)
    }
    counted = tuple(
        len(
            {
                t
                for t in targets(there, *kinds)
                if "/" in t and t.partition("/")[0] in structs
            }
        )
        for kinds in ((ADDED,), (REMOVED,), tuple(OF_MEMBERS))
    )
    assert counted == numbers


REAL = [
    # what telecomExpenseManagementPartner had went with it
    (2, "deviceManagement/telecomExpenseManagementPartners", REMOVED, "breaking"),
    (2, "telecomExpenseManagementPartner", Kind.TYPE_REMOVED, "breaking"),
    (3, "conditionalAccessPolicy", Kind.BASE, "breaking"),
    (3, "namedLocation", Kind.BASE, "breaking"),
    (4, "appManagementConfiguration", Kind.ABSTRACT, "breaking"),
    (4, "appManagementPolicy/restrictions", Kind.NARROWED, "breaking"),
    (5, "security.ioTDeviceEvidence/nics", Kind.CARDINALITY, "breaking"),
    (6, "aiInteraction/requestId", Kind.NULLABILITY, "compatible"),
    (6, "federatedIdentityCredential/subject", Kind.NULLABILITY, "compatible"),
    (7, "security.purgeType/permanentlyDeleted", Kind.MEMBER_REMOVED, "breaking"),
    (7, "security.purgeType/unknownFutureValue", Kind.MEMBER_VALUE, "documentation"),
    (
        9,
        "copy(microsoft.graph.driveItem)/childrenOnly",
        Kind.PARAMETER_ADDED,
        "compatible",
    ),
]


@pytest.mark.parametrize(("number", "name", "kind", "grade"), REAL)
def test_real_changes_are_graded(
    number: int, name: str, kind: Kind, grade: str
) -> None:
    there = {
        (item.target, item.kind): item
        for old, new, _ in PAIRS
        for item in changes(old, new)
    }
    item = there[f"microsoft.graph.{name}", kind]
    assert item.grade is Grade(grade)
    assert item.consequence.endswith(".")
    assert item.old or item.new


def test_what_moved_or_is_spelled_otherwise_is_no_change() -> None:
    there = [item for old, new, _ in PAIRS for item in changes(old, new)]
    removed = {item.target for item in there if item.kind is REMOVED}
    for name in (*MOVED, "microsoft.graph.room/placeId"):
        assert name not in removed
    assert not [item for item in there if "ariable" in item.text]


def test_two_versions_are_read_and_compared_in_five_seconds() -> None:
    """As a user does it, start of Python and all."""
    paths = [str(shared_data(f"graph/graph-{name}.csdl")) for name in (JUNE, FEBRUARY)]
    command = [sys.executable, "-m", "generator", "diff", *paths, "--fail-on=breaking"]
    start = time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert time.perf_counter() - start <= 5
    assert done.returncode == 1
    assert "deviceManagement/telecomExpenseManagementPartners" in done.stdout
