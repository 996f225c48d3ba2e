"""The codes of what is found about overlays."""

from __future__ import annotations

from generator.diagnostics import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CODES = {
    "overlay-version": Code(_ERROR, "an overlay of a version other than 1.0 and 1.1"),
    "overlay-invalid": Code(_ERROR, "an overlay or action that lacks what it needs"),
    "overlay-field": Code(_WARNING, "a field that overlays do not have, ignored"),
    "overlay-extends": Code(_WARNING, "an overlay that is meant for another document"),
    "overlay-target": Code(
        _ERROR, "a JSONPath expression that cannot be read, or asks too much"
    ),
    "overlay-unmatched": Code(_ERROR, "a target that matches nothing", may_pass=True),
    "overlay-copy": Code(
        _ERROR, "an expression that must match one thing and does not", may_pass=True
    ),
    "overlay-kind": Code(
        _ERROR, "a value that cannot be merged with what it meets", may_pass=True
    ),
    "overlay-too-large": Code(_ERROR, "overlays that add more than can be read"),
}
