"""`specwright init`: a configuration that works at once, and nothing lost."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from pathlib import Path

import pytest
from server import Server

from generator.cli import main
from generator.config import find_config
from generator.diagnostics import SpecError
from generator.starter.guessing import kind_of, package_for
from generator.readers.source import Source

CSDL = (
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'
    '<edmx:DataServices><Schema Namespace="Zoo" '
    'xmlns="http://docs.oasis-open.org/odata/ns/edm">'
    '<EntityType Name="Animal"><Key><PropertyRef Name="id"/></Key>'
    '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>'
    '<EntityContainer Name="C"><EntitySet Name="animals" EntityType="Zoo.Animal"/>'
    "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
)
API = 'openapi: "3.1.0"\ninfo: {title: Zoo, version: "1"}\npaths: {}\n'
PROJECT = """\
# keep   me
[project]   # and my spaces
name="x"
version = '1'

[tool.other]
list = [
  1,  # one
]"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zoo.csdl").write_text(CSDL)
    return tmp_path


def test_a_project_s_own_file_is_added_to(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = folder / "pyproject.toml"
    project.write_text(PROJECT)
    project.chmod(0o640)
    assert main(["init", "--spec", "zoo.csdl"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "pyproject.toml: package zoo of OData CSDL\n"
        "write it with: specwright generate\n"
    )
    text = project.read_text()
    assert text.startswith(PROJECT + "\n\n# OData CSDL; ")
    assert project.stat().st_mode & 0o777 == 0o640
    added = tomllib.loads(text)["tool"]["specwright"]
    assert added == {"target": [{"spec": "zoo.csdl", "package": "zoo", "out": "."}]}
    assert main(["generate"]) == 0
    assert (folder / "zoo" / "client.py").is_file()
    assert sorted(path.name for path in folder.iterdir()) == [
        "pyproject.toml",
        "specwright.lock",
        "zoo",
        "zoo.csdl",
    ]


def test_without_a_project_there_is_a_file_of_our_own(folder: Path) -> None:
    (folder / "src").mkdir()
    assert main(["init"]) == 0
    (target,) = find_config(folder).targets
    assert (target.package, target.out) == ("zoo", Path("src"))
    assert target.spec == (Path("zoo.csdl"),)


def test_what_is_told_goes_in(folder: Path) -> None:
    (folder / 'it\'s a "b"\\.csdl').write_text(CSDL)
    options = ["--package", "pets", "--out", "lib", "--emit", "python,docs"]
    options += ["--base-url", "https://a.example", "--include", "Zoo.Animal"]
    options += ["--include", "GET /animals", "--depth", "2", "--no-validate"]
    specs = ["--spec", "zoo.csdl", "--spec", 'it\'s a "b"\\.csdl']
    assert main(["init", *specs, *options]) == 0
    (target,) = find_config(folder).targets
    assert list(map(str, target.spec)) == ["zoo.csdl", 'it\'s a "b"\\.csdl']
    assert target.include == ("Zoo.Animal", "GET /animals")
    assert (target.package, target.out, target.depth) == ("pets", Path("lib"), 2)
    assert (target.emit, target.base_url) == (("python", "docs"), "https://a.example")
    assert target.validate is False


def test_every_comment_is_an_entry_that_works(folder: Path) -> None:
    for name, text in (("zoo.csdl", CSDL), ("api.yaml", API)):
        (folder / name).write_text(text)
        assert main(["init", "--spec", name]) == 0
        file = folder / "specwright.toml"
        text = re.sub(r"^# (?=\w+ = )", "", file.read_text(), flags=re.MULTILINE)
        file.write_text(text.replace("https://...", "https://a.example"))
        (target,) = find_config(folder).targets
        assert target.include and target.base_url and len(target.emit) == 3
        assert target.depth == (1 if name == "zoo.csdl" else None)
        file.unlink()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("specwright.toml", ""),
        ("pyproject.toml", "[tool.specwright]\n"),
        ("pyproject.toml", "[[tool.specwright.target]]\nname = 'a'\n"),
    ],
)
def test_a_configuration_is_never_written_over(
    folder: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text(text)
    assert main(["init", "--spec", "zoo.csdl"]) == 2
    section = "tool.specwright." if name == "pyproject.toml" else ""
    message = f"is a configuration already; add a [[{section}target]] to it"
    assert message in capsys.readouterr().err
    assert (folder / name).read_text() == text
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    "text",
    [
        "tool = { other = 1 }\n",
        "[tool\n",
        "tool = 1\n",
        "[[tool]]\n",
        "\ufeff[tool.a]\n",
    ],
)
def test_a_file_that_cannot_be_added_to_is_left(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project = folder / "pyproject.toml"
    project.write_text(text)
    assert main(["init", "--spec", "zoo.csdl"]) == 2
    assert "[config-toml]" in capsys.readouterr().err
    assert project.read_text() == text


def test_line_ends_stay_as_they_are(folder: Path) -> None:
    project = folder / "pyproject.toml"
    before = PROJECT.replace("\n", "\r\n").encode() + b"\r\n"
    project.write_bytes(before)
    assert main(["init"]) == 0
    after = project.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_link_to_a_project_stays_a_link(folder: Path) -> None:
    (folder / "real.toml").write_text(PROJECT)
    (folder / "pyproject.toml").symlink_to("real.toml")
    assert main(["init"]) == 0
    assert (folder / "pyproject.toml").is_symlink()
    assert "specwright" in (folder / "real.toml").read_text()


def test_one_description_is_found_and_of_several_none_is_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "specs").mkdir()
    (folder / "package.json").write_text('{"name": "x"}')
    (folder / "specs" / "changes.yaml").write_text("overlay: 1.0.0\n")
    (folder / "specs" / "api.yaml").write_text(API)
    assert main(["init"]) == 2
    assert "--spec; there are zoo.csdl, specs/api.yaml" in capsys.readouterr().err
    (folder / "zoo.csdl").unlink()
    assert main(["init"]) == 0
    assert "package api_client of OpenAPI 3.1" in capsys.readouterr().out
    (folder / "specwright.toml").unlink()
    (folder / "specs" / "api.yaml").unlink()
    assert main(["init"]) == 2
    assert "with --spec; none is here or in specs, spec," in capsys.readouterr().err
    assert not (folder / "specwright.toml").exists()


def test_a_url_is_tried_before_it_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server([(200, {}, CSDL), (404, {}, "")]) as server:
        options = ["init", "--allow-local", "--spec"]
        assert main([*options, f"{server.url}/v1/$metadata"]) == 0
        (target,) = find_config(folder).targets
        assert (
            target.allow_local and str(target.spec[0]) == f"{server.url}/v1/$metadata"
        )
        (folder / "specwright.toml").unlink()
        assert main([*options, f"{server.url}/nothing"]) == 2
    assert not (folder / "specwright.toml").exists()


def test_what_cannot_be_configured_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "changes.yaml").write_text("overlay: 1.0.0\n")
    for spec, message in (
        ("-", "standard input cannot be configured"),
        ("none.csdl", "no such file"),
        ("changes.yaml", "neither OData CSDL nor"),
    ):
        assert main(["init", "--spec", spec]) == 2
        assert message in capsys.readouterr().err
    assert main(["init", "--package", "class"]) == 2
    assert not (folder / "specwright.toml").exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CSDL.encode(), "OData CSDL"),
        (CSDL.encode("utf-16"), "OData CSDL"),
        (API.encode(), "OpenAPI 3.1"),
        (json.dumps({"swagger": "2.0"}).encode(), "Swagger 2.0"),
        (b"{openapi: 3.0.3}", "OpenAPI 3.0"),
    ],
)
def test_a_description_says_what_it_is(data: bytes, expected: str) -> None:
    assert kind_of(Source("x", data)) == expected


@pytest.mark.parametrize("data", [b"", b"<html/>", b"{}", b"overlay: 1.0.0", b"\0"])
def test_what_is_no_description_is_refused(data: bytes) -> None:
    with pytest.raises(SpecError, match="neither OData CSDL nor"):
        kind_of(Source("x", data))


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("specs/library.openapi.yaml", "library"),
        ("graph-v1.0.csdl.gz", "graph_v1_0"),
        ("https://graph.microsoft.com/v1.0/$metadata", "microsoft"),
        ("https://api.example/specs/petStore.json?token=x", "pet_store"),
        ("https://localhost/openapi.json", "api_client"),
        ("openapi.yaml", "api_client"),
        ("json.yaml", "api_json"),
        ("class.csdl", "api_class"),
        ("types.csdl", "api_types"),
        ("2024-11.csdl", "api_2024_11"),
        ("\u0437\u043e\u043e.csdl", "api_client"),
        ("specs", "specs"),
    ],
)
def test_a_package_is_named_after_its_description(spec: str, expected: str) -> None:
    assert package_for(spec) == expected


def test_a_compressed_description_is_found(folder: Path) -> None:
    (folder / "zoo.csdl").unlink()
    (folder / "zoo.csdl.gz").write_bytes(gzip.compress(CSDL.encode()))
    assert main(["init"]) == 0
    assert find_config(folder).targets[0].spec == (Path("zoo.csdl.gz"),)
