"""The generated package's first user, with five properties: first_ours.py USER."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import graph_v1
from stopwatch import read_five

data = Path(sys.argv[1]).read_bytes()
client = graph_v1.Client("token", base_url="https://graph.microsoft.com/v1.0")
before = set(sys.modules)
started = time.perf_counter()

from graph_v1.models import User  # noqa: E402

read_five(User.from_json(data))

passed = time.perf_counter() - started
loaded = [name for name in set(sys.modules) - before if name.startswith("graph_v1")]
print(json.dumps({"ms": passed * 1000, "modules": len(loaded)}))
