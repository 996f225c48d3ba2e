"""The JSON schema of a configuration, for editors and for other programs.

It stands in schema.json beside this module. What it allows may still be refused: names
that two targets share, keywords as packages, URLs and codes that are looked at closely.
"""

from __future__ import annotations

from pathlib import Path


def schema_text() -> str:
    """Give the schema (JSON Schema, draft 2020-12)."""
    return Path(__file__).with_suffix(".json").read_text("utf-8")
