"""The codes of what is found in a document before anybody asks what it describes."""

from __future__ import annotations

from generator.diagnostics import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CODES = {
    "document-encoding": Code(_ERROR, "bytes that are no text in the encoding found"),
    "document-syntax": Code(_ERROR, "the text is not well-formed JSON or YAML"),
    "document-empty": Code(_ERROR, "a document without a value"),
    "document-several": Code(_ERROR, "a file with more than one YAML document"),
    "document-too-deep": Code(_ERROR, "values are nested deeper than is followed"),
    "document-too-large": Code(_ERROR, "more values than any description holds"),
    "document-aliases": Code(_ERROR, "YAML aliases that lead nowhere or say too much"),
    "document-tag": Code(_ERROR, "a YAML tag beyond those of the core schema"),
    "document-key": Code(_ERROR, "a key that is not a single text"),
    "document-number": Code(_ERROR, "a number that is not finite, or far too long"),
    "document-duplicate": Code(_WARNING, "a key that is given twice in one mapping"),
}
