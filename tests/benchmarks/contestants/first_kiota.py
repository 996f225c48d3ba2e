"""msgraph-sdk's first user, with five properties: first_kiota.py USER."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph import GraphRequestAdapter, GraphServiceClient
from stopwatch import read_five

data = Path(sys.argv[1]).read_bytes()
adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
client = GraphServiceClient(request_adapter=adapter)
before = set(sys.modules)
started = time.perf_counter()

from msgraph.generated.models.user import User  # noqa: E402

node = JsonParseNodeFactory().get_root_parse_node("application/json", data)
read_five(node.get_object_value(User))

passed = time.perf_counter() - started
loaded = [name for name in set(sys.modules) - before if name.startswith("msgraph")]
print(json.dumps({"ms": passed * 1000, "modules": len(loaded)}))
