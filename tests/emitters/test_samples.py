"""Samples: realistic, within what is said of them, and the same wherever they stand."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from docs_examples import ROOT, bundled
from emitters.building import EVERYTHING, load, past_the_reader
from hypothesis import given
from hypothesis import strategies as st

from generator.emitters.samples import Purpose, Samples
from generator.model import (
    Access,
    Alias,
    AnyType,
    Constraints,
    Deprecation,
    Doc,
    Enum,
    EnumMember,
    ListOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    Struct,
)
from generator.passes.slice import slice_api

Kind = ScalarKind
QRPIN = "microsoft.graph.qrPin"
USER = "microsoft.graph.user"


@pytest.fixture(scope="module")
def samples() -> Samples:
    return Samples(bundled())


def value(kind: ScalarKind, name: str, doc: str = "", **limits: Any) -> Any:
    api = past_the_reader([Struct("ns.thing")])
    return Samples(api).value(
        Scalar(kind), name, Constraints(**limits), Doc(doc), owner="ns.thing"
    )


# --- objects


def test_the_worked_example(samples: Samples) -> None:
    made = samples.object(QRPIN, Purpose.CREATE)
    assert list(made) == ["code", "forceChangePinNextSignIn"]
    assert re.fullmatch("[0-9]{8,20}", made["code"])
    assert made["forceChangePinNextSignIn"] is True
    read = samples.object(QRPIN, Purpose.READ)
    assert set(read) == {"id", *made, "createdDateTime", "updatedDateTime"}
    assert read.items() >= made.items()
    assert samples.object(QRPIN, Purpose.UPDATE) == made


def test_what_the_service_sets_is_shown_when_it_is_read_alone(samples: Samples) -> None:
    read = samples.object(USER, Purpose.READ)
    for purpose in (Purpose.CREATE, Purpose.UPDATE):
        written = samples.object(USER, purpose)
        assert "id" in read
        assert not {"id", "createdDateTime", "manager", "@odata.type"} & set(written)
    assert "manager" not in read


def test_required_properties_come_first() -> None:
    made = Samples(load(EVERYTHING)).object("ns.animal", Purpose.CREATE)
    assert list(made)[:2] == ["must", "weight"]


def test_an_abstract_type_shows_a_derived_one_that_says_so(samples: Samples) -> None:
    method = samples.object("microsoft.graph.authenticationMethod", Purpose.READ)
    (name, type_name), *_ = method.items()
    assert name == "@odata.type"
    assert type_name == "#microsoft.graph.qrCodePinAuthenticationMethod"


def test_types_that_contain_themselves_end() -> None:
    needed = Property("left", Named("ns.tree"), nullable=False, required=True)
    listed = Property("all", ListOf(Named("ns.tree")))
    tree = Struct("ns.tree", properties=(needed, listed))
    samples = Samples(past_the_reader([tree]))
    assert samples.object("ns.tree", Purpose.READ) == {}
    assert samples.object("ns.tree", Purpose.CREATE)["left"] == {}


def test_what_is_not_there_can_be_anything() -> None:
    odd = Struct("ns.odd", properties=(Property("any", AnyType()),))
    loop = Alias("ns.loop", Named("ns.loop"))
    samples = Samples(past_the_reader([odd, loop]))
    assert samples.object("ns.odd", Purpose.READ) == {"any": {}}
    assert samples.object("ns.missing", Purpose.READ) == {}
    assert samples.value(Named("ns.missing"), "x") == {}
    assert samples.value(Named("ns.loop"), "x") == {}


# --- values


def test_values_are_of_their_type() -> None:
    assert UUID(value(Kind.GUID, "skuId")).version == 4
    assert dt.date.fromisoformat(value(Kind.DATE, "due"))
    moment = dt.datetime.fromisoformat(value(Kind.DATE_TIME, "startDateTime"))
    assert moment.tzinfo is not None
    assert dt.time.fromisoformat(value(Kind.TIME, "opens"))
    assert value(Kind.DURATION, "length").startswith("P")
    assert b64decode(value(Kind.BINARY, "rawContent"), validate=True)
    assert value(Kind.BOOLEAN, "isDeleted") is False
    assert isinstance(value(Kind.INT64, "size"), int)
    assert isinstance(value(Kind.DOUBLE, "rate"), float)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("id", "[0-9a-f-]{36}"),
        ("userPrincipalName", r"ada@contoso\.com"),
        ("mobilePhone", r"\+1 425 555 0100"),
        ("webUrl", r"https://www\.contoso\.com/\S+"),
        ("department", "Sales"),
        ("currentPin", r"\d{8}"),
        ("displayName", "Contoso thing"),
        ("ipAddress", r"203\.0\.113\.7"),
        ("costUnit", "Cost unit"),
        ("expirationDateTime", r"2026-.*Z"),
        ("streetAddress", "1 Main Street"),
        ("webAddress", r"https://www\.contoso\.com/thing"),
        ("lastName", "Lovelace"),
        ("", "value"),
    ],
)
def test_texts_are_what_their_names_say(name: str, pattern: str) -> None:
    assert re.fullmatch(pattern, value(Kind.STRING, name))


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("ns.user", "Ada Lovelace"),
        ("ns.emailAddress", "Ada Lovelace"),
        ("ns.driveItem", "report.docx"),
        ("ns.emailPolicy", "Contoso email policy"),
    ],
)
def test_things_are_named_as_such_things_are(owner: str, expected: str) -> None:
    samples = Samples(past_the_reader([Struct(owner)]))
    assert samples.value(Scalar(Kind.STRING), "name", owner=owner) == expected


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        ("Possible values are: low, high.", "low"),
        ("The level. The possible values are `high`, `low`.", "high"),
        ("For example, 'en-GB'.", "en-GB"),
        ("Things such as words.", "Level"),
    ],
)
def test_descriptions_are_believed(doc: str, expected: str) -> None:
    assert value(Kind.STRING, "level", doc) == expected


def test_created_comes_before_changed_and_that_before_the_end() -> None:
    names = ["createdDateTime", "lastModifiedDateTime", "expirationDateTime"]
    moments = [value(Kind.DATE_TIME, name) for name in names]
    assert moments == sorted(moments)


def test_limits_of_type_definitions_count() -> None:
    short = Alias(
        "ns.short", Scalar(Kind.STRING), constraints=Constraints(max_length=3)
    )
    samples = Samples(past_the_reader([short]))
    assert len(samples.value(Named("ns.short"), "displayName")) == 3
    said = Constraints(min_length=2, max_length=2)
    assert len(samples.value(Named("ns.short"), "displayName", said)) == 2


def test_members_of_enumerations() -> None:
    members = [
        EnumMember("none", 0),
        EnumMember("old", 1, deprecation=Deprecation()),
        EnumMember("read", 2),
        EnumMember("write", 4),
        EnumMember("unknownFutureValue", 8),
    ]
    one = Enum("ns.one", tuple(members))
    many = replace(one, id="ns.many", is_flags=True)
    bare = Enum("ns.bare")
    samples = Samples(past_the_reader([one, many, bare]))
    for name in "abcdef":
        assert samples.value(Named("ns.one"), name) in ("read", "write")
        flags = samples.value(Named("ns.many"), name).split(",")
        assert sorted(flags) == ["read", "write"]
    assert samples.value(Named("ns.bare"), "x") == "none"
    allowed = Constraints(allowed_values=("old",))
    assert samples.value(Named("ns.one"), "x", allowed) == "old"


def test_lists_have_as_many_items_as_they_must() -> None:
    samples = Samples(past_the_reader([]))
    texts = ListOf(Scalar(Kind.STRING))
    for least, most, count in ((None, None, 1), (3, None, 3), (None, 0, 0)):
        said = Constraints(min_items=least, max_items=most)
        assert len(samples.value(texts, "tags", said)) == count
    assert samples.value(ListOf(ListOf(texts)), "tags") == [[["finance"]]]


WHOLE = (Kind.BYTE, Kind.SBYTE, Kind.INT16, Kind.INT32, Kind.INT64)


@given(
    st.sampled_from(WHOLE),
    st.integers(-100, 100),
    st.integers(2, 100),
    st.booleans(),
    st.booleans(),
)
def test_whole_numbers_are_within_their_limits(
    kind: ScalarKind, least: int, width: int, above: bool, below: bool
) -> None:
    least = max(least, 0) if kind is Kind.BYTE else least
    most = min(least + width, 127)
    if least + above > most - below:
        return
    found = value(
        kind,
        "count",
        minimum=Decimal(least),
        maximum=Decimal(most),
        exclusive_minimum=above,
        exclusive_maximum=below,
    )
    assert isinstance(found, int)
    assert least + above <= found <= most - below


@given(st.decimals(1, 50, places=1), st.decimals(-50, 50, places=1))
def test_numbers_are_multiples(step: Decimal, least: Decimal) -> None:
    found = value(Kind.DOUBLE, "rate", multiple_of=step, minimum=least)
    assert Decimal(str(found)) >= least
    assert Decimal(str(found)) % step == 0


@pytest.mark.parametrize(
    "huge", ["1E+400", "-1E+400", "1E+30", "1E+9999999", "NaN", "Infinity"]
)
def test_no_limit_makes_what_is_no_json_number(huge: str) -> None:
    for kind in (*WHOLE, Kind.DOUBLE, Kind.DECIMAL):
        for name in ("minimum", "maximum", "multiple_of"):
            found = value(kind, "count", **{name: Decimal(huge)})
            assert json.loads(json.dumps(found, allow_nan=False)) == found


@pytest.mark.parametrize("text", ["INF", "-INF", "Infinity", "NaN", "sNaN"])
@pytest.mark.parametrize("kind", [Kind.DOUBLE, Kind.DECIMAL, Kind.INT32])
def test_an_allowed_value_that_is_no_json_number_is_shown_as_0(
    kind: ScalarKind, text: str
) -> None:
    assert value(kind, "size", allowed_values=(text, "1")) == 0


@given(
    st.sampled_from(["displayName", "mail", "id", "x"]),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_texts_are_as_long_as_they_may_be(name: str, least: int, more: int) -> None:
    text = value(Kind.STRING, name, min_length=least, max_length=least + more)
    assert least <= len(text) <= least + more
    data = b64decode(
        value(Kind.BINARY, name, min_length=least, max_length=least + more)
    )
    assert least <= len(data) <= least + more


STRING = Scalar(Kind.STRING)
PET = Struct(
    "ns.pet",
    properties=(
        Property("id", STRING, access=Access.READ),
        Property("age", Scalar(Kind.INT32), nullable=False),
        Property("born", Scalar(Kind.DATE), nullable=True),
        Property("secret", STRING, access=Access.WRITE),
    ),
)


@pytest.mark.parametrize(
    ("example", "is_read", "is_sent"),
    [
        ({"id": "a", "age": 3}, True, False),
        ({"age": 3, "secret": "b"}, False, True),
        ({"age": None}, False, False),
        ({"age": "3"}, False, False),
        ({"age": 3, "born": None}, True, True),
        ({"age": 3, "born": "2026-02-30"}, False, False),
        ({"age": 3, "born": "2026-02-28"}, True, True),
        ({"age": 3, "name": "b"}, False, False),
        ({}, False, False),
        ([], False, False),
    ],
)
def test_an_example_is_believed_where_it_is_one_of_its_type(
    example: Any, is_read: bool, is_sent: bool
) -> None:
    told = replace(PET, doc=Doc(examples=(json.dumps(example),)))
    samples = Samples(past_the_reader([told]))
    for purpose, is_shown in ((Purpose.READ, is_read), (Purpose.CREATE, is_sent)):
        assert (samples.object("ns.pet", purpose) == example) is is_shown


# --- the same everywhere


def test_a_slice_changes_no_value(samples: Samples) -> None:
    from generator.diagnostics import Diagnostics

    api = slice_api(bundled(), ("microsoft.graph.qrPin",), None, Diagnostics())
    sliced = Samples(api)
    for purpose in Purpose:
        assert sliced.object(QRPIN, purpose) == samples.object(QRPIN, purpose)


def test_the_order_of_asking_changes_no_value() -> None:
    api = load(EVERYTHING)
    ids = [id_ for id_, each in api.types.items() if isinstance(each, Struct)]
    questions = [(id_, purpose) for id_ in ids for purpose in Purpose]
    forth, back = Samples(api), Samples(api)
    first = {each: json.dumps(forth.object(*each)) for each in questions}
    second = {each: json.dumps(back.object(*each)) for each in questions[::-1]}
    assert first == second


PROGRAM = """
import sys
sys.path[:0] = [".", "tests"]
from docs_examples import Examples, bundled, calls
api = bundled()
examples = Examples(api, "graph_qrpin")
for call in calls(api):
    print(examples.request(call), examples.response(call))
    print(examples.snippet(call, False), examples.snippet(call, True))
"""


def test_every_process_gives_the_same_examples() -> None:
    outputs = set()
    for seed in ("0", "1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        result = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
        )
        outputs.add(result.stdout)
    (output,) = outputs
    assert len(output) > 10_000


def test_keys_tell_objects_of_a_type_apart(samples: Samples) -> None:
    assert samples.key(USER, "id") == samples.object(USER, Purpose.READ)["id"]
    assert len({samples.key(USER, "id", nth) for nth in range(3)}) == 3


def test_keys_may_lie_deep_and_nowhere() -> None:
    home = Struct("ns.home", properties=(Property("street", STRING),))
    pet = Struct("ns.pet", properties=(Property("home", Named("ns.home")),))
    samples = Samples(past_the_reader([home, pet]))
    streets = {samples.key("ns.pet", "home/street", nth) for nth in range(20)}
    assert {samples.value(STRING, "street", owner="ns.home")} == streets
    assert len({UUID(str(samples.key("ns.pet", "no", nth))) for nth in range(3)}) == 3
