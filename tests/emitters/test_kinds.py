"""Models of the types that OpenAPI brings: what is written for them, and what checkers
make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import black
import pytest
from emitters.building import PACKAGE, past_the_reader, sources
from emitters.kinds import every_kind
from emitters.soundness import faults
from runtime.test_checkers import mypy_errors, pyright_errors

from generator.emitters.python import Options, emit
from generator.model import (
    Alias,
    Api,
    Constraints,
    Discriminator,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Protocol,
    Scalar,
    ScalarKind,
    Struct,
    TypeDef,
    UnionOf,
)

TEXT = Scalar(ScalarKind.STRING)
NUMBER = Scalar(ScalarKind.INT64)


@pytest.fixture(scope="module")
def kinds() -> Mapping[str, str]:
    return sources(every_kind())


def models(*types: TypeDef) -> Mapping[str, str]:
    return sources(replace(past_the_reader(types), protocol=Protocol.HTTP))


def line(text: str, start: str) -> str:
    """The statement that begins so, on one line."""
    _, found, rest = text.partition(f"\n    {start}")
    assert found, start
    statement = (start + rest).split("\n\n")[0]
    depth, end = 0, 0
    for end, character in enumerate(statement):
        depth += (character in "([{") - (character in ")]}")
        if character == "\n" and not depth:
            break
    return " ".join(statement[:end].split())


# --- the whole


def test_everything_is_sound(kinds: Mapping[str, str]) -> None:
    assert faults(kinds) == []


def test_black_leaves_everything_as_it_is(kinds: Mapping[str, str]) -> None:
    changed = [
        path
        for path, text in kinds.items()
        if path.endswith((".py", ".pyi"))
        if black.format_str(text, mode=black.Mode(is_pyi=path.endswith("i"))) != text
    ]
    assert changed == []


def test_models_do_not_depend_on_the_protocol(kinds: Mapping[str, str]) -> None:
    odata = sources(every_kind(Protocol.ODATA))
    differing = {path for path in kinds if kinds[path] != odata[path]}
    assert {path for path in differing if path.startswith("models/")} == {
        "models/_index.py"
    }
    assert "ODATA = False" in kinds["models/_index.py"]
    assert "ODATA = True" in odata["models/_index.py"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The models with their runtime, and programs that use them."""
    root = tmp_path_factory.mktemp("kinds")
    for file in emit(every_kind(), Options(PACKAGE)):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    for program in (Path(__file__).parent / "checkers").iterdir():
        (root / program.name).write_bytes(program.read_bytes())
    return root


@pytest.mark.checkers
@pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])
def test_checkers_find_nothing(folder: Path, errors: type[list[object]]) -> None:
    pytest.importorskip(errors.__name__.removesuffix("_errors"))
    targets = [f"{PACKAGE}/models", f"{PACKAGE}/_runtime", "accepted.py"]
    assert errors(folder, *targets) == []  # type: ignore[call-arg]


@pytest.mark.checkers
@pytest.mark.parametrize("errors", [mypy_errors, pyright_errors])
def test_checkers_refuse_mistakes(folder: Path, errors: type[list[object]]) -> None:
    pytest.importorskip(errors.__name__.removesuffix("_errors"))
    lines = (folder / "refused.py").read_text().splitlines()
    expected = {n for n, line in enumerate(lines, 1) if line.endswith("# refused")}
    found = errors(folder, "refused.py")
    assert {line for _, line, _ in found} == expected, found


# --- types


def test_a_union_is_written_where_it_stands(kinds: Mapping[str, str]) -> None:
    text = kinds["models/everything.py"]
    assert line(text, "either:") == (
        "either: Field[dt.datetime | int | Level | SortOrder] = field( "
        '"either", union_of( DATE_TIME, INT64, nested("level", "Level", "int"), '
        'nested("sort_order", "SortOrder", "str"), ), default=None, '
        'limits=Limits(minimum=Decimal("0.5")), )'
    )
    assert line(text, "any:") == 'any: Field[Any] = field("any", default=None)'


def test_a_union_with_a_name_has_a_module(kinds: Mapping[str, str]) -> None:
    owner = kinds["models/owner.py"]
    assert 'Owner: TypeAlias = Union["SimpleUser", "FullUser", "str"]' in owner
    assert "CODEC: Codec[Owner] = union_of(" in owner
    assert "\nOwner owner\n" in kinds["models/__init__.py"]
    assert "Owner" not in kinds["models/_index.py"]
    text = kinds["models/everything.py"]
    assert line(text, "owner:") == (
        'owner: Required[Owner] = field("owner", nested("owner", "CODEC"), '
        "nullable=False)"
    )


def test_other_definitions_are_written_through(kinds: Mapping[str, str]) -> None:
    text = kinds["models/everything.py"]
    assert line(text, "matrix:").startswith("matrix: ListField[MutableSequence[float]]")
    assert line(text, "labels:").startswith(
        "labels: Required[MutableMapping[str, str]]"
    )
    assert not {"models/slug.py", "models/matrix.py", "models/labels.py"} & set(kinds)


@pytest.mark.parametrize(
    ("path", "alias", "codec"),
    [
        ("nest", '"MutableSequence[Nest]"', 'list_of(nested("nest", "CODEC"))'),
        ("egg", 'Union["int", "str"]', "union_of(INT64, STRING)"),
        ("hen", 'Union["str", "int"]', "union_of(STRING, INT64)"),
        ("loop", '"Any"', "ANY"),
    ],
)
def test_definitions_of_themselves_end(
    kinds: Mapping[str, str], path: str, alias: str, codec: str
) -> None:
    text = kinds[f"models/{path}.py"]
    assert f"{path.title()}: TypeAlias = {alias}\n" in text
    assert f"CODEC: Codec[{path.title()}] = {codec}\n" in text


def test_a_long_ring_of_definitions_ends() -> None:
    ring = [
        Alias(f"ring{n}", UnionOf((Named(f"ring{(n + 1) % 40}"), TEXT, NUMBER)))
        for n in range(40)
    ]
    texts = models(*ring)
    assert all(
        'TypeAlias = Union["str", "int"]' in texts[f"models/ring{n}.py"]
        for n in range(40)
    )


def test_null_among_the_members_is_for_the_holder_to_say() -> None:
    maybe = Alias("maybe", UnionOf((TEXT, NUMBER)), nullable=True)
    text = models(
        maybe,
        Struct(
            "holder",
            properties=(
                Property("one", Named("maybe"), nullable=False, required=True),
                Property("many", ListOf(Named("maybe"))),
                Property("named", MapOf(TEXT, nullable=True)),
            ),
        ),
    )["models/holder.py"]
    assert line(text, "one:").startswith("one: RequiredNullable[Maybe]")
    assert line(text, "many:").startswith("many: ListField[Maybe | None]")
    assert line(text, "named:").startswith(
        "named: Field[MutableMapping[str, str | None]]"
    )


def test_what_is_sliced_away_is_anything() -> None:
    union = UnionOf((Named("gone"), TEXT), Discriminator("k", (("g", "gone"),)))
    text = models(Alias("rest", union))["models/rest.py"]
    assert 'Rest: TypeAlias = "Any"' in text
    assert "CODEC: Codec[Rest] = ANY" in text


def test_limits_of_definitions_are_those_of_properties() -> None:
    short = Constraints(max_length=3, pattern="^a", max_items=2)
    text = models(
        Alias("short", TEXT, constraints=short),
        Alias("row", ListOf(Named("short")), constraints=Constraints(min_items=1)),
        Struct(
            "holder",
            properties=(
                Property("one", Named("short"), constraints=Constraints(max_length=2)),
                Property("row", Named("row")),
            ),
        ),
    )["models/holder.py"]
    one = 'limits=Limits(max_length=2, max_items=2, pattern="^a")'
    assert one in line(text, "one:")
    assert 'Limits(max_length=3, min_items=1, pattern="^a")' in line(text, "row:")


# --- tags


def test_discriminators_are_told_to_the_runtime(kinds: Mapping[str, str]) -> None:
    pet = kinds["models/pet.py"]
    assert '_tag_name = "petType"' in pet
    assert '_tags = {"cat": "cat:Cat", "dog": "dog:Dog", "pug": "pug:Pug"}' in pet
    assert line(pet, "pet_type:").startswith("pet_type: Field[str]")
    assert '_tag = "dog"' in kinds["models/dog.py"]
    assert "pet_type" not in kinds["models/dog.py"]


def test_the_way_of_odata_needs_no_telling() -> None:
    told = Discriminator("@odata.type", (("#a", "a"), ("#b", "b")))
    texts = models(
        Struct("a", discriminator=told, tag="#a"), Struct("b", base="a", tag="#b")
    )
    assert "_tag" not in texts["models/a.py"] + texts["models/b.py"]
    assert "ODATA = True" in texts["models/_index.py"]
    other = Discriminator("@odata.type", (("#x", "b"),))
    texts = models(Struct("a", discriminator=other), Struct("b", base="a", tag="#x"))
    assert '_tags = {"#x": "b:B"}' in texts["models/a.py"]
    assert '_tag = "#x"' in texts["models/b.py"]


def test_a_member_of_two_tags_is_left_to_say_which() -> None:
    members = tuple(
        Struct(
            name, properties=(Property("kind", TEXT, nullable=False, required=True),)
        )
        for name in "ab"
    )
    mapping = (("one", "a"), ("two", "a"), ("three", "b"))
    union = UnionOf((Named("a"), Named("b")), Discriminator("kind", mapping))
    texts = models(*members, Alias("both", union))
    assert line(texts["models/a.py"], "kind:") == (
        'kind: Required[str] = field("kind", nullable=False)'
    )
    assert line(texts["models/b.py"], "kind:") == (
        'kind: Required[str] = field("kind", default="three", nullable=False)'
    )


# --- names


def test_names_are_words(kinds: Mapping[str, str]) -> None:
    stub = kinds["models/__init__.pyi"]
    for name in (
        "simple_user import SimpleUser",
        "api_overview import ApiOverview",
        "pet import Pet",
        "pet_list import PetList",
        "json_value import JSONValue",
        "コード import Typeコード",
        "union import Union_",
    ):
        assert f"from .{name} as " in stub


@pytest.mark.parametrize(
    "value", ["|", "[", "a, b]", "\x00", '"', "'\"", "é" * 90, "\n"]
)
def test_any_text_may_be_a_constant(value: str) -> None:
    import json

    constant = LiteralType(json.dumps(value))
    holder = Struct(
        "holder",
        properties=(
            Property("one", constant),
            Property("many", ListOf(constant)),
            Property("either", UnionOf((constant, NUMBER, MapOf(constant)))),
        ),
    )
    texts = models(holder, Alias("named", UnionOf((constant, NUMBER))))
    assert faults(texts) == []
    for path in ("models/holder.py", "models/named.py"):
        assert black.format_str(texts[path], mode=black.Mode()) == texts[path]


def test_the_order_of_types_does_not_matter() -> None:
    api = every_kind()
    turned: Api = replace(api, types=dict(reversed(api.types.items())))
    assert sources(api) == sources(turned)


def test_limits_may_exclude_their_ends() -> None:
    limits = Constraints(
        minimum=Decimal(1),
        maximum=Decimal(9),
        exclusive_minimum=True,
        exclusive_maximum=True,
    )
    text = models(Struct("a", properties=(Property("n", NUMBER, constraints=limits),)))
    said = " ".join(text["models/a.py"].split())
    assert (
        "minimum=1, maximum=9, exclusive_minimum=True, exclusive_maximum=True" in said
    )


def test_a_union_with_null_may_be_none() -> None:
    maybe = Alias("maybe", UnionOf((TEXT, LiteralType("null"))))
    holder = Struct("a", properties=(Property("n", Named("maybe"), nullable=False),))
    text = models(maybe, holder)["models/a.py"]
    assert line(text, "n: ").startswith("n: RequiredNullable[Maybe] = field(")
