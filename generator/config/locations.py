"""The entries of a configuration that say where documents are."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from generator.config.entries import Entries
from generator.locations import Location, StandardInput, Url, without_secrets

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/")


def read_locations(
    reader: Entries,
    key: str,
    base: Path,
    *,
    required: bool = False,
    owner: Entries | None = None,
) -> tuple[Location, ...]:
    """Read a list of paths and URLs; a path is relative to `base`.

    The table of the target is the `owner`, where this is one below it. What cannot be a
    location is added to the diagnostics of the reader.
    """
    texts = reader.texts(key, required=required)
    local = _allows_local(owner or reader)
    return tuple(_location(reader, key, text, base, local) for text in texts)


def read_location(reader: Entries, key: str, base: Path) -> Location | None:
    """Read a path or a URL that may be left out."""
    text = reader.text(key)
    if not text:
        return None
    return _location(reader, key, text, base, _allows_local(reader))


def _allows_local(target: Entries) -> bool:
    return target.table.get("allow_local") is True


def _location(
    reader: Entries, key: str, text: str, base: Path, is_local: bool
) -> Location:
    if text == "-":
        if reader.place is not None:
            message = f"`{key}` is standard input, which is for the command line"
            reader.fault("config-value", message)
        return StandardInput()
    # one letter and a colon are a drive of Windows
    scheme = _SCHEME.match(text)
    if scheme is None or len(scheme[1]) == 1:
        return base / text
    fault = _fault_of_url(text, is_local=is_local)
    if fault:
        reader.fault("config-value", f"`{key}`: {fault}")
    return Url(text)


def _fault_of_url(text: str, *, is_local: bool) -> str:
    """Say what is wrong with a URL, "" for nothing; a secret in it is not repeated."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises for one that is no number
    except ValueError:
        return "this is no URL"
    shown = without_secrets(text)
    if parts.scheme == "http" and not is_local:
        return (
            f"{shown} is not asked without encryption; write https://, or, for a server"
            " of this machine or its network, set allow_local (--allow-local)"
        )
    if parts.scheme not in ("https", "http"):
        return f"a URL begins with https://, found {parts.scheme}:"
    if (
        not parts.hostname
        or not text.isascii()
        or re.search(r"[\s\x00-\x1f\x7f]", text)
    ):
        return f"{shown} is no URL"
    if "@" in parts.netloc:
        return f"{shown} has a user or a password before its host"
    return f"{shown} has a fragment" if "#" in text else ""
