"""Names stay: whatever is added to a spec renames nothing that was there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator import outputs, pipeline
from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.pins import Pins, pinned

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.just("\ud800"), min_size=1
)


@given(st.dictionaries(TEXTS, TEXTS, min_size=1), TEXTS)
def test_lines_give_back_what_was_put_into_them(
    names: dict[str, str], owner: str
) -> None:
    lines = pinned("scope", owner, names)
    (line,) = lines.values()
    assert line.isprintable()
    assert Pins(lines).names("scope", owner) == names
    assert Pins(lines).owners("scope") == [owner]


def test_the_most_usual_names_take_no_room() -> None:
    names = {"deviceName": "device_name", ".users": "users", "iOS": "ios", "": "User"}
    line = "=User .users deviceName iOS=ios"
    assert pinned("member", "ns.user", names) == {"member ns.user": line}


@pytest.mark.parametrize(
    "name",
    ["x:%20int", "..%2F..%2Fx", "import", "__init__", "%FF", "\ufb01", ""]
    + ["api/..%2Fx.md", "api/a)b.md", "/etc/x.md", "api/a.md%00"],
)
def test_a_lock_file_names_nothing_that_is_no_name(tmp_path: Path, name: str) -> None:
    openapi, _ = next(iter(OPENAPI.values()))
    for spec in (edmx(a=entity("pet", prop("Pet_Name")) + sets("a.pet")), openapi):
        plain = names_of(tmp_path, spec)
        broken = {
            line: " ".join(f"{item.split('=')[0]}={name}" for item in items.split(" "))
            for line, items in plain.items()
            if not line.startswith(("type ", "schema "))
        }
        assert names_of(tmp_path, spec, broken) == plain


def names_of(
    folder: Path, text: str, given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The names that a spec gives, after those of a former one."""
    (folder / "spec").write_text(text)
    emit = ["python", "docs"]
    table = {"spec": [str(folder / "spec")], "package": "p", "out": ".", "emit": emit}
    former = outputs.Former(given, {}, lambda path: None) if given else None
    build = pipeline.build(target_from(table), Diagnostics(), former=former)
    return dict(build.names)


def entries(lines: Mapping[str, str]) -> dict[tuple[str, str], str]:
    pins = Pins(lines)
    return {
        (line, key): name
        for line in lines
        for key, name in pins.names(*line.split(" ", 1)).items()
        if not line.startswith("schema ")
    } | {
        ("schema", way): line
        for line in lines
        if line.startswith("schema ")
        for way in pins.names(*line.split(" ", 1))
    }


def assert_kept(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    old, new = entries(before), entries(after)
    assert {key: new.get(key) for key in old} == old


# --- OData

SCHEMA = (
    '<Schema Namespace="{}" xmlns="http://docs.oasis-open.org/odata/ns/edm">{}</Schema>'
)
EDMX = (
    '<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'
    "<edmx:DataServices>{}</edmx:DataServices></edmx:Edmx>"
)


def entity(name: str, *more: str, base: str = "") -> str:
    key = '<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>'
    derived = f' BaseType="{base}"' if base else ""
    body = "".join(more) if base else key + "".join(more)
    return f'<EntityType Name="{name}"{derived}>{body}</EntityType>'


def prop(name: str) -> str:
    return f'<Property Name="{name}" Type="Edm.String"/>'


def action(name: str, *parameters: str, of: str = "a.pet") -> str:
    more = "".join(f'<Parameter Name="{p}" Type="Edm.String"/>' for p in parameters)
    bound = f'<Parameter Name="it" Type="{of}"/>'
    return f'<Action Name="{name}" IsBound="true">{bound}{more}</Action>'


def sets(*types: str) -> str:
    return '<EntityContainer Name="C">{}</EntityContainer>'.format(
        "".join(
            f'<EntitySet Name="s{n}" EntityType="{t}"/>' for n, t in enumerate(types)
        )
    )


def edmx(**schemas: str) -> str:
    return EDMX.format("".join(SCHEMA.format(*each) for each in schemas.items()))


FILLING = "".join(f'<ComplexType Name="filling{n}"/>' for n in range(9))
"""Makes of `a` the main namespace."""

OLD_AND_NEW: dict[str, tuple[str, str]] = {
    "a type of another namespace": (
        edmx(a=FILLING + sets("b.pet"), b=entity("pet")),
        edmx(a=FILLING + sets("b.pet", "c.pet"), b=entity("pet"), c=entity("pet")),
    ),
    "the type of the main namespace": (
        edmx(a=FILLING + sets("b.pet"), b=entity("pet")),
        edmx(a=FILLING + entity("pet") + sets("b.pet", "a.pet"), b=entity("pet")),
    ),
    "a type that differs in case": (
        edmx(a=entity("pet") + sets("a.pet")),
        edmx(a=entity("PET") + entity("pet") + sets("a.pet", "a.PET")),
    ),
    "a type called as the class of a place": (
        edmx(a=entity("pet") + sets("a.pet")),
        edmx(
            a=entity("pet")
            + entity("petCollection")
            + entity("asyncPetResource")
            + sets("a.pet")
        ),
    ),
    "a property that has more right to its name": (
        edmx(a=entity("pet", prop("Pet_Name")) + sets("a.pet")),
        edmx(a=entity("pet", prop("petName"), prop("Pet_Name")) + sets("a.pet")),
    ),
    "a property above": (
        edmx(
            a=entity("pet")
            + entity("cat", prop("Pet_Name"), base="a.pet")
            + sets("a.cat")
        ),
        edmx(
            a=entity("pet", prop("petName"))
            + entity("cat", prop("Pet_Name"), base="a.pet")
            + sets("a.cat")
        ),
    ),
    "an action": (
        edmx(a=entity("pet") + action("Feed_it", "More_food") + sets("a.pet")),
        edmx(
            a=entity("pet")
            + action("Feed_it", "More_food", "moreFood")
            + action("feedIt")
            + sets("a.pet")
        ),
    ),
}


@pytest.mark.parametrize("what", OLD_AND_NEW)
def test_names_stay(tmp_path: Path, what: str) -> None:
    old, new = OLD_AND_NEW[what]
    before = names_of(tmp_path, old)
    after = names_of(tmp_path, new, before)
    assert_kept(before, after)
    assert names_of(tmp_path, new, after) == after
    plain = entries(names_of(tmp_path, new))
    assert {key: plain.get(key) for key in entries(before)} != entries(before) or (
        what in ("a type that differs in case", "the type of the main namespace")
    )


def test_a_property_that_moves_keeps_its_name(tmp_path: Path) -> None:
    below = entity("pet") + entity(
        "cat", prop("petName"), prop("Pet_Name"), base="a.pet"
    )
    above = entity("pet", prop("Pet_Name")) + entity(
        "cat", prop("petName"), base="a.pet"
    )
    old, new = (edmx(a=types + sets("a.cat")) for types in (below, above))
    for one, other in ((old, new), (new, old)):
        before = names_of(tmp_path, one)
        after = names_of(tmp_path, other, before)
        given = [
            {
                key: name
                for (line, key), name in entries(lines).items()
                if line.startswith("member ")
            }
            for lines in (before, after)
        ]
        assert given[0] == given[1]


def test_a_name_that_nothing_has_any_more_is_free(tmp_path: Path) -> None:
    one, other = (
        edmx(a=entity("pet", prop(name)) + sets("a.pet"))
        for name in ("petName", "Pet_Name")
    )
    before = names_of(tmp_path, one)
    after = names_of(tmp_path, other, before)
    assert Pins(after).names("member", "a.pet")["Pet_Name"] == "pet_name"


NO_SHRINKING = (Phase.explicit, Phase.generate)
"""To make a fault small takes minutes: each try reads two specs."""

NAMES = ("pet", "PET", "Pet", "petResource", "petCollection", "asyncPetResource", "cat")
MEMBERS = ("petName", "Pet_Name", "PetName", "pet_name", "list", "list_")
CALLS = ("feedIt", "Feed_it", "FeedIt", "petName")


@st.composite
def growth(draw: st.DrawFn) -> tuple[str, str]:
    """A spec, and one that has more."""
    chosen = draw(
        st.dictionaries(
            st.tuples(st.sampled_from("abc"), st.sampled_from(NAMES)),
            st.tuples(
                st.booleans(),
                st.dictionaries(st.sampled_from(MEMBERS), st.booleans()),
                st.integers(0, 9),
            ),
            min_size=1,
            max_size=8,
        )
    )
    calls = draw(st.dictionaries(st.sampled_from(CALLS), st.booleans()))
    # bases stand before what is derived from them, and are as old
    bases: dict[tuple[str, str], str] = {}
    order = list(chosen)
    oldest = [key for key in order if chosen[key][0]]
    for position, key in enumerate(order[1:], 1):
        other = order[chosen[key][2] % position]
        if chosen[key][2] > 4 and (chosen[other][0] or not chosen[key][0]):
            bases[key] = ".".join(other)

    def spec(is_old: Callable[[bool], bool]) -> str:
        schemas = {"a": FILLING}
        types = [key for key in order if is_old(chosen[key][0])]
        inherited: dict[str, set[str]] = {}
        for space, name in types:
            _, members, _ = chosen[space, name]
            base = bases.get((space, name), "")
            above = inherited.get(base, set())
            own = [m for m, old in members.items() if is_old(old) and m not in above]
            inherited[f"{space}.{name}"] = above | set(own)
            text = entity(name, *map(prop, own), base=base)
            schemas[space] = schemas.get(space, "") + text
        schemas["a"] += sets(*(".".join(key) for key in types))
        for call, old in calls.items():
            if is_old(old) and oldest:
                schemas["a"] += action(call, *MEMBERS[:2], of=".".join(oldest[0]))
        return edmx(**schemas)

    return spec(lambda old: old), spec(lambda old: True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pins")


@given(specs=growth())
@settings(max_examples=60, phases=NO_SHRINKING)
def test_names_stay_whatever_is_added(place: Path, specs: tuple[str, str]) -> None:
    before = names_of(place, specs[0])
    after = names_of(place, specs[1], before)
    new = entries(after)
    # a property that a type inherits now is one of the type above
    old = {
        key: name
        for key, name in entries(before).items()
        if key in new or not key[0].startswith("member ")
    }
    assert {key: new.get(key) for key in old} == old
    assert names_of(place, specs[1], after) == after


# --- OpenAPI


def operation(
    tag: str, name: str, *parameters: str, body: Any = None
) -> dict[str, Any]:
    answer = {"application/json": {"schema": body or {"type": "string"}}}
    return {
        "tags": [tag] if tag else [],
        "operationId": name,
        "parameters": [
            {"name": each, "in": "query", "schema": {"type": "string"}}
            for each in parameters
        ],
        "responses": {"200": {"description": "", "content": answer}},
    }


def openapi(**operations: dict[str, Any]) -> str:
    return yaml.safe_dump(
        {
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1"},
            "paths": {f"/{path}": {"get": each} for path, each in operations.items()},
        }
    )


def thing(*names: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
    }


def owned(by: dict[str, Any], other: str) -> dict[str, Any]:
    more = {"owner": by, other: {"type": "string"}}
    return {"type": "object", "properties": more}


OPENAPI: dict[str, tuple[str, str]] = {
    "a tag and a method": (
        openapi(one=operation("Pet_s", "get_It", "More_food")),
        openapi(
            one=operation("Pet_s", "get_It", "More_food", "moreFood"),
            two=operation("petS", "other"),
            three=operation("Pet_s", "getIt"),
            four=operation("", "petS"),
        ),
    ),
    "a schema of another content at a place called likewise": (
        openapi(
            one=operation("t", "one", body=owned(thing("a"), "one")),
            two=operation("t", "two", body=owned(thing("a"), "two")),
        ),
        openapi(
            one=operation("t", "one", body=owned(thing("a"), "one")),
            two=operation("t", "two", body=owned(thing("a"), "two")),
            three=operation("t", "three", body=owned(thing("b"), "three")),
            four=operation("t", "four", body=owned(thing("b"), "four")),
            five=operation("t", "five", body=owned(thing("b"), "five")),
        ),
    ),
    "a schema of the same content": (
        openapi(one=operation("t", "one", body=owned(thing("a"), "one"))),
        openapi(
            one=operation("t", "one", body=owned(thing("a"), "one")),
            two=operation("t", "two", body=owned(thing("a"), "two")),
        ),
    ),
}


@pytest.mark.parametrize("what", OPENAPI)
def test_names_of_requests_stay(tmp_path: Path, what: str) -> None:
    old, new = OPENAPI[what]
    before = names_of(tmp_path, old)
    after = names_of(tmp_path, new, before)
    assert_kept(before, after)
    assert names_of(tmp_path, new, after) == after
    plain = entries(names_of(tmp_path, new))
    assert {key: plain.get(key) for key in entries(before)} != entries(before)


def test_what_said_the_same_and_does_no_more_keeps_most_of_its_names(
    tmp_path: Path,
) -> None:
    def spec(last: str) -> str:
        return openapi(
            one=operation("t", "one", body=owned(thing("a"), "one")),
            two=operation("t", "two", body=owned(thing("a"), "two")),
            three=operation("t", "three", body=owned(thing(last), "three")),
        )

    before = names_of(tmp_path, spec("a"))
    after = names_of(tmp_path, spec("b"), before)
    old, new = entries(before), entries(after)
    changed = {key for key in old if old[key] != new.get(key)}
    assert changed == {("schema", "schema three-response/owner")}
