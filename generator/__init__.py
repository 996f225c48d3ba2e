"""specwright: from an API's own description to a typed Python package."""

__version__ = "0.1.0"
