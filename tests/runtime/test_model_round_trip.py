"""Any JSON object comes back from a model as it went in."""

from __future__ import annotations

import copy
import json
import pickle
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.from_regex(
    r"20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{7}Z", fullmatch=True
)
TYPES = st.sampled_from(
    [
        "#microsoft.graph.user",
        "#microsoft.graph.guest",
        "#microsoft.graph.localeSettings",
        "#microsoft.graph.unheardOf",
        "",
    ]
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "@odata.type": TYPES,
        "timeZone": st.none() | st.text(max_size=5),
        "locale": ANY_JSON,
        "new": ANY_JSON,
    },
)
USERS = st.deferred(
    lambda: st.fixed_dictionaries(
        {},
        optional={
            "@odata.type": TYPES | ANY_JSON,
            "accountEnabled": st.none() | st.booleans(),
            "age": st.integers(-(10**25), 10**25) | ANY_JSON,
            "anything": ANY_JSON,
            "createdDateTime": MOMENTS | ANY_JSON,
            "licenses": st.lists(st.dictionaries(st.text(max_size=5), ANY_JSON)),
            "mailboxSettings": SETTINGS | ANY_JSON,
            "manager": USERS,
            "modes": st.none() | st.text(max_size=9),
            "tags": st.lists(st.none() | st.text(max_size=3)) | ANY_JSON,
            "unheardOf": ANY_JSON,
        },
    )
)


def read_everything(model: Any) -> None:
    """Read each property; what does not fit may say so but must not change."""
    for name in dir(type(model)):
        if name.startswith("_"):
            continue
        try:
            value = getattr(model, name)
        except ValueError:
            continue
        if hasattr(value, "to_dict"):
            read_everything(value)
        elif hasattr(value, "sort"):
            repr(value)


@settings(max_examples=150)
@given(wire=USERS | st.dictionaries(st.text(max_size=5), ANY_JSON))
def test_it_comes_back_unchanged(models: ModuleType, wire: dict[str, Any]) -> None:
    text = json.dumps(wire)
    user = models.User.from_dict(copy.deepcopy(wire))
    read_everything(user)
    user.validate()
    repr(user)
    assert json.dumps(user.to_dict()) == text
    assert json.dumps(models.User.from_json(text).to_dict()) == text
    assert json.dumps(json.loads(user.to_json())) == text
    assert json.dumps(copy.deepcopy(user).to_dict()) == text
    assert json.dumps(pickle.loads(pickle.dumps(user)).to_dict()) == text
    assert user.changes() == {}
    assert user == models.User.from_dict(wire)
