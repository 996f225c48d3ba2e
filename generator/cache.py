"""The cache: fingerprints of what packages say, kept beside the lock file so that the next
run need not render again what has not changed. Without it, a run takes longer; nothing
else depends on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from generator import saving
from generator.files import read_kept
from generator.hashes import digest

if TYPE_CHECKING:
    from generator.lock import Entry
    from generator.pipeline import Build

_WORTH_IT = 300
"""From how many fingerprints on it saves time to keep them."""


def load(lock: Path, name: str, entry: Entry) -> Mapping[str, str]:
    """Give the fingerprints of a target as they were when an entry of the lock was
    made; none if they are not known."""
    try:
        table = json.loads(read_kept(_file(lock, name)))
        if table["of"] != _digest(entry):
            return {}
        return {str(key): str(value) for key, value in table["hashes"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def save(lock: Path, name: str, entry: Entry | None, build: Build | None) -> None:
    """Keep the fingerprints of a target that was built; a disk that refuses does not
    matter."""
    if entry is not None and build is not None and len(build.hashes) >= _WORTH_IT:
        table = {"of": _digest(entry), "hashes": build.hashes}
        with suppress(OSError):
            _keep(_file(lock, name), json.dumps(table).encode())


def _keep(path: Path, data: bytes) -> None:
    """Write a file, and keep a folder that is made for it out of repositories."""
    if not path.parent.is_dir():
        saving.save(path.with_name(".gitignore"), b"*\n")
    saving.save(path, data)


def _file(lock: Path, name: str) -> Path:
    key = digest(name.encode("utf-8", "surrogatepass"))
    return lock.parent / ".specwright" / "cache" / f"{key[:16]}.json"


def _digest(entry: Entry) -> str:
    """Tell entries apart, whatever a merge has made of them."""
    table = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return digest(json.dumps(table, sort_keys=True).encode())
