"""Documents for tests: loaded out of a text, and large ones made by code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diagnostics import Diagnostics, SpecError
from generator.readers.documents import Loaded, load_document
from generator.readers.source import Source


def loaded(text: str | bytes, name: str = "test.yaml") -> Loaded:
    """Load a document of which nothing is to be said."""
    diagnostics = Diagnostics()
    data = text.encode() if isinstance(text, str) else text
    document = load_document(Source(name, data), diagnostics)
    assert list(map(str, diagnostics)) == []
    return document


def value_of(text: str | bytes, name: str = "test.yaml") -> Any:
    """Give the value of a document of which nothing is to be said."""
    return loaded(text, name).value


def refusal(text: str | bytes, name: str = "test.yaml") -> str:
    """Give the one finding for which a document is not read."""
    data = text.encode() if isinstance(text, str) else text
    diagnostics = Diagnostics()
    try:
        load_document(Source(name, data), diagnostics)
    except SpecError as error:
        assert list(diagnostics) == []
        [found] = error.diagnostics
        return str(found)
    raise AssertionError("the document was read")


def large_openapi(size: int) -> str:
    """Make a description in YAML of about so many characters."""
    return "".join(_large_openapi(size))


def _large_openapi(size: int) -> Iterator[str]:
    yield "openapi: 3.1.0\ninfo:\n  title: Large\n  version: '1'\npaths:\n"
    written = number = 0
    while written < size:
        path = _PATH.replace("NUMBER", str(number))
        yield path
        written += len(path)
        number += 1
    yield "components:\n  responses:\n    gone:\n      description: Gone\n"


_PATH = """\
  /shelves/{shelf}/booksNUMBER:
    get:
      tags: [books, "old books"]
      operationId: books/getNUMBER
      summary: Get book NUMBER
      description: |
        Gets the book with the number NUMBER.

        It's **bold** and has `code`: see [there](https://example.com/books/NUMBER#top).
      parameters:
      - name: shelf
        in: path
        required: true
        schema: {type: string, format: uuid}
      - name: limit
        in: query
        description: "How many: at most 100, by default 20."
        schema:
          type: integer
          default: 20
          maximum: 1.0e2
      responses:
        200:
          description: The book
          content:
            application/json:
              schema:
                type: object
                required:
                - title
                properties:
                  title:
                    type: string
                    description: The title of the book, which never changes
                  country:
                    type: [string, 'null']
                    example: NO
                  printed:
                    type: string
                    format: date
                    example: 2020-01-01
        '404':
          $ref: '#/components/responses/gone'
"""
