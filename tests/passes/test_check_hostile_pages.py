"""The check of pages: no page, however made, ends it or takes long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import at_most
from passes.checked_pages import PAGES, bundled
from passes.pages import check, write

from generator.passes.check_pages.codes import CODES
from generator.readers.pages.codes import CODES as CODES_OF_READER

SIZE = 60_000
HOSTILE = {
    "requests": "```http\n" + "GET /usrs/a\n" * (SIZE // 12) + "```",
    "rows": "# qrPin resource type\n## Properties\n|Property|Type|\n|-|-|\n"
    + "".join(f"|x{n}|String|\n" for n in range(SIZE // 14)),
    "names": "```http\nGET /me\n```\n```http\nHTTP/1.1 200 OK\n\n{"
    + ",".join(f'"mai{n}": 1' for n in range(SIZE // 12))
    + "}\n```",
    "types": '<!-- {"blockType": "resource", "@odata.type": "microsoft.graph.qrPen"} -->\n'
    * (SIZE // 75),
    "anchors": "# a\n[a](#b)\n\n" * (SIZE // 13),
    "no host": "```http\nGET https://[x/me\nGET https://\nGET http://[::1]:x/\n```",
    "brackets": "```http\nGET https://graph.microsoft.com/" + "(" * SIZE + "\n```",
    "versions": "```http\nGET /users/" + "version{" * (SIZE // 8) + "\n```",
    "cell": "# qrPin resource type\n## Properties\n|Property|Type|\n|-|-|\n|code|"
    + "collection " * (SIZE // 11)
    + "|",
    "title": "# " + "a " * SIZE + "resource type",
    "namespace": "Namespace:" + " " * SIZE + "-",
    "type": "```http\nHTTP/1.1 200 OK\n\n{"
    + '"@odata.type": "'
    + "." * SIZE
    + '"}\n```',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(tmp_path: Path, name: str) -> None:
    api, base_url = bundled()
    write(tmp_path, {"a.md": HOSTILE[name]})
    with at_most(5):
        items = list(check(api, tmp_path, base_url))
    assert all(len(item.message) < 500 for item in items)


@given(st.data())
def test_no_damage_to_a_page_ends_the_check(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Pages with pieces cut out, doubled, moved or written over are checked too."""
    api, base_url = bundled()
    text = data.draw(st.sampled_from(list(PAGES.values())))
    for _ in range(data.draw(st.integers(1, 6))):
        start, end, to = (data.draw(st.integers(0, len(text))) for _ in range(3))
        piece = data.draw(
            st.sampled_from([text[start:end], *'|\n{}[]"`#/<', "\n```\n"])
        )
        text = text[:start] + text[end:] if data.draw(st.booleans()) else text
        text = text[:to] + piece + text[to:]
    codes = {
        item.code for item in check(api, write(tmp_path, {"a.md": text}), base_url)
    }
    assert codes <= CODES.keys() | CODES_OF_READER.keys()
