"""OpenAPI descriptions, both ways: GitHub's made into a package and its pages, the
package imported, a large YAML document read and written, Graph made into a document."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from .generation import source
from .measure import (
    Figure,
    Row,
    Run,
    difference,
    in_turns,
    interpreter,
    peaks,
    run,
    seconds,
)
from .setting import CONTESTANTS, ROOT, Setting, generate

_HTTPX = "import httpx"
_IMPORT = "import github; github.Client('token').issues"


def measure_openapi(setting: Setting) -> list[Row]:
    """Measure the commands, each into an empty folder, and the import of what GitHub's
    description gives."""
    folder, imported = setting.work / "github", setting.work / "imported"
    _github(setting, imported, "python")
    # not the folder that is written anew each time, and has no byte code then
    env = {"PYTHONPATH": str(imported)}
    results = in_turns(
        {
            "package": lambda: _github(setting, folder, "python"),
            "httpx": lambda: run([setting.python, "-c", _HTTPX], env),
            "import": lambda: run([setting.python, "-c", _IMPORT], env),
            "pages": lambda: _github(setting, setting.work / "pages", "docs"),
            "graph": lambda: _graph(setting, setting.work / "document"),
            "yaml": _yaml,
        },
        setting.runs,
    )
    return [
        *_rows("GitHub's package", results["package"], "8 s", "400 MB"),
        Row("GitHub's package: source", source(folder)),
        Row("`import github` and a tag", seconds(results["import"]).text("s", 3)),
        Row(
            "the same beyond `import httpx`",
            f"{difference(results['import'], results['httpx']) * 1000:.0f} ms",
            "60 ms",
        ),
        *_rows("GitHub's documentation", results["pages"]),
        *_rows("whole Graph v1.0 as OpenAPI", results["graph"], "20 s", "1000 MB"),
        *_yaml_rows(results["yaml"]),
    ]


def _github(setting: Setting, folder: Path, emit: str) -> Run:
    shutil.rmtree(folder, ignore_errors=True)
    return run(generate(setting.github, "github", folder, "--emit", emit))


def _graph(setting: Setting, folder: Path) -> Run:
    shutil.rmtree(folder, ignore_errors=True)
    return run(setting.generate_command(folder, "--emit", "openapi"))


def _yaml() -> Run:
    env = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    return run([interpreter(), str(CONTESTANTS / "with_yaml.py")], env)


def _rows(
    subject: str, runs: list[Run], time_limit: str = "", memory_limit: str = ""
) -> list[Row]:
    return [
        Row(f"{subject}: wall", seconds(runs).text("s"), time_limit),
        Row(f"{subject}: peak", peaks(runs).text("MB", 0), memory_limit),
    ]


def _yaml_rows(runs: list[Run]) -> list[Row]:
    found = [json.loads(one.output) for one in runs]
    return [
        Row(
            f"30 MB of YAML {what}",
            Figure(tuple(each[what] for each in found)).text("s"),
            limit,
        )
        for what, limit in (("read", "3 s"), ("written", "10 s"))
    ]
