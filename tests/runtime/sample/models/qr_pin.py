"""microsoft.graph.qrPin."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from .._runtime.codecs import DATE_TIME, nested
from .._runtime.model import Field, Limits, ReadOnly, Required, field
from .entity import Entity

if TYPE_CHECKING:
    from .error_correction_level import ErrorCorrectionLevel


class QrPin(Entity):
    """The PIN of a QR code authentication method.

    Wire name: microsoft.graph.qrPin
    """

    __slots__ = ()
    _type_name = "microsoft.graph.qrPin"

    code: Required[str] = field("code", limits=Limits(min_length=8, max_length=20))
    """The PIN, 8 to 20 digits."""

    created_date_time: ReadOnly[dt.datetime] = field(
        "createdDateTime", DATE_TIME, init=False
    )
    """When the PIN was set."""

    force_change_pin_next_sign_in: Field[bool] = field(
        "forceChangePinNextSignIn", default=None
    )
    """Whether the user must change the PIN at the next sign-in."""

    level: Field[ErrorCorrectionLevel] = field(
        "level", nested("error_correction_level", "ErrorCorrectionLevel"), default=None
    )
    """How much of the code may be damaged."""
