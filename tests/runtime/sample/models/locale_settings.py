"""microsoft.graph.localeSettings."""

from __future__ import annotations

from .._runtime.model import Field, field
from .mailbox_settings import MailboxSettings


class LocaleSettings(MailboxSettings):
    """Settings that know a locale.

    Wire name: microsoft.graph.localeSettings
    """

    __slots__ = ()
    _type_name = "microsoft.graph.localeSettings"

    locale: Field[str] = field("locale", default=None)
