"""Local copies of what was fetched: a build reads them and needs no network.

They stand in `.specwright/sources` beside the configuration, for each URL the document
and a record of what it must be: its hash, and by what to ask whether it has changed. Both
may be committed; the record has no secrets of the URL.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import SpecError
from generator.files import read_kept
from generator.hashes import digest, plain_ends
from generator.locations import Url
from generator.readers.source import load_source
from generator.saving import save
from generator.sources.fetching import Answer

FOLDER = Path(".specwright", "sources")


class BrokenCopy(Exception):
    """A copy that is not what was fetched; the message says in what way."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the copy of a URL is, beside the configuration in `home`."""

    url: Url
    home: Path

    @property
    def document(self) -> Path:
        """The file of the document."""
        return self.home / FOLDER / f"{self.url.key}.source"

    @property
    def record(self) -> Path:
        """The file that says what the document must be."""
        return self.home / FOLDER / f"{self.url.key}.json"

    def read(self) -> Answer | None:
        """Give the document, None if there is no copy of it.

        Raises BrokenCopy if it is not the one that was fetched.
        """
        try:
            text = read_kept(self.record)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenCopy(
                f"{self.record} cannot be read: {error.strerror}"
            ) from error
        except ValueError as error:
            raise BrokenCopy(str(error)) from error
        record = _record(text)
        try:
            data = load_source(self.document).data
        except SpecError as error:
            message = f"{self.document}: {error.diagnostics[0].message}"
            raise BrokenCopy(message) from error
        if record.get("sha256") not in (digest(data), digest(plain_ends(data))):
            raise BrokenCopy(f"{self.document} is not what was fetched")
        etag, last_modified = record.get("etag"), record.get("last_modified")
        return Answer(data, str(etag or ""), str(last_modified or ""))

    def write(self, answer: Answer) -> None:
        """Keep a document, and then what it must be. Raises OSError."""
        record = {
            "url": str(self.url),
            # git may commit it with other line ends than the server's
            "sha256": digest(plain_ends(answer.data)),
            "size": len(answer.data),
            "etag": answer.etag,
            "last_modified": answer.last_modified,
        }
        save(self.document, answer.data)
        save(self.record, (json.dumps(record, indent=2) + "\n").encode())


def _record(text: bytes) -> dict[str, Any]:
    """Give what a record says, nothing for what is no record."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
