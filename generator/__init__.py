"""specwright: from an API's own description to typed Python, documentation and OpenAPI."""

__version__ = "0.1.0"
