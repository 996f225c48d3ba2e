"""Server-sent events: lines of text become events (WHATWG HTML section 9.2.6).

`streams` imports this module when events are first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """An event of a stream: its kind, its data and its id ("" for none).

    `retry` is how many milliseconds to wait before connecting anew, if it says so.
    """

    event: str = "message"
    data: str = ""
    id: str = ""
    retry: int | None = None


class EventReader:
    """Makes events of lines; an id holds until another one is told."""

    def __init__(self) -> None:
        self._event = ""
        self._data: list[str] = []
        self._id = ""
        self._retry: int | None = None

    def read(self, line: str) -> ServerEvent | None:
        """Take a line; give the event that it ends, if it ends one with data."""
        if not line:
            return self._end()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self._retry = int(value[:18])
        return None

    def _end(self) -> ServerEvent | None:
        event, data = self._event or "message", self._data
        self._event, self._data = "", []
        if not data:
            return None
        return ServerEvent(event, "\n".join(data), self._id, self._retry)
