"""The codes of all findings of the CSDL reader: how bad each is and what it means.

Stands between what finds something and `readers.codes`, which adds it.
"""

from __future__ import annotations

from generator.diagnostics import Code, Diagnostics, Severity
from generator.model import Place
from generator.readers.codes import add

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES = {
    # The document as XML
    "csdl-not-well-formed": Code(_ERROR, "the document is not well-formed XML"),
    "csdl-doctype": Code(
        _ERROR, "a document type declaration, which is refused unread"
    ),
    "csdl-too-deep": Code(_ERROR, "elements are nested deeper than any CSDL is"),
    "csdl-too-large": Code(_ERROR, "more elements than any CSDL has"),
    "csdl-too-many-faults": Code(_ERROR, "so many faults that the rest was not read"),
    # The document as CSDL
    "csdl-wrong-root": Code(_ERROR, "the outermost element is not edmx:Edmx"),
    "csdl-bad-version": Code(_ERROR, "an OData version other than 4.x"),
    "csdl-missing-attribute": Code(
        _ERROR, "a required attribute is absent or empty", may_pass=True
    ),
    "csdl-unknown-element": Code(_WARNING, "an element that does not belong there"),
    "csdl-unknown-attribute": Code(_WARNING, "an attribute that does not belong there"),
    # References between documents
    "csdl-duplicate-alias": Code(
        _ERROR, "one alias for two namespaces in a document", may_pass=True
    ),
    "csdl-reference-not-read": Code(_INFO, "an edmx:Reference that was not followed"),
    # Names and values
    "csdl-bad-name": Code(_WARNING, "a name that is not an OData identifier"),
    "csdl-long-name": Code(
        _ERROR, "a name beyond the limits of OData, left out", may_pass=True
    ),
    "csdl-duplicate-name": Code(_ERROR, "a name that is given twice", may_pass=True),
    "csdl-duplicate-term": Code(_WARNING, "a term that is defined twice"),
    "csdl-bad-boolean": Code(
        _ERROR, "a truth value other than true and false", may_pass=True
    ),
    "csdl-bad-number": Code(
        _ERROR, "an enumeration value that is no 64-bit integer", may_pass=True
    ),
    "csdl-bad-facet": Code(_WARNING, "a facet's value that cannot be read, left out"),
    "csdl-bad-type": Code(
        _ERROR, "a type expression that cannot be read", may_pass=True
    ),
    "csdl-unknown-type": Code(
        _ERROR, "a name in Edm that OData 4 does not define", may_pass=True
    ),
    "csdl-empty-key": Code(_WARNING, "a key without properties, left out"),
    # Operations and containers
    "csdl-missing-binding": Code(_ERROR, "a bound operation without parameters"),
    "csdl-not-callable": Code(_INFO, "an operation that nothing leads to, left out"),
    "csdl-missing-result": Code(_WARNING, "a function that returns nothing"),
    "csdl-unknown-operation": Code(_WARNING, "an import of nothing known, left out"),
    "csdl-unknown-container": Code(_WARNING, "an extended container that is not there"),
    # Annotations; none is ever fatal (CSDL 4.01 section 14)
    "csdl-bad-annotation": Code(
        _WARNING, "an annotation that cannot be read, left out"
    ),
    "csdl-bad-constant": Code(
        _WARNING, "a constant that is not of its kind, kept as text"
    ),
    "csdl-annotation-dropped": Code(_INFO, "an annotation where the model keeps none"),
}


def report(
    diagnostics: Diagnostics, code: str, message: str, place: Place | None
) -> None:
    """Add a finding with the severity that the table gives its code."""
    add(diagnostics, CODES, code, message, place)
