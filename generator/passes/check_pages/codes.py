"""The stable codes of what the check of pages reports, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "page-anchor": "a link leads to a place in a page that is not there",
        "page-block-kind": "the comment before a block gives it an unknown blockType",
        "page-block-type": "the comment before a block names a type that does not fit",
        "page-example-member": "an example has a value that its enumeration lacks",
        "page-example-missing": "an example lacks what the call or the type needs",
        "page-example-readonly": "a request's example sets what only the service sets",
        "page-example-type": "an example has a value of another type",
        "page-example-type-name": "an example has the name of a type for a value",
        "page-example-undeclared": "an example has a property that an open type may have",
        "page-example-unknown": "an example has a property that does not exist",
        "page-link": "a link, image or include leads to a file that is not there",
        "page-member-missing": "a table of an enumeration lacks one of its members",
        "page-member-unknown": "a table of an enumeration has a member too many",
        "page-placeholder": "a page still holds a placeholder such as TODO",
        "page-property-missing": "a table lacks a property of its type",
        "page-property-readonly": "a request's table has what only the service sets",
        "page-property-required": "a request's table lacks what must be given",
        "page-property-type": "a table gives a property another type",
        "page-property-undeclared": "a table has a property that an open type may have",
        "page-property-unknown": "a table has a property that does not exist",
        "page-property-unlisted": "a request's table lacks what may be given",
        "page-request-method": "a request line's method is not offered at its path",
        "page-request-path": "a request line's path does not exist",
    }
)
