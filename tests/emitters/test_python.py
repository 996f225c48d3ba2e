"""Packages made of small Apis: what is written, that it imports, that it is always the
same."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import black
import pytest
from emitters.building import EVERYTHING, PACKAGE, load, past_the_reader, sources, trees
from emitters.random_apis import apis
from emitters.soundness import faults
from hypothesis import given, settings

from generator.diagnostics import Diagnostics
from generator.emitters.python import Options, emit
from generator.files import MARKER
from generator.model import (
    Access,
    AnyType,
    Api,
    Binding,
    KeyPart,
    ListOf,
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

REPOSITORY = Path(__file__).parents[2]
TEXT = Scalar(ScalarKind.STRING)
NUMBER = Scalar(ScalarKind.INT32)


@pytest.fixture(scope="module")
def everything() -> Mapping[str, str]:
    return sources(load(EVERYTHING), "https://zoo.example/v1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of everything, runtime included."""
    root = tmp_path_factory.mktemp("written")
    for file in emit(load(EVERYTHING), Options(PACKAGE, "https://zoo.example/v1")):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return root


@pytest.fixture
def package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(folder))
    yield importlib.import_module(PACKAGE)
    forget()


def forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def lines(text: str) -> str:
    """Source with every run of white space as one space."""
    return " ".join(text.split())


# --- the package


def test_everything_is_sound(everything: Mapping[str, str]) -> None:
    assert faults(everything) == []
    assert set(everything) == {
        *("__init__.py", "client.py", "py.typed"),
        *("models/__init__.py", "models/__init__.pyi", "models/_index.py"),
        *(
            f"models/{name}.py"
            for name in "animal bird egg home kind needs report thing".split()
        ),
        "resources/__init__.py",
        *(f"resources/{name}.py" for name in "animal bird egg home thing".split()),
    }


def test_every_module_bears_the_mark(everything: Mapping[str, str]) -> None:
    unmarked = [path for path in everything if not everything[path].startswith(MARKER)]
    assert unmarked == ["py.typed"]


def test_the_runtime_is_a_copy() -> None:
    runtime = REPOSITORY / "generator" / "runtime"
    copies = {
        file.path.rpartition("/")[2]: file.data
        for file in emit(load("<EntityContainer Name='C'/>"), Options(PACKAGE))
        if "/_runtime/" in file.path
    }
    assert copies == {path.name: path.read_bytes() for path in runtime.glob("*.py")}


def test_black_leaves_everything_as_it_is(everything: Mapping[str, str]) -> None:
    assert changed_by_black(everything) == []


@given(apis(every=True))
@settings(max_examples=25)
def test_black_leaves_awkward_packages_as_they_are(api: Api) -> None:
    assert changed_by_black(sources(api)) == []


def changed_by_black(texts: Mapping[str, str]) -> list[str]:
    return [
        path
        for path, text in texts.items()
        if path.endswith((".py", ".pyi"))
        if black.format_str(text, mode=black.Mode(is_pyi=path.endswith("i"))) != text
    ]


def test_no_module_waits_for_another_that_waits_for_it(
    everything: Mapping[str, str],
) -> None:
    graph = {
        path: {f"{place}.py" for place in imported(path, tree)}
        for path, tree in trees(everything).items()
    }
    assert "models/thing.py" in graph["models/animal.py"]
    assert "models/animal.py" in graph["resources/animal.py"]
    assert "resources/egg.py" not in graph["resources/animal.py"]
    TopologicalSorter(graph).prepare()


def imported(path: str, tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports at run time, of the package."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            parts = (node.module or "").split(".")
            yield "/".join([*path.split("/")[: -node.level], *parts])


def test_every_module_can_be_the_first_to_be_imported(
    folder: Path, everything: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(folder))
    for path in everything:
        if path.endswith(".py"):
            forget()
            name = f"{PACKAGE}/{path}".removesuffix(".py").removesuffix("/__init__")
            importlib.import_module(name.replace("/", "."))
    forget()


def test_a_package_names_its_types_and_imports_them_late(package: ModuleType) -> None:
    models = package.models
    assert {"Animal", "Bird", "Egg", "Home", "Kind", "Needs"} <= set(dir(models))
    assert f"{PACKAGE}.models.bird" not in sys.modules
    assert models.Bird.__mro__[1:3] == (models.Animal, models.Thing)
    with pytest.raises(AttributeError, match="Wolf"):
        _ = models.Wolf


@pytest.mark.checkers
def test_mypy_finds_nothing(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", PACKAGE],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stdout


# --- models


def test_an_open_type_says_so(package: ModuleType) -> None:
    animal = package.models.Animal.from_dict({"nickname": "Rex"})
    assert animal.additional == {"nickname": "Rex"}
    animal.additional["age"] = 3
    with pytest.raises(TypeError, match="age"):
        package.models.Home.from_dict({}).additional["age"] = 3


def test_flags_are_sets(package: ModuleType) -> None:
    needs = package.models.Needs
    animal = package.models.Animal.from_dict({"needs": "food,sun"})
    assert set(animal.needs) == {needs.FOOD, needs.SUN}
    assert isinstance(package.models.Kind.CAT, str)


def test_a_type_definition_is_what_it_stands_for(everything: Mapping[str, str]) -> None:
    animal = lines(everything["models/animal.py"])
    assert 'weight: Required[Decimal] = field( "weight", DECIMAL,' in animal
    assert "grams" not in "".join(everything)


def test_kinds_of_properties(everything: Mapping[str, str]) -> None:
    animal = lines(everything["models/animal.py"])
    for declaration in (
        'made: ReadOnly[dt.datetime] = field("made", DATE_TIME, init=False)',
        'must: RequiredFlags[Needs] = field("must", flags("needs", "Needs"), nullable',
        'needs: FlagsField[Needs] = field("needs", flags("needs", "Needs"), default',
        "all_needs: ListField[Flags[Needs]] = field(",
        "years: ReadOnly[MutableSequence[int]] = field(",
        'untyped: Field[Any] = field("Untyped", default=None)',
        'immutable=True, limits=Limits(allowed_values=("red",))',
        'limits=Limits(maximum=Decimal("1.5"))',
    ):
        assert declaration in animal
    assert "photo" not in animal  # a stream is a place, not a value


def test_a_property_that_only_the_service_writes_is_read_only() -> None:
    prop = Property("made", TEXT, access=Access.READ)
    text = sources(past_the_reader([Struct("ns.x", properties=(prop,))]))
    assert 'made: ReadOnly[str] = field("made", init=False)' in text["models/x.py"]


def test_what_is_deprecated_says_so() -> None:
    text = sources(load("""
<ComplexType Name="x"><Property Name="old" Type="Edm.String">
<Annotation Term="Org.OData.Core.V1.Description" String="What it was."/>
<Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
<PropertyValue Property="Kind"
  EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
<PropertyValue Property="Date" Date="2026-01-02"/>
<PropertyValue Property="Description" String="Use new."/>
</Record></Collection></Annotation></Property></ComplexType>"""))
    doc = lines(text["models/x.py"])
    assert '"""What it was. Deprecated since 2026-01-02: Use new. """' in doc


# --- places


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


def test_lists_of_lists_and_of_anything() -> None:
    prop = Property("x", ListOf(ListOf(Named("ns.a"))))
    other = Property("y", ListOf(AnyType()))
    text = sources(past_the_reader([Struct("ns.a", properties=(prop, other))]))
    module = lines(text["models/a.py"])
    assert 'x: ListField[MutableSequence[A]] = field( "x", list_of(list_of(' in module
    assert 'y: ListField[Any] = field("y", list_of(ANY), default=None)' in module
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


# --- the same bytes, always

DIGEST = """
from emitters.test_python import digest
print(digest())
"""


def digest() -> str:
    """A hash of everything that is written."""
    files = emit(load(EVERYTHING), Options(PACKAGE))
    return sha256(
        b"".join(file.path.encode() + file.data for file in files)
    ).hexdigest()


def test_the_output_is_the_same_whatever_the_hash_seed() -> None:
    def run(seed: str) -> str:
        paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        return subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert run("1") == run("2") == digest()


def test_files_come_in_the_order_of_their_paths() -> None:
    paths = [file.path for file in emit(load(EVERYTHING), Options(PACKAGE))]
    assert paths == sorted(paths)
    assert len(paths) == len(set(paths))
