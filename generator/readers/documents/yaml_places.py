"""Where the values of a YAML text stand, found when somebody asks.

YAML cannot be skipped through as JSON can: the first question has the whole text gone
through once more and every place kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from generator.readers.documents.faults import Spot
from generator.readers.documents.yaml_text import events_of, without_collection

_At = tuple[int, int]
"""Line and column, from 0."""

_Node = tuple[_At, dict[str | int, Any] | None]
"""Where an item or a key stands, and the places of what it holds."""


class YamlPlaces:
    """Finds places in a text that is known to be one YAML document."""

    def __init__(self, text: str) -> None:
        with without_collection():
            self._root = _index(text)

    def find(self, pointer: Sequence[str | int]) -> Spot:
        """Give where a key or an item of a list stands.

        What is not there, or comes by an alias, stands where the last thing on the way
        to it does.
        """
        (line, column), children = self._root
        for step in pointer:
            if not children or step not in children:
                break
            (line, column), children = children[step]
        return Spot(line + 1, column + 1)


def _index(text: str) -> _Node:
    """Go through the events of a text, and keep where each began."""
    root: dict[str | int, Any] = {}
    current, in_mapping = root, False
    key: str | None = None
    at: _At = (0, 0)
    stack: list[tuple[dict[str | int, Any], bool]] = []
    with events_of(text) as (parser, restore):
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                current, in_mapping = stack.pop()
                continue
            if kind is yaml.DocumentEndEvent:
                node: _Node = root[0]
                return node
            if kind is yaml.StreamStartEvent or kind is yaml.DocumentStartEvent:
                continue
            if key is None:
                mark = event.start_mark
                at = mark.line, mark.column
                if in_mapping:
                    key = getattr(event, "value", "")
                    key = key.translate(restore) if restore else key
                    continue
            is_leaf = kind is yaml.ScalarEvent or kind is yaml.AliasEvent
            children: dict[str | int, Any] | None = None if is_leaf else {}
            current[len(current) if key is None else key] = at, children
            key = None
            if children is not None:
                stack.append((current, in_mapping))
                current, in_mapping = children, kind is yaml.MappingStartEvent
