"""What is used again of a former run is what would be made now."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cache, outputs, pipeline, runs
from generator.config import find_config
from generator.diagnostics import Diagnostics
from generator.emitters.beside import beside
from generator.emitters.python import reuse
from support import shared_data
from test_cli import CONFIG, ROOT, tree
from test_pins import action, edmx, entity, prop, sets

LOCK = "specwright.lock"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "_WORTH_IT", 1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specwright.toml").write_text(CONFIG)
    return tmp_path


def generate(jobs: int = 1) -> runs.Outcome:
    ask = runs.Ask(find_config(Path()).targets, Path(LOCK), jobs=jobs)
    return runs.generate(ask, Diagnostics(), pipeline.silent)[0]


def described(text: str) -> str:
    return f'<Annotation Term="Org.OData.Core.V1.Description" String="{text}"/>'


def zoo(**changes: str) -> str:
    """Types that know one another in every way, with changes in their place."""
    parts = {
        "tail": '<Property Name="tail" Type="Edm.String"/>',
        "size": '<EnumType Name="size"><Member Name="small"/></EnumType>',
        "feed": action("feed", "food", of="a.pet"),
        "name": '<TypeDefinition Name="name" UnderlyingType="Edm.String"/>',
        "owner": prop("since"),
    } | changes
    return edmx(
        a=entity("pet", parts["tail"])
        + entity("cat", '<Property Name="of" Type="a.size"/>', base="a.pet")
        + entity("kitten", base="a.cat")
        + entity(
            "owner",
            parts["owner"],
            '<Property Name="called" Type="a.name"/>',
            '<NavigationProperty Name="pets" Type="Collection(a.cat)"/>',
        )
        + entity("vet", prop("street"))
        + parts["size"]
        + parts["name"]
        + parts["feed"]
        + sets("a.owner", "a.vet")
    )


CHANGES = {
    "a description": zoo(
        tail=f'<Property Name="tail" Type="Edm.String">{described("Wags.")}</Property>'
    ),
    "a type": zoo(tail='<Property Name="tail" Type="Edm.Int32"/>'),
    "a new member": zoo(owner=prop("since") + prop("until")),
    "an enumeration": zoo(
        size='<EnumType Name="size" IsFlags="true"><Member Name="big"/></EnumType>'
    ),
    "a parameter": zoo(feed=action("feed", "food", "drink", of="a.pet")),
    "another name for a type": zoo(
        name='<TypeDefinition Name="name" UnderlyingType="Edm.Int64"/>'
    ),
    "a new type": zoo(size=entity("size", prop("height"))),
    "only lines": zoo().replace("><", ">\n<"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_used_again_is_what_would_be_made(folder: Path, what: str) -> None:
    (folder / "zoo.csdl").write_text(zoo())
    generate()
    (folder / "zoo.csdl").write_text(CHANGES[what])
    assert_as_made_anew(folder, generate())


def assert_as_made_anew(folder: Path, outcome: runs.Outcome) -> None:
    """Compare with a run that knows names and nothing else."""
    assert outcome.build and outcome.before and outcome.target
    names = outcome.before.names
    former = outputs.Former(names, {}, lambda path: None)
    anew = pipeline.build(outcome.target, Diagnostics(), former=former)
    assert dict(anew.names) == dict(outcome.build.names)
    assert {file.path: file.data for file in anew.files} == tree(folder / "src")


def test_only_what_may_say_something_new_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "zoo.csdl").write_text(zoo())
    generate()
    found: list[frozenset[str] | None] = []
    changed_types = reuse.changed_types

    def noted(*arguments: object) -> frozenset[str] | None:
        found.append(changed_types(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr("generator.emitters.python.changed_types", noted)
    (folder / "zoo.csdl").write_text(zoo(owner=prop("since") + described("A human.")))
    assert generate().differences[0].changed == (
        "zoo/models/owner.py",
        "zoo/resources/owner.py",
    )
    (folder / "zoo.csdl").write_text(zoo().replace("><", ">\n<"))
    generate()
    assert [each is not None and "a.vet" in each for each in found] == [False, False]


def test_an_edited_file_is_made_again(folder: Path) -> None:
    (folder / "zoo.csdl").write_text(zoo())
    generate()
    (folder / "src" / "zoo" / "models" / "vet.py").unlink()
    (folder / "zoo.csdl").write_text(CHANGES["a description"])
    assert_as_made_anew(folder, generate())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"of": 1, "hashes": []}'])
def test_a_cache_that_is_no_use_does_not_matter(folder: Path, text: str) -> None:
    (folder / "zoo.csdl").write_text(zoo())
    generate()
    (file,) = (folder / ".specwright" / "cache").glob("*.json")
    file.write_text(text)
    (folder / "zoo.csdl").write_text(CHANGES["a type"])
    assert_as_made_anew(folder, generate())


def test_two_processes_make_what_one_makes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.emitters.python._WORTH_A_PROCESS", 1)
    (folder / "zoo.csdl").write_text(zoo())
    generate(jobs=2)
    (folder / "specwright.toml").write_text(CONFIG.replace('"src"', '"other"'))
    generate(jobs=1)
    other = tree(folder / "other")
    (folder / "specwright.toml").write_text(CONFIG)
    generate(jobs=2)
    assert tree(folder / "src") == other


def test_work_beside() -> None:
    assert beside(lambda: os.getpid())() != os.getpid()


def test_work_is_done_here_where_there_is_no_beside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    assert beside(lambda: os.getpid())() == os.getpid()


def test_work_beside_ends_when_nobody_waits_for_it(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from generator.emitters.beside import beside\n"
        "beside(lambda: (Path(sys.argv[1]).write_text(str(os.getpid())), b'x' * 10**7))\n"
        "while not Path(sys.argv[1]).exists(): pass\n"
        "os._exit(9)"
    )
    # the child holds the pipe of the output for as long as it lives
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pid")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert result.returncode == 9
    assert int((tmp_path / "pid").read_text()) != os.getpid()


def test_work_that_fails_beside_fails_here() -> None:
    def fail() -> None:
        raise KeyError("here")

    with pytest.raises(KeyError, match="here"):
        beside(fail)()


@pytest.mark.corpus
@pytest.mark.slow
def test_whole_graph_after_random_changes(folder: Path) -> None:
    """Each change alone would be hidden by others: several runs, each of few."""
    text = shared_data("graph/graph-v1.0-2026-08.csdl").read_text()
    (folder / "zoo.csdl").write_text(text)
    generate()
    chance = random.Random(6)
    patterns: list[tuple[str, Callable[[str], str]]] = [
        ('Description" String="', lambda found: found + "More. "),
        ('Type="Edm.String"', lambda found: 'Type="Edm.Int64"'),
        ('Nullable="false"', lambda found: 'Nullable="true"'),
        ('<Property Name="', lambda found: found + "new"),
        ('<Member Name="', lambda found: found + "new"),
        ('ContainsTarget="true"', lambda found: 'ContainsTarget="false"'),
    ]
    for round_ in range(12):
        pattern, change = patterns[round_ % len(patterns)]
        for _ in range(2):
            place = chance.choice([m.start() for m in re.finditer(pattern, text)])
            end = place + len(pattern)
            text = text[:place] + change(pattern) + text[end:]
        (folder / "zoo.csdl").write_text(text)
        assert_as_made_anew(folder, generate())
