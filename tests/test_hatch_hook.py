"""The build hook for Hatch: a project whose package is generated while it is built."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = """
[build-system]
requires = ["hatchling", "specwright"]
build-backend = "hatchling.build"

[project]
name = "pins"
version = "1.0"
dependencies = ["httpx"]

[tool.hatch.build.targets.wheel]
packages = ["src/pins"]

[tool.hatch.build.hooks.specwright]

[[tool.specwright.target]]
name = "pins"
spec = "graph.csdl"
package = "pins"
out = "src"
include = ["microsoft.graph.qrPin"]

[[tool.specwright.target]]
name = "papers"
spec = "graph.csdl"
package = "papers"
out = "."
emit = ["docs"]
include = ["microsoft.graph.qrPin"]
"""
HOOK = "[tool.hatch.build.hooks.specwright]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a project that has a spec and nothing generated, which version
    control would ignore."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / ".gitignore").write_text("/src/pins/\n/dist/\n/papers-docs/\n")
    spec = (ROOT / "specs" / "graph-qrpin.csdl").read_bytes()
    (folder / "graph.csdl").write_bytes(spec)
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What makes this checkout the installed specwright, with the entry points that
    pyproject.toml has now."""
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    info = tmp_path / "site" / "specwright-9.9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: specwright\nVersion: 9.9\n"
    )
    points = own["entry-points"]["hatch"].items()
    lines = ["[hatch]", *(f"{name} = {value}" for name, value in points)]
    (info / "entry_points.txt").write_text("\n".join(lines))
    places = os.pathsep.join([str(info.parent), str(ROOT)])
    return os.environ | {"PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"}


def build(
    project: Path, environment: dict[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", "--no-isolation", *options]
    return subprocess.run(
        [*command, "--skip-dependency-check", str(project)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.slow
def test_distributions_hold_what_the_hook_generates(
    project: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    done = build(project, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (project / "dist").glob("*.whl")
    (source,) = (project / "dist").glob("*.tar.gz")
    with tarfile.open(source) as archive:
        packed = set(archive.getnames())
    assert {"pins-1.0/src/pins/models/qr_pin.py", "pins-1.0/graph.csdl"} <= packed
    with zipfile.ZipFile(wheel) as made:
        names = made.namelist()
        made.extractall(tmp_path / "unpacked")
    assert {"pins/__init__.py", "pins/models/qr_pin.py", "pins/py.typed"} <= {*names}
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"pins", "pins-1.0.dist-info"}
    code = "from pins.models import QrPin; print(QrPin(code='1234').to_dict())"
    environment |= {"PYTHONPATH": str(tmp_path / "unpacked")}
    shown = subprocess.check_output(
        [sys.executable, "-c", code], env=environment, text=True
    )
    assert "1234" in shown


def test_a_wheel_alone_is_built_of_chosen_targets(
    project: Path, environment: dict[str, str]
) -> None:
    text = PROJECT.replace(HOOK, f'{HOOK}targets = ["pins"]\n')
    (project / "pyproject.toml").write_text(text)
    done = build(project, environment, "--wheel")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "src" / "pins" / "models" / "qr_pin.py").is_file()
    assert not (project / "papers-docs").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("check = true", "specwright check did not succeed"),
        ('targets = ["pnis"]', "did you mean 'pins'?"),
        ('target = ["pins"]', "unknown key 'target'"),
        ('targets = "pins"', "`targets` is a list of names"),
        ("check = 1", "`check` is true or false"),
    ],
)
def test_a_build_fails_where_the_hook_does(
    options: str, words: str, project: Path, environment: dict[str, str]
) -> None:
    (project / "pyproject.toml").write_text(PROJECT.replace(HOOK, HOOK + options))
    done = build(project, environment, "--wheel")
    assert done.returncode != 0
    assert words in done.stdout + done.stderr
    assert not (project / "dist").exists() or not [*(project / "dist").iterdir()]
