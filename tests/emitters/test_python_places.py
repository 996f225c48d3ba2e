"""Places and clients of packages made of small Apis: keys, operations, what they say of
the service."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType

import pytest
from emitters.building import EVERYTHING, PACKAGE, lines, load, past_the_reader, sources
from emitters.soundness import faults

from generator.diagnostics import Diagnostics
from generator.model import (
    Binding,
    KeyPart,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Permission,
    Property,
    Response,
    Root,
    Scalar,
    ScalarKind,
    Struct,
)
from generator.passes.slice import slice_api

TEXT = Scalar(ScalarKind.STRING)
NUMBER = Scalar(ScalarKind.INT32)


def test_a_composite_key(package: ModuleType, everything: Mapping[str, str]) -> None:
    with package.Client() as client:
        egg = client.eggs["oak", 2]
    assert repr(egg) == "<EggResource /eggs(nest='oak',number=2)>"
    text = lines(everything["resources/egg.py"])
    assert "def __getitem__(self, key: tuple[str, int]) -> EggResource:" in text


@pytest.mark.parametrize(
    ("path", "annotation"),
    [("id", "int"), ("home/street", "str"), ("home/gone", "Any"), ("gone", "Any")],
)
def test_a_key_may_lie_deep_or_nowhere(path: str, annotation: str) -> None:
    street = Property("street", TEXT, nullable=False)
    members = (
        Property("id", NUMBER, nullable=False),
        Property("home", Named("ns.home")),
    )
    base = Struct("ns.base", properties=members, is_entity=True)
    pet = Struct("ns.pet", base="ns.base", is_entity=True, key=(KeyPart(path),))
    home = Struct("ns.home", properties=(street,))
    roots = [Root("pets", "ns.pet", many=True, target="ns.C/pets")]
    text = sources(past_the_reader([base, pet, home], roots=roots))["resources/pet.py"]
    assert f"def __getitem__(self, key: {annotation}) -> PetResource:" in text


def test_an_alternate_key(package: ModuleType) -> None:
    with package.Client() as client:
        assert repr(client.animals.by_colour("red")).endswith("/animals(colour='red')>")


def test_streams_casts_and_functions_that_lead_on(package: ModuleType) -> None:
    with package.Client() as client:
        rex = client.animals["rex"]
        assert repr(rex.photo) == "<StreamResource /animals('rex')/photo>"
        assert repr(rex.media_stream) == "<StreamResource /animals('rex')/$value>"
        assert repr(rex.as_bird) == "<BirdResource /animals('rex')/ns.bird>"
        assert repr(rex.home.owner).endswith(" /animals('rex')/home/owner>")
        assert repr(client.animals.oldest()).endswith(" /animals/ns.oldest()>")
        assert repr(client.star) == "<AnimalSingleton /star>"


def test_twins_have_the_same_attributes(package: ModuleType) -> None:
    module = importlib.import_module(f"{PACKAGE}.resources.animal")
    for name, cls in vars(module).items():
        if isinstance(cls, type) and cls.__module__ == module.__name__:
            if not name.startswith("Async"):
                assert set(dir(cls)) == set(dir(vars(module)[f"Async{name}"]))


def test_overloads(everything: Mapping[str, str]) -> None:
    text = lines(everything["resources/animal.py"])
    assert (
        "@overload def report(self) -> Report | None: ... "
        "@overload def report(self, *, since: dt.date) -> Report | None: ... "
        "def report(self, *, since: dt.date = UNSET) -> Report | None:"
    ) in text


def test_overloads_that_disagree_on_a_parameter() -> None:
    def overload(*parameters: Parameter) -> Operation:
        return Operation(
            id=f"f {len(parameters)}",
            name="ns.f",
            kind=OperationKind.FUNCTION,
            method="GET",
            binding=Binding("ns.a"),
            parameters=parameters,
            responses=(Response("200", TEXT),),
        )

    text = sources(
        past_the_reader(
            [Struct("ns.a", is_entity=True)],
            [
                overload(Parameter("x", TEXT, ParameterIn.PATH)),
                overload(
                    Parameter("x", NUMBER, ParameterIn.PATH),
                    Parameter("y", TEXT, ParameterIn.PATH, nullable=True),
                ),
            ],
        )
    )
    place = lines(text["resources/a.py"])
    assert "def f(self, *, x: str) -> str: ..." in place
    assert "def f(self, *, x: int, y: str | None) -> str: ..." in place
    assert "def f(self, *, x: Any, y: str | None = UNSET) -> str:" in place
    assert faults(text) == []


def test_a_place_says_what_it_refuses_and_that_changes_need_an_etag(
    package: ModuleType, everything: Mapping[str, str]
) -> None:
    module = importlib.import_module(f"{PACKAGE}.resources.egg")
    for prefix in ("", "Async"):
        one = vars(module)[f"{prefix}EggResource"]
        many = vars(module)[f"{prefix}EggCollection"]
        select = {"$select": "SelectSupport/Supported"}
        assert one._refuses == select
        assert (
            many._refuses
            == {
                "$filter nest": "FilterRestrictions/NonFilterableProperties",
                "$top": "TopSupported",
            }
            | select
        )
        assert one._concurrent is True
        assert "_concurrent" not in vars(many)
    animal = everything["resources/animal.py"]
    assert "_refuses" not in animal and "_concurrent" not in animal


def test_a_place_says_which_headers_and_parameters_it_takes(
    everything: Mapping[str, str],
) -> None:
    text = lines(everything["resources/egg.py"])
    for verb in ("get", "list"):
        assert f"Header Torch, needed by `{verb}`: How bright." in text
        assert f"Query parameter angle, taken by `{verb}`." in text


def test_only_what_is_heeded_is_said() -> None:
    text = sources(load("""
<EntityType Name="x"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String"/>
<Annotation Term="Org.OData.Core.V1.OptimisticConcurrency"><Collection/></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.SelectSupport"><Record>
<PropertyValue Property="Supported" Bool="false"/></Record></Annotation>
</EntityType><EntityContainer Name="C"><Singleton Name="it" Type="self.x"/>
</EntityContainer><Annotations Target="self.C/it">
<Annotation Term="Org.OData.Capabilities.V1.ReadRestrictions"><Record>
<PropertyValue Property="Readable" Bool="false"/></Record></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.UpdateRestrictions"><Record>
<PropertyValue Property="Updatable" Bool="false"/></Record></Annotation>
</Annotations>"""))
    assert "_refuses" not in text["resources/x.py"]
    assert "_concurrent" not in text["resources/x.py"]
    assert "_evolvable" not in text["client.py"]


def test_a_client_says_that_enumerations_hide_what_was_added_later() -> None:
    body = EVERYTHING.replace("unknownFutureValue", "unknown")
    assert "_evolvable = True" in sources(load(EVERYTHING))["client.py"]
    assert "_evolvable" not in sources(load(body))["client.py"]
    api = load(EVERYTHING)
    sliced = slice_api(api, ["ns.egg"], None, Diagnostics())
    assert "ns.kind" not in sliced.types
    assert sources(sliced)["client.py"].count("_evolvable = True") == 2


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        ((), None),
        ((("key", ()),), None),
        ((("key", ()), ("oauth", ("a.read b/.default",))), '("a.read", "b/.default")'),
        ((("oauth", ("a",)),), '("a",)'),
        ((("oauth", ("a",)), ("other", ("b",))), None),
    ],
)
def test_a_client_says_which_scopes_to_ask_for(
    schemes: tuple[tuple[str, tuple[str, ...]], ...], expected: str | None
) -> None:
    security = tuple(Permission(name, scopes) for name, scopes in schemes)
    text = sources(replace(load(""), security=security))["client.py"]
    found = re.findall(r"^    _scopes = (.*)$", text, re.MULTILINE)
    assert found == ([] if expected is None else [expected] * 2)


def test_changes_are_iterated_as_such(everything: Mapping[str, str]) -> None:
    text = lines(everything["resources/animal.py"])
    for prefix in ("", "Async"):
        assert f"def delta(self) -> {prefix}Delta[Animal]: ..." in text
        assert (
            "def delta(self, *, token: str | None = UNSET) -> "
            f"{prefix}Delta[Animal]:"
        ) in text
        assert f"def follow(self) -> {prefix}Delta[Animal]:" in text
    assert 'return self._delta_function( "ns.delta", {"token": token}, nested(' in text
    assert (
        'return self._delta_action("ns.follow", {}, nested("animal", "Animal"))' in text
    )
    assert "if TYPE_CHECKING:" in text.partition(".._runtime.delta")[0]


def test_changes_are_changes_whichever_overload_says_so() -> None:
    said = '<Annotation Term="Org.OData.Core.V1.IsDelta"/>'
    function = """<Function Name="f" IsBound="true"><Parameter Name="it"
    Type="self.x"/>{}<ReturnType Type="Collection(self.x)">{}</ReturnType></Function>"""
    text = sources(
        load(
            '<EntityType Name="x"/><EntityContainer Name="C"><Singleton Name="it" '
            'Type="self.x"/></EntityContainer>'
            + function.format("", said)
            + function.format('<Parameter Name="p" Type="Edm.String"/>', "")
        )
    )["resources/x.py"]
    assert "Pages" not in text
    assert text.count("-> Delta[X]: ...") == 2


def overloaded(*results: str, base: str = "self.x", more: str = "") -> str:
    """The module of a type with overloads of one function, with so many parameters each
    as it comes in the order."""
    parameter = '<Parameter Name="p{}" Type="Edm.String"/>'
    functions = [
        f'<Function Name="f" IsBound="true" {more}>'
        f'<Parameter Name="it" Type="{"self.x" if number else base}"/>'
        + "".join(parameter.format(each) for each in range(number))
        + f"<ReturnType {result}/></Function>"
        for number, result in enumerate(results)
    ]
    key = '<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/>'
    texts = sources(
        load(
            f'<EntityType Name="y">{key}</EntityType><EntityType Name="x" '
            'BaseType="self.y"/><EntityContainer Name="C"><Singleton Name="it" '
            'Type="self.x"/></EntityContainer>' + "".join(functions)
        )
    )
    assert faults(texts) == []
    return lines(texts["resources/x.py"])


@pytest.mark.parametrize("base", ["self.x", "self.y"])
def test_overloads_that_give_something_else_are_methods_of_their_own(base: str) -> None:
    text = overloaded(
        *('Type="Edm.String"', 'Type="Collection(Edm.Date)"', 'Type="Edm.Stream"'),
        'Type="Edm.String" Nullable="false"',
        base=base,
    )
    assert "def f_date_list(self, *, p0: str | None) -> Pages[dt.date]:" in text
    assert "def f_stream(self, *, p0: str | None, p1: str | None) -> bytes:" in text
    # those that differ in null alone are one, which may give null
    assert "@overload def f(self) -> str | None: ..." in text
    p2 = "p0: str | None, p1: str | None, p2: str | None"
    assert f"@overload def f(self, *, {p2}) -> str: ..." in text
    assert "p2: str | None = UNSET ) -> str | None:" in text
    assert '"ns.f", {"p0": p0, "p1": p1, "p2": p2}, optional(STRING) )' in text


def test_functions_that_lead_to_other_places_are_methods_of_their_own() -> None:
    text = overloaded('Type="self.y"', 'Type="self.x"', more='IsComposable="true"')
    assert "def f(self) -> YResource:" in text
    assert "def f_x(self, *, p0: str | None) -> XResource:" in text
