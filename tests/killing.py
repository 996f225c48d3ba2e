"""Kill `generate` at random points, and look at what it leaves.

    python -m tests.killing SPEC OTHER_SPEC [POINTS]

does so by hand for a large spec; tests/test_killing.py does for a small one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG = (
    '[[target]]\nspec = "spec"\npackage = "zoo"\nout = "src"\n'
    'emit = ["python", "docs", "openapi"]\n'
)
WHOLE_GRAPH = (
    '[[target]]\nspec = "spec"\npackage = "graph"\nout = "src"\n'
    '[[target]]\nspec = "spec"\npackage = "pin"\nout = "src"\n'
    'emit = ["docs", "openapi"]\ninclude = ["microsoft.graph.fido2*"]\n'
)
"""All of its types, and pages of a few of them: the pages of all take too long."""
LOCK = "specwright.lock"


def state(folder: Path) -> dict[str, str]:
    """The digest of each generated folder and of the lock, by name; what a run keeps
    for itself is no part of it."""
    found: dict[str, str] = {}
    for place in sorted((folder / "src").glob("[!.]*")):
        whole = sha256()
        for path in sorted(place.rglob("*")):
            if path.is_file():
                whole.update(path.relative_to(place).as_posix().encode())
                whole.update(sha256(path.read_bytes()).digest())
        found[place.name] = whole.hexdigest()
    lock = folder / LOCK
    found[LOCK] = sha256(lock.read_bytes()).hexdigest() if lock.exists() else ""
    return found


def litter(folder: Path) -> list[str]:
    """What a run keeps for itself and has left."""
    places = (*folder.iterdir(), *(folder / "src").iterdir())
    return [path.name for path in places if ".specwright-" in path.name]


def start(folder: Path, command: str) -> subprocess.Popen[bytes]:
    """Begin a run in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "generator", command, "--quiet"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, command: str = "generate") -> float:
    """Let a run end, and give how long it took."""
    began = time.monotonic()
    process = start(folder, command)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0, err.decode()
    return time.monotonic() - began


def kill_at(folder: Path, seconds: float) -> bool:
    """Begin a run and kill it; say whether it was still running."""
    process = start(folder, "generate")
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    return False


def kill_many(
    folder: Path, specs: tuple[bytes, bytes], points: int, config: str = CONFIG
) -> Counter[str]:
    """Kill so many runs that turn the tree of one spec into that of another; count what
    was found. Raises AssertionError for a tree that is neither, and for one that the next
    run does not put right."""
    (folder / "specwright.toml").write_text(config)
    states = []
    for spec in specs:
        (folder / "spec").write_bytes(spec)
        duration = run(folder)
        states.append(state(folder))
    assert states[0] != states[1]
    chance = random.Random(points)
    found: Counter[str] = Counter()
    for point in count():
        old, new = states[(point + 1) % 2], states[point % 2]
        (folder / "spec").write_bytes(specs[point % 2])
        # half of the points lie at the end, where the disk changes
        first = 0.0 if point % 4 < 2 else duration * 0.6
        was_running = kill_at(folder, first + chance.random() * (duration - first))
        left = state(folder)
        assert left.keys() == old.keys() | new.keys(), left.keys()
        for name, digest in left.items():
            assert digest in (old[name], new[name]), f"{name} is neither old nor new"
        what = "old" if left == old else "new" if left == new else "in between"
        found[what + (", killed" if was_running else ", ended")] += 1
        found["litter left"] += bool(litter(folder))
        assert what != "in between" or f".{LOCK}.specwright-journal" in litter(folder)
        took = run(folder)
        assert state(folder) == new
        assert litter(folder) == []
        run(folder, "check")
        print(point + 1, dict(found), flush=True)
        # how long a whole run takes under the load that there is now
        if what == "old":
            duration = took
        elif not was_running:
            duration *= 0.9
        if sum(found[each] for each in found if each.endswith("killed")) == points:
            break
    return found


if __name__ == "__main__":
    import tempfile

    one, other = (Path(path).read_bytes() for path in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as scratch:
        points = int((*sys.argv, 200)[3])
        print(kill_many(Path(scratch), (one, other), points, WHOLE_GRAPH))
