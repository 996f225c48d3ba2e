"""The reader of pages: what it takes from a page, and that no page can harm it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import at_most

from generator.diagnostics import Diagnostics, SpecError
from generator.model import Place
from generator.model.pages import JsonArray, JsonObject, JsonScalar, Page
from generator.readers.pages import read_pages
from generator.readers.pages.codes import CODES
from generator.readers.pages.json_text import DEPTH, JsonFault, parse_json


def read(folder: Path, text: str | bytes) -> tuple[Page, Diagnostics]:
    """Read one page."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "page.md").write_bytes(data)
    diagnostics = Diagnostics()
    (page,) = read_pages(folder, diagnostics)
    return page, diagnostics


def found(folder: Path, diagnostics: Diagnostics) -> list[str]:
    """Give "path[:line:column] code" for what was reported."""
    start = f"{folder.as_posix()}/"
    return [f"{item.place} {item.code}".removeprefix(start) for item in diagnostics]


def read_all(folder: Path) -> tuple[list[str], list[str]]:
    """Read a folder; give the paths of its pages and what was reported."""
    diagnostics = Diagnostics()
    paths = [page.path for page in read_pages(folder, diagnostics)]
    return paths, found(folder, diagnostics)


def test_front_matter_title_and_anchors(tmp_path: Path) -> None:
    text = (
        "\ufeff---\r\ntitle: 'A: b'\r\nn: 1\r\nlist: [a]\r\n---\r\n# The *Title*\r\n"
        '\r\n## Café, & co.\r\n## Same\r\n## Same\r\n## Own {#mine}\r\n<a id="here"></a>'
    )
    page, diagnostics = read(tmp_path, text)
    assert dict(page.front_matter) == {"title": "A: b", "n": "1"}
    assert page.title == "The Title"
    assert page.anchors == {
        *("the-title", "café--co", "cafe-co", "same", "same-1", "same_1"),
        *("mine", "own", "here"),
    }
    assert list(diagnostics) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: a\n\n# Page\n", "1:1"),
        ("---\ntitle: a: b\n---\n", "2:9"),
        ("---\n- a\n---\n", "2"),
        ("---\na: *b\n---\n", "2:4"),
        (f"---\na: {'[' * 40_000}\n---\n", "2"),
        (f"---\na: {'x' * 60_000}\n---\n", "1:1"),
    ],
)
def test_front_matter_that_is_none(tmp_path: Path, text: str, place: str) -> None:
    page, diagnostics = read(tmp_path, text)
    assert found(tmp_path, diagnostics) == [f"page.md:{place} page-front-matter"]
    assert page.front_matter == {}


def test_front_matter_may_be_empty(tmp_path: Path) -> None:
    page, diagnostics = read(tmp_path, "---\n---\n# A\n")
    assert (page.front_matter, page.title) == ({}, "A")
    assert list(diagnostics) == []


def test_cells_stand_where_they_are_written(tmp_path: Path) -> None:
    text = "x\n| a |  `b`  |\n|---|---|\n| [c](d.md)\\|e\\_f | **b** |\n|f\n"
    page, _ = read(tmp_path, text)
    (table,) = page.tables
    cells = [
        (cell.text, cell.place.line, cell.place.column)
        for row in (table.head, *table.rows)
        for cell in row
    ]
    assert cells[:2] == [("a", 2, 3), ("b", 2, 8)]
    assert [text for text, _, _ in cells[2:]] == ["c|e_f", "b", "f", ""]
    assert [line for _, line, _ in cells[2:]] == [4, 4, 5, 5]


def test_links_images_and_includes(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a b.png").touch()
    text = (
        "[a](b.md#c?d) and ![i](media/a%20b.png)\n[e](b.md)\n\n"
        '- <img alt="x" src="no.png">\n\n[!INCLUDE [t](../t.md)]\n\n<a href="h.md">\n\n'
        "[r][ref] [](#x) []()\n\n[ref]: ref.md\n\n"
        ":::image type='content' source='no.svg' alt-text='It: is':::\n\n"
        "[x](https://x.org) [y](/y) [z](mailto:z) <!-- [a](comment.md) -->\n"
        "[n](n%00.md)\n"
    )
    page, _ = read(tmp_path, text)
    assert [
        (each.page, each.anchor, each.exists, str(each.place).rpartition("md:")[2])
        for each in page.references
    ] == [
        ("b.md", "c?d", False, "1:5"),
        ("media/a b.png", "", True, "1:24"),
        ("b.md", "", False, "2:5"),
        ("no.png", "", False, "4:21"),
        ("../t.md", "", False, "6:15"),
        ("h.md", "", False, "8:10"),
        ("ref.md", "", False, "10"),
        ("page.md", "x", True, "10:13"),
        ("page.md", "", False, "10"),
        ("no.svg", "", False, "14:33"),
        ("n\0.md", "", False, "17:5"),
    ]


def test_examples_in_lists_and_quotes_have_their_places(tmp_path: Path) -> None:
    text = (
        "1. See\n\n   ```http\n   GET /a\n\n   POST /b HTTP/1.1\n   ```\n\n"
        '> ```json\n> {\n>   "a": [1]\n> }\n> ```\n\n    GET /code\n\n'
        "```http\nHTTP/1.1 204 No Content\n```\n```python\nGET /c\n```\n```http\n```\n"
    )
    page, diagnostics = read(tmp_path, text)
    requests, example, response = page.examples
    assert [
        (r.method, r.target, r.place.line, r.place.column) for r in requests.requests
    ] == [
        ("GET", "/a", 4, 4),
        ("POST", "/b", 6, 4),
    ]
    assert isinstance(example.body, JsonObject)
    ((name, value),) = example.body.members
    assert (name.place.line, name.place.column) == (11, 5)
    assert isinstance(value, JsonArray) and value.items[0].place.column == 11
    assert (response.status, response.body) == ("204", None)
    assert list(diagnostics) == []


def test_bodies_that_are_not_json_are_left_alone(tmp_path: Path) -> None:
    text = (
        "```http\nPUT /a\nContent-Type: text/plain\n\n{not json\n```\n"
        "```http\nHTTP/1.1 200 OK\nContent-Type: application/problem+json; a=b\n\n{}\n```\n"
        "```http\nHTTP/1.1 200 OK\n\n<binary data>\n```\n"
    )
    page, diagnostics = read(tmp_path, text)
    assert [example.body is None for example in page.examples] == [True, False, True]
    assert list(diagnostics) == []


def test_examples_without_a_body(tmp_path: Path) -> None:
    text = "```http\nGET /a\nAccept: x/y\n\n\n```\n```json\n\n```\n"
    page, diagnostics = read(tmp_path, text)
    (example,) = page.examples
    assert ([each.target for each in example.requests], example.body) == (["/a"], None)
    assert list(diagnostics) == []


def test_comments_that_say_nothing_of_a_block(tmp_path: Path) -> None:
    text = '<!-- a note -->\n\n<!-- {"a": 1} -->\n\n<!-- {"blockType": "x"} -->\n'
    page, diagnostics = read(tmp_path, text)
    assert [plain(block) for block in page.blocks] == [{"blockType": "x"}]
    assert list(diagnostics) == []


def locate(offset: int) -> Place:
    return Place("x", 1, offset + 1)


def plain(node: object) -> object:
    """Give the value of a node as `json` would."""
    match node:
        case JsonScalar(value):
            return value
        case JsonArray(items):
            return [plain(item) for item in items]
        case JsonObject(members):
            return {name.text: plain(value) for name, value in members}
    raise AssertionError(node)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 0, 1]))
def test_json_is_read_as_json_reads_it(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert plain(parse_json(f" {text}\n", locate)) == value


@given(st.text(alphabet='{}[]",:-0123eE.truefalsn\\u \n'))
def test_json_is_refused_where_json_refuses_it(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(JsonFault):
            parse_json(text, locate)
    else:
        assert plain(parse_json(text, locate)) == expected


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "a value is expected before the end"),
        ("{", 2, "a name in quotes is expected before the end"),
        ('{"a" 1}', 6, "a colon is expected, found '1'"),
        ('{"a": 1 "b"}', 9, "a comma or '}' is expected, found '\"'"),
        ("[1,]", 3, "a comma stands before ']'"),
        ("{'a': 1}", 2, 'a name in quotes is expected, found "\'"'),
        ("[...]", 2, "a value is expected, found '.'"),
        ("1 2", 3, "nothing may follow the JSON value"),
        ('"a\nb"', 3, "the text in quotes is faulty: invalid control character at"),
        ("1" * 5000, 1, "the number has too many digits"),
        ("[" * 100, DEPTH + 1, f"the JSON is nested deeper than {DEPTH} levels"),
    ],
)
def test_faults_of_json(text: str, column: int, message: str) -> None:
    with pytest.raises(JsonFault) as caught:
        parse_json(text, locate)
    assert (str(caught.value), caught.value.place.column) == (message, column)


def test_pages_come_by_name_and_hidden_folders_do_not(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.MD", "a/b/c.md", ".git/d.md", "e.txt", "c.md/f.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A\n")
    assert read_all(tmp_path) == (["b.md", "a/z.MD", "a/b/c.md", "c.md/f.md"], [])


def test_what_cannot_be_read_is_reported_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# A\n")
    (tmp_path / "b.md").write_bytes(b"# A\nb\xc3\xa4\xff")
    (tmp_path / "c.md").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "d.md").write_bytes("# A".encode("utf-16"))
    (tmp_path / "e.md").write_bytes(b"x" * 2_000_000)
    (tmp_path / "f.md").symlink_to(tmp_path / "nowhere")
    paths, items = read_all(tmp_path)
    assert paths == ["a.md"]
    assert items == [
        "b.md:2:3 page-encoding",
        "c.md page-encoding",
        "d.md page-encoding",
        "e.md page-too-large",
        "f.md page-unreadable",
    ]


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("# Secret\n")
    (folder / "real.md").write_text("# Real\n")
    (folder / "inside.md").symlink_to("real.md")
    (folder / "leak.md").symlink_to(outside / "secret.md")
    (folder / "sub").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "self.md").symlink_to("self.md")
    paths, items = read_all(folder)
    assert paths == ["inside.md", "real.md"]
    assert items == ["leak.md page-outside", "self.md page-unreadable"]


def test_a_folder_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.md").write_text("# B\n")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert read_all(tmp_path) == (["b.md"], ["a page-unreadable"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert read_all(tmp_path) == ([], ["a.md page-unreadable"])


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="docs-folder"):
        list(read_pages(tmp_path / "x", Diagnostics()))


def test_a_missing_parser_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("# A")
    monkeypatch.delitem(sys.modules, "generator.readers.pages.markdown")
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    with pytest.raises(SpecError, match=r"pip install 'specwright\[docs\]'"):
        list(read_pages(tmp_path, Diagnostics()))


SIZE = 60_000
HOSTILE = {
    "brackets": "[" * SIZE,
    "images": "![" * SIZE,
    "quotes": ">" * SIZE,
    "lists": "- " * SIZE,
    "indented lists": "".join(f"{' ' * n}- a\n" for n in range(300)),
    "backticks": "`a``b" * (SIZE // 5),
    "stars": "*a **b _c " * (SIZE // 10),
    "links": "[a](b.md) " * (SIZE // 10),
    "far links": "[a](b%20c&amp;d.md)\n" * (SIZE // 20),
    "open comments": "<!-- { " * (SIZE // 7),
    "comments": '<!-- {"blockType": 1} -->\n' * (SIZE // 26),
    "comments on a line": '<!-- {"blockType": 1} -->' * (SIZE // 25),
    "open tags": "<a href " * (SIZE // 8),
    "tables": "|a|b|\n|-|-|\n" + "|a|b|\n" * (SIZE // 6),
    "wide table": "|a\\|" * (SIZE // 4) + "\n" + "|-" * (SIZE // 4) + "\n|a",
    "headings": "# a {#" * (SIZE // 6),
    "hashes": "# {" + "#" * SIZE,
    "definitions": "[a]: b\n" * (SIZE // 7),
    "fences": "```json\n{\n```\n" * (SIZE // 14),
    "deep json": "```json\n" + "[" * SIZE + "\n```",
    "deep objects": "```json\n" + '{"a":' * SIZE + "\n```",
    "request": "```http\nGET /" + " " * SIZE + "x\n```",
    "requests": "```http\n" + "GET /a\n" * (SIZE // 7) + "```",
    "segments": "```http\nGET " + "/a" * SIZE + "\n```",
    "placeholders": "TODO " * (SIZE // 5),
    "front matter": "---\n" + "? " * SIZE + "\n---\n",
    "entities": "&#x0;" * (SIZE // 5),
    "lines": "\n" * SIZE,
    "odd ends of lines": "a\r\x0b\x0c\x1c\u2028\u2029\x85b\r\n" * (SIZE // 10),
    "spaces in a cell": "|Property|\n|-|\n|a" + " " * SIZE + "b|",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_does_no_harm(tmp_path: Path, name: str) -> None:
    with at_most(5):
        page, _ = read(tmp_path, HOSTILE[name])
        assert page.lines


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "page.md").write_bytes(data)
    diagnostics = Diagnostics()
    pages = list(read_pages(tmp_path, diagnostics))
    assert len(pages) == 1 or [item.code for item in diagnostics] == ["page-encoding"]
    assert {item.code for item in diagnostics} <= CODES.keys()
