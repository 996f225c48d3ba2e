"""Changes of OpenAPI descriptions as a changelog, and the command that prints them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from differences.descriptions import BASE, FEED, changed, compare, query

from generator.cli import main
from generator.diff import rendering


def test_the_changelog_groups_by_tag() -> None:
    changes = compare(
        {}, {f"{FEED} parameters +": query("slowly"), "info version": "2"}
    )
    text = rendering.changelog(changes)
    assert text.index("## The service") < text.index("## `animals`")
    assert "`feed/slowly`: a parameter of type string was added" in text


def test_the_command_names_lines_of_both_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(BASE, indent=1))
    new.write_text(
        json.dumps(changed({f"{FEED} parameters 1 required": True}), indent=1)
    )
    assert main(["diff", str(old), str(new), "--fail-on", "breaking"]) == 1
    line, summary = capsys.readouterr().out.splitlines()
    texts = [path.read_text().splitlines() for path in (old, new)]
    numbers = [
        next(i for i, each in enumerate(text) if '"how"' in each) for text in texts
    ]
    assert line.startswith(f"{new}:{numbers[1]}:")
    assert f"(was {old}:{numbers[0]}:" in line
    assert summary.startswith("1 breaking, 0 compatible, 0 documentation in ")


def test_both_versions_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old.json", "new.json"):
        (tmp_path / name).write_text('{"openapi": "3.1.0"')
    files = [str(tmp_path / name) for name in ("old.json", "new.json")]
    assert main(["diff", *files]) == 2
    message = capsys.readouterr().err
    assert files[0] in message and files[1] in message
