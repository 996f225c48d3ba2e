"""YAML in, plain values out: YAML 1.2 with its core schema, out of an untrusted file.

libyaml finds the structure and PyYAML hands it over event by event; what the events
mean is decided here. That is faster than composing and constructing with PyYAML by a
factor of ten (30 MB in about two seconds), and there is one place that bounds depth,
what aliases stand for, tags, keys and numbers. Without libyaml PyYAML's own scanner
gives the same events, slowly.

Two habits of JSON are kept to: keys are texts, as they are written (`200` and `on` are
"200" and "on"), and numbers are finite. `<<` merges as it did in YAML 1.1, because
people use it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, NamedTuple, NoReturn

import yaml

from generator.readers.documents.faults import (
    MAX_DEPTH,
    MAX_VALUES,
    Duplicate,
    Fault,
    Spot,
    depth_exceeds,
    too_deep,
    too_large,
)
from generator.readers.documents.scalars import STARTS, Scalar, resolve

MAX_ALIASED: Final = 1_000_000
"""How many values all the aliases of a document may stand for."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EVENTS_OF_ONE: Final = 3
"""A value is an event, two with its key, three where it holds others."""

_CORE: Final = "tag:yaml.org,2002:"
_TAGS: Final = {
    "bool": bool,
    "float": float | int,
    "int": int,
    "null": type(None),
}
_MERGE: Final = "<<"
_FORBIDDEN: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_BREAKS_OF_OLD: Final = "\x85\u2028\u2029"
"""What libyaml takes for the end of a line and YAML 1.2 does not (section 5.4)."""


class Anchored(NamedTuple):
    """What an alias stands for, and how many values that is."""

    value: Any
    size: int


def parse_yaml(text: str, duplicates: list[Duplicate]) -> Any:
    """Read a text that holds one YAML document.

    Keys given twice are added to `duplicates`; the last one counts. Raises Fault at the
    first thing that makes the document unreadable.
    """
    with events_of(text) as (parser, restore):
        builder = _Builder(parser, duplicates, restore)
        with without_collection():
            value = builder.run()
    if builder.aliased and depth_exceeds(value, MAX_DEPTH):
        message = f"with its aliases the document is nested more than {MAX_DEPTH} deep"
        raise Fault("document-too-deep", message, Spot(1, 1))
    return value


@contextmanager
def events_of(text: str) -> Iterator[tuple[Any, dict[int, str] | None]]:
    """Give a PyYAML parser of a text, and how its scalars are to be translated back,
    if they are.

    What it raises within is raised as a Fault.
    """
    if not text.endswith("\n"):
        text += "\n"
    text, restore = _hide_old_breaks(text)
    try:
        parser = Loader(text)
        try:
            yield parser, restore
        finally:
            parser.dispose()
    except yaml.YAMLError as error:
        raise _syntax(text, error) from None


def _hide_old_breaks(text: str) -> tuple[str, dict[int, str] | None]:
    """Put private characters in the place of those that libyaml would break lines at.

    Gives the translation back, or None if there is nothing to translate.
    """
    found = [char for char in _BREAKS_OF_OLD if char in text]
    if not found:
        return text, None
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    hidden = dict(zip(found, free, strict=False))
    restore = {ord(stand_in): char for char, stand_in in hidden.items()}
    return text.translate({ord(char): hidden[char] for char in hidden}), restore


def _syntax(text: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if mark:
        problem = ", ".join(
            part for part in (error.context, error.problem) if part  # type: ignore[attr-defined]
        )
        spot = spot_of(mark)
        return Fault("document-syntax", f"this is not YAML: {problem}", spot)
    found = _FORBIDDEN.search(text)
    offset = found.start() if found else 0
    line = text.count("\n", 0, offset) + 1
    spot = Spot(line, offset - (text.rfind("\n", 0, offset) + 1) + 1)
    message = "this is not YAML: it has a character that YAML forbids"
    if found:
        message += f", U+{ord(found[0]):04X}"
    return Fault("document-syntax", message, spot)


def spot_of(mark: Any) -> Spot:
    """Give the place that PyYAML names, which counts from 0."""
    return Spot(mark.line + 1, mark.column + 1)


@contextmanager
def without_collection() -> Iterator[None]:
    """Hold the collector of cycles back while millions of values that have none are
    made; that is a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Builder:
    """Makes the value of a document of its events."""

    def __init__(
        self,
        parser: Any,
        duplicates: list[Duplicate],
        restore: dict[int, str] | None,
    ) -> None:
        self.aliased = 0
        self._parser = parser
        self._duplicates = duplicates
        self._restore = restore
        self._anchors: dict[str, Anchored] = {}
        self._merging: list[dict[str, Any]] = []
        self._size = 0

    def run(self) -> Any:
        """Read the events of a stream that must hold one document."""
        get = self._parser.get_event
        get()  # the start of the stream
        start = get()
        if not isinstance(start, yaml.DocumentStartEvent):
            message = "the document is empty"
            raise Fault("document-empty", message, Spot(1, 1))
        value = self._value_of_document()
        after = get()
        if not isinstance(after, yaml.StreamEndEvent):
            message = "another YAML document begins here; a file must hold one only"
            raise Fault("document-several", message, spot_of(after.start_mark))
        if value is None:
            message = "the document is empty"
            raise Fault("document-empty", message, spot_of(start.start_mark))
        return value

    def _value_of_document(self) -> Any:
        """Read events up to the end of the document.

        This loop sees every value. `current` is the list or dict that is being filled,
        `key` the key whose value comes next in a dict, None where a key comes next.
        """
        get, scalar = self._parser.get_event, self._scalar
        names: dict[str, str] = {}
        root: list[Any] = []
        current: Any = root
        in_mapping = False
        key: str | None = None
        stack: list[tuple[Any, bool, str | None, int]] = []
        for event in islice(iter(get, None), _EVENTS_OF_ONE * MAX_VALUES):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if in_mapping and key is None:
                    key = self._key(event, current)
                    key = names.setdefault(key, key)
                    continue
                value = event.value
                if event.tag or event.anchor or self._restore:
                    value = self._unusual(event)
                elif event.implicit[0] and (not value or value[0] in STARTS):
                    value = scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                value = self._container(event, in_mapping and key is None)
                if in_mapping:
                    current[key] = value
                else:
                    current.append(value)
                stack.append((current, in_mapping, event.anchor, self._size))
                if len(stack) > MAX_DEPTH:
                    raise too_deep(spot_of(event.start_mark))
                current, key = value, None
                in_mapping = kind is yaml.MappingStartEvent
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._size += len(current)
                if self._merging and self._merging[-1] is current:
                    self._merge(event)
                done = current
                current, in_mapping, anchor, size = stack.pop()
                key = None
                if anchor:
                    self._anchors[anchor] = Anchored(done, self._size - size + 1)
                continue
            elif kind is yaml.AliasEvent:
                value = self._alias(event)
                if in_mapping and key is None:
                    key = self._checked_key(value, event)
                    continue
            else:
                return root[0]
            if in_mapping:
                current[key] = value
                key = None
            else:
                current.append(value)
        raise too_large(spot_of(event.start_mark))

    def _key(self, event: Any, mapping: dict[str, Any]) -> str:
        key: str = event.value
        if self._restore:
            key = key.translate(self._restore)
        if event.anchor:
            self._anchors[event.anchor] = Anchored(key, 1)
        if key in mapping:
            self._duplicates.append(Duplicate(key, spot_of(event.start_mark)))
        elif key == _MERGE and event.implicit[0]:
            self._merging.append(mapping)
        return key

    def _checked_key(self, value: Any, event: Any) -> str:
        if isinstance(value, str):
            return value
        message = "a key must be a text"
        raise Fault("document-key", message, spot_of(event.start_mark))

    def _container(self, event: Any, is_key: bool) -> dict[str, Any] | list[Any]:
        if is_key:
            message = "a key must be a text, not a list or a mapping"
            raise Fault("document-key", message, spot_of(event.start_mark))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag and event.tag not in (
            "!",
            _CORE + ("map" if is_mapping else "seq"),
        ):
            self._refuse_tag(event)
        if event.anchor:
            # until its end is seen, nothing may refer to it
            self._anchors.pop(event.anchor, None)
        return {} if is_mapping else []

    def _scalar(self, event: Any) -> Scalar:
        """Give what an untagged plain scalar means."""
        try:
            return resolve(event.value)
        except ValueError as error:
            spot = spot_of(event.start_mark)
            raise Fault("document-number", str(error), spot) from None

    def _unusual(self, event: Any) -> Scalar:
        """Give what a scalar means that may have a tag, an anchor, or characters to
        put back."""
        value: Scalar = event.value
        if event.tag:
            value = self._tagged(event)
        elif event.implicit[0]:
            value = self._scalar(event)
        if self._restore and isinstance(value, str):
            value = value.translate(self._restore)
        if event.anchor:
            self._anchors[event.anchor] = Anchored(value, 1)
        return value

    def _tagged(self, event: Any) -> Scalar:
        name = event.tag.removeprefix(_CORE)
        if name in ("!", "str"):
            return str(event.value)
        if name not in _TAGS or not event.tag.startswith(_CORE):
            self._refuse_tag(event)
        value = self._scalar(event)
        # True is an int in Python
        if not isinstance(value, _TAGS[name]) or isinstance(value, bool) is not (
            name == "bool"
        ):
            message = f"this is no value of the tag !!{name}"
            raise Fault("document-tag", message, spot_of(event.start_mark))
        return float(value) if name == "float" and value is not None else value

    def _refuse_tag(self, event: Any) -> NoReturn:
        tag = event.tag.replace(_CORE, "!!", 1)
        message = f"the tag {tag} is not known here; only YAML's core schema is read"
        raise Fault("document-tag", message, spot_of(event.start_mark))

    def _alias(self, event: Any) -> Any:
        """Give what an alias stands for: the very same object, counted once more."""
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            message = f"no value before this one has the anchor &{event.anchor}"
            raise Fault("document-aliases", message, spot_of(event.start_mark))
        self._count(anchored.size, event)
        return anchored.value

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            message = f"the aliases stand for more than {MAX_ALIASED:,} values"
            raise Fault("document-aliases", message, spot_of(event.start_mark))

    def _merge(self, event: Any) -> None:
        """Give a mapping the members of those that its key << names; its own come
        first."""
        mapping = self._merging.pop()
        merged = mapping.pop(_MERGE)
        for source in merged if isinstance(merged, list) else [merged]:
            if not isinstance(source, dict):
                message = "<< in this mapping must name mappings"
                raise Fault("document-key", message, spot_of(event.start_mark))
            self._count(len(source), event)
            for key, value in source.items():
                mapping.setdefault(key, value)
