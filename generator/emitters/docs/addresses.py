"""Addresses: the URLs of examples, written as a generated client writes them.

A place is reached along links; each key on the way has the value that `samples` gives
it. Text is percent-encoded once, as it is appended (OData 4.01 URL Conventions sections
2 and 4; RFC 3986 section 2.1). `http` shows the URLs, `snippets` the same keys in
Python.
"""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol
from urllib.parse import quote

from generator.emitters.samples import Json, Samples
from generator.model import (
    Api,
    KeyPart,
    LinkKind,
    Operation,
    Property,
    Resource,
    ResourceLink,
    Scalar,
    ScalarKind,
    TypeRef,
)

# What may stand in each part of a URL as it is.
_IN_NAME = "$/@,!()=':*"
_IN_SEGMENT = "@,!"
_IN_LITERAL = "'@,!:"
_IN_QUERY = "$'()*,/:@!="


class Way(Protocol):
    """How a place is reached: the links from the service root."""

    @property
    def steps(self) -> Sequence[ResourceLink]:
        """The links, the first of them a root."""
        ...


class KeyValue(NamedTuple):
    """A part of a key, its type and its value."""

    part: KeyPart
    type: TypeRef
    value: Json


class Step(NamedTuple):
    """A link, with the parts of the key and the arguments that it needs."""

    link: ResourceLink
    keys: tuple[KeyValue, ...] = ()
    arguments: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Url:
    """A path below the service root and query options, both encoded."""

    path: str = ""
    options: tuple[str, ...] = ()

    def __truediv__(self, segment: str) -> Url:
        return Url(f"{self.path}/{_quoted(segment, safe=_IN_NAME)}", self.options)

    def with_option(self, name: str, text: str) -> Url:
        """Give the URL with a further query option."""
        written = f"{_quoted(name, safe='$@')}={_quoted(text, safe=_IN_QUERY)}"
        return Url(self.path, (*self.options, written))

    def __str__(self) -> str:
        return "?".join(filter(None, (self.path, "&".join(self.options))))


class Addresses:
    """Writes the URLs of an Api."""

    def __init__(self, api: Api, samples: Samples) -> None:
        self._api = api
        self._samples = samples

    def steps(self, way: Way) -> Sequence[Step]:
        """Give the steps of a way with the values that they need.

        The last key of a type is that of the object which examples of the type show;
        one that stands before it is another.
        """
        found: list[Step] = []
        counts: Counter[str] = Counter()
        for link in reversed(way.steps):
            if link.kind is LinkKind.KEY:
                type_id = self._api.resources[link.target].type
                found.append(Step(link, self.key(type_id, link.key, counts[type_id])))
                counts[type_id] += 1
            elif link.operation is not None:
                given = self._samples.arguments(link.operation)
                found.append(Step(link, arguments=given))
            else:
                found.append(Step(link))
        return found[::-1]

    def key(
        self, type_id: str, parts: Sequence[KeyPart], nth: int = 0
    ) -> tuple[KeyValue, ...]:
        """Give the values of the parts of a key, those of the type's own by default."""
        parts = parts or self._samples.structure.key(type_id) or (KeyPart("id"),)
        return tuple(self._key_value(type_id, part, nth) for part in parts)

    def _key_value(self, type_id: str, part: KeyPart, nth: int) -> KeyValue:
        member = self._samples.structure.at(type_id, part.path)[1]
        ref = _typed(member)
        return KeyValue(part, ref, self._samples.key(type_id, part.path, nth))

    def url(self, way: Way) -> Url:
        """Give the URL of a place."""
        return self.along(self.steps(way))

    def along(self, steps: Sequence[Step]) -> Url:
        """Give the URL to which steps lead."""
        url = Url()
        for step in steps:
            if step.link.kind is LinkKind.KEY:
                url = self.item(url, step.keys, alternate=step.link.alternate)
            elif step.link.operation is not None:
                url = self.called(url, step.link.operation, step.arguments)
            else:
                url /= step.link.name
        return url

    def item(
        self, url: Url, keys: Sequence[KeyValue], *, alternate: bool = False
    ) -> Url:
        """Give the URL of an item of a collection."""
        literals = [self.literal(key.type, key.value) for key in keys]
        if len(keys) > 1 or alternate:
            named = ",".join(
                f"{_quoted(key.part.name, safe='')}={_quoted(text, safe=_IN_LITERAL)}"
                for key, text in zip(keys, literals, strict=True)
            )
            return Url(f"{url.path}({named})", url.options)
        if not self._api.key_as_segment:
            text = _quoted(literals[0], safe=_IN_LITERAL)
            return Url(f"{url.path}({text})", url.options)
        # in a segment stands the value itself, without quotes and prefix
        value = keys[0].value
        text = value if isinstance(value, str) else literals[0]
        return Url(f"{url.path}/{_quoted(text, safe=_IN_SEGMENT)}", url.options)

    def called(
        self, url: Url, operation: Operation, arguments: Mapping[str, Json]
    ) -> Url:
        """Give the URL of a function call; objects and lists travel as JSON through
        aliases (OData 4.01 URL Conventions section 5.3.2)."""
        types = {each.name: each.type for each in operation.parameters}
        written: list[str] = []
        options = list(url.options)
        for name, value in arguments.items():
            if isinstance(value, dict | list):
                alias = f"@p{len(options) + 1}"
                text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
                options.append(f"{alias}={_quoted(text, safe=_IN_LITERAL)}")
                written.append(f"{_quoted(name, safe='')}={alias}")
            else:
                text = _quoted(self.literal(types[name], value), safe=_IN_LITERAL)
                written.append(f"{_quoted(name, safe='')}={text}")
        name = (operation.path or (operation.name,))[-1]
        path = f"{url.path}/{_quoted(name, safe=_IN_NAME)}({','.join(written)})"
        return Url(path, tuple(options))

    def literal(self, ref: TypeRef, value: Json) -> str:
        """Write a value as it stands in a URL, not encoded (OData ABNF, rule
        primitiveLiteral)."""
        ref = self._samples.structure.settle(ref)[0]
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return (
                format(Decimal(str(value)), "f")
                if isinstance(value, float)
                else str(value)
            )
        if isinstance(ref, Scalar) and ref.kind in _BARE:
            return value
        if isinstance(ref, Scalar) and ref.kind is ScalarKind.BINARY:
            return f"binary'{urlsafe_b64encode(b64decode(value)).decode()}'"
        if isinstance(ref, Scalar) and ref.kind is ScalarKind.DURATION:
            return f"duration'{value}'"
        escaped = value.replace("'", "''")
        return f"'{escaped}'"

    def home(self, type_id: str) -> Sequence[Step]:
        """Give the steps to an object of a type in the entity set where it lives: one
        of its own type, else one of the nearest base. No steps where there is none.
        """
        for struct in self._samples.structure.chain(type_id):
            for link in self._api.links:
                resource = self._api.resources[link.target]
                key = _own_key(resource) if resource.type == struct.id else None
                if key is not None:
                    return Step(link), Step(key, self.key(type_id, key.key))
        return ()


_BARE = {ScalarKind.DATE, ScalarKind.DATE_TIME, ScalarKind.TIME, ScalarKind.GUID}


def _quoted(text: str, *, safe: str) -> str:
    """Percent-encode a text; half a character has no form in a URL and becomes "?"."""
    return quote(text, safe=safe, errors="replace")


def _typed(member: Property | None) -> TypeRef:
    return member.type if member is not None else Scalar(ScalarKind.STRING)


def _own_key(resource: Resource) -> ResourceLink | None:
    """The link to an item of a collection by its primary key."""
    keys = (link for link in resource.links if link.kind is LinkKind.KEY)
    return next((link for link in keys if not link.alternate), None)
