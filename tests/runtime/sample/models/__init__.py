"""The models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.lazy import lazy_names

if TYPE_CHECKING:
    from .assigned_license import AssignedLicense as AssignedLicense
    from .auth_mode import AuthMode as AuthMode
    from .entity import Entity as Entity
    from .error_correction_level import ErrorCorrectionLevel as ErrorCorrectionLevel
    from .guest import Guest as Guest
    from .mailbox_settings import MailboxSettings as MailboxSettings
    from .locale_settings import LocaleSettings as LocaleSettings
    from .qr_pin import QrPin as QrPin
    from .sample_values import SampleValues as SampleValues
    from .user import User as User

_NAMES = """
AssignedLicense assigned_license
AuthMode auth_mode
Entity entity
ErrorCorrectionLevel error_correction_level
Guest guest
LocaleSettings locale_settings
MailboxSettings mailbox_settings
QrPin qr_pin
SampleValues sample_values
User user
"""

__getattr__, __dir__ = lazy_names(__name__, _NAMES)
