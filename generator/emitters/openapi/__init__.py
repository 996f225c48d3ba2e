"""OpenAPI: a document of an API, from either of the model's front ends.

The third emitter. An OData service is written after OASIS's "OData to OpenAPI Mapping
Version 1.0"; an API that came from an OpenAPI document is written as one that says the
same.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emitters.openapi.document import document
from generator.emitters.openapi.options import Options
from generator.emitters.openapi.writing import text_of
from generator.files import File
from generator.model import Api, RequestLine

__all__ = ["Options", "emit"]


def emit(
    api: Api, options: Options, lines: Sequence[RequestLine] = ()
) -> tuple[File, ...]:
    """Give the document of an Api, one file.

    `lines` are the request lines of an OData service, in the order in which they are to
    stand there; an Api of the protocol HTTP has its own.
    """
    text = text_of(document(api, options, lines), options.format)
    path = f"{options.folder}/openapi.{options.format}"
    return (File(path, text.encode("utf-8")),)
