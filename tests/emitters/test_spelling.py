"""Wire names become words of Python, and words that are alike are kept apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import at_most

from generator.emitters.python.spelling import apart, pascal, snake, upper


@pytest.mark.parametrize(
    ("wire", "attribute", "class_"),
    [
        ("standardQRCode", "standard_qr_code", "StandardQRCode"),
        ("iOSMinimumVersion", "ios_minimum_version", "IOSMinimumVersion"),
        ("macOSVersion", "macos_version", "MacOSVersion"),
        ("isIPv4Only", "is_ipv4_only", "IsIPv4Only"),
        ("OAuth2Grant", "oauth2_grant", "OAuth2Grant"),
        ("eTag", "etag", "ETag"),
        ("iCloudBackup", "icloud_backup", "ICloudBackup"),
        ("b2bUser", "b2b_user", "B2bUser"),
        ("deviceOSVersion", "device_os_version", "DeviceOSVersion"),
        ("userIDs", "user_ids", "UserIDs"),
        ("o365GroupURLs", "o365_group_urls", "O365GroupURLs"),
        ("2faCode", "value_2_fa_code", "Type2FaCode"),
        ("@@", "value", "Type"),
        ("", "value", "Type"),
        ("größe", "größe", "Größe"),
        ("用户", "用户", "Type用户"),
        ("ﬁle", "file", "File"),
        ("a\u200bb\u202ec", "a_b_c", "ABC"),
        ("\u3164", "value", "Type"),
        ("a b;import os", "a_b_import_os", "ABImportOs"),
    ],
)
def test_a_name_is_made_of_words(wire: str, attribute: str, class_: str) -> None:
    assert (snake(wire), pascal(wire)) == (attribute, class_)


@given(st.text(max_size=12))
@settings(max_examples=400)
def test_any_text_gives_names_as_python_reads_them(wire: str) -> None:
    for name in (snake(wire), upper(wire), pascal(wire)):
        assert name.isidentifier()
        scope: dict[str, object] = {}
        exec(f"class Holder:\n    {name}_ = 1", scope)
        assert f"{name}_" in vars(scope["Holder"])
    assert pascal(wire)[0].isupper()
    assert not snake(wire).startswith("_")


# --- keeping apart


def told_apart(*wires: str, taken: Sequence[str] = ()) -> list[str]:
    found = apart(wires, {wire: snake(wire) for wire in wires}, taken)
    return [found[wire] for wire in wires]


@pytest.mark.parametrize(
    ("wires", "expected"),
    [
        (["fooBar", "foo_bar"], ["foo_bar", "foo_bar_"]),
        (["fooBar", "foo_Bar"], ["foo_bar", "foo_Bar"]),
        (
            ["remoteControlSoftware", "remote_Control_Software"],
            ["remote_control_software", "remote_Control_Software"],
        ),
        (["id", "ID", "Id"], ["id", "id_", "id__"]),
        (["userID", "userId"], ["user_id", "userId"]),
        (["list", "_list", "__list__"], ["list", "list__", "list_"]),
        (["@", "#", "value"], ["value__", "value_", "value"]),
        (["a-b", "a_b"], ["a_b_", "a_b"]),
    ],
)
def test_the_first_in_camel_case_has_the_plain_name(
    wires: list[str], expected: list[str]
) -> None:
    assert told_apart(*wires) == expected


def test_a_name_that_is_taken_gets_an_underscore() -> None:
    assert told_apart("class", "class_", "field", taken=["class", "field"]) == [
        "class_",
        "class__",
        "field_",
    ]


def test_no_attribute_of_its_own_spelling_could_be_a_class_or_a_constant() -> None:
    assert told_apart("limits", "Limits", "LIMITS") == ["limits", "limits__", "limits_"]


def test_a_qualified_name_is_told_apart_by_its_namespace() -> None:
    wires = ["ns.check", "ns.sub.check"]
    found = apart(wires, dict.fromkeys(wires, "check"), ())
    assert found == {"ns.check": "check", "ns.sub.check": "ns_sub_check"}


def test_a_name_that_two_things_have_had_stays_with_the_first() -> None:
    wishes = {"one": "one", "two": "two"}
    found = apart(wishes, wishes, (), pinned={"one": "both", "two": "both"})
    assert found == {"one": "both", "two": "two"}


@given(
    st.lists(st.text(alphabet="aAbB_1é用 .", max_size=5), unique=True, max_size=8),
    st.randoms(use_true_random=False),
)
def test_apart_is_one_to_one_in_any_order(
    wires: list[str], order: random.Random
) -> None:
    taken = {"a", "class", "b_"}
    first = apart(wires, {wire: snake(wire) for wire in wires}, taken)
    assert len(set(first.values())) == len(wires)
    assert not taken & set(first.values())
    assert all(name.isidentifier() for name in first.values())
    assert not any(name.startswith("_") for name in first.values())
    order.shuffle(wires)
    assert apart(wires, {wire: snake(wire) for wire in wires}, taken) == first


def test_thousands_of_one_name_are_told_apart_soon() -> None:
    wires = ["".join(signs) for signs in product("#,.;:?", repeat=6)][:20_000]
    with at_most(5):
        names = apart(wires, {wire: snake(wire) for wire in wires}, ())
    assert len(set(names.values())) == len(wires)
    assert max(map(len, names.values())) < 20
    few = [names[wire] for wire in sorted(wires)[:12]]
    assert few[:3] == ["value", "value_", "value__"]
    assert few[-2:] == ["value_10", "value_11"]
