"""Where a resource stands: a path below the service root, built step by step.

A Location is what every resource holds: generated code appends segments, keys and
function calls to it, `calls` makes requests of it. Text is percent-encoded here,
exactly once, as it is appended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote, unquote

from .codecs import encode, literal
from .exchange import NO_OPTIONS, CallOptions, Exchanger
from .json import dumps
from .model import Model
from .options import UNSET, joined

ExchangerT = TypeVar("ExchangerT", bound=Exchanger)

IN_NAME = "$/@,!()=':*"
IN_SEGMENT = "@,!"
IN_LITERAL = "'@,!:"


class Location(Generic[ExchangerT]):
    """A place of a service: the transport that reaches it and its encoded path.

    `query` holds the parameter aliases of function calls on the way, as encoded
    `@name=value`; `options` are what was settled for all calls from here on.
    """

    __slots__ = ("transport", "path", "query", "options")

    def __init__(
        self,
        transport: ExchangerT,
        path: str = "",
        query: tuple[str, ...] = (),
        options: CallOptions = NO_OPTIONS,
    ) -> None:
        self.transport = transport
        self.path = path
        self.query = query
        self.options = options

    def __truediv__(self, segment: str) -> Location[ExchangerT]:
        """Append a segment that the API's description names."""
        encoded = quote(segment, safe=IN_NAME)
        return self._append(f"/{encoded}")

    def key(self, value: Any) -> Location[ExchangerT]:
        """Append the key of an item, as a segment or in parentheses.

        Raises ValueError for a text that cannot be a segment: "", "." and "..", which
        would lead elsewhere (OData URL Conventions 4.01 sections 4.3.1 and 4.3.6).
        """
        if not self.transport.key_as_segment:
            return self._append(f"({quote(_key_literal(value), safe=IN_LITERAL)})")
        text = value if isinstance(value, str) else _bare(_key_literal(value))
        if text in ("", ".", ".."):
            raise ValueError(f"{text!r} cannot be a key: the path would lead elsewhere")
        return self._append("/" + quote(text, safe=IN_SEGMENT))

    def item(self, key: Any) -> Location[ExchangerT]:
        """Append a key of one part, or of several given as a mapping."""
        if isinstance(key, Mapping):
            return self.keys(cast("Mapping[str, Any]", key))
        return self.key(key)

    def keys(self, parts: Mapping[str, Any]) -> Location[ExchangerT]:
        """Append a key by the names of its parts: `(orderId=1,productId='x')`.

        So are keys of several parts written, and alternate ones, never as segments.
        """
        return self._append(f"({_named(parts)})")

    def function(
        self, name: str, parameters: Mapping[str, Any]
    ) -> Location[ExchangerT]:
        """Append a function call; what is UNSET is left out.

        Objects and lists travel as JSON through parameter aliases (OData URL
        Conventions 4.01 section 5.3.2), everything else as a literal in the path.
        """
        written: list[str] = []
        aliases = list(self.query)
        for parameter, value in parameters.items():
            if value is UNSET:
                continue
            if _needs_alias(value):
                alias = f"@p{len(aliases) + 1}"
                json = dumps(encode(value)).decode()
                aliases.append(f"{alias}={quote(json, safe=IN_LITERAL)}")
                written.append(f"{parameter}={alias}")
            else:
                text = quote(literal(value), safe=IN_LITERAL)
                written.append(f"{parameter}={text}")
        called = f"{self.path}/{quote(name, safe=IN_NAME)}({','.join(written)})"
        return Location(self.transport, called, tuple(aliases), self.options)

    def url(self, options: str = "") -> str:
        """Give the absolute URL to ask, with written query options.

        They count more than those that were settled for the place.
        """
        query = "&".join(filter(None, (*self.query, options)))
        if self.options.query:
            query = joined(query, self.options.query)
        return f"{self.transport.base_url}{self.path}{'?' if query else ''}{query}"

    def address(self) -> str:
        """Give the absolute URL of the place itself, without query options."""
        query = "&".join(self.query)
        return f"{self.transport.base_url}{self.path}{'?' if query else ''}{query}"

    def elsewhere(self, path: str) -> Location[ExchangerT]:
        """Give another place of the same service, its path as a caller wrote it."""
        return Location(self.transport, written_path(path), (), self.options)

    def through(self, transport: ExchangerT) -> Location[ExchangerT]:
        """Give the same place as another transport reaches it."""
        return Location(transport, self.path, self.query, self.options)

    def settled(self, options: CallOptions) -> Location[ExchangerT]:
        """Give the same place with further options for all calls from there on."""
        joined = self.options.and_(options)
        return Location(self.transport, self.path, self.query, joined)

    def _append(self, encoded: str) -> Location[ExchangerT]:
        return Location(self.transport, self.path + encoded, self.query, self.options)


def written_path(path: str) -> str:
    """Encode a path that a caller wrote as a whole; what is encoded already stays.

    Raises ValueError where it is not a path below the service root.
    """
    if path.partition("/")[0] or "?" in path or "#" in path or leads_back(path):
        raise ValueError(
            f"not a path below the service root, such as '/me': {path!r}"
            " (? and # in a name are written %3F and %23)"
        )
    return quote(path.rstrip("/"), safe=IN_NAME + "%")


def leads_back(path: str) -> bool:
    """Whether a path has steps such as "..", read by whom it may: a server may take
    "%2e%2e" or a backslash for them."""
    return not {".", ".."}.isdisjoint(re.split(r"[/\\]", unquote(path)))


def _named(parts: Mapping[str, Any]) -> str:
    return ",".join(
        f"{quote(name, safe='')}={quote(_key_literal(value), safe=IN_LITERAL)}"
        for name, value in parts.items()
    )


def _key_literal(value: Any) -> str:
    """Write a key; the id of an object that was read without it is None, and no key."""
    if value is None:
        raise ValueError("None cannot be a key")
    return literal(value)


def _bare(text: str) -> str:
    """Take a literal's quotes and prefix off: a key segment is the value itself."""
    if not text.endswith("'"):
        return text
    return text[text.index("'") + 1 : -1].replace("''", "'")


def _needs_alias(value: object) -> bool:
    if isinstance(value, (Model, Mapping)):
        return True
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))
