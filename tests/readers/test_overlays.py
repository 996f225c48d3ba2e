"""Overlays: what their actions do, what is wrong with them, and where things stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from documents import loaded
from pace import at_most

from generator.diagnostics import Diagnostics
from generator.readers.documents import Loaded
from generator.readers.overlay import apply_overlays

DOCUMENT = """\
info: {title: Pets, tags: [a, b, c]}
paths:
  /pets:
    get:
      parameters:
      - {name: limit, in: query}
      - {name: dummy, in: query}
      - {name: sort, in: query}
      description: List pets
    post: {}
  /pets/{id}:
    get:
      parameters: []
      x-internal: true
"""


def overlay(actions: str, version: str = "1.1.0", name: str = "overlay.yaml") -> Loaded:
    head = f"overlay: {version}\ninfo: {{title: T, version: '1'}}\nactions:\n"
    return loaded(head + actions, name)


def applied(*overlays: Loaded, document: str = DOCUMENT) -> Loaded:
    diagnostics = Diagnostics()
    result = apply_overlays(loaded(document), overlays, diagnostics)
    assert list(map(str, diagnostics)) == []
    return result


def complaints(*overlays: Loaded, document: str = DOCUMENT) -> list[str]:
    diagnostics = Diagnostics()
    apply_overlays(loaded(document), overlays, diagnostics)
    return list(map(str, diagnostics))


def test_objects_are_merged() -> None:
    value = applied(
        overlay(
            "- target: $\n  update:\n    info: {title: Animals, x-new: {y: 1}}\n"
            "    paths: {/pets: {get: {tags: [x], description: All}}}\n"
            "- target: $.paths.*.get\n  update: {x-safe: true}\n"
        )
    ).value
    assert value["info"] == {
        "title": "Animals",
        "tags": ["a", "b", "c"],
        "x-new": {"y": 1},
    }
    assert value["paths"]["/pets"]["get"]["tags"] == ["x"]
    assert value["paths"]["/pets"]["get"]["description"] == "All"
    assert value["paths"]["/pets/{id}"]["get"]["x-safe"] is True
    assert value["paths"]["/pets"]["post"] == {}


@pytest.mark.parametrize(
    ("update", "expected"),
    [("[d, e]", ["a", "b", "c", "d", "e"]), ("d", ["a", "b", "c", "d"])],
)
def test_lists_take_items_up(update: str, expected: list[str]) -> None:
    value = applied(overlay(f"- target: $.info.tags\n  update: {update}\n")).value
    assert value["info"]["tags"] == expected
    value = applied(overlay("- target: $\n  update: {info: {tags: [d]}}\n")).value
    assert value["info"]["tags"] == ["a", "b", "c", "d"]


def test_primitive_values_are_replaced() -> None:
    value = applied(
        overlay(
            "- target: $.paths['/pets'].get.description\n  update: Lists them\n"
            "- target: $.info.tags[?@ == 'b']\n  update: null\n"
        )
    ).value
    assert value["paths"]["/pets"]["get"]["description"] == "Lists them"
    assert value["info"]["tags"] == ["a", None, "c"]


def test_things_are_removed() -> None:
    value = applied(
        overlay(
            "- target: $.paths.*.get.parameters[?@.name == 'dummy']\n  remove: true\n"
            "- target: $.info.tags[0, 2, 0]\n  remove: true\n"
            "- target: $..[?@.x-internal == true]\n  remove: true\n".replace(
                "@.x-internal", "@['x-internal']"
            )
        )
    ).value
    assert [p["name"] for p in value["paths"]["/pets"]["get"]["parameters"]] == [
        "limit",
        "sort",
    ]
    assert value["info"]["tags"] == ["b"]
    assert value["paths"]["/pets/{id}"] == {}


@pytest.mark.parametrize(
    "target", ["$..*", "$.*", "$['info', 'paths']", "$..[0, 1, 2]"]
)
def test_what_is_in_a_removed_thing_is_removed_with_it(target: str) -> None:
    nested = "x: [[{a: [1, 2]}, 3], [4]]\n" + DOCUMENT
    action = overlay(f"- target: {target}\n  remove: true\n")
    value = applied(action, document=nested).value
    if "0" in target:
        assert value["x"] == []
        assert value["paths"]["/pets"]["get"]["parameters"] == []
    else:
        assert not set(value) & {"info", "paths"}


@pytest.mark.parametrize("action", ["remove: true", "update: x"])
@pytest.mark.parametrize("target", ["$.info.title[0]", "$.info.title[::2]"])
def test_a_text_has_no_items(target: str, action: str) -> None:
    (said,) = complaints(overlay(f"- target: {target}\n  {action}\n"))
    assert f"the target {target} matches nothing" in said


def test_actions_and_overlays_follow_one_another() -> None:
    first = overlay(
        "- target: $.paths['/pets'].post\n  remove: true\n"
        "- target: $.paths['/pets']\n  update: {post: {x-new: 1}}\n"
    )
    second = overlay("- target: $.paths['/pets'].post['x-new']\n  update: 2\n")
    assert applied(first, second).value["paths"]["/pets"]["post"] == {"x-new": 2}


def test_things_are_copied() -> None:
    value = applied(
        overlay(
            "- target: $.paths['/pets/{id}'].get\n  copy: $.paths['/pets'].get\n"
            "- target: $.paths\n  update: {/new: {}}\n"
            "- target: $.paths['/new']\n  copy: $.paths['/pets']\n"
            "- target: $.paths['/new'].get.parameters[0].name\n  update: changed\n"
        )
    ).value
    get = value["paths"]["/pets/{id}"]["get"]
    assert [p["name"] for p in get["parameters"]] == ["limit", "dummy", "sort"]
    assert get["x-internal"] is True
    assert value["paths"]["/new"]["get"]["parameters"][0]["name"] == "changed"
    assert value["paths"]["/pets"]["get"]["parameters"][0]["name"] == "limit"


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("$.paths.*.get.parameters[?@.name=='limit' && @.in=='query']", 1),
        ("$.paths[?(@.get['x-internal'])].get", 1),
        ("$.paths[?@.get.parameters[?@.name == 'sort']]", 1),
        ("$..parameters[?match(@.name, 's.*')]", 1),
        ("$..parameters[?length(@.name) > 4]", 2),
        ("$.paths['/pets','/pets/{id}'].get", 2),
        ("$..parameters[-1:]", 1),
    ],
)
def test_targets_are_of_rfc_9535(target: str, count: int) -> None:
    result = applied(overlay(f'- target: "{target}"\n  update: {{x-found: true}}\n'))
    assert repr(result.value).count("'x-found': True") == count


def test_the_document_itself_stays_as_it_is() -> None:
    document = loaded(f"{DOCUMENT}a: &a {{x: 1}}\nb: *a\n")
    before = repr(document.value)
    action = overlay("- target: $.a\n  update: {x: 2, y: []}\n")
    result = apply_overlays(document, [action], Diagnostics())
    assert repr(document.value) == before
    assert result.value["a"] == {"x": 2, "y": []}
    assert result.value["b"] == {"x": 1}


def test_places_tell_document_from_overlay() -> None:
    result = applied(
        overlay(
            "- target: $.paths['/pets'].get.parameters[?@.name == 'dummy']\n"
            "  remove: true\n"
            "- target: $.paths['/pets'].get.parameters\n"
            "  update:\n  - {name: new, in: query}\n"
            "- target: $.info\n  update:\n    title: New\n    x-new: {y: 1}\n"
            "- target: $.info.tags[1]\n  update: B\n"
        )
    )

    def place(*pointer: Any) -> str:
        return str(result.place(pointer))

    get = ("paths", "/pets", "get")
    assert place(*get) == "test.yaml:4:5"
    assert place(*get, "parameters", 0, "name") == "test.yaml:6:10"
    assert place(*get, "parameters", 1, "name") == "test.yaml:8:10"
    assert place(*get, "parameters", 2, "name") == "overlay.yaml:8:6"
    assert place("info", "title") == "overlay.yaml:11:5"
    assert place("info", "x-new", "y") == "overlay.yaml:12:13"
    assert place("info", "tags", 0) == "test.yaml:1:28"
    assert place("info", "tags", 1) == "overlay.yaml:14:3"
    assert place("info", "nothing", "there") == "test.yaml:1:1"


HEAD = "info: {title: T, version: '1'}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", "1:1: error: this is no overlay"),
        (HEAD, "1:1: error: this is no overlay"),
        (f"overlay: 2.0.0\n{HEAD}", "1:1: error: overlays of versions 1.0 and 1.1 are"),
        (f"overlay: 1.1.0\n{HEAD}actions: []", "3:1: error: an overlay needs a list of"),
        ("overlay: 1.0.0\ninfo: {title: 1}\nactions: [{target: $, update: {}}]", "2:8: error: an overlay needs a text info/title, a number in quotes"),
    ],
)  # fmt: skip
def test_what_is_no_overlay(text: str, expected: str) -> None:
    assert complaints(loaded(text, "o"))[0].startswith(f"o:{expected}")


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("- update: {}", "4:3: error: an action needs a text target"),
        ("- target: $.a[\n  remove: true", "4:3: error: the JSONPath $.a[ cannot be used"),
        ("- target: info\n  remove: true", "4:3: error: the JSONPath info cannot be used"),
        ("- remove: true\n  target: $.nope", "5:3: error: the target $.nope matches nothing"),
        ("- target: $.info\n  remove: 1", "5:3: error: remove must be true or false"),
        ("- target: $.info", "4:3: error: this action has no effect: it has nothing to do"),
        ("- target: $\n  update: {}\n  copy: $.a", "4:3: error: this action has no effect: it has update and copy"),
        ("- target: $\n  remove: true", "4:3: error: the whole document cannot be removed"),
        ("- target: $\n  update: x", "5:3: error: an object cannot take a primitive value up"),
        ("- target: $.info.title\n  update: []", "5:3: error: a primitive value cannot be replaced by a list"),
        ("- target: $\n  update: {info: []}", "5:3: error: an object and a list cannot be merged at info"),
        ("- target: $.info.*\n  update: x", "4:3: error: the target matches a list and a primitive value"),
        ("- target: $.info\n  copy: $.paths.*", "5:3: error: copy must match one thing; $.paths.* matches 2"),
        ("- target: $.info\n  copy: $.[", "5:3: error: the JSONPath $.[ cannot be used"),
        ("- target: $.info\n  updates: {}\n  update: {}", "5:3: warning: the field 'updates' is not known here"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_action(action: str, expected: str) -> None:
    found = complaints(overlay(f"{action}\n", name="o"))
    assert len(found) == 1
    assert found[0].startswith(f"o:{expected}")


def test_copy_is_of_1_1() -> None:
    action = "- target: $.info\n  copy: $.paths\n"
    warning, error = complaints(overlay(action, "1.0.0", "o"))
    assert warning.startswith("o:5:3: warning: the field 'copy' is not known here")
    assert error.startswith("o:4:3: error: this action has no effect")


@pytest.mark.parametrize(
    ("extends", "fits"),
    [
        ("./test.yaml", True),
        ("https://example.com/api.yaml", True),
        ("http://[::1", True),
        ("other.yaml", False),
        ("../test.yaml", False),
    ],
)
def test_extends_names_the_document(extends: str, fits: bool) -> None:
    text = f"overlay: 1.0.0\nextends: {extends}\n{HEAD}actions:\n- target: $\n  update: {{}}\n"
    found = complaints(loaded(text, "overlay.yaml"))
    expected = f"overlay.yaml:2:1: warning: this overlay is for {extends}, not for test.yaml [overlay-extends]"
    assert found == ([] if fits else [expected])


def test_extends_is_a_text() -> None:
    text = (
        f"overlay: 1.0.0\nextends: [a]\n{HEAD}actions:\n- target: $\n  update: {{}}\n"
    )
    assert complaints(loaded(text, "overlay.yaml")) == [
        "overlay.yaml:2:1: error: extends must be a text [overlay-invalid]"
    ]


def test_a_document_that_is_one_value_is_replaced() -> None:
    result = applied(overlay("- target: $\n  update: other\n"), document="one")
    assert result.value == "other"


def test_a_deep_document_is_searched() -> None:
    deep = "x: " + "{a: " * 126 + "1" + "}" * 126
    result = applied(
        overlay("- target: $..a\n  update: {b: 2}\n".replace("$..a", "$.x")),
        document=deep,
    )
    assert result.value["x"]["b"] == 2
    found = complaints(
        overlay("- target: $..nope\n  remove: true\n", name="o"), document=deep
    )
    assert found == [
        "o:4:3: error: the target $..nope matches nothing [overlay-unmatched]"
    ]


def test_what_copies_itself_ends() -> None:
    """Thirty times twice as much would be a thousand million times as much."""
    double = "- {target: $.info.tags, copy: $.info.tags}\n" * 30
    inside = "- target: $.info\n  copy: $\n" * 40
    found = complaints(overlay(double), overlay(inside))
    assert "the overlays add more than 1,000,000 values [overlay-too-large]" in found[0]
    assert all("[overlay-too-large]" in each for each in found)


def test_what_makes_a_document_deeper_and_deeper_ends() -> None:
    deeper = "- target: $.info{}\n  update: {{x: {{}}}}\n"
    actions = "".join(deeper.format(".x" * number) for number in range(140))
    first, *_ = complaints(overlay(actions))
    assert "values would be nested more than 128 deep [overlay-too-large]" in first


DEEP = {
    f"k{i}": {"b": {f"c{j}": {"d": "a" * 40} for j in range(20)}} for i in range(40)
}


@pytest.mark.parametrize(
    "target",
    [
        "$..[?count($..*)>1]",
        "$..*..*..*..*..*..*..*..*..*..*",
        "$..[?@.d && count($..[?count($..*)>1])>1]",
        "$" + "[*,*,*,*,*,*,*,*,*,*,*,*,*,*]" * 20,
        "$" + ".a" * 100_000,
        "$" + "[*]" * 320 + "..*" * 10,
        "$[?" + "(" * 400 + "@.a" + ")" * 400 + "]",
        "$[" + "0," * 100_000 + "0]",
        "$[?@.a==1e999999]",
        "$[0:99999999999999999999]",
        r"$..[?match(@.d, '(a*)*\\1b')]",
    ],
    ids=range(11),
)
def test_an_expression_that_asks_too_much_is_refused(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.readers.overlay.paths.MAX_STEPS", 100_000)
    change = f"- {{target: {json.dumps(target)}, remove: true}}"
    with at_most(20):
        [found] = complaints(overlay(change), document=json.dumps({"a": DEEP}))
        assert "overlay-target" in found or "overlay-unmatched" in found
        assert len(found) < 1500


def test_texts_have_no_items() -> None:
    for target in ("$.info.title[0]", "$.info.title[::2]", "$.info.title.*"):
        [found] = complaints(overlay(f"- {{target: '{target}', remove: true}}\n"))
        assert "matches nothing [overlay-unmatched]" in found


def test_regular_expressions_in_filters_are_of_rfc_9485_and_take_no_time() -> None:
    document = json.dumps({"a": [{"b": "ab"}, {"b": "a" * 40 + "!"}, {"b": 1}]})
    for function, pattern, count in [
        ("search", "^(a+)+$", 0),
        ("match", "a.|(a|a)*!", 2),
        ("search", "b", 1),
    ]:
        target = f"$.a[?{function}(@.b, '{pattern}')]"
        actions = f"- {{target: {json.dumps(target)}, remove: true}}"
        if count:
            assert len(applied(overlay(actions), document=document).value["a"]) == (
                3 - count
            )
        else:
            [found] = complaints(overlay(actions), document=document)
            assert "overlay-unmatched" in found
