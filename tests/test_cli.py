"""The command line as a user meets it: output, messages, exit status, files
untouched."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pace import at_most

from generator import __version__, config, outputs
from generator.cli import main
from generator.console import Console
from generator.diagnostics import Diagnostics
from generator.files import File
from generator.model import Api, Place
from generator.progress import Progress
from generator.report import printable, report_lines

ROOT = Path(__file__).parents[1]
SPEC = """
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="Zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="Animal">
        <Key><PropertyRef Name="name"/></Key>
        <Property Name="name" Type="Edm.String" Nullable="false"/>
      </EntityType>
      <EnumType Name="Size"><Member Name="small"/></EnumType>
      <EntityContainer Name="Container">
        <EntitySet Name="animals" EntityType="Zoo.Animal"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
""".lstrip()
CONFIG = '[[target]]\nspec = "zoo.csdl"\npackage = "zoo"\nout = "src"\n'
AD_HOC = ["--spec", "zoo.csdl", "--package", "zoo", "--out", "src"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec and a configuration, which is the current one."""
    (tmp_path / "zoo.csdl").write_text(SPEC)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60
    )


def test_generate_writes_the_targets_and_sums_up(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate"]) == 0
    out, err = capsys.readouterr()
    assert (folder / "src" / "zoo" / "models" / "animal.py").is_file()
    assert out.startswith("zoo: 2 types, ") and out.endswith(" s\n")
    assert " operations, " in out and " new)" in out
    assert err == ""


def test_options_and_configuration_give_the_same(folder: Path) -> None:
    assert main(["generate"]) == 0
    configured = tree(folder / "src")
    other = [*AD_HOC[:-1], "other"]
    assert main(["generate", *other]) == 0
    other_tree = tree(folder / "other")
    assert other_tree.pop("zoo.specwright.lock")
    assert other_tree == configured


def test_a_second_run_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    before = {path: path.stat().st_mtime_ns for path in (folder / "src").rglob("*")}
    assert main(["generate"]) == 0
    assert "(all the same)" in capsys.readouterr().out
    assert before == {p: p.stat().st_mtime_ns for p in (folder / "src").rglob("*")}


def test_check_says_no_with_a_diff_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1
    out_of_date = "zoo is out of date: run specwright generate\n"
    assert capsys.readouterr().err.endswith(out_of_date)
    assert not (folder / "src").exists()
    main(["generate"])
    assert main(["check"]) == 0
    module = folder / "src" / "zoo" / "models" / "animal.py"
    module.write_text(module.read_text().replace("class Animal", "class Beast"))
    before = tree(folder)
    capsys.readouterr()
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert err.endswith("or lose them by specwright generate --force\n")
    assert "--- a/zoo/models/animal.py\n+++ b/zoo/models/animal.py\n@@ " in out
    assert "\n-class Beast(" in out and "\n+class Animal(" in out
    assert tree(folder) == before


def test_list_types_and_operations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "types"]) == 0
    assert capsys.readouterr().out == "Zoo.Animal\tentity type\nZoo.Size\tenum type\n"
    assert main(["list", "types", "ANI"]) == 0
    assert capsys.readouterr().out == "Zoo.Animal\tentity type\n"
    assert main(["list", "types", "S*"]) == 0
    assert capsys.readouterr().out == "Zoo.Size\tenum type\n"
    assert main(["list", "operations", "--spec", "zoo.csdl", "create"]) == 0
    assert capsys.readouterr().out == "POST\tZoo.Animal[]\tcreate\n"


def test_list_paths(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "paths"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "GET\t/animals" in lines
    assert any(line.startswith("DELETE\t/animals/{") for line in lines) or any(
        line.startswith("DELETE\t/animals(") for line in lines
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("list types nothing", "there are no types like 'nothing'"),
        ("list types Animl", "no types like 'Animl'; did you mean 'Zoo.Animal'?"),
        ("list operations cretae", "like 'cretae'; did you mean 'create'?"),
        ("list paths /Animals", "called 'Animals' after '/'; did you mean 'animals'?"),
        ("list paths nme", "further down there may be, as '/**/nme'"),
        ("why Zoo.Animl", "is called 'Zoo.Animl'; did you mean 'Zoo.Animal'?"),
        (
            "why Animal --spec zoo.csdl --include Size",
            "nothing that is included leads to 'Animal'",
        ),
    ],
)
def test_nothing_found_is_a_no_and_may_be_misspelt(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments.split()) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.endswith(f"{message}\n")


def test_why_names_the_way_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "Zoo.Animal", "--spec", "zoo.csdl", "--include", "Animal"]) == 0
    assert "Zoo.Animal" in capsys.readouterr().out


def test_a_broken_spec_leaves_the_output_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    before = tree(folder / "src")
    capsys.readouterr()
    (folder / "zoo.csdl").write_text(SPEC.replace('Name="Animal"', "", 1))
    assert main(["generate"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("zoo.csdl:4:7: error: ") and "[csdl-" in err
    assert tree(folder / "src") == before


def test_one_broken_target_stops_all(folder: Path) -> None:
    (folder / "broken.csdl").write_text("<edmx")
    more = CONFIG.replace("zoo", "broken")
    (folder / "specwright.toml").write_text(CONFIG + more)
    assert main(["generate"]) == 2
    assert not (folder / "src").exists()
    assert main(["generate", "--target", "zoo"]) == 0


def test_all_missing_files_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    specs = ["--spec", "one.csdl", "--spec", "two.csdl", "--annotations", "three.csdl"]
    assert main(["list", "types", *specs]) == 2
    err = capsys.readouterr().err
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "one.csdl",
        "two.csdl",
        "three.csdl",
    ]


def test_foreign_files_are_named_and_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = folder / "src" / "zoo" / "mine.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine = 1\n")
    assert main(["generate"]) == 2
    assert "mine.py" in capsys.readouterr().err
    assert tree(folder / "src") == {"zoo/mine.py": b"mine = 1\n"}
    assert main(["generate", "--force"]) == 0
    assert not mine.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: COMMAND"),
        (["generat"], "'generat' is none of init, generate, check"),
        (["generat"], "did you mean 'generate'?"),
        (
            ["generate", "--speck=a"],
            "no option --speck; did you mean '--spec'?\nsee: specwright generate --help",
        ),
        (["generate", "zoo.csdl"], "too much; a description is given by --spec zoo"),
        (["explain", "a", "b"], "'b' is too much\nsee"),
        (["generate", "--packag", "zoo"], "no option --packag; did"),
        (["generate", "--spec", "zoo.csdl"], "--package and --out must be given"),
        (["generate", "--package", "zoo"], "needs --spec"),
        (["generate", "--target", "zoo", *AD_HOC], "--target names a configured"),
        (["generate", "--quiet", "--verbose"], "not allowed with"),
        (["list", "everything"], "none of types, operations, paths\n"),
        (["list", "types", "--depth", "x"], "invalid int value"),
    ],
    ids=" ".join,
)
def test_wrong_options_are_explained(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert message in err and len(err.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["generate", "--target", "zo"], "no target 'zo'; did you mean 'zoo'?"),
        (["generate", *AD_HOC[:3], "../zoo", *AD_HOC[4:]], "`package` is the name"),
        (["generate", *AD_HOC, "--emit", "pyton"], "did you mean 'python'?"),
        (["generate", *AD_HOC, "--base-url", "x"], "`base_url` begins with"),
    ],
    ids=str,
)
def test_wrong_values_are_explained(
    folder: Path,
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "src").exists()


def test_several_targets_need_a_choice_where_one_is_meant(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "specwright.toml").write_text(CONFIG + CONFIG.replace('"zoo"', '"b"'))
    with pytest.raises(SystemExit):
        main(["list", "types"])
    assert "--target: zoo, b" in capsys.readouterr().err
    assert main(["list", "types", "--target", "b"]) == 0


def test_the_version_is_answered_without_reading_anything(folder: Path) -> None:
    (folder / "specwright.toml").write_text("broken")
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"specwright {__version__}\n")


def test_the_version_imports_none_of_the_program() -> None:
    code = (
        "import sys, generator.cli as cli\n"
        "try: cli.main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules if m.startswith('generator')))\n"
    )
    command = [sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    of_program = ("asking", "cli", "commands", "options", "outcomes")
    of_program += ("template_commands", "usage")
    known = ["generator", *(f"generator.{name}" for name in of_program)]
    assert done.stdout.splitlines()[-1].split() == known


def test_a_reader_that_stops_early_is_no_fault() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", "list", "types"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command, env=environment, stdout=writing, stderr=subprocess.PIPE, timeout=60
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check"], 1),
        (["check", "--format", "json"], 1),
        (["check", "--target", "none"], 2),
        (["diff", "zoo.csdl", "new.csdl", "--fail-on", "breaking"], 1),
        (["list", "types", "nothing"], 1),
        (["generate"], 0),
    ],
)
def test_an_answer_does_not_depend_on_who_reads_it(
    folder: Path, arguments: list[str], status: int
) -> None:
    (folder / "new.csdl").write_text(SPEC.replace('"Size"', '"Weight"'))
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", *arguments]
    try:
        done = subprocess.run(
            command, env=environment, stdout=writing, stderr=writing, timeout=60
        )
    finally:
        os.close(writing)
    assert done.returncode == status


def many(count: int) -> Diagnostics:
    found = Diagnostics()
    found.info("a-note", "a note")
    for number in range(count):
        found.warning("many", f"number {number}")
    found.error("one", "an error")
    return found


def test_thousands_of_findings_are_shown_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Those that an exception brings have been found already, all but one."""
    console = Console(quiet=False, verbose=False)
    for each in many(5000):
        getattr(console.diagnostics, each.severity)(each.code, each.message)
    with at_most(2):
        console.show_findings((*many(5000), *many(5001)))
    assert "and 4998 more warnings" in capsys.readouterr().err


def test_crowds_of_one_code_are_cut_short() -> None:
    assert list(report_lines(many(12))) == [
        "warning: number 0 [many]",
        "warning: number 1 [many]",
        "warning: number 2 [many]",
        "... and 9 more warnings [many]; see --verbose",
        "error: an error [one]",
    ]
    assert len(list(report_lines(many(10)))) == 11
    assert len(list(report_lines(many(12), verbose=True))) == 14
    assert list(report_lines(many(12), quiet=True)) == ["error: an error [one]"]


def test_findings_are_shown_by_their_places() -> None:
    found = Diagnostics()
    for line in (12, 3, 7):
        found.warning("a", "text", Place("z.csdl", line, 1))
    found.error("b", "text", Place("a.csdl", 9))
    found.error("c", "text")
    shown = [line.split(": ")[0] for line in report_lines(found)]
    assert shown == ["z.csdl:3:1", "z.csdl:7:1", "z.csdl:12:1", "a.csdl:9", "error"]


def test_text_of_a_spec_cannot_command_a_terminal() -> None:
    assert printable("é \x1b[2J\n\x9b") == "é \\x1b[2J\\n\\x9b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::add-mask::x", "\\x3a:add-mask::x"),
        ("  ::stop-commands::x", "  \\x3a:stop-commands::x"),
        ("a ##[add-matcher]b", "a #\\x23[add-matcher]b"),
        ("a::b #[c]", "a::b #[c]"),
    ],
)
def test_text_of_a_spec_cannot_command_a_workflow(text: str, shown: str) -> None:
    """GitHub Actions heed what is printed: lines that begin so, "##[" anywhere."""
    assert printable(text) == shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        progress = Progress(stream)
        progress.expect(2)
        progress("reading")
        progress("writing")
        progress.clear()
    assert file.getvalue() == ""
    drawn = terminal.getvalue()
    assert drawn.endswith("\r\x1b[K")
    assert drawn.index("reading") < drawn.index("############............] writing")


def test_a_list_of_permissions_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "permissions.json").write_text('{"permissions": {"Zoo.Read": []}}')
    options = ["--verbose", "--spec", "zoo.csdl", "--permissions", "permissions.json"]
    assert main(["list", "types", *options]) == 0
    assert "permissions.json: warning: Zoo.Read: expected" in capsys.readouterr().err
    (folder / "permissions.json").write_text("[]")
    assert main(["list", "types", *options]) == 2
    assert "[permissions-json]" in capsys.readouterr().err
    assert main(["list", "types", *options[:-1], "none.json"]) == 2
    assert "[source-missing]" in capsys.readouterr().err


def test_gaps_are_listed_counted_and_say_no(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gaps"]) == 1
    out, err = capsys.readouterr()
    lines = [line.split("\t") for line in out.splitlines()]
    assert ["description", "property", "Zoo.Animal/name"] in [row[:3] for row in lines]
    assert all(row[3].startswith("<Annotations Target=") for row in lines)
    assert err == "zoo: 6 without description, 1 without security\n"
    assert main(["gaps", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert len(found) == len(lines)
    assert found[0] == {
        "missing": "description",
        "what": "type",
        "target": "Zoo.Animal",
        "annotation": lines[0][3],
        "within": "",
        "file": "zoo.csdl",
        "line": 4,
        "column": 7,
    }


def test_a_description_without_gaps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["gaps"])
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    notes = "".join(row[3] for row in rows).replace("...", "said")
    text = SPEC.replace("</Schema>", f"{notes}</Schema>")
    (folder / "zoo.csdl").write_text(text)
    assert main(["gaps"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "zoo lacks nothing\n")
    assert main(["gaps", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_documentation_tells_how_much_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def emit(api: Api, target: config.Target, changes: str) -> list[File]:
        return []

    monkeypatch.setitem(outputs.EMITTERS, "docs", emit)
    (folder / "specwright.toml").write_text(CONFIG + 'emit = ["python", "docs"]\n')
    assert main(["generate"]) == 0
    note = "6 without description, 1 without security: see specwright gaps\n"
    assert capsys.readouterr().err == note
    assert main(["generate", "--verbose"]) == 0
    finding = "zoo.csdl:4:7: info: type Zoo.Animal has no description [gap-description]"
    assert finding in capsys.readouterr().err.splitlines()
    (folder / "specwright.toml").write_text(CONFIG + 'emit = ["python"]\n')
    assert main(["generate"]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_emitted_may_be_said_at_once_or_one_by_one(folder: Path) -> None:
    out = folder / "out"
    for emit in (["--emit", "python,docs"], ["--emit", "docs", "--emit", "python"]):
        assert main(["generate", *AD_HOC, *emit, "--out", str(out)]) == 0
        found = {path.name for path in out.iterdir()}
        assert found == {"zoo", "zoo-docs", "zoo.specwright.lock"}
        shutil.rmtree(out)


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", ""])
def test_no_number_of_processes_is_less_than_one(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as error:
        main(["generate", f"--jobs={number}"])
    assert error.value.code == 2
    assert "1 or more" in capsys.readouterr().err
