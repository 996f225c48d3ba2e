"""The stable codes of what the reader of pages reports, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "page-block": "an HTML comment begins like JSON and is none",
        "page-encoding": "a page is not UTF-8 and was not looked at",
        "page-example-duplicate": "an example gives one property twice",
        "page-example-json": "an example is not valid JSON",
        "page-front-matter": "the front matter is not closed or not valid YAML",
        "page-outside": "a page is a link to a file outside the folder; not looked at",
        "page-too-large": "a page is larger than any page is; not looked at",
        "page-unreadable": "a page or folder cannot be read",
    }
)
