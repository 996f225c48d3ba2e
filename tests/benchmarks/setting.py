"""Where the benchmarks find what they measure: the spec, the peers, the generated package."""

from __future__ import annotations

import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

from .measure import RUNS, interpreter, run

ROOT = Path(__file__).resolve().parents[2]
CONTESTANTS = Path(__file__).parent / "contestants"
PEERS_LIST = Path(__file__).parent / "peers.txt"
GRAPH = ROOT.parent / "shared" / "data" / "graph" / "graph-v1.0-2026-08.csdl"
OLDER = GRAPH.with_name("graph-v1.0-2025-06.csdl")
GITHUB = ROOT.parent / "shared" / "data" / "openapi" / "api.github.com.json.gz"
PACKAGE = "graph_v1"
BASE_URL = "https://graph.microsoft.com/v1.0"


@dataclass(frozen=True, slots=True)
class Setting:
    """What one session of benchmarks works with.

    `spec` is the CSDL of Graph, `older` an earlier version of it, `github` the OpenAPI
    description of GitHub. `work` is a folder for what is generated and made on the way.
    `peers` is the virtual environment with the peers, None if there is none: their rows
    are then left out.
    """

    spec: Path
    work: Path
    peers: Path | None
    runs: int = RUNS
    github: Path = GITHUB
    older: Path = OLDER

    def generate_command(self, out: Path, *options: str) -> list[str]:
        """Give the command that generates from the spec into a folder."""
        return generate(self.spec, PACKAGE, out, "--base-url", BASE_URL, *options)

    def package_folder(self) -> Path:
        """Give the folder that holds the package of the whole spec, made when missing."""
        folder = self.work / "whole"
        if not (folder / PACKAGE / "__init__.py").is_file():
            run(self.generate_command(folder))
        return folder

    @property
    def python(self) -> str:
        """The interpreter for what is compared with peers: theirs, where there is one."""
        return interpreter(self.peers)


def generate(spec: Path, package: str, out: Path, *options: str) -> list[str]:
    """Give the command that generates a package into a folder."""
    return [
        *(interpreter(), "-m", "generator", "generate", "--quiet"),
        *("--spec", str(spec), "--package", package, "--out", str(out), *options),
    ]


def peers_environment(folder: Path, install: bool) -> Path | None:
    """Give the peers' environment, made first if that is asked for, or None."""
    if install:
        venv.create(folder, with_pip=True)
        command = [interpreter(folder), "-m", "pip", "install", "--quiet"]
        subprocess.run([*command, "--requirement", str(PEERS_LIST)], check=True)
    return folder if Path(interpreter(folder)).exists() else None
