"""Messages for values that do not fit, naming the class and property they stand in."""

from __future__ import annotations

UNFIT = (TypeError, ValueError, ArithmeticError)
"""What codecs raise: for JSON when they load, for Python values when they dump."""


def misfit(label: str, wire: object, error: Exception) -> ValueError:
    """Make the error for JSON that does not fit what is declared at `label`."""
    found = repr(wire)
    if len(found) > 60:
        found = found[:57] + "..."
    return ValueError(f"{label}: {found} in the JSON does not fit: {error}")


def refused(label: str, error: Exception) -> TypeError | ValueError:
    """Make the error for a Python value that cannot be put at `label`."""
    kind = TypeError if isinstance(error, TypeError) else ValueError
    return kind(f"{label}: {error}")
