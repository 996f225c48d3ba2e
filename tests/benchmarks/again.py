"""The generator run again: where nothing changed, where one description did, and where
everything is made anew over a tree that is there; and two versions compared.
"""

from __future__ import annotations

import shutil
from itertools import count

from .measure import BenchmarkError, Row, Run, in_turns, interpreter, processor, run
from .measure import seconds
from .setting import BASE_URL, PACKAGE, Setting, generate

_DESCRIPTION = 'Term="Org.OData.Core.V1.LongDescription" String="'


class _Tree:
    """A package of the whole spec, which one description after another changes."""

    def __init__(self, setting: Setting) -> None:
        self._folder = setting.work / "again"
        self._spec = self._folder / "spec.csdl"
        self._text = setting.spec.read_text("utf-8")
        self._numbers = count()
        if _DESCRIPTION not in self._text:
            raise BenchmarkError(f"{setting.spec} describes nothing")

    def fresh(self) -> Run:
        """Generate into an empty folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._spec.write_text(self._text, "utf-8")
        return self._run("generate")

    def unchanged(self) -> Run:
        """Generate where nothing changed."""
        return self._run("generate")

    def checked(self) -> Run:
        """Check where nothing changed."""
        return self._run("check")

    def changed(self) -> Run:
        """Generate after the description of one property changed."""
        said = f"{_DESCRIPTION}Version {next(self._numbers)}. "
        self._spec.write_text(self._text.replace(_DESCRIPTION, said, 1), "utf-8")
        return self._run("generate")

    def anew(self) -> Run:
        """Make everything anew, and write what changed: for nothing is known of the last
        run."""
        for path in self._folder.rglob("*specwright.lock"):
            path.unlink()
        said = f"{_DESCRIPTION}Version {next(self._numbers)}. "
        self._spec.write_text(self._text.replace(_DESCRIPTION, said, 1), "utf-8")
        return self._run("generate")

    def _run(self, command: str) -> Run:
        out = self._folder / "out"
        whole = generate(self._spec, PACKAGE, out, "--base-url", BASE_URL)
        return run([command if word == "generate" else word for word in whole])


def measure_again(setting: Setting) -> list[Row]:
    """Measure runs over what the last one left, one after the other."""
    tree = _Tree(setting)
    results = in_turns(
        {
            "into an empty folder": tree.fresh,
            "nothing changed, generate": tree.unchanged,
            "nothing changed, check": tree.checked,
            "one description changed": tree.changed,
            "all anew over what is there": tree.anew,
        },
        setting.runs,
    )
    limits = {
        "nothing changed, check": "0.3 s",
        "one description changed": "half of a full run",
    }
    rows = [
        row
        for name, runs in results.items()
        for row in (
            Row(f"{name}: wall", seconds(runs).text("s"), limits.get(name, "")),
            Row(f"{name}: processor time", processor(runs).text("s")),
        )
    ]
    if setting.older.is_file():
        compared = in_turns({"diff": lambda: _compared(setting)}, setting.runs)["diff"]
        subject = f"diff with {setting.older.name}: wall"
        rows.append(Row(subject, seconds(compared).text("s"), "5 s"))
    return rows


def _compared(setting: Setting) -> Run:
    versions = [str(setting.older), str(setting.spec)]
    return run([interpreter(), "-m", "generator", "diff", *versions])
