"""microsoft.graph.authMode."""

from __future__ import annotations

from .._runtime.enums import OpenFlag


class AuthMode(OpenFlag):
    """The ways in which a user may sign in.

    Wire name: microsoft.graph.authMode
    """

    PASSWORD = "password"
    SMS = "sms"
    QR_CODE_PIN = "qrCodePin"
