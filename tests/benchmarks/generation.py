"""The generator at work: the whole of Graph, a slice of it, and its version number."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from .measure import Row, Run, in_turns, interpreter, peaks, run, seconds
from .setting import Setting

_SLICE = ("--include", "microsoft.graph.qrPin")


def measure_generation(setting: Setting) -> list[Row]:
    """Measure the commands, each into an empty folder."""
    whole, part = setting.work / "generate-whole", setting.work / "generate-slice"
    results = in_turns(
        {
            "whole": lambda: _generate(setting, whole),
            "slice": lambda: _generate(setting, part, *_SLICE),
            "version": lambda: run(version_command()),
        },
        setting.runs,
    )
    return [
        Row("whole Graph v1.0: wall", seconds(results["whole"]).text("s"), "4 s"),
        Row("whole Graph v1.0: peak", peaks(results["whole"]).text("MB", 0), "300 MB"),
        Row("whole Graph v1.0: source", source(whole), "15 MB"),
        Row("slice of qrPin: wall", seconds(results["slice"]).text("s"), "2 s"),
        Row("slice of qrPin: peak", peaks(results["slice"]).text("MB", 0)),
        Row("slice of qrPin: source", source(part)),
        Row(
            "`specwright --version`", seconds(results["version"]).text("s", 3), "0.15 s"
        ),
    ]


def version_command() -> Sequence[str]:
    """Give the installed command, or the module where nothing is installed."""
    script = Path(interpreter()).with_name("specwright")
    start = [str(script)] if script.exists() else [interpreter(), "-m", "generator"]
    return [*start, "--version"]


def _generate(setting: Setting, folder: Path, *options: str) -> Run:
    shutil.rmtree(folder, ignore_errors=True)
    return run(setting.generate_command(folder, *options))


def source(folder: Path) -> str:
    """Say how much Python there is below a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*.py")]
    return f"{sum(sizes) / 1e6:.2f} MB, {len(sizes):,} files"
