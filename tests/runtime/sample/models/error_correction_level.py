"""microsoft.graph.errorCorrectionLevel."""

from __future__ import annotations

from .._runtime.enums import OpenEnum


class ErrorCorrectionLevel(OpenEnum):
    """How much of a QR code may be damaged.

    Wire name: microsoft.graph.errorCorrectionLevel
    """

    L = "l"
    """7 percent."""

    M = "m"
    """15 percent."""

    UNKNOWN_FUTURE_VALUE = "unknownFutureValue"
    """A member that this version does not know."""
