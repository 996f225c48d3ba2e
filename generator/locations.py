"""Where a document is: a file or a folder, a URL, or the standard input.

A leaf that the configuration, which says where, and `sources`, which goes there, share.
What is shown of a URL holds none of its secrets.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from generator.hashes import digest


@dataclass(frozen=True, slots=True, repr=False)
class Url:
    """A URL, whose query may be a secret: `text` is for asking the server alone."""

    text: str

    @property
    def key(self) -> str:
        """What stands for this URL in the names of files."""
        return digest(self.text.encode())[:32]

    def __str__(self) -> str:
        """Give the URL to show: of its query no more than what tells it from others."""
        shown = without_secrets(self.text)
        return f"{shown}({self.key[:8]})" if shown.endswith("?...") else shown

    def __repr__(self) -> str:
        return f"Url({str(self)!r})"


class StandardInput:
    """What is piped into the command; it can be read once, and is kept."""

    def __init__(self) -> None:
        self._data: bytes | None = None

    def __str__(self) -> str:
        return "<stdin>"

    def read(self, limit: int) -> bytes:
        """Give what is piped in, and of more than `limit` bytes one more than that."""
        if self._data is None:
            self._data = sys.stdin.buffer.read(limit + 1)
        return self._data


Location = Path | Url | StandardInput


def without_secrets(url: str) -> str:
    """Give a URL without user, password and fragment, and with dots for its query."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    query = "..." if parts.query else ""
    return urlunsplit((parts.scheme, host, parts.path, query, ""))
