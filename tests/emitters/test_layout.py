"""black leaves what the layout functions write as it is, or they say that they are not
sure."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.emitters.python.code import Code, literal
from generator.emitters.python.layout import (
    UNSETTLED,
    Group,
    Join,
    Pair,
    Part,
    call,
    class_line,
    declaration,
    import_lines,
    mapping,
    settled,
    signature,
    statement,
)

BODY = "class Holder:\n"
METHOD = "class Holder:\n    def method(self) -> None:\n"


@dataclass
class Sample:
    """Draws the parts of source from a source of chance; names are up to `longest`."""

    chance: random.Random
    longest: int = 60

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def name(self) -> str:
        return "n" * self.number(1, self.longest)

    def type(self) -> str:
        return "T" * self.number(1, self.longest)

    def text(self) -> Code:
        return literal(self.name())

    def one_of(self, *choices: Callable[[], str]) -> str:
        return self.chance.choice(choices)()

    def names(self, least: int, most: int) -> list[str]:
        return [f"{self.name()}{each}" for each in range(self.number(least, most))]

    # what the views write

    def given(self) -> str:
        """The type of an argument."""
        return self.one_of(
            self.type,
            lambda: "dt.datetime",
            lambda: f"Sequence[{self.type()}]",
            lambda: f"Sequence[Sequence[{self.type()}]]",
            lambda: f"Flags[{self.type()}] | {self.type()}",
            lambda: f"Sequence[Flags[{self.type()}] | {self.type()}]",
        )

    def read(self) -> str:
        """The type of a value that is read."""
        return self.one_of(
            self.type,
            lambda: "int",
            lambda: f"MutableSequence[{self.type()}]",
            lambda: f"Flags[{self.type()}]",
            lambda: f"MutableSequence[Flags[{self.type()}]]",
        )

    def codec(self) -> Part:
        nested = call("nested", self.text(), self.text())
        codecs: list[Part] = [
            "DATE",
            nested,
            call("list_of", "STRING"),
            call("list_of", nested),
        ]
        return self.chance.choice(codecs)

    def reader(self) -> Part:
        readers: list[Part] = ["NOTHING", call("optional", self.codec()), self.codec()]
        return self.chance.choice(readers)

    def limits(self) -> Part:
        limits: list[Part] = [
            "max_length=256",
            f"pattern={self.text()}",
            Pair("allowed_values=", Group("(", tuple(map(literal, self.names(2, 4))))),
            Pair("minimum=", call("Decimal", '"0.1"')),
        ]
        return Pair("limits=", call("Limits", *limits[: self.number(1, 4)]))

    def arguments(self) -> Group:
        return mapping((literal(name), name) for name in self.names(0, 5))

    def key(self) -> Group:
        parts = enumerate(self.names(2, 5))
        return mapping(
            (literal(name), Group("key[", (str(i),), "]")) for i, name in parts
        )


def a_declaration(sample: Sample) -> str:
    options: list[Part] = ["default=None", "nullable=False", sample.limits()]
    arguments: list[Part] = [sample.text(), sample.codec()]
    value = call("field", *arguments, *options[: sample.number(0, 3)])
    kind = sample.chance.choice(["Field", "ListField", "ReadOnly", "RequiredFlags"])
    return f"{BODY}    {declaration(sample.name(), kind, sample.read(), value)}\n"


def a_setting(sample: Sample) -> str:
    return f"{BODY}    {statement(f'{sample.name()} = ', sample.text(), 4)}\n"


def a_signature(sample: Sample) -> str:
    parameters = ["self"]
    for each in range(sample.number(0, 6)):
        parameters += ["*"] * (not each)
        null = sample.chance.choice(["", " | None"])
        default = sample.chance.choice(["", " = UNSET"])
        parameters.append(f"{sample.name()}{each}: {sample.given()}{null}{default}")
    result = sample.one_of(
        lambda: "None",
        lambda: f"{sample.read()} | None",
        sample.read,
        lambda: f"AsyncPages[{sample.read()}]",
    )
    define = sample.chance.choice(["def", "async def"])
    rest = sample.chance.choice(["", " ..."])
    lines = signature(f"{define} {sample.name()}", parameters, result, 4, rest)
    return f"{BODY}    {lines}\n" + "        pass\n" * (not rest)


def a_key_signature(sample: Sample) -> str:
    keys = ", ".join(["str", "dt.datetime", "int"] * sample.number(1, 3))
    kind = sample.chance.choice(["str", f"tuple[{keys}]"])
    lines = signature("def __getitem__", ["self", f"key: {kind}"], sample.type(), 4)
    return f"{BODY}    {lines}\n        pass\n"


def a_call(sample: Sample) -> str:
    function = sample.chance.choice(["self._call_action", "self._list_function"])
    start = sample.chance.choice(["return ", "return await ", "await ", ""])
    value = call(function, sample.text(), sample.arguments(), sample.reader())
    return f"{METHOD}        {statement(start, value, 8)}\n"


def a_step(sample: Sample) -> str:
    steps: list[Part] = [
        Join("self._at", "/", sample.text()),
        call("self._at.key", "key"),
        call("self._at.keys", sample.key()),
        call("self._at.keys", sample.arguments()),
        call("self._at.function", sample.text(), sample.arguments()),
    ]
    value = call(sample.type(), sample.chance.choice(steps))
    return f"{METHOD}        {statement('return ', value, 8)}\n"


def a_class(sample: Sample) -> str:
    bases = [
        sample.one_of(sample.type, lambda: f"{sample.type()}[{sample.type()}]")
        for _ in range(sample.number(1, 5))
    ]
    return f"{class_line(sample.type(), bases)}\n    pass\n"


def an_import(sample: Sample) -> str:
    depth = sample.number(0, 2)
    guards = "".join(f"{'    ' * each}if True:\n" for each in range(depth))
    lines = import_lines(f".{sample.name()}", sample.names(1, 4), 4 * depth)
    return f"{guards}{'    ' * depth}{lines}\n"


def an_exported_import(sample: Sample) -> str:
    name = sample.type()
    return f"{import_lines(f'.{sample.name()}', [f'{name} as {name}'])}\n"


MAKERS = [
    a_declaration,
    a_setting,
    a_signature,
    a_key_signature,
    a_call,
    a_step,
    a_class,
    an_import,
    an_exported_import,
]


def blackened(source: str) -> str:
    return black.format_str(source, mode=black.Mode())


@pytest.mark.parametrize("make", MAKERS)
@given(st.randoms(use_true_random=False), st.sampled_from([20, 40, 60, 100]))
@settings(max_examples=150)
def test_black_leaves_it_as_it_is(
    make: Callable[[Sample], str], chance: random.Random, longest: int
) -> None:
    source = make(Sample(chance, longest))
    if UNSETTLED not in source:
        assert source == blackened(source)


@pytest.mark.parametrize("make", MAKERS)
def test_hardly_anything_is_left_to_black(make: Callable[[Sample], str]) -> None:
    sample = Sample(random.Random(1))
    made = [make(sample) for _ in range(1000)]
    assert sum(UNSETTLED in source for source in made) < 50


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("n", 'n: Field[str] = field("wire")'),
        ("n" * 60, "n" * 60 + ': Field[str] = field(\n        "wire"\n    )'),
        ("n" * 70, "n" * 70 + ': Field[\n        str\n    ] = field("wire")'),
    ],
)
def test_a_declaration_reads_as_a_hand_would_write_it(name: str, expected: str) -> None:
    assert declaration(name, "Field", "str", call("field", '"wire"')) == expected


def test_a_call_whose_name_leaves_no_room_for_return_stands_in_parentheses() -> None:
    value = call("f" * 74, '"a"')
    text = f"{METHOD}        {statement('return ', value, 8)}\n"
    assert text.splitlines()[2:] == [
        "        return (",
        f"            {'f' * 74}(",
        '                "a"',
        "            )",
        "        )",
    ]
    assert text == blackened(text)


def test_a_long_result_stands_in_parentheses() -> None:
    head = signature("def method", ["self"], "T" * 78, 4, " ...")
    text = f"class Holder:\n    {head}\n"
    assert text.splitlines()[1:] == [
        "    def method(",
        "        self,",
        "    ) -> (",
        f"        {'T' * 78}",
        "    ): ...",
    ]
    assert text == blackened(text)


def test_black_is_not_asked_of_what_would_take_it_minutes() -> None:
    source = f"x = ({UNSETTLED}1)\n"
    assert settled(source) == "x = 1\n"
    assert settled(source * 100_000) == "x = (1)\n" * 100_000


def test_a_call_is_broken_from_the_outside_in() -> None:
    value = call("function", '"a"' * 20, mapping([(literal("b"), "c" * 30)]), "LAST")
    assert statement("return ", value, 8).splitlines() == [
        "return function(",
        "            " + '"a"' * 20 + ",",
        '            {"b": ' + "c" * 30 + "},",
        "            LAST,",
        "        )",
    ]
