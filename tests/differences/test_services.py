"""Differences of OpenAPI descriptions: of security, servers and the service as a whole."""

from __future__ import annotations

import copy

from differences.comparing import told
from differences.descriptions import (
    FEED,
    GONE,
    Case,
    Edits,
    Told,
    compare,
    each,
    there_and_back,
)

CASES: list[Case] = [
    (
        "another way to sign in",
        {f"{FEED} security": [{"key": []}, {"token": []}]},
        ("security", "feed", "c"),
        ("security", "feed", "b"),
    ),
    (
        "a further demand",
        {f"{FEED} security": [{"key": [], "token": []}]},
        ("security", "feed", "b"),
        ("security", "feed", "c"),
    ),
    (
        "no demand",
        {"security": []},
        ("security", "feed", "c"),
        ("security", "feed", "b"),
    ),
    (
        "a scheme",
        {"components securitySchemes token": GONE},
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "c"),
    ),
    (
        "another kind of scheme",
        {"components securitySchemes token scheme": "basic"},
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "b"),
    ),
    (
        "another header of a scheme",
        {"components securitySchemes key name": "X-Other"},
        ("security-scheme", "Zoo/key", "c"),
        ("security-scheme", "Zoo/key", "c"),
    ),
    (
        "where tokens come from",
        {
            "components securitySchemes token": {
                "type": "openIdConnect",
                "openIdConnectUrl": "https://one.example",
            }
        },
        ("security-scheme", "Zoo/token", "b"),
        ("security-scheme", "Zoo/token", "b"),
    ),
    (
        "a server",
        {"servers 1": GONE},
        ("server", "Zoo", "c"),
        ("server", "Zoo", "c"),
    ),
    (
        "the default of a variable",
        {"servers 0 variables area default": "south"},
        ("server", "Zoo/area", "c"),
        ("server", "Zoo/area", "c"),
    ),
    (
        "values of a variable",
        {"servers 0 variables area enum": ["north"]},
        ("server", "Zoo/area", "b"),
        ("server", "Zoo/area", "c"),
    ),
    (
        "the version",
        {"info version": "2"},
        ("api-version", "Zoo", "d"),
        ("api-version", "Zoo", "d"),
    ),
    (
        "what is said of a tag",
        {"tags 0 description": "Some of them."},
        ("description", "#animals", "d"),
        ("description", "#animals", "d"),
    ),
]


@each(CASES)
def test_one_thing_changes(edits: Edits, there: Told, back: Told) -> None:
    assert there_and_back(edits) == ([there], [back])
    assert compare(edits, edits) == ()


def test_an_address_of_tokens_is_for_who_gets_them() -> None:
    schemes = [
        {
            "components securitySchemes token": {
                "type": "openIdConnect",
                "openIdConnectUrl": f"https://{name}.example",
            }
        }
        for name in ("one", "two")
    ]
    assert told(compare(*schemes)) == [("security-scheme", "Zoo/token", "c")]


def test_scopes_of_a_requirement_count() -> None:
    flows = {
        "clientCredentials": {
            "tokenUrl": "https://a.example",
            "scopes": {"r": "", "w": ""},
        }
    }
    scheme = {"components securitySchemes token": {"type": "oauth2", "flows": flows}}
    less = {**scheme, f"{FEED} security": [{"token": ["r"]}]}
    more = {**scheme, f"{FEED} security": [{"token": ["r", "w"]}]}
    assert told(compare(less, more)) == [("security", "feed", "b")]
    assert told(compare(more, less)) == [("security", "feed", "c")]
    other = copy.deepcopy(flows)
    del other["clientCredentials"]["scopes"]["w"]
    gone = {"components securitySchemes token": {"type": "oauth2", "flows": other}}
    (change,) = compare(scheme, gone)
    assert change.kind == "security-scheme" and "no longer: w" in change.text
