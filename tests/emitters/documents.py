"""The documents that are made of Apis, and what must hold of all of them."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from emitters.reading import broken_links, read, uneven_rows
from lxml import etree

from generator.emitters.docs import Options, emit
from generator.hidden import HIDDEN
from generator.model import Api, Protocol
from generator.passes.request_paths import request_paths

FOLDER = "made-docs"

HEADINGS = {
    *("## Permissions", "## HTTP request", "## Path parameters", "## Query parameters"),
    *("## Request headers", "## Request body", "## Response", "### Errors"),
    *("## Examples", "### Request", "### Response", "### Python"),
    *("### Python (async)", "## Methods", "## Properties", "## Relationships"),
    *("## Derived types", "## JSON representation", "## Members", "## Ways in"),
    *("## What is here", "## What each operation needs"),
    "## What each permission allows",
    # of Apis in plain HTTP
    *("## Security", "## Cookies", "### Response headers", "## Relations", "## Tags"),
    *("## Servers", "## Operations", "## Ways to sign in", "## Where tokens come from"),
    "## What each scope allows",
}
"""Those that templates write; others stand on pages of lists."""

LISTS = ("docs/glossary.md", "docs/permissions.md", "docs/security.md")

TOKENS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    *("text", "code_inline", "link_open", "link_close", "html_block", "fence", "image"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open"),
    *("tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open"),
    *("td_close", "blockquote_open", "blockquote_close", "strong_open"),
    *("strong_close", "bullet_list_open", "bullet_list_close", "list_item_open"),
    *("list_item_close", "ordered_list_open", "ordered_list_close", "em_open"),
    "em_close",
}

SHAPES = {"svg", "title", "style", "defs", "marker", "path", "rect", "text"}
SETTINGS = {
    *("site_name", "site_url", "site_dir", "theme", "extra_css", "plugins"),
    *("markdown_extensions", "validation", "extra", "nav"),
}
RISKY = re.compile(r'[<>"]|&#?\w+;')
"""What means something in HTML, in an attribute, or once references are characters."""

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\.")


def documents(api: Api, **options: object) -> Mapping[str, str]:
    """The documents of an Api: text by path, mkdocs.yml beside the folder `docs`."""
    settled = Options(folder=FOLDER, package="made", **options)  # type: ignore[arg-type]
    is_odata = api.protocol is Protocol.ODATA
    files = emit(api, settled, request_paths(api) if is_odata else {})
    return {file.path.removeprefix(f"{FOLDER}/"): file.data.decode() for file in files}


def site(folder: Path, out: Path) -> str:
    """Build the site of documents in a folder of its own."""
    return build_site(folder / "mkdocs.yml", "-d", out)


def build_site(configuration: Path, *options: str | Path) -> str:
    """Build a site, strictly; what is given is what MkDocs warns of."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(
        [*command, "-f", configuration, *options],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def faults(files: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with documents, whatever they are about."""
    yield from broken_links(files)
    yield from (f"uneven row {row}" for row in uneven_rows(files.values()))
    yield from _strange_paths(files)
    for path, text in files.items():
        if path.endswith(".md"):
            yield from (f"{path}: {each}" for each in _strange_page(path, text))
        elif path.endswith(".svg"):
            yield from (f"{path}: {each}" for each in _strange_picture(text))
        elif "TODO" in text:
            yield f"{path}: TODO"
        hidden = HIDDEN.search(text.replace("\n", ""))
        if hidden:
            yield f"{path}: {hidden[0]!r}"
    yield from _strange_site(files["mkdocs.yml"])
    yield from _unlisted(files)


def _strange_picture(text: str) -> Iterator[str]:
    """Pictures are shapes and texts, and nothing that runs, loads or leads on."""
    for node in etree.fromstring(text.encode()).iter(etree.Element):
        name = str(node.tag).removeprefix("{http://www.w3.org/2000/svg}")
        if name not in SHAPES:
            yield f"element {node.tag}"
        for attribute, value in node.attrib.items():
            if attribute.startswith("on") or "href" in attribute or ":" in value:
                yield f"{attribute}={value!r}"


def _strange_site(text: str) -> Iterator[str]:
    """Of mkdocs.yml names and addresses alone depend on what the site is about; sites
    write names into HTML as they are."""
    site = yaml.safe_load(text)
    yield from (f"mkdocs.yml: {key}" for key in site.keys() - SETTINGS)
    if not re.fullmatch(r"\.\./[\w-]+-site", site["site_dir"]):
        yield f"mkdocs.yml: {site['site_dir']}"
    for name in (site["site_name"], *_named(site["nav"])):
        if RISKY.search(name):
            yield f"mkdocs.yml: {name}"


def _named(items: list[dict[str, object]]) -> Iterator[str]:
    for item in items:
        for name, value in item.items():
            yield name
            if isinstance(value, list):
                yield from _named(value)


def _strange_page(path: str, text: str) -> Iterator[str]:
    page = read(text)
    if not {"title", "description"} <= page.front_matter.keys():
        yield f"front matter {page.front_matter}"
    for key in ("title", "description"):
        if RISKY.search(str(page.front_matter[key])):
            yield f"front matter {page.front_matter}"
    if [each for each in page.headings if each.startswith("# ")] != page.headings[:1]:
        yield f"headings {page.headings}"
    if path not in LISTS:
        named = {each for each in page.headings if each.startswith("### As ")}
        yield from set(page.headings[1:]) - HEADINGS - named
    yield from set(page.kinds) - TOKENS
    prose = re.sub(r"(?ms)^``` .*?^```$", "", text)
    rows = [line for line in prose.split("\n") if re.match(r"\|(?!:---)", line)]
    if len(page.rows) != len(rows):
        yield f"{len(rows)} lines of tables are {len(page.rows)} rows"
    for html in page.html:
        if not re.fullmatch(r'<!-- \{\n  "blockType"[^<>]*\}\n-->\n', html):
            yield html
    for info, _ in page.fences:
        if info not in ("http", "json", "python", "text"):
            yield f"a fence of {info}"


def _strange_paths(files: Mapping[str, str]) -> Iterator[str]:
    for path in files:
        plain = re.fullmatch(r"([a-z0-9_-]+/)*[a-z0-9_-]+\.(md|svg|ya?ml|css)", path)
        if not plain or len(path) > 160 or DEVICES.match(posixpath.basename(path)):
            yield f"path {path}"


def _unlisted(files: Mapping[str, str]) -> Iterator[str]:
    """Both tables of contents name every page, and nothing that is none."""
    pages = {path.removeprefix("docs/") for path in files if path.endswith(".md")}
    toc = set(_hrefs(yaml.safe_load(files["docs/toc.yml"])))
    nav = set(_targets(yaml.safe_load(files["mkdocs.yml"])["nav"]))
    yield from (f"toc.yml: {each}" for each in toc ^ pages)
    yield from (f"mkdocs.yml: {each}" for each in nav ^ pages)


def _hrefs(items: list[dict[str, object]]) -> Iterator[str]:
    for item in items:
        if "href" in item:
            yield str(item["href"])
        below = item.get("items", [])
        assert isinstance(below, list)
        yield from _hrefs(below)


def _targets(items: list[dict[str, object]]) -> Iterator[str]:
    for item in items:
        for value in item.values():
            if isinstance(value, list):
                yield from _targets(value)
            else:
                yield str(value)
