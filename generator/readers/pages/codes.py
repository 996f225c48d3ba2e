"""The stable codes of what the reader of pages reports, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from generator.diagnostics import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "page-block": Code(
            _ERROR, "an HTML comment begins like JSON and is none", may_pass=True
        ),
        "page-encoding": Code(_WARNING, "a page is not UTF-8 and was not looked at"),
        "page-example-duplicate": Code(
            _ERROR, "an example gives one property twice", may_pass=True
        ),
        "page-example-json": Code(
            _ERROR, "an example is not valid JSON", may_pass=True
        ),
        "page-front-matter": Code(
            _ERROR, "the front matter is not closed or not valid YAML", may_pass=True
        ),
        "page-outside": Code(
            _WARNING, "a page is a link to a file outside the folder; not looked at"
        ),
        "page-too-large": Code(
            _WARNING, "a page is larger than any page is; not looked at"
        ),
        "page-unreadable": Code(_WARNING, "a page or folder cannot be read"),
    }
)
