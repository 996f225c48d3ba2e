"""Two versions of the whole of GitHub's description compared: the public one, and one of
which something was taken away in many places."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from support import shared_data

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]
DESCRIPTION = "openapi/api.github.com.json.gz"
EVERY = 20
"""Of how many operations and schemas one is changed."""

MOST_SECONDS = 5.0
MOST_OF_PROCESSOR = 8.0
"""Of two cores; what is left of them when others are at work takes longer."""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Another version, and what differs: ids of operations that lost an answer, and
    schemas with the property that they lost."""
    value = json.loads(gzip.decompress(shared_data(DESCRIPTION).read_bytes()))
    operations = [
        operation
        for item in value["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and len(operation.get("responses", ())) > 1
    ]
    answers = {}
    for operation in operations[::EVERY]:
        status, _ = operation["responses"].popitem()
        answers[operation["operationId"]] = status
    schemas = value["components"]["schemas"]
    objects = [name for name, each in schemas.items() if each.get("properties")]
    properties = {}
    for name in objects[::EVERY]:
        member, _ = schemas[name]["properties"].popitem()
        needed = schemas[name].get("required", [])
        schemas[name]["required"] = [each for each in needed if each != member]
        properties[name] = member
    path = tmp_path_factory.mktemp("later") / "github.json"
    path.write_text(json.dumps(value))
    return path, {"answers": answers, "properties": properties}


def processor() -> float:
    """The seconds that processes of ours have worked which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_what_was_taken_away_is_told_in_time(
    later: tuple[Path, dict[str, Any]],
) -> None:
    path, taken = later
    arguments = [str(shared_data(DESCRIPTION)), str(path), "--format", "json"]
    command = [sys.executable, "-m", "generator", "diff", *arguments]
    others = os.getloadavg()[0]
    before, started = processor(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    seconds, worked = time.perf_counter() - started, processor() - before
    assert worked <= MOST_OF_PROCESSOR
    assert others > 1.5 or seconds <= MOST_SECONDS
    found = json.loads(done.stdout)["changes"]
    answers = {
        tuple(each["target"].rsplit("/", 1))
        for each in found
        if each["kind"] == "answer-removed"
    }
    assert answers == set(taken["answers"].items())
    lost = {each["target"] for each in found if each["kind"] == "property-removed"}
    kept = {f"{name}/{member}" for name, member in taken["properties"].items()}
    assert kept & lost and len(kept - lost) <= len(kept) / 10
    assert all(each["old"]["line"] for each in found if each["old"])
