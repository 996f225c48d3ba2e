"""Any JSON object comes back from a generated class of Graph as it went in, and every
property of it either has a value or says what is wrong with it.

The objects are made from the type's own property names, with values that fit the type
in the metadata, values that do not, and members that nobody declared.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from corpus.metadata import Metadata, Use
from corpus.packages import Package
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.corpus

Strategy = st.SearchStrategy[Any]

TYPES = {
    "microsoft.graph.user": "with most properties, open",
    "microsoft.graph.message": "with derived types",
    "microsoft.graph.event": "with nested objects",
    "microsoft.graph.driveItem": "with streams and recursion",
    "microsoft.graph.authenticationStrengthPolicy": "with flags, one and many",
    "microsoft.graph.security.ediscoverySearchExportOperation": "with three flags",
    "microsoft.graph.communicationsIdentitySet": "open, with a base and derived types",
    "microsoft.graph.attachment": "abstract, with derived types",
    "microsoft.graph.deviceConfiguration": "abstract, with many derived types",
}

TEXT = st.text(st.characters(), max_size=6)
NUMBERS = st.integers(-(10**25), 10**25) | st.floats(
    allow_nan=False, allow_infinity=False
)
ANY_JSON: Strategy = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
PLAUSIBLE: dict[str, Strategy] = {
    "Edm.Binary": st.sampled_from(["AQID", "-_-_", "+/+/", "AQ==", "AQ", "A", "é"]),
    "Edm.Boolean": st.booleans(),
    "Edm.Date": st.sampled_from(["2026-11-23", "0001-01-01", "9999-12-31", "2026-13-1"])
    | st.dates().map(str),
    "Edm.DateTimeOffset": st.from_regex(
        r"(0001|20[0-9]{2}|9999)-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]"
        r"(:[0-6][0-9](\.[0-9]{1,12})?)?(Z|[+-][01][0-9]:[0-5][0-9])?",
        fullmatch=True,
    ),
    "Edm.Decimal": NUMBERS | st.sampled_from(["1.50", "1e400", "NaN", "INF", "-INF"]),
    "Edm.Double": NUMBERS | st.sampled_from(["INF", "-INF", "NaN", "1.5"]),
    "Edm.Duration": st.from_regex(
        r"-?P([0-9]{1,12}D)?"
        r"(T([0-9]{1,3}H)?([0-9]{1,3}M)?([0-9]{1,3}(\.[0-9]{1,12})?S)?)?",
        fullmatch=True,
    ),
    "Edm.Guid": st.uuids().map(str) | st.uuids().map(lambda each: str(each).upper()),
    "Edm.Int64": NUMBERS | NUMBERS.map(str),
    "Edm.String": TEXT,
    "Edm.TimeOfDay": st.times().map(str) | st.sampled_from(["24:00", "10:15", "1:1"]),
}
MOST = (8, 3, 1, 0)
"""How many properties an object has at most, by how deep it stands in others."""

UNHEARD_OF = "microsoft.graph.unheardOf"


@st.composite
def objects(draw: st.DrawFn, metadata: Metadata, name: str, depth: int = 0) -> Any:
    """An object for a place of a type: of the type, of a derived one, or of one that
    nobody knows."""
    named = draw(st.sampled_from([name, *sorted(metadata.derived[name]), UNHEARD_OF]))
    known = named if named in metadata.types else name
    names = st.sampled_from([f"#{named}", named, f"https://x/$metadata#{named}"])
    wire: dict[str, Any] = draw(st.dictionaries(TEXT, ANY_JSON, max_size=2))
    if known != name:
        wire["@odata.type"] = draw(names)
    elif draw(st.booleans()):
        wire["@odata.type"] = draw(names | ANY_JSON)
    uses = metadata.properties(known) | metadata.navigation(known)
    if uses:
        chosen = st.lists(st.sampled_from(sorted(uses)), max_size=MOST[depth])
        for member in draw(chosen):
            wire[member] = draw(values(metadata, uses[member], depth))
    return wire


def values(metadata: Metadata, use: Use, depth: int) -> Strategy:
    """Values for a property, which fit its type or do not."""
    one = plausible(metadata, use.name, depth)
    if use.many:
        one = st.lists(st.none() | one, max_size=3)
    return st.one_of(one, one, st.none(), ANY_JSON)


def plausible(metadata: Metadata, name: str, depth: int) -> Strategy:
    """Values that look as if they were of a type."""
    if name not in metadata.types:
        return PLAUSIBLE.get(name, NUMBERS)
    found = metadata.types[name]
    if not found.is_enum:
        return objects(metadata, name, min(depth + 1, len(MOST) - 1))
    members = st.sampled_from([*found.members, "newer", "7", "", "-1"])
    combined = st.lists(members, max_size=3).map(",".join)
    return members | combined | combined.map(lambda text: text.replace(",", ", "))


@pytest.fixture(scope="module", params=TYPES, ids=lambda name: name.rpartition(".")[2])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(model: Any, properties_of: Any) -> None:
    """Read each property of an object, and of the objects in it."""
    for attribute in properties_of(type(model)).by_name:
        try:
            value = getattr(model, attribute)
        except ValueError:
            continue
        read_value(value, properties_of)


def read_value(value: Any, properties_of: Any) -> None:
    if hasattr(value, "to_dict"):
        read(value, properties_of)
    elif hasattr(value, "append"):
        for index in range(len(value)):
            try:
                item = value[index]
            except ValueError:
                continue
            read_value(item, properties_of)


@settings(max_examples=150)
@given(data=st.data())
def test_objects_come_back_unchanged(
    loaded: Package, metadata: Metadata, name: str, data: st.DataObject
) -> None:
    wire: dict[str, Any] = data.draw(objects(metadata, name))
    index = loaded.load("models._index").TYPES
    cls = getattr(loaded.load("models"), index[name].partition(":")[2])
    text = json.dumps(wire)
    model = cls.from_dict(copy.deepcopy(wire))
    assert isinstance(model, cls)
    read(model, loaded.load("_runtime.properties").properties_of)
    assert json.dumps(model.to_dict()) == text
    assert json.dumps(json.loads(model.to_json())) == text
    again = cls.from_json(text)
    assert json.dumps(again.to_dict()) == text
    assert cls.from_json(model.to_json()) == model == again
    assert model.changes() == {}
    for violation in model.validate():
        assert violation.path and violation.message
    assert repr(model)
