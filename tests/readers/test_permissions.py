"""Permissions documents: what is read of them, and that none can do harm."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from pace import at_most
from support import shared_data

from generator.diagnostics import Diagnostics, Severity, SpecError
from generator.model import PathPermissions, Permission
from generator.readers.permissions import (
    CODES,
    MAX_BYTES,
    MOST_FINDINGS,
    read_permissions,
)
from generator.readers.source import Source, load_source

REAL = "graph/graph-permissions-2026-08-07.json.gz"


def read_text(text: str | bytes) -> tuple[PathPermissions, Diagnostics]:
    diagnostics = Diagnostics()
    data = text.encode() if isinstance(text, str) else text
    found = read_permissions(Source("p.json", data), diagnostics)
    assert {item.code for item in diagnostics} <= set(CODES)
    for item in diagnostics:
        str(item).encode()
    return found, diagnostics


def read(document: Any) -> tuple[PathPermissions, Diagnostics]:
    return read_text(json.dumps(document))


def permission(*sets: Any, **schemes: Any) -> dict[str, Any]:
    return {"schemes": schemes or {"Work": {}}, "pathSets": list(sets)}


def opening(paths: Any, methods: Any = ("GET",), schemes: Any = ("Work",)) -> Any:
    return {"schemeKeys": schemes, "methods": methods, "paths": paths}


def test_a_permission_opens_paths_to_schemes() -> None:
    found, diagnostics = read(
        {
            "permissions": {
                "Pin.Read": permission(
                    opening({"/pins/{id}": "least=Work"}, ["GET"], ["Work", "App"]),
                    opening({"/pins": ""}, ["GET", "POST"]),
                )
            }
        }
    )
    assert len(diagnostics) == 0
    assert found.of("GET", "/Pins/{pinId}") == (
        Permission("Work", ("Pin.Read",), least=1),
        Permission("App", ("Pin.Read",), least=0),
    )
    assert found.of("POST", "/pins") == (Permission("Work", ("Pin.Read",), least=0),)
    assert found.of("DELETE", "/pins") == found.of("GET", "/other") == ()
    assert found.methods("/pins") == ("GET", "POST")


def test_what_a_permission_is_for() -> None:
    said = {
        "adminDisplayName": "Read pins",
        "adminDescription": "Allows to read pins.",
        "requiresAdminConsent": True,
        "privilegeLevel": 2,
    }
    of_person = {"userDisplayName": "Read yours", "privilegeLevel": 9}
    found, _ = read({"permissions": {"Pin": permission(Work=said, Home=of_person)}})
    work = found.scopes["Work", "Pin"]
    assert (work.level, work.needs_admin) == (2, True)
    assert (work.doc.summary, work.doc.description) == (
        "Read pins",
        "Allows to read pins.",
    )
    home = found.scopes["Home", "Pin"]
    assert (home.level, home.needs_admin, home.doc.summary) == (
        None,
        False,
        "Read yours",
    )


def test_what_must_come_along_and_what_is_not_known_yet() -> None:
    value = "least=Work; AlsoRequires=Policy.Read, Group.Read;new=thing;;odd"
    found, diagnostics = read(
        {"permissions": {"P": permission(opening({"/a": value}))}}
    )
    assert len(diagnostics) == 0
    assert found.of("GET", "/a") == (
        Permission("Work", ("P",), 1, (("P", ("Policy.Read", "Group.Read")),)),
    )


def test_methods_in_one_text_and_in_any_case() -> None:
    found, _ = read(
        {"permissions": {"P": permission(opening({"/a": ""}, ["get, POST"]))}}
    )
    assert found.methods("/a") == ("GET", "POST")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1, 2",
        "nonsense",
        '{"permissions": ',
        "{} {}",
        b"\xff\xfe\xfa",
        "1" * 5000,
    ],
)
def test_what_is_no_json(text: str | bytes) -> None:
    found, diagnostics = read_text(text)
    assert found == PathPermissions()
    assert [item.code for item in diagnostics.errors] == ["permissions-json"]


def test_a_fault_of_json_says_where() -> None:
    _, diagnostics = read_text('{"permissions":\n  {"a": nonsense}}')
    place = next(iter(diagnostics)).place
    assert place is not None
    assert str(place) == "p.json:2:9"


@pytest.mark.parametrize(
    "document", [[], 1, None, {}, {"permissions": []}, "permissions"]
)
def test_json_of_another_kind(document: object) -> None:
    found, diagnostics = read(document)
    assert found == PathPermissions()
    assert [item.code for item in diagnostics.errors] == ["permissions-json"]


WRONG: list[Any] = [None, True, 7, 1.5, "text", "", [], {}, [[]], {"a": []}, ["\ud800"]]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_one_faulty_entry_costs_itself_alone(wrong: Any) -> None:
    good = permission(opening({"/good": "least=Work"}))
    for bad in (
        wrong,
        {"schemes": wrong, "pathSets": []},
        {"schemes": {"Work": wrong}, "pathSets": []},
        {"schemes": {"Work": {"privilegeLevel": wrong, "adminDisplayName": wrong}}},
        permission(wrong),
        {"schemes": {}, "pathSets": wrong},
        permission(opening(wrong)),
        permission(opening({"/bad": wrong})),
        permission(opening({"/bad": ""}, wrong)),
        permission(opening({"/bad": ""}, ["GET"], wrong)),
        permission(opening({"/bad": ""}, [wrong])),
        permission(opening({"/bad": ""}, ["GET"], [wrong])),
    ):
        found, diagnostics = read({"permissions": {"Bad": bad, "Good": good}})
        assert diagnostics.errors == ()
        assert found.of("GET", "/good") == (Permission("Work", ("Good",)),)
        for each in found.of("GET", "/bad"):
            f"{each.scheme} {each.scopes}".encode()


def test_faults_name_the_entry() -> None:
    _, diagnostics = read(
        {"permissions": {"P": permission(opening({"no": ""}, ["EAT"]))}}
    )
    assert [item.message for item in diagnostics] == [
        "P/pathSets/0/methods: expected HTTP methods, found 'EAT'",
        "P/pathSets/0/paths: expected paths without a query, found 'no'",
    ]
    assert all(item.severity is Severity.WARNING for item in diagnostics)


def test_a_million_faults_are_not_shown() -> None:
    paths = {f"no{number}": "" for number in range(10_000)}
    _, diagnostics = read({"permissions": {"P": permission(opening(paths))}})
    assert len(diagnostics) == MOST_FINDINGS + 1
    last = list(diagnostics)[-1]
    assert last.code == "permissions-more"
    assert last.message == "9980 more entries were left out"


def test_long_and_unprintable_names_stay_short_in_findings() -> None:
    name = "n\u202e\x1b[31m" * 10_000
    _, diagnostics = read({"permissions": {name: permission(opening({name: ""}))}})
    message = next(iter(diagnostics)).message
    assert len(message) < 600
    assert message.isascii() and message.isprintable()


@pytest.mark.parametrize("text", ["[" * 200_000, '{"permissions":' * 200_000])
def test_nesting_without_end(text: str) -> None:
    _, diagnostics = read_text(text)
    assert [item.code for item in diagnostics.errors] == ["permissions-json"]


def test_half_characters_reach_no_output() -> None:
    half = "\ud800"
    found, diagnostics = read(
        {
            "permissions": {
                half: permission(opening({"/a": "least=Work"})),
                "P": permission(
                    opening({"/b" + half: "", "/b": "least=" + half}, ["GET", half]),
                    Work={"adminDisplayName": half, "adminDescription": "fine"},
                ),
            }
        }
    )
    assert found.grants == {}
    assert found.scopes["Work", "P"].doc.summary == ""
    assert found.scopes["Work", "P"].doc.description == "fine"
    assert len(diagnostics) == 4


def test_a_compressed_file_cannot_fill_the_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.json.gz"
    bomb.write_bytes(gzip.compress(b" " * (MAX_BYTES + 1)))
    assert bomb.stat().st_size < 50_000
    with pytest.raises(SpecError) as caught:
        load_source(bomb, limit=MAX_BYTES)
    assert [item.code for item in caught.value.diagnostics] == ["source-too-large"]


def test_many_methods_schemes_and_paths_do_not_multiply() -> None:
    """A product of the three would have 10 to the 13 entries."""
    document = {
        "permissions": {
            "P": permission(
                opening(
                    {f"/a/{number}": "" for number in range(20_000)},
                    [f"M{number}" for number in range(20_000)] + ["GET"],
                    [f"S{number}" for number in range(20_000)],
                )
            )
        }
    }
    tracemalloc.start()
    try:
        with at_most(10):
            found, _ = read(document)
            assert len(found.of("GET", "/a/7")) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()


def test_many_permissions_of_one_path() -> None:
    each = permission(opening({"/a": ""}))
    found, _ = read({"permissions": {f"P{number}": each for number in range(30_000)}})
    with at_most(2):
        (needed,) = found.of("GET", "/a")
    assert len(needed.scopes) == 30_000


def test_broken_bytes_raise_nothing() -> None:
    good = json.dumps(
        {"permissions": {"P": permission(opening({"/a(x={y})/{z}": "least=Work"}))}}
    ).encode()
    chance = random.Random(4)
    for _ in range(2_000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        read_text(bytes(data))


@pytest.mark.corpus
def test_the_list_of_microsoft_graph() -> None:
    with at_most(1):
        source = load_source(shared_data(REAL), limit=MAX_BYTES)
        found, diagnostics = read_text(source.data)
    assert diagnostics.errors == ()
    # only paths with a query are of no use
    assert all("$filter" in item.message for item in diagnostics)
    assert len(found.grants) > 7_200
    assert len({name for _, name in found.scopes}) == 917
    assert {scheme for scheme, _ in found.scopes} == {
        "DelegatedWork",
        "DelegatedPersonal",
        "Application",
    }
    pin = found.scopes["DelegatedWork", "UserAuthMethod-QR.Read"]
    assert pin.level == 2
    assert "QR" in pin.doc.summary
    tracemalloc.start()
    try:
        read_text(source.data)
        assert tracemalloc.get_traced_memory()[1] < 40 * 2**20
    finally:
        tracemalloc.stop()
