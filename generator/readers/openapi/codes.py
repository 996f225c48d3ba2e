"""The codes of all findings of the OpenAPI reader: how bad each is and what it means.

Stands between what finds something and `readers.codes`, which adds it.
"""

from __future__ import annotations

from generator.diagnostics import Code, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES = {
    # The document
    "openapi-not-a-description": Code(_ERROR, "the document is no OpenAPI description"),
    "openapi-version": Code(_ERROR, "a version of OpenAPI other than 3.0, 3.1 and 3.2"),
    "openapi-several": Code(
        _ERROR, "several descriptions where one is read", may_pass=True
    ),
    "openapi-missing": Code(_WARNING, "a field that must be there is not"),
    "openapi-type": Code(_WARNING, "a field's value is of another type, left out"),
    "openapi-value": Code(_WARNING, "a field has none of its values, left out"),
    "openapi-invalid": Code(_WARNING, "openapi-spec-validator finds a fault"),
    "openapi-not-validated": Code(_INFO, "openapi-spec-validator could not judge"),
    "openapi-swagger": Code(_WARNING, "OpenAPI 3 cannot say what Swagger 2.0 does"),
    # References
    "openapi-reference-unknown": Code(
        _ERROR, "a reference leads to nothing", may_pass=True
    ),
    "openapi-reference-cycle": Code(_ERROR, "a reference leads back to itself"),
    "openapi-reference-not-read": Code(
        _ERROR, "a reference to what cannot be read", may_pass=True
    ),
    "openapi-reference-sibling": Code(
        _WARNING, "keywords beside a reference, which OpenAPI 3.0 says to ignore"
    ),
    # Schemas
    "openapi-too-deep": Code(
        _ERROR, "schemas or references lead on deeper than any do"
    ),
    "openapi-inheritance-cycle": Code(
        _ERROR, "a schema is made of itself, or of too many others in a row"
    ),
    "openapi-never": Code(_INFO, "a schema that no value satisfies"),
    "openapi-contradiction": Code(_WARNING, "schemas that no value satisfies together"),
    "openapi-discriminator": Code(_WARNING, "a discriminator that tells nothing apart"),
    "openapi-keyword-kept": Code(
        _INFO, "keywords that are kept as they stand and decide no type"
    ),
    # Operations
    "openapi-bad-path": Code(
        _ERROR, "a path that does not begin with a slash", may_pass=True
    ),
    "openapi-same-path": Code(
        _WARNING, "paths that differ in the names of parameters alone"
    ),
    "openapi-duplicate-operation": Code(
        _WARNING, "an operationId is used twice, taken as if it had none"
    ),
    "openapi-duplicate-parameter": Code(_WARNING, "a parameter is given twice"),
    "openapi-missing-parameter": Code(
        _WARNING, "a parameter of the path is not declared, taken for a text"
    ),
    "openapi-unknown-parameter": Code(
        _WARNING, "a path parameter that the path does not have, left out"
    ),
    "openapi-header-name": Code(
        _WARNING, "a name that no header or cookie can have, left out"
    ),
    "openapi-querystring": Code(
        _WARNING, "a whole query string as a parameter, left out"
    ),
    "openapi-item-schema": Code(
        _WARNING, "a request that is a sequence of items, taken for bytes"
    ),
    "openapi-method": Code(_WARNING, "an HTTP method that cannot be used, left out"),
    "openapi-webhooks": Code(_WARNING, "webhooks, which are left out"),
    "openapi-callbacks": Code(_WARNING, "callbacks, which are left out"),
    "openapi-links": Code(_WARNING, "links between operations, which are left out"),
    "openapi-unknown-scheme": Code(
        _WARNING, "a security requirement names a scheme that is not there, left out"
    ),
}
