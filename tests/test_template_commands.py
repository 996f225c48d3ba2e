"""`specwright templates`, and targets with templates of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.emitters import context

SPEC = Path(__file__).parents[1] / "specs" / "graph-qrpin.csdl"
CONFIG = f"""
[[target]]
spec = "{SPEC.as_posix()}"
package = "pins"
out = "src"
emit = ["python", "docs"]
include = ["microsoft.graph.qrPin"]
templates = "mine"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration that has templates, which is the current one."""
    (tmp_path / "specwright.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_list_has_all_templates_with_their_blocks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", "eject", "python/empty.py.j2", "mine"]) == 0
    capsys.readouterr()
    assert main(["templates", "list", "mine"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == list(context.names())
    assert ["python/empty.py.j2", "-", "overridden"] in lines
    assert ["docs/changelog.md.j2", "changes, end"] in lines


def test_an_ejected_template_is_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", "eject", "--blocks", "python/model.py.j2", "mine"]) == 0
    assert "mine/python/model.py.j2 is yours" in capsys.readouterr().err
    path = folder / "mine" / "python" / "model.py.j2"
    ours = path.read_text("utf-8")
    assert main(["generate"]) == 0
    before = (folder / "src" / "pins" / "models" / "qr_pin.py").read_text("utf-8")
    end = "{% block end %}\n"
    path.write_text(ours.replace(end, f"{end}\n\nOWN=1\n"), "utf-8")
    assert main(["check"]) == 1
    assert "\n+OWN = 1\n" in capsys.readouterr().out
    assert main(["generate"]) == 0
    after = (folder / "src" / "pins" / "models" / "qr_pin.py").read_text("utf-8")
    assert after == f"{before}\n\nOWN = 1\n"
    options = ["--spec", str(SPEC), "--package", "pins", "--out", "src"]
    options += ["--include", "microsoft.graph.qrPin", "--emit", "python,docs"]
    assert main(["check", *options, "--templates", "mine"]) == 0
    assert main(["check", *options]) == 1


def test_what_is_there_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "templates" / "docs" / "enum.md.j2"
    assert main(["templates", "eject", "docs/enum.md.j2"]) == 0
    path.write_text("mine")
    assert main(["templates", "eject", "docs/enum.md.j2"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["docs/enmu.md.j2"], "did you mean 'docs/enum.md.j2'?"),
        (["../specs/graph-qrpin.csdl"], "there is no template"),
        (["--blocks", "python/empty.py.j2"], "has no blocks"),
    ],
)
def test_what_cannot_be_ejected_is_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["templates", "eject", *arguments])
    assert caught.value.code == 2
    assert words in capsys.readouterr().err
    assert not (folder / "templates").exists()


def test_faults_of_templates_are_told_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate"]) == 2
    assert (
        "mine: error: the folder of templates is not there" in capsys.readouterr().err
    )
    path = folder / "mine" / "docs" / "resource.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text('{% include "docs/head.md.j2" %}\n\n{{ view.nothing }}\n')
    assert main(["generate"]) == 2
    message = capsys.readouterr().err
    assert message.startswith("mine/docs/resource.md.j2:3: error: ")
    assert message.endswith("[template-failed]\n") and "Traceback" not in message
    assert not (folder / "src").exists()


def test_the_context_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "context"]) == 0
    assert capsys.readouterr().out.startswith("# What templates are given\n")
