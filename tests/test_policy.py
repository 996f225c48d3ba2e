"""What is made of findings: levels by code and pattern, for all targets, for one, and on
the command line; and what cannot be made less of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import codes, pipeline
from generator.cli import main
from generator.config import find_config, target_from
from generator.diagnostics import Diagnostics, Level, Severity, SpecError
from generator.diff import KINDS

EDMX = """
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="Zoo" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="Animal">
        <Key><PropertyRef Name="name"/></Key>
        <Property Name="name" Type="Edm.String" Nullable="false"/>
      </EntityType>
      {}
      <EntityContainer Name="Container">
        <EntitySet Name="animals" EntityType="Zoo.Animal"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
""".lstrip()
TWICE = '<Term Name="t" Type="Edm.Int32"/><Term Name="t" Type="Edm.Int32"/>'
TARGET = '[[target]]\nspec = "zoo.csdl"\npackage = "zoo"\nout = "src"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zoo.csdl").write_text(EDMX.format(TWICE))
    (tmp_path / "specwright.toml").write_text(TARGET)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, before: str, after: str = "") -> None:
    text = f"{before}\n{TARGET}{after}\n"
    (folder / "specwright.toml").write_text(text)


def faults(folder: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        find_config(folder)
    return [str(item).split(": ", 2)[2] for item in caught.value.diagnostics]


def severities(folder: Path) -> list[tuple[str, Severity]]:
    """What is found in the specs of the first target."""
    diagnostics = Diagnostics()
    try:
        pipeline.load(find_config(folder).targets[0], diagnostics)
    except SpecError:
        pass
    return [(item.code, item.severity) for item in diagnostics]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("error", [("csdl-duplicate-term", Severity.ERROR)]),
        ("warn", [("csdl-duplicate-term", Severity.WARNING)]),
        ("ignore", []),
    ],
)
@pytest.mark.parametrize("name", ["csdl-duplicate-term", "csdl-duplicate-*", "*"])
def test_a_level_is_given_by_name_or_pattern(
    folder: Path, name: str, level: str, expected: list[tuple[str, Severity]]
) -> None:
    configure(folder, f'[diagnostics]\n"{name}" = "{level}"')
    assert severities(folder) == expected
    configure(folder, "", f'[target.diagnostics]\n"{name}" = "{level}"')
    assert severities(folder) == expected


def test_what_is_more_specific_wins_wherever_it_stands() -> None:
    levels = [
        ("csdl-duplicate-term", Level.IGNORE),
        ("csdl-duplicate-*", Level.ERROR),
        ("csdl-*", Level.WARN),
        ("*", Level.IGNORE),
    ]
    policy = codes.resolved(levels)
    assert policy == codes.resolved(levels[::-1])
    assert policy["csdl-duplicate-term"] is Level.IGNORE
    assert policy["csdl-duplicate-name"] is Level.ERROR
    assert policy["csdl-bad-name"] is Level.WARN
    assert policy["unknown-type"] is Level.IGNORE


def test_a_target_s_own_level_goes_before_that_of_all(folder: Path) -> None:
    configure(
        folder,
        '[diagnostics]\n"csdl-duplicate-term" = "error"',
        '[target.diagnostics]\n"csdl-*" = "ignore"',
    )
    assert severities(folder) == []


def test_a_level_is_one_target_s_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = TARGET.replace('"zoo"', '"other"')
    own = '[target.diagnostics]\n"csdl-duplicate-term" = "ignore"\n'
    configure(folder, "", own + second)
    assert main(["generate", "--verbose"]) == 0
    assert capsys.readouterr().err.count("[csdl-duplicate-term]") == 1


def test_options_go_before_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, '[diagnostics]\n"csdl-duplicate-term" = "ignore"')
    assert main(["list", "types"]) == 0
    assert main(["list", "types", "--error", "csdl-duplicate-*"]) == 2
    assert "error: " in capsys.readouterr().err
    spec = ["--spec", "zoo.csdl"]
    assert main(["list", "types", "--verbose", "--warn", "*", *spec]) == 0
    assert "warning: " in capsys.readouterr().err
    assert main(["diff", "zoo.csdl", "zoo.csdl", "--error", "csdl-duplicate-term"]) == 2


def test_an_option_names_a_code_that_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--ignore", "csdl-duplicate-trem"]) == 2
    message = "unknown code 'csdl-duplicate-trem'; did you mean 'csdl-duplicate-term'?"
    assert message in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["check", "--ignore", "csdl-bad-name", "--error", "csdl-bad-name"])
    assert "--ignore and --error both name csdl-bad" in capsys.readouterr().err


def test_faults_of_a_policy_are_told(folder: Path) -> None:
    configure(
        folder,
        '[diagnostics]\n"csdl-bad-nmae" = "warn"\n"cdsl-*" = "warn"\n'
        '"csdl-bad-name" = "warning"\n"csdl-bad-facet" = 1\n"csdl-bad-type" = ""\n'
        '"csdl-not-well-formed" = "warn"\n"config-*" = "ignore"\n',
    )
    last = "cannot be less than an error: a document with such a fault is of no use"
    assert faults(folder) == [
        "configuration: diagnostics: unknown code 'csdl-bad-nmae'; did you mean "
        "'csdl-bad-name'? [config-unknown-key]",
        "configuration: diagnostics: no code fits 'cdsl-*' [config-unknown-key]",
        "configuration: diagnostics: `csdl-bad-name` is one of error, warn, ignore; "
        "found 'warning'; did you mean 'warn'? [config-value]",
        "configuration: diagnostics: `csdl-bad-facet` is a text, found the number 1 "
        "[config-type]",
        "configuration: diagnostics: `csdl-bad-type` must be given [config-missing]",
        f"configuration: diagnostics: 'csdl-not-well-formed' {last} [config-value]",
        f"configuration: diagnostics: 'config-*' {last} [config-value]",
    ]


def test_information_can_be_made_more_of(folder: Path) -> None:
    table = {"spec": "zoo.csdl", "package": "zoo", "out": ".", "emit": ["docs"]}
    pipeline.build(target_from(table), Diagnostics())
    strict = target_from({**table, "diagnostics": {"gap-*": "error"}})
    with pytest.raises(SpecError, match=r"error: type Zoo\.Animal has no description"):
        pipeline.build(strict, Diagnostics())


def test_pages_are_judged_by_the_policy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("markdown_it")
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text("# A\n\nTODO: Add Description\n")
    assert main(["docs", "check", "docs"]) == 1
    assert main(["docs", "check", "docs", "--ignore", "page-placeholder"]) == 0


API = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "paths": {
        "/animals": {
            "get": {
                "operationId": "list",
                "responses": {
                    "200": {
                        "description": "all",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Animal"}
                            }
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Animal": {"type": "object", "properties": {"name": {"type": "string"}}}
        }
    },
}
OVERLAY = {"overlay": "1.0.0", "info": {"title": "o", "version": "1"}}


def described(**changes: object) -> str:
    return json.dumps({**API, **changes})


def referring(reference: str) -> str:
    schemas = {"Animal": {"properties": {"keeper": {"$ref": reference}}}}
    return described(components={"schemas": schemas})


def overlay(*actions: dict[str, object]) -> dict[str, object]:
    return {**OVERLAY, "actions": list(actions)}


PASSING: dict[str, tuple[str, dict[str, object] | None]] = {
    "csdl-missing-attribute": (EDMX.format("<EntityType/>"), None),
    "csdl-duplicate-alias": (
        EDMX.format("").replace(
            "</edmx:DataServices>",
            '<Schema Namespace="Zoo.Two" Alias="self" '
            'xmlns="http://docs.oasis-open.org/odata/ns/edm"/></edmx:DataServices>',
        ),
        None,
    ),
    "csdl-duplicate-name": (
        EDMX.format(
            '<EnumType Name="Animal"><Member Name="m"/></EnumType>'
            '<ComplexType Name="C"><Property Name="p" Type="Edm.Int32"/>'
            '<Property Name="p" Type="Edm.String"/></ComplexType>'
            '<Action Name="a" IsBound="true"><Parameter Name="it" Type="self.Animal"/>'
            '</Action><Action Name="a" IsBound="true">'
            '<Parameter Name="it" Type="Zoo.Animal"/></Action>'
        ),
        None,
    ),
    "csdl-long-name": (EDMX.format(f'<EntityType Name="{"a" * 129}"/>'), None),
    "csdl-bad-boolean": (
        EDMX.format(
            '<EntityType Name="E" Abstract="yes" HasStream="no"/>'
            '<Action Name="f" IsBound="on"><Parameter Name="p" Type="Edm.Int32"/>'
            '</Action><ComplexType Name="C"><Property Name="p" Type="Edm.Int32" '
            'Nullable="no"/></ComplexType>'
        ),
        None,
    ),
    "csdl-bad-number": (
        EDMX.format('<EnumType Name="E"><Member Name="m" Value="1.5"/></EnumType>'),
        None,
    ),
    "csdl-bad-type": (
        EDMX.format(
            '<EnumType Name="E" UnderlyingType="Edm.String"/>'
            '<TypeDefinition Name="T" UnderlyingType="Collection(Edm.Int32)"/>'
            '<ComplexType Name="C"><Property Name="p" Type="a b"/>'
            '<Property Name="t" Type="self.T"/></ComplexType>'
        ),
        None,
    ),
    "csdl-unknown-type": (
        EDMX.format(
            '<ComplexType Name="C"><Property Name="p" Type="Edm.DateTime"/>'
            '<NavigationProperty Name="n" Type="Edm.Nothing"/></ComplexType>'
            '<Function Name="f" IsBound="true"><Parameter Name="it" Type="Edm.No"/>'
            '<ReturnType Type="Edm.No"/></Function>'
        ),
        None,
    ),
    "openapi-bad-path": (described(paths={"animals": {}, **API["paths"]}), None),
    "openapi-reference-unknown": (referring("#/components/schemas/Keeper"), None),
    "openapi-reference-not-read": (referring("other.json#/Keeper"), None),
    "overlay-unmatched": (
        described(),
        overlay({"target": "$.nothing", "update": {}}),
    ),
    "overlay-copy": (
        described(),
        {
            **overlay({"target": "$.info", "copy": "$.nothing"}),
            "overlay": "1.1.0",
        },
    ),
    "overlay-kind": (described(), overlay({"target": "$.info", "update": [1]})),
}


def test_every_error_that_may_pass_is_tried() -> None:
    passing = {
        code
        for code, known in codes.all_codes().items()
        if known.may_pass and not code.startswith("page-")
    }
    assert passing == {*PASSING, "openapi-several", "slice-unmatched"}


def built(folder: Path, code: str, **more: object) -> None:
    """Generate everything with a code ignored; every module is Python."""
    table = {"package": "zoo", "out": ".", "emit": ["python", "docs", "openapi"]}
    with pytest.raises(SpecError, match=rf"error: .*\[{code}\]"):
        pipeline.build(target_from({**table, **more}), Diagnostics())
    diagnostics = Diagnostics()
    target = target_from({**table, **more, "diagnostics": {code: "warn"}})
    made = pipeline.build(target, diagnostics)
    assert (code, Severity.WARNING) in {(d.code, d.severity) for d in diagnostics}
    assert made.files
    for file in made.files:
        if file.path.endswith(".py"):
            compile(file.data, file.path, "exec")


@pytest.mark.parametrize("code", PASSING)
def test_what_may_pass_gives_a_package(folder: Path, code: str) -> None:
    text, changes = PASSING[code]
    (folder / "spec").write_text(text)
    (folder / "overlay").write_text(json.dumps(changes))
    built(folder, code, spec="spec", annotations=["overlay"] if changes else [])


def test_several_descriptions_and_lost_patterns_may_pass(folder: Path) -> None:
    for name in ("a.json", "b.json"):
        (folder / name).write_text(described())
    built(folder, "openapi-several", spec=["a.json", "b.json"])
    include = ["Zoo.Animal", "Zoo.Anmial"]
    built(folder, "slice-unmatched", spec="zoo.csdl", include=include)


def test_a_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "csdl-duplicate-term"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("csdl-duplicate-term (warning): a term that is defined twice")
    assert "--ignore csdl-duplicate-term" in out
    assert main(["explain", "csdl-not-well-formed"]) == 0
    assert "cannot be less than an error" in capsys.readouterr().out
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(codes.all_codes())
    assert main(["explain", "overlay-*"]) == 0
    lines = capsys.readouterr().out.splitlines()
    overlays = [code for code in codes.all_codes() if code.startswith("overlay-")]
    assert overlays and [line.split("\t")[0] for line in lines] == overlays
    assert main(["explain", "csdl-duplicate-trem"]) == 1
    assert "did you mean 'csdl-duplicate-term'?" in capsys.readouterr().err


def test_a_code_of_a_change_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for kind, meaning in KINDS.items():
        assert main(["explain", kind]) == 0
        line = capsys.readouterr().out.splitlines()[0]
        assert line == f"{kind} (a change that diff tells of): {meaning}"
    assert main(["explain", "binding-target"]) == 0  # the code of a finding, too
    assert "--ignore binding-target" in capsys.readouterr().out
    assert main(["explain", "root-remvoed"]) == 1
    assert "did you mean 'root-removed'?" in capsys.readouterr().err
    assert main(["check", "--error", "root-removed"]) == 2  # no policy judges it
