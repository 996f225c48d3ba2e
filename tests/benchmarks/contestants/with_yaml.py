"""A description of 30 MB in YAML, made by code, read and written again: seconds each."""

from __future__ import annotations

import json
import time

from documents import large_openapi

from generator.diagnostics import Diagnostics
from generator.emitters.yaml_text import yaml_text
from generator.readers.documents import load_document
from generator.readers.source import Source

source = Source("large.yaml", large_openapi(30_000_000).encode())

started = time.perf_counter()
value = load_document(source, Diagnostics()).value
read = time.perf_counter()
text = yaml_text(value)
written = time.perf_counter()

assert len(value["paths"]) > 20_000 and len(text) > 28_000_000
print(json.dumps({"read": read - started, "written": written - read}))
