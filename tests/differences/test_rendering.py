"""Changes as text, as a changelog and as JSON, and the command that prints them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import markdown
import pytest
from differences.comparing import compare
from markdown_it import MarkdownIt
from support import csdl

from generator.cli import main
from generator.diff import Change, Grade, Kind, rendering
from generator.markup import escaped

OLD = """
<ComplexType Name="B"><Property Name="gone" Type="Edm.String"/></ComplexType>
<ComplexType Name="A" BaseType="ns.B"/>
"""
NEW = """
<ComplexType Name="B"/><ComplexType Name="A" BaseType="ns.B"/>
<ComplexType Name="N"/>
"""


def test_text_puts_what_breaks_first_and_tells_once_what_is_inherited() -> None:
    lines = list(rendering.text_lines(compare(OLD, NEW)))
    assert lines == [
        "old.csdl:3:23: breaking: ns.B/gone: the property was removed (and so in 1"
        " derived type). Reading, setting or selecting the attribute fails, in checkers"
        " and at run time. [property-removed]",
        "new.csdl:4:1: compatible: ns.N: the complex type is new. There is one more"
        " class. [type-added]",
    ]


def test_text_names_both_places_of_what_stands_in_both() -> None:
    changes = compare(
        '<ComplexType Name="T"/>', '\n<ComplexType Name="T" Abstract="true"/>'
    )
    (line,) = rendering.text_lines(changes)
    assert line.startswith("new.csdl:3:1: breaking: ns.T: is now abstract. ")
    assert line.endswith(" [abstract] (was old.csdl:2:1)")


def test_json_holds_everything() -> None:
    found = json.loads(rendering.json_text(compare(OLD, NEW)))
    assert found["summary"] == {"breaking": 1, "compatible": 1, "documentation": 0}
    inherited, removed, added = found["changes"]
    assert (inherited["target"], inherited["inherited_from"]) == ("ns.A/gone", "ns.B")
    place = {"file": "old.csdl", "line": 3, "column": 23, "pointer": ""}
    assert removed["old"] == place
    assert removed["new"] is None
    assert added["kind"] == "type-added"
    assert set(added) == {
        "consequence",
        "grade",
        "group",
        "inherited_from",
        "kind",
        "new",
        "old",
        "target",
        "text",
    }


def test_a_changelog_is_grouped_by_type() -> None:
    text = rendering.changelog(compare(OLD, NEW), "Changes of Zoo", {"ns.B": "b.md"})
    assert text == (
        "# Changes of Zoo\n\n1 breaking, 1 compatible, 0 documentation.\n\n"
        "## [`ns.B`](b.md)\n\n"
        "- **breaking** `gone`: the property was removed (and so in 1 derived type)."
        " Reading, setting or selecting the attribute fails, in checkers and at run"
        " time.\n\n"
        "## New types\n\n"
        "- **compatible** `ns.N`: the complex type is new. There is one more class.\n"
    )


def test_no_change_gives_a_changelog_that_says_so() -> None:
    assert rendering.changelog(()) == (
        "# Changes\n\n0 breaking, 0 compatible, 0 documentation.\n"
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "a\n\n# heading\n- item",
    "[x](javascript:alert(1)) ![y](z)",
    "`` ` code `",
    "*a* __b__ ~~c~~ {{ d }} {% e %} | f",
    "https://example.org www.example.org <a@b.c> &amp;",
    "\\`<b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_spec_is_no_markup_in_a_changelog(text: str) -> None:
    change = Change(Kind.DEFAULT, text, Grade.COMPATIBLE, text, "Nothing.", group=text)
    lines = rendering.changelog([change], title=text)
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    tokens = parser.parse(lines)
    found = [token.type for token in tokens if token.type.endswith("_open")]
    assert found == [
        "heading_open",
        "paragraph_open",
        "heading_open",
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {child.type for child in inline}
    assert kinds <= {
        "text",
        "code_inline",
        "strong_open",
        "strong_close",
        "text_special",
    }
    shown = " ".join(text.split())
    codes = [child.content for child in inline if child.type == "code_inline"]
    assert codes == [shown.strip(), shown.strip()]
    prose = re.sub(r"`+.*?`+", "", lines.replace("\\", ""))
    assert "Nothing." in prose


@pytest.mark.parametrize("text", [*HOSTILE, "$filter ~ 50 % of a@b.c & <d> | e: f:g"])
def test_the_site_shows_text_of_a_spec_as_it_is(text: str) -> None:
    """Python-Markdown, which makes the site, knows fewer backslash escapes than
    CommonMark has and would show the others."""
    html = markdown.markdown(escaped(" ".join(text.split())), extensions=["tables"])
    assert re.findall("<[^>]*>", html) == ["<p>", "</p>"]
    assert unescape(html.removeprefix("<p>").removesuffix("</p>")) == " ".join(
        text.split()
    )


def test_what_looks_like_an_address_or_a_template_is_broken_up() -> None:
    found = escaped("see https://x.org, www.x.org, a@b.c, {{ x }} {% y %}")
    for harmful in ("https://", "www.", "a@b", "{{", "{%"):
        assert harmful not in found


def test_nothing_hides_in_a_changelog() -> None:
    text = "a\u202eb\u200b"
    change = Change(Kind.DEFAULT, text, Grade.COMPATIBLE, text, "Nothing.", group=text)
    found = rendering.changelog([change], title=text)
    assert "\u202e" not in found and "\u200b" not in found


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions of a document in the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("old.csdl").write_bytes(csdl(OLD).data)
    Path("new.csdl").write_bytes(csdl(NEW).data)
    said = '<Annotations Target="ns.B"><Annotation Term="x.y"/></Annotations>'
    Path("more.csdl").write_bytes(csdl(OLD + said).data)


pytestmark = pytest.mark.usefixtures("specs")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["old.csdl", "new.csdl"], 0),
        (["old.csdl", "new.csdl", "--fail-on", "breaking"], 1),
        (["old.csdl", "new.csdl", "--fail-on", "any"], 1),
        (["old.csdl", "old.csdl", "--fail-on", "any"], 0),
        (["old.csdl", "more.csdl", "--fail-on", "breaking"], 0),
        (["old.csdl", "more.csdl", "--fail-on", "any"], 1),
        (["old.csdl", "missing.csdl"], 2),
    ],
)
def test_the_exit_status_answers(arguments: list[str], status: int) -> None:
    assert main(["diff", *arguments]) == status


def test_each_form_goes_to_standard_output_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["diff", "old.csdl", "new.csdl", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["breaking"] == 1
    assert main(["diff", "old.csdl", "new.csdl", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# Changes\n\n1 breaking")
    assert main(["diff", "old.csdl", "new.csdl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("old.csdl:3:23: breaking: ns.B/gone")
    assert lines[2].startswith("1 breaking, 1 compatible, 0 documentation in ")


def test_a_missing_version_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "missing.csdl", "new.csdl"]) == 2
    assert "missing.csdl: error: there is no such file" in capsys.readouterr().err


def test_annotations_count_for_both_versions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = '<Annotations Target="ns.B"><Annotation Term="x.y"/></Annotations>'
    Path("said.csdl").write_bytes(csdl(said).data.replace(b'"ns"', b'"other"'))
    arguments = ["old.csdl", "old.csdl", "--annotations", "said.csdl"]
    assert main(["diff", *arguments, "--fail-on", "any"]) == 0
    assert capsys.readouterr().out.startswith("0 breaking")
