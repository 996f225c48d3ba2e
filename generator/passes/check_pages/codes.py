"""The stable codes of what the check of pages reports, with what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from generator.diagnostics import Code, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "page-anchor": Code(
            _ERROR, "a link leads to a place in a page that is not there", may_pass=True
        ),
        "page-block-kind": Code(
            _ERROR,
            "the comment before a block gives it an unknown blockType",
            may_pass=True,
        ),
        "page-block-type": Code(
            _ERROR,
            "the comment before a block names a type that does not fit",
            may_pass=True,
        ),
        "page-example-member": Code(
            _ERROR, "an example has a value that its enumeration lacks", may_pass=True
        ),
        "page-example-missing": Code(
            _WARNING, "an example lacks what the call or the type needs"
        ),
        "page-example-readonly": Code(
            _ERROR, "a request's example sets what only the service sets", may_pass=True
        ),
        "page-example-type": Code(
            _ERROR, "an example has a value of another type", may_pass=True
        ),
        "page-example-type-name": Code(
            _ERROR, "an example has the name of a type for a value", may_pass=True
        ),
        "page-example-undeclared": Code(
            _INFO, "an example has a property that an open type may have"
        ),
        "page-example-unknown": Code(
            _ERROR, "an example has a property that does not exist", may_pass=True
        ),
        "page-link": Code(
            _ERROR,
            "a link, image or include leads to a file that is not there",
            may_pass=True,
        ),
        "page-member-missing": Code(
            _WARNING, "a table of an enumeration lacks one of its members"
        ),
        "page-member-unknown": Code(
            _ERROR, "a table of an enumeration has a member too many", may_pass=True
        ),
        "page-placeholder": Code(
            _ERROR, "a page still holds a placeholder such as TODO", may_pass=True
        ),
        "page-property-missing": Code(_WARNING, "a table lacks a property of its type"),
        "page-property-readonly": Code(
            _ERROR, "a request's table has what only the service sets", may_pass=True
        ),
        "page-property-required": Code(
            _WARNING, "a request's table lacks what must be given"
        ),
        "page-property-type": Code(
            _ERROR, "a table gives a property another type", may_pass=True
        ),
        "page-property-undeclared": Code(
            _INFO, "a table has a property that an open type may have"
        ),
        "page-property-unknown": Code(
            _ERROR, "a table has a property that does not exist", may_pass=True
        ),
        "page-property-unlisted": Code(
            _INFO, "a request's table lacks what may be given"
        ),
        "page-request-method": Code(
            _ERROR, "a request line's method is not offered at its path", may_pass=True
        ),
        "page-request-path": Code(
            _ERROR, "a request line's path does not exist", may_pass=True
        ),
    }
)
