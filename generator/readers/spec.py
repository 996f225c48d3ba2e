"""Specs: the documents that describe an API, whatever language they are written in.

The way into the readers. A document says itself what it is: XML is OData CSDL, an object
with the field `openapi` or `swagger` is OpenAPI, one with `overlay` changes one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.diagnostics import Diagnostics, SpecError
from generator.model import Api, Place
from generator.readers.source import Source

_OPENAPI = re.compile(rb"""(?:^|[\s{,'"])(?:openapi|swagger|overlay)["']?\s*:""")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def is_openapi(source: Source) -> bool:
    """Tell whether a document is an OpenAPI description or an overlay of one."""
    data = source.data.lstrip(_BEFORE_XML)
    return not _is_xml(source) and _OPENAPI.search(data) is not None


def _is_xml(source: Source) -> bool:
    return source.data.lstrip(_BEFORE_XML).startswith(b"<")


def read_spec(
    spec: Sequence[Source],
    annotations: Sequence[Source],
    diagnostics: Diagnostics,
    *,
    validate: bool | None = None,
    given: Mapping[str, str] | None = None,
) -> Api:
    """Read the documents of an API, with what annotates them, into one Api.

    CSDL is annotated by CSDL, OpenAPI by overlays, in the order given; `validate` says
    whether an OpenAPI description is held against its specification, None for one that
    is not too large. `given` are the names of a former run. Raises SpecError for
    documents that do not go together.
    """
    language = is_openapi(spec[0])
    if not language and not _is_xml(spec[0]):
        message = (
            "this is neither XML, as OData CSDL is, nor has it the field openapi or"
            " swagger that OpenAPI begins with"
        )
        # CSDL JSON 4.01, section 3.1: with the other members whose names begin with "$"
        if b'"$Version"' in spec[0].data[:1000]:
            message = "CSDL in JSON is not read; a service has it in XML as well, at"
            message += " $metadata?$format=xml"
        diagnostics.error("spec-unknown", message, Place(spec[0].name))
        raise SpecError(diagnostics.errors)
    # What an OpenAPI description refers to need not say what it is.
    parts = [each for each in spec if not _is_xml(each)] if language else ()
    strangers = [
        each
        for each in (*spec[1:], *annotations)
        if is_openapi(each) != language and each not in parts
    ]
    for each in strangers:
        own, other = ("OpenAPI", "CSDL") if language else ("CSDL", "OpenAPI")
        message = f"{spec[0].name} is {own}, and this document is {other}"
        if each in annotations:
            needed = "an OpenAPI overlay" if language else "CSDL"
            message = f"{message}; {own} is annotated by {needed}"
        diagnostics.error("spec-mixed", message, Place(each.name))
    if strangers:
        raise SpecError(diagnostics.errors)
    if not language:
        from generator.readers import csdl

        return csdl.read([*spec, *annotations], diagnostics)
    from generator.readers import openapi

    return openapi.read(
        spec, diagnostics, overlays=annotations, validate=validate, given=given
    )
