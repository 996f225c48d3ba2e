"""Lines of places: found in documents on the disk, and no fault where there are none."""

from __future__ import annotations

from pathlib import Path

from generator.model import Place
from generator.readers.openapi.lines import Lines


def test_a_pointer_leads_to_a_line(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("a:\n  b~c:\n  - 1\n  - {d/e: 2}\n")
    name = str(tmp_path / "api.yaml")
    lines = Lines()
    found = lines.of(Place(name, pointer="/a/b~0c/1/d~1e"))
    assert found is not None and (found.line, found.column) == (4, 6)
    (tmp_path / "api.yaml").unlink()
    again = lines.of(Place(name, pointer="/a"))
    assert again is not None and (again.line, again.column) == (1, 1)


def test_a_place_without_a_line_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("a: [")
    lines = Lines()
    assert lines.of(None) is None
    for place in (
        Place("api.csdl", 3, 4),
        Place("", pointer="/a"),
        Place(str(tmp_path / "missing.yaml"), pointer="/a"),
        Place(str(tmp_path / "broken.yaml"), pointer="/a"),
    ):
        assert lines.of(place) == place
