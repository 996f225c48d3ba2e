"""`specwright docs check` as a user meets it: on the stub page, and what it prints."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support import shared_file

from generator.cli import main

ROOT = Path(__file__).parents[1]

SPEC = [
    "--spec",
    str(ROOT / "specs" / "graph-qrpin.csdl"),
    "--annotations",
    str(ROOT / "specs" / "graph-qrpin.annotations.csdl"),
]

STUB = """
4:12 page-placeholder a placeholder is left: TODO: Provide GitHub Name
7:19 page-placeholder a placeholder is left: TODO: Add MS subservice
15:29 page-link the link leads to ../includes/beta-disclaimer.md
28:31 page-link the link leads to includes/permissions/qrcodepinauthenticationmethod-
49:66 page-link the link leads to resources/qrpin.md, which is not there
53:3 page-placeholder a placeholder is left: TODO: Remove properties that don't apply
56:16 page-placeholder a placeholder is left: TODO: Add Description
57:37 page-placeholder a placeholder is left: TODO: Add Description
58:2 page-property-readonly 'createdDateTime' is set by the service alone
58:35 page-placeholder a placeholder is left: TODO: Add Description
59:2 page-property-readonly 'updatedDateTime' is set by the service alone
59:35 page-placeholder a placeholder is left: TODO: Add Description
65:80 page-link the link leads to resources/qrpin.md, which is not there
83:11 page-example-type-name 'code' has the name of a type for its value: 'String'
84:31 page-example-type-name 'forceChangePinNextSignIn' has the name of a type for
85:3 page-example-readonly 'updatedDateTime' is set by the service alone
85:22 page-example-type-name 'updatedDateTime' has the name of a type for its value:
106:11 page-example-type-name 'code' has the name of a type for its value: 'String'
107:31 page-example-type-name 'forceChangePinNextSignIn' has the name of a type for
108:22 page-example-type-name 'createdDateTime' has the name of a type for its value:
109:22 page-example-type-name 'updatedDateTime' has the name of a type for its value:
"""
"""All that is wrong on the stub, which is everything that a writer was to replace:
seven placeholders, two properties that the service sets in the table of the request and
one in its example, seven values that are the names of types; and the four links to
pages that do not stand beside it."""


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the stub page alone, which is the current one."""
    folder = tmp_path / "docs" / "api"
    folder.mkdir(parents=True)
    shutil.copy(shared_file("reference/create-qrpin-page.md"), folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_stub_holds_nothing_that_is_not_found(
    stub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["docs", "check", "docs", "--format", "json", *SPEC]) == 1
    items = json.loads(capsys.readouterr().out)
    expected = STUB.strip().splitlines()
    assert len(items) == len(expected)
    for item, line in zip(items, expected, strict=True):
        assert item["file"] == "docs/api/create-qrpin-page.md"
        assert item["severity"] == "error"
        found = f"{item['line']}:{item['column']} {item['code']} {item['message']}"
        assert found.startswith(line)


def test_findings_as_text(stub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "check", "docs", *SPEC]) == 1
    *lines, summary = capsys.readouterr().out.splitlines()
    assert len(lines) == len(STUB.strip().splitlines())
    assert lines[0] == (
        "docs/api/create-qrpin-page.md:4:12: error: "
        "a placeholder is left: TODO: Provide GitHub Name [page-placeholder]"
    )
    assert summary.startswith("1 page: 21 errors, 0 warnings in ")


def write(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a b.md").write_text(text, "utf-8")


def test_nothing_wrong_is_status_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "# Fine\n")
    assert main(["docs", "check", str(tmp_path), *SPEC]) == 0
    assert capsys.readouterr().out.startswith("1 page: 0 errors, 0 warnings in ")
    for form in ("json", "sarif"):
        assert main(["docs", "check", str(tmp_path), "--format", form, *SPEC]) == 0
        json.loads(capsys.readouterr().out)


def test_mere_information_is_shown_if_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "```http\nPOST /users\n```\n\n## Request body\n\n|Property|\n|:-|\n|mail|\n"
    write(tmp_path, text)
    assert main(["docs", "check", str(tmp_path), *SPEC]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["docs", "check", str(tmp_path), "--verbose", *SPEC]) == 0
    assert "info: the table does not list " in capsys.readouterr().out


def test_a_folder_without_pages_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["docs", "check", str(tmp_path), *SPEC]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("0 pages: ") and "there is no page (*.md) in " in err


def test_the_address_of_the_service_may_be_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "```http\nGET https://x.org/a/b/you\n```\n")
    url = ["--base-url", "https://x.org/a/b"]
    assert main(["docs", "check", str(tmp_path), *SPEC]) == 0
    assert main(["docs", "check", str(tmp_path), *SPEC, *url]) == 1
    assert "nothing is called 'you' after '/'" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["docs", "check", str(tmp_path / "x"), *SPEC]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "there is no such folder [docs-folder]" in err


def test_a_broken_spec_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.csdl").write_text("<a")
    spec = ["--spec", str(tmp_path / "x.csdl")]
    assert main(["docs", "check", str(tmp_path), *spec]) == 2
    assert "csdl-not-well-formed" in capsys.readouterr().err


def sarif(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    main(["docs", "check", str(folder), "--format", "sarif", "--verbose", *SPEC])
    return json.loads(capsys.readouterr().out)


def assert_sarif(log: Any) -> Any:
    """Demand what the schema of SARIF 2.1.0 demands of the parts that are used."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert set(driver) == {"name", "version", "rules"} and driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    for result in run["results"]:
        assert set(result) == {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        assert uri and not set(uri) & set(' \\"<>^`{|}')
        region = physical.get("region", {"startLine": 1})
        assert set(region) <= {"startLine", "startColumn"}
        assert all(isinstance(n, int) and n >= 1 for n in region.values())
    return run


def test_findings_as_sarif(stub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = assert_sarif(sarif(Path("docs"), capsys))
    assert len(run["results"]) == len(STUB.strip().splitlines())
    first = run["results"][0]
    assert first == {
        "ruleId": "page-placeholder",
        "ruleIndex": 3,
        "level": "error",
        "message": {"text": "a placeholder is left: TODO: Provide GitHub Name"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "docs/api/create-qrpin-page.md"},
                    "region": {"startLine": 4, "startColumn": 12},
                }
            }
        ],
    }


def test_sarif_of_odd_names_and_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "p:q", "TODO \U0001f600 TODO\n")
    (tmp_path / "p:q" / "ä#%.md").write_bytes(b"\xff")
    (tmp_path / "p:q" / "big.md").write_text(" " * 2_000_000)
    for folder in (Path("p:q"), tmp_path / "p:q"):
        run = assert_sarif(sarif(folder, capsys))
        found = {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in run["results"]
        }
        start = "p%3Aq" if folder == Path("p:q") else (tmp_path / "p:q").as_uri()
        assert found == {
            f"{start}/{name}" for name in ("a%20b.md", "%C3%A4%23%25.md", "big.md")
        }
