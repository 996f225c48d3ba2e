"""The configuration of the site: where it is built, and how another one uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from emitters.building import EVERYTHING, load
from emitters.documents import FOLDER, build_site, documents


@pytest.mark.slow
def test_a_site_is_built_outside_of_what_is_generated(tmp_path: Path) -> None:
    files = documents(load(EVERYTHING))
    for path, text in files.items():
        file = tmp_path / FOLDER / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    comment = re.findall(r"^#   (.+)$", files["mkdocs.yml"], re.MULTILINE)
    own = tmp_path / "own.yml"
    own.write_text("\n".join([*comment, "site_name: My own"]))
    assert build_site(tmp_path / FOLDER / "mkdocs.yml") == ""
    (site_folder,) = {path.name for path in tmp_path.iterdir()} - {FOLDER, "own.yml"}
    assert site_folder == "made-site"
    assert "My own" not in (tmp_path / site_folder / "index.html").read_text()
    assert build_site(own) == ""
    assert "My own</title>" in (tmp_path / site_folder / "index.html").read_text()
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {
        "docs",
        "mkdocs.yml",
    }
